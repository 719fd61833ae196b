"""Identifiers and code sets of grassroots governance, masks, pseudonyms and the working calendar.

A code that is refused raises ``GovValueError`` with the position (``column``, from 1) and a sentence that says why; the
message never repeats the code, which may be personal. Whole columns are judged by ``check``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from . import _govcore as c
from ._run import Progress, run
from ._table import Table

__all__ = [
    "Calendar", "CitizenId", "CodeItem", "CreditCode", "Division", "GridCode", "ObjectCode", "Pseudonym", "anonymity",
    "check", "citizen_id", "citizen_ids", "component_code", "credit_code", "division", "event_class", "grid_code", "items",
    "lookup", "make_grid_code", "mask", "mask_column", "pseudonym", "sets", "suppress",
]

_EPOCH = dt.date(1970, 1, 1)
_EPOCH_TIME = dt.datetime(1970, 1, 1)
_MICROSECOND = dt.timedelta(microseconds=1)

GridProfile = Literal["community12", "cell15", "cjt349_20", "custom"]
ObjectProfile = Literal["gbt30428", "cjt214"]
_GRID_PROFILES: dict[str, int] = {"community12": c.GOV_GRID_COMMUNITY12, "cell15": c.GOV_GRID_CELL15,
                                  "cjt349_20": c.GOV_GRID_CJT349_20, "custom": c.GOV_GRID_CUSTOM}
_OBJECT_PROFILES: dict[str, int] = {"gbt30428": c.GOV_OBJECT_GBT30428, "cjt214": c.GOV_OBJECT_CJT214}
_LEVELS = ["", "province", "prefecture", "county", "street", "community"]
_STREET_TYPES = [None, "street", "town", "township", "quasi"]
_KINDS: dict[str, int] = {
    "citizen_id": c.GOV_CODE_CITIZEN_ID, "credit_code": c.GOV_CODE_CREDIT_CODE, "division": c.GOV_CODE_DIVISION,
    "grid_code": c.GOV_CODE_GRID_CODE, "component_code": c.GOV_CODE_COMPONENT_CODE,
    "event_class": c.GOV_CODE_EVENT_CLASS, "set": c.GOV_CODE_SET,
}
_LIMIT_UNITS: dict[str, int] = {"urgent_hour": c.GOV_LIMIT_URGENT_HOUR, "working_hour": c.GOV_LIMIT_WORKING_HOUR,
                                "working_day": c.GOV_LIMIT_WORKING_DAY, "clock_hour": c.GOV_LIMIT_CLOCK_HOUR}


def _choice(choices: dict[str, int], value: str, what: str) -> int:
    try:
        return choices[value]
    except KeyError:
        raise ValueError(f"{what} is one of {', '.join(choices)}, not {value!r}") from None


def _iso(day: dt.date | str | None) -> str | None:
    return day.isoformat() if isinstance(day, dt.date) else day


@dataclass(frozen=True, slots=True)
class CitizenId:
    """GB 11643-1999. ``sex`` is that of GB/T 2261.1: 1 male, 2 female."""

    text: str
    division: str
    birth: dt.date
    sex: int
    upgraded: bool
    """From the 15 digits of 1989."""

    def age(self, on: dt.date) -> int:
        """Completed years on a day; someone born on 29 February is a year older on 1 March of a common year."""
        native = c.NativeCitizenId()
        c.code_citizen_id(self.text, 0, 0, None, None, native)
        return int(c.code_citizen_id_age(native, (on - _EPOCH).days))


@dataclass(frozen=True, slots=True)
class CreditCode:
    """GB 32100-2015."""

    text: str
    authority: str
    type: str
    division: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Division:
    """A division by GB/T 2260 and the statistical codes."""

    code: str
    full: str
    """12 digits."""
    level: str
    """province, prefecture, county, street or community."""
    street_type: str | None
    parent: str | None


@dataclass(frozen=True, slots=True)
class GridCode:
    """A grid code, read by a profile."""

    text: str
    profile: str
    community: str
    parent: str
    sequence: int
    object: str
    merged: bool


@dataclass(frozen=True, slots=True)
class ObjectCode:
    """A component (部件) or the class of an event (事件)."""

    text: str
    profile: str
    division: str
    big_class: str
    subclass: str
    sequence: int
    extension: bool


@dataclass(frozen=True, slots=True)
class CodeItem:
    """A permitted value. ``certainty``: C confirmed, S seen in use, R recalled and to be verified, P proposed here."""

    set: str
    code: str
    zh: str
    en: str
    source: str
    certainty: str


def citizen_id(text: str, *, accept_lower_x: bool = False, accept_15: bool = False,
               born_not_after: dt.date | str | None = None, born_not_before: dt.date | str | None = None) -> CitizenId:
    """Reads a citizen id, or says why it is refused."""
    out = c.NativeCitizenId()
    c.code_citizen_id(text, accept_lower_x, accept_15, _iso(born_not_after), _iso(born_not_before), out)
    return CitizenId(out.text, out.division, _EPOCH + dt.timedelta(days=out.birth), out.sex, out.upgraded != 0)


def credit_code(text: str, *, accept_lower_case: bool = False, skip_inner_check: bool = False) -> CreditCode:
    """Reads a unified social credit code, or says why it is refused."""
    out = c.NativeCreditCode()
    c.code_credit_code(text, accept_lower_case, skip_inner_check, out)
    return CreditCode(out.text, out.authority, out.type, out.division, out.organisation)


def division(text: str) -> Division:
    """Reads a division code of 2 to 12 digits. Whether the division exists on a date is the store's knowledge."""
    out = c.NativeDivision()
    c.code_division(text, out)
    return Division(out.code, out.full, _LEVELS[out.level], _STREET_TYPES[out.street_type], out.parent or None)


def grid_code(text: str, *, profile: GridProfile = "cell15", sequence_digits: int = 0) -> GridCode:
    """Reads a grid code. No public text fixes one form for the country, so the profile is the caller's to state."""
    out = c.NativeGridCode()
    c.code_grid_code(text, _choice(_GRID_PROFILES, profile, "profile"), sequence_digits, out)
    return GridCode(out.text, profile, out.community, out.parent, out.sequence, out.object, out.merged != 0)


def make_grid_code(community: str, sequence: int = 0, *, profile: GridProfile = "cell15", sequence_digits: int = 0,
                   object: str | None = None) -> str:
    """The code of a new grid; a sequence that does not fit its digits is refused."""
    out = c.NativeGridCode()
    c.code_grid_code_make(_choice(_GRID_PROFILES, profile, "profile"), sequence_digits, object, community, sequence, out)
    return str(out.text)


def component_code(text: str, *, profile: ObjectProfile = "gbt30428") -> ObjectCode:
    """Reads the 16 digits of a component."""
    out = c.NativeObjectCode()
    c.code_component_code(text, _choice(_OBJECT_PROFILES, profile, "profile"), out)
    return _object_code(out, profile)


def event_class(text: str, *, profile: ObjectProfile = "gbt30428") -> ObjectCode:
    """Reads the class of an event."""
    out = c.NativeObjectCode()
    c.code_event_class(text, _choice(_OBJECT_PROFILES, profile, "profile"), out)
    return _object_code(out, profile)


def _object_code(out: c.NativeObjectCode, profile: str) -> ObjectCode:
    return ObjectCode(out.text, profile, out.division, out.big_class, out.subclass, out.sequence, out.extension != 0)


def check(table: object, column: str, kind: str, *, set: str | None = None, refused_only: bool = False,
          level: str | None = None, grid_profile: GridProfile = "cell15", sequence_digits: int = 0,
          object_profile: ObjectProfile = "gbt30428", threads: int = 1, progress: Progress | None = None) -> Table:
    """Judges a whole column: row, valid, reason, position, message_zh, message_en."""
    native = Table(table)._native
    number = _choice(_KINDS, kind, "kind")
    wanted = _LEVELS.index(level) if level else 0
    grid = _choice(_GRID_PROFILES, grid_profile, "grid_profile")
    obj = _choice(_OBJECT_PROFILES, object_profile, "object_profile")
    return Table._of(run(lambda native_run: c.code_check(native, column, number, threads, refused_only, wanted, grid,
                                                         sequence_digits, obj, set, native_run), progress))


def citizen_ids(table: object, column: str, *, as_of: dt.date | str | None = None, accept_lower_x: bool = False,
                accept_15: bool = False) -> Table:
    """What the ids of a column say: id, division, birth, sex and, with ``as_of``, age."""
    return Table._of(c.code_citizen_ids(Table(table)._native, column, accept_lower_x, accept_15, _iso(as_of)))


def lookup(set: str, code: str) -> CodeItem:
    """One item of a code set."""
    out = c.NativeCodeItem()
    c.code_lookup(set, code, out)
    return CodeItem(out.set or "", out.code or "", out.zh or "", out.en or "", out.source or "", out.certainty or "")


def items(set: str | None = None) -> Table:
    """The items of one code set, or of all: set, code, zh, en, source, certainty."""
    return Table._of(c.code_items(set))


def sets() -> Table:
    """The code sets: set, title_zh, title_en, source, items."""
    return Table._of(c.code_sets())


def mask(kind: str, text: str, *, strict: bool = False, keep_first: int = 0, keep_last: int = 0,
         band_years: int = 0) -> str:
    """A text with part of it hidden. ``kind``: citizen_id, phone, name, address, birth, account, plate or text."""
    out = bytearray(4 * len(text) + 64)
    size = c.code_mask(kind, text, strict, keep_first, keep_last, band_years, out)
    return str(out[:size], "utf-8")


def mask_column(table: object, column: str, kind: str, *, strict: bool = False, keep_first: int = 0,
                keep_last: int = 0, band_years: int = 0) -> Table:
    """One column, masked."""
    return Table._of(c.code_mask_column(Table(table)._native, column, kind, strict, keep_first, keep_last, band_years))


def suppress(table: object, row: str, column: str | None, count: str, *, threshold: int = 0,
             progress: Progress | None = None) -> Table:
    """Counts by two keys, for publishing with their totals: row, column, count, why.

    Counts under ``threshold`` (default 5) are hidden (missing), and as many others as are needed so that none can be
    computed. A missing key is a total. ``column`` None: the table has one column. Do not publish ``why``.
    """
    native = Table(table)._native
    return Table._of(run(lambda native_run: c.code_suppress(native, row, column, count, threshold, native_run), progress))


def anonymity(table: object, names: Sequence[str], *, sensitive: str | None = None) -> Table:
    """For each row, how many rows share its values of ``names``: class, size and, with ``sensitive``, distinct.

    The least ``size`` is the table's k (k-anonymity), the least ``distinct`` its l (l-diversity).
    """
    return Table._of(c.code_anonymity(Table(table)._native, list(names), sensitive))


class Pseudonym:
    """A keyed code in place of an identifier (HMAC-SHA-256 or HMAC-SM3), so that tables can be joined without it.

    ``key`` is 32 random bytes or more and stays with the caller; ``domain`` separates purposes.
    """

    __slots__ = ("_native",)

    def __init__(self, key: bytes, *, domain: str = "", algorithm: Literal["sha256", "sm3"] = "sha256",
                 encoding: Literal["base32", "hex"] = "base32", bytes: int = 0) -> None:
        self._native = c.pseudonym_new(key, domain, _choice({"sha256": 0, "sm3": 1}, algorithm, "algorithm"),
                                       _choice({"base32": 0, "hex": 1}, encoding, "encoding"), bytes)

    def __call__(self, text: str) -> str:
        out = bytearray(65)
        return str(out[:c.pseudonym_make(self._native, text, out)], "ascii")

    def column(self, table: object, column: str) -> Table:
        """One column, each text in its place; missing stays missing."""
        return Table._of(c.pseudonym_column(self._native, Table(table)._native, column))


def pseudonym(key: bytes, text: str, *, domain: str = "", algorithm: Literal["sha256", "sm3"] = "sha256") -> str:
    """The pseudonym of one text. For many, make one ``Pseudonym``."""
    return Pseudonym(key, domain=domain, algorithm=algorithm)(text)


class Calendar:
    """Which days and hours are worked. Holidays and shifted days (调休) are the caller's data, nothing is built in.

    ``exceptions`` has the columns day (date) and working (bool). ``hours`` such as ``"08:30-12:00,13:00-17:30"``;
    ``week`` names the working days of a week, Monday first: ``"1111100"``.
    """

    __slots__ = ("_native",)

    def __init__(self, exceptions: object | None = None, *, week: str = "1111100", hours: str | None = None,
                 urgent_hours: str | None = None) -> None:
        if len(week) != 7 or week.strip("01"):
            raise ValueError("week is seven digits 0 or 1, Monday first")
        bits = sum(1 << i for i, day in enumerate(week) if day == "1")
        native = Table(exceptions)._native if exceptions is not None else None
        self._native = c.calendar_new(native, bits, hours, urgent_hours)

    def is_working(self, day: dt.date) -> bool:
        return bool(c.calendar_is_working(self._native, (day - _EPOCH).days))

    def add_days(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after a day, which itself is not counted."""
        return _EPOCH + dt.timedelta(days=c.calendar_add_days(self._native, (day - _EPOCH).days, n))

    def days_between(self, first: dt.date, last: dt.date) -> int:
        """Working days after ``first`` up to and with ``last``."""
        return int(c.calendar_days_between(self._native, (first - _EPOCH).days, (last - _EPOCH).days))

    def deadline(self, start: dt.datetime, amount: float, unit: str) -> dt.datetime:
        """When a limit runs out. ``unit``: urgent_hour, working_hour, working_day or clock_hour."""
        moment = c.calendar_deadline(self._native, (start - _EPOCH_TIME) // _MICROSECOND, amount,
                                     _choice(_LIMIT_UNITS, unit, "unit"))
        return _EPOCH_TIME + dt.timedelta(microseconds=moment)

    def elapsed(self, first: dt.datetime, last: dt.datetime, unit: str) -> dt.timedelta:
        """Time that counts in ``unit`` between two moments of the local clock."""
        return dt.timedelta(microseconds=c.calendar_elapsed(
            self._native, (first - _EPOCH_TIME) // _MICROSECOND, (last - _EPOCH_TIME) // _MICROSECOND,
            _choice(_LIMIT_UNITS, unit, "unit")))
