"""Many series on one calendar."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from typing import Literal

from .. import _govcore as c
from .._run import Progress, run
from .._table import Table
from ..code import Calendar
from ._judged import JudgedPanel
from ._monotonic import METHODS
from ._series import choice, doubles, zeros

__all__ = ["Panel", "frequency_of", "gaps_of", "reports"]

_EPOCH = dt.date(1970, 1, 1)
_FREQUENCIES: dict[str, int] = {"day": 1, "D": 1, "week": 2, "W": 2, "month": 3, "M": 3, "working_day": 4}
_GAPS = {"zero": 1, "missing": 2}
Detector = Literal["ears", "auto", "essence", "farrington"]
_RATES: dict[str, int] = {"bh": c.GOV_TREND_FDR_BH, "by": c.GOV_TREND_FDR_BY}
_ALARMS: dict[str, int] = {"ears": c.GOV_ALARM_EARS, "auto": c.GOV_ALARM_AUTO, "essence": c.GOV_ALARM_ESSENCE,
                           "farrington": c.GOV_ALARM_FARRINGTON}


def frequency_of(freq: str) -> int:
    return choice(_FREQUENCIES, freq, "freq")


def gaps_of(gaps: str) -> int:
    return choice(_GAPS, gaps, "gaps")


def _days(*days: dt.date | str | None) -> list[str | None]:
    return [day.isoformat() if isinstance(day, dt.date) else day for day in days]


def _settings(threads: int, alarms: str, trend: str, season: int | None, alpha: float, min_sigma: float,
              ears_alpha: float, farrington_alpha: float | None, wide: bool, fdr: str, fdr_q: float,
              minimum_count: float, threshold: float | None, horizon: int) -> tuple[list[int], list[float]]:
    """Counts and levels of the analyzer, as the library takes them."""
    return ([threads, choice(_ALARMS, alarms, "alarms"), choice(METHODS, trend, "trend"), season or 0, horizon,
             choice(_RATES, fdr, "fdr"), wide],
            [alpha, min_sigma, ears_alpha, farrington_alpha or 0.0, fdr_q, minimum_count, threshold or 0.0])


class Panel(JudgedPanel):
    """Many series on one calendar, laid out from a long table of rows or counts.

    ``freq``: day, week (ISO), month, or working_day with a ``calendar`` of holidays and shifted days (调休), where what
    falls on a day off belongs to the next working day. ``gaps`` says what a period without a row means: ``"zero"``, nothing
    happened; ``"missing"``, nothing was reported. Without ``value`` every row counts 1.
    """

    __slots__ = ()

    def __init__(self, table: object, *, series: str | Sequence[str], time: str, value: str | None = None, freq: str,
                 gaps: Literal["zero", "missing"] = "zero", first: dt.date | str | None = None,
                 last: dt.date | str | None = None, calendar: Calendar | None = None,
                 progress: Progress | None = None) -> None:
        native = Table(table)._native
        names = [series] if isinstance(series, str) else list(series)
        frequency, policy = frequency_of(freq), gaps_of(gaps)
        days = _days(first, last)
        worked = calendar._native if calendar is not None else None
        self._native = run(lambda native_run: c.panel_new(native, names, time, value, frequency, policy, days[0],
                                                          days[1], worked, native_run), progress)

    @classmethod
    def of_array(cls, series: Sequence[object], *, first: dt.date | str, freq: str) -> Panel:
        """From series of one length; ``None`` is missing. The labels are "0", "1", … in a column ``series``."""
        pairs = [doubles(y) for y in series]
        periods = len(pairs[0][0]) if pairs else 0
        if any(len(values) != periods for values, _ in pairs):
            raise ValueError("series must be of one length")
        values, valid = array("d"), bytearray()
        for numbers, there in pairs:
            values += numbers
            valid += there if there is not None else b"\x01" * periods
        day = dt.date.fromisoformat(first) if isinstance(first, str) else first
        made = object.__new__(cls)
        made._native = c.panel_of_array(values, valid, periods, (day - _EPOCH).days, frequency_of(freq))
        return made

    def roll_up(self, label: str, areas: object, *, code: str = "code", parent: str = "parent") -> Panel:
        """A panel with every area's sum of what is in it and below it.

        ``label`` is the series column of area codes; ``areas`` a table with each area's code and its parent's (``None``: a
        root). A cell is missing if one that it sums is.
        """
        up = object.__new__(Panel)
        up._native = c.panel_roll_up(self._native, label, Table(areas)._native, code, parent)
        return up

    def __len__(self) -> int:
        """Number of series."""
        return int(c.panel_series(self._native))

    @property
    def labels(self) -> Table:
        """One row a series, one column a series column."""
        return Table._of(c.panel_labels(self._native))

    @property
    def periods(self) -> list[str]:
        """Names of the periods: ``2021-07-01``, ``2021-W26`` or ``2021-07``."""
        names: list[str] = []
        buffer = bytearray(32)
        for period in range(c.panel_periods(self._native)):
            names.append(str(buffer[:c.panel_period_name(self._native, period, buffer)], "ascii"))
        return names

    @property
    def days(self) -> list[dt.date]:
        """First day of each period."""
        return [_EPOCH + dt.timedelta(days=c.panel_day(self._native, period))
                for period in range(c.panel_periods(self._native))]

    def series(self, index: int) -> list[float | None]:
        """One series, all periods."""
        if not 0 <= index < len(self):
            raise IndexError(f"series {index} of {len(self)}")
        periods = c.panel_periods(self._native)
        values, valid = zeros(periods), bytearray(periods)
        c.panel_copy(self._native, index, values, valid)
        return [value if ok else None for value, ok in zip(values, valid)]

    def analyze(self, *, threads: int = 1, alpha: float = 0.05, min_sigma: float = 0.5, ears_alpha: float = 0.001,
                alarms: Detector = "ears", trend: str = "original", season: int | None = None,
                farrington_alpha: float | None = None, wide: bool = False, fdr: Literal["bh", "by"] = "bh",
                fdr_q: float = 0.05, minimum_count: float = 0.0, threshold: float | None = None, horizon: int = 1,
                progress: Progress | None = None) -> Table:
        """One row a series: trend over the window, the newest period against its past, and a sentence each.

        ``alarms="auto"`` takes Farrington for weeks and months with three years before, ESSENCE for days, else EARS, and
        says which and why. ``trend`` is a method of ``mann_kendall``; the seasonal ones have ``season`` periods in a cycle.

        ``wide`` adds q, excess, ratio with its interval, alarm_p, alarm_q, recurrence, raised (alarm, alarm_q at most
        ``fdr_q`` and at least ``minimum_count`` cases), the baseline's dates, downweighted, the last change of level with
        the means before and after, the year before, silent, and exceed: the highest P(Y >= ``threshold``) of the coming
        ``horizon`` periods.
        """
        counts, levels = _settings(threads, alarms, trend, season, alpha, min_sigma, ears_alpha, farrington_alpha, wide, fdr,
                                   fdr_q, minimum_count, threshold, horizon)
        return Table._of(run(lambda native: c.panel_analyze(self._native, counts, levels, native), progress))

    def contributions(self, label: str, areas: object, *, code: str = "code", parent: str = "parent", threads: int = 1,
                      min_sigma: float = 0.5, ears_alpha: float = 0.001, alarms: Detector = "ears",
                      farrington_alpha: float | None = None, progress: Progress | None = None) -> Table:
        """Which parts drive the rise of an area, of a panel that ``roll_up`` made along the same ``areas``.

        One row an area and child, and one (child missing) for what it has itself: observed, expected, excess (they sum to the
        area's), share, drives, alarm.
        """
        tree = Table(areas)._native
        counts, levels = _settings(threads, alarms, "original", None, 0.05, min_sigma, ears_alpha, farrington_alpha, False,
                                   "bh", 0.05, 0.0, None, 1)
        return Table._of(run(lambda native: c.panel_contributions(self._native, label, tree, code, parent, counts, levels,
                                                                  native), progress))

    def __repr__(self) -> str:
        return f"<govcore.Panel {len(self)} series × {c.panel_periods(self._native)} periods>"


def reports(table: object, *, series: str | Sequence[str], time: str, reporter: str, matter: str | None = None,
            freq: str = "month", first: dt.date | str | None = None, last: dt.date | str | None = None,
            calendar: Calendar | None = None, progress: Progress | None = None) -> Table:
    """Who reports, and about what: one row a series with reports, unnamed, reporters, repeat_share (一人多诉), most_by_one.

    With ``matter`` (an address, a topic) also matters, shared_share (多人同诉) and most_on_one. No reporter is named.
    """
    native, names = Table(table)._native, [series] if isinstance(series, str) else list(series)
    days, frequency = _days(first, last), frequency_of(freq)
    worked = calendar._native if calendar is not None else None
    return Table._of(run(lambda native_run: c.trend_reports(native, names, time, reporter, matter, frequency, days[0],
                                                            days[1], worked, native_run), progress))
