"""The models behind forecasts, one by one: Holt-Winters, ETS, and the gamma-Poisson model of counts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from ._series import choice, doubles, zeros

__all__ = ["CountForecast", "Ets", "HoltWinters", "count_forecast", "ets", "holt_winters"]

Season = Literal["none", "additive", "multiplicative"]
_SEASONS: dict[str, int] = {"none": c.GOV_SEASON_NONE, "additive": c.GOV_SEASON_ADDITIVE,
                            "multiplicative": c.GOV_SEASON_MULTIPLICATIVE}
_TRENDS: dict[str, int] = {"none": c.GOV_ETS_NONE, "additive": c.GOV_ETS_ADDITIVE, "damped": c.GOV_ETS_DAMPED}


@dataclass(frozen=True, slots=True)
class HoltWinters:
    """Weights, the states after the last period, and a forecast: ``mean`` and ``variance`` of each coming period."""

    alpha: float
    beta: float
    gamma: float
    level: float
    trend: float
    """Per period."""
    seasonal: array[float]
    """The season of the first forecast first."""
    sse: float
    """Of the one-step errors after the start values."""
    mean: array[float]
    variance: array[float]
    """0 for the multiplicative season, where it is not available."""


def holt_winters(y: object, *, horizon: int = 1, season: Season = "none", period: int = 0, trend: bool = True,
                 alpha: float | None = None, beta: float | None = None, gamma: float | None = None) -> HoltWinters:
    """Holt-Winters as R's ``HoltWinters``: weights that are not given are chosen by least squares."""
    values, valid = doubles(y)
    kind = choice(_SEASONS, season, "season")
    seasonal, mean, variance = zeros(period if kind != c.GOV_SEASON_NONE else 0), zeros(horizon), zeros(horizon)
    out = c.NativeHoltWinters()
    c.trend_holt_winters(values, valid, kind, not trend, period, alpha or 0.0, beta or 0.0, gamma or 0.0, out, seasonal, mean,
                         variance)
    return HoltWinters(out.alpha, out.beta, out.gamma, out.level, out.trend, seasonal, out.sse, mean, variance)


@dataclass(frozen=True, slots=True)
class Ets:
    """A fitted state space model, and its forecast."""

    alpha: float
    beta: float
    gamma: float
    phi: float
    level: float
    """Before the first period, as is the trend."""
    trend: float
    parameters: int
    log_likelihood: float
    aic: float
    aicc: float
    bic: float
    sigma2: float
    mse: float
    mean: array[float]
    variance: array[float]


def ets(y: object, *, horizon: int = 1, error: Literal["additive", "multiplicative"] = "additive",
        trend: Literal["none", "additive", "damped"] = "none", season: Season = "none", period: int = 0,
        alpha: float | None = None, beta: float | None = None, gamma: float | None = None, phi: float | None = None,
        initial: Sequence[float] | None = None) -> Ets:
    """ETS of the stated kind (Hyndman et al. 2008): what is not given is fitted by maximum likelihood.

    ``initial``: level, trend (if any), then the season of the first period, the second … .
    """
    values, valid = doubles(y)
    mean, variance, out = zeros(horizon), zeros(horizon), c.NativeEts()
    c.trend_ets(values, valid, choice({"additive": 0, "multiplicative": 1}, error, "error"), choice(_TRENDS, trend, "trend"),
                choice(_SEASONS, season, "season"), period, [alpha or 0.0, beta or 0.0, gamma or 0.0, phi or 0.0], initial, out,
                mean, variance)
    return Ets(out.alpha, out.beta, out.gamma, out.phi, out.level, out.trend, out.parameters, out.log_likelihood, out.aic,
               out.aicc, out.bic, out.sigma2, out.mse, mean, variance)


@dataclass(frozen=True, slots=True)
class CountForecast:
    """Each coming period is negative binomial: variance = mean + mean² / size."""

    mean: array[float]
    size: array[float]
    discount: float
    log_likelihood: float


def count_forecast(y: object, *, horizon: int = 1, period: int = 0, discount: float | None = None) -> CountForecast:
    """Gamma-Poisson with a fading past (Harvey and Fernandes 1989); ``discount`` is chosen by likelihood if not given."""
    values, valid = doubles(y)
    mean, size, out = zeros(horizon), zeros(horizon), c.NativeCountForecast()
    c.trend_count_forecast(values, valid, period, discount or 0.0, out, mean, size)
    return CountForecast(mean, size, out.discount, out.log_likelihood)
