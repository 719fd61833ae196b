"""Many series on one calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from .. import _govcore as c
from .._run import Progress, run
from .._table import Table
from ._monotonic import METHODS
from ._series import choice, zeros

__all__ = ["Panel", "frequency_of", "gaps_of"]

_EPOCH = dt.date(1970, 1, 1)
_FREQUENCIES = {"day": 1, "D": 1, "week": 2, "W": 2, "month": 3, "M": 3}
_GAPS = {"zero": 1, "missing": 2}
_ALARMS: dict[str, int] = {"ears": c.GOV_ALARM_EARS, "auto": c.GOV_ALARM_AUTO, "essence": c.GOV_ALARM_ESSENCE,
                           "farrington": c.GOV_ALARM_FARRINGTON}


def frequency_of(freq: str) -> int:
    return choice(_FREQUENCIES, freq, "freq")


def gaps_of(gaps: str) -> int:
    return choice(_GAPS, gaps, "gaps")


class Panel:
    """Many series on one calendar, laid out from a long table of rows or counts.

    ``freq``: day, week (ISO) or month. ``gaps`` says what a period without a row means: ``"zero"``, nothing
    happened; ``"missing"``, nothing was reported. Without ``value`` every row counts 1.
    """

    __slots__ = ("_native",)

    def __init__(self, table: object, *, series: str | Sequence[str], time: str, value: str | None = None, freq: str,
                 gaps: Literal["zero", "missing"] = "zero", first: dt.date | str | None = None,
                 last: dt.date | str | None = None, progress: Progress | None = None) -> None:
        native = Table(table)._native
        names = [series] if isinstance(series, str) else list(series)
        frequency, policy = frequency_of(freq), gaps_of(gaps)
        days = [day.isoformat() if isinstance(day, dt.date) else day for day in (first, last)]
        self._native = run(lambda native_run: c.panel_new(native, names, time, value, frequency, policy, days[0],
                                                          days[1], native_run), progress)

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
                alarms: Literal["ears", "auto", "essence", "farrington"] = "ears", trend: str = "original",
                season: int | None = None, farrington_alpha: float | None = None,
                progress: Progress | None = None) -> Table:
        """One row a series: trend over the window, the newest period against its past, and a sentence each.

        ``alarms="auto"`` takes Farrington for weeks and months with three years before, ESSENCE for days, else EARS, and
        says which and why. ``trend`` is a method of ``mann_kendall``; the seasonal ones have ``season`` periods in a cycle.
        """
        detector, test = choice(_ALARMS, alarms, "alarms"), choice(METHODS, trend, "trend")
        return Table._of(run(lambda native: c.panel_analyze(self._native, threads, alpha, min_sigma, ears_alpha, detector,
                                                            test, season or 0, farrington_alpha or 0.0, native), progress))

    def __repr__(self) -> str:
        return f"<govcore.Panel {len(self)} series × {c.panel_periods(self._native)} periods>"
