"""A town's tickets from day to day: a state takes each new day, and says what is out of the ordinary.

The first sixty days make the state; each further morning it is opened, given the day before, and saved. Findings are those
of all the days at once, without looking at them all again.
"""

import datetime as dt
import pathlib
import random
import tempfile

import govcore as gov

GRIDS = [f"31010400{i}" for i in range(1, 7)]
FIRST = dt.date(2021, 4, 1)


def tickets(days: range) -> gov.Panel:
    """Calls by grid and day: about four each, and on day 69 a burst in one grid."""
    draw = random.Random(days[0])
    rows = [(grid, FIRST + dt.timedelta(days=day)) for day in days for grid in GRIDS
            for _ in range(draw.randrange(2, 7) + (14 if (grid, day) == (GRIDS[2], 69) else 0))]
    first, last = (FIRST + dt.timedelta(days=day) for day in (days[0], days[-1]))
    return gov.Panel({"grid": [grid for grid, _ in rows], "day": [day for _, day in rows]}, series="grid", time="day",
                     freq="day", gaps="zero", first=first, last=last)


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "town.state"
    gov.trend.TrendState(tickets(range(60)), gaps="zero").save(path)
    for day in range(60, 70):
        state = gov.trend.TrendState.open(path)
        state.add(tickets(range(day, day + 1)))
        state.save(path)
    found = state.findings().to_dict()

for grid, period, n, upper, alarm in zip(*(found[name] for name in ("grid", "period", "observed", "ears_upper",
                                                                      "ears_alarm"))):
    print(f"{period} {grid}: {n:.0f} calls, bound {upper:.1f}{' - please check' if alarm else ''}")
assert [grid for grid, alarm in zip(found["grid"], found["ears_alarm"]) if alarm] == [GRIDS[2]]
