"""Tables: the one form in which data enters and leaves the library."""

from __future__ import annotations

import datetime as dt
import html
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from . import _govcore as c
from ._build import table_from_dict
from ._run import Progress, run

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Column", "Table", "read_csv"]

_HEAD_ROWS = 10
_UNITS = {"s": 1, "m": 1_000, "u": 1_000_000, "n": 1_000_000_000}
_UNIT_NAMES = {"s": "s", "m": "ms", "u": "us", "n": "ns"}
_EPOCH = dt.date(1970, 1, 1)
_EPOCH_NAIVE = dt.datetime(1970, 1, 1)
_EPOCH_UTC = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)

# Type codes of array.array for the types whose values are numbers (booleans as bytes of 0 and 1).
_TYPECODES = {
    c.GOV_TYPE_BOOL: "B", c.GOV_TYPE_INT8: "b", c.GOV_TYPE_INT16: "h", c.GOV_TYPE_INT32: "i", c.GOV_TYPE_INT64: "q",
    c.GOV_TYPE_UINT8: "B", c.GOV_TYPE_UINT16: "H", c.GOV_TYPE_UINT32: "I", c.GOV_TYPE_UINT64: "Q",
    c.GOV_TYPE_FLOAT32: "f", c.GOV_TYPE_FLOAT64: "d", c.GOV_TYPE_DATE: "i", c.GOV_TYPE_TIMESTAMP: "q",
}


def _zeros(code: str, count: int) -> array[Any]:
    return array(code, bytes(array(code).itemsize * count))


def _zone_of(name: str) -> dt.tzinfo:
    if name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[-2:])
        offset = dt.timedelta(hours=hours, minutes=minutes)
        return dt.timezone(offset if name[0] == "+" else -offset)
    if name == "UTC":
        return dt.timezone.utc
    import zoneinfo
    return zoneinfo.ZoneInfo(name)


class Column(Sequence[Any]):
    """One column of a table, to read: a sequence of Python values, ``None`` where a value is missing."""

    __slots__ = ("_native", "_index", "name", "type", "_kind", "_rows")

    def __init__(self, native: c.NativeTable, index: int) -> None:
        self._native = native
        self._index = index
        self._kind = c.table_type(native, index)
        self._rows = c.table_rows(native)
        self.name: str = c.table_name(native, index) or ""
        self.type: str = self._type_name()

    def _type_name(self) -> str:
        name = c.gov_type_name(self._kind) or ""
        if self._kind != c.GOV_TYPE_TIMESTAMP:
            return name
        zone = c.table_timezone(self._native, self._index)
        return f"{name}[{_UNIT_NAMES[self._unit()]}{', ' + zone if zone else ''}]"

    def _unit(self) -> str:
        return chr(c.table_unit(self._native, self._index))

    @property
    def null_count(self) -> int:
        """Number of missing values."""
        return int(c.table_null_count(self._native, self._index))

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            first, stop, step = index.indices(self._rows)
            if step == 1:
                return self._values(first, max(0, stop - first))
            return self.to_list()[index]
        row = index + self._rows if index < 0 else index
        if not 0 <= row < self._rows:
            raise IndexError(f"row {index} of {self._rows}")
        return self._values(row, 1)[0]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.to_list())

    def __repr__(self) -> str:
        head = ", ".join(repr(value) for value in self._values(0, min(self._rows, _HEAD_ROWS)))
        more = ", …" if self._rows > _HEAD_ROWS else ""
        return f"<govcore.Column {self.name!r} {self.type} × {self._rows}: {head}{more}>"

    def to_list(self) -> list[Any]:
        """All values: int, float, bool, str, date, datetime or ``None``."""
        return self._values(0, self._rows)

    def valid(self) -> bytes:
        """One byte a row: 1 where a value is present, 0 where it is missing."""
        return bytes(self._valid(0, self._rows))

    def to_array(self) -> array[Any]:
        """The values as they lie in memory, with the buffer protocol (``numpy.asarray`` copies nothing more).

        Dates are days and timestamps units since 1970; a missing value is whatever lies there: see ``valid``.
        """
        return self._raw(0, self._rows)

    def _valid(self, first: int, count: int) -> bytearray:
        valid = bytearray(count)
        c.table_copy_valid(self._native, self._index, first, valid)
        return valid

    def _raw(self, first: int, count: int) -> array[Any]:
        if self._kind not in _TYPECODES:
            raise TypeError(f"column {self.name!r} of type {self.type} is not an array of numbers")
        values = _zeros(_TYPECODES[self._kind], count)
        c.table_copy_raw(self._native, self._index, first, count, values)
        return values

    def _texts(self, first: int, count: int) -> list[Any]:
        text = bytearray(c.table_text_size(self._native, self._index, first, count))
        offsets = _zeros("q", count + 1)
        c.table_copy_texts(self._native, self._index, first, text, offsets)
        return [str(text[offsets[i]:offsets[i + 1]], "utf-8") for i in range(count)]

    def _values(self, first: int, count: int) -> list[Any]:
        if self._kind == c.GOV_TYPE_NULL:
            return [None] * count
        values = self._texts(first, count) if self._kind == c.GOV_TYPE_UTF8 else self._convert(first, count)
        if self.null_count == 0:
            return values
        return [value if ok else None for value, ok in zip(values, self._valid(first, count))]

    def _convert(self, first: int, count: int) -> list[Any]:
        raw = self._raw(first, count)
        if self._kind == c.GOV_TYPE_BOOL:
            return [value != 0 for value in raw]
        if self._kind == c.GOV_TYPE_DATE:
            valid = self._valid(first, count)
            return [_EPOCH + dt.timedelta(days=days) if ok else None for days, ok in zip(raw, valid)]
        if self._kind == c.GOV_TYPE_TIMESTAMP:
            return self._datetimes(raw, self._valid(first, count))
        return raw.tolist()

    def _datetimes(self, raw: array[int], valid: bytearray) -> list[Any]:
        """Nanoseconds are cut to microseconds, the finest that datetime has."""
        per_second = _UNITS[self._unit()]
        name = c.table_timezone(self._native, self._index)
        zone = _zone_of(name) if name else None
        values: list[Any] = []
        for units, ok in zip(raw, valid):
            if not ok:
                values.append(None)
                continue
            step = dt.timedelta(seconds=units // per_second,
                                microseconds=units % per_second * 1_000_000 // per_second)
            values.append(_EPOCH_NAIVE + step if zone is None else (_EPOCH_UTC + step).astimezone(zone))
        return values


class Table:
    """An immutable table of typed columns.

    ``Table(obj)`` takes any object with ``__arrow_c_stream__`` (pandas with pyarrow, polars, DuckDB, pyarrow,
    nanoarrow, another ``Table``) or a mapping of column names to lists or arrays. Missing values are ``None``.
    A table exports ``__arrow_c_stream__`` itself, so the same libraries read it without a copy.
    """

    __slots__ = ("_native", "__weakref__")
    _native: c.NativeTable

    def __init__(self, data: object) -> None:
        if isinstance(data, Table):
            self._native = data._native
        elif hasattr(data, "__arrow_c_stream__"):
            stream = data.__arrow_c_stream__()
            self._native = run(lambda native: c.table_import_arrow(stream, native))
        elif isinstance(data, Mapping):
            self._native = table_from_dict(data)
        else:
            raise TypeError(f"a Table is made of an object with __arrow_c_stream__ or of a mapping of columns, "
                            f"not of {type(data).__name__}")

    @classmethod
    def _of(cls, native: c.NativeTable) -> Table:
        table = cls.__new__(cls)
        table._native = native
        return table

    # --- What it holds ---

    def __len__(self) -> int:
        return int(c.table_rows(self._native))

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in their order."""
        return [c.table_name(self._native, i) or "" for i in range(c.table_columns(self._native))]

    @property
    def schema(self) -> dict[str, str]:
        """Type of each column, by name: ``{"code": "utf8", "day": "date"}``."""
        return {column.name: column.type for column in self._columns()}

    @property
    def shape(self) -> tuple[int, int]:
        return len(self), int(c.table_columns(self._native))

    def _columns(self) -> list[Column]:
        return [Column(self._native, i) for i in range(c.table_columns(self._native))]

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    @overload
    def __getitem__(self, key: str) -> Column: ...
    @overload
    def __getitem__(self, key: slice) -> Table: ...
    def __getitem__(self, key: str | slice) -> Column | Table:
        """``t["code"]`` is a column; ``t[10:20]`` the rows of a stretch, sharing memory."""
        if isinstance(key, str):
            return Column(self._native, c.table_find(self._native, key))
        if not isinstance(key, slice):
            raise TypeError("a table is indexed by a column's name or by a slice of rows")
        first, stop, step = key.indices(len(self))
        if step != 1:
            raise ValueError("a slice of a table has step 1")
        return Table._of(c.table_slice(self._native, first, max(0, stop - first)))

    def select(self, names: Sequence[str]) -> Table:
        """The named columns, in the order given, sharing memory."""
        return Table._of(c.table_select(self._native, list(names)))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Row by row, each a dict. For looking at a few; columns are the fast way."""
        columns = self.to_dict()
        for i in range(len(self)):
            yield {name: values[i] for name, values in columns.items()}

    # --- Where it goes ---

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Arrow's PyCapsule protocol. A requested schema is not followed: consumers cast."""
        capsule = c.arrow_stream_new()
        c.table_export_arrow(self._native, 0, capsule)
        return capsule

    def to_dict(self) -> dict[str, list[Any]]:
        return {column.name: column.to_list() for column in self._columns()}

    def to_arrow(self) -> pyarrow.Table:
        import pyarrow
        return pyarrow.table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas.DataFrame (by pyarrow)."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        import polars
        return polars.DataFrame(self)

    @overload
    def to_csv(self, path: None = None) -> str: ...
    @overload
    def to_csv(self, path: str | os.PathLike[str]) -> None: ...
    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Writes UTF-8 to ``path``, whole or not at all; without a path the text is returned."""
        if path is None:
            return c.table_format_csv(self._native)
        c.table_write_csv(self._native, os.fspath(path))
        return None

    def to_json(self) -> str:
        """An array of one object a row; dates as ISO 8601 text."""
        return c.table_format_json(self._native)

    # --- How it looks ---

    def __repr__(self) -> str:
        rows, columns = self.shape
        lines = [f"<govcore.Table {rows} rows × {columns} columns>"]
        head = self[:_HEAD_ROWS]
        for column in head._columns():
            values = ", ".join("·" if value is None else str(value) for value in column)
            lines.append(f"  {column.name} ({column.type}): {values}{', …' if rows > _HEAD_ROWS else ''}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = self[:_HEAD_ROWS]
        names = "".join(f"<th>{html.escape(n)}<br><small>{html.escape(t)}</small></th>" for n, t in head.schema.items())
        columns = list(head.to_dict().values())
        rows = "".join("<tr>" + "".join(f"<td>{'' if column[i] is None else html.escape(str(column[i]))}</td>"
                                        for column in columns) + "</tr>" for i in range(len(head)))
        return (f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"
                f"<small>{len(self)} rows × {len(columns)} columns</small>")


def read_csv(path: str | os.PathLike[str], *, encoding: str = "auto", delimiter: str = ",",
             types: Mapping[str, str] | None = None, progress: Progress | None = None) -> Table:
    """Reads a CSV file whose first line names the columns.

    UTF-8 with or without BOM, or GB18030 (``encoding="auto"`` tells them apart). A column has the type that
    ``types`` names (``{"code": "utf8", "day": "date"}``), or the narrowest that all its values have; digits
    with a leading zero stay text, so that codes survive. An empty unquoted field is missing.
    """
    if len(delimiter.encode()) != 1:
        raise ValueError("the delimiter is one ASCII character")
    stated = ",".join(f"{name}:{kind}" for name, kind in types.items()) if types else None
    return Table._of(run(lambda native: c.table_read_csv(os.fspath(path), encoding, ord(delimiter), stated, native),
                         progress))
