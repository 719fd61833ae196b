"""Seasons, changes, forecasts and charts against statsmodels, ruptures, scipy and the oracles beside this file, on random
series with ties, trends, seasons and level shifts: GOV_SERIES of them a method (default 200), fewer where the peer is an
oracle in plain Python."""

import ctypes
import os
import pathlib
import random
import sys
import warnings
from math import log, sin

import numpy as np
import ruptures
import scipy.stats
from statsmodels.tsa.holtwinters import ExponentialSmoothing
from statsmodels.tsa.seasonal import MSTL, STL

import bocpd
import count_forecast
import ets_moments
import govcore as gov
import stl_plain

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
from _native import D, I, INT, LIBRARY, call, doubles, empty, struct  # noqa: E402
from changepoint import MEAN, VALUE, Bocpd, changes  # noqa: E402
from ets import ADDITIVE, MULTIPLICATIVE, NONE, ets  # noqa: E402
from stl import mstl, stl  # noqa: E402
from surveillance_control import NB, POISSON, run_length  # noqa: E402

SERIES = int(os.environ.get("GOV_SERIES", "200"))


def wave(rng, n, period):
    """Counts or decimals with a season, a slope and now and then a new level."""
    level, slope, swing = rng.uniform(5, 60), rng.uniform(-0.05, 0.1), rng.uniform(0, 10)
    y = []
    for t in range(n):
        if rng.random() < 0.02:
            level += rng.uniform(-10, 15)
        value = level + slope * t + swing * sin(6.28318 * t / period) + rng.gauss(0, 3)
        y.append(float(round(value)) if n % 2 else value)
    return y


def test_stl_is_that_of_statsmodels():
    """Robust passes do not always settle: where a change of y by 1e-14 moves the result, no result is right, and the
    series is left out; few are. Robust series are of odd length, as the peer's median can be wrong for even ones
    (lib/trend/stl.c)."""
    rng = random.Random(1)
    unsettled = 0
    for _ in range(SERIES):
        period, robust = rng.randint(2, 14), rng.random() < 0.3
        y = wave(rng, rng.randint((8 if robust else 2) * period, 20 * period) | robust, period)
        seasonal = rng.choice((7, 9, 15, 35))
        degrees = [rng.randint(0, 1) for _ in range(3)]
        jumps = [rng.choice((1, 1, 2, 5)) for _ in range(3)]
        options = dict(period=period, seasonal=seasonal, robust=robust, seasonal_degree=1 + degrees[0],
                       trend_degree=1 + degrees[1], low_pass_degree=1 + degrees[2], seasonal_jump=jumps[0],
                       trend_jump=jumps[1], low_pass_jump=jumps[2])
        ours = stl(y, **options)
        moved = stl([v * (1 + rng.choice((-1, 1)) * 1e-14) for v in y], **options)
        if robust and max(abs(a - b) for a, b in zip(ours["trend"], moved["trend"])) > 1e-10:
            unsettled += 1
            continue
        peer = STL(y, period=period, seasonal=seasonal, seasonal_deg=degrees[0], trend_deg=degrees[1],
                   low_pass_deg=degrees[2], seasonal_jump=jumps[0], trend_jump=jumps[1], low_pass_jump=jumps[2],
                   robust=robust).fit()
        for name, values in (("trend", peer.trend), ("seasonal", peer.seasonal), ("remainder", peer.resid)):
            np.testing.assert_allclose(ours[name], values, rtol=1e-9, atol=1e-8, err_msg=repr(options))
    assert unsettled < SERIES / 15


def test_mstl_is_that_of_statsmodels():
    rng = random.Random(2)
    for _ in range(SERIES):
        periods = [rng.randint(2, 6), rng.randint(7, 30)]
        y = wave(rng, rng.randint(2 * periods[1] + 1, 6 * periods[1]), periods[0])
        peer = MSTL(y, periods=periods).fit()
        ours = mstl(y, periods)
        np.testing.assert_allclose(ours["trend"], peer.trend, rtol=1e-9, atol=1e-8)
        np.testing.assert_allclose(np.array(ours["seasons"]).T, peer.seasonal, rtol=1e-9, atol=1e-8)


def test_gaps_of_stl_are_points_without_weight():
    rng = random.Random(10)
    for _ in range(max(10, SERIES // 50)):
        period, seasonal = rng.randint(2, 7), rng.choice((7, 9, 11))
        y = wave(rng, rng.randint(8 * period, 12 * period), period)
        for _ in range(rng.randint(0, 4)):
            y[rng.randrange(len(y))] = None
        trend = next(k for k in range(3, 99, 2) if k >= 1.5 * period / (1 - 1.5 / seasonal))
        want = stl_plain.stl(y, period, seasonal, trend, period + 1 + period % 2)
        try:
            got = gov.trend.stl(y, period=period, seasonal=seasonal, gaps="leave_out")
        except gov.GovError as refused:
            assert refused.code == "GOV_E_MISSING"
            continue
        np.testing.assert_allclose(got.trend, want[0], rtol=1e-9, atol=1e-8)
        np.testing.assert_allclose(got.seasonal, want[1], rtol=1e-9, atol=1e-8)


def start_values(y, period):
    """R's: level and slope of a line through the moving averages of two cycles, seasons by the mean differences from them."""
    ends = np.r_[0.5, np.ones(period - 1), 0.5] if period % 2 == 0 else np.ones(period)
    averages = np.convolve(y[:2 * period], ends / period, "valid")
    half = period // 2
    slope, level = np.polyfit(np.arange(1, len(averages) + 1), averages, 1)
    rest = np.full(2 * period, np.nan)
    rest[half:half + len(averages)] = y[half:half + len(averages)] - averages
    figure = np.nanmean(rest.reshape(2, period), axis=0)
    return level, slope, figure - figure.mean()


def test_holt_winters_is_that_of_statsmodels_from_the_same_start():
    """R's gamma is statsmodels' over 1 - alpha: R takes the season from the new level, statsmodels from the old one."""
    rng = random.Random(11)
    for _ in range(SERIES):
        period, seasonal = rng.randint(2, 9), rng.random() < 0.6
        y = np.array(wave(rng, rng.randint(3 * period + 8, 90), period))
        alpha, beta, gamma = (rng.uniform(0.05, 0.95) for _ in range(3))
        ours = gov.trend.holt_winters(y, horizon=8, season="additive" if seasonal else "none", period=period if seasonal else 0,
                                      alpha=alpha, beta=beta, gamma=gamma if seasonal else None)
        level, slope, figure = start_values(y, period) if seasonal else (y[1], y[1] - y[0], None)
        peer = ExponentialSmoothing(
            y[period if seasonal else 2:], trend="add", seasonal="add" if seasonal else None,
            seasonal_periods=period if seasonal else None, initialization_method="known", initial_level=level,
            initial_trend=slope, initial_seasonal=figure,
        ).fit(smoothing_level=alpha, smoothing_trend=beta, smoothing_seasonal=gamma * (1 - alpha) if seasonal else None,
              optimized=False)
        np.testing.assert_allclose(ours.sse, peer.sse, rtol=1e-9)
        kept = [h for h in range(8) if not seasonal or h % period != period - 1]
        np.testing.assert_allclose(np.array(ours.mean)[kept], peer.forecast(8)[kept], rtol=1e-9, atol=1e-9)


def total_cost(y, penalty, min_size):
    found, result = changes("gov_pelt", y.tolist(), cost=MEAN, penalty=VALUE, penalty_value=penalty, sd=1,
                            min_segment=min_size)
    peer = ruptures.KernelCPD(kernel="linear", min_size=min_size).fit(y).predict(pen=penalty)
    cost = ruptures.costs.CostL2().fit(y).sum_of_costs(peer)
    return result.cost + penalty * len(found), cost + penalty * (len(peer) - 1)


def test_pelt_costs_what_ruptures_costs():
    """ruptures prunes a change before the next segment has min_size values, and can so miss the optimum above 1."""
    rng = random.Random(3)
    for _ in range(SERIES):
        y, penalty = np.array(wave(rng, rng.randint(10, 120), 7)), rng.uniform(5, 400)
        ours, peer = total_cost(y, penalty, 1)
        assert abs(ours - peer) <= 1e-9 * peer, (y, penalty)
        ours, peer = total_cost(y, penalty, rng.randint(2, 4))
        assert ours <= peer * (1 + 1e-9), (y, penalty)


def test_exponential_smoothing_is_that_of_statsmodels():
    rng = random.Random(4)
    for _ in range(SERIES):
        period = rng.randint(2, 9)
        y = [abs(v) + 1 for v in wave(rng, rng.randint(2 * period + 14, 90), period)]
        trend, season = rng.randint(0, 2), rng.choice((NONE, ADDITIVE))
        alpha, phi = rng.uniform(0.05, 0.95), rng.uniform(0.8, 0.98)
        beta, gamma = alpha * rng.uniform(0.05, 0.9), (1 - alpha) * rng.uniform(0.05, 0.9)
        states = [rng.uniform(5, 50), rng.uniform(-1, 1), [rng.uniform(-5, 5) for _ in range(period)]]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            peer = ExponentialSmoothing(
                y, trend="add" if trend else None, damped_trend=trend == 2, seasonal="add" if season else None,
                seasonal_periods=period if season else None, initialization_method="known", initial_level=states[0],
                initial_trend=states[1] if trend else None, initial_seasonal=states[2] if season else None,
            ).fit(smoothing_level=alpha, smoothing_trend=beta / alpha if trend else None,
                  smoothing_seasonal=gamma if season else None,
                  damping_trend=phi if trend == 2 else None, optimized=False)
        initial = states[:1] + (states[1:2] if trend else []) + (states[2] if season else [])
        result, mean, _ = ets(y, 10, initial, trend=trend, season=season, period=period, alpha=alpha,
                              beta=beta if trend else 0, gamma=gamma if season else 0, phi=phi if trend == 2 else 0)
        np.testing.assert_allclose(result.mse * len(y), peer.sse, rtol=1e-9)
        # statsmodels forecasts the last place of a cycle with a season that has not seen the last value
        kept = [h for h in range(10) if not season or h % period != period - 1]
        np.testing.assert_allclose(np.array(mean)[kept], peer.forecast(10)[kept], rtol=1e-9, atol=1e-9)


def test_multiplicative_ets_is_that_of_its_matrices():
    rng = random.Random(5)
    for _ in range(SERIES // 10):
        period = rng.randint(2, 5)
        y = [abs(v) + 20 for v in wave(rng, 40, period)]
        w = {"alpha": rng.uniform(0.05, 0.6), "phi": rng.uniform(0.8, 0.98)}
        w["beta"], w["gamma"] = w["alpha"] * rng.uniform(0.1, 0.9), (1 - w["alpha"]) * rng.uniform(0.1, 0.5)
        start = [40.0, 0.5, [rng.uniform(0.8, 1.2) for _ in range(period)]]
        level, trend, season, squares, logs = ets_moments.filtered(y, w, *start)
        sigma2 = squares / (len(y) - (6 + period) + 1)
        after = [season[(len(y) + j) % period] for j in range(period)]
        expected = ets_moments.moments(w, level, trend, after, sigma2, 3 * period)
        result, mean, variance = ets(y, 3 * period, start[:2] + start[2], multiplicative_error=1, trend=2,
                                     season=MULTIPLICATIVE, period=period, **w)
        np.testing.assert_allclose(result.log_likelihood, -(len(y) * log(squares) + 2 * logs) / 2, rtol=1e-11)
        np.testing.assert_allclose(np.array([mean, variance]).T, expected, rtol=1e-9)


def test_run_lengths_are_those_of_the_definition():
    rng = random.Random(6)
    for _ in range(SERIES // 20):
        y = [max(0, round(v / 8)) for v in wave(rng, rng.randint(1, 60), 7)]
        o = dict(expected_run=rng.uniform(2, 200), alpha=rng.uniform(0.2, 5), beta=rng.uniform(0.1, 3))
        first, mean = empty(len(y)), empty(len(y))
        call("gov_bocpd", doubles(y), None, I(len(y)), ctypes.byref(Bocpd(model=0, **o)), None, first, mean)
        np.testing.assert_allclose(np.array([first, mean]).T, bocpd.run_lengths(y, **o), rtol=1e-8, atol=1e-12)


Count = struct("Count", [("period", I), ("discount", D)])
CountResult = struct("CountResult", [("discount", D), ("log_likelihood", D)])


def test_count_forecasts_are_those_of_the_definition():
    rng = random.Random(7)
    for _ in range(SERIES // 5):
        y = [max(0, round(v / 20)) for v in wave(rng, rng.randint(8, 80), 7)]
        y[rng.randrange(len(y))] += 1
        period, discount = rng.choice((0, 2, 4)), rng.uniform(0.5, 1)
        exposure = count_forecast.season_of(y, period) if period else [1.0]
        result, mean, size = CountResult(), empty(3), empty(3)
        call("gov_count_forecast", doubles(y), None, I(len(y)), ctypes.byref(Count(period=period, discount=discount)),
             I(3), ctypes.byref(result), mean, size)
        total, shape, rate = count_forecast.run(y, discount, exposure)
        np.testing.assert_allclose(result.log_likelihood, total, rtol=1e-9)
        np.testing.assert_allclose(mean, [exposure[(len(y) + h) % len(exposure)] * shape / rate for h in range(3)])
        np.testing.assert_allclose(size, [shape * discount ** (h + 1) for h in range(3)])
    score = LIBRARY.gov_crps_count
    score.restype = D
    for _ in range(50):
        y, m, s = float(rng.randint(0, 40)), rng.uniform(0.1, 30), rng.uniform(0.2, 20)
        np.testing.assert_allclose(score(D(y), D(m), D(s)), count_forecast.crps(y, m, s, 20_000), rtol=1e-8)


def test_discovery_rates_are_those_of_scipy():
    rng = np.random.default_rng(8)
    options = struct("Options", [("method", INT)])
    for number, name in ((0, "bh"), (1, "by")):
        for _ in range(SERIES):
            p = np.round(rng.random(rng.integers(1, 200)) ** 2, 3)  # ties
            q = empty(len(p))
            call("gov_trend_bh", doubles(p), None, I(len(p)), ctypes.byref(options(method=number)), q)
            np.testing.assert_allclose(q, scipy.stats.false_discovery_control(p, method=name), rtol=1e-12)


def chain(mean, alpha, k, h):
    """Mean steps of C = max(0, C + Y - k) to C >= h, all whole numbers, by the chain of its values."""
    law = scipy.stats.nbinom(1 / alpha, 1 / (1 + alpha * mean)) if alpha else scipy.stats.poisson(mean)
    moves = np.array([[law.cdf(k - a) if b == 0 else law.pmf(b - a + k) for b in range(h)] for a in range(h)])
    return np.linalg.solve(np.eye(h) - moves, np.ones(h))[0]


def test_run_lengths_of_charts_are_those_of_their_chain():
    rng = random.Random(9)
    for _ in range(SERIES // 10):
        mean, k, h = rng.uniform(0.3, 6), rng.randint(1, 7), rng.randint(1, 25)
        alpha = rng.choice((0, rng.uniform(0.05, 1)))
        expected = chain(mean, alpha, k, h)
        if not 0 < expected < 1e9:  # the peer's matrix is singular to rounding
            continue
        ours, exact = run_length(family=NB if alpha else POISSON, mean=mean, spread=alpha, slope=1, offset=-k, h=h)
        assert exact == 1
        np.testing.assert_allclose(ours, expected, rtol=1e-9 * max(1, expected / 1e3))
