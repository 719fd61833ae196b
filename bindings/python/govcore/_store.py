"""The store: grids, entities, events and results in one file, with their history."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, TypeVar

from . import _govcore as c
from ._features import HouseholdExplanation, NeedFeatures
from ._run import Progress, run
from ._table import Table
from .geo import Datum
from .need import NeedModel, params_text
from .trend._panel import Panel, frequency_of, gaps_of

__all__ = ["ImportReport", "Store", "Verification", "publish_counts"]

FieldClass = Literal["public", "internal", "personal", "sensitive"]
View = Literal["assistance", "dwelling", "registered"]
"""Households who live together (the ones that are scored), of one dwelling, or registered together."""
_CLASSES: dict[str, int] = {"public": c.GOV_FIELDS_PUBLIC, "internal": c.GOV_FIELDS_INTERNAL,
                            "personal": c.GOV_FIELDS_PERSONAL, "sensitive": c.GOV_FIELDS_SENSITIVE}
_UNKNOWN: dict[str, int] = {"refuse": c.GOV_UNKNOWN_REFUSE, "ignore": c.GOV_UNKNOWN_IGNORE,
                            "declare": c.GOV_UNKNOWN_DECLARE}
_TYPES: dict[str, int] = {"int64": c.GOV_TYPE_INT64, "float64": c.GOV_TYPE_FLOAT64, "bool": c.GOV_TYPE_BOOL,
                          "utf8": c.GOV_TYPE_UTF8, "date": c.GOV_TYPE_DATE, "timestamp": c.GOV_TYPE_TIMESTAMP}
_T = TypeVar("_T")
Day = dt.date | str
Moment = dt.datetime | str


def _day(value: Day | None) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _moment(value: Moment | None) -> str | None:
    """UTC, as the store writes it; a datetime without a zone is taken as UTC."""
    if not isinstance(value, dt.datetime):
        return value
    if value.tzinfo is not None:
        value = value.astimezone(dt.timezone.utc).replace(tzinfo=None)
    return value.isoformat()


def _shown(show: FieldClass | None) -> int:
    if show is not None and show not in _CLASSES:
        raise ValueError(f"show is one of {', '.join(_CLASSES)}, not {show!r}")
    return c.GOV_FIELDS_DEFAULT if show is None else _CLASSES[show]


def _when(value: Moment | Day | None) -> str | None:
    return _moment(value) if isinstance(value, dt.datetime) else _day(value)


def _texts(values: Sequence[object]) -> list[str | None]:
    return [None if value is None else str(value) for value in values]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``rows`` = added + changed + unchanged + rejected."""

    rows: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    ended: int
    """Records that a complete import did not name."""
    placed: int
    """Rows that were given a grid."""
    unplaced: int
    """Rows recorded without a grid; each is a row of ``issues``."""
    misplaced: int
    """Rows that name another grid than the one they lie in; each is a row of ``issues``."""
    conflicts: int
    """Cells that another source contradicts; each is a row of ``issues``, and the rows go in. See ``Store.conflicts``."""
    digest: str
    """Equal for a dry run and its commit."""
    dry_run: bool
    issues: Table
    """One row a wrong cell, and for what was noted: line, row, column, code, reason_zh, reason_en, expected, value,
    source (of a conflict: the other one), noted (the row goes in all the same)."""

    @property
    def causes(self) -> Table:
        """The issues by cause, the most frequent first: column, code, reason_zh, reason_en, cells, rejected, first_line,
        first_row. The cells add up to the issues, the rejected to ``rejected``."""
        return Table._of(c.import_causes(self.issues._native))

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={getattr(self, name)}" for name in ("rows", "added", "changed", "unchanged", "rejected", "conflicts",
                                                                        "ended") if getattr(self, name) or name == "rows")
        return f"ImportReport({counts}{', dry run' if self.dry_run else ''}; {len(self.issues)} issues)"


@dataclass(frozen=True, slots=True)
class Verification:
    """The chain of changes holds. Keep ``head`` elsewhere: it shows whether the tail was cut off."""

    changes: int
    versions: int
    erased: int
    head: str


class Store:
    """One store file, opened by an actor with a scope. A context manager; threads may share it, one call at a time.

    Every read may ask for any day (``as_of``) as it was known at any moment (``recorded``): see the method
    ``as_of``. Do not open the file with Python's ``sqlite3`` meanwhile: two copies of SQLite in one process lose
    each other's locks. ``sql`` asks any question.
    """

    __slots__ = ("_handle", "_lock", "_valid", "_recorded")
    _handle: c.NativeStore | None

    def __init__(self, handle: c.NativeStore, lock: threading.Lock, valid: str | None, recorded: str | None) -> None:
        self._handle = handle
        self._lock = lock
        self._valid = valid
        self._recorded = recorded

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, actor: str, scope: str | None = None,
             fields: FieldClass = "internal", create: bool = False, read_only: bool = False) -> Store:
        """``scope`` is the code of the grid whose subtree the actor sees, ``fields`` the highest class in clear."""
        if fields not in _CLASSES:
            raise ValueError(f"fields is one of {', '.join(_CLASSES)}, not {fields!r}")
        return cls(c.store_open(os.fspath(path), create, read_only, _CLASSES[fields], actor, scope), threading.Lock(),
                   None, None)

    def close(self) -> None:
        """Closes this view; the file is closed with its last view, reader and running call. Closing twice is harmless."""
        self._handle = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def _native(self) -> c.NativeStore:
        if self._handle is None:
            raise ValueError("the store is closed")
        return self._handle

    def _long(self, call: Callable[[c.NativeStore, c.NativeRun], _T], progress: Progress | None = None) -> _T:
        native = self._native()
        with self._lock:
            return run(lambda native_run: call(native, native_run), progress)

    def _short(self, call: Callable[[c.NativeStore], _T]) -> _T:
        native = self._native()
        with self._lock:
            return call(native)

    def as_of(self, valid: Day | None = None, recorded: Moment | None = None) -> Store:
        """The same store, read as of a day in the world and a moment in the store."""
        return Store(self._native(), self._lock, _day(valid) or self._valid, _moment(recorded) or self._recorded)

    @property
    def layout(self) -> int:
        """Number of the file's layout."""
        return int(self._short(c.store_layout))

    # --- What it holds ---

    def fields(self, kind: str | None = None) -> Table:
        """The fields of a kind, or of all: type, unit, class, labels in Chinese and English."""
        return Table._of(self._short(lambda native: c.store_fields(native, kind)))

    def add_field(self, kind: str, name: str, type: str = "utf8", *, fields: FieldClass = "personal",
                  unit: str | None = None, code_set: str | None = None, scheme: str | None = None,
                  references: str | None = None, zh: str | None = None, en: str | None = None) -> None:
        """An extension field, kept in the store."""
        if type not in _TYPES:
            raise ValueError(f"type is one of {', '.join(_TYPES)}, not {type!r}")
        self._short(lambda native: c.store_field_add(native, kind, name, _TYPES[type], _CLASSES[fields], unit,
                                                     code_set, scheme, references, zh, en))

    def import_table(self, kind: str, table_or_path: object, *, mapping: str | os.PathLike[str] | None = None,
                     dry_run: bool = False, strict: bool = False,
                     complete: bool = False, unknown: Literal["refuse", "ignore", "declare"] = "refuse", as_of: Day | None = None,
                     source: str | None = None, reason: str | None = None, encoding: str | None = None,
                     delimiter: str = ",", datum: Datum | None = None,
                     place: str | None = None, place_kind: str | None = None, place_code: str | None = None,
                     progress: Progress | None = None) -> ImportReport:
        """Imports a file (streamed) or a table, all in one transaction. Wrong rows are left out and reported.

        A file is CSV, or GeoJSON if its name ends in ``.geojson`` or ``.json``. ``datum`` says what places are given
        in; they are kept as CGCS2000.

        Rows that name no grid get one: the grid of the level ``place`` (and ``place_kind``) that has their lon and lat in
        its boundary on the day from which they hold; rows without lon and lat the grid whose code the field
        ``place_code`` begins with. What lies in none is recorded without a grid and reported.

        ``mapping`` is a YAML file that says how columns and codes become those of the kind.
        ``complete``: the rows are all grids there are from ``as_of`` on; those that are not among them end on that day.
        """
        out = c.NativeImportResult()
        policy, day = _UNKNOWN[unknown], _day(as_of)
        rules = os.fspath(mapping) if mapping is not None else None
        if isinstance(table_or_path, (str, os.PathLike)):
            path = os.fspath(table_or_path)
            issues = self._long(lambda native, native_run: c.store_import_file(
                native, kind, path, path.endswith((".geojson", ".json")), dry_run, strict, complete, policy, day, source,
                reason, rules, datum, place, place_kind, place_code, encoding, ord(delimiter), native_run, out), progress)
        else:
            table = Table(table_or_path)._native
            issues = self._long(lambda native, native_run: c.store_import_table(
                native, kind, table, dry_run, strict, complete, policy, day, source, reason, rules, datum, place, place_kind,
                place_code, native_run, out),
                progress)
        return ImportReport(out.rows, out.added, out.changed, out.unchanged, out.rejected, out.ended, out.placed,
                            out.unplaced, out.misplaced, out.conflicts, out.digest, dry_run, Table._of(issues))

    # --- Questions ---

    def query(self, kind: str, *, where: str | None = None, values: Sequence[object] = (),
              columns: Sequence[str] | None = None, grid: str | None = None, limit: int = 0,
              progress: Progress | None = None) -> Table:
        """One row a record. ``where`` is an SQL expression over the kind's columns, with ``?1`` for ``values``."""
        texts, names = _texts(values), list(columns) if columns is not None else None
        return Table._of(self._long(lambda native, native_run: c.store_query(
            native, kind, self._valid, self._recorded, grid, where, texts, names, limit, native_run), progress))

    def read(self, kind: str, *, rows: int = 65536, where: str | None = None, values: Sequence[object] = (),
             columns: Sequence[str] | None = None, grid: str | None = None) -> Iterator[Table]:
        """The same in batches of ``rows``, in constant memory."""
        texts, names = _texts(values), list(columns) if columns is not None else None
        reader = self._short(lambda native: c.store_read(native, kind, self._valid, self._recorded, grid, where,
                                                         texts, names, 0))
        while len(batch := Table._of(self._short(lambda _: c.reader_next(reader, rows)))):
            yield batch

    def sql(self, text: str, values: Sequence[object] = (), *, progress: Progress | None = None) -> Table:
        """Any SELECT over the kinds, inside the scope, read only."""
        texts = _texts(values)
        return Table._of(self._long(lambda native, native_run: c.store_sql(
            native, text, texts, self._valid, self._recorded, native_run), progress))

    def count(self, kind: str, *, level: str | None = None, grid: str | None = None, where: str | None = None,
              values: Sequence[object] = (), tree: str | None = None) -> Table:
        """Records by grid, with roll-up on the tree of the day: code, name, level, kind, parent, own, total, shared.

        Records of a split grid are counted where they lie, or shared out by the parts' shares: ``shared`` of ``total``
        are. ``tree`` counts on another tree: it is the predicate (``placed_in``) of relations from records to grids.
        """
        texts = _texts(values)
        return Table._of(self._short(lambda native: c.store_count(native, kind, level, self._valid, self._recorded,
                                                                  grid, where, texts, tree)))

    def find(self, scheme: str, value: str) -> Table:
        """The records that an identifier belongs to: kind and key."""
        return Table._of(self._short(lambda native: c.store_find(native, scheme, value, self._valid,
                                                                 self._recorded)))

    def history(self, kind: str, key: str) -> Table:
        """Every version of a record, in the order they were recorded."""
        return Table._of(self._short(lambda native: c.store_history(native, kind, key)))

    def near(self, kind: str, lon: float, lat: float, *, radius: float = 300.0, where: str | None = None,
             values: Sequence[object] = (), grid: str | None = None, limit: int = 0) -> Table:
        """Records within ``radius`` metres of a point, the nearest first; radius 0: the ``limit`` nearest."""
        texts = _texts(values)
        return Table._of(self._short(lambda native: c.store_near(native, kind, lon, lat, radius, self._valid,
                                                                 self._recorded, grid, where, texts, limit)))

    def cover(self, level: str, *, points: str | None = None, where: str | None = None, values: Sequence[object] = (),
              grid: str | None = None, progress: Progress | None = None) -> Table:
        """Faults in the boundaries of a level's grids: overlaps, gaps, slivers, self-intersections, with their ground.

        ``points`` names a kind whose records are listed as orphans if they lie in none of the boundaries.
        """
        texts = _texts(values)
        return Table._of(self._long(lambda native, native_run: c.store_cover(
            native, level, points, self._valid, self._recorded, grid, where, texts, native_run), progress))

    def neighbours(self, level: str, *, progress: Progress | None = None) -> Table:
        """Which grids of a level touch: grid, neighbour, border_metres (0: only in a point), both directions."""
        return Table._of(self._long(lambda native, native_run: c.store_neighbours(
            native, level, self._valid, self._recorded, native_run), progress))

    def quality(self, kind: str) -> Table:
        """What is missing, there twice or contradicts itself, by field and source."""
        return Table._of(self._short(lambda native: c.store_quality(native, kind, self._valid, self._recorded)))

    def conflicts(self, kind: str | None = None, *, grid: str | None = None, where: str | None = None,
                  values: Sequence[object] = (), limit: int = 0, progress: Progress | None = None) -> Table:
        """What sources do not agree on: one row a source of a field of a record, with the value, what was chosen and why."""
        texts = _texts(values)
        return Table._of(self._long(lambda native, native_run: c.store_conflicts(
            native, kind, self._valid, self._recorded, grid, where, texts, limit, native_run), progress))

    def rank_source(self, source: str, rank: int, *, kind: str | None = None, field: str | None = None,
                    basis: str | None = None) -> None:
        """States whom to believe: 1 comes first, 0 takes the rank away. What is contested is decided anew.

        ``query("authority")`` lists the order; importing the kind ``authority`` states it whole.
        """
        self._short(lambda native: c.store_rank_source(native, source, kind, field, rank, basis))

    def last_readings(self, asked: object = None, *, at: Moment | Day | None = None, source: str | None = None,
                      progress: Progress | None = None) -> Table:
        """The last observation of each series before ``at``: a day (to its end) or a moment in UTC, by default now.

        ``asked`` has the columns subject and maybe subject_kind ("person"), variable and at; None: every series.
        """
        table, moment = None if asked is None else Table(asked)._native, _when(at)
        return Table._of(self._long(lambda native, native_run: c.store_last_readings(
            native, table, moment, self._recorded, source, native_run), progress))

    def windows(self, seconds: int | dt.timedelta, asked: object = None, *, at: Moment | Day | None = None,
                source: str | None = None, progress: Progress | None = None) -> Table:
        """count, sum, mean, min, max, last and last_time of the values in [at - seconds, at), one row a series."""
        table, moment = None if asked is None else Table(asked)._native, _when(at)
        length = int(seconds.total_seconds()) if isinstance(seconds, dt.timedelta) else seconds
        return Table._of(self._long(lambda native, native_run: c.store_windows(
            native, table, length, moment, self._recorded, source, native_run), progress))

    def export(self, kind: str, key: str) -> str:
        """All that is recorded about one record and refers to it, as JSON."""
        return self._short(lambda native: c.store_export(native, kind, key)) or ""

    def forget(self, kind: str, key: str, *, reason: str | None = None) -> int:
        """Erases all that ``export`` gives; the chain still holds. Returns the number of versions erased."""
        return int(self._short(lambda native: c.store_forget(native, kind, key, reason)))

    def verify(self, *, progress: Progress | None = None) -> Verification:
        """Walks the chain of changes. ``GovError`` with the code GOV_E_CORRUPT names the first row that was altered."""
        out = c.NativeVerifyResult()
        self._long(lambda native, native_run: c.store_verify(native, native_run, out), progress)
        return Verification(out.changes, out.versions, out.erased, out.head)

    # --- Reorganisation of grids ---

    def rollup(self, figures: object, *, taken_on: Day | None = None, level: str | None = None,
               grid: str | None = None) -> Table:
        """Figures by grid (grid, value, maybe day) on the tree of the day that is read, carried by the lineage.

        What cannot be told apart on that tree is in a last row without a code, so that nothing is lost.
        """
        table, day = Table(figures)._native, _day(taken_on)
        return Table._of(self._short(lambda native: c.store_rollup(native, table, day, level, self._valid,
                                                                   self._recorded, grid)))

    def reorganise(self, changes: object, *, on: Day, reason: str | None = None) -> int:
        """Splits, merges, new codes and names from a day on (from_grid, to_grid, share, name, level …), all or nothing.

        Returns the number of the act, for ``undo``.
        """
        table, day = Table(changes)._native, _day(on)
        return int(self._short(lambda native: c.store_reorganise(native, table, day, reason)))

    def derive_lineage(self, first: Day, last: Day, *, dry_run: bool = False,
                       progress: Progress | None = None) -> Table:
        """What became of the grids between two days' trees; what it is sure of is recorded, the rest is listed."""
        days = _day(first), _day(last)
        return Table._of(self._long(lambda native, native_run: c.store_derive_lineage(
            native, days[0], days[1], dry_run, native_run), progress))

    def undo(self, act: int, *, reason: str | None = None) -> None:
        """Takes back an act; both stay in the log."""
        self._short(lambda native: c.store_undo(native, act, reason))

    def acts(self) -> Table:
        """act, at, actor, what, source, reason, changes."""
        return Table._of(self._short(c.store_acts))

    # --- Models and trends ---

    def features(self, model: NeedModel, *, as_of: Day, view: View = "assistance", grid: str | None = None,
                 features: NeedFeatures | None = None, progress: Progress | None = None) -> Table:
        """The inputs of a model for every household, derived from persons, memberships, relations and observations."""
        texts, own = [_day(as_of), grid, view], features._native if features is not None else None
        return Table._of(self._long(lambda native, native_run: c.pipeline_features(
            native, model._native, texts, own, native_run), progress))

    def score(self, model: NeedModel, *, as_of: Day, view: View = "assistance", grid: str | None = None,
              features: NeedFeatures | None = None, show: FieldClass | None = None, write: bool = True,
              threads: int = 1, preset: str | None = None, params: Mapping[str, object] | None = None,
              depth: bool = False, progress: Progress | None = None) -> Table:
        """Scores the households of the store as of a day, and records the scores with the model's fingerprint.

        What is above the class ``show`` has no values. Only households of the view "assistance" are recorded.
        """
        texts, own = [_day(as_of), grid, view], features._native if features is not None else None
        stated, shown = params_text(params), _shown(show)
        return Table._of(self._long(lambda native, native_run: c.pipeline_score(
            native, model._native, texts, own, shown, not write, threads, preset, stated, depth, native_run), progress))

    def explain(self, model: NeedModel, household: str, *, as_of: Day, view: View = "assistance",
                features: NeedFeatures | None = None, show: FieldClass | None = None, preset: str | None = None,
                params: Mapping[str, object] | None = None, depth: bool = False) -> HouseholdExplanation:
        """Why a household has its score: every value with its day and source, what to ask next, which services fit."""
        texts, own = [_day(as_of), None, view], features._native if features is not None else None
        stated, shown = params_text(params), _shown(show)
        return HouseholdExplanation(self._short(lambda native: c.pipeline_explain(
            native, model._native, household, texts, own, shown, preset, stated, depth)))

    def unmet(self, model: NeedModel, *, as_of: Day, grid: str | None = None, features: NeedFeatures | None = None,
              show: FieldClass | None = None, threads: int = 1, preset: str | None = None,
              params: Mapping[str, object] | None = None, progress: Progress | None = None) -> Table:
        """Households in need with services that fit and are not recorded as received (应享未享), one row a service."""
        texts, own = [_day(as_of), grid, None], features._native if features is not None else None
        stated, shown = params_text(params), _shown(show)
        return Table._of(self._long(lambda native, native_run: c.pipeline_unmet(
            native, model._native, texts, own, shown, threads, preset, stated, False, native_run), progress))

    def unmet_by_grid(self, model: NeedModel, *, as_of: Day, level: str | None = "street", threshold: int = 5,
                      grid: str | None = None, features: NeedFeatures | None = None, threads: int = 1,
                      preset: str | None = None, params: Mapping[str, object] | None = None,
                      progress: Progress | None = None) -> Table:
        """How many of them by grid and service; numbers below ``threshold`` are hidden."""
        texts, own = [_day(as_of), grid, None], features._native if features is not None else None
        stated = params_text(params)
        return Table._of(self._long(lambda native, native_run: c.pipeline_unmet_by_grid(
            native, model._native, level, threshold, texts, own, threads, preset, stated, False, native_run), progress))

    def trend(self, *, freq: str, gaps: Literal["zero", "missing"] = "zero", as_of: Day, level: str | None = None,
              first: Day | None = None, grid: str | None = None, write: bool = True, threads: int = 1,
              alpha: float = 0.05, progress: Progress | None = None) -> Table:
        """Trends in the events, one series for each grid of ``level`` and class, recorded as findings."""
        frequency, policy, days = frequency_of(freq), gaps_of(gaps), (_day(first), _day(as_of))
        return Table._of(self._long(lambda native, native_run: c.pipeline_trend(
            native, frequency, policy, level, days[0], days[1], grid, not write, threads, alpha, native_run), progress))

    def panel(self, *, freq: str, gaps: Literal["zero", "missing"] = "zero", as_of: Day, level: str | None = None,
              first: Day | None = None, grid: str | None = None, progress: Progress | None = None) -> Panel:
        """The panel that ``trend`` analyses, with the label columns grid and class, for every other method of panels."""
        frequency, policy, days = frequency_of(freq), gaps_of(gaps), (_day(first), _day(as_of))
        made = object.__new__(Panel)
        made._native = self._long(lambda native, native_run: c.pipeline_counts(
            native, frequency, policy, level, days[0], days[1], grid, native_run), progress)
        return made


def publish_counts(counts: object, *, threshold: int = 5) -> Table:
    """Hides the small cells of a table of counts (area, category, count), so that totals do not give them away."""
    return Table._of(c.publish_counts(Table(counts)._native, threshold))
