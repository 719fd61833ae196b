"""Forecasts and change points of all series of a panel at once."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from .. import _govcore as c
from .._run import Progress, run
from .._table import Table
from ._change import COSTS, Cost, penalty_of
from ._forecast import METHODS
from ._panel import Panel
from ._series import choice

__all__ = ["changes_of_panel", "forecast_of_panel"]


def forecast_of_panel(panel: Panel, *, horizon: int, method: str = "auto", period: int = 0,
                      levels: Sequence[float] = (80, 95), threshold: float | None = None, threads: int = 1,
                      progress: Progress | None = None) -> Table:
    """One row a series and coming period: mean, lower_80, upper_80 …, exceed, method and why, or why there is none."""
    number, shares = choice(METHODS, method, "method"), array("d", (level / 100 for level in levels))
    return Table._of(run(lambda native: c.panel_forecast(panel._native, number, horizon, period, shares,
                                                         threshold or 0.0, 0, threads, native), progress))


def changes_of_panel(panel: Panel, *, cost: Cost = "poisson", penalty: str | float = "mbic",
                     min_segment: int | None = None, threads: int = 1, progress: Progress | None = None) -> Table:
    """One row a change: the first period of the new segment, the means before and after it."""
    number, (rule, value) = choice(COSTS, cost, "cost"), penalty_of(penalty)
    return Table._of(run(lambda native: c.panel_changes(panel._native, number, rule, value, min_segment or 0, threads,
                                                        native), progress))
