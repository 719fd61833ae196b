"""Series as the library takes them."""

from __future__ import annotations

from array import array
from typing import Any


def _plain(y: Any) -> Any:
    """A series of polars or pyarrow, or one of pandas with gaps, as a list with ``None`` for what is missing."""
    if hasattr(y, "isna"):
        missing = y.isna()
        return [None if gap else value for gap, value in zip(missing, y)] if missing.any() else y.to_numpy("float64")
    for name in ("to_pylist", "to_list"):
        if hasattr(y, name):
            return getattr(y, name)()
    return y


def series(y: object) -> tuple[Any, bytes | None]:
    """The values and, where some are missing, one byte each; arrays of doubles pass as they are.

    In a pandas object NaN is what a missing value looks like; anywhere else it is an error.
    """
    y = _plain(y)
    if isinstance(y, (list, tuple)) and any(value is None for value in y):
        valid = bytes(value is not None for value in y)
        return array("d", (0.0 if value is None else float(value) for value in y)), valid
    return y, None


def doubles(y: object) -> tuple[array[float], bytes | None]:
    """The same as an array of doubles, whatever it was."""
    values, valid = series(y)
    return array("d", values), valid


def zeros(n: int) -> array[float]:
    return array("d", bytes(8 * n))


def choice(choices: dict[str, int], value: str, what: str) -> int:
    try:
        return choices[value]
    except KeyError:
        raise ValueError(f"{what} is one of {', '.join(choices)}, not {value!r}") from None
