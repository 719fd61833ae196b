"""Many meters, reading by reading: the episodes of each one's whole series."""

import datetime as dt
import pathlib
import random

import pytest

import govcore as gov

MONDAY = dt.datetime(2021, 3, 1)
HALF_HOUR = dt.timedelta(minutes=30)


def readings(meter: str, days: int, silent: range) -> list[tuple[str, dt.datetime, float]]:
    """Four uses a day, none in the half hours of ``silent``."""
    rows, total = [], 10.0
    for i in range(days * 48 + 1):
        rows.append((meter, MONDAY + i * HALF_HOUR, round(total, 3)))
        total += 0.02 if i % 48 in (14, 24, 38, 46) and i not in silent else 0
    return rows


def table(rows: list[tuple[str, dt.datetime, float]]) -> gov.Table:
    return gov.Table({"meter": [r[0] for r in rows], "time": [r[1] for r in rows], "reading": [r[2] for r in rows]})


ROWS = readings("home 1", 5, range(0)) + readings("home 2", 5, range(90, 150))


def test_portions_give_what_the_whole_series_gives(tmp_path: pathlib.Path) -> None:
    meters = gov.trend.Meters("jiangsulu")
    shuffled = sorted(ROWS, key=lambda row: (row[1], row[0]))
    path = tmp_path / "town.meters"
    while shuffled:
        portion, shuffled = shuffled[:37], shuffled[37:]
        random.Random(1).shuffle(portion)
        assert len(meters.add(table(portion))) == 0
        meters.save(path)
        meters = gov.trend.Meters.open(path)
    assert len(meters) == 2
    found = meters.episodes().to_dict()
    mine = [row for row in ROWS if row[0] == "home 2"]
    whole = gov.trend.Slots.of_register([r[1] for r in mine], [r[2] for r in mine]).watch("jiangsulu").to_dict()
    assert found.pop("meter") == ["home 2"] and found == whole and found["rule"] == ["no_use"]
    assert len(meters.episodes(since=MONDAY + dt.timedelta(days=5))) == 0
    meters.forget(MONDAY + dt.timedelta(days=5))
    assert len(meters.episodes()) == 0


def test_at_her_daughters_home_is_no_alarm_when_it_was_said() -> None:
    meters = gov.trend.Meters("jiangsulu")
    meters.exempt({"meter": ["home 2"], "from": [MONDAY + 86 * HALF_HOUR], "to": [MONDAY + 152 * HALF_HOUR],
                   "kind": ["away"]})
    meters.add(table(ROWS))
    assert len(meters.episodes()) == 0


def test_a_silent_meter_is_a_device_offline() -> None:
    meters = gov.trend.Meters("jiangsulu")
    meters.add(table(readings("home 1", 1, range(0))))
    found = meters.episodes(MONDAY + dt.timedelta(days=2)).to_dict()
    assert (found["rule"], found["about"]) == (["offline"], ["device"])


def test_rows_that_cannot_be_used_are_listed() -> None:
    meters = gov.trend.Meters("daning", register_size=100.0)
    refused = meters.add({"meter": ["a", "a", "b", None], "time": [3600, 3600, 1800, 1800], "reading": [5, 6, 100, 1]})
    assert refused.to_dict() == {"row": [1, 2, 3], "meter": ["a", "b", None], "reason": ["late", "number", "missing"]}
    with pytest.raises(gov.GovError) as caught:
        meters.exempt({"meter": ["a"], "from": [1], "to": [2], "kind": ["party"]})
    assert caught.value.row == 0
