"""Python values to columns: lists, arrays, NumPy arrays."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from . import _govcore as c

__all__ = ["add_texts", "table_from_dict"]

_EPOCH = dt.date(1970, 1, 1)
_EPOCH_NAIVE = dt.datetime(1970, 1, 1)
_EPOCH_UTC = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
_MICROSECOND = dt.timedelta(microseconds=1)

# Item formats of the buffer protocol, by kind and size.
_INTEGERS = {1: c.GOV_TYPE_INT8, 2: c.GOV_TYPE_INT16, 4: c.GOV_TYPE_INT32, 8: c.GOV_TYPE_INT64}
_UNSIGNED = {1: c.GOV_TYPE_UINT8, 2: c.GOV_TYPE_UINT16, 4: c.GOV_TYPE_UINT32, 8: c.GOV_TYPE_UINT64}
_NATIVE_ORDER = "@=<"


def table_from_dict(data: Mapping[str, object]) -> c.NativeTable:
    """A table of one column a key; values are sequences of one length."""
    builder = c.builder_new()
    for column, (name, values) in enumerate(data.items()):
        if not isinstance(name, str):
            raise TypeError(f"a column's name must be str, not {type(name).__name__}")
        if not _add_buffer(builder, column, name, values):
            _add_values(builder, column, name, _to_list(name, values))
    return c.builder_finish(builder)


def _to_list(name: str, values: object) -> list[Any]:
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise TypeError(f"column {name!r} must be a sequence of values, not {type(values).__name__}")
    return list(values)


def _buffer_type(view: memoryview) -> int | None:
    code = view.format.lstrip(_NATIVE_ORDER)
    if len(code) != 1 or view.ndim != 1 or not view.c_contiguous:
        return None
    if code == "?":
        return c.GOV_TYPE_BOOL
    if code in "bhilqn":
        return _INTEGERS.get(view.itemsize)
    if code in "BHILQN":
        return _UNSIGNED.get(view.itemsize)
    return {"f": c.GOV_TYPE_FLOAT32, "d": c.GOV_TYPE_FLOAT64}.get(code)


def _add_buffer(builder: c.NativeTableBuilder, column: int, name: str, values: Any) -> bool:
    """Adds what has a buffer of numbers, as it is; False for everything else."""
    if getattr(getattr(values, "dtype", None), "kind", "") == "M":
        return _add_datetime64(builder, column, name, values)
    if isinstance(values, (str, bytes)):
        return False
    try:
        view = memoryview(values)
    except (TypeError, ValueError, BufferError):
        return False
    kind = _buffer_type(view)
    if kind is None:
        return False
    c.builder_raw(builder, name, kind, view, None)
    return True


def _add_datetime64(builder: c.NativeTableBuilder, column: int, name: str, values: Any) -> bool:
    """NumPy's datetime64: days are dates, finer units timestamps, NaT is missing."""
    unit = str(values.dtype).partition("[")[2].rstrip("]")
    units = {"D": (c.GOV_TYPE_DATE, None), "s": (c.GOV_TYPE_TIMESTAMP, "s:"), "ms": (c.GOV_TYPE_TIMESTAMP, "m:"),
             "us": (c.GOV_TYPE_TIMESTAMP, "u:"), "ns": (c.GOV_TYPE_TIMESTAMP, "n:")}
    if unit not in units or not hasattr(values, "view"):
        return False
    numbers = array("q", values.view("int64").tolist())
    missing = -(2**63)
    valid = bytes(number != missing for number in numbers)
    kind, zone = units[unit]
    c.builder_timed(builder, column, name, kind, zone, array("q", (n if n != missing else 0 for n in numbers)), valid)
    return True


def _add_values(builder: c.NativeTableBuilder, column: int, name: str, values: list[Any]) -> None:
    present = [value for value in values if value is not None]
    valid = None if len(present) == len(values) else bytes(value is not None for value in values)
    kinds = {_kind(name, value) for value in present}
    if kinds == {"int", "float"}:
        kinds = {"float"}
    if len(kinds) > 1:
        raise TypeError(f"column {name!r} mixes values of different kinds: {', '.join(sorted(kinds))}")
    kind = kinds.pop() if kinds else "null"
    if kind == "null":
        c.builder_nulls(builder, column, name, len(values))
    elif kind == "bool":
        c.builder_raw(builder, name, c.GOV_TYPE_BOOL, bytes(bool(value) for value in values), valid)
    elif kind == "int":
        numbers = array("q", (int(value) if value is not None else 0 for value in values))
        c.builder_int64s(builder, name, numbers, valid)
    elif kind == "float":
        floats = array("d", (float(value) if value is not None else 0.0 for value in values))
        c.builder_doubles(builder, name, floats, valid)
    elif kind == "str":
        add_texts(builder, column, name, values)
    elif kind == "date":
        days = array("q", ((value - _EPOCH).days if value is not None else 0 for value in values))
        c.builder_timed(builder, column, name, c.GOV_TYPE_DATE, None, days, valid)
    else:
        _add_datetimes(builder, column, name, values, present, valid)


def _kind(name: str, value: object) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "bool"
    if isinstance(value, str):
        return "str"
    if isinstance(value, dt.datetime):
        return "datetime"
    if isinstance(value, dt.date):
        return "date"
    if hasattr(value, "__index__"):
        return "int"
    if hasattr(value, "__float__"):
        return "float"
    raise TypeError(f"column {name!r} holds a {type(value).__name__}, which is not a kind of value of a table")


def add_texts(builder: c.NativeTableBuilder, column: int, name: str, values: list[str | None]) -> None:
    """The ``column``-th column of a table that is being built, of texts."""
    valid = bytes(value is not None for value in values)
    texts = [value.encode() if value is not None else b"" for value in values]
    offsets = array("q", accumulate(map(len, texts), initial=0))
    c.builder_texts(builder, column, name, b"".join(texts), offsets, valid)


def _zone(value: dt.datetime) -> str:
    """The zone as Arrow names it: a region, or an offset such as +08:00."""
    if value.tzinfo is None:
        return ""
    key = getattr(value.tzinfo, "key", None)
    if isinstance(key, str):
        return key
    offset = value.utcoffset() or dt.timedelta()
    if not offset:
        return "UTC"
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _add_datetimes(builder: c.NativeTableBuilder, column: int, name: str, values: list[dt.datetime | None],
                   present: list[dt.datetime], valid: bytes | None) -> None:
    zones = {_zone(value) for value in present}
    if len(zones) > 1:
        raise TypeError(f"column {name!r} mixes time zones: {', '.join(sorted(repr(zone) for zone in zones))}")
    zone = zones.pop()
    epoch = _EPOCH_UTC if zone else _EPOCH_NAIVE
    units = array("q", ((value - epoch) // _MICROSECOND if value is not None else 0 for value in values))
    c.builder_timed(builder, column, name, c.GOV_TYPE_TIMESTAMP, f"u:{zone}", units, valid)
