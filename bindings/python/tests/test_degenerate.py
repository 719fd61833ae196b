"""Every estimator on inputs that say nothing, or too much: an answer, or an error that says why in words and where."""

import pytest

import govcore as gov

NAN, HUGE = float("nan"), 1e15
INPUTS = {
    "empty": [], "one": [3], "constant": [4] * 60, "all missing": [None] * 60,
    "nan": [1.0, 2.0, NAN] + [3.0] * 57, "huge": [HUGE + t for t in range(60)],
    "negative": [-1] + [2, 3] * 29 + [4], "gaps": [None if t % 9 == 4 else t * 7 % 5 + 1 for t in range(60)],
}
T = gov.trend
ESTIMATORS = {
    "mann_kendall": T.mann_kendall, "hamed_rao": lambda y: T.mann_kendall(y, method="hamed_rao"),
    "yue_wang": lambda y: T.mann_kendall(y, method="yue_wang"),
    "pre_whitening": lambda y: T.mann_kendall(y, method="pre_whitening"),
    "trend_free_pre_whitening": lambda y: T.mann_kendall(y, method="trend_free_pre_whitening"),
    "seasonal": lambda y: T.mann_kendall(y, method="seasonal", period=7),
    "correlated_seasonal": lambda y: T.mann_kendall(y, method="correlated_seasonal", period=7),
    "sen_slope": T.sen_slope, "seasonal_sen_slope": lambda y: T.seasonal_sen_slope(y, 7),
    "ears": T.ears, "ears C3": lambda y: T.ears(y, method="C3"), "essence": T.essence,
    "farrington": lambda y: T.farrington(y, freq=12, b=2, w=1, no_periods=2, past_excluded=2),
    "farrington 1996": lambda y: T.farrington(y, freq=12, b=2, w=1, flexible=False),
    "cusum": lambda y: T.cusum(y, mean=3.0), "cusum baseline": lambda y: T.cusum(y, baseline=20),
    "glr": lambda y: T.glr(y, mean=3.0), "glr baseline": lambda y: T.glr(y, baseline=20),
    "glr nb": lambda y: T.glr(y, mean=3.0, alpha=0.2), "outbreak_p": T.outbreak_p, "ewma": T.ewma,
    "cusum_tabular": T.cusum_tabular, "shewhart c": T.shewhart, "shewhart i": lambda y: T.shewhart(y, kind="i"),
    "stl": lambda y: T.stl(y, period=7), "stl with gaps": lambda y: T.stl(y, period=7, gaps="leave_out"),
    "stl robust": lambda y: T.stl(y, period=7, robust=True), "mstl": lambda y: T.mstl(y, periods=[4, 7]),
    "pelt": T.pelt, "pelt mean": lambda y: T.pelt(y, cost="mean"), "pelt variance": lambda y: T.pelt(y, cost="variance"),
    "pelt mean_variance": lambda y: T.pelt(y, cost="mean_variance"), "binary_segmentation": T.binary_segmentation,
    "pettitt": T.pettitt, "bocpd": T.bocpd, "bocpd normal": lambda y: T.bocpd(y, model="normal"),
    "forecast": lambda y: T.forecast(y, horizon=2), "holt_winters": T.holt_winters,
    "holt_winters season": lambda y: T.holt_winters(y, season="additive", period=7), "ets": T.ets,
    "ets multiplicative": lambda y: T.ets(y, error="multiplicative"), "count_forecast": T.count_forecast,
    "croston": T.croston, "tsb": lambda y: T.croston(y, kind="tsb"), "its": lambda y: T.its(y, change=30),
}


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("kind", INPUTS)
def test_every_estimator_answers_or_says_why(name, kind):
    try:
        ESTIMATORS[name](INPUTS[kind])
    except gov.GovError as error:
        assert error.code in {"GOV_E_NO_DATA", "GOV_E_RANGE", "GOV_E_MISSING", "GOV_E_ARGUMENT"}, error.code
        assert len(str(error).split()) >= 4
        assert error.code != "GOV_E_RANGE" or error.row is not None
        assert error.code != "GOV_E_ARGUMENT" or kind in ("empty", "one"), str(error)
        if kind == "nan":
            assert (error.code, error.row) == ("GOV_E_RANGE", 2)
    else:
        assert kind != "nan"


PANEL = {
    "ears": {}, "essence": {}, "farrington": {"b": 1}, "cusum": {"baseline": 20}, "glr": {"baseline": 20}, "outbreak_p": {},
    "ewma": {}, "shewhart": {}, "bocpd": {}, "stl": {}, "forecast": {"horizon": 1}, "changes": {},
}


@pytest.mark.parametrize("method", PANEL)
def test_a_panel_goes_on_where_one_series_is_refused(method):
    rows = [y for kind, y in INPUTS.items() if len(y) == 60 and kind != "nan"]
    panel = gov.Panel.of_array(rows, first="2021-01-04", freq="week")
    table = getattr(panel, method)(**PANEL[method])
    assert "series" in table.columns
    if "status" in table.columns:
        bad = [(status, reason) for status, reason in zip(table["status"], table["reason"]) if status != "ok"]
        assert bad and all(reason for _, reason in bad)
        assert len(table) == 60 * len(rows)
    one = gov.Panel.of_array([[3]], first="2021-01-04", freq="week")
    if method not in ("cusum", "glr"):
        assert getattr(one, method)(**PANEL[method]) is not None
    found = panel.analyze(wide=True)
    assert len(found) == len(rows) and all(found["text_en"].to_list())
