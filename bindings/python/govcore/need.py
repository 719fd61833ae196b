"""Household need: models, exact scores with their bounds, reasons, and measures of deprivation over groups.

A score helps to find people to help. It is not a decision on eligibility, and every score can be explained.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from . import _govcore as c
from ._run import Progress, run
from ._table import Table
from ._weights import Ahp, advise, ahp, allocate
from ._whatif import Lines, Sensitivity

__all__ = [
    "Ahp", "Explanation", "Lines", "Measures", "ModelDiff", "NeedModel", "Sensitivity", "advise", "ahp",
    "alkire_foster", "allocate", "builtin_names", "gaps", "measure_merge",
]

Share = str | Fraction | int
"""A weight or a cut-off, exactly: ``"1/3"``, ``Fraction(1, 3)``; in a list of weights, ints are numerators."""

Missing = Literal["leave_out", "not_deprived", "deprived"]
_MISSING: dict[str, int] = {"leave_out": 0, "not_deprived": 1, "deprived": 2}
SingleUnit = Literal["no_error", "certain", "centred"]
_SINGLE_UNIT: dict[str, int] = {"no_error": 0, "certain": 1, "centred": 2}
_ESTIMATES = ("H", "A", "M0")
_PARTS = {"dimensions": c.GOV_NEED_DIMENSIONS, "indicators": c.GOV_NEED_INDICATORS, "inputs": c.GOV_NEED_INPUTS,
          "tiers": c.GOV_NEED_TIERS, "params": c.GOV_NEED_PARAMS, "services": c.GOV_NEED_SERVICES,
          "presets": c.GOV_NEED_PRESETS, "tests": c.GOV_NEED_TESTS}


def builtin_names() -> list[str]:
    """Names of the models that are compiled in."""
    names: list[str] = []
    while (name := c.need_builtin_name(len(names))) is not None:
        names.append(name)
    return names


def _iso(day: dt.date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, dt.date) else day


def params_text(params: Mapping[str, object] | None) -> str | None:
    """Values that replace those of a model's file, as the library takes them."""
    return ",".join(f"{name}={value}" for name, value in params.items()) if params else None


def _share(value: Share) -> str:
    if isinstance(value, float):
        raise TypeError("a weight or cut-off is given exactly, as text like '1/3' or as a Fraction, not as a float")
    return str(value)


def _shares(values: Share | Sequence[Share]) -> str:
    return _share(values) if isinstance(values, (str, Fraction, int, float)) else ",".join(map(_share, values))


def _weights(values: str | Sequence[Share]) -> str:
    if not isinstance(values, str) and values and all(isinstance(value, int) for value in values):
        total = sum(int(value) for value in values)
        return ",".join(f"{value}/{total}" for value in values)
    return _shares(values)


def _native(table: object | None) -> c.NativeTable | None:
    return None if table is None else Table(table)._native


class Explanation:
    """Everything about one household's score. ``str()`` is the text in English, ``text("zh")`` in Chinese."""

    __slots__ = ("_native",)

    def __init__(self, native: c.NativeExplanation) -> None:
        self._native = native

    @property
    def indicators(self) -> Table:
        """One row an indicator: its state, the inputs read, the rule, its weight and contribution, its source."""
        return Table._of(c.explanation_lines(self._native))

    @property
    def counterfactual(self) -> Table:
        """The fewest mutable indicators which, no longer deprived, lower the tier; no row if there are none."""
        return Table._of(c.explanation_changes(self._native))

    @property
    def flips(self) -> Table:
        """Each indicator whose state, if it were an error of the data, would alone give another tier."""
        return Table._of(c.explanation_flips(self._native))

    @property
    def ask(self) -> Table:
        """What is missing, heaviest first."""
        return Table._of(c.explanation_ask(self._native))

    def text(self, language: Literal["zh", "en"] = "en") -> str:
        return c.explanation_text(self._native, language) or ""

    def __str__(self) -> str:
        return self.text("en")


class Measures:
    """Alkire-Foster measures. ``H``, ``A``, ``M0`` are those of all rows at the first cut-off."""

    __slots__ = ("_native", "summary", "headcounts", "dimensions")

    summary: Table
    """One row a group and cut-off, the total first with a missing group: H, A, M0, share, contribution …"""
    headcounts: Table
    """One row a group, cut-off and indicator: uncensored, censored, contribution."""
    dimensions: Table
    """One row a group, cut-off and dimension of a model: contribution."""

    def __init__(self, native: c.NativeMeasures) -> None:
        self._native = native
        self.summary = Table._of(c.measures_summary(native))
        self.headcounts = Table._of(c.measures_indicators(native))
        self.dimensions = Table._of(c.measures_dimensions(native))

    def _total(self, name: str) -> float | None:
        value = self.summary[name][0]
        return None if value is None else float(value)

    @property
    def H(self) -> float | None:
        """Share of the poor."""
        return self._total("H")

    @property
    def A(self) -> float | None:
        """Mean score of the poor; ``None`` if nobody is poor."""
        return self._total("A")

    @property
    def M0(self) -> float | None:
        """H × A."""
        return self._total("M0")

    @property
    def se(self) -> dict[str, float | None]:
        """Standard errors of H, A and M0, linearised for the design."""
        return {name: self._total(f"{name}_se") for name in _ESTIMATES}

    @property
    def ci(self) -> dict[str, tuple[float | None, float | None]]:
        """Intervals of H, A and M0, on the logit scale."""
        return {name: (self._total(f"{name}_low"), self._total(f"{name}_high")) for name in _ESTIMATES}

    @property
    def by_group(self) -> Table:
        """The summary without its rows of the total."""
        totals = sum(1 for group in self.summary["group"] if group is None)
        return self.summary[totals:]

    @property
    def contributions(self) -> dict[str, float | None]:
        """Each indicator's share of M0, over all rows, at the first cut-off."""
        k = self.summary["k"][0]
        rows = zip(self.headcounts["group"], self.headcounts["k"], self.headcounts["indicator"],
                   self.headcounts["contribution"])
        return {name: value for group, cut, name, value in rows if group is None and cut == k}

    def change(self, to: Measures, *, years: float) -> Table:
        """From these measures to later ones: absolute, relative, annual, by incidence and by intensity."""
        return Table._of(c.measures_change(self._native, to._native, years))

    def change_indicators(self, to: Measures, *, years: float) -> Table:
        """From these measures to later ones: each indicator's headcounts and contribution, with their errors."""
        return Table._of(c.measures_change_indicators(self._native, to._native, years))

    def __repr__(self) -> str:
        return f"<govcore.need.Measures H={self.H} A={self.A} M0={self.M0}>"


class ModelDiff:
    """Two models on one table of households."""

    __slots__ = ("transitions", "movers", "rules")

    transitions: Table
    """tier_from, tier_to, households."""
    movers: Table
    """A row a household whose tier differs: row, score_from, score_to, tier_from, tier_to, changed."""
    rules: Table
    """What differs in the models: id, what, from, to."""

    def __init__(self, native: c.NativeNeedDiff) -> None:
        self.transitions = Table._of(c.diff_transitions(native))
        self.movers = Table._of(c.diff_movers(native))
        self.rules = Table._of(c.diff_rules(native))


class NeedModel:
    """A model: dimensions, indicators, weights, tiers. Immutable; threads may share it."""

    __slots__ = ("_native",)

    def __init__(self, native: c.NativeNeedModel) -> None:
        self._native = native

    @classmethod
    def builtin(cls, name: str = "govcore-need-22") -> NeedModel:
        """A model that is compiled into the library."""
        return cls(c.need_builtin(name))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> NeedModel:
        """A model file. A fault raises with file, line and column."""
        return cls(c.need_load(os.fspath(path)))

    @classmethod
    def parse(cls, text: str, *, name: str | None = None) -> NeedModel:
        """A model from text; ``name`` stands for the file in errors."""
        return cls(c.need_parse(text.encode(), name))

    @property
    def id(self) -> str:
        return c.need_id(self._native) or ""

    @property
    def version(self) -> int:
        return int(c.need_version(self._native))

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits that stand for the model's meaning: comments and order of keys do not count."""
        return c.need_fingerprint(self._native) or ""

    def title(self, language: Literal["zh", "en"] = "en") -> str:
        return c.need_title(self._native, language) or ""

    def notice(self, language: Literal["zh", "en"] = "en") -> str:
        """The sentence to be shown wherever the model is shown."""
        return c.need_notice(self._native, language) or ""

    def denominator(self, preset: str | None = None) -> int:
        """The integer that ``score_num`` is over."""
        return int(c.need_denominator(self._native, preset))

    def table(self, part: str, *, preset: str | None = None) -> Table:
        """dimensions, indicators, inputs, tiers, params, services, presets or tests, as a table."""
        if part not in _PARTS:
            raise ValueError(f"part is one of {', '.join(_PARTS)}, not {part!r}")
        return Table._of(c.need_table(self._native, _PARTS[part], preset))

    @property
    def dimensions(self) -> Table:
        return self.table("dimensions")

    @property
    def indicators(self) -> Table:
        return self.table("indicators")

    @property
    def inputs(self) -> Table:
        return self.table("inputs")

    @property
    def tiers(self) -> Table:
        return self.table("tiers")

    def score(self, table: object, *, as_of: dt.date | str | None = None, threads: int = 1, preset: str | None = None,
              params: Mapping[str, object] | None = None, depth: bool = False, nan_is_missing: bool = False,
              members: object | None = None, progress: Progress | None = None) -> Table:
        """One row a household, in the order given: score, score_high, coverage, tier, tier_high, status, masks …

        Unknown indicators widen the bounds: ``score`` counts them as not deprived, ``score_high`` as deprived.
        """
        households, others = Table(table)._native, _native(members)
        return Table._of(run(lambda native: c.need_score(self._native, households, threads, _iso(as_of), preset,
                                                         params_text(params), depth, nan_is_missing, others, native),
                             progress))

    def explain(self, table: object, row: int, *, as_of: dt.date | str | None = None, preset: str | None = None,
                params: Mapping[str, object] | None = None, depth: bool = False, nan_is_missing: bool = False,
                members: object | None = None) -> Explanation:
        """Why one household has its score: one line an indicator."""
        return Explanation(c.need_explain(self._native, Table(table)._native, row, _iso(as_of), preset,
                                          params_text(params), depth, nan_is_missing, _native(members)))

    def unmet(self, table: object, *, as_of: dt.date | str | None = None, threads: int = 1, preset: str | None = None,
              params: Mapping[str, object] | None = None, depth: bool = False, nan_is_missing: bool = False,
              members: object | None = None, progress: Progress | None = None) -> Table:
        """Entitled and not receiving: row, ids, tier, service, received ("no" or "unknown")."""
        households, others = Table(table)._native, _native(members)
        return Table._of(run(lambda native: c.need_unmet(self._native, households, threads, _iso(as_of), preset,
                                                         params_text(params), depth, nan_is_missing, others, native),
                             progress))

    def diff(self, other: NeedModel, table: object, *, as_of: dt.date | str | None = None, threads: int = 1,
             preset: str | None = None, params: Mapping[str, object] | None = None, depth: bool = False,
             nan_is_missing: bool = False, members: object | None = None,
             progress: Progress | None = None) -> ModelDiff:
        """What changes for whom when this model gives way to ``other``."""
        households, others = Table(table)._native, _native(members)
        return ModelDiff(run(lambda native: c.need_diff(self._native, other._native, households, threads, _iso(as_of),
                                                        preset, params_text(params), depth, nan_is_missing, others,
                                                        native), progress))

    def stability(self, table: object, *, delta: Share = "1/10", as_of: dt.date | str | None = None, threads: int = 1,
                  preset: str | None = None, params: Mapping[str, object] | None = None, depth: bool = False,
                  nan_is_missing: bool = False, members: object | None = None,
                  progress: Progress | None = None) -> Table:
        """How many households keep their tier for all weights within ± ``delta`` of the model's, exactly.

        One row a tier: rank, tier, households, stable, may_rise, may_fall.
        """
        households, others, width = Table(table)._native, _native(members), _share(delta)
        return Table._of(run(lambda native: c.need_stability(self._native, households, threads, _iso(as_of), preset,
                                                             params_text(params), depth, nan_is_missing, others,
                                                             native, width), progress))

    def budget(self, table: object, *, next: Lines, now: Lines | None = None, by: str | None = None,
               income: str | None = None, persons: str | None = None, as_of: dt.date | str | None = None,
               threads: int = 1, preset: str | None = None, params: Mapping[str, object] | None = None,
               depth: bool = False, nan_is_missing: bool = False, members: object | None = None,
               progress: Progress | None = None) -> Table:
        """How many households and how much money, area by area, under the lines of ``now`` and of ``next``.

        Unknown answers are bounds, never zero. ``income`` is the column of the income a head that a line tops up,
        ``persons`` that of the heads. Money is in the amounts' period; areas sum to the total exactly.
        """
        present = now if now is not None else Lines()
        first, second = (lines.model if lines.model is not None else self for lines in (present, next))
        households, others = Table(table)._native, _native(members)
        return Table._of(run(lambda native: c.need_budget(
            first._native, present._texts(), second._native, next._texts(), households, threads, _iso(as_of), preset,
            params_text(params), depth, nan_is_missing, others, native, by, income, persons), progress))

    def sensitivity(self, table: object, *, draws: int = 1000, seed: int = 0, concentration: float = 100.0,
                    level: float = 0.95, high: bool = False, delta: Share = "1/10", by: str | None = None,
                    weight: str | None = None, k: Share | Sequence[Share] | None = None,
                    as_of: dt.date | str | None = None, threads: int = 1, preset: str | None = None,
                    params: Mapping[str, object] | None = None, nan_is_missing: bool = False,
                    members: object | None = None, progress: Progress | None = None) -> Sensitivity:
        """How tiers and the order of areas hold under other weights and cut-offs.

        Weights are drawn about the model's (Dirichlet, the larger ``concentration`` the closer); the same ``seed``
        gives the same draws, whatever the threads. ``high`` takes unknown indicators as deprived.
        """
        households, others, width = Table(table)._native, _native(members), _share(delta)
        cut = _shares(k) if k is not None else None
        return Sensitivity(run(lambda native: c.need_sensitivity(
            self._native, households, threads, _iso(as_of), preset, params_text(params), nan_is_missing, others, native,
            draws, seed, concentration, level, high, width, by, weight, cut), progress))

    def measure(self, table: object, *, by: str | None = None, weight: str | None = None,
                strata: str | None = None, psu: str | None = None, single_unit: SingleUnit = "no_error",
                level: float = 0.95, k: Share | Sequence[Share] | None = None, missing: Missing = "leave_out",
                as_of: dt.date | str | None = None, threads: int = 1, preset: str | None = None,
                params: Mapping[str, object] | None = None, depth: bool = False, nan_is_missing: bool = False,
                members: object | None = None, progress: Progress | None = None) -> Measures:
        """Scores and measures the households; ``k`` defaults to the model's tiers."""
        households, others = Table(table)._native, _native(members)
        cut = _shares(k) if k is not None else None
        return Measures(run(lambda native: c.need_measure(self._native, households, threads, _iso(as_of), preset,
                                                          params_text(params), depth, nan_is_missing, others, native,
                                                          _MISSING[missing], _SINGLE_UNIT[single_unit], level, by,
                                                          weight, strata, psu, cut), progress))

    def measure_part(self, table: object, *, by: str | None = None, weight: str | None = None,
                     strata: str | None = None, psu: str | None = None, single_unit: SingleUnit = "no_error",
                     level: float = 0.95, k: Share | Sequence[Share] | None = None, missing: Missing = "leave_out",
                     as_of: dt.date | str | None = None, threads: int = 1, preset: str | None = None,
                     params: Mapping[str, object] | None = None, depth: bool = False, nan_is_missing: bool = False,
                     members: object | None = None, progress: Progress | None = None) -> Table:
        """Counts some of the households, for data on several machines; ``measure_finish`` joins the counts."""
        households, others = Table(table)._native, _native(members)
        cut = _shares(k) if k is not None else None
        return Table._of(run(lambda native: c.need_measure_part(
            self._native, households, threads, _iso(as_of), preset, params_text(params), depth, nan_is_missing, others,
            native, _MISSING[missing], _SINGLE_UNIT[single_unit], level, by, weight, strata, psu, cut), progress))

    def measure_finish(self, parts: object, *, by: str | None = None, weight: str | None = None,
                       strata: str | None = None, psu: str | None = None, single_unit: SingleUnit = "no_error",
                       level: float = 0.95, k: Share | Sequence[Share] | None = None, missing: Missing = "leave_out",
                       preset: str | None = None) -> Measures:
        """The measures of all households, bit for bit those of ``measure``, from the parts put one below the other.

        Give the options that ``measure_part`` was given.
        """
        cut = _shares(k) if k is not None else None
        return Measures(c.need_measure_finish(self._native, Table(parts)._native, preset, _MISSING[missing],
                                              _SINGLE_UNIT[single_unit], level, by, weight, strata, psu, cut))

    def __repr__(self) -> str:
        return f"<govcore.NeedModel {self.id} version {self.version} {self.fingerprint}>"


def alkire_foster(deprivations: object, *, weights: str | Sequence[Share], k: Share | Sequence[Share] = "1/3",
                  by: str | None = None, weight: str | None = None, strata: str | None = None,
                  psu: str | None = None, single_unit: SingleUnit = "no_error", level: float = 0.95,
                  columns: Sequence[str] | None = None, missing: Missing = "leave_out") -> Measures:
    """Measures from a table of deprivations, one column of booleans or 0/1 an indicator.

    ``weights`` are exact: text, Fractions, or ints taken as numerators over their sum. ``weight``, ``strata`` and
    ``psu`` name the columns of a survey's design; ``single_unit`` says what a stratum of one unit counts.
    """
    names = ",".join(columns) if columns is not None else None
    return Measures(c.need_alkire_foster(Table(deprivations)._native, _weights(weights), names, _MISSING[missing],
                                         _SINGLE_UNIT[single_unit], level, by, weight, strata, psu, _shares(k)))


def gaps(gaps: object, *, weights: str | Sequence[Share], k: Share | Sequence[Share] = "1/3", by: str | None = None,
         weight: str | None = None, strata: str | None = None, psu: str | None = None,
         single_unit: SingleUnit = "no_error", level: float = 0.95, columns: Sequence[str] | None = None) -> Table:
    """M0, M1 and M2 from gaps of 0 (not deprived) to 1, one column an indicator: group, k, and each with its error."""
    names = ",".join(columns) if columns is not None else None
    return Table._of(c.need_gaps(Table(gaps)._native, _weights(weights), names, _SINGLE_UNIT[single_unit], level, by,
                                 weight, strata, psu, _shares(k)))


def measure_merge(parts: object) -> Table:
    """Parts of ``NeedModel.measure_part``, put one below the other, in fewer rows: to be merged again, or finished."""
    return Table._of(c.need_measure_merge(Table(parts)._native))
