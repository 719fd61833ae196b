"""Counts for publishing: from all that is published, what may stand in a small cell is never one number alone.

The reader knows the shown cells, every total that may be published, and that a count is not negative. What a hidden cell can
be then is an interval; its ends are found by linear programming (the constraints are those of a transport problem, so the
ends are integers).
"""

import random

import govcore as gov
import numpy as np
import pytest
from scipy.optimize import linprog


def equations(values, areas, categories, out):
    """Coefficients over all cells, and the total, for each line or table whose total is published."""
    place = np.arange(areas * categories)
    for area in range(areas):
        if out["area_total"][area * categories]:
            yield place // categories == area
    for category in range(categories):
        if out["category_total"][category]:
            yield place % categories == category
    if out["all_total"][0]:
        yield place >= 0


def intervals(values, areas, categories, out):
    """(cell, least, most) of each hidden cell that has a small count."""
    hidden = np.array([value is None for value in out["published"]])
    lines = [line for line in equations(values, areas, categories, out) if (line & hidden).any()]
    left = np.array([line[hidden] for line in lines], dtype=float).reshape(len(lines), hidden.sum())
    right = [values[line & hidden].sum() for line in lines]
    for k, cell in enumerate(np.flatnonzero(hidden)):
        if not 0 < values[cell] < 5:
            continue
        aim = np.zeros(hidden.sum())
        aim[k] = 1
        least, most = (linprog(sign * aim, A_eq=left if len(lines) else None, b_eq=right if len(lines) else None,
                               method="highs") for sign in (1, -1))
        yield cell, least.fun, -most.fun if most.status == 0 else np.inf


@pytest.mark.parametrize("seed", range(25))
def test_no_small_cell_can_be_computed_from_what_is_published(seed):
    rng = random.Random(seed)
    areas, categories = rng.randrange(2, 6), rng.randrange(2, 5)
    values = np.array([rng.choice([0, 0, 1, 2, 3, 4, *(rng.randrange(5, 60) for _ in range(3))])
                       for _ in range(areas * categories)])
    out = gov.publish_counts({"area": [f"a{i // categories}" for i in range(len(values))],
                              "category": [f"c{i % categories}" for i in range(len(values))],
                              "count": values.tolist()}).to_dict()
    shown = [value for value in out["published"] if value is not None]
    assert all(value == 0 or value >= 5 for value in shown)
    for cell, least, most in intervals(values, areas, categories, out):
        assert least <= values[cell] <= most and most - least >= 1, (cell, values.tolist())
