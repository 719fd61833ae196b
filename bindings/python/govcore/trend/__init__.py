"""Risk trends: is a series rising, when did it change, and is its newest count higher than its past lets expect?

A series is any sequence or array of numbers; ``None`` is a missing value, a NaN is an error that names its place.
Too few values, or values that are all equal, raise ``GovValueError`` with the code ``GOV_E_NO_DATA``.
"""

from __future__ import annotations

from ._alarms import AlarmQuality, ears, essence, evaluate, farrington
from ._change import Pettitt, RunLengths, binary_segmentation, bocpd, pelt, pettitt
from ._fdr import bh
from ._monotonic import (
    MannKendall,
    SenSlope,
    mann_kendall,
    mann_kendall_correlated,
    mann_kendall_partial,
    mann_kendall_regional,
    seasonal_sen_slope,
    sen_slope,
)
from ._panel import Panel
from ._seasonal import Decomposition, mstl, stl

__all__ = [
    "AlarmQuality", "Decomposition", "MannKendall", "Panel", "Pettitt", "RunLengths", "SenSlope", "bh",
    "binary_segmentation", "bocpd", "ears", "essence", "evaluate", "farrington", "mann_kendall",
    "mann_kendall_correlated", "mann_kendall_partial", "mann_kendall_regional", "mstl", "pelt", "pettitt",
    "seasonal_sen_slope", "sen_slope", "stl",
]
