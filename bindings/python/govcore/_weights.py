"""Weights from comparisons and from data, and the sharing of a budget."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from . import _govcore as c

__all__ = ["Ahp", "advise", "ahp", "allocate"]

_ADVICE: dict[str, int] = {"entropy": c.GOV_NEED_ENTROPY, "critic": c.GOV_NEED_CRITIC,
                           "deviation": c.GOV_NEED_DEVIATION, "pca": c.GOV_NEED_PCA}


class Ahp(NamedTuple):
    """Weights from pairwise comparisons. A consistency ratio above 0.1 is called inconsistent."""

    weights: list[float]
    consistency_ratio: float


def _flat(matrix: object) -> tuple[array[float], int]:
    """A matrix row by row, and the number of its columns."""
    nested: Any = matrix.tolist() if hasattr(matrix, "tolist") else matrix
    rows = [[float(Fraction(value) if isinstance(value, str) else value) for value in row] for row in nested]
    columns = len(rows[0]) if rows else 0
    if any(len(row) != columns for row in rows):
        raise ValueError("all rows of a matrix must be of one length")
    return array("d", (value for row in rows for value in row)), columns


def ahp(matrix: object, *, table: Literal["saaty1980", "saaty2007", "alonso2006"] = "saaty1980") -> Ahp:
    """The principal eigenvector of a reciprocal matrix of comparisons (Saaty 1980); entries may be text like "1/3".

    ``table`` names the random index that the ratio is taken by.
    """
    flat, n = _flat(matrix)
    weights = array("d", bytes(8 * n))
    ratio = c.need_ahp(flat, table, weights)
    return Ahp(weights.tolist(), ratio)


def advise(matrix: object, *, method: Literal["entropy", "critic", "deviation", "pca"],
           directions: Sequence[int] | None = None) -> list[float]:
    """Weights that data suggest, a row a household, a column an indicator; 1: more is better, -1: less is.

    Advice only: such weights move a household's score when other households change.
    """
    if method not in _ADVICE:
        raise ValueError(f"method is one of {', '.join(_ADVICE)}, not {method!r}")
    flat, n = _flat(matrix)
    weights = array("d", bytes(8 * n))
    signs = array("b", directions).tobytes() if directions is not None else None
    c.need_advise(flat, _ADVICE[method], signs, weights)
    return weights.tolist()


def allocate(demand: Sequence[int], budget: int) -> list[int]:
    """Shares whole units among areas so that their unmet shares, from the largest down, are as small as can be."""
    given = array("q", bytes(8 * len(demand)))
    c.need_allocate(demand, budget, given)
    return given.tolist()
