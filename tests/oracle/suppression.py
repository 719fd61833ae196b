"""What can be computed from a published table of counts: linear algebra with exact fractions."""

from fractions import Fraction


def with_totals(cells, totals_by_row):
    """The cells and their totals; None is the key of a total."""
    out = dict(cells)
    for (row, column), count in cells.items():
        keys = [(None, column)] + ([(row, None), (None, None)] if totals_by_row else [])
        for key in keys:
            out[key] = out.get(key, 0) + count
    return out


def equations(table):
    """One for every row and column that adds up: the keys that are summed, and the total's key."""
    rows = list(dict.fromkeys(row for row, _ in table))
    columns = list(dict.fromkeys(column for _, column in table))
    for row in rows:
        if (row, None) in table:
            yield [(row, c) for c in columns if c is not None], (row, None)
    for column in columns:
        yield [(r, column) for r in rows if r is not None], (None, column)


def computable(hidden, table):
    """The hidden cells whose value follows from the equations: those that no solution of the homogeneous system moves.

    Gauss-Jordan on the unknowns; a pivot's unknown is fixed if its row has no free unknown left.
    """
    unknowns = sorted(hidden, key=str)
    index = {key: i for i, key in enumerate(unknowns)}
    matrix = []
    for parts, total in equations(table):
        line = [Fraction(0)] * len(unknowns)
        for key in parts:
            if key in index:
                line[index[key]] += 1
        if total in index:
            line[index[total]] -= 1
        matrix.append(line)
    pivots = []
    for column in range(len(unknowns)):
        row = next((r for r in range(len(pivots), len(matrix)) if matrix[r][column] != 0), None)
        if row is None:
            continue
        top = len(pivots)
        matrix[top], matrix[row] = matrix[row], matrix[top]
        matrix[top] = [x / matrix[top][column] for x in matrix[top]]
        for r in range(len(matrix)):
            if r != top and matrix[r][column] != 0:
                factor = matrix[r][column]
                matrix[r] = [x - factor * y for x, y in zip(matrix[r], matrix[top])]
        pivots.append(column)
    return {unknowns[p] for p, line in zip(pivots, matrix) if sum(x != 0 for x in line) == 1}
