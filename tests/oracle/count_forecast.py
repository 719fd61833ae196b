"""The discounted gamma-Poisson forecast with scipy's negative binomial, and scores of counts by definition."""
from scipy.stats import nbinom


def season_of(y, period):
    mean = sum(y) / len(y)
    return [(sum(y[j::period]) + mean) / (mean * (len(y[j::period]) + 1)) for j in range(period)]


def run(y, discount, exposure):
    """log likelihood of the one-step predictions; shape and rate after the last period."""
    shape = rate = total = 0.0
    for t, value in enumerate(y):
        shape, rate = shape * discount, rate * discount
        e = exposure[t % len(exposure)]
        if shape > 0:
            mean = e * shape / rate
            total += nbinom.logpmf(value, shape, shape / (shape + mean))
        shape, rate = shape + value, rate + e
    return total, shape, rate


def crps(y, mean, size, end=100_000):
    """The sum over k of (P(Y <= k) - [y <= k])²."""
    cdf = nbinom.cdf(range(end), size, size / (size + mean))
    return sum((f - (k >= y)) ** 2 for k, f in enumerate(cdf))
