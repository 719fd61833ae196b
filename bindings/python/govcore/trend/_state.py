"""Panels that are kept from day to day."""

from __future__ import annotations

import datetime as dt
import os
from typing import Literal

from .. import _govcore as c
from .._run import Progress, run
from .._table import Table
from ._panel import Panel, gaps_of
from ._series import choice

__all__ = ["TrendState"]

_EPOCH = dt.date(1970, 1, 1)
_EARS: dict[str, int] = {"C1": c.GOV_EARS_C1, "C2": c.GOV_EARS_C2, "C3": c.GOV_EARS_C3}
_ESSENCE: dict[str, int] = {"switch": c.GOV_ESSENCE_SWITCH, "regression": c.GOV_ESSENCE_REGRESSION,
                            "ewma": c.GOV_ESSENCE_EWMA}


class TrendState:
    """A panel and what its detectors carry, so that a new day costs a day and not three years.

    However it came about - from one panel, day by day, with corrections, saved and opened - the findings are those of the
    whole panel, bit for bit. ``gaps`` says what it means that a series is not in the panel of a new period. ``season`` is
    that of the trend test (1: not seasonal); CUSUM expects ``cusum_mean``, or the mean of the first ``cusum_baseline``
    periods (default: 8 weeks).
    """

    __slots__ = ("_native",)

    def __init__(self, panel: Panel, *, gaps: Literal["zero", "missing"], season: int | None = None, ears: str = "C1",
                 ears_baseline: int = 7, min_sigma: float = 0.5, ears_alpha: float | None = None, cusum_k: float = 1.04,
                 cusum_h: float = 2.26, cusum_mean: float | None = None, cusum_baseline: int | None = None,
                 cusum_reset: bool = False, essence: str = "switch", threads: int = 1,
                 progress: Progress | None = None) -> None:
        policy = gaps_of(gaps)
        detectors = choice(_EARS, ears, "ears"), choice(_ESSENCE, essence, "essence")
        self._native = run(lambda native: c.state_new(panel._native, policy, season or 0, detectors[0], ears_baseline,
                                                      min_sigma, ears_alpha or 0.0, cusum_k, cusum_h, cusum_mean or 0.0,
                                                      cusum_baseline or 0, int(cusum_reset), detectors[1], threads, native),
                           progress)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> TrendState:
        """A state that was saved. A damaged, foreign or newer file is refused."""
        return cls._of(c.state_open(os.fspath(path)))

    @classmethod
    def decode(cls, data: bytes) -> TrendState:
        """The same from bytes."""
        return cls._of(c.state_decode(data))

    @classmethod
    def _of(cls, native: c.NativeTrendState) -> TrendState:
        state = object.__new__(cls)
        state._native = native
        return state

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes beside ``path`` and renames. The file holds the panel's counts."""
        c.state_save(self._native, os.fspath(path))

    def add(self, panel: Panel, *, threads: int = 1, progress: Progress | None = None) -> None:
        """Takes new periods, corrections of earlier ones, and new series; the panel's periods must join on.

        In earlier periods the panel is the truth for the series that it has; those that differ are computed anew.
        """
        run(lambda native: c.state_add(self._native, panel._native, threads, native), progress)

    def findings(self, *, alpha: float = 0.05, farrington: bool = False, farrington_alpha: float | None = None,
                 threads: int = 1, progress: Progress | None = None) -> Table:
        """The last period of each series by EARS, CUSUM, ESSENCE and, if asked for, Farrington; and its trend."""
        return Table._of(run(lambda native: c.state_findings(self._native, alpha, int(farrington), farrington_alpha or 0.0,
                                                             threads, native), progress))

    def panel(self) -> Panel:
        """All the periods, for what need not run every day."""
        panel = object.__new__(Panel)
        panel._native = c.state_panel(self._native)
        return panel

    def __len__(self) -> int:
        """Number of series."""
        return int(c.state_series(self._native))

    @property
    def periods(self) -> int:
        return int(c.state_periods(self._native))

    @property
    def next_day(self) -> dt.date:
        """First day of the period that is expected next."""
        return _EPOCH + dt.timedelta(days=c.state_next_day(self._native))

    @property
    def labels(self) -> Table:
        """One row a series, one column a series column."""
        return Table._of(c.state_labels(self._native))

    def __repr__(self) -> str:
        return f"<govcore.TrendState {len(self)} series × {self.periods} periods, next {self.next_day}>"
