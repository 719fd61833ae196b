"""Control charts, interventions, changes and sensors from Python, beside their definitions."""

import datetime as dt
import math
import random

import pytest

import govcore as gov


def counts(n, mean=6):
    rng = random.Random(1954)
    return [sum(rng.random() < mean / 50 for _ in range(50)) for _ in range(n)]


def test_a_cusum_is_its_recursion():
    y, mean, k, h = counts(60), 6.0, 1.04, 2.26
    table = gov.trend.cusum(y, mean=mean, k=k, h=h)
    total = 0.0
    for t, value in enumerate(y):
        total = max(0.0, total + (value - mean) / math.sqrt(mean) - k)
        assert table["statistic"][t] == pytest.approx(total, abs=1e-12)
        assert table["alarm"][t] == (total >= h)
        assert table["alarm"][t] == (value > table["upper"][t])
    baseline = gov.trend.cusum([None, *y], baseline=20)
    assert baseline["alarm"][:20] == [None] * 20 and all(baseline["reason"][:20])
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.cusum([1, -1, 2], mean=1.0)
    assert caught.value.row == 1


def test_the_likelihood_ratio_chart_is_its_recursion():
    y, mean, theta, threshold = counts(80), 6.0, math.log(1.5), 3.0
    y[50:] = [value + 4 for value in y[50:]]
    table = gov.trend.glr(y, mean=mean, theta=theta, threshold=threshold)
    total = 0.0
    for t, value in enumerate(y):
        total = max(0.0, total + theta * value - mean * (math.exp(theta) - 1))
        assert table["statistic"][t] == pytest.approx(total, abs=1e-9)
        assert table["alarm"][t] == (total >= threshold)
        total = 0.0 if total >= threshold else total
    assert True in table["alarm"][50:] and gov.trend.glr(y, mean=mean)["alarm"][50:].count(True) > 0
    assert len(gov.trend.outbreak_p(y)) == 80


def test_an_ewma_is_its_recursion():
    y, weight, width, sd = [float(v) for v in counts(40)], 0.2, 3.0, 2.5
    table = gov.trend.ewma(y, target=6.0, sd=sd, weight=weight, width=width)
    z = 6.0
    for t, value in enumerate(y):
        z = weight * value + (1 - weight) * z
        spread = width * sd * math.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * (t + 1))))
        assert (table["statistic"][t], table["lower"][t], table["upper"][t]) == pytest.approx((z, 6 - spread, 6 + spread))
        assert table["alarm"][t] == ("above" if z > 6 + spread else "below" if z < 6 - spread else None)


def test_a_c_chart_has_limits_of_three_roots():
    y = counts(30) + [40]
    table = gov.trend.shewhart(y, kind="c", baseline=30)
    centre = sum(y[:30]) / 30
    assert table["centre"][0] == pytest.approx(centre)
    assert table["upper"][0] == pytest.approx(centre + 3 * math.sqrt(centre))
    assert table["alarm"][-1] == "above"
    with pytest.raises(gov.GovValueError):
        gov.trend.shewhart(y, kind="p", size=[10])


def test_run_lengths():
    """Montgomery: a tabular CUSUM with k = 1/2 and h = 5 runs 930 periods on one side; EWMA 0.2, 2.962: 500."""
    one_side = gov.trend.cusum_run_length(family="normal", mean=0.0, spread=1.0, k=0.5, h=5.0)
    assert one_side == pytest.approx(930, rel=0.01)
    assert gov.trend.ewma_run_length(weight=0.2, width=2.962) == pytest.approx(500, rel=0.01)
    with pytest.raises(ValueError):
        gov.trend.cusum_run_length(mean=1.0, h=5.0)


def test_an_intervention_without_noise_is_found_as_it_is():
    y = [round(100 * 1.01 ** t * (0.5 if t >= 24 else 1.0), 9) for t in range(48)]
    result = gov.trend.its(y, change=24)
    assert result.level_ratio == pytest.approx(0.5, rel=1e-6)
    assert result.slope_before == pytest.approx(1.01, rel=1e-6) and result.slope_ratio == pytest.approx(1.0, rel=1e-6)
    assert result.expected == pytest.approx(2 * result.observed, rel=1e-6)
    assert result.counterfactual[30] == pytest.approx(100 * 1.01 ** 30, rel=1e-6)
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.its(y, change=47)
    assert caught.value.code == "GOV_E_NO_DATA"


def test_change_points():
    y = [5 + t % 2 for t in range(25)] + [30 + t % 2 for t in range(15)] + [12 + t % 2 for t in range(20)]
    assert gov.trend.pelt(y) == [25, 40]
    assert gov.trend.binary_segmentation(y) == [25, 40]
    assert gov.trend.pelt([float(v) for v in y], cost="mean", penalty=50.0, sd=1.0) == [25, 40]
    assert gov.trend.pelt(y, penalty=1e9) == []
    test = gov.trend.pettitt(y[:40])
    assert (test.change, test.direction) == (25, 1) and test.p < 0.001
    online = gov.trend.bocpd(y, expected_run=50)
    assert online.run[39] == 15 and online.first[25] > 0.5 and len(online.mean_run) == 60


def test_alarms_are_judged_by_what_happened():
    quality = gov.trend.evaluate([False, True, None, True, False, True], [False, True, True, True, False, False])
    assert (quality.true_positive, quality.false_positive, quality.true_negative) == (2, 1, 2)
    assert (quality.not_judged, quality.outbreaks, quality.detected, quality.delay) == (1, 1, 1, 0.0)
    assert quality.sensitivity == 1.0 and quality.specificity == pytest.approx(2 / 3)
    assert gov.trend.evaluate([False], [False]).sensitivity is None


def test_stl_parts_sum_to_the_series():
    y = [10 + 0.2 * t + 3 * math.sin(2 * math.pi * t / 7) for t in range(70)]
    parts = gov.trend.stl(y, period=7)
    for t, value in enumerate(y):
        assert parts.trend[t] + parts.seasonal[t] + parts.remainder[t] == pytest.approx(value, abs=1e-12)
        assert parts.trend[t] == pytest.approx(10 + 0.2 * t, abs=1e-9)
    assert set(parts.weights) == {1.0}
    spoilt = list(y)
    spoilt[35] += 50
    assert gov.trend.stl(spoilt, period=7, robust=True).weights[35] < 0.01
    two = gov.trend.mstl([value + (t % 20) / 10 for t, value in enumerate(y)], periods=[7, 20])
    assert set(two.seasons) == {7, 20}
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.stl([None, *y], period=7)
    assert (caught.value.code, caught.value.row) == ("GOV_E_MISSING", 0)


def test_essence_sees_a_jump():
    days = counts(60)
    days[-1] = 60
    table = gov.trend.essence(days)
    assert table["alarm"][-1] is True and table["level"][-1] == "alert"
    assert table["alarm"][0] is None and table["reason"][0]


def test_a_home_where_no_water_runs_is_an_episode_and_an_absence_is_none():
    start = dt.datetime(2021, 7, 1)
    times = [start + dt.timedelta(hours=h) for h in range(72)]
    readings = [100 + 0.02 * min(h, 24) for h in range(72)]
    slots = gov.trend.Slots.of_register(times, readings)
    assert slots.first == start and len(slots) == 142 and slots.resets == 0
    assert slots.amounts[0] == pytest.approx(0.01)
    episodes = slots.watch("jiangsulu")
    assert episodes["rule"].to_list() == ["no_use"] and episodes["about"].to_list() == ["person"]
    assert episodes["text_zh"][0] and episodes["ended"][0] is None
    away = gov.trend.Exempt(start + dt.timedelta(hours=23), start + dt.timedelta(hours=80))
    assert len(slots.watch("jiangsulu", exempts=[away])) == 0
    assert gov.trend.WatchRules.preset("jiangsulu").no_use_hours == 12
    with pytest.raises(KeyError):
        slots.watch("nowhere")
    with pytest.raises(gov.GovValueError):
        gov.trend.Slots.of_register([start, start], [1.0, 2.0])


def test_tabular_cusum_and_means_of_groups():
    """Page's recursion by hand, and limits A2 x mean range with A2 = 0.577 for groups of five (Montgomery's tables)."""
    y = [0.2, -0.1, 1.6, 1.4, 2.0, 1.8, 1.7, 2.2]
    chart = gov.trend.cusum_tabular(y, target=0.0, sd=1.0)
    high, values = 0.0, []
    for value in y:
        high = max(0.0, high + value - 0.5)
        values.append(high)
    assert chart["high"].to_list() == pytest.approx(values) and chart["alarm"][-1] == "above" and chart["alarm"][4] is None
    groups = [[10, 11, 12, 9, 10], [11, 10, 13, 10, 9], [9, 12, 10, 11, 10]]
    means = gov.trend.shewhart_xbar(groups)
    centre = sum(map(sum, groups)) / 15
    assert means["statistic"].to_list() == pytest.approx([10.4, 10.6, 10.4]) and means["centre"][0] == pytest.approx(centre)
    assert means["upper"][0] - centre == pytest.approx(0.577 * (3 + 4 + 3) / 3, rel=1e-3)
    with pytest.raises(ValueError):
        gov.trend.shewhart_xbar([[1, 2], [1, 2, 3]])


def test_glr_takes_a_baseline():
    y = [3, 4, 2, 5, 3, 4, 3, 2, 9, 12]
    chart = gov.trend.glr(y, baseline=6)
    assert chart["expected"][6] == pytest.approx(3.5) and chart["alarm"].to_list()[:6] == [None] * 6 and chart["alarm"][9]
