"""Did the intervention work? Interrupted time series of counts."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from ._series import choice, doubles, zeros

__all__ = ["Intervention", "its"]


@dataclass(frozen=True, slots=True)
class Intervention:
    """Ratios are of expected counts: 0.8 is a fall by a fifth. ``*_low`` and ``*_high`` are intervals."""

    level_ratio: float
    level_low: float
    level_high: float
    level_p: float
    slope_before: float
    slope_ratio: float
    slope_low: float
    slope_high: float
    slope_p: float
    observed: float
    """Sum after the change."""
    expected: float
    """The same had the former trend and season gone on."""
    expected_low: float
    expected_high: float
    n: int
    n_before: int
    n_after: int
    dispersion: float
    theta: float
    autocorrelation: float
    """Of the residuals at lag 1: far from 0, and the intervals are too narrow."""
    fitted: array[float]
    counterfactual: array[float]


def its(y: object, *, change: int, period: int = 0, harmonics: int = 0, population: object | None = None,
        family: Literal["quasi_poisson", "negative_binomial"] = "quasi_poisson", level_only: bool = False,
        alpha: float = 0.05) -> Intervention:
    """Segmented regression (Bernal et al. 2017). ``change`` is the first period after the intervention, from 0.

    It tells a change at a known time from the trend and season before it, not from anything else that happened then.
    """
    values, valid = doubles(y)
    out, fitted, counterfactual = c.NativeIntervention(), zeros(len(values)), zeros(len(values))
    number = choice({"quasi_poisson": c.GOV_ITS_QUASI_POISSON, "negative_binomial": c.GOV_ITS_NEGATIVE_BINOMIAL},
                    family, "family")
    c.trend_its(values, valid, population, number, change, period, harmonics, level_only, alpha, out, fitted,
                counterfactual)
    return Intervention(out.level_ratio, out.level_low, out.level_high, out.level_p, out.slope_before, out.slope_ratio,
                        out.slope_low, out.slope_high, out.slope_p, out.observed, out.expected, out.expected_low,
                        out.expected_high, out.n, out.n_before, out.n_after, out.dispersion, out.theta,
                        out.autocorrelation, fitted, counterfactual)
