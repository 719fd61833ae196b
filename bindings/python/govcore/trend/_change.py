"""When did a series change?"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Literal

from .. import _govcore as c
from ._series import choice, doubles, zeros

__all__ = ["Pettitt", "RunLengths", "binary_segmentation", "bocpd", "pelt", "pettitt"]

Cost = Literal["poisson", "mean", "variance", "mean_variance"]
COSTS: dict[str, int] = {"poisson": c.GOV_COST_POISSON, "mean": c.GOV_COST_MEAN, "variance": c.GOV_COST_VARIANCE,
                          "mean_variance": c.GOV_COST_MEAN_VARIANCE}
ChangeMethod = Literal["pelt", "binary_segmentation", "pettitt"]
CHANGES: dict[str, int] = {"pelt": c.GOV_CHANGE_PELT, "binary_segmentation": c.GOV_CHANGE_BINARY_SEGMENTATION,
                           "pettitt": c.GOV_CHANGE_PETTITT}
BOCPD: dict[str, int] = {"poisson": c.GOV_BOCPD_POISSON, "normal": c.GOV_BOCPD_NORMAL}
_PENALTIES: dict[str, int] = {"mbic": c.GOV_PENALTY_MBIC, "bic": c.GOV_PENALTY_BIC, "aic": c.GOV_PENALTY_AIC,
                              "hannan_quinn": c.GOV_PENALTY_HANNAN_QUINN}


def penalty_of(penalty: str | float) -> tuple[int, float]:
    """A rule's number and value: named, or a value of its own."""
    if isinstance(penalty, str):
        return choice(_PENALTIES, penalty, "penalty"), 0.0
    return c.GOV_PENALTY_VALUE, float(penalty)


def _changes(y: object, binary: bool, exact: bool, cost: str, penalty: str | float, sd: float | None,
             min_segment: int | None, max_changes: int | None) -> list[int]:
    values, valid = doubles(y)
    out = array("q", bytes(8 * len(values)))
    result = c.NativeChanges()
    rule, value = penalty_of(penalty)
    c.trend_changes(values, valid, binary, exact, choice(COSTS, cost, "cost"), rule, value, sd or 0.0,
                    min_segment or 0, max_changes or 0, out, result)
    return out[:result.count].tolist()


def pelt(y: object, *, cost: Cost = "poisson", penalty: str | float = "mbic", sd: float | None = None,
         min_segment: int | None = None, exact: bool = False) -> list[int]:
    """First periods of the new segments, with the least cost + penalty of all possible (Killick et al. 2012).

    ``penalty``: mbic (start with it), bic, aic, hannan_quinn, or a number: what one more change must gain.
    """
    return _changes(y, False, exact, cost, penalty, sd, min_segment, None)


def binary_segmentation(y: object, *, cost: Cost = "poisson", penalty: str | float = "mbic", sd: float | None = None,
                        min_segment: int | None = None, max_changes: int | None = None) -> list[int]:
    """The same by splitting again and again: faster on long series, not always the best."""
    return _changes(y, True, False, cost, penalty, sd, min_segment, max_changes)


@dataclass(frozen=True, slots=True)
class Pettitt:
    """One change of level, by ranks. ``direction``: 1 higher after the change, -1 lower, 0 neither."""

    change: int
    direction: int
    statistic: float
    p: float
    n: int


def pettitt(y: object) -> Pettitt:
    """Pettitt's test (1979): no distribution is assumed."""
    values, valid = doubles(y)
    out = c.NativePettitt()
    c.trend_pettitt(values, valid, out)
    return Pettitt(out.change, out.direction, out.statistic, out.p, out.n)


@dataclass(frozen=True, slots=True)
class RunLengths:
    """After each period, from the values so far: how long has the present segment lasted?"""

    run: list[int]
    """The most probable length; 1: the segment began in this period."""
    first: array[float]
    """Probability that the segment began in this very period."""
    mean_run: array[float]


def bocpd(y: object, *, model: Literal["poisson", "normal"] = "poisson", expected_run: float = 100.0,
          alpha: float = 1.0, beta: float = 1.0, kappa: float = 1.0, mu: float = 0.0) -> RunLengths:
    """Online change points (Adams and MacKay 2007)."""
    values, valid = doubles(y)
    lengths, first, mean_run = array("q", bytes(8 * len(values))), zeros(len(values)), zeros(len(values))
    c.trend_bocpd(values, valid, choice(BOCPD, model, "model"), expected_run, alpha, beta, kappa, mu, lengths,
                  first, mean_run)
    return RunLengths(lengths.tolist(), first, mean_run)
