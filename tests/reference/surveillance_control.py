"""Control charts of counts against R surveillance 1.20.3: CUSUM with all transformations, GLR and LR for Poisson and
negative binomial counts, OutbreakP, run lengths.

R's upper bounds of the CUSUM are real numbers of its own formulas; they are formed here from our statistic, so that a
match says that the statistic is the same. 1e-9 relative; the expectations of the "glm" charts come from an iterative
fit, R's stopping rule leaves 1e-8 of them open: 1e-6 there, and for the GLR of negative binomial counts, which R
stops at a change of theta below 1e-6."""
import csv
import ctypes
import math

from _native import D, I, INT, P, Report, call, doubles, empty, pointer, struct

Alarms = struct("Alarms", [("alarm", P), ("reason", P), ("expected", P), ("upper", P), ("score", P)])
Cusum = struct("Cusum", [("transform", INT), ("k", D), ("h", D), ("alpha", D), ("expected", P), ("mean", D),
                         ("baseline", I), ("reset", INT)])
Glr = struct("Glr", [("decrease", INT), ("expected", P), ("mean", D), ("alpha", D), ("theta", D), ("threshold", D),
                     ("window", I)])
RunLength = struct("RunLength", [("family", INT), ("mean", D), ("spread", D), ("slope", D), ("offset", D), ("h", D),
                                 ("start", D), ("states", I)])
POISSON, NB, NORMAL = range(3)


def chart(function, y, options, *more):
    n = len(y)
    alarm, upper, statistic = (ctypes.c_uint8 * n)(), empty(n), empty(n)
    a = Alarms(alarm=pointer(alarm), upper=pointer(upper))
    call(function, doubles(y), None, I(n), options, *more, ctypes.byref(a), statistic)
    return list(alarm), list(upper), list(statistic)


def cusum(y, transform, **options):
    if "expected" in options:
        kept = doubles(options["expected"])
        options["expected"] = pointer(kept)
    return chart("gov_cusum", y, ctypes.byref(Cusum(transform=transform, **options)))


def glr(y, expected, **options):
    kept = doubles(expected)
    return chart("gov_glr", y, ctypes.byref(Glr(expected=pointer(kept), **options)))


def run_length(**options):
    length, exact = D(), INT()
    call("gov_cusum_run_length", ctypes.byref(RunLength(**options)), ctypes.byref(length), ctypes.byref(exact))
    return length.value, exact.value


def solve(a, b):
    n = len(b)
    m = [row[:] + [v] for row, v in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(n):
            if r != i:
                f = m[r][i] / m[i][i]
                m[r] = [x - f * y for x, y in zip(m[r], m[i])]
    return [m[i][n] / m[i][i] for i in range(n)]


def harmonic_means(y, training, period):
    """Poisson regression on one harmonic of the first `training` values; the means of all."""
    rows = [[1.0, math.cos(2 * math.pi * (t + 1) / period), math.sin(2 * math.pi * (t + 1) / period)]
            for t in range(len(y))]
    beta = [math.log(sum(y[:training]) / training), 0.0, 0.0]
    for _ in range(50):
        a, b = [[0.0] * 3 for _ in range(3)], [0.0] * 3
        for x, v in zip(rows[:training], y):
            m = math.exp(sum(p * q for p, q in zip(x, beta)))
            for i in range(3):
                b[i] += x[i] * (v - m)
                for j in range(3):
                    a[i][j] += m * x[i] * x[j]
        beta = [p + q for p, q in zip(beta, solve(a, b))]
    return [math.exp(sum(p * q for p, q in zip(x, beta))) for x in rows]


def r_bound(transform, m, q, alpha=0.1):
    """R's upper bound from q = h + k - C(t-1)."""
    if transform == "standard":
        return max(0.0, math.ceil(math.sqrt(m) * q + m))
    if transform == "rossi":
        inside = 4 * m * m + 2 * m ** 1.5 * q
        return max(0.0, 5 * m + 2 * q * math.sqrt(m) - 2 * math.sqrt(inside)) if inside >= 0 else 0.0
    if transform in ("anscombe", "anscombe2nd"):
        base = 2 / 3 * m ** (1 / 6) * q + m ** (2 / 3) - (m ** (1 / 3) / 9 if transform == "anscombe2nd" else 0)
        return base ** 1.5 if base > 0 else 0.0
    return max(0.0, math.sqrt(m + alpha * m * m) * q + m)


def read(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def column(rows, name):
    return [float(r[name]) for r in rows]


def main():
    report = Report()
    agona_file = report.path("trend", "surveillance", "salmonella_agona.csv")
    if agona_file:
        agona = column(read(agona_file), "observed")
        means = harmonic_means(agona, 208, 52)[208:]
        y, k, h = agona[208:], 1.04, 2.26
        for number, transform in enumerate(("standard", "rossi", "anscombe", "anscombe2nd", "pearsonNegBin", "none")):
            path = report.path("trend", "surveillance", "exp_cusum_agona_glm_%s.csv" % transform)
            if not path:
                continue
            rows = read(path)
            alarm, upper, sums = cusum(y, number, expected=means)
            report.equal("CUSUM %s: alarms" % transform, alarm, [int(float(r["alarm"])) for r in rows])
            if transform == "none":
                bounds = [max(0.0, h - s) for s in sums]
            else:
                bounds = [r_bound(transform, m, h + k - s) for m, s in zip(means, [0.0] + sums[:-1])]
            report.near("CUSUM %s: R's bounds from our sums" % transform, bounds, column(rows, "upperbound"), 1e-6, 1e-6)
        path = report.path("trend", "surveillance", "exp_cusum_agona_const_rossi.csv")
        if path:
            rows = read(path)
            alarm, upper, sums = cusum(y, 1, mean=sum(agona[:208]) / 208)
            report.near("CUSUM rossi, constant mean: sums", sums, column(rows, "cusum"), 1e-9, 1e-12)
            report.equal("CUSUM rossi, constant mean: alarms", alarm, [int(float(r["alarm"])) for r in rows])
            mean = sum(agona[:208]) / 208
            report.near("CUSUM rossi, constant mean: R's bounds",
                        [r_bound("rossi", mean, h + k - s) for s in [0.0] + sums[:-1]], column(rows, "upperbound"),
                        1e-9, 1e-9)
            # the first bound is the inverse of the transformation: ours is the whole count below it
            report.equal("CUSUM rossi, constant mean: first bound", upper[0],
                         math.ceil(float(rows[0]["upperbound"])) - 1)
    path = report.path("trend", "surveillance", "exp_glr_poisson_nb.csv")
    if path:
        rows = read(path)
        mu, x_poisson, x_nb = column(rows, "mu0"), column(rows, "x_pois"), column(rows, "x_nb")
        alarm, _, value = glr(x_poisson, mu)
        report.near("GLR Poisson: statistic", value, column(rows, "glr_pois"), 1e-9, 1e-12)
        report.equal("GLR Poisson: alarms", alarm, [int(float(r["alarm_gp"])) for r in rows])
        alarm, _, value = glr(x_poisson, mu, theta=0.4)
        report.near("LR Poisson: statistic", value, column(rows, "lr_pois"), 1e-9, 1e-12)
        report.equal("LR Poisson: alarms", alarm, [int(float(r["alarm_lp"])) for r in rows])
        alarm, _, value = glr(x_nb, mu, alpha=0.2)
        report.near("GLR negative binomial: statistic", value, column(rows, "glr_nb"), 1e-6, 1e-6)
        report.equal("GLR negative binomial: alarms", alarm, [int(float(r["alarm_gnb"])) for r in rows])
        alarm, upper, _ = glr(x_nb, mu, alpha=0.2, theta=1.2)
        report.equal("LR negative binomial: alarms", alarm, [int(float(r["alarm_lrnb"])) for r in rows])
        report.equal("LR negative binomial: the count below R's `cases`", upper,
                     [math.ceil(v) - 1.0 for v in column(rows, "cases_lrnb")])
    path = report.path("trend", "surveillance", "exp_outbreakP.csv")
    if path:
        rows = read(path)
        alarm, _, value = chart("gov_outbreak_p", column(rows, "y"), D(0))
        report.near("OutbreakP: statistic", value, column(rows, "stat"), 1e-9)
        report.equal("OutbreakP: alarms", alarm, [int(float(r["alarm"])) for r in rows])
    # R_surveillance_expected_log.txt, the figures that R printed
    # the line labelled h = 8, k = 3.1, theta = 2.25 there holds arlCusum's defaults h = 10, k = 3, theta = 2.4
    length, exact = run_length(family=POISSON, mean=2.4, slope=1, offset=-3, h=10)
    report.near("arlCusum(h = 10, k = 3, theta = 2.4)", [length, exact], [548.362265529, 1], 1e-11)
    length, _ = run_length(family=POISSON, mean=2.4, slope=1, offset=-3, h=10, start=5)
    report.near("arlCusum: FIR.ARL", [length], [513.671872452], 1e-11)
    length, _ = run_length(family=POISSON, mean=5, slope=1, offset=-6.1, h=11.1)
    report.near("find.kh: ARL of h = 11.1, k = 6.1, theta = 5", [length], [486.3530144155293], 1e-11)
    mu0, alpha, kappa = 10, 0.5, 2
    share = math.log((1 + alpha * mu0) / (1 + alpha * mu0 * kappa))
    length, _ = run_length(family=NB, mean=mu0, spread=alpha, slope=math.log(kappa) + share, offset=share / alpha, h=5,
                           states=5)
    report.near("LRCUSUM.runlength, negative binomial, 5 intervals", [length], [519.600057841], 1e-9)
    report.end()


if __name__ == "__main__":
    main()
