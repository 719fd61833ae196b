"""The Mann-Kendall family and Sen's slope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .. import _govcore as c
from ._series import choice, series

__all__ = [
    "MannKendall", "SenSlope", "mann_kendall", "mann_kendall_correlated", "mann_kendall_partial",
    "mann_kendall_regional", "seasonal_sen_slope", "sen_slope",
]

_TRENDS = {1: "increasing", -1: "decreasing", 0: "no trend"}
METHODS = {
    "original": c.GOV_MK_ORIGINAL, "hamed_rao": c.GOV_MK_HAMED_RAO, "yue_wang": c.GOV_MK_YUE_WANG,
    "pre_whitening": c.GOV_MK_PRE_WHITENING, "trend_free_pre_whitening": c.GOV_MK_TREND_FREE_PRE_WHITENING,
    "seasonal": c.GOV_MK_SEASONAL, "correlated_seasonal": c.GOV_MK_CORRELATED_SEASONAL,
}


@dataclass(frozen=True, slots=True)
class MannKendall:
    """Result of a test of the Mann-Kendall family. ``tau`` is tau-a; ``slope`` is Sen's, per period."""

    trend: str
    """increasing, decreasing or no trend."""
    h: bool
    p: float
    z: float
    tau: float
    s: float
    var_s: float
    slope: float
    intercept: float
    n: int
    """Present values that the test used."""
    factor: float
    """Of the variance, by Hamed-Rao and Yue-Wang; else 1."""
    factor_refused: bool
    """The factor was below its floor, and 1 was used."""


@dataclass(frozen=True, slots=True)
class SenSlope:
    """Sen's slope with its interval."""

    slope: float
    intercept: float
    low: float
    high: float
    n: int
    pairs: int


def _mann_kendall(out: c.NativeMannKendall) -> MannKendall:
    return MannKendall(_TRENDS[out.trend], out.h != 0, out.p, out.z, out.tau, out.s, out.var_s, out.slope,
                       out.intercept, out.n, out.factor, out.factor_refused != 0)


def mann_kendall(y: object, *, method: str = "original", period: int | None = None, lag: int | None = None,
                 alpha: float = 0.05) -> MannKendall:
    """The Mann-Kendall test, with Sen's slope.

    ``method``: original, hamed_rao, yue_wang, pre_whitening, trend_free_pre_whitening, seasonal or
    correlated_seasonal (``period`` seasons, default 12).
    """
    values, valid = series(y)
    out = c.NativeMannKendall()
    c.trend_mann_kendall(values, valid, choice(METHODS, method, "method"), 0, alpha, lag or 0, period or 0, out)
    return _mann_kendall(out)


def _matrix(rows: object) -> tuple[Any, bytes | None, int]:
    """A matrix row by row: nested sequences or a two-dimensional array."""
    nested: Any = rows.tolist() if hasattr(rows, "tolist") else rows
    lists = [list(row) for row in nested]
    columns = len(lists[0]) if lists else 0
    if any(len(row) != columns for row in lists):
        raise ValueError("all rows of a matrix must be of one length")
    values, valid = series([value for row in lists for value in row])
    return values, valid, columns


def _mann_kendall_matrix(rows: object, kind: int, alpha: float) -> MannKendall:
    values, valid, columns = _matrix(rows)
    out = c.NativeMannKendall()
    c.trend_mann_kendall_matrix(values, valid, columns, kind, alpha, out)
    return _mann_kendall(out)


def mann_kendall_regional(rows: object, *, alpha: float = 0.05) -> MannKendall:
    """Several series of one time axis together (a row a period), taken as independent (Helsel and Frans 2006)."""
    return _mann_kendall_matrix(rows, 0, alpha)


def mann_kendall_correlated(rows: object, *, alpha: float = 0.05) -> MannKendall:
    """The same with the covariances between the series."""
    return _mann_kendall_matrix(rows, 1, alpha)


def mann_kendall_partial(y: object, x: object, *, alpha: float = 0.05) -> MannKendall:
    """Trend of ``y`` given a covariate ``x`` (Libiseller and Grimvall 2002)."""
    first: Any = y
    second: Any = x
    return _mann_kendall_matrix([[a, b] for a, b in zip(first, second, strict=True)], 2, alpha)


def _sen(y: object, period: int, alpha: float) -> SenSlope:
    values, valid = series(y)
    out = c.NativeSenSlope()
    c.trend_sen_slope(values, valid, period, alpha, out)
    return SenSlope(out.slope, out.intercept, out.slope_low, out.slope_high, out.n, out.pairs)


def sen_slope(y: object, *, alpha: float = 0.05) -> SenSlope:
    """Median of all slopes between two values, with the interval of Sen (1968)."""
    return _sen(y, 0, alpha)


def seasonal_sen_slope(y: object, period: int, *, alpha: float = 0.05) -> SenSlope:
    """The same within seasons (``t mod period``), per cycle."""
    if period < 2:
        raise ValueError("period must be at least 2")
    return _sen(y, period, alpha)
