"""Control charts: small lasting shifts that no single period shows; how long they run without a false alarm."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any, Literal

from .. import _govcore as c
from .._build import add_texts
from .._table import Table
from ._series import choice, doubles, zeros

__all__ = ["cusum", "cusum_run_length", "cusum_tabular", "ewma", "ewma_run_length", "glr", "outbreak_p", "shewhart",
           "shewhart_xbar"]

Transform = Literal["standard", "rossi", "anscombe", "anscombe2", "pearson_nb", "none"]
TRANSFORMS: dict[str, int] = {
    "standard": c.GOV_CUSUM_STANDARD, "rossi": c.GOV_CUSUM_ROSSI, "anscombe": c.GOV_CUSUM_ANSCOMBE,
    "anscombe2": c.GOV_CUSUM_ANSCOMBE_SECOND, "pearson_nb": c.GOV_CUSUM_PEARSON_NB, "none": c.GOV_CUSUM_NONE,
}
SHEWHART: dict[str, int] = {"c": c.GOV_SHEWHART_C, "u": c.GOV_SHEWHART_U, "p": c.GOV_SHEWHART_P,
                             "i": c.GOV_SHEWHART_I}
_FAMILIES: dict[str, int] = {"poisson": c.GOV_FAMILY_POISSON, "nb": c.GOV_FAMILY_NB, "normal": c.GOV_FAMILY_NORMAL}
_ALARMS = {1: "above", 2: "below"}


def _alarm_table(n: int, judge: Callable[..., object]) -> Table:
    """The columns of a detector, missing where the period was not judged."""
    alarm, reason = bytearray(n), bytearray(n)
    columns = {name: zeros(n) for name in ("expected", "upper", "score", "statistic")}
    judge(alarm, reason, *columns.values())
    judged = bytes(why == c.GOV_REASON_NONE for why in reason)
    builder = c.builder_new()
    for name, values in columns.items():
        c.builder_doubles(builder, name, values, judged)
    c.builder_raw(builder, "alarm", c.GOV_TYPE_BOOL, alarm, judged)
    reasons = [None if why == c.GOV_REASON_NONE else c.gov_reason_text(why, "en") for why in reason]
    add_texts(builder, len(columns) + 1, "reason", reasons)
    return Table._of(c.builder_finish(builder))


def cusum(y: object, *, expected: object | None = None, mean: float | None = None, baseline: int = 0,
          k: float = 1.04, h: float = 2.26,
          transform: Transform = "standard",
          alpha: float = 0.1, reset: bool = False) -> Table:
    """CUSUM of counts (Rossi et al. 1999): expected, upper, score, statistic, alarm, reason.

    The expectation is ``expected`` (one a period), ``mean``, or the mean of the first ``baseline`` periods.
    """
    values, valid = doubles(y)
    number = choice(TRANSFORMS, transform, "transform")
    return _alarm_table(len(values), lambda *out: c.trend_cusum(values, valid, number, k, h, alpha, expected,
                                                                mean or 0.0, baseline, reset, *out))


def glr(y: object, *, expected: object | None = None, mean: float | None = None, baseline: int = 0, alpha: float = 0.0,
        theta: float | None = None, threshold: float = 5.0, window: int = 0, decrease: bool = False) -> Table:
    """Likelihood ratio charts of counts (Höhle and Paul 2008): ``theta`` given, the LR CUSUM; else the GLR chart."""
    values, valid = doubles(y)
    return _alarm_table(len(values), lambda *out: c.trend_glr(values, valid, decrease, expected, mean or 0.0, baseline, alpha,
                                                              theta or 0.0, threshold, window, *out))


def outbreak_p(y: object, *, threshold: float = 100.0) -> Table:
    """OutbreakP (Frisén and Andersson 2009): a rise from a level that need not be known."""
    values, valid = doubles(y)
    return _alarm_table(len(values), lambda *out: c.trend_outbreak_p(values, valid, threshold, *out))


def _chart(n: int, draw: Callable[..., float]) -> Table:
    statistic, lower, upper, alarm, centre = zeros(n), zeros(n), zeros(n), bytearray(n), zeros(1)
    sd = draw(statistic, lower, upper, alarm, centre)
    columns: dict[str, Any] = {
        "statistic": statistic, "lower": lower, "upper": upper, "centre": array("d", [centre[0]] * n),
        "sd": array("d", [sd] * n), "alarm": [_ALARMS.get(a) for a in alarm],
    }
    return Table(columns)


def ewma(y: object, *, target: float = 0.0, sd: float | None = None, weight: float = 0.2, width: float = 3.0,
         asymptotic: bool = False) -> Table:
    """EWMA chart (Roberts 1959): statistic, lower, upper, centre, sd, alarm (above, below or missing)."""
    values, valid = doubles(y)
    return _chart(len(values), lambda *out: c.trend_ewma(values, valid, asymptotic, target, sd or 0.0, weight, width,
                                                         *out))


def shewhart(y: object, *, kind: Literal["c", "u", "p", "i"] = "c", size: object | None = None,
             baseline: int = 0) -> Table:
    """Shewhart charts: counts (c), counts per unit (u), shares (p), single measurements (i)."""
    values, valid = doubles(y)
    number = choice(SHEWHART, kind, "kind")
    return _chart(len(values), lambda *out: c.trend_shewhart(values, valid, number, size, baseline, *out))


def cusum_tabular(y: object, *, target: float = 0.0, sd: float | None = None, k: float = 0.5, h: float = 5.0) -> Table:
    """The two-sided CUSUM of measurements (Page 1954), in standard deviations: high, low, alarm (above, below)."""
    values, valid = doubles(y)
    high, low, alarm = zeros(len(values)), zeros(len(values)), bytearray(len(values))
    c.trend_cusum_tabular(values, valid, target, sd or 0.0, k, h, high, low, alarm)
    return Table({"high": high, "low": low, "alarm": [_ALARMS.get(a) for a in alarm]})


def shewhart_xbar(groups: Sequence[Sequence[float]], *, baseline: int = 0) -> Table:
    """Means of groups of 2 to 25 values each, all of one size, with limits by the mean range; columns as ``shewhart``."""
    size = len(groups[0]) if groups else 0
    if any(len(group) != size for group in groups):
        raise ValueError("groups must be of one size")
    values = array("d", (value for group in groups for value in group))
    return _chart(len(groups), lambda *out: c.trend_shewhart_xbar(values, size, baseline, *out))


def cusum_run_length(*, mean: float, h: float, k: float | None = None, family: str = "poisson", spread: float = 0.0,
                     slope: float = 1.0, offset: float | None = None, start: float = 0.0, states: int = 0) -> float:
    """Mean number of periods to the first alarm of C = max(0, C + slope y + offset); ``k`` stands for offset -k."""
    if (k is None) == (offset is None):
        raise ValueError("give k or offset")
    return float(c.trend_cusum_run_length(choice(_FAMILIES, family, "family"), mean, spread, slope,
                                          offset if offset is not None else -(k or 0.0), h, start, states))


def ewma_run_length(*, weight: float = 0.2, width: float = 3.0, shift: float = 0.0) -> float:
    """The same for ``ewma`` with asymptotic limits, normal values shifted by ``shift`` standard deviations."""
    return float(c.trend_ewma_run_length(weight, width, shift))
