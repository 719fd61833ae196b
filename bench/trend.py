"""Trend estimators beside their peers, and the daily job; one core, milliseconds a series.

    bench/trend.py [SERIES]     SERIES of the daily job, default 300; its figures are scaled to 100 000

Peers: pymannkendall 1.4.3 and scipy (Mann-Kendall, Sen), R's surveillance (Farrington Flexible, EARS), if Rscript and the
package are there. The counts are Poisson with a weekly season, drawn by numpy with a fixed seed.
"""

import ctypes as c
import pathlib
import resource
import shutil
import subprocess
import sys
import time

import numpy as np
import pymannkendall
from scipy import stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/oracle"))
import trend_native as native  # noqa: E402
from library import Error, call  # noqa: E402


def counts(n, seed):
    t = np.arange(n)
    return np.random.default_rng(seed).poisson(6 + 2 * np.sin(2 * np.pi * t / 7) + t / n).astype(float)


def per_call(function, least=0.3):
    """Milliseconds of processor time a call: repeated for `least` seconds, after one call to warm up."""
    function()
    start, calls = time.process_time(), 0
    while time.process_time() - start < least:
        function()
        calls += 1
    return (time.process_time() - start) / calls * 1e3


def pointer(array):
    return array.ctypes.data_as(c.c_void_p)


class Series:
    """One series and the arrays that detectors fill, made once."""

    def __init__(self, y):
        self.y, self.n = np.ascontiguousarray(y), c.c_int64(len(y))
        self.out = [np.zeros(len(y), dtype) for dtype in ("u1", "u1", float, float, float)]
        self.alarms = native.Alarms(**dict(zip(("alarm", "reason", "expected", "upper", "score"),
                                               (pointer(a) for a in self.out))))

    def mann_kendall(self, **options):
        self.prepared(**options)()

    def prepared(self, **options):
        """A call with its arguments made once: what ctypes needs to make them is not the library's time."""
        function, error = native.library.gov_mann_kendall, Error()
        keep = native.MkOptions(**options), native.MkResult(), error
        arguments = (pointer(self.y), None, self.n, *(c.byref(thing) for thing in keep))

        def run():
            if function(*arguments) != 0:
                raise RuntimeError(error.message.decode())
        return run

    def sen(self):
        call("gov_sen_slope", pointer(self.y), None, self.n, None, c.byref(native.SenResult()))

    def ears(self):
        call("gov_ears", pointer(self.y), None, self.n, None, c.byref(self.alarms))

    def essence(self, first=0):
        options = native.struct("E", [("method", c.c_int), ("baseline", c.c_int64), ("guard", c.c_int64),
                                      ("w1", c.c_double), ("w2", c.c_double), ("first", c.c_int64)])(first=first)
        call("gov_essence", pointer(self.y), None, self.n, c.byref(options), c.byref(self.alarms), None)

    def farrington(self, first, freq=52, w=3, past=26, b=5):
        options = native.FarringtonOptions(first=first, freq=freq, w=w, past_excluded=past, b=b)
        call("gov_farrington", pointer(self.y), None, None, self.n, c.byref(options), c.byref(self.alarms), None)

    def cusum(self):
        options = native.struct("C", [("transform", c.c_int), ("k", c.c_double), ("h", c.c_double), ("a", c.c_double),
                                      ("expected", c.c_void_p), ("mean", c.c_double), ("baseline", c.c_int64),
                                      ("reset", c.c_int32)])(baseline=104)
        call("gov_cusum", pointer(self.y), None, self.n, c.byref(options), c.byref(self.alarms), None)


StlOptions = native.struct("StlOptions", [(k, c.c_int32) for k in ("robust", "periodic")] + [(k, c.c_int64) for k in (
    "period", "seasonal", "trend", "low_pass", "seasonal_jump", "trend_jump", "low_pass_jump")]
    + [(k, c.c_int) for k in ("d1", "d2", "d3")] + [("inner", c.c_int64), ("outer", c.c_int64), ("threads", c.c_int32),
                                                    ("run", c.c_void_p)])
StlParts = native.struct("StlParts", [(k, c.c_void_p) for k in ("trend", "seasonal", "remainder", "weights")])


def stl_of_all(all_series):
    """Series by series of one length, as a panel is: the weights are made once."""
    y = np.array([s.y for s in all_series])
    parts = [np.empty_like(y) for _ in range(3)]
    out = StlParts(trend=pointer(parts[0]), seasonal=pointer(parts[1]), remainder=pointer(parts[2]))
    options = StlOptions(period=7, inner=2)
    start = time.process_time()
    call("gov_stl_many", pointer(y), None, c.c_int64(len(y)), c.c_int64(y.shape[1]), c.byref(options), c.byref(out),
         None)
    return time.process_time() - start


def line(name, ours, peer, theirs):
    print("%-34s ours %9.4f ms   %-14s %9.3f ms   ratio %7.0f" % (name, ours, peer, theirs, theirs / ours))


def monotonic():
    for n in (36, 156, 1095):
        y = counts(n, n)
        s = Series(y)
        line("Kendall S, n=%d" % n, per_call(s.prepared(without_slope=1)), "scipy",
             per_call(lambda: stats.kendalltau(np.arange(n), y)))
        line("Sen's slope, n=%d" % n, per_call(s.sen), "scipy", per_call(lambda: stats.theilslopes(y)))
        line("Mann-Kendall + Sen, n=%d" % n, per_call(s.prepared()), "pymannkendall",
             per_call(lambda: pymannkendall.original_test(y)))
        line("Hamed-Rao, n=%d" % n, per_call(s.prepared(method=1)), "pymannkendall",
             per_call(lambda: pymannkendall.hamed_rao_modification_test(y)))
        line("seasonal, period 7, n=%d" % n, per_call(s.prepared(method=5, period=7)), "pymannkendall",
             per_call(lambda: pymannkendall.seasonal_test(y, 7)))


R_SCRIPT = """
suppressMessages(library(surveillance)); y <- scan("stdin", quiet=TRUE); n <- length(y)
s <- sts(observed=y, freq=52, start=c(2014,1))
control <- list(range=(n-19):n, b=5, w=3, noPeriods=10, weightsThreshold=2.58, pastWeeksNotIncluded=26,
                pThresholdTrend=1, alpha=0.005)
cat(system.time(farringtonFlexible(s, control=control))[["elapsed"]] / 20 * 1000, "\n")
cat(system.time(for (i in 1:20) earsC(s))[["elapsed"]] / 20 * 1000, "\n")
"""


def surveillance():
    y = counts(312, 5)
    s = Series(y)
    ours = per_call(lambda: s.farrington(292)) / 20, per_call(s.ears)
    print("Farrington Flexible, one week of 312: ours %.4f ms; EARS C1, 312 weeks: ours %.4f ms" % ours)
    if shutil.which("Rscript") is None:
        print("Rscript is not there: surveillance was not timed")
        return
    run = subprocess.run(["Rscript", "-e", R_SCRIPT], input=" ".join(map(str, y)), capture_output=True, text=True)
    if run.returncode != 0:
        print("R's surveillance is not there: it was not timed")
        return
    theirs = [float(v) for v in run.stdout.split()]
    line("Farrington Flexible, one week", ours[0], "surveillance", theirs[0])
    line("EARS C1, 312 weeks", ours[1], "surveillance", theirs[1])


def daily(series):
    """Six methods on 1 095 days. ESSENCE and Farrington judge the last day, as every day; the others all days."""
    all_series = [Series(counts(1095, i)) for i in range(series)]
    tails = {id(s): Series(s.y[-133:]) for s in all_series}
    jobs = {"EARS, all days": lambda s: s.ears(), "CUSUM, all days": lambda s: s.cusum(),
            "ESSENCE, all days": lambda s: s.essence(), "ESSENCE, last day": lambda s: tails[id(s)].essence(132),
            "Farrington, last day": lambda s: s.farrington(1094, 365, 21, 182, 2),
            "seasonal Mann-Kendall": lambda s: s.mann_kendall(method=5, period=7, without_slope=1),
            "seasonal Sen": lambda s: s.mann_kendall(method=5, period=7)}
    total = 0.0
    for name, job in [*jobs.items(), ("STL(7), two passes", None)]:
        start = time.process_time()
        for s in all_series if job else ():
            job(s)
        each = (time.process_time() - start if job else stl_of_all(all_series)) / series
        total += each if name not in ("ESSENCE, all days", "seasonal Sen") else 0
        print("%-34s %9.4f ms a series, 100 000 series %6.1f s" % (name, each * 1e3, each * 1e5))
    print("%-34s %9.4f ms a series, 100 000 series %6.1f s on one core" % ("the daily job", total * 1e3, total * 1e5))


def panel(series=5000):
    """The analyzer: Mann-Kendall, Sen and ESSENCE on the last day, with the findings as a table."""
    rng = np.random.default_rng(1)
    for n in (365, 1095):
        y = rng.poisson(2, (series, n)).astype(float)
        handle, out = c.c_void_p(), c.c_void_p()
        start = time.process_time()
        call("gov_panel_of_array", pointer(y), None, c.c_int64(series), c.c_int64(n), c.c_int32(18628), c.c_int(1),
             c.byref(handle))
        made = time.process_time() - start
        options = native.struct("T", [("threads", c.c_int32), ("alpha", c.c_double), ("min_sigma", c.c_double),
                                      ("ears_alpha", c.c_double), ("run", c.c_void_p), ("alarm", c.c_int),
                                      ("trend", c.c_int), ("season", c.c_int64), ("fa", c.c_double)])(alarm=1)
        start = time.process_time()
        call("gov_trend_analyze", handle, c.byref(options), c.byref(out))
        found = time.process_time() - start
        print("panel %d x %d: laid out in %.2f s, 1 byte a cell; findings in %.2f s (%.3f ms a series); peak %.0f MB"
              % (series, n, made, found, found / series * 1e3,
                 resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
        native.library.gov_table_free(out)
        native.library.gov_panel_free(handle)


def main():
    monotonic()
    surveillance()
    daily(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
    panel()


if __name__ == "__main__":
    main()
