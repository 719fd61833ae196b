"""Exceptions. Every failure of the library becomes one of these, with its place."""

from __future__ import annotations

__all__ = ["GovError", "GovValueError", "GovKeyError", "GovOSError", "GovMemoryError", "GovCancelled"]


class GovError(Exception):
    """What went wrong and where.

    ``code`` is the name of the status (``"GOV_E_RANGE"``). ``row`` counts a table's rows from 0; ``line`` and
    ``column`` a text file's lines and characters from 1; ``name`` is the column, key or code in question.
    What does not apply is ``None``.
    """

    code: str
    message: str
    row: int | None
    line: int | None
    column: int | None
    extended: int | None
    name: str | None
    file: str | None

    def __init__(self, message: str, *, code: str = "GOV_E_INTERNAL", row: int | None = None,
                 line: int | None = None, column: int | None = None, extended: int | None = None,
                 name: str | None = None, file: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.row = row
        self.line = line
        self.column = column
        self.extended = extended
        self.name = name
        self.file = file

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        for label in ("line", "column", "row"):
            value = getattr(self, label)
            if value is not None:
                place.append(f"{label} {value}")
        if self.name:
            place.append(repr(self.name))
        return f"{self.message} ({', '.join(place)})" if place else self.message


class GovValueError(GovError, ValueError):
    """An input has the wrong form, type or range."""


class GovKeyError(GovError, KeyError):
    """A column, key, model or code is not known."""

    __str__ = GovError.__str__


class GovOSError(GovError, OSError):
    """A file or a store could not be read or written."""

    __str__ = GovError.__str__


class GovMemoryError(GovError, MemoryError):
    """Memory could not be had."""


class GovCancelled(GovError):
    """The run was cancelled; nothing was left half done."""


_CLASSES: dict[str, type[GovError]] = {
    "GOV_E_MEMORY": GovMemoryError,
    "GOV_E_UNKNOWN_NAME": GovKeyError,
    "GOV_E_REFERENCE": GovKeyError,
    "GOV_E_IO": GovOSError,
    "GOV_E_STORE": GovOSError,
    "GOV_E_CANCELLED": GovCancelled,
    "GOV_E_CORRUPT": GovError,
    "GOV_E_VERSION": GovError,
    "GOV_E_SCOPE": GovError,
    "GOV_E_INTERNAL": GovError,
}


def make(number: int, code: str, message: str, row: int, line: int, column: int, extended: int, name: str,
         file: str) -> GovError:
    """The exception for a ``gov_error``; called by the extension."""
    return _CLASSES.get(code, GovValueError)(
        message or f"status {number}", code=code, row=row if row >= 0 else None, line=line or None,
        column=column or None, extended=extended or None, name=name or None, file=file or None)
