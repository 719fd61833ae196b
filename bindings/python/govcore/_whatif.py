"""Other lines and other weights: what goes in and what comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from . import _govcore as c
from ._table import Table

if TYPE_CHECKING:
    from .need import NeedModel


def _list(values: Mapping[str, object] | str | None) -> str | None:
    return values if values is None or isinstance(values, str) else ",".join(f"{k}={v}" for k, v in values.items())


@dataclass(frozen=True)
class Lines:
    """One set of lines for a budget; what is not given is as in the model and the call.

    >>> Lines(at={"medium": "3/10"}, amounts={"high": 800, "medium": "500.50"}, line="3/2*B")
    """

    model: NeedModel | None = None
    """Another model, for other thresholds."""
    as_of: dt.date | str | None = None
    preset: str | None = None
    params: Mapping[str, object] | str | None = None
    at: Mapping[str, str | Fraction] | str | None = None
    """Cut-offs of tiers, exactly."""
    tier: str | None = None
    """The lowest tier that is served; "none": every household."""
    amounts: Mapping[str, object] | str | None = None
    """Money by tier, with at most two decimals."""
    line: str | float | None = None
    """What each head's income is topped up to: a number, a parameter, or a fraction of one such as "3/2*B"."""

    def _texts(self) -> list[str | None]:
        day = self.as_of.isoformat() if isinstance(self.as_of, dt.date) else self.as_of
        line = None if self.line is None else str(self.line)
        return [day, self.preset, _list(self.params), _list(self.at), self.tier, _list(self.amounts), line]


class Sensitivity:
    """What weights and cut-offs do to tiers and orders, over seeded draws of weights about the model's."""

    __slots__ = ("tiers", "groups", "agreement", "indicators", "cutoffs")

    tiers: Table
    """A row a tier, all households first: the share that keeps its tier, rises and falls."""
    groups: Table
    """A row for each area and cut-off, the total first: H and M0 with intervals, and the rank by M0."""
    agreement: Table
    """Kendall's tau-b of households, of areas and between cut-offs, and pairs in one order at every cut-off."""
    indicators: Table
    """A row for each indicator and cut-off: who changes tier when its weight is moved, elasticities of H and M0."""
    cutoffs: Table
    """H, A and M0 of every area at every cut-off there is."""

    def __init__(self, native: c.NativeSensitivity) -> None:
        self.tiers = Table._of(c.sensitivity_tiers(native))
        self.groups = Table._of(c.sensitivity_groups(native))
        self.agreement = Table._of(c.sensitivity_agreement(native))
        self.indicators = Table._of(c.sensitivity_indicators(native))
        self.cutoffs = Table._of(c.sensitivity_cutoffs(native))
