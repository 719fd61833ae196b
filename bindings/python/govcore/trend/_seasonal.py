"""A series as trend, seasons and remainder."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from ._series import choice, doubles, zeros

__all__ = ["Decomposition", "mstl", "stl"]


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


Gaps = Literal["refuse", "leave_out"]
GAPS: dict[str, int] = {"refuse": c.GOV_STL_GAPS_REFUSE, "leave_out": c.GOV_STL_GAPS_LEAVE_OUT}
_DEGREES = {None: c.GOV_STL_DEFAULT, 0: c.GOV_STL_CONSTANT, 1: c.GOV_STL_LINEAR}


def _jump(jump: int | Literal["tenth"]) -> int:
    return c.GOV_STL_JUMP_TENTH if jump == "tenth" else jump


def stl(y: object, *, period: int, seasonal: int | Literal["periodic"] = 7, trend: int | None = None,
        low_pass: int | None = None, robust: bool = False, seasonal_deg: int | None = None,
        trend_deg: int | None = None, low_pass_deg: int | None = None,
        seasonal_jump: int | Literal["tenth"] = 1, trend_jump: int | Literal["tenth"] = 1,
        low_pass_jump: int | Literal["tenth"] = 1, inner: int | None = None,
        outer: int | None = None, gaps: Gaps = "refuse") -> Decomposition:
    """STL (Cleveland et al. 1990), with the results of the authors' Fortran program.

    Windows are odd; ``seasonal="periodic"`` is the same season in every cycle. A missing value is refused, or with
    ``gaps="leave_out"`` has weight 0: trend and season go on through the gap, the remainder there is NaN.
    """
    values, valid = doubles(y)
    n = len(values)
    parts = [zeros(n) for _ in range(4)]
    periodic = seasonal == "periodic"
    c.trend_stl(values, valid, robust, periodic, period, [0 if periodic else seasonal, trend or 0, low_pass or 0],
                [_jump(seasonal_jump), _jump(trend_jump), _jump(low_pass_jump)],
                [_DEGREES[seasonal_deg], _DEGREES[trend_deg], _DEGREES[low_pass_deg]], inner or 0,
                outer or 0, choice(GAPS, gaps, "gaps"), *parts)
    return Decomposition(parts[0], parts[1], parts[2], parts[3], {period: parts[1]})


def mstl(y: object, *, periods: Sequence[int], windows: Sequence[int] | None = None, iterate: int = 2,
         robust: bool = False, gaps: Gaps = "refuse") -> Decomposition:
    """Several seasons at once, shortest period first (Bandara et al. 2021)."""
    values, valid = doubles(y)
    n, ordered = len(values), sorted(periods)
    if ordered != list(periods):
        raise ValueError("periods must increase")
    seasons, trend, remainder, weights = zeros(n * len(ordered)), zeros(n), zeros(n), zeros(n)
    c.trend_mstl(values, valid, ordered, windows, iterate, robust, None, None, choice(GAPS, gaps, "gaps"), seasons, trend, remainder, weights)
    each = {period: seasons[i * n:(i + 1) * n] for i, period in enumerate(ordered)}
    total = array("d", (sum(parts) for parts in zip(*each.values())))
    return Decomposition(trend, total, remainder, weights, each)
