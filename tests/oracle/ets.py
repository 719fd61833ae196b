"""A damped multiplicative ETS model by its equations, and the moments of its forecasts from the matrices of Hyndman et
al. (2008, section 6.4), written plainly.

M_h holds the means of (level, trend) x season for all seasons, V_h their covariances; both move by Kronecker products.
Prints the likelihood, sigma², and mean and variance for h = 1..9 of the model in tests/trend/forecast.c (m = 3, so that
seasons come round)."""

from math import log

ALPHA, BETA, GAMMA, PHI, M = 0.3, 0.1, 0.2, 0.9, 3
Y = [42, 70, 47, 50, 72, 58, 45, 85, 57, 60, 80, 66, 49, 90]
LEVEL, TREND, SEASON = 50.0, 2.0, [0.8, 1.3, 0.9]  # before the first period; SEASON[0] is that of the first

squares = logs = 0.0
for t, y in enumerate(Y):
    flat, season = LEVEL + PHI * TREND, SEASON[t % M]
    e = (y - flat * season) / (flat * season)
    squares, logs = squares + e * e, logs + log(flat * season)
    LEVEL, TREND = flat * (1 + ALPHA * e), PHI * TREND + BETA * flat * e
    SEASON[t % M] = season * (1 + GAMMA * e)
SIGMA2 = squares / (len(Y) - (6 + M) + 1)  # alpha, beta, gamma counted with the season, phi, level, trend, variance
print("%.15g %.15g" % (-(len(Y) * log(squares) + 2 * logs) / 2, SIGMA2))
SEASON = [SEASON[(len(Y) + j) % M] for j in range(M)]  # the next period first


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


# level and trend x = (l, b): y = h1 x season (1 + e); x' = (f1 + g1 e) x
h1 = [[1.0, PHI]]
f1 = [[1.0, PHI], [0.0, PHI]]
g1 = [[ALPHA, ALPHA * PHI], [BETA, BETA * PHI]]
# seasons, oldest last: h2 picks the last, which comes to the front, times 1 + gamma e
h2 = [[0.0] * (M - 1) + [1.0]]
f2 = [[1.0 if (i == 0 and j == M - 1) or i == j + 1 else 0.0 for j in range(M)] for i in range(M)]
g2 = [[GAMMA if i == 0 and j == M - 1 else 0.0 for j in range(M)] for i in range(M)]
h21, f21, g21 = kron(h2, h1), kron(f2, f1), kron(g2, g1)
k = add(kron(g2, f1), kron(f2, g1))

seasons = SEASON[::-1]
mean = [[LEVEL * s, TREND * s] for s in seasons]
vec = [[v] for pair in mean for v in pair]
cov = [[0.0] * (2 * M) for _ in range(2 * M)]
for h in range(1, 10):
    mu = multiply(h21, vec)[0][0]
    var = (1 + SIGMA2) * multiply(multiply(h21, cov), transpose(h21))[0][0] + SIGMA2 * mu * mu
    print("{%.15g, %.15g}," % (mu, var))
    square = multiply(vec, transpose(vec))
    both = multiply(multiply(f21, cov), transpose(g21))
    inner = multiply(multiply(k, add(cov, square)), transpose(k))
    last = multiply(multiply(g21, add(scale(cov, 3), scale(square, 2))), transpose(g21))
    cov = add(multiply(multiply(f21, cov), transpose(f21)),
              scale(add(both, transpose(both), inner, scale(last, SIGMA2)), SIGMA2))
    vec = add(multiply(f21, vec), scale(multiply(g21, vec), SIGMA2))
