"""Stored states of panels: day by day as at once, corrected, saved, opened, refused."""

import datetime as dt
import pathlib
import random

import pytest

import govcore as gov

FIRST = dt.date(2021, 1, 4)


def rows(days: range, counts: dict[tuple[str, int], int]) -> dict[str, list[object]]:
    cells = [(grid, day, n) for (grid, day), n in counts.items() if day in days]
    return {"grid": [grid for grid, _, _ in cells],
            "day": [(FIRST + dt.timedelta(days=day)).isoformat() for _, day, _ in cells],
            "n": [n for _, _, n in cells]}


def panel(days: range, counts: dict[tuple[str, int], int]) -> gov.Panel:
    first, last = (FIRST + dt.timedelta(days=day) for day in (days[0], days[-1]))
    return gov.Panel(rows(days, counts), series="grid", time="day", value="n", freq="day", first=first, last=last)


@pytest.fixture()
def counts() -> dict[tuple[str, int], int]:
    draw = random.Random(1)
    return {(grid, day): draw.randrange(9) for grid in ("g1", "g2", "g3") for day in range(90)}


def test_day_by_day_is_as_at_once(counts: dict[tuple[str, int], int], tmp_path: pathlib.Path) -> None:
    state = gov.trend.TrendState(panel(range(70), counts), gaps="zero")
    for day in range(70, 90):
        state.add(panel(range(day, day + 1), counts))
    assert (len(state), state.periods, state.next_day) == (3, 90, FIRST + dt.timedelta(days=90))
    state.save(tmp_path / "town.state")
    opened = gov.trend.TrendState.open(tmp_path / "town.state")
    at_once = gov.trend.TrendState(panel(range(90), counts), gaps="zero")
    assert opened.findings().to_dict() == at_once.findings(threads=2).to_dict()
    assert opened.panel().series(1) == [counts["g2", day] for day in range(90)]


def test_findings_are_those_of_each_method(counts: dict[tuple[str, int], int]) -> None:
    state = gov.trend.TrendState(panel(range(90), counts), gaps="zero", cusum_baseline=30)
    found = state.findings(farrington=True).to_dict()
    for row, grid in enumerate(("g1", "g2", "g3")):
        y = [counts[grid, day] for day in range(90)]
        ears, essence = gov.trend.ears(y, min_sigma=0.5), gov.trend.essence(y)
        mk = gov.trend.mann_kendall(y, method="seasonal", period=7)
        assert found["ears_upper"][row] == ears["upper"].to_list()[-1]
        assert found["essence_p"][row] == essence["p"].to_list()[-1]
        assert (found["s"][row], found["z"][row], found["p"][row]) == (mk.s, mk.z, mk.p)
        assert found["farrington_status"][row] == "short_history"


def test_a_late_correction_and_a_new_grid(counts: dict[tuple[str, int], int]) -> None:
    state = gov.trend.TrendState(panel(range(89), counts), gaps="zero")
    late = dict(counts) | {("g2", 40): 70, ("new", 88): 5}
    state.add(panel(range(40, 41), {key: n for key, n in late.items() if key[0] == "g2"}))
    state.add(panel(range(88, 90), late))
    at_once = gov.trend.TrendState(panel(range(90), late), gaps="zero")
    assert state.labels["grid"].to_list() == ["g1", "g2", "g3", "new"]
    assert state.findings().to_dict() == at_once.findings().to_dict()


def test_what_does_not_fit_is_refused_by_name(counts: dict[tuple[str, int], int], tmp_path: pathlib.Path) -> None:
    state = gov.trend.TrendState(panel(range(80), counts), gaps="zero")
    with pytest.raises(gov.GovError) as caught:
        state.add(panel(range(82, 83), counts))
    assert (caught.value.code, caught.value.name) == ("GOV_E_CONFLICT", "2021-03-25")
    path = tmp_path / "town.state"
    state.save(path)
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    with pytest.raises(gov.GovError) as caught:
        gov.trend.TrendState.decode(bytes(data))
    assert caught.value.code == "GOV_E_CORRUPT"
    path.write_text("grid,day,n\n")
    with pytest.raises(gov.GovError) as caught:
        gov.trend.TrendState.open(path)
    assert (caught.value.code, caught.value.file) == ("GOV_E_FORMAT", str(path))
