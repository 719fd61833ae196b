"""The Mann-Kendall family and Sen's slope against pymannkendall 1.4.3, and R's trend, Kendall and modifiedmk.

1e-12 relative. pymannkendall's p is 1 - cdf, which ends at the last digit of 1 (4e-16 absolute); Kendall computes in
single precision (1e-6)."""
import csv
import ctypes
import json
import math
import re

from _native import D, I, INT, Report, call, doubles, pointer, struct

Options = struct("Options", [("method", ctypes.c_int), ("without_slope", INT), ("alpha", D), ("lag", I), ("period", I)])
Result = struct("Result", [("trend", INT), ("h", INT), ("factor_refused", INT), ("n", I), ("p", D), ("z", D),
                           ("tau", D), ("s", D), ("var_s", D), ("factor", D), ("slope", D), ("intercept", D)])
SenOptions = struct("SenOptions", [("alpha", D)])
SenResult = struct("SenResult", [("n", I), ("pairs", I), ("slope", D), ("intercept", D), ("slope_low", D),
                                 ("slope_high", D)])
METHODS = {"original": (0, 0), "hamed_rao": (1, 0), "hamed_rao_lag3": (1, 3), "yue_wang": (2, 0),
           "yue_wang_lag1": (2, 1), "prewhitening": (3, 0), "tfpw": (4, 0), "seasonal_p12": (5, 0),
           "correlated_seasonal_p12": (6, 0)}
TRENDS = {"increasing": 1, "decreasing": -1, "no trend": 0}


def arrays(values):
    """Values with NaN as missing: the array, validity bytes and the length."""
    there = [not math.isnan(v) for v in values]
    y = doubles(v if ok else 0.0 for v, ok in zip(values, there))
    return y, (ctypes.c_uint8 * len(there))(*there), len(values)


def mann_kendall(values, method=0, lag=0, period=12):
    y, valid, n = arrays(values)
    r = Result()
    call("gov_mann_kendall", y, pointer(valid), I(n),
         ctypes.byref(Options(method=method, lag=lag, period=period)), ctypes.byref(r))
    return r


def columns(rows, name):
    y, valid, n = arrays([v for row in rows for v in row])
    r = Result()
    shape = [I(len(rows))] if name.endswith("partial") else [I(len(rows)), I(len(rows[0]))]
    call(name, y, pointer(valid), *shape, None, ctypes.byref(r))
    return r


def sen(values, period=0):
    y, valid, n = arrays(values)
    r = SenResult()
    if period:
        call("gov_seasonal_sen_slope", y, pointer(valid), I(n), I(period), None, ctypes.byref(r))
    else:
        call("gov_sen_slope", y, pointer(valid), I(n), None, ctypes.byref(r))
    return r


def number(text):
    return math.nan if text.strip() in ("", "NA", "nan", "NaN") else float(text)


def lines(path):
    with open(path) as f:
        return [[number(v) for v in line.split(",")] for line in f if line.strip()]


def column(path, name):
    with open(path, newline="") as f:
        return [number(row[name]) for row in csv.DictReader(f)]


def same_as_python(report, claim, got, want):
    report.equal("%s: trend" % claim, got.trend, TRENDS[want["trend"]])
    report.near("%s: p" % claim, [got.p], [want["p"]], 1e-12, 4e-16)
    report.near("%s: z, tau, s, var_s, slope, intercept" % claim,
                [got.z, got.tau, got.s, got.var_s, got.slope, got.intercept],
                [want[k] for k in ("z", "Tau", "s", "var_s", "slope", "intercept")], 1e-12)


def pymannkendall(report):
    expected = report.path("trend", "mann-kendall", "pymannkendall_expected.json")
    if expected is None:
        return
    with open(expected) as f:
        expected = json.load(f)
    files = {"arbitrary_1d": "pymk_arbitrary_1d.csv", "airpassengers": "airpassengers.csv",
             "daily_female_births": "daily_female_births.csv", "shampoo": "shampoo.csv"}
    for name, file in files.items():
        path = report.path("trend", "mann-kendall", file)
        if path is None:
            continue
        y = [row[0] for row in lines(path)]
        for case, (method, lag) in METHODS.items():
            same_as_python(report, "%s, %s" % (name, case), mann_kendall(y, method, lag), expected[name][case])
        for case, period in (("sens_slope", 0), ("seasonal_sens_slope_p12", 12)):
            if case in expected[name]:
                r, want = sen(y, period), expected[name][case]
                report.near("%s, %s" % (name, case), [r.slope, r.intercept], [want["slope"], want["intercept"]], 1e-12)
    path = report.path("trend", "mann-kendall", "pymk_arbitrary_2d.csv")
    if path is not None:
        rows = lines(path)
        for case, function in (("regional", "regional"), ("multivariate", "regional"),
                               ("correlated_multivariate", "correlated"), ("partial", "partial")):
            same_as_python(report, "arbitrary_2d, %s" % case, columns(rows, "gov_mann_kendall_" + function),
                           expected["arbitrary_2d"][case])


def sections(path):
    """The R log by heading."""
    with open(path) as f:
        parts = re.split(r"^### (.*?)\s*$", f.read(), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2]))


def value(text, name):
    return float(re.search(re.escape(name) + r"\s*=\s*(\S+)", text).group(1))


def table(text):
    """modifiedmk prints a named vector in lines of names and lines of numbers."""
    numbers = r"-?\d+\.\d+(?:e[-+]\d+)?"
    names, values = [], []
    for line in text.strip().split("\n"):
        found = re.findall(numbers, line)
        if found and not re.search(r"[A-Za-df-z]", line):
            values += map(float, found)
        else:
            names += re.split(r"\s{2,}", line.strip())
    return dict(zip(names, values))


def r_packages(report):
    path = report.path("trend", "mann-kendall", "R_trend_expected.txt")
    if path is None:
        return
    log = sections(path)
    data = {}
    for key, file, name in (("Nile", "R_Nile.csv", "x"), ("maxau s", "R_trend_maxau.csv", "s"),
                            ("maxau Q", "R_trend_maxau.csv", "Q"), ("PagesData", "R_trend_PagesData.csv", "x"),
                            ("nottem", "R_nottem.csv", "x"), ("PrecipGL", "R_Kendall_PrecipGL.csv", "x"),
                            ("GuelphP", "R_Kendall_GuelphP.csv", "x")):
        file = report.path("trend", "mann-kendall", file)
        if file is not None:
            data[key] = column(file, name)
    for key in ("Nile", "maxau s", "maxau Q", "PagesData"):
        text, r = log["mk.test(%s)" % key], mann_kendall(data[key])
        report.near("trend::mk.test(%s): z, p, S, varS" % key, [r.z, r.p, r.s, r.var_s],
                    [value(text, n) for n in ("z", "p.value :", "S", "varS")], 1e-12)
    for key in ("Nile", "maxau s", "PagesData"):
        text, r = log["sens.slope(%s)" % key], sen(data[key])
        low, high = re.search(r"conf.int : =(\S+) =(\S+)", text).groups()
        report.near("trend::sens.slope(%s): slope, interval" % key, [r.slope, r.slope_low, r.slope_high],
                    [value(text, "Sen's slope"), float(low), float(high)], 1e-12)
    for case, method in (("smk.test(nottem)", 5), ("csmk.test(nottem)", 6)):
        text, r = log[case], mann_kendall(data["nottem"], method)
        report.near("trend::%s: z, p, S, varS" % case, [r.z, r.p, r.s, r.var_s],
                    [value(text, n) for n in ("z", "p.value :", "S", "varS")], 1e-12)
    report.near("trend::sea.sens.slope(nottem)", [sen(data["nottem"], 12).slope],
                [float(log["sea.sens.slope(nottem)"].split()[1])], 1e-12)
    text = log["partial.mk.test(s,Q)"]
    r = columns(list(zip(data["maxau s"], data["maxau Q"])), "gov_mann_kendall_partial")
    report.near("trend::partial.mk.test: z, p, S, varS", [r.z, r.p, r.s, r.var_s],
                [value(text, n) for n in ("z", "p.value :", "S", "varS")], 1e-12)
    path = report.path("trend", "mann-kendall", "R_trend_hcb.csv")
    if path is not None:
        rows = list(zip(*(column(path, c) for c in ("we", "ka", "mz", "ko", "bh", "bi"))))
        text, r = log["mult.mk.test(hcb)"], columns(rows, "gov_mann_kendall_correlated")
        report.near("trend::mult.mk.test(hcb): z, p, S, varS", [r.z, r.p, r.s, r.var_s],
                    [value(text, n) for n in ("z", "p.value :", "S", "varS")], 1e-12)
    kendall(report, log, data)
    modifiedmk(report, log, data)


def kendall(report, log, data):
    for case, key, method in (("Kendall::MannKendall(PrecipGL)", "PrecipGL", 0),
                              ("Kendall::SeasonalMannKendall(nottem)", "nottem", 5),
                              ("Kendall::SeasonalMannKendall(GuelphP) (has NA)", "GuelphP", 5)):
        found = [float(v) for v in re.findall(r"-?\d\.\d+e[-+]\d+", log[case])]
        r = mann_kendall(data[key], method)
        report.near("%s: S, varS" % case, [r.s, r.var_s], [found[2], found[4]], 1e-6)


def modifiedmk(report, log, data):
    # mmky1lag is left out: it sums the lags of an AR(1) process with that first lag, which is another estimator.
    cases = (("mmkh(%s)", 1, 0), ("mmkh3lag(%s)", 1, 3), ("mmky(%s)", 2, 0))
    for pattern, method, lag in cases:
        for key in ("Nile", "maxau s"):
            text = log.get(pattern % key)
            if text is not None:
                want, r = table(text), mann_kendall(data[key], method, lag)
                report.near("modifiedmk::" + pattern % key + ": Z, p, N/N*, slope", [r.z, r.p, r.factor, r.slope],
                            [want[n] for n in ("Corrected Zc", "new P-value", "N/N*", "Sen's slope")], 1e-12)
    for pattern, method in (("pwmk(%s)", 3), ("tfpwmk(%s)", 4)):
        for key in ("Nile", "maxau s"):
            want, r = table(log[pattern % key]), mann_kendall(data[key], method)
            report.near("modifiedmk::" + pattern % key + ": Z, p, S, Var(S), Tau", [r.z, r.p, r.s, r.var_s, r.tau],
                        [want[n] for n in ("Z-Value", "P-value", "S", "Var(S)", "Tau")], 1e-12)


def main():
    report = Report()
    pymannkendall(report)
    r_packages(report)
    report.end()


main()
