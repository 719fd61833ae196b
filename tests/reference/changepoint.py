"""Change points against R changepoint, strucchange and trend, ruptures and bocp. Places are equal; run-length
probabilities within 1e-9 relative (the files print 12 digits, so 1e-11 absolute is granted)."""
import csv
import ctypes
import json
import math
import statistics

from _native import D, I, INT, Report, call, doubles, empty, struct

Options = struct("Options", [("exact", INT), ("cost", INT), ("penalty", INT), ("penalty_value", D), ("sd", D), ("min_segment", I),
                             ("max_changes", I)])
Result = struct("Result", [("count", I), ("cost", D), ("penalty", D), ("sd", D)])
Pettitt = struct("Pettitt", [("direction", INT), ("n", I), ("change", I), ("statistic", D), ("p", D)])
Bocpd = struct("Bocpd", [("model", INT), ("expected_run", D), ("alpha", D), ("beta", D), ("kappa", D), ("mu", D)])
POISSON, MEAN, VARIANCE, MEAN_VARIANCE = range(4)
MBIC, BIC, AIC, HANNAN_QUINN, VALUE = range(5)


def changes(function, y, **options):
    out, result = (I * len(y))(), Result()
    call(function, doubles(y), None, I(len(y)), ctypes.byref(Options(**options)), out, ctypes.byref(result))
    return list(out[:result.count]), result


def column(path, name):
    with open(path, newline="") as f:
        return [float(row[name]) for row in csv.DictReader(f)]


def main():
    report = Report()
    nile_file = report.path("trend", "changepoint", "R_Nile.csv")
    discoveries_file = report.path("trend", "changepoint", "R_discoveries.csv")
    gbm_file = report.path("trend", "changepoint", "R_Lai2005fig4_GBM31.csv")
    ftse_file = report.path("trend", "changepoint", "R_ftse100_logreturns.csv")
    ruptures_file = report.path("trend", "changepoint", "ruptures_expected.json")
    constant_file = report.path("trend", "changepoint", "ruptures_pw_constant_seed1234.csv")
    if nile_file:
        nile = column(nile_file, "x")
        sd = statistics.stdev(nile)
        for name, penalty, value in (("MBIC", MBIC, 13.815510558), ("SIC", BIC, 9.21034037198), ("AIC", AIC, 4)):
            found, result = changes("gov_pelt", nile, cost=MEAN, penalty=penalty, sd=sd)
            report.equal("R cpt.mean Nile PELT %s" % name, found, [28])
            report.near("   its penalty", [result.penalty], [value])
            found, _ = changes("gov_binary_segmentation", nile, cost=MEAN, penalty=penalty, sd=sd)
            report.equal("R cpt.mean Nile BinSeg %s" % name, found, [28])
        result = Pettitt()
        call("gov_pettitt", doubles(nile), None, I(100), ctypes.byref(result))
        report.equal("R pettitt.test Nile", (result.change, result.statistic), (28, 1617.0))
        report.near("   its p", [result.p], [3.59102217693629e-07])
    if discoveries_file:
        discoveries = column(discoveries_file, "x")
        found, _ = changes("gov_pelt", discoveries, cost=POISSON, penalty=MBIC)
        report.equal("R cpt.meanvar Poisson discoveries PELT MBIC", found, [24, 29, 73])
        edges = [0] + found + [100]
        report.near("   its means", [statistics.fmean(discoveries[a:b]) for a, b in zip(edges, edges[1:])],
                    [2.5, 8.2, 3.68181818182, 1.74074074074], 1e-11)
        _, exact = changes("gov_pelt", discoveries, cost=POISSON, penalty=MBIC, exact=1)
        _, r = changes("gov_pelt", discoveries, cost=POISSON, penalty=MBIC)
        report.line(exact.cost + exact.count * exact.penalty < r.cost + r.count * r.penalty,
                    "   the exact optimum costs less than R's answer")
        found, _ = changes("gov_binary_segmentation", discoveries, cost=POISSON, penalty=MBIC)
        report.equal("R cpt.meanvar Poisson discoveries BinSeg", found, [73])
    if gbm_file:
        y = column(gbm_file, "x")
        found, _ = changes("gov_pelt", y, cost=MEAN, penalty=MBIC, sd=1)
        report.equal("R cpt.mean GBM31 PELT MBIC", found, [81, 85, 89, 96, 123, 133])
        found, _ = changes("gov_pelt", y, cost=MEAN, penalty=VALUE, penalty_value=1, sd=1)
        report.equal("R cpt.mean GBM31 PELT pen = 1", found, [28, 32, 48, 49, 53, 54, 81, 85, 89, 90, 96, 122, 123, 124,
                                                              125, 133])
    if ftse_file:
        y = column(ftse_file, "r")
        found, _ = changes("gov_pelt", y, cost=VARIANCE, penalty=MBIC)
        report.equal("R cpt.var ftse100 PELT MBIC", found, [
            892, 912, 958, 1398, 1400, 1641, 1648, 2134, 2145, 2466, 2674, 3282, 4404, 4442, 4594, 4840, 5585, 5609,
            5884, 6177, 6238, 6350, 6905, 6990])
    if ruptures_file and constant_file and nile_file and discoveries_file:
        with open(ruptures_file) as f:
            expected = json.load(f)
        series = {"pw_constant": [float(line) for line in open(constant_file)], "nile": nile,
                  "discoveries": discoveries}
        for key, cases in expected.items():
            if "/" not in key or key.split("/")[1:] not in (["Pelt", "l2"], ["Binseg", "l2"]):
                continue
            name, method, _ = key.split("/")
            y = series[name]
            for setting, ends in cases.items():
                value = float(setting.split("=")[1])
                if method == "Pelt":
                    found, _ = changes("gov_pelt", y, cost=MEAN, penalty=VALUE, penalty_value=value, sd=1, min_segment=2)
                else:
                    found, _ = changes("gov_binary_segmentation", y, cost=MEAN, penalty=VALUE, penalty_value=0, sd=1,
                                       min_segment=2, max_changes=int(value))
                report.equal("ruptures %s %s" % (key, setting), found, ends[:-1])
        _, result = changes("gov_binary_segmentation", nile, cost=MEAN, penalty=VALUE, sd=1, max_changes=1)
        report.near("ruptures cost_l2 of Nile's two segments", [result.cost],
                    [expected["cost_l2_nile_0_28"] + expected["cost_l2_nile_28_100"]])
    data = report.path("trend", "changepoint", "bocpd_nile_standardised_input.csv")
    path = report.path("trend", "changepoint", "bocpd_nile_maprunlength_hazard100_StudentT1_1_1_0.csv")
    if data and path:
        y = [float(line) for line in open(data)]
        run, first = (I * len(y))(), empty(len(y))
        call("gov_bocpd", doubles(y), None, I(len(y)), ctypes.byref(Bocpd(model=1, expected_run=100, alpha=1, beta=1,
                                                                         kappa=1, mu=0)), run, first, None)
        report.equal("bocpd Nile: most probable run", list(run), [int(v) for v in column(path, "map_runlength")])
        report.near("bocpd Nile: probability of run 1", first, column(path, "p_runlength1"), 1e-9, 1e-11)
    for name, file, place, u, p in (("maxau s", "R_trend_maxau.csv", 35, 312, 0.0037839087341092),
                                    ("PagesData", "R_trend_PagesData.csv", 17, 232, 0.0145555975397895)):
        path = report.path("trend", "mann-kendall", file)
        if path:
            with open(path, newline="") as f:
                rows = list(csv.DictReader(f))
            key = "s" if "s" in rows[0] else list(rows[0])[-1]
            y = [float(row[key]) for row in rows]
            result = Pettitt()
            call("gov_pettitt", doubles(y), None, I(len(y)), ctypes.byref(result))
            report.equal("R pettitt.test " + name, (result.change, result.statistic), (place, float(u)))
            report.near("   its p", [result.p], [p])
    report.end()


if __name__ == "__main__":
    main()
