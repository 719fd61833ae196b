"""Trends from Python, beside plain routines of the standard library."""

import datetime as dt
import math
import random
import statistics
from array import array

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import govcore as gov

# Yearly flows of the Nile at Aswan, 1871 to 1890
# (Cobb 1978, Biometrika 65), in 10^8 cubic metres.
NILE = [1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140]


def plain_mann_kendall(y):
    """Mann (1945) and Kendall (1975) by every pair."""
    n = len(y)
    s = sum((y[j] > y[i]) - (y[j] < y[i]) for i in range(n) for j in range(i + 1, n))
    ties = [y.count(value) for value in set(y)]
    var = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = (s - (s > 0) + (s < 0)) / math.sqrt(var)
    return s, var, z, math.erfc(abs(z) / math.sqrt(2)), s / (n * (n - 1) / 2)


def plain_sen(y):
    slope = statistics.median((y[j] - y[i]) / (j - i) for i in range(len(y)) for j in range(i + 1, len(y)))
    return slope, statistics.median(y) - slope * (len(y) - 1) / 2


def same(result, y):
    s, var, z, p, tau = plain_mann_kendall(y)
    assert (result.s, result.var_s) == (s, pytest.approx(var, rel=1e-12))
    assert (result.z, result.p, result.tau) == pytest.approx((z, p, tau), rel=1e-12)
    assert (result.slope, result.intercept) == pytest.approx(plain_sen(y), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("form", [list, tuple, lambda y: array("d", y), lambda y: np.array(y, dtype=float),
                                  lambda y: np.array(y, dtype="int32"), lambda y: np.array([y, y]).T[:, 0],
                                  lambda y: gov.Table({"y": y})["y"], lambda y: pl.Series(y)],
                         ids=["list", "tuple", "array", "float64", "int32", "strided", "column", "polars"])
def test_any_form_of_series_gives_the_same_result(form):
    same(gov.trend.mann_kendall(form(NILE)), NILE)


GAPS = [*NILE[:5], None, *NILE[6:]]


@pytest.mark.parametrize("form", [pl.Series, pa.array, lambda y: pa.chunked_array([y[:7], y[7:]]), pd.Series,
                                  lambda y: pd.Series(y, dtype="Int64"), lambda y: gov.Table({"y": y})["y"]],
                         ids=["polars", "array", "chunked", "pandas", "pandas nullable", "column"])
def test_missing_values_of_any_library_are_missing(form):
    assert gov.trend.mann_kendall(form(GAPS)) == gov.trend.mann_kendall(GAPS)
    assert gov.trend.mann_kendall(form(NILE)) == gov.trend.mann_kendall(NILE)
    assert list(gov.trend.ears(form(GAPS))["alarm"]) == list(gov.trend.ears(GAPS)["alarm"])


def test_a_series_column_may_not_have_the_name_of_a_finding():
    panel = gov.Panel({"trend": ["a"], "day": ["2021-12-01"]}, series="trend", time="day", freq="day")
    with pytest.raises(gov.GovValueError, match="give the series column another") as caught:
        panel.analyze()
    assert (caught.value.code, caught.value.name) == ("GOV_E_DUPLICATE", "trend")


def test_the_first_day_may_be_text():
    y = [20 + (7 * t) % 13 for t in range(52 * 6)]
    by_text, by_date = (gov.trend.farrington(y, start=day) for day in ("2010-01-04", dt.date(2010, 1, 4)))
    assert by_text.to_dict() == by_date.to_dict()
    with pytest.raises(ValueError, match="month"):
        gov.trend.farrington(y, start="2010-13-04")


def test_random_series_agree_with_every_pair():
    rng = random.Random(1945)
    for n in (3, 4, 10, 37):
        for spread in (2, 5, 1000):
            y = [rng.randrange(spread) for _ in range(n)]
            if len(set(y)) > 1:
                same(gov.trend.mann_kendall(y), y)


def test_missing_values_are_left_out_and_keep_their_distance():
    y = [1.0, None, 3.0, 4.0, None, 6.0]
    result = gov.trend.mann_kendall(y)
    assert (result.n, result.s, result.slope, result.intercept) == (4, 6.0, 1.0, 1.0)
    assert result.trend == "no trend"


def test_methods_and_bad_choices():
    rng = random.Random(7)
    y = [rng.gauss(i / 10, 1) for i in range(60)]
    for method in ("original", "hamed_rao", "yue_wang", "pre_whitening", "trend_free_pre_whitening"):
        assert gov.trend.mann_kendall(y, method=method).trend == "increasing"
    for method in ("seasonal", "correlated_seasonal"):
        assert gov.trend.mann_kendall(y, method=method, period=6).s > 0
    with pytest.raises(ValueError, match="original"):
        gov.trend.mann_kendall(y, method="magic")


@pytest.mark.parametrize("y, code, row", [
    ([1.0, float("nan"), 2.0], "GOV_E_RANGE", 1), ([1.0, 2.0, float("inf")], "GOV_E_RANGE", 2),
    ([], "GOV_E_NO_DATA", None), ([1.0], "GOV_E_NO_DATA", None), ([5.0] * 9, "GOV_E_NO_DATA", None),
])
def test_a_series_without_an_answer_says_why(y, code, row):
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.mann_kendall(y)
    assert (caught.value.code, caught.value.row) == (code, row)


@pytest.mark.parametrize("y", [["a", "b", "c"], 3, [[1.0, 2.0]]])
def test_what_is_no_series_is_refused(y):
    with pytest.raises((TypeError, ValueError)):
        gov.trend.mann_kendall(y)


def test_regional_sums_the_columns():
    rng = random.Random(3)
    columns = [[rng.randrange(50) for _ in range(12)] for _ in range(3)]
    result = gov.trend.mann_kendall_regional([list(row) for row in zip(*columns)])
    assert result.s == sum(plain_mann_kendall(column)[0] for column in columns)
    assert gov.trend.mann_kendall_regional(np.array(columns).T).s == result.s
    assert gov.trend.mann_kendall_correlated(np.array(columns).T).s == result.s
    assert math.isfinite(gov.trend.mann_kendall_partial(columns[0], columns[1]).z)
    with pytest.raises(ValueError):
        gov.trend.mann_kendall_regional([[1, 2], [3]])


def test_sen_and_its_interval():
    result = gov.trend.sen_slope(NILE)
    assert (result.slope, result.intercept) == pytest.approx(plain_sen(NILE), rel=1e-12)
    assert result.low < result.slope < result.high and result.pairs == 190
    with pytest.raises(ValueError):
        gov.trend.seasonal_sen_slope(NILE, 1)
    cycle = [10 * (t // 4) + t % 4 for t in range(20)]
    assert gov.trend.seasonal_sen_slope(cycle, 4).slope == 10


def test_ears_c1_is_mean_and_deviation_of_the_week_before():
    rng = random.Random(2003)
    y = [float(rng.randrange(20)) for _ in range(40)]
    table = gov.trend.ears(y, method="C1", baseline=7, alpha=0.001)
    quantile = statistics.NormalDist().inv_cdf(0.999)
    for t in range(7, 40):
        mean, deviation = statistics.mean(y[t - 7:t]), statistics.stdev(y[t - 7:t])
        assert table["expected"][t] == pytest.approx(mean, rel=1e-12)
        assert table["upper"][t] == pytest.approx(mean + quantile * deviation, rel=1e-12)
        assert table["alarm"][t] == (y[t] > mean + quantile * deviation)
    assert table["alarm"][:7] == [None] * 7 and all(table["reason"][:7])


def test_benjamini_and_hochbergs_own_example():
    """Fifteen p-values of a study of thrombolysis: four discoveries at 0.05 (Benjamini and Hochberg 1995, 3.2)."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
         1.0]
    q = gov.trend.bh(p)
    assert [value <= 0.05 for value in q] == [True] * 4 + [False] * 11
    assert q[0] == pytest.approx(0.0001 * 15)
    assert gov.trend.bh([0.01, None, 0.02])[1] is None
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.bh([0.5, 1.5])
    assert caught.value.row == 1


def test_farrington_judges_the_range_asked_for():
    rng = random.Random(2012)
    y = [rng.randrange(6) + 3 for _ in range(52 * 7)]
    y[-1] = 60
    table = gov.trend.farrington(y, start=dt.date(2014, 1, 6), range=(len(y) - 3, len(y)))
    assert len(table) == len(y)
    assert table["alarm"][-1] is True and table["alarm"][0] is None
    assert table["upper"][-1] < 60 and table["expected"][-1] == pytest.approx(5.5, abs=1.5)
    assert gov.trend.farrington(y, flexible=False, range=(len(y) - 1, len(y)))["alarm"][-1] is True


def test_a_panel_lays_out_counts_and_finds_the_rising_series():
    days = [dt.date(2021, 6, 28) + dt.timedelta(days=i) for i in range(70)]
    rows = [("高", day) for i, day in enumerate(days) for _ in range(1 + i // 7)] + [("平", day) for day in days]
    random.Random(1).shuffle(rows)
    events = {"grid": [grid for grid, _ in rows], "day": [day for _, day in rows]}
    panel = gov.Panel(events, series="grid", time="day", freq="week")
    assert len(panel) == 2 and panel.labels["grid"].to_list() == sorted(["高", "平"])
    assert panel.periods[0] == "2021-W26" and panel.days[0] == dt.date(2021, 6, 28) and len(panel.periods) == 10
    high = panel.labels["grid"].to_list().index("高")
    assert panel.series(high) == [7.0 * (1 + week) for week in range(10)]
    findings = panel.analyze()
    assert findings["trend"][high] == "increasing" and findings["slope"][high] == 7.0
    assert findings["trend"][1 - high] is None and findings["status"][1 - high]
    assert findings["text_zh"][high] and findings["text_en"][high]
    with pytest.raises(IndexError):
        panel.series(2)
    gaps = gov.Panel({"d": [dt.date(2021, 7, 1), dt.date(2021, 7, 3)], "n": [4, 5]}, series=[], time="d", value="n",
                     freq="day", gaps="missing")
    assert gaps.series(0) == [4.0, None, 5.0]


def test_a_panel_of_a_missing_column_names_it():
    with pytest.raises(KeyError) as caught:
        gov.Panel({"d": ["2021-07-01"]}, series="grid", time="d", freq="day")
    assert caught.value.name == "grid"
