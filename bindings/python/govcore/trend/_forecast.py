"""What to expect next, how likely a threshold is reached, and how good the forecasts were."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from ._series import choice, doubles, zeros

__all__ = ["Forecast", "count_exceed", "count_quantile", "coverage", "crps_count", "crps_normal", "croston", "forecast", "mase", "wis"]

METHODS: dict[str, int] = {
    "auto": c.GOV_FORECAST_AUTO, "count": c.GOV_FORECAST_COUNT, "ses": c.GOV_FORECAST_SES,
    "holt": c.GOV_FORECAST_HOLT, "holt_winters": c.GOV_FORECAST_HOLT_WINTERS,
    "holt_winters_multiplicative": c.GOV_FORECAST_HOLT_WINTERS_MULTIPLICATIVE, "ets": c.GOV_FORECAST_ETS,
    "croston": c.GOV_FORECAST_CROSTON, "sba": c.GOV_FORECAST_SBA, "tsb": c.GOV_FORECAST_TSB,
}
_NAMES = {number: name for name, number in METHODS.items()}
_CROSTON: dict[str, int] = {"croston": c.GOV_CROSTON, "sba": c.GOV_CROSTON_SBA, "sbj": c.GOV_CROSTON_SBJ,
                            "tsb": c.GOV_CROSTON_TSB}


@dataclass(frozen=True, slots=True)
class Forecast:
    """One value a coming period. ``lower`` and ``upper`` are the central intervals by level in per cent."""

    method: str
    """The one that was used, and why:"""
    reason: str
    reason_zh: str
    mean: array[float]
    lower: dict[float, array[float]]
    upper: dict[float, array[float]]
    exceed: array[float] | None
    """P(Y >= threshold), if a threshold was given."""


def forecast(y: object, *, horizon: int, method: str = "auto", period: int = 0, levels: Sequence[float] = (80, 95),
             threshold: float | None = None, counts: bool | None = None, seed: int = 0) -> Forecast:
    """Forecasts one series. ``method``: auto, count, ses, holt, holt_winters, ets, croston, sba, tsb …

    Counts with a small mean take a gamma-Poisson model, others exponential smoothing. Nothing here is drawn at random,
    so ``seed`` changes nothing. ``counts`` says whether y are counts; None: whole and not negative are taken for counts.
    """
    values, valid = doubles(y)
    number, kind = choice(METHODS, method, "method"), {None: 0, True: 1, False: 2}[counts]
    shares = array("d", (level / 100 for level in levels))
    mean, exceed = zeros(horizon), zeros(horizon)
    lower, upper = zeros(horizon * len(shares)), zeros(horizon * len(shares))
    out = c.NativeForecast()
    c.trend_forecast(values, valid, number, period, shares, threshold or 0.0, kind, mean, lower, upper, exceed, out)
    stretch = {level: slice(i * horizon, (i + 1) * horizon) for i, level in enumerate(levels)}
    return Forecast(_NAMES[out.method], out.reason or "", out.reason_zh or "", mean, {level: lower[s] for level, s in stretch.items()},
                    {level: upper[s] for level, s in stretch.items()}, exceed if threshold is not None else None)


def croston(y: object, *, kind: Literal["croston", "sba", "sbj", "tsb"] = "croston", size_weight: float = 0.1,
            interval_weight: float = 0.1) -> float:
    """The mean of every coming period of an intermittent series; no more, as these methods have no stochastic model."""
    values, valid = doubles(y)
    return float(c.trend_croston(values, valid, choice(_CROSTON, kind, "kind"), size_weight, interval_weight))


def mase(training: object, observed: object, forecast: object, *, period: int = 1) -> float:
    """Mean absolute error over that of the naive forecast within the training series (Hyndman and Koehler 2006)."""
    values, valid = doubles(training)
    return float(c.trend_mase(values, valid, period, observed, forecast))


def wis(observed: float, median: float, *, levels: Sequence[float], lower: Sequence[float],
        upper: Sequence[float]) -> float:
    """Weighted interval score of one forecast (Bracher et al. 2021); levels in per cent."""
    return float(c.trend_wis(observed, median, [level / 100 for level in levels], lower, upper))


def crps_count(observed: float, mean: float, size: float = float("inf")) -> float:
    """Continuous ranked probability score of a negative binomial forecast; infinite size: Poisson."""
    return float(c.gov_crps_count(observed, mean, size))


def crps_normal(observed: float, mean: float, sd: float) -> float:
    """The same for a normal forecast."""
    return float(c.gov_crps_normal(observed, mean, sd))


def count_exceed(k: float, mean: float, size: float = float("inf")) -> float:
    """P(Y >= k) of a negative binomial forecast; infinite size: Poisson."""
    return float(c.gov_count_exceed(k, mean, size))


def count_quantile(p: float, mean: float, size: float = float("inf")) -> float:
    """The smallest y with P(Y <= y) >= p of such a forecast."""
    return float(c.gov_count_quantile(p, mean, size))


def coverage(observed: object, lower: object, upper: object) -> float:
    """The share of values inside their intervals, ends included."""
    return float(c.trend_coverage(observed, lower, upper))
