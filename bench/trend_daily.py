"""A stored state: what a new day costs after three years, and how time and memory grow.

    bench/trend_daily.py [SERIES]     default 10 000; 100 000 needs about a minute and 2 GB, most of it for drawing counts

The peer is a full run over the same panel: every method on every series from its first day, as a job does that keeps
nothing. The state's findings are compared with a state made anew before anything is timed. Then meters: an hour's readings of
all of them, beside the rules over each one's whole month. Processor seconds of one core.
"""

import ctypes as c
import os
import pathlib
import resource
import sys
import tempfile
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/oracle"))
import trend_native as native  # noqa: E402
from library import call, library  # noqa: E402

DAYS, CHUNK, START = 1095, 219, 18628
P, INT, D, I = c.c_void_p, c.c_int32, c.c_double, c.c_int64
StateOptions = native.struct("StateOptions", [("gaps", c.c_int), ("season", I), ("ears", P), ("cusum", P),
                                              ("essence", P), ("threads", INT), ("run", P)])
FindingsOptions = native.struct("FindingsOptions", [("threads", INT), ("alpha", D), ("farrington", INT),
                                                    ("farrington_alpha", D), ("run", P)])


def panel(series, first, days):
    """Poisson counts with a weekly season; the same for a day whatever days are asked with it."""
    y = np.empty((series, days))
    for i in range(days):
        rng = np.random.default_rng(first + i)
        y[:, i] = rng.poisson(2 + np.sin(2 * np.pi * (first + i) / 7), series)
    handle = P()
    call("gov_panel_of_array", y.ctypes.data_as(P), None, I(series), I(days), INT(START + first), c.c_int(1),
         c.byref(handle))
    return handle


def state_of(handle):
    state = P()
    call("gov_trend_state_new", handle, c.byref(StateOptions(gaps=1)), c.byref(state))
    library.gov_panel_free(handle)
    return state


def grown(series, days):
    """A state of so many days, by chunks, so that the drawn counts are never all in memory."""
    state = state_of(panel(series, 0, 1))
    for first in range(1, days, CHUNK):
        add(state, panel(series, first, min(CHUNK, days - first)))
    return state


def add(state, handle):
    call("gov_trend_state_add", state, handle, None)
    library.gov_panel_free(handle)


def findings(state, farrington=0):
    table = P()
    call("gov_trend_state_findings", state, c.byref(FindingsOptions(farrington=farrington)), c.byref(table))
    return table


def csv(table):
    text = P()
    call("gov_table_format_csv", table, c.byref(text))
    library.gov_text_data.restype = c.c_char_p
    value = library.gov_text_data(text)
    library.gov_text_free(text)
    library.gov_table_free(table)
    return value


def seconds(work):
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20


def day(series, days, path):
    """Seconds to open, add a day, find, find with Farrington, save; and the size of the file in MB."""
    state = grown(series, days)
    call("gov_trend_state_save", state, str(path).encode())
    library.gov_trend_state_free(state)
    today = panel(series, days, 1)
    state = P()
    opening, _ = seconds(lambda: call("gov_trend_state_open", str(path).encode(), c.byref(state)))
    adding, _ = seconds(lambda: add(state, today))
    finding, table = seconds(lambda: findings(state))
    library.gov_table_free(table)
    farrington, table = seconds(lambda: findings(state, 1))
    library.gov_table_free(table)
    saving, _ = seconds(lambda: call("gov_trend_state_save", state, str(path).encode()))
    library.gov_trend_state_free(state)
    return opening, adding, finding, farrington, saving, path.stat().st_size / 1e6


def report(series, days, times):
    opening, adding, finding, farrington, saving, size = times
    scale = 100_000 / series
    print("%6d x %4d: open %.3f s, add %.3f, findings %.3f, save %.3f: a day %.3f s, of 100 000 series %.2f s; "
          "with Farrington %.2f s; file %.1f MB" % (
              series, days, opening, adding, finding, saving, opening + adding + finding + saving,
              (opening + adding + finding + saving) * scale, (opening + adding + farrington + saving) * scale, size))


MetersOptions = native.struct("MetersOptions", [("rules", P), ("register_size", D), ("offline_hours", I)])


def hour_of(names, hour, register):
    """The table of one hour's readings."""
    builder, table = P(), P()
    call("gov_table_builder_new", c.byref(builder))
    call("gov_table_builder_texts", builder, b"meter", names, I(len(names)))
    for name, kind, values in (("time", 5, np.full(len(names), START * 86400 + hour * 3600)), ("reading", 11, register)):
        call("gov_table_builder_array", builder, name.encode(), kind, values.ctypes.data_as(P), None, I(len(names)))
    call("gov_table_builder_finish", builder, c.byref(table))
    library.gov_table_builder_free(builder)
    return table


def meters(count=2000, hours=720):
    rules, handle = native.WatchOptions(), P()
    call("gov_meters_new", c.byref(MetersOptions(rules=c.cast(c.pointer(rules), P))), c.byref(handle))
    names = (c.c_char_p * count)(*(b"meter %06d" % i for i in range(count)))
    uses = np.random.default_rng(1).choice([0, 0, 0, 0.02], (hours, count))
    register = np.cumsum(uses, axis=0)
    spent = []
    for hour in range(hours):
        table = hour_of(names, hour, np.ascontiguousarray(register[hour]))
        spent.append(seconds(lambda: call("gov_meters_add", handle, table, None, None))[0])
        library.gov_table_free(table)
    episodes = P()
    asking, _ = seconds(lambda: call("gov_meters_episodes", handle, I(0), I(0), None, c.byref(episodes)))
    library.gov_table_free(episodes)
    library.gov_meters_free(handle)
    times = [START * 86400 + hour * 3600 for hour in range(hours)]
    whole, _ = seconds(lambda: [native.watch(times, register[:, i].tolist(), rules) for i in range(50)])
    each = sum(spent[-24:]) / 24 / count
    print("meters: an hour of one %.2f us, of 100 000 %.2f s; episodes of all %.2f s; the rules over a whole month %.0f us, "
          "ratio %.0f" % (each * 1e6, each * 1e5, asking / count * 1e5, whole / 50 * 1e6, whole / 50 / each))


def main():
    series = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "bench.state"
        few = grown(200, 400)
        add(few, panel(200, 400, 1))
        assert csv(findings(few, 1)) == csv(findings(state_of(panel(200, 0, 401)), 1))
        library.gov_trend_state_free(few)
        before = resident()
        state = grown(series, DAYS)
        print("a state of %d x %d takes %.0f MB (counts: %.0f MB as bytes)" % (
            series, DAYS, resident() - before, series * DAYS / 2**20))
        library.gov_trend_state_free(state)
        for days in (DAYS // 4, DAYS // 2, DAYS):
            report(series, days, day(series, days, path))
        for share in (4, 2):
            report(series // share, DAYS, day(series // share, DAYS, path))
    whole = min(series, 1000)
    anew, state = seconds(lambda: state_of(panel(whole, 0, DAYS)))
    drawn, handle = seconds(lambda: panel(whole, 0, DAYS))
    library.gov_panel_free(handle)
    library.gov_trend_state_free(state)
    print("a full run instead: %.3f ms a series, of 100 000 series %.1f s" % (
        (anew - drawn) / whole * 1e3, (anew - drawn) / whole * 1e5))
    meters()
    print("peak of this program %.0f MB" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


if __name__ == "__main__":
    main()
