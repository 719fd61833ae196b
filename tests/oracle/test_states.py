"""Stored states against plain code: the findings of a panel that was taken day by day, with late corrections, and the
episodes of meters that were taken in portions, both through bytes and back."""
import ctypes as c
import math
import random
import statistics

import pytest

import trend_native as native
import trend_plain as plain
from library import Table, call, library, make_table

P, I, INT = c.c_void_p, c.c_int64, c.c_int32
CusumOptions = native.struct("CusumOptions", [("transform", c.c_int), ("k", c.c_double), ("h", c.c_double),
                                              ("alpha", c.c_double), ("expected", P), ("mean", c.c_double),
                                              ("baseline", I), ("reset", INT)])
StateOptions = native.struct("StateOptions", [("gaps", c.c_int), ("season", I), ("ears", P), ("cusum", P),
                                              ("essence", P), ("threads", INT), ("run", P)])
MetersOptions = native.struct("MetersOptions", [("rules", P), ("register_size", c.c_double), ("offline_hours", I)])
SERIES, DAYS, FIRST, BASELINE = 6, 70, 18809, 20


def cusum(y, baseline, k=1.04):
    """C of the last day, expecting the mean of the first days."""
    mean = statistics.fmean(y[:baseline])
    total = 0.0
    for value in y[baseline:]:
        total = max(0.0, total + (value - mean) / math.sqrt(mean) - k)
    return total


def seasonal_s(y, period):
    return sum(plain.sign(y[j] - y[i]) for i in range(len(y)) for j in range(i + period, len(y), period))


def panel(rows, first):
    y = (c.c_double * sum(map(len, rows)))(*(value for row in rows for value in row))
    handle = P()
    call("gov_panel_of_array", y, None, I(len(rows)), I(len(rows[0])), INT(FIRST + first), c.c_int(1), c.byref(handle))
    return handle


def through_bytes(kind, handle):
    text, again = P(), P()
    call("gov_%s_encode" % kind, handle, c.byref(text))
    library.gov_text_data.restype, library.gov_text_size.restype = P, I
    call("gov_%s_decode" % kind, P(library.gov_text_data(text)), I(library.gov_text_size(text)), c.byref(again))
    library.gov_text_free(text)
    getattr(library, "gov_%s_free" % kind)(handle)
    return again


def doubles_of(table, name):
    rows = len(table)
    values, valid = (c.c_double * rows)(), (c.c_uint8 * rows)()
    call("gov_table_copy_doubles", table.handle, table.find(name), I(0), I(rows), values, valid)
    return [value if known else None for value, known in zip(values, valid)]


@pytest.mark.parametrize("seed", range(20))
def test_a_state_says_what_plain_code_says_of_the_whole(seed):
    rng = random.Random(seed)
    y = [[rng.randint(0, 3 + 2 * s) for _ in range(DAYS)] for s in range(SERIES)]
    late = rng.randrange(30)
    reported = [row[:late] + [row[late] + 5] + row[late + 1:] for row in y]
    state, options = P(), StateOptions(gaps=1, cusum=c.cast(c.pointer(CusumOptions(baseline=BASELINE)), P))
    first = panel([row[:40] for row in reported], 0)
    call("gov_trend_state_new", first, c.byref(options), c.byref(state))
    library.gov_panel_free(first)
    for day in range(40, DAYS):
        more = panel([row[day:day + 1] for row in y], day)
        call("gov_trend_state_add", state, more, None)
        library.gov_panel_free(more)
        if day == 55:
            state = through_bytes("trend_state", state)
    correction = panel([row[late:late + 1] for row in y], late)
    call("gov_trend_state_add", state, correction, None)
    library.gov_panel_free(correction)
    table = P()
    call("gov_trend_state_findings", state, None, c.byref(table))
    found = Table(table)
    library.gov_trend_state_free(state)
    for s, row in enumerate(y):
        spread = max(statistics.stdev(row[-8:-1]), 0.5)
        upper = statistics.fmean(row[-8:-1]) + statistics.NormalDist().inv_cdf(0.999) * spread
        assert math.isclose(doubles_of(found, "ears_upper")[s], upper, rel_tol=1e-12)
        assert math.isclose(doubles_of(found, "cusum")[s], cusum(row, BASELINE), rel_tol=1e-12, abs_tol=1e-12)
        assert doubles_of(found, "s")[s] == seasonal_s(row, 7)


@pytest.mark.parametrize("seed", range(10))
def test_meters_tell_the_episodes_that_plain_code_finds(seed):
    rng = random.Random(seed)
    rules = native.WatchOptions(no_use_limit=10, no_use_hours=12, too_much_hours=-1, leak_hours=-1, clear_hours=2)
    meters = P()
    call("gov_meters_new", c.byref(MetersOptions(rules=c.cast(c.pointer(rules), P))), c.byref(meters))
    uses = [rng.choice([0, 0, 0, 4, 20]) if rng.random() < 0.2 else 0 for _ in range(48 * 20)]
    litres = [0]
    for use in uses:
        litres.append(litres[-1] + use)
    at = 0
    while at < len(litres):
        to = min(len(litres), at + rng.randint(1, 90))
        rows = list(range(at, to))
        rng.shuffle(rows)
        table = make_table({"meter": ["m"] * len(rows), "time": [1800 * i for i in rows], "reading": [litres[i] for i in rows]})
        call("gov_meters_add", meters, table.handle, None, None)
        meters, at = through_bytes("meters", meters), to
    episodes = P()
    call("gov_meters_episodes", meters, I(0), I(0), None, c.byref(episodes))
    got = Table(episodes)
    library.gov_meters_free(meters)
    want = plain.no_use_episodes(uses, 10, 12, 2)
    times = zip(*(got.int64s(name) for name in ("began", "raised", "ended")))
    assert [tuple(None if v is None else v // 1800 for v in row) for row in times] == want
