"""govcore: the data core of grassroots governance.

Tables in, tables out: ``Table`` and ``read_csv`` meet pandas, polars, DuckDB and pyarrow by the Arrow C stream.
A need score helps to find people to help; it is not a decision on eligibility.
"""

from __future__ import annotations

from . import _govcore
from ._errors import GovCancelled, GovError, GovKeyError, GovMemoryError, GovOSError, GovValueError
from ._table import Column, Table, read_csv

__all__ = [
    "Column", "GovCancelled", "GovError", "GovKeyError", "GovMemoryError", "GovOSError", "GovValueError", "Table",
    "__version__", "read_csv",
]

__version__: str = _govcore.gov_version() or ""
