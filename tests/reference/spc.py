"""Charts of measurements against R qcc 2.7, the NIST handbook and Montgomery, as printed in R_qcc_expected.txt and
computed there to 10 digits or more: 1e-9 relative, 1e-10 absolute for sums that pass near 0."""
import csv
import ctypes
import re

from _native import D, I, INT, P, Report, call, doubles, empty, pointer, struct

Chart = struct("Chart", [("centre", D), ("sd", D), ("statistic", P), ("lower", P), ("upper", P), ("alarm", P), ("run", P)])
Ewma = struct("Ewma", [("asymptotic", INT), ("target", D), ("sd", D), ("lambda_", D), ("width", D)])
Tabular = struct("Tabular", [("target", D), ("sd", D), ("k", D), ("h", D)])
C, U, SHARE, SINGLE = range(4)


def chart(function, n, *arguments):
    arrays = {name: empty(n) for name in ("statistic", "lower", "upper")}
    alarm, run = (ctypes.c_uint8 * n)(), (ctypes.c_uint8 * n)()
    c = Chart(alarm=pointer(alarm), run=pointer(run), **{k: pointer(v) for k, v in arrays.items()})
    call(function, *arguments, ctypes.byref(c))
    return dict(arrays, alarm=list(alarm), run=list(run), centre=c.centre, sd=c.sd)


def tabular(y, **options):
    high, low, alarm = empty(len(y)), empty(len(y)), (ctypes.c_uint8 * len(y))()
    call("gov_cusum_tabular", doubles(y), None, I(len(y)), ctypes.byref(Tabular(**options)), high, low, alarm)
    return list(high), list(low), list(alarm)


def ewma(y, **options):
    return chart("gov_ewma", len(y), doubles(y), None, I(len(y)), ctypes.byref(Ewma(**options)))


def rows_of(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def numbers(text):
    return [float(v) for v in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text)]


def flagged(alarm):
    return [i + 1 for i, a in enumerate(alarm) if a]


def main():
    report = Report()
    expected = report.path("trend", "spc", "R_qcc_expected.txt")
    if not expected:
        report.end()
    text = open(expected).read()
    rings = report.path("trend", "spc", "qcc_pistonrings.csv")
    if rings:
        rows = rows_of(rings)
        y = [float(r["diameter"]) for r in rows]
        groups = len(y) // 5
        x = chart("gov_shewhart_xbar", groups, doubles(y), I(groups), I(5), I(25))
        report.near("xbar: centre and sd", [x["centre"], x["sd"]], [74.001176, 0.00978503869304], 1e-11)
        report.near("xbar: limits", [x["lower"][0], x["upper"][0]], [73.988047993, 74.014304007])
        report.equal("xbar: points beyond, or seventh on one side", flagged(a or r for a, r in zip(x["alarm"], x["run"])),
                     [37, 38, 39, 40])
        means, sd = list(x["statistic"]), x["sd"] / 5 ** 0.5
        high, low, alarm = tabular(means, target=x["centre"], sd=sd)
        report.near("CUSUM of means: upper", high, numbers(re.search(r"^upper (.*)$", text, re.M).group(1)), 1e-9, 1e-9)
        report.near("CUSUM of means: lower", [-v for v in low], numbers(re.search(r"^lower (.*)$", text, re.M).group(1)),
                    1e-9, 1e-9)
        report.equal("CUSUM of means: points beyond", flagged(alarm), [37, 38, 39, 40])
        e = ewma(means, target=x["centre"], sd=sd, lambda_=0.2, width=3)
        report.near("EWMA of means", e["statistic"], numbers(re.search(r"^ewma center \S+ y (.*)$", text, re.M).group(1)),
                    1e-11)
        limits = [numbers(line)[1:] for line in re.search(r"LCL\s+UCL\n((?:.*\n){5})", text).group(1).splitlines()]
        report.near("EWMA of means: lower limits", e["lower"][:5], [v[0] for v in limits], 1e-11)
        report.near("EWMA of means: upper limits", e["upper"][:5], [v[1] for v in limits], 1e-11)
        report.equal("EWMA of means: points beyond", flagged(e["alarm"]), [37, 38, 39, 40])
    circuit = report.path("trend", "spc", "qcc_circuit.csv")
    if circuit:
        rows = rows_of(circuit)
        y = [float(r["x"]) for r in rows]
        trial = sum(r["trial"] == "TRUE" for r in rows)
        c = chart("gov_shewhart", len(y), doubles(y), None, I(len(y)), INT(C), None, I(trial))
        report.near("c chart: centre and limits", [c["centre"], c["lower"][0], c["upper"][0]],
                    [19.8461538462, 6.48144716717, 33.2108605251])
        report.equal("c chart: points beyond in the trial", sorted(flagged(c["alarm"][:trial])), [6, 20])
    juice = report.path("trend", "spc", "qcc_orangejuice.csv")
    if juice:
        rows = rows_of(juice)
        y, size = [float(r["D"]) for r in rows], [float(r["size"]) for r in rows]
        trial = sum(r["trial"] == "TRUE" for r in rows)
        c = chart("gov_shewhart", len(y), doubles(y), None, I(len(y)), INT(SHARE), doubles(size), I(trial))
        report.near("p chart: centre and limits", [c["centre"], c["lower"][0], c["upper"][0]],
                    [0.231333333333, 0.0524275480719, 0.410239118595])
        report.equal("p chart: points beyond in the trial", flagged(c["alarm"][:trial]), [15, 23])
    part = re.search(r"6\.3\.2\.3.*\n((?:\d+ .*\n)+)", text).group(1).splitlines()
    nist = [numbers(line) for line in part]
    high, low, alarm = tabular([v[1] for v in nist], target=325, sd=1, k=0.3175, h=4.1959)
    report.near("NIST 6.3.2.3 CUSUM: upper", high, [v[2] for v in nist], 1e-9, 1e-9)
    report.near("NIST 6.3.2.3 CUSUM: lower", low, [v[3] for v in nist], 1e-9, 1e-9)
    report.equal("NIST 6.3.2.3 CUSUM: alarms", flagged(alarm), [int(l.split()[0]) for l in part if "ALARM" in l])
    nist = [numbers(line) for line in re.search(r"6\.3\.2\.4.*\nUCL.*\n((?:\d+ .*\n)+)", text).group(1).splitlines()]
    e = ewma([v[0] if len(v) == 2 else v[1] for v in nist], target=50, sd=2.0539, lambda_=0.3, width=3, asymptotic=1)
    report.near("NIST 6.3.2.4 EWMA", e["statistic"], [v[-1] for v in nist])
    report.near("NIST 6.3.2.4 EWMA: limits", [e["lower"][0], e["upper"][0]], [47.4115682619, 52.5884317381])
    rows = [numbers(line) for line in re.search(r"table 16-8.*\n((?:\d+ .*\n?)+)", text).group(1).splitlines()]
    high, low, _ = tabular([v[1] for v in rows], target=99, sd=1, k=1, h=10)
    report.near("Montgomery table 16-8: upper", high, [v[2] for v in rows], 1e-9, 1e-9)
    report.near("Montgomery table 16-8: lower", low, [v[3] for v in rows], 1e-9, 1e-9)
    report.end()


if __name__ == "__main__":
    main()
