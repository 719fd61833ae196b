"""Trends: the library against the plain oracle, pymannkendall 1.4.3 and scipy on random series with ties, gaps, trends:
GOV_SERIES of them a method (default 200)."""
import math
import os
import random

import numpy as np
import pymannkendall
import pytest
from scipy import stats

import trend_native as native
import trend_plain as plain

SERIES = int(os.environ.get("GOV_SERIES", "200"))


def near(a, b, relative=1e-11, absolute=1e-12):
    return a == b or abs(a - b) <= relative * abs(b) + absolute


def random_series(rng, shortest=8, longest=60, gaps=True):
    """Counts or decimals, some with a trend, some autocorrelated, some with gaps (None)."""
    n = rng.randint(shortest, longest)
    slope, ties = rng.choice([0, 0, 0.05, -0.1, 0.5]), rng.random() < 0.6
    carry, values = rng.choice([0, 0, 0.6]), []
    level = 0.0
    for t in range(n):
        level = carry * level + rng.gauss(0, 2)
        values.append(round(8 + slope * t + level) if ties else 8 + slope * t + level)
    if gaps and rng.random() < 0.4:
        values = [None if rng.random() < 0.2 else v for v in values]
    return values


def as_numpy(values):
    return np.array([math.nan if v is None else v for v in values])


def test_mann_kendall_and_sen_equal_their_definitions():
    rng = random.Random(11)
    for _ in range(SERIES):
        values = random_series(rng)
        known = [v for v in values if v is not None]
        r = native.mann_kendall(values)
        if len(known) < 3 or len(set(known)) == 1:
            assert r is None
            continue
        s, var, tau, z = plain.mann_kendall(values)
        slope, intercept = plain.sen_slope(values)
        assert r.s == s and near(r.var_s, var) and near(r.tau, tau) and near(r.z, z)
        assert near(r.slope, slope) and near(r.intercept, intercept)


TESTS = {
    "original_test": (0, 0), "hamed_rao_modification_test": (1, 0), "yue_wang_modification_test": (2, 0),
    "pre_whitening_modification_test": (3, 0), "trend_free_pre_whitening_modification_test": (4, 0),
    "seasonal_test": (5, 0), "correlated_seasonal_test": (6, 0),
}


@pytest.mark.parametrize("name", TESTS)
def test_every_test_equals_pymannkendall(name):
    """Trend-free pre-whitening on series without ties only: after it, counts tie or not by the last bit of a sum."""
    rng, method = random.Random(12), TESTS[name][0]
    compared = 0
    for _ in range(SERIES):
        values, period = random_series(rng, 14), rng.choice([2, 4, 7])
        while method == 4 and len(set(values) - {None}) < sum(v is not None for v in values):
            values = random_series(rng, 14)
        extra = {"period": period} if method >= 5 else {}
        got = native.mann_kendall(values, method, period=period)
        if got is None or got.factor_refused:
            continue
        want = getattr(pymannkendall, name)(as_numpy(values), **extra)
        compared += 1
        assert near(got.s, want.s) and near(got.var_s, want.var_s) and near(got.z, want.z) and near(got.tau, want.Tau)
        assert near(got.slope, want.slope) and near(got.intercept, want.intercept)
        assert near(got.p, want.p, absolute=5e-16)
    assert compared > 0.7 * SERIES


@pytest.mark.parametrize("name", ["regional", "correlated", "partial"])
def test_columns_equal_pymannkendall(name):
    rng = random.Random(13)
    theirs = {"regional": "regional_test", "correlated": "correlated_multivariate_test", "partial": "partial_test"}[name]
    compared = 0
    for _ in range(SERIES):
        columns = [random_series(rng, 24, 24, gaps=name != "partial") for _ in range(2 if name == "partial" else 3)]
        rows = list(zip(*columns))
        got = native.mann_kendall_columns(name, rows)
        if got is None:
            continue
        want = getattr(pymannkendall, theirs)(np.array([as_numpy(row) for row in rows]))
        compared += 1
        assert near(got.s, want.s) and near(got.var_s, want.var_s) and near(got.z, want.z) and near(got.tau, want.Tau)
        assert near(got.slope, want.slope) and near(got.intercept, want.intercept)
    assert compared > 0.7 * SERIES


def test_slope_and_interval_equal_scipy():
    rng = random.Random(14)
    for _ in range(SERIES):
        values = random_series(rng, gaps=False)
        want = stats.theilslopes(values, alpha=0.95)
        got = native.sen_slope(values)
        assert near(got.slope, want.slope) and near(got.slope_low, want.low_slope)
        assert near(got.slope_high, want.high_slope)


def test_long_series_of_counts_equal_scipy():
    """Counts of many periods take the way of counted inversions."""
    rng = random.Random(19)
    for _ in range(100):
        values = [float(v) for v in random_series(rng, 100, 400, gaps=False)]
        values = [round(v) for v in values]
        want = stats.theilslopes(values, alpha=0.95)
        got = native.sen_slope(values)
        assert near(got.slope, want.slope) and near(got.slope_low, want.low_slope)
        assert near(got.slope_high, want.high_slope)


def test_s_equals_scipys_kendall():
    """tau-b of a series against time is S over the geometric mean of pairs and untied pairs."""
    rng = random.Random(15)
    for _ in range(SERIES):
        values = random_series(rng, 8, 300, gaps=False)
        got = native.mann_kendall(values)
        if got is None:
            continue
        n = len(values)
        ties = sum(values.count(v) * (values.count(v) - 1) / 2 for v in set(values))
        pairs = n * (n - 1) / 2
        assert near(got.s / math.sqrt(pairs * (pairs - ties)), stats.kendalltau(range(n), values).statistic)


def test_ears_equals_its_definition():
    rng = random.Random(16)
    for _ in range(200):
        y, method = random_series(rng, 20, 80), rng.choice([0, 1])
        baseline, sigma = rng.choice([7, 14, 28]), rng.choice([0.0, 0.5])
        got = native.detector("gov_ears", y, native.EarsOptions(method=method, baseline=baseline, min_sigma=sigma))
        want = plain.ears(y, method, baseline, sigma, 0.001)
        for a, b in zip(got, want):
            assert (a is None) == (b is None)
            assert a is None or (near(a[0], b[0]) and near(a[1], b[1]) and a[2] == b[2])


def test_farrington_without_matrices_equals_farrington_with_them():
    """The oracle iterates to the end; the library stops where R does, with the weights of the step before: the bound
    hangs on those, hence 1e-4."""
    rng = random.Random(17)
    for _ in range(60):
        mean, season = rng.uniform(1, 30), rng.uniform(0, 0.8)
        y = [float(np.random.default_rng(rng.randrange(2 ** 31)).negative_binomial(5, 5 / (5 + mean * math.exp(
            season * math.sin(2 * math.pi * t / 52) + 0.001 * t)))) for t in range(5 * 52)]
        levels, past = rng.choice([(1, 3), (10, 26), (5, 8)])
        options = dict(b=4, w=3, no_periods=levels, past_excluded=past, weights_threshold=2.58, alpha=0.01)
        t = len(y) - 1
        got = native.detector("gov_farrington", y, native.FarringtonOptions(
            trend_level=1, limit_cases=-1, first=t, **options))[t]
        expected, upper = plain.farrington(y, t, 4, 3, levels, past, 2.58, 0.01)
        if expected <= max(y):  # the trend is dropped where it would extrapolate
            assert near(got[0], expected, 1e-6) and near(got[1], upper, 1e-4)


def test_no_use_episodes_equal_their_definition():
    rng = random.Random(18)
    for _ in range(200):
        uses = [rng.choice([0.0, 0.0, 0.0, 0.002, 0.02]) * (rng.random() < rng.choice([0.05, 0.2])) for _ in range(400)]
        register, total = [1000.0], 0.0
        for use in uses:
            total += use
            register.append(1000.0 + total)
        times = [1800 * i for i in range(len(register))]
        got = native.watch(times, register, native.WatchOptions(
            no_use_hours=12, too_much_hours=-1, leak_hours=-1, clear_hours=2))
        want = plain.no_use_episodes(uses, 0.01, 12, 2)
        assert [tuple(None if v is None else v // 1800 for v in row[1:]) for row in got] == want
