"""Risk trends: is a series rising, when did it change, and is its newest count higher than its past lets expect?

A series is any sequence or array of numbers; ``None`` is a missing value, a NaN is an error that names its place.
Too few values, or values that are all equal, raise ``GovValueError`` with the code ``GOV_E_NO_DATA``.
"""

from __future__ import annotations

from ._alarms import AlarmQuality, ears, essence, evaluate, farrington
from ._change import Pettitt, RunLengths, binary_segmentation, bocpd, pelt, pettitt
from ._control import (
    cusum,
    cusum_run_length,
    cusum_tabular,
    ewma,
    ewma_run_length,
    glr,
    outbreak_p,
    shewhart,
    shewhart_xbar,
)
from ._exponential import CountForecast, Ets, HoltWinters, count_forecast, ets, holt_winters
from ._fdr import bh
from ._forecast import (
    Forecast,
    count_exceed,
    count_quantile,
    coverage,
    crps_count,
    crps_normal,
    croston,
    forecast,
    mase,
    wis,
)
from ._intervention import Intervention, its
from ._meters import Meters
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
from ._panel import Panel, reports
from ._seasonal import Decomposition, mstl, stl
from ._sensors import Exempt, Slots, WatchRules
from ._state import TrendState

__all__ = [
    "AlarmQuality", "CountForecast", "Decomposition", "Ets", "Exempt", "Forecast", "HoltWinters", "Intervention",
    "MannKendall", "Meters", "Panel", "Pettitt", "RunLengths", "SenSlope", "Slots", "TrendState", "WatchRules", "bh", "binary_segmentation",
    "bocpd", "count_exceed", "count_forecast", "count_quantile", "coverage", "croston", "crps_count", "crps_normal", "cusum",
    "cusum_run_length", "cusum_tabular", "ears", "essence", "ets", "evaluate", "ewma", "ewma_run_length", "farrington",
    "forecast", "glr", "holt_winters", "its", "mann_kendall", "mann_kendall_correlated", "mann_kendall_partial",
    "mann_kendall_regional", "mase", "mstl", "outbreak_p", "pelt", "pettitt", "reports", "seasonal_sen_slope", "sen_slope",
    "shewhart", "shewhart_xbar", "stl", "wis",
]
