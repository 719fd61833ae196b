"""Risk trends: is a series rising, and is its newest count higher than its own past lets expect?

A series is any sequence or array of numbers; ``None`` is a missing value, a NaN is an error that names its place.
Too few values, or values that are all equal, raise ``GovValueError`` with the code ``GOV_E_NO_DATA``.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import _govcore as c
from ._run import Progress, run
from ._table import Column, Table

__all__ = [
    "Decomposition", "MannKendall", "Panel", "SenSlope", "bh", "ears", "farrington", "mann_kendall", "mann_kendall_correlated", "mann_kendall_partial",
    "mann_kendall_regional", "mstl", "seasonal_sen_slope", "sen_slope", "stl",
]

_EPOCH = dt.date(1970, 1, 1)
_TRENDS = {1: "increasing", -1: "decreasing", 0: "no trend"}
_METHODS = {
    "original": c.GOV_MK_ORIGINAL, "hamed_rao": c.GOV_MK_HAMED_RAO, "yue_wang": c.GOV_MK_YUE_WANG,
    "pre_whitening": c.GOV_MK_PRE_WHITENING, "trend_free_pre_whitening": c.GOV_MK_TREND_FREE_PRE_WHITENING,
    "seasonal": c.GOV_MK_SEASONAL, "correlated_seasonal": c.GOV_MK_CORRELATED_SEASONAL,
}
_EARS = {"C1": c.GOV_EARS_C1, "C2": c.GOV_EARS_C2, "C3": c.GOV_EARS_C3}
_FREQUENCIES = {"day": 1, "D": 1, "week": 2, "W": 2, "month": 3, "M": 3}
_GAPS = {"zero": 1, "missing": 2}


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


def _series(y: object) -> tuple[Any, bytes | None]:
    """The values and, where some are missing, one byte each; arrays of doubles pass as they are."""
    if isinstance(y, Column):
        y = y.to_list()
    if isinstance(y, (list, tuple)) and any(value is None for value in y):
        valid = bytes(value is not None for value in y)
        return array("d", (0.0 if value is None else float(value) for value in y)), valid
    return y, None


def _choice(choices: dict[str, int], value: str, what: str) -> int:
    try:
        return choices[value]
    except KeyError:
        raise ValueError(f"{what} is one of {', '.join(choices)}, not {value!r}") from None


def _mann_kendall(out: c.NativeMannKendall) -> MannKendall:
    return MannKendall(_TRENDS[out.trend], out.h != 0, out.p, out.z, out.tau, out.s, out.var_s, out.slope,
                       out.intercept, out.n, out.factor, out.factor_refused != 0)


def mann_kendall(y: object, *, method: str = "original", period: int | None = None, lag: int | None = None,
                 alpha: float = 0.05) -> MannKendall:
    """The Mann-Kendall test, with Sen's slope.

    ``method``: original, hamed_rao, yue_wang, pre_whitening, trend_free_pre_whitening, seasonal or
    correlated_seasonal (``period`` seasons, default 12).
    """
    values, valid = _series(y)
    out = c.NativeMannKendall()
    c.trend_mann_kendall(values, valid, _choice(_METHODS, method, "method"), 0, alpha, lag or 0, period or 0, out)
    return _mann_kendall(out)


def _matrix(rows: object) -> tuple[Any, bytes | None, int]:
    """A matrix row by row: nested sequences or a two-dimensional array."""
    nested: Any = rows.tolist() if hasattr(rows, "tolist") else rows
    lists = [list(row) for row in nested]
    columns = len(lists[0]) if lists else 0
    if any(len(row) != columns for row in lists):
        raise ValueError("all rows of a matrix must be of one length")
    values, valid = _series([value for row in lists for value in row])
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
    values, valid = _series(y)
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


def ears(y: object, *, method: Literal["C1", "C2", "C3"] = "C1", baseline: int = 7, min_sigma: float = 0.0,
         alpha: float = 0.001) -> Table:
    """EARS C1, C2, C3 for every period: expected, upper, score, alarm, reason."""
    values, valid = _series(y)
    return Table._of(c.trend_ears(values, valid, _choice(_EARS, method, "method"), baseline, min_sigma, alpha))


def farrington(y: object, *, start: dt.date | None = None, freq: int = 52, range: tuple[int, int] | None = None,
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
    values, valid = _series(y)
    frequency = _choice({"52": 2, "12": 3, "365": 1}, str(freq), "freq with start") if start is not None else 0
    day = (start - _EPOCH).days if start is not None else 0
    cases, periods = limit if limit is not None else (-1.0, 0)
    excluded = -1 if past_excluded == 0 else past_excluded or 0
    return Table._of(c.trend_farrington(
        values, valid, population, 0 if flexible else 1,
        _choice({"delta": 0, "nb_plugin": 1, "muan": 2}, threshold, "threshold"),
        _choice({"2/3": 0, "1/2": 1, "none": 2}, power, "power"), frequency, day, freq, b, w, no_periods or 0, excluded,
        weights_threshold or 0.0, trend_level or 0.0, alpha or 0.0, cases, periods, not trend, not reweight, range))


def bh(p: object, *, method: Literal["bh", "by"] = "bh") -> list[float | None]:
    """Adjusted p-values (Benjamini-Hochberg, or Benjamini-Yekutieli); ``None`` is a test that gave no p."""
    values, valid = _series(p)
    floats = array("d", values)
    out = array("d", bytes(8 * len(floats)))
    c.trend_bh(floats, valid, _choice({"bh": 0, "by": 1}, method, "method"), out)
    return [q if valid is None or valid[i] else None for i, q in enumerate(out)]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Series of one length: y = trend + seasonal + remainder. ``numpy.asarray`` takes them without a copy."""

    trend: array[float]
    seasonal: array[float]
    """The sum of the seasons."""
    remainder: array[float]
    weights: array[float]
    """Robustness weights in [0, 1]; all 1 if not robust."""
    seasons: dict[int, array[float]]
    """Each season by its period."""


def _zeros(n: int) -> array[float]:
    return array("d", bytes(8 * n))


def _doubles(y: object) -> tuple[array[float], bytes | None]:
    values, valid = _series(y)
    return array("d", values), valid


_DEGREES = {None: c.GOV_STL_DEFAULT, 0: c.GOV_STL_CONSTANT, 1: c.GOV_STL_LINEAR}


def _jump(jump: int | Literal["tenth"]) -> int:
    return c.GOV_STL_JUMP_TENTH if jump == "tenth" else jump


def stl(y: object, *, period: int, seasonal: int | Literal["periodic"] = 7, trend: int | None = None,
        low_pass: int | None = None, robust: bool = False, seasonal_deg: int | None = None,
        trend_deg: int | None = None, low_pass_deg: int | None = None,
        seasonal_jump: int | Literal["tenth"] = 1, trend_jump: int | Literal["tenth"] = 1,
        low_pass_jump: int | Literal["tenth"] = 1, inner: int | None = None,
        outer: int | None = None) -> Decomposition:
    """STL (Cleveland et al. 1990), with the results of the authors' Fortran program.

    Windows are odd; ``seasonal="periodic"`` is the same season in every cycle. Every period must be present.
    """
    values, valid = _doubles(y)
    n = len(values)
    parts = [_zeros(n) for _ in range(4)]
    periodic = seasonal == "periodic"
    c.trend_stl(values, valid, robust, periodic, period, [0 if periodic else seasonal, trend or 0, low_pass or 0],
                [_jump(seasonal_jump), _jump(trend_jump), _jump(low_pass_jump)],
                [_DEGREES[seasonal_deg], _DEGREES[trend_deg], _DEGREES[low_pass_deg]], inner or 0,
                outer or 0, *parts)
    return Decomposition(parts[0], parts[1], parts[2], parts[3], {period: parts[1]})


def mstl(y: object, *, periods: Sequence[int], windows: Sequence[int] | None = None, iterate: int = 2,
         robust: bool = False) -> Decomposition:
    """Several seasons at once, shortest period first (Bandara et al. 2021)."""
    values, valid = _doubles(y)
    n, ordered = len(values), sorted(periods)
    if ordered != list(periods):
        raise ValueError("periods must increase")
    seasons, trend, remainder, weights = _zeros(n * len(ordered)), _zeros(n), _zeros(n), _zeros(n)
    c.trend_mstl(values, valid, ordered, windows, iterate, robust, None, None, seasons, trend, remainder, weights)
    each = {period: seasons[i * n:(i + 1) * n] for i, period in enumerate(ordered)}
    total = array("d", (sum(parts) for parts in zip(*each.values())))
    return Decomposition(trend, total, remainder, weights, each)


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
        frequency, policy = _choice(_FREQUENCIES, freq, "freq"), _choice(_GAPS, gaps, "gaps")
        days = [day.isoformat() if isinstance(day, dt.date) else day for day in (first, last)]
        self._native = run(lambda native_run: c.panel_new(native, names, time, value, frequency, policy, days[0],
                                                          days[1], native_run), progress)

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
        values, valid = array("d", bytes(8 * periods)), bytearray(periods)
        c.panel_copy(self._native, index, values, valid)
        return [value if ok else None for value, ok in zip(values, valid)]

    def analyze(self, *, threads: int = 1, alpha: float = 0.05, min_sigma: float = 0.5, ears_alpha: float = 0.001,
                progress: Progress | None = None) -> Table:
        """One row a series: trend over the window, the newest period against its past, and a sentence each."""
        return Table._of(run(lambda native: c.panel_analyze(self._native, threads, alpha, min_sigma, ears_alpha,
                                                            native), progress))

    def __repr__(self) -> str:
        return f"<govcore.Panel {len(self)} series × {c.panel_periods(self._native)} periods>"
