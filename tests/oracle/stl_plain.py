"""STL written from its paper (Cleveland et al. 1990), point by point, a missing value (None) having weight 0."""
import numpy as np


def loess(y, weights, x, width, degree):
    """The local fit at x over the `width` nearest of the points 0, 1, ..., weighted by distance and `weights`."""
    n = len(y)
    left = min(max(0, int(round(x)) - (width - 1) // 2), max(0, n - width))
    index = np.arange(left, min(n, left + width))
    h = max(x - index[0], index[-1] - x) + (max(0, width - n) // 2)
    r = np.abs(index - x) / h
    w = np.where(r > 0.999, 0.0, np.where(r <= 0.001, 1.0, (1 - r ** 3) ** 3)) * weights[index]
    if w.sum() == 0:
        return None
    w /= w.sum()
    mean = (w * index).sum()
    spread = (w * (index - mean) ** 2).sum()
    if degree == 1 and np.sqrt(spread) > 0.001 * (n - 1):
        w = w * (1 + (x - mean) / spread * (index - mean))
    return (w * y[index]).sum()


def smooth(y, weights, points, width, degree):
    return np.array([loess(y, weights, x, width, degree) for x in points], float)


def moving(y, length):
    return np.convolve(y, np.ones(length) / length, "valid")


def stl(y, period, seasonal, trend_width, low_pass, inner=5):
    n = len(y)
    weights = np.array([v is not None for v in y], float)
    y = np.array([0.0 if v is None else v for v in y])
    trend, ones = np.zeros(n), np.ones(n)
    for _ in range(inner):
        detrended, cycles = y - trend, np.zeros(n + 2 * period)
        for j in range(period):
            part = detrended[j::period]
            cycles[j::period] = smooth(part, weights[j::period], range(-1, len(part) + 1), seasonal, 1)
        low = smooth(moving(moving(moving(cycles, period), period), 3), ones, range(n), low_pass, 1)
        season = cycles[period:-period] - low
        trend = smooth(y - season, weights, range(n), trend_width, 1)
    return trend, season
