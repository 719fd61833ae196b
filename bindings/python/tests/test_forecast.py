"""Forecasts from Python."""

import datetime as dt
import math
import random
import statistics

import pytest

import govcore as gov


def counts(n):
    rng = random.Random(1972)
    return [sum(rng.random() < 0.06 for _ in range(50)) for _ in range(n)]


def test_small_counts_take_the_count_model_and_say_why():
    result = gov.trend.forecast(counts(100), horizon=4, threshold=6)
    assert result.method == "count" and result.reason and any("一" <= letter <= "鿿" for letter in result.reason_zh)
    assert list(result.mean) == pytest.approx([result.mean[0]] * 4) and 2 < result.mean[0] < 4
    assert set(result.lower) == {80, 95} and len(result.upper[95]) == 4
    for h in range(4):
        assert result.lower[95][h] <= result.lower[80][h] <= result.mean[h] <= result.upper[80][h] <= result.upper[95][h]
        assert 0 < result.exceed[h] < 0.5
    assert gov.trend.forecast(counts(100), horizon=4).exceed is None


def test_a_line_goes_on():
    y = [100.5 + 2 * t for t in range(40)]
    assert list(gov.trend.forecast(y, horizon=3, method="holt").mean) == pytest.approx([180.5, 182.5, 184.5], rel=1e-6)
    season = [50.25 + t % 4 * 10 for t in range(40)]
    ahead = gov.trend.forecast(season, horizon=4, method="holt_winters", period=4)
    assert list(ahead.mean) == pytest.approx([50.25, 60.25, 70.25, 80.25], rel=1e-6)


def test_croston_is_size_over_interval():
    y = [0, 0, 3, 0, 0, 3, 0, 0, 3]
    assert gov.trend.croston(y) == pytest.approx(1.0)
    assert gov.trend.croston(y, kind="sba") == pytest.approx(0.95)
    assert gov.trend.forecast(y, horizon=2, method="croston").mean[0] == pytest.approx(1.0)


@pytest.mark.parametrize("y, options, code", [
    ([1, 2], {"horizon": 1}, "GOV_E_NO_DATA"), ([1.0, None, 3.0] * 9, {"horizon": 1, "method": "ses"}, "GOV_E_MISSING"),
    ([1.0, float("nan")] * 9, {"horizon": 1}, "GOV_E_RANGE"), (list(range(30)), {"horizon": 0}, "GOV_E_ARGUMENT"),
    (list(range(30)), {"horizon": 1, "levels": [120]}, "GOV_E_ARGUMENT"),
])
def test_a_series_that_cannot_be_forecast_says_why(y, options, code):
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.forecast(y, **options)
    assert caught.value.code == code


def test_the_models_behind_forecasts():
    """Weights close to 1 follow the last value; Gardner's damped trend adds phi + phi² + … of the last slope."""
    y = [10.0, 12.0, 15.0, 19.0, 24.0, 30.0, 31.0, 35.0, 37.0, 41.0, 44.0, 48.0]
    simple = gov.trend.holt_winters(y, horizon=3, trend=False, alpha=1.0)
    assert list(simple.mean) == [48.0] * 3 and simple.level == 48.0
    assert list(gov.trend.forecast(y, horizon=3, method="holt").mean) == pytest.approx(list(gov.trend.holt_winters(y, horizon=3).mean))
    season = gov.trend.holt_winters([50.25 + t % 4 * 10 for t in range(40)], horizon=4, season="additive", period=4)
    assert list(season.mean) == pytest.approx([50.25, 60.25, 70.25, 80.25], rel=1e-6) and len(season.seasonal) == 4
    model = gov.trend.ets(y, horizon=3, trend="damped", alpha=0.999, beta=0.998, phi=0.9, initial=[8.0, 2.0])
    steps = [b - a for a, b in zip(model.mean, model.mean[1:])]
    assert steps[1] == pytest.approx(0.9 * steps[0]) and model.parameters >= 5
    fading = gov.trend.count_forecast([3, 0, 2, 5, 1, 0, 4], horizon=2, discount=1.0)
    assert fading.mean[0] == pytest.approx(fading.mean[1]) and fading.size[0] > 0
    assert gov.trend.count_exceed(1, 2.0) == pytest.approx(1 - math.exp(-2))
    assert gov.trend.count_quantile(0.5, 2.0) == 2
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.holt_winters([1.0, None, 3.0, 4.0])
    assert caught.value.code == "GOV_E_MISSING"


def test_scores_are_their_definitions():
    training, observed, ahead = [1.0, 3.0, 2.0, 5.0], [4.0, 6.0], [5.0, 5.0]
    naive = statistics.mean([2, 1, 3])
    assert gov.trend.mase(training, observed, ahead) == pytest.approx(1 / naive)
    interval = (8 - 2) + 2 / 0.2 * (9 - 8)
    assert gov.trend.wis(9, 5, levels=[80], lower=[2], upper=[8]) == pytest.approx((4 / 2 + 0.1 * interval) / 1.5)
    assert gov.trend.coverage([1, 5, 9], [0, 6, 9], [2, 7, 9]) == pytest.approx(2 / 3)
    z = 1.5
    density, below = math.exp(-z * z / 2) / math.sqrt(2 * math.pi), statistics.NormalDist().cdf(z)
    assert gov.trend.crps_normal(4 + 2 * z, 4, 2) == pytest.approx(2 * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi)))
    poisson, cumulative, total = math.exp(-3), 0.0, 0.0
    for k in range(200):
        cumulative += poisson
        total += (cumulative - (k >= 4)) ** 2
        poisson *= 3 / (k + 1)
    assert gov.trend.crps_count(4, 3) == pytest.approx(total, rel=1e-9)


def test_all_series_of_a_panel():
    days = [dt.date(2021, 1, 4) + dt.timedelta(weeks=t) for t in range(40)]
    table = {"grid": ["a"] * 40 + ["b"] * 40, "day": days * 2,
             "n": counts(40) + [3 + t % 2 if t < 25 else 30 + t % 2 for t in range(40)]}
    panel = gov.Panel(table, series="grid", time="day", value="n", freq="week")
    ahead = panel.forecast(horizon=2, threshold=5)
    assert ahead["grid"].to_list() == ["a", "a", "b", "b"] and ahead["step"].to_list() == [1, 2, 1, 2]
    assert ahead["mean"][0] == pytest.approx(gov.trend.forecast(panel.series(0), horizon=1).mean[0])
    changes = panel.changes()
    assert changes["grid"].to_list() == ["b"] and changes["day"].to_list() == [days[25]]
