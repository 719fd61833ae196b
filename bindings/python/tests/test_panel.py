"""Panels: sums along a tree of areas, and the analyzer's choice of a detector."""

import datetime as dt

import pytest

import govcore as gov


def test_roll_up_sums_along_the_tree() -> None:
    rows = {"grid": ["c1", "c2", "c3"], "day": ["2021-01-01", "2021-01-02", "2021-01-02"]}
    areas = {"code": ["d", "s1", "s2", "c1", "c2", "c3"], "parent": [None, "d", "d", "s1", "s1", "s2"]}
    up = gov.Panel(rows, series="grid", time="day", freq="day").roll_up("grid", areas)
    assert dict(zip(up.labels["grid"], (up.series(i) for i in range(len(up))))) == {
        "c1": [1, 0], "c2": [0, 1], "c3": [0, 1], "d": [1, 2], "s1": [1, 1], "s2": [0, 1]}
    with pytest.raises(gov.GovError) as caught:
        up.roll_up("grid", {"code": ["d"], "parent": [None]})
    assert caught.value.name == "c1"


def test_the_analyzer_says_which_detector_judged_and_why() -> None:
    weeks = [(dt.date(2016, 1, 4) + dt.timedelta(weeks=i)).isoformat() for i in range(300)]
    table = gov.Table({"week": weeks, "n": [3 + i * 7919 % 11 for i in range(300)]})
    found = gov.Panel(table, series=[], time="week", value="n", freq="week").analyze(alarms="auto", trend="seasonal")
    assert found["alarm_method"].to_list() == ["farrington"] and found["alarm_status"].to_list() == ["ok"]
    short = gov.Panel(table, series=[], time="week", value="n", freq="week", first="2021-01-04").analyze(alarms="auto")
    assert short["alarm_method"].to_list() == ["ears"] and "Farrington needs 162" in short["text_en"][0]
