"""A damped multiplicative ETS model by its equations, and the moments of its forecasts from the matrices of Hyndman et
al. (2008, section 6.4), written plainly.

M_h holds the means of (level, trend) x season for all seasons, V_h their covariances; both move by Kronecker products.
"""
from math import log


def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def transpose(a):
    return [list(column) for column in zip(*a)]


def kron(a, b):
    return [[x * y for x in ra for y in rb] for ra in a for rb in b]


def add(*matrices):
    return [[sum(values) for values in zip(*rows)] for rows in zip(*matrices)]


def scale(a, factor):
    return [[factor * x for x in row] for row in a]


def filtered(y, w, level, trend, season):
    """States after the last period, the sum of squared relative errors and of the logarithms of the expectations."""
    squares = logs = 0.0
    season = list(season)
    for t, value in enumerate(y):
        flat, s = level + w["phi"] * trend, season[t % len(season)]
        e = (value - flat * s) / (flat * s)
        squares, logs = squares + e * e, logs + log(flat * s)
        level, trend = flat * (1 + w["alpha"] * e), w["phi"] * trend + w["beta"] * flat * e
        season[t % len(season)] = s * (1 + w["gamma"] * e)
    return level, trend, season, squares, logs


def moments(w, level, trend, next_season, sigma2, horizon):
    """Mean and variance of each coming period; next_season begins with that of the first."""
    m = len(next_season)
    # level and trend x = (l, b): y = h1 x season (1 + e); x' = (f1 + g1 e) x
    h1 = [[1.0, w["phi"]]]
    f1 = [[1.0, w["phi"]], [0.0, w["phi"]]]
    g1 = [[w["alpha"], w["alpha"] * w["phi"]], [w["beta"], w["beta"] * w["phi"]]]
    # seasons, oldest last: h2 picks the last, which comes to the front, times 1 + gamma e
    h2 = [[0.0] * (m - 1) + [1.0]]
    f2 = [[1.0 if (i == 0 and j == m - 1) or i == j + 1 else 0.0 for j in range(m)] for i in range(m)]
    g2 = [[w["gamma"] if i == 0 and j == m - 1 else 0.0 for j in range(m)] for i in range(m)]
    h21, f21, g21 = kron(h2, h1), kron(f2, f1), kron(g2, g1)
    k = add(kron(g2, f1), kron(f2, g1))
    vec = [[v] for s in next_season[::-1] for v in (level * s, trend * s)]
    cov = [[0.0] * (2 * m) for _ in range(2 * m)]
    out = []
    for _ in range(horizon):
        mu = multiply(h21, vec)[0][0]
        out.append((mu, (1 + sigma2) * multiply(multiply(h21, cov), transpose(h21))[0][0] + sigma2 * mu * mu))
        square = multiply(vec, transpose(vec))
        both = multiply(multiply(f21, cov), transpose(g21))
        inner = multiply(multiply(k, add(cov, square)), transpose(k))
        last = multiply(multiply(g21, add(scale(cov, 3), scale(square, 2))), transpose(g21))
        cov = add(multiply(multiply(f21, cov), transpose(f21)),
                  scale(add(both, transpose(both), inner, scale(last, sigma2)), sigma2))
        vec = add(multiply(f21, vec), scale(multiply(g21, vec), sigma2))
    return out
