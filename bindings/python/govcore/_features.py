"""Inputs of need models from what is recorded, and households of a store explained to their records."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from typing import Literal

from . import _govcore as c
from ._run import Progress, run
from ._table import Table
from .need import params_text

__all__ = ["HouseholdExplanation", "NeedFeatures"]


class NeedFeatures:
    """How the inputs of a model follow from what is recorded of a household and its members. Immutable.

    A file says where a store has each value and by which rules inputs follow; unknown stays unknown.
    """

    __slots__ = ("_native",)

    def __init__(self, native: c.NativeNeedFeatures) -> None:
        self._native = native

    @classmethod
    def builtin(cls, name: str = "gbt31000") -> NeedFeatures:
        """The file that is compiled in: fields of GB/T 31000 and proposed series of observations."""
        return cls(c.features_builtin(name))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> NeedFeatures:
        """A features file. A fault raises with file, line and column."""
        return cls(c.features_load(os.fspath(path)))

    @classmethod
    def parse(cls, text: str, *, name: str | None = None) -> NeedFeatures:
        """The same from text; ``name`` stands for the file in errors."""
        return cls(c.features_parse(text.encode(), name))

    @property
    def id(self) -> str:
        return c.features_id(self._native) or ""

    @property
    def fingerprint(self) -> str:
        return c.features_fingerprint(self._native) or ""

    def notice(self, language: Literal["zh", "en"] = "en") -> str:
        """What must be said wherever results are shown."""
        return c.features_notice(self._native, language) or ""

    @property
    def sources(self) -> Table:
        """One row a recorded value: of whom, and where a store has it."""
        return Table._of(c.features_sources(self._native))

    @property
    def rules(self) -> Table:
        """One row a rule: id, of, rule, and the recorded values that it reads."""
        return Table._of(c.features_rules(self._native))

    def derive(self, households: object, *, members: object | None = None, as_of: dt.date | str | None = None,
               params: Mapping[str, object] | None = None, nan_is_missing: bool = False,
               progress: Progress | None = None) -> Table:
        """The features of every household, from tables with the values that ``sources`` lists."""
        table, day = Table(households)._native, as_of.isoformat() if isinstance(as_of, dt.date) else as_of
        people = None if members is None else Table(members)._native
        return Table._of(run(lambda native_run: c.features_derive(
            self._native, table, people, day, params_text(params), nan_is_missing, native_run), progress))


class HouseholdExplanation:
    """One household of a store: what its score rests on, since when and from whom. ``str()`` is the English text."""

    __slots__ = ("_native",)

    def __init__(self, native: c.NativeHouseholdExplanation) -> None:
        self._native = native

    def _part(self, part: int) -> Table:
        return Table._of(c.household_table(self._native, part))

    @property
    def score(self) -> Table:
        """One row: household, grid, score, bounds, tiers, masks."""
        return self._part(c.GOV_EXPLAINED_SCORE)

    @property
    def indicators(self) -> Table:
        """One row an indicator: state, inputs, rule, contribution, and the days and sources of its values."""
        return self._part(c.GOV_EXPLAINED_LINES)

    @property
    def inputs(self) -> Table:
        """One row an input of the model: value, origin, rule, days, sources, and what is missing."""
        return self._part(c.GOV_EXPLAINED_INPUTS)

    @property
    def readings(self) -> Table:
        """One row a recorded value: whose, where from, its day and source."""
        return self._part(c.GOV_EXPLAINED_READINGS)

    @property
    def ask(self) -> Table:
        """What to ask for next, heaviest first."""
        return self._part(c.GOV_EXPLAINED_ASK)

    @property
    def counterfactual(self) -> Table:
        """The fewest mutable indicators which, no longer deprived, lower the tier."""
        return self._part(c.GOV_EXPLAINED_CHANGES)

    @property
    def flips(self) -> Table:
        """Each indicator whose state, if it were an error of the data, would alone give another tier."""
        return self._part(c.GOV_EXPLAINED_FLIPS)

    @property
    def services(self) -> Table:
        """Services that fit, and whether they are received."""
        return self._part(c.GOV_EXPLAINED_SERVICES)

    def text(self, language: Literal["zh", "en"] = "en") -> str:
        return c.household_text(self._native, language) or ""

    def __str__(self) -> str:
        return self.text("en")
