"""The discounted gamma-Poisson forecast with scipy's negative binomial, and scores of counts by definition.

Prints the numbers of tests/trend/forecast.c: log likelihood for given discounts, the forecast, the best discount of a
grid, P(Y >= k), and CRPS sums over 0..100 000.
"""
from scipy.stats import nbinom, poisson

Y = [0, 2, 0, 1, 0, 11, 0, 0, 0, 0, 2, 0, 6, 3, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, 1, 0, 0]


def run(discount, exposure):
    shape = rate = total = 0.0
    for t, y in enumerate(Y):
        shape, rate = shape * discount, rate * discount
        e = exposure[t % len(exposure)]
        if shape > 0:
            mean = e * shape / rate
            total += nbinom.logpmf(y, shape, shape / (shape + mean))
        shape, rate = shape + y, rate + e
    return total, shape, rate


flat = [1.0]
mean = sum(Y) / len(Y)
season = [(sum(Y[j::4]) + mean) / (mean * (len(Y[j::4]) + 1)) for j in range(4)]
for name, exposure in (("flat", flat), ("season", season)):
    total, shape, rate = run(0.9, exposure)
    print(name, "0.9: log likelihood %.15g, mean %.15g, sizes %.15g %.15g" %
          (total, exposure[len(Y) % len(exposure)] * shape / rate, 0.9 * shape, 0.81 * shape))
    best = max(range(5000, 10001), key=lambda d: run(d / 10000, exposure)[0])
    print(name, "best discount %.4f, %.12g" % (best / 10000, run(best / 10000, exposure)[0]))
print("P(Y >= 3), mean 0.7, size 0.4: %.15g" % nbinom.sf(2, 0.4, 0.4 / 1.1))
k = range(100001)
for y, m, s in ((0, 0.7, 0.4), (5, 0.7, 0.4), (12, 9.5, 3.0)):
    cdf = nbinom.cdf(k, s, s / (s + m))
    print("CRPS %d %g %g: %.15g" % (y, m, s, sum((f - (i >= y)) ** 2 for i, f in zip(k, cdf))))
cdf = poisson.cdf(range(1001), 9.5)
print("CRPS Poisson 12 9.5: %.15g" % sum((f - (i >= 12)) ** 2 for i, f in enumerate(cdf)))
