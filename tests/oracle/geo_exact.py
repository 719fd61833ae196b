"""Points in polygons, plainly and exactly: every coordinate becomes a fraction, every edge is looked at."""

from fractions import Fraction

OUTSIDE, BOUNDARY, INSIDE = 0, 1, 2


def turn(a, b, p):
    """Twice the area of the triangle, positive to the left."""
    return (a[0] - p[0]) * (b[1] - p[1]) - (a[1] - p[1]) * (b[0] - p[0])


def side(rings, point):
    """`rings` of floats, closed: those of one polygon or of several, holes among them."""
    p = (Fraction(point[0]), Fraction(point[1]))
    inside = False
    for ring in rings:
        corners = [(Fraction(x), Fraction(y)) for x, y in ring]
        for a, b in zip(corners, corners[1:]):
            t = turn(a, b, p)
            if t == 0 and min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= p[1] <= max(a[1], b[1]):
                return BOUNDARY
            if (a[1] <= p[1]) != (b[1] <= p[1]) and (t > 0) == (b[1] > a[1]):
                inside = not inside
    return INSIDE if inside else OUTSIDE
