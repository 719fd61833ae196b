"""EARS, Farrington 1996 and Farrington Flexible against R's surveillance 1.20.3: 1e-12 relative."""
import csv
import ctypes
import math

from _native import D, I, INT, P, Report, call, doubles, empty, pointer, struct

Alarms = struct("Alarms", [(k, P) for k in ("alarm", "reason", "expected", "upper", "score")])
Ears = struct("Ears", [("method", ctypes.c_int), ("baseline", I), ("min_sigma", D), ("alpha", D)])
Farrington = struct("Farrington", [(k, ctypes.c_int) for k in ("version", "threshold", "power", "frequency")]
                    + [("start", INT), ("freq", I), ("b", I), ("w", I), ("no_periods", I), ("past_excluded", I),
                       ("weights_threshold", D), ("trend_level", D), ("alpha", D), ("limit_cases", D),
                       ("limit_periods", I), ("without_trend", INT), ("without_weights", INT), ("first", I), ("to", I)])
Fits = struct("Fits", [(k, P) for k in ("p", "phi", "slope", "trend", "downweighted")])
BYTES = ("alarm", "reason")


def judge(y, options, *more):
    """Runs the detector that the options belong to; a dict of lists, NaN where a period was not judged."""
    n = len(y)
    out = {k: (ctypes.c_uint8 * n)() if k in BYTES else empty(n)
           for k in ("alarm", "reason", "expected", "upper", "score", "p", "phi", "slope")}
    alarms = Alarms(**{k: pointer(out[k]) for k in ("alarm", "reason", "expected", "upper", "score")})
    fits = Fits(**{k: pointer(out[k]) for k in ("p", "phi", "slope")})
    if isinstance(options, Ears):
        call("gov_ears", doubles(y), None, I(n), ctypes.byref(options), ctypes.byref(alarms))
    else:
        call("gov_farrington", doubles(y), None, None, I(n), ctypes.byref(options), ctypes.byref(alarms),
             ctypes.byref(fits))
    for key in ("expected", "upper", "score"):
        out[key] = [math.nan if reason else v for v, reason in zip(out[key], out["reason"])]
    return out


def rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def number(text):
    return math.nan if text in ("", "NA") else float(text)


def compare(report, claim, got, want, first, columns, missing=math.nan):
    """`missing` is what R prints where there is no judgement."""
    for theirs, ours in columns.items():
        mine = got[ours][first:first + len(want)]
        printed = [number(row[theirs]) for row in want]
        blank = [math.isnan(a) for a in mine]
        expected = [math.isnan(b) or (b == missing and blank[i]) for i, b in enumerate(printed)]
        if ours == "slope":  # R prints NA where the trend was dropped, here it is 0
            expected = [False] * len(printed)
            printed = [0.0 if math.isnan(b) else b for b in printed]
        report.equal("%s: where %s is missing" % (claim, theirs), blank, expected)
        report.near("%s: %s" % (claim, theirs), [a for a, skip in zip(mine, blank) if not skip],
                    [b for b, skip in zip(printed, blank) if not skip], 1e-12)


FLEXIBLE = {"upperbound": "upper", "alarm": "alarm", "pvalue": "p", "expected": "expected", "phiVector": "phi",
            "score": "score", "trendVector": "slope"}
BOUND = {"upperbound": "upper", "alarm": "alarm"}


def main():
    report = Report()
    series = report.path("trend", "surveillance", "salmonella_agona.csv")
    if series is None:
        report.end()
    y = [float(row["observed"]) for row in rows(series)]
    one = dict(b=4, w=3, no_periods=1, weights_threshold=1, past_excluded=3, trend_level=0.05, alpha=0.1)
    two = dict(b=4, w=3, no_periods=10, weights_threshold=2.58, past_excluded=26, trend_level=1, alpha=0.1)
    cases = (("exp_ff_agona_control1.csv", Farrington(**one), FLEXIBLE),
             ("exp_ff_agona_control2.csv", Farrington(**two), FLEXIBLE),
             ("exp_ff_agona_control2_nbPlugin.csv", Farrington(threshold=1, **two), FLEXIBLE),
             ("exp_ff_agona_control2_muan.csv", Farrington(threshold=2, **two), FLEXIBLE),
             ("exp_farrington1996_agona.csv", Farrington(version=1, b=4, w=3, alpha=0.01), BOUND),
             ("exp_ears_C1_agona_b28_minSigma05.csv", Ears(method=0, baseline=28, min_sigma=0.5), BOUND),
             ("exp_ears_C2_agona_b28_minSigma05.csv", Ears(method=1, baseline=28, min_sigma=0.5), BOUND),
             ("exp_ears_C3_agona_b28_minSigma05.csv", Ears(method=2, baseline=28, min_sigma=0.5), BOUND))
    for file, options, columns in cases:
        path = report.path("trend", "surveillance", file)
        if path is None:
            continue
        want = rows(path)
        compare(report, file[4:-4], judge(y, options), want, len(y) - len(want), columns, missing=0.0)
    report.end()


main()
