"""Panels judged in every period: each series as it is judged alone; parts of a rise; who reports; working days."""

import datetime as dt
import math

import pytest

import govcore as gov

DAY = dt.date(2021, 1, 4)


def counts(seed, n, rise=0):
    return [(seed * 31 + t * t * 7 + t * seed) % 6 + 1 + (rise if t == n - 1 else 0) for t in range(n)]


SERIES = [counts(1, 100), counts(2, 100, 12), [None if t % 17 == 3 else v for t, v in enumerate(counts(3, 100))]]


def panel(freq="day"):
    return gov.Panel.of_array(SERIES, first=DAY, freq=freq)


def rows(table, series, name, n=100):
    return table[name].to_list()[series * n:(series + 1) * n]


ALONE = {
    "ears": ({"method": "C2", "min_sigma": 0.5}, {}),
    "essence": ({}, {}),
    "cusum": ({"baseline": 60}, {}),
    "glr": ({"mean": 3.5}, {}),
    "glr baseline": ({"baseline": 60}, {}),
    "outbreak_p": ({}, {}),
    "farrington": ({"b": 1, "w": 2, "no_periods": 2, "past_excluded": 3, "freq": 30}, {}),
}


@pytest.mark.parametrize("name", ALONE)
def test_a_panel_judges_as_for_each_series_alone(name):
    options, _ = ALONE[name]
    method = name.split()[0]
    together = getattr(panel(), method)(threads=2, **options)
    assert len(together) == 300
    for s, y in enumerate(SERIES):
        alone = getattr(gov.trend, method)(y, **options)
        for column in alone.columns:
            if column == "reason" or (method == "outbreak_p" and column in ("expected", "upper", "statistic")):
                continue
            if column == "statistic" and method != "essence":
                want = [v if r is None else None for v, r in zip(alone[column], alone["reason"])]
            else:
                want = alone[column].to_list()
            assert rows(together, s, column) == want, column
        assert [r is None for r in rows(together, s, "reason")] == [status == "ok" for status in rows(together, s, "status")]
    recent = getattr(panel(), method)(last=4, **options)
    assert len(recent) == 12 and recent["alarm"].to_list()[:4] == rows(together, 0, "alarm")[-4:]
    assert recent["day"][3] == DAY + dt.timedelta(days=99)


def test_charts_and_run_lengths_of_a_panel():
    for method, options in (("ewma", {}), ("shewhart", {"kind": "c", "baseline": 80})):
        together, alone = getattr(panel(), method)(**options), getattr(gov.trend, method)(SERIES[1], **options)
        assert rows(together, 1, "statistic") == pytest.approx(alone["statistic"].to_list())
        assert rows(together, 1, "side") == alone["alarm"].to_list()
        assert rows(together, 1, "expected") == pytest.approx(alone["centre"].to_list())
        assert rows(together, 1, "alarm") == [side is not None for side in alone["alarm"]]
    alone = gov.trend.bocpd(SERIES[1])
    together = panel().bocpd()
    assert rows(together, 1, "run") == alone.run and rows(together, 1, "first") == list(alone.first)
    assert rows(together, 1, "alarm")[1:] == [b != a + 1 for a, b in zip(alone.run, alone.run[1:])]


def test_seasons_of_a_panel_and_gaps():
    together = panel().stl(gaps="leave_out")
    alone = gov.trend.stl(SERIES[2], period=7, gaps="leave_out")
    assert rows(together, 2, "trend") == list(alone.trend)
    assert [r is None for r in rows(together, 2, "remainder")] == [math.isnan(r) for r in alone.remainder]
    assert set(rows(panel().stl(), 2, "status")) == {"missing"}
    with pytest.raises(gov.GovValueError) as caught:
        gov.trend.stl(SERIES[2], period=7)
    assert caught.value.code == "GOV_E_MISSING" and caught.value.row == 3


def test_several_seasons_of_a_panel():
    together = panel().mstl(periods=[7, 30], gaps="leave_out", threads=2)
    alone = gov.trend.mstl(SERIES[2], periods=[7, 30], gaps="leave_out")
    assert rows(together, 2, "trend") == list(alone.trend)
    assert rows(together, 2, "seasonal_7") == list(alone.seasons[7])
    assert rows(together, 2, "seasonal_30") == list(alone.seasons[30])
    assert set(rows(panel().mstl(periods=[7, 30]), 2, "status")) == {"missing"}
    with pytest.raises(gov.GovError):
        panel().mstl(periods=[30, 7])


def test_forecasts_and_changes_of_a_panel():
    ahead = panel().forecast(horizon=2, threshold=5)
    assert ahead["mean"][0] == gov.trend.forecast(SERIES[0], horizon=2).mean[0] and ahead["step"].to_list() == [1, 2] * 3
    changes = gov.Panel.of_array([[3, 4] * 15 + [30, 31] * 15], first=DAY, freq="week").changes()
    assert changes["day"].to_list() == [DAY + dt.timedelta(weeks=30)]


def test_changes_of_a_panel_by_other_methods():
    steps = [[3, 4] * 15 + [30, 31] * 15, [2] * 60]
    both = gov.Panel.of_array(steps, first=DAY, freq="week")
    split = both.changes(method="binary_segmentation")
    assert split["day"].to_list() == [DAY + dt.timedelta(weeks=t) for t in gov.trend.binary_segmentation(steps[0])]
    ranked, alone = both.changes(method="pettitt", threads=2), gov.trend.pettitt(steps[0])
    assert ranked["day"].to_list() == [DAY + dt.timedelta(weeks=30), None]
    assert ranked["statistic"].to_list() == [alone.statistic, None] == [900, None]
    assert ranked["p"].to_list() == [alone.p, None] and "all equal" in ranked["refused"][1]
    with pytest.raises(ValueError):
        both.changes(method="cusum")


def test_rates_by_a_panel_of_populations():
    people = gov.Panel.of_array([[1000 + t for t in range(100)]] * 3, first=DAY, freq="day")
    options = {"b": 1, "w": 2, "no_periods": 2, "past_excluded": 3, "freq": 30}
    together = panel().farrington(population=people, **options)
    alone = gov.trend.farrington(SERIES[0], population=[1000 + t for t in range(100)], **options)
    assert rows(together, 0, "expected") == alone["expected"].to_list()
    with pytest.raises(gov.GovError) as caught:
        panel().farrington(population=gov.Panel.of_array([[1] * 100], first=DAY, freq="day"))
    assert caught.value.name == "population"


def test_wide_findings():
    found = panel().analyze(wide=True, threshold=9, horizon=3, minimum_count=5)
    p = found["alarm_p"].to_list()
    assert found["alarm_q"].to_list() == pytest.approx(gov.trend.bh(p))
    assert gov.trend.bh(found["p"].to_list()) == pytest.approx(found["q"].to_list())
    assert found["raised"].to_list() == [False, True, False]
    assert found["excess"][1] == found["observed"][1] - found["expected"][1]
    assert found["ratio_low"][1] < found["ratio"][1] < found["ratio_high"][1]
    assert found["recurrence"][1] == pytest.approx(1 / p[1])
    assert found["baseline_first"][1] == DAY + dt.timedelta(days=92) and found["baseline_last"][1] == DAY + dt.timedelta(days=98)
    assert 0 < found["exceed"][0] < 1 and found["silent"].to_list() == [0, 0, 0]
    assert "q" not in panel().analyze().columns
    with pytest.raises(gov.GovError) as caught:
        panel().analyze(wide=True, fdr_q=3)
    assert caught.value.name == "fdr_q"


def test_parts_of_a_rise_sum_to_it():
    grids = [("c1", 1, 9), ("c2", 2, 2), ("s1", 1, 1), ("s2", 3, 3)]
    table = {"grid": [], "day": []}
    for t in range(8):
        for grid, usual, final in grids:
            for _ in range(final if t == 7 else usual):
                table["grid"].append(grid)
                table["day"].append(DAY + dt.timedelta(days=t))
    areas = {"code": ["d", "s1", "s2", "c1", "c2"], "parent": [None, "d", "d", "s1", "s1"]}
    up = gov.Panel(table, series="grid", time="day", freq="day").roll_up("grid", areas)
    parts, found = up.contributions("grid", areas), up.analyze(wide=True)
    excess = dict(zip(found["grid"], found["excess"]))
    for area in ("d", "s1"):
        mine = [e for grid, e in zip(parts["grid"], parts["excess"]) if grid == area]
        assert sum(mine) == pytest.approx(excess[area])
    assert [c for c, drives in zip(parts["child"], parts["drives"]) if drives] == ["s1", "c1"]


def test_who_reports():
    table = {"street": ["a"] * 4 + ["b"], "day": [DAY] * 5, "caller": ["Li", "Li", "Wang", None, "Zhao"],
             "matter": ["lift", "noise", "lift", "noise", None]}
    found = gov.trend.reports(table, series="street", time="day", reporter="caller", matter="matter")
    assert found.to_dict() == {"street": ["a", "b"], "reports": [4, 1], "unnamed": [1, 0], "reporters": [2, 1],
                               "repeat_share": [2 / 3, 0], "most_by_one": [2, 1], "matters": [2, 0], "shared_share": [0.5, 0],
                               "most_on_one": [2, 0]}


def test_working_days_with_shifted_days():
    """The Spring Festival of 2021 (notice of the General Office of the State Council of 2020-11-25): 11 to 17 February off,
    the Sunday 7 and the Saturday 20 worked."""
    days = [dt.date(2021, 2, d) for d in (7, *range(11, 18), 20)]
    calendar = gov.code.Calendar({"day": days, "working": [True] + [False] * 7 + [True]})
    rows_in = {"day": [dt.date(2021, 2, d) for d in (5, 6, 7, 10, 13, 17, 18, 20, 21, 22)]}
    worked = gov.Panel(rows_in, series=[], time="day", freq="working_day", calendar=calendar)
    assert worked.days == [dt.date(2021, 2, d) for d in (5, 7, 8, 9, 10, 18, 19, 20, 22)]
    assert worked.series(0) == [1, 2, 0, 0, 1, 3, 0, 1, 2]
    assert worked.analyze(wide=True)["silent"].to_list() == [0]
    with pytest.raises(gov.GovError):
        gov.Panel(rows_in, series=[], time="day", freq="working_day")


def test_iso_weeks_and_months():
    days = [dt.date(2020, 12, 31), dt.date(2021, 1, 3), dt.date(2021, 1, 4), dt.date(2021, 2, 28)]
    weeks = gov.Panel({"day": days}, series=[], time="day", freq="week")
    assert weeks.periods[:2] == ["2020-W53", "2021-W01"] and weeks.series(0)[:2] == [2, 1]
    months = gov.Panel({"day": days}, series=[], time="day", freq="month", gaps="missing")
    assert months.periods == ["2020-12", "2021-01", "2021-02"] and months.series(0) == [1, 2, 1]


def test_a_panel_from_the_store(tmp_path):
    weeks = [dt.date(2021, 1, 4) + dt.timedelta(weeks=t) for t in range(12)]
    events = {"id": [f"E{t:02}{k}" for t in range(12) for k in range(1 + t % 3)],
              "grid": ["310104003001" for t in range(12) for _ in range(1 + t % 3)],
              "class": ["noise" for t in range(12) for _ in range(1 + t % 3)],
              "time": [f"{weeks[t].isoformat()}T08:00:00" for t in range(12) for _ in range(1 + t % 3)]}
    with gov.Store.open(tmp_path / "town.gov", actor="test", create=True) as store:
        store.import_table("grid", {"code": ["310104003001"], "name": ["一居"], "level": ["community"]})
        store.import_table("event", events)
        counts = store.panel(freq="week", as_of="2021-03-28")
        assert counts.labels.columns == ["grid", "class"] and counts.series(0) == [1 + t % 3 for t in range(12)]
        found = store.trend(freq="week", as_of="2021-03-28", write=False)
        assert found["observed"].to_list() == counts.analyze()["observed"].to_list() == [3.0]
        assert len(counts.ears(min_sigma=0.5)) == 12
