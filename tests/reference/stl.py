"""STL and MSTL against the Fortran reference, R and statsmodels. 1e-9 relative, or 1e-9 of the series' scale where a
part is near 0: R and statsmodels print 15 to 17 digits, but a season near 0 is a difference of large numbers."""
import csv
import ctypes
import math

from _native import D, I, INT, P, Report, call, doubles, empty, integers, pointer, struct

Options = struct("Options", [("robust", INT), ("periodic", INT), ("period", I), ("seasonal", I), ("trend", I),
                             ("low_pass", I), ("seasonal_jump", I), ("trend_jump", I), ("low_pass_jump", I),
                             ("seasonal_degree", INT), ("trend_degree", INT), ("low_pass_degree", INT), ("inner", I),
                             ("outer", I), ("threads", INT), ("run", P)])
Parts = struct("Parts", [("trend", P), ("seasonal", P), ("remainder", P), ("weights", P)])
CONSTANT = 1
TENTH = -1


def stl(y, **options):
    n = len(y)
    parts = {name: empty(n) for name in ("trend", "seasonal", "remainder", "weights")}
    call("gov_stl", doubles(y), None, I(n), ctypes.byref(Options(**options)),
         ctypes.byref(Parts(**{k: pointer(v) for k, v in parts.items()})))
    return parts


def mstl(y, periods, windows=None, **options):
    n = len(y)
    parts = {name: empty(n) for name in ("trend", "remainder")}
    seasons = empty(n * len(periods))
    call("gov_mstl", doubles(y), None, I(n), integers(periods), integers(windows) if windows else None, I(len(periods)),
         I(0), ctypes.byref(Options(**options)), seasons,
         ctypes.byref(Parts(**{k: pointer(v) for k, v in parts.items()})))
    parts["seasons"] = [seasons[k * n:(k + 1) * n] for k in range(len(periods))]
    return parts


def column(path, name, convert=float):
    with open(path, newline="") as f:
        return [convert(row[name]) for row in csv.DictReader(f)]


def r_options(n, period, seasonal=None, robust=False):
    """The options that R's stl() makes of its arguments; seasonal None is "periodic"."""
    def odd(k):
        return k + (k % 2 == 0)
    s = 10 * n + 1 if seasonal is None else seasonal
    t = odd(int(-(-1.5 * period // (1 - 1.5 / s))))
    low = odd(period)
    return dict(period=period, seasonal=0 if seasonal is None else s, periodic=seasonal is None, trend=t, low_pass=low,
                seasonal_degree=CONSTANT, seasonal_jump=TENTH, trend_jump=TENTH, low_pass_jump=TENTH,
                robust=robust, inner=1 if robust else 2, outer=15 if robust else 0)


def main():
    report = Report()

    def compare(claim, parts, expected, y, absolute=1e-9):
        for name, values in expected.items():
            scale = 1 if name == "weights" else max(map(abs, y)) * 1e-2
            report.near("%s: %s" % (claim, name), parts[name], values, 1e-9, absolute * scale)

    base = dict(period=12, seasonal=35, trend=19, low_pass=13, seasonal_jump=4, trend_jump=2, low_pass_jump=2, inner=1,
                outer=2)
    odd = dict(period=12, seasonal=35, trend=19, low_pass=13, seasonal_jump=4, trend_jump=2, low_pass_jump=2)
    scenarios = {
        "baseline": base, "short": base,
        "nljump-1": dict(base, low_pass_jump=1), "ntjump-1": dict(base, trend_jump=1),
        "nljump-1-ntjump-1": dict(base, low_pass_jump=1, trend_jump=1),
        "stlez": dict(odd, inner=2),
        "stlez-robust": dict(odd, inner=1, outer=2),  # stlez stops by itself, here after two passes
    }
    data, results = report.path("trend", "stl", "statsmodels_stl_co2.csv"), report.path(
        "trend", "stl", "statsmodels_stl_test_results.csv")
    if data and results:
        co2 = [float(line) for line in open(data)]
        rows = {}
        with open(results, newline="") as f:
            for row in csv.DictReader(f, skipinitialspace=True):
                row = {k.strip(): v.strip() for k, v in row.items()}
                rows.setdefault(row["scenario"], []).append(row)
        for name, options in scenarios.items():
            y = co2[:-1] if name == "short" else co2
            expected = {"trend": [float(r["trend"]) for r in rows[name]],
                        "seasonal": [float(r["season"]) for r in rows[name]],
                        "weights": [float(r["rw"]) for r in rows[name]]}
            compare("Fortran, " + name, stl(y, **options), expected, y)
    for robust in (False, True):
        path = report.path("trend", "stl", "statsmodels_elec_equip_STL_p12_s7_robust%s.csv" % robust)
        if path:
            y = column(path, "y")
            expected = {"trend": column(path, "trend"), "seasonal": column(path, "seasonal"),
                        "remainder": column(path, "resid"), "weights": column(path, "weights")}
            compare("statsmodels, robust %s" % robust, stl(y, period=12, robust=robust), expected, y)
        flag = str(robust).upper()
        path = report.path("trend", "stl", "R_stl_logco2_s21_robust%s.csv" % flag)
        if path:
            y = [math.log(round(math.exp(x), 2)) for x in column(path, "x")]  # co2 has two decimals
            expected = {n: column(path, n) for n in ("trend", "seasonal", "remainder")}
            expected["weights"] = column(path, "w")
            # R's partial sort is asked for places 235 and 234, in this order, and in the 6th robust pass puts the value
            # of rank 228 at place 234: its median is wrong there, ours is not. The later passes nearly make up for it.
            compare("R log(co2), robust %s" % robust, stl(y, **r_options(len(y), 12, 21, robust)), expected, y,
                    1e-4 if robust else 1e-9)
        path, data = report.path("trend", "stl", "R_stl_nottem_periodic_robust%s.csv" % flag), report.path(
            "trend", "stl", "R_nottem.csv")
        if path and data:
            y = column(data, "x")
            expected = {n: column(path, n) for n in ("trend", "seasonal", "remainder")}
            expected["weights"] = column(path, "w")
            compare("R nottem periodic, robust %s" % robust, stl(y, **r_options(len(y), 12, None, robust)), expected, y)
    path = report.path("trend", "stl", "statsmodels_mstl_test_results.csv")
    if path:
        y = column(path, "Data")
        parts = mstl(y, [24, 168], seasonal_degree=CONSTANT, inner=2)
        for claim, got, name in (("trend", parts["trend"], "Trend"), ("season 24", parts["seasons"][0], "Seasonal24"),
                                 ("season 168", parts["seasons"][1], "Seasonal168"),
                                 ("remainder", parts["remainder"], "Remainder")):
            report.near("MSTL electricity: " + claim, got, column(path, name), 1e-9, 1e-6)
    path = report.path("trend", "stl", "R_forecast_mstl_taylor2016_48_336.csv")
    if path:
        y = column(path, "Data")
        parts = mstl(y, [48, 336], seasonal_degree=CONSTANT, inner=2, seasonal_jump=TENTH,
                     trend_jump=TENTH, low_pass_jump=TENTH)
        for claim, got, name in (("trend", parts["trend"], "Trend"), ("season 48", parts["seasons"][0], "Seasonal48"),
                                 ("season 336", parts["seasons"][1], "Seasonal336"),
                                 ("remainder", parts["remainder"], "Remainder")):
            report.near("MSTL R taylor: " + claim, got, column(path, name), 1e-9, 1e-6)
    report.end()


if __name__ == "__main__":
    main()
