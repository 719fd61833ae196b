"""Is the newest count higher than its own past lets expect? Detectors for counts, and how good they are."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from .._table import Table
from ._series import choice, series

__all__ = ["AlarmQuality", "ears", "essence", "evaluate", "farrington"]

_EPOCH = dt.date(1970, 1, 1)
EARS = {"C1": c.GOV_EARS_C1, "C2": c.GOV_EARS_C2, "C3": c.GOV_EARS_C3}
ESSENCE: dict[str, int] = {"switch": c.GOV_ESSENCE_SWITCH, "regression": c.GOV_ESSENCE_REGRESSION,
                            "ewma": c.GOV_ESSENCE_EWMA}


def ears(y: object, *, method: Literal["C1", "C2", "C3"] = "C1", baseline: int = 7, min_sigma: float = 0.0,
         alpha: float | None = None) -> Table:
    """EARS C1, C2, C3 for every period: expected, upper, score, alarm, reason.

    ``alpha`` is 0.001 for C1 and C2 and 0.025 for C3, as at the CDC, unless it is given.
    """
    values, valid = series(y)
    return Table._of(c.trend_ears(values, valid, choice(EARS, method, "method"), baseline, min_sigma, alpha or 0.0))


def farrington_arguments(
        flexible: bool, threshold: str, power: str, freq: int, b: int, w: int, no_periods: int | None,
        past_excluded: int | None, weights_threshold: float | None, trend: bool, trend_level: float | None, reweight: bool,
        alpha: float | None, limit: tuple[float, int] | None) -> tuple[int, int, int, list[int], list[float], bool, bool]:
    """Version, threshold, power, counts, levels, without_trend, without_weights, as the library takes them."""
    cases, periods = limit if limit is not None else (-1.0, 0)
    excluded = -1 if past_excluded == 0 else past_excluded or 0
    return (0 if flexible else 1, choice({"delta": 0, "nb_plugin": 1, "muan": 2}, threshold, "threshold"),
            choice({"2/3": 0, "1/2": 1, "none": 2}, power, "power"),
            [freq, b, w, no_periods or 0, excluded, periods],
            [weights_threshold or 0.0, trend_level or 0.0, alpha or 0.0, cases], not trend, not reweight)


def farrington(y: object, *, start: dt.date | str | None = None, freq: int = 52, range: tuple[int, int] | None = None,
               flexible: bool = True, b: int = 5, w: int = 3, population: object | None = None,
               threshold: Literal["delta", "nb_plugin", "muan"] = "delta",
               power: Literal["2/3", "1/2", "none"] = "2/3", no_periods: int | None = None,
               past_excluded: int | None = None, weights_threshold: float | None = None,
               trend: bool = True, trend_level: float | None = None, reweight: bool = True,
               alpha: float | None = None, limit: tuple[float, int] | None = (5.0, 4)) -> Table:
    """Farrington Flexible (Noufaily 2013), or Farrington 1996 with ``flexible=False``, for every period.

    With ``start``, the day of the first period, the windows of past years are found by date (``freq`` 52 weeks, 12
    months or 365 days a year), else by counting ``freq`` periods. ``range`` is the first period to judge and the one
    past the last. ``limit``: no alarm with fewer than so many cases in the last so many periods; ``None``: no such rule.
    Columns: expected, upper, score, alarm, reason, p, phi, slope.
    """
    values, valid = series(y)
    version, limiter, power_number, counts, levels, without_trend, without_weights = farrington_arguments(
        flexible, threshold, power, freq, b, w, no_periods, past_excluded, weights_threshold, trend, trend_level, reweight,
        alpha, limit)
    frequency = choice({"52": 2, "12": 3, "365": 1}, str(freq), "freq with start") if start is not None else 0
    first = dt.date.fromisoformat(start) if isinstance(start, str) else start
    day = (first - _EPOCH).days if first is not None else 0
    return Table._of(c.trend_farrington(values, valid, population, version, limiter, power_number, frequency, day, counts,
                                        levels, without_trend, without_weights, range))


def essence(y: object, *, method: Literal["switch", "regression", "ewma"] = "switch", baseline: int = 28,
            guard: int = 2, w1: float = 0.4, w2: float = 0.9) -> Table:
    """ESSENCE for daily counts: adaptive regression, EWMA, or the switch between them.

    Columns: expected, upper, score, alarm, reason, p, statistic, r_squared, level (normal, warning, alert), used.
    """
    values, valid = series(y)
    return Table._of(c.trend_essence(values, valid, choice(ESSENCE, method, "method"), baseline,
                                     -1 if guard == 0 else guard, w1, w2))


@dataclass(frozen=True, slots=True)
class AlarmQuality:
    """Alarms against what is known to have happened. A rate whose denominator is 0 is ``None``."""

    true_positive: int
    false_positive: int
    true_negative: int
    false_negative: int
    not_judged: int
    outbreaks: int
    detected: int
    sensitivity: float | None
    specificity: float | None
    precision: float | None
    detection: float | None
    delay: float | None
    false_alarm_interval: float | None


def _rate(value: float) -> float | None:
    return None if math.isnan(value) else value


def evaluate(alarm: Iterable[bool | None], truth: Iterable[bool]) -> AlarmQuality:
    """How good a detector is, period by period and outbreak by outbreak (a run of periods with truth).

    ``alarm`` may be the column of a detector's table; ``None`` is a period that was not judged.
    """
    alarms = list(alarm)
    judged = bytes(a is not None for a in alarms)
    out = c.NativeAlarmQuality()
    c.trend_alarm_evaluate(bytes(bool(a) for a in alarms), judged, bytes(bool(t) for t in truth), out)
    return AlarmQuality(out.true_positive, out.false_positive, out.true_negative, out.false_negative, out.not_judged,
                        out.outbreaks, out.detected, _rate(out.sensitivity), _rate(out.specificity),
                        _rate(out.precision), _rate(out.detection), _rate(out.delay), _rate(out.false_alarm_interval))
