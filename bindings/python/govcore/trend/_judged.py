"""Every period of every series of a panel, judged: a panel in, a long table out."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from .. import _govcore as c
from .._run import Progress, run
from .._table import Table
from ._alarms import EARS, ESSENCE, farrington_arguments
from ._change import BOCPD, CHANGES, COSTS, ChangeMethod, Cost, penalty_of
from ._control import SHEWHART, TRANSFORMS, Transform
from ._forecast import METHODS
from ._seasonal import GAPS, Gaps
from ._series import choice

if TYPE_CHECKING:
    from ._panel import Panel

__all__ = ["JudgedPanel"]


def _call(work: Callable[[c.NativeRun], c.NativeTable], progress: Progress | None) -> Table:
    return Table._of(run(work, progress))


class JudgedPanel:
    """The detectors of a panel. Each gives one row a series and period, series by series, with the numbers that it gives
    for that series alone: the label columns, period, day, observed, expected, upper, score, alarm, the detector's own
    columns, status (``ok`` or why not) and reason (the same in words).

    ``last``: only the last so many periods become rows, judged by all before them. ``threads`` does not change a digit.
    """

    __slots__ = ("_native",)
    _native: c.NativePanel

    def ears(self, *, method: Literal["C1", "C2", "C3"] = "C1", baseline: int = 7, min_sigma: float = 0.0,
             alpha: float | None = None, last: int = 0, threads: int = 1, progress: Progress | None = None) -> Table:
        """EARS C1, C2, C3; see ``govcore.trend.ears``."""
        number = choice(EARS, method, "method")
        return _call(lambda native: c.panel_ears(self._native, number, baseline, min_sigma, alpha or 0.0, threads, last,
                                                 native), progress)

    def farrington(self, *, population: Panel | None = None, flexible: bool = True, freq: int | None = None, b: int = 5,
                   w: int | None = None, threshold: Literal["delta", "nb_plugin", "muan"] = "delta",
                   power: Literal["2/3", "1/2", "none"] = "2/3", no_periods: int | None = None,
                   past_excluded: int | None = None, weights_threshold: float | None = None, trend: bool = True,
                   trend_level: float | None = None, reweight: bool = True, alpha: float | None = None,
                   limit: tuple[float, int] | None = (5.0, 4), last: int = 0, threads: int = 1,
                   progress: Progress | None = None) -> Table:
        """Farrington, with windows that fit the panel's calendar where nothing else is said; more columns: p, phi, slope.

        ``population`` is a panel of the same series and periods: rates are modelled. ``freq`` counts that many periods a
        year instead of going by date.
        """
        people = population._native if population is not None else None
        arguments = farrington_arguments(flexible, threshold, power, freq or 0, b, w or 0, no_periods, past_excluded,
                                         weights_threshold, trend, trend_level, reweight, alpha, limit)
        return _call(lambda native: c.panel_farrington(self._native, people, *arguments, threads, last, native), progress)

    def essence(self, *, method: Literal["switch", "regression", "ewma"] = "switch", baseline: int = 28, guard: int = 2,
                w1: float = 0.4, w2: float = 0.9, last: int = 0, threads: int = 1,
                progress: Progress | None = None) -> Table:
        """ESSENCE for daily counts; more columns: p, statistic, r_squared, level, used."""
        number, days = choice(ESSENCE, method, "method"), -1 if guard == 0 else guard
        return _call(lambda native: c.panel_essence(self._native, number, baseline, days, w1, w2, threads, last, native),
                     progress)

    def cusum(self, *, mean: float | None = None, baseline: int = 0, k: float = 1.04, h: float = 2.26,
              transform: Transform = "standard", alpha: float = 0.1, reset: bool = False, last: int = 0, threads: int = 1,
              progress: Progress | None = None) -> Table:
        """CUSUM of counts around ``mean`` or the mean of the first ``baseline`` periods; one more column: statistic."""
        number = choice(TRANSFORMS, transform, "transform")
        return _call(lambda native: c.panel_cusum(self._native, number, k, h, alpha, mean or 0.0, baseline, reset, threads,
                                                  last, native), progress)

    def glr(self, *, mean: float | None = None, baseline: int = 0, alpha: float = 0.0, theta: float | None = None,
            threshold: float = 5.0, window: int = 0, decrease: bool = False, last: int = 0, threads: int = 1,
            progress: Progress | None = None) -> Table:
        """Likelihood ratio charts of counts, as ``cusum`` and ``govcore.trend.glr``."""
        return _call(lambda native: c.panel_glr(self._native, decrease, mean or 0.0, baseline, alpha, theta or 0.0, threshold,
                                                window, threads, last, native), progress)

    def outbreak_p(self, *, threshold: float = 100.0, last: int = 0, threads: int = 1,
                   progress: Progress | None = None) -> Table:
        """OutbreakP: a rise from a level that need not be known; one more column: statistic."""
        return _call(lambda native: c.panel_outbreak_p(self._native, threshold, threads, last, native), progress)

    def ewma(self, *, target: float = 0.0, sd: float | None = None, weight: float = 0.2, width: float = 3.0,
             asymptotic: bool = False, last: int = 0, threads: int = 1, progress: Progress | None = None) -> Table:
        """EWMA chart; expected is the centre line, more columns: statistic, lower, side (above, below)."""
        return _call(lambda native: c.panel_ewma(self._native, asymptotic, target, sd or 0.0, weight, width, threads, last,
                                                 native), progress)

    def shewhart(self, *, kind: Literal["c", "i"] = "c", baseline: int = 0, last: int = 0, threads: int = 1,
                 progress: Progress | None = None) -> Table:
        """Shewhart charts of counts (c) or single measurements (i), as ``ewma``; one more column: run."""
        number = choice(SHEWHART, kind, "kind")
        return _call(lambda native: c.panel_shewhart(self._native, number, baseline, threads, last, native), progress)

    def bocpd(self, *, model: Literal["poisson", "normal"] = "poisson", expected_run: float = 100.0, alpha: float = 1.0,
              beta: float = 1.0, kappa: float = 1.0, mu: float = 0.0, last: int = 0, threads: int = 1,
              progress: Progress | None = None) -> Table:
        """Change points as data come: run, first, mean_run; alarm where the most probable begin moved to a later period."""
        number = choice(BOCPD, model, "model")
        return _call(lambda native: c.panel_bocpd(self._native, number, expected_run, alpha, beta, kappa, mu, threads, last,
                                                  native), progress)

    def stl(self, *, period: int = 0, seasonal: int | Literal["periodic"] = 7, trend: int | None = None,
            low_pass: int | None = None, robust: bool = False, gaps: Gaps = "refuse", last: int = 0, threads: int = 1,
            progress: Progress | None = None) -> Table:
        """STL of every series: observed, trend, seasonal, remainder. ``period`` 0: 7 days, 5 working days, 52 weeks or 12
        months."""
        periodic, policy = seasonal == "periodic", choice(GAPS, gaps, "gaps")
        windows = [0 if periodic else seasonal, trend or 0, low_pass or 0]
        return _call(lambda native: c.panel_stl(self._native, robust, periodic, period, windows, policy, threads, last,
                                                native), progress)

    def mstl(self, *, periods: Sequence[int], windows: Sequence[int] | None = None, iterate: int = 2, robust: bool = False,
             gaps: Gaps = "refuse", last: int = 0, threads: int = 1, progress: Progress | None = None) -> Table:
        """MSTL of every series: as ``stl``, and each of up to four seasons in a column of its own, ``seasonal_7`` …"""
        policy = choice(GAPS, gaps, "gaps")
        return _call(lambda native: c.panel_mstl(self._native, periods, windows, iterate, robust, policy, threads, last,
                                                 native), progress)

    def forecast(self, *, horizon: int, method: str = "auto", period: int = 0, levels: Sequence[float] = (80, 95),
                 threshold: float | None = None, threads: int = 1, progress: Progress | None = None) -> Table:
        """One row a series and coming period: mean, lower_80, upper_80 …, exceed, method and why, or why there is none."""
        number, shares = choice(METHODS, method, "method"), array("d", (level / 100 for level in levels))
        return _call(lambda native: c.panel_forecast(self._native, number, horizon, period, shares, threshold or 0.0, 0,
                                                     threads, native), progress)

    def changes(self, *, method: ChangeMethod = "pelt", cost: Cost = "poisson", penalty: str | float = "mbic",
                min_segment: int | None = None, threads: int = 1, progress: Progress | None = None) -> Table:
        """One row a change: the first period of the new segment, the means before and after it. ``pettitt`` has one row a
        series, its most likely place, with statistic and p, and reads no other option."""
        way, number, (rule, value) = choice(CHANGES, method, "method"), choice(COSTS, cost, "cost"), penalty_of(penalty)
        return _call(lambda native: c.panel_changes(self._native, way, number, rule, value, min_segment or 0, threads,
                                                    native), progress)
