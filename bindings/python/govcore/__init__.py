"""govcore: the data core of grassroots governance.

Tables in, tables out: ``Table`` and ``read_csv`` meet pandas, polars, DuckDB and pyarrow by the Arrow C stream.
A need score helps to find people to help; it is not a decision on eligibility.
"""

from __future__ import annotations

from . import _govcore, code, geo, need, trend
from ._errors import GovCancelled, GovError, GovKeyError, GovMemoryError, GovOSError, GovValueError
from ._features import HouseholdExplanation, NeedFeatures
from ._report import report
from ._store import ImportReport, Store, Verification, publish_counts
from ._table import Column, Table, read_csv
from .need import Explanation, Measures, NeedModel
from .trend import Panel

__all__ = [
    "Column", "Explanation", "GovCancelled", "GovError", "GovKeyError", "GovMemoryError", "GovOSError",
    "GovValueError", "HouseholdExplanation", "ImportReport", "Measures", "NeedFeatures", "NeedModel", "Panel", "Store", "Table", "Verification",
    "__version__", "code", "geo", "need", "publish_counts", "read_csv", "report", "trend",
]

__version__: str = _govcore.gov_version() or ""
