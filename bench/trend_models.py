"""Decomposition, change points and smoothing: ours and the peer on the same series, one core each.

STL: 10 000 series of 1 095 days, week 7, statsmodels on the first 200 of them and multiplied; 36 and 156 periods of cycle 12
and 52. MSTL: 1 095 days, week and year. PELT: normal mean, values with a change every 200, ruptures' Pelt (its own
algorithm, in Python: 10 000 values take it minutes, RUPTURES=1 in the environment asks for them) and KernelCPD (in C).
Holt-Winters: all weights chosen; both minimise the sum of squares. Results are compared before they are timed.
"""

import ctypes
import os
import pathlib
import sys
import time
import warnings

import numpy as np
import ruptures
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.seasonal import MSTL, STL

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/reference"))
from _native import I, call  # noqa: E402
from changepoint import MEAN, POISSON, VALUE, changes  # noqa: E402
from ets import ADDITIVE, winters  # noqa: E402
from stl import Options, Parts, mstl, stl  # noqa: E402

SERIES, DAYS, WEEK = 10_000, 1095, 7


def timed(work):
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def report(name, ours, peer, peer_name):
    print("%-34s ours %10.3f ms   %s %12.3f ms   ratio %.1f" % (name, ours * 1e3, peer_name, peer * 1e3, peer / ours))


def counts(rng, series):
    week = 1 + 0.3 * np.sin(2 * np.pi * np.arange(DAYS) / WEEK)
    return rng.poisson(rng.uniform(1, 20, (series, 1)) * week).astype(float)


def bench_stl(rng):
    y = counts(rng, SERIES)
    trend = np.empty_like(y)
    options = Options(period=WEEK, inner=2)
    parts = Parts(trend=trend.ctypes.data)
    sample = 200
    ours, _ = timed(lambda: call("gov_stl_many", ctypes.c_void_p(y.ctypes.data), None, I(SERIES), I(DAYS),
                                 ctypes.byref(options), ctypes.byref(parts), None))
    peer, fits = timed(lambda: [STL(row, period=WEEK).fit(inner_iter=2) for row in y[:sample]])
    np.testing.assert_allclose(trend[:sample], [fit.trend for fit in fits], rtol=1e-9, atol=1e-9)
    report("STL, 10 000 x 1 095", ours, peer * SERIES / sample, "statsmodels")
    robust = 5
    ours, fits = timed(lambda: [stl(row, period=WEEK, robust=True) for row in y[:robust]])
    peer, _ = timed(lambda: [STL(row, period=WEEK, robust=True).fit() for row in y[:robust]])
    report("STL robust, one of 1 095", ours / robust, peer / robust, "statsmodels")


def bench_pelt(rng):
    n = 10_000
    y = np.repeat(rng.normal(0, 5, n // 200), 200) + rng.normal(0, 1, n)
    penalty = 3 * np.log(n)
    options = dict(cost=MEAN, penalty=VALUE, penalty_value=penalty, sd=1, min_segment=1)
    ours, (found, _) = timed(lambda: changes("gov_pelt", y, **options))
    kernel, ends = timed(lambda: ruptures.KernelCPD(kernel="linear", min_size=1).fit(y).predict(pen=penalty))
    assert found == ends[:-1], (len(found), len(ends))
    report("PELT normal mean, 10 000", ours, kernel, "ruptures KernelCPD")
    for n in (36, 156, 1095, 2_000, 10_000):
        part = y[:n]
        repeats = 1 + 20_000 // n
        ours, _ = timed(lambda: [changes("gov_pelt", part, **options) for _ in range(repeats)])
        kernel, _ = timed(lambda: [ruptures.KernelCPD(kernel="linear", min_size=1).fit(part).predict(pen=penalty)
                                   for _ in range(repeats)])
        report("PELT normal mean, %d" % n, ours / repeats, kernel / repeats, "ruptures KernelCPD")
        if n > 2_000 and not os.environ.get("RUPTURES"):
            continue
        peer, ends = timed(lambda: ruptures.Pelt(model="l2", min_size=1, jump=1).fit(part).predict(pen=penalty))
        assert changes("gov_pelt", part, **options)[0] == ends[:-1]
        report("PELT normal mean, %d" % n, ours / repeats, peer, "ruptures Pelt")
    x = rng.poisson(np.repeat(rng.uniform(1, 9, 5), 219)).astype(float)
    ours, _ = timed(lambda: [changes("gov_pelt", x, cost=POISSON, exact=0) for _ in range(100)])
    print("%-34s ours %10.3f ms" % ("PELT Poisson MBIC, 1 095", ours * 10))


def bench_short_stl(rng):
    for n, period in ((36, 12), (156, 52), (DAYS, WEEK)):
        y = rng.poisson(9 + 4 * np.sin(2 * np.pi * np.arange(n) / period)).astype(float)
        ours, fits = timed(lambda: [stl(y, period=period) for _ in range(50)])
        peer, fits = timed(lambda: [STL(y, period=period).fit() for _ in range(20)])
        report("STL, one of %d, period %d" % (n, period), ours / 50, peer / 20, "statsmodels")


def bench_mstl(rng):
    t = np.arange(DAYS)
    y = rng.poisson(20 + 5 * np.sin(2 * np.pi * t / WEEK) + 8 * np.sin(2 * np.pi * t / 365)).astype(float)
    ours, parts = timed(lambda: mstl(y, [WEEK, 365]))
    peer, fit = timed(lambda: MSTL(y, periods=(WEEK, 365)).fit())
    np.testing.assert_allclose(parts["trend"], fit.trend, rtol=1e-9, atol=1e-9)
    report("MSTL, one of 1 095, week and year", ours, peer, "statsmodels")


def bench_holt_winters(rng):
    for n, period in ((36, 12), (156, 52), (DAYS, WEEK)):
        season = 4 * np.sin(2 * np.pi * np.arange(n) / period)
        y = rng.poisson(20 + season, (10, n)) + 20.0
        ours, _ = timed(lambda: [winters(row, period, season=ADDITIVE, period=period) for row in y])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            peer, _ = timed(lambda: [ExponentialSmoothing(row, trend="add", seasonal="add", seasonal_periods=period).fit()
                                     for row in y])
        report("Holt-Winters fit, %d" % n, ours / len(y), peer / len(y), "statsmodels")


def main():
    rng = np.random.default_rng(1)
    bench_stl(rng)
    bench_short_stl(rng)
    bench_mstl(rng)
    bench_pelt(rng)
    bench_holt_winters(rng)


if __name__ == "__main__":
    main()
