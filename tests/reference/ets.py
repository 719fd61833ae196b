"""Holt-Winters, ETS and intermittent demand against R 4.2 (stats, forecast 8.20, tsintermittent), with R's weights and
start states, as printed in R_ets_expected.txt with 12 digits or more: 1e-9 relative. What both sides estimate: our
likelihood is not below R's by more than 0.01 for kinds without a season (R stops early too), our sum of squares is not
above R's."""
import csv
import ctypes
import math
import re

from _native import D, I, INT, P, Report, call, doubles, empty, pointer, struct

Winters = struct("Winters", [("season", INT), ("no_trend", INT), ("period", I), ("alpha", D), ("beta", D), ("gamma", D)])
WintersResult = struct("WintersResult", [("alpha", D), ("beta", D), ("gamma", D), ("level", D), ("trend", D), ("sse", D),
                                         ("variance", D), ("errors", I)])
Ets = struct("Ets", [("multiplicative_error", INT), ("trend", INT), ("season", INT), ("period", I), ("alpha", D),
                     ("beta", D), ("gamma", D), ("phi", D), ("initial", P)])
EtsResult = struct("EtsResult", [("parameters", I), ("alpha", D), ("beta", D), ("gamma", D), ("phi", D), ("level", D),
                                 ("trend", D), ("log_likelihood", D), ("aic", D), ("aicc", D), ("bic", D), ("sigma2", D),
                                 ("mse", D)])
NONE, ADDITIVE, MULTIPLICATIVE = range(3)
CROSTON, SBA, SBJ, TSB = range(4)
Z80, Z95 = 1.2815515655446004, 1.959963984540054
# R datasets::airmiles, 1937-1960
AIRMILES = [412, 480, 683, 1052, 1385, 1418, 1634, 2178, 3362, 5948, 6109, 5981, 6753, 8003, 10566, 12528, 14760, 16769,
            19819, 22362, 25340, 25343, 29269, 30514]


def winters(y, horizon, **options):
    period = options.get("period", 1)
    result, seasonal, mean, variance = WintersResult(), empty(max(period, 1)), empty(horizon), empty(horizon)
    call("gov_holt_winters", doubles(y), None, I(len(y)), ctypes.byref(Winters(**options)), I(horizon),
         ctypes.byref(result), seasonal, mean, variance)
    return result, list(seasonal), list(mean), list(variance)


def ets(y, horizon, initial=None, **options):
    if initial:
        kept = doubles(initial)
        options["initial"] = pointer(kept)
    result, mean, variance = EtsResult(), empty(horizon), empty(horizon)
    call("gov_ets", doubles(y), None, I(len(y)), ctypes.byref(Ets(**options)), I(horizon), ctypes.byref(result), mean,
         variance)
    return result, list(mean), list(variance)


def croston(y, kind, weights=0.1):
    forecast, fitted = D(), empty(len(y))
    call("gov_croston", doubles(y), None, I(len(y)), INT(kind), D(weights), D(weights), ctypes.byref(forecast), fitted)
    return forecast.value, list(fitted)


def section(text, title):
    return text.split("### " + title)[1].split("###")[0]


def named(part):
    """The numbers of R's named vectors: a line of names above a line of numbers."""
    values, names = {}, []
    for line in part.splitlines():
        words = line.split()
        if words and all(re.fullmatch(r"[a-zA-Z]\w*", w) for w in words):
            names = words
        elif names and words and len(words) == len(names):
            try:
                values.update(zip(names, map(float, words)))
            except ValueError:
                pass
            names = []
        else:
            names = []
    return values


def table(part):
    """Rows: mean lo80 hi80 lo95 hi95."""
    return [list(map(float, m.group(1).split())) for m in re.finditer(r"^\d+ +((?:[-\d.]+ +){4}[-\d.]+)$", part, re.M)]


def column(path, name):
    with open(path, newline="") as f:
        rows = list(csv.DictReader(f))
    return [float(r[name if name in r else list(r)[-1]]) for r in rows]


def compare_ets(report, title, y, part, kind, period=1):
    """kind: (multiplicative error, trend 0 1 2, season)."""
    values, rows = named(part), table(part)
    relative, trend, season = kind
    initial = [values["l"]] + ([values["b"]] if trend else [])
    if season:
        states = [values["s%d" % k] for k in range(period - 1)]
        states.append((period if season == MULTIPLICATIVE else 0) - sum(states))
        initial += states[::-1]  # R's s0 is the state before the first period, s1 one earlier, ...
    options = dict(multiplicative_error=relative, trend=trend, season=season, period=period, initial=initial,
                   alpha=values["alpha"], beta=values.get("beta", 0), gamma=values.get("gamma", 0),
                   phi=values.get("phi", 0))
    result, mean, variance = ets(y, len(rows), **options)
    found = re.search(r"loglik (\S+) aic (\S+) aicc (\S+) bic (\S+) sse/mse (\S+)", part)
    report.near(title + ": likelihood, aic, aicc, bic, mse",
                [result.log_likelihood, result.aic, result.aicc, result.bic, result.mse], map(float, found.groups()))
    if kind == (1, 2, 2):
        print("  not compared  %s: forecasts. R fits with level + phi x trend, but its forecast of this class begins with"
              " level + trend" % title)
        return
    report.near(title + ": means", mean, [r[0] for r in rows])
    if kind[1:] == (0, 1):
        print("  not compared  %s: bounds of period 12 on. Without a trend R gives gamma to the season one place late" %
              title)
        mean, variance, rows = mean[:period - 1], variance[:period - 1], rows[:period - 1]
    for name, z, at in (("80", Z80, 1), ("95", Z95, 3)):
        report.near(title + ": lower " + name, [m - z * math.sqrt(v) for m, v in zip(mean, variance)],
                    [r[at] for r in rows])
        report.near(title + ": upper " + name, [m + z * math.sqrt(v) for m, v in zip(mean, variance)],
                    [r[at + 1] for r in rows])
    if not season:
        free, _, _ = ets(y, 0, multiplicative_error=relative, trend=trend)
        report.line(free.log_likelihood > result.log_likelihood - 0.01,
                    title + ": our own fit has likelihood %.3f, R's %.3f" % (free.log_likelihood, result.log_likelihood))


def main():
    report = Report()
    expected = report.path("trend", "ets", "R_ets_expected.txt")
    if not expected:
        report.end()
    text = open(expected).read()
    nile_file = report.path("trend", "changepoint", "R_Nile.csv")
    nottem_file = report.path("trend", "stl", "R_nottem.csv")
    air_file = report.path("trend", "mann-kendall", "airpassengers.csv")
    co2_file = report.path("trend", "stl", "R_stl_logco2_s21_robustFALSE.csv")
    if co2_file:
        co2 = [round(math.exp(v), 2) for v in column(co2_file, "x")]
        part = section(text, "HoltWinters(co2)")
        v = named(part)
        result, seasonal, mean, variance = winters(co2, 6, season=ADDITIVE, period=12, alpha=v["alpha"], beta=v["beta"],
                                                   gamma=v["gamma"])
        report.near("HoltWinters(co2): SSE, a, b", [result.sse, result.level, result.trend], [v["SSE"], v["a"], v["b"]])
        report.near("HoltWinters(co2): season", seasonal, [v["s%d" % k] for k in range(1, 13)])
        rows = [list(map(float, line.split()[2:])) for line in part.splitlines() if re.match(r"\w\w\w 1998", line)]
        report.near("HoltWinters(co2): forecasts", mean, [r[0] for r in rows])
        report.near("HoltWinters(co2): upper 95", [m + Z95 * math.sqrt(s) for m, s in zip(mean, variance)],
                    [r[1] for r in rows])
        free, _, _, _ = winters(co2, 0, season=ADDITIVE, period=12)
        report.line(free.sse <= v["SSE"] * (1 + 1e-9), "HoltWinters(co2): our own fit has SSE %.9f, R's %.9f" %
                    (free.sse, v["SSE"]))
    if air_file:
        air = [float(line) for line in open(air_file)]
        part = section(text, "HoltWinters(AirPassengers,mult)")
        v = named(part)
        result, seasonal, mean, _ = winters(air, 12, season=MULTIPLICATIVE, period=12, alpha=v["alpha"], beta=v["beta"],
                                            gamma=v["gamma"])
        report.near("HoltWinters(AirPassengers): SSE, a, b", [result.sse, result.level, result.trend],
                    [v["SSE"], v["a"], v["b"]])
        report.near("HoltWinters(AirPassengers): season", seasonal, [v["s%d" % k] for k in range(1, 13)])
        printed = re.findall(r"^1961 +(.*)$", part, re.M)
        report.near("HoltWinters(AirPassengers): forecasts", mean, [float(x) for line in printed for x in line.split()])
        free, _, _, _ = winters(air, 0, season=MULTIPLICATIVE, period=12)
        report.line(free.sse <= v["SSE"] * (1 + 1e-9), "HoltWinters(AirPassengers): our own fit has SSE %.4f, R's %.4f" %
                    (free.sse, v["SSE"]))
        for name, kind in (("ANN", (0, 0, 0)), ("AAN", (0, 1, 0)), ("AAA", (0, 1, 1)), ("MAM", (1, 1, 2)),
                           ("MNM", (1, 0, 2)), ("ANA", (0, 0, 1)), ("auto", (1, 2, 2))):
            title = "ets auto AirPassengers" if name == "auto" else "ets AirPassengers %s " % name
            compare_ets(report, title.strip(), air, section(text, title), kind, 12 if kind[2] else 1)
    if nottem_file:
        compare_ets(report, "ets auto nottem", column(nottem_file, "x"), section(text, "ets auto nottem"), (0, 0, 1), 12)
    if nile_file:
        nile = column(nile_file, "x")
        part = section(text, "SES HoltWinters(Nile)")
        numbers = [float(v) for v in re.findall(r"\d+\.\d+(?:e[-+]\d+)?", part)]
        result, _, _, _ = winters(nile, 1, no_trend=1, alpha=numbers[0])
        report.near("SES HoltWinters(Nile): SSE and level", [result.sse, result.level], numbers[1:3])
        compare_ets(report, "ses(Nile)", nile, section(text, "ses(Nile,h=5)"), (0, 0, 0))
    compare_ets(report, "holt(airmiles)", AIRMILES, section(text, "holt(airmiles,h=5)"), (0, 1, 0))
    compare_ets(report, "holt(airmiles), damped", AIRMILES, section(text, "holt damped"), (0, 2, 0))
    part = text.split("### croston")[1].split("###")[0]
    demand = [float(v) for v in re.search(r"y= ([\d ]+)", part).group(1).split()]
    for name, kind in (("croston", CROSTON), ("sba", SBA), ("sbj", SBJ), ("tsb", TSB)):
        found = re.search(r"tsintermittent (?:crost )?%s .*frc.out (\S+)" % name, part)
        value, fitted = croston(demand, kind)
        report.near("tsintermittent %s" % name, [value], [float(found.group(1))])
        if kind in (CROSTON, TSB):
            printed = part[found.end():].split("tsintermittent")[0]
            known = [float(v) for v in re.findall(r"\d\.\d{9,}", re.sub(r"^.*?\n", "", printed, count=1))]
            start = len(fitted) - len(known)
            report.near("tsintermittent %s: one-step forecasts" % name, fitted[start:], known)
    mase = D()
    if air_file:
        training, test = air[:-24], air[-24:]
        naive = training[-12:] * 2
        call("gov_mase", doubles(training), None, I(len(training)), I(12), doubles(test), doubles(naive), I(24),
             ctypes.byref(mase))
        report.near("MASE of snaive(AirPassengers)", [mase.value], [2.4935191186])
    report.end()


if __name__ == "__main__":
    main()
