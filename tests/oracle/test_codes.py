"""The code room against the oracles beside this file."""

import base64
import ctypes
import datetime
import hmac
import random

import citizen_id
import credit_code
import suppression
import working_calendar
from library import Table, call, library, make_table

CITIZEN_ID, CREDIT_CODE = 1, 2
REASONS = 30_000  # rows whose reason is compared too, one call each
EPOCH = datetime.date(1970, 1, 1)


def check_column(texts, kind):
    report = ctypes.c_void_p()
    table = make_table({"code": texts})
    call("gov_code_check", table.handle, b"code", kind, None, ctypes.byref(report))
    return Table(report)


def compare(texts, kind, expected):
    """Every verdict, and the reasons of the first rows."""
    report = check_column(texts, kind)
    assert report.int64s("valid") == [reason == "" for reason in expected]
    first = check_column(texts[:REASONS], kind)
    assert [reason or "" for reason in first.texts("reason")] == expected[:REASONS]


def faults(originals, module, rng):
    """Half of the codes with one character changed, half with two swapped: text, and the places of the swap."""
    for n, text in enumerate(originals):
        yield (module.change_one(text, rng), None) if n % 2 == 0 else module.swap_two(text, rng)


def test_every_fault_of_a_million_ids_that_the_scheme_can_see_is_seen():
    rng = random.Random(20211009)
    originals = [citizen_id.random_id(rng) for _ in range(1_000_000)]
    assert all(check_column(originals, CITIZEN_ID).int64s("valid"))
    damaged = list(faults(originals, citizen_id, rng))
    expected = [citizen_id.refusal(text) for text, _ in damaged]
    compare([text for text, _ in damaged], CITIZEN_ID, expected)
    unseen = [distance for (_, distance), reason in zip(damaged, expected) if reason == ""]
    assert set(unseen) == {10}  # no single digit, no other swap


def test_every_fault_of_credit_codes_that_the_scheme_can_see_is_seen():
    rng = random.Random(32100)
    provinces = citizen_id.PROVINCES
    originals = [credit_code.random_code(rng, provinces) for _ in range(100_000)]
    assert all(check_column(originals, CREDIT_CODE).int64s("valid"))
    damaged = list(faults(originals, credit_code, rng))
    expected = [credit_code.refusal(text, provinces) for text, _ in damaged]
    compare([text for text, _ in damaged], CREDIT_CODE, expected)
    unseen = [places for (_, places), reason in zip(damaged, expected) if reason == ""]
    assert set(unseen) == {(0, 17)}


class CalendarOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("week", ctypes.c_int32), ("hours", ctypes.c_char_p),
                ("urgent_hours", ctypes.c_char_p)]


def make_calendar(exceptions, week, hours):
    handle = ctypes.c_void_p()
    days = (ctypes.c_int32 * len(exceptions))(*((day - EPOCH).days for day in exceptions))
    working = (ctypes.c_uint8 * len(exceptions))(*exceptions.values())
    text = ",".join("%02d:%02d-%02d:%02d" % (a // 60, a % 60, b // 60, b % 60) for a, b in hours)
    options = CalendarOptions(ctypes.sizeof(CalendarOptions), week, text.encode(), None)
    call("gov_calendar_new", days, working, ctypes.c_int64(len(exceptions)), ctypes.byref(options),
         ctypes.byref(handle))
    return handle


def random_calendar(rng):
    start = datetime.date(2020, 1, 1)
    exceptions = {start + datetime.timedelta(days=rng.randrange(1000)): rng.random() < 0.4 for _ in range(120)}
    week = rng.randrange(1, 128)
    edges = sorted(rng.sample(range(1, 1440), 4))
    hours = ((edges[0], edges[1]), (edges[2], edges[3]))
    return working_calendar.Calendar(exceptions, week, hours), make_calendar(exceptions, week, hours)


def test_working_days_equal_a_walk_from_day_to_day():
    rng = random.Random(250)
    library.gov_calendar_days_between.restype = ctypes.c_int64
    for _ in range(60):
        plain, handle = random_calendar(rng)
        for _ in range(30):
            day = datetime.date(2020, 6, 1) + datetime.timedelta(days=rng.randrange(800))
            n = rng.randrange(-60, 61)
            out = ctypes.c_int32()
            call("gov_calendar_add_days", handle, (day - EPOCH).days, ctypes.c_int64(n), ctypes.byref(out))
            assert EPOCH + datetime.timedelta(days=out.value) == plain.add_days(day, n)
            later = day + datetime.timedelta(days=rng.randrange(200))
            count = library.gov_calendar_days_between(handle, (day - EPOCH).days, (later - EPOCH).days)
            assert count == plain.days_between(day, later)
        library.gov_calendar_free(handle)


def test_deadlines_equal_a_walk_from_minute_to_minute():
    rng = random.Random(315)
    midnight = datetime.datetime(1970, 1, 1)
    for _ in range(40):
        plain, handle = random_calendar(rng)
        for _ in range(3):
            start = datetime.datetime(2020, 6, 1) + datetime.timedelta(minutes=rng.randrange(1_000_000))
            minutes = rng.randrange(1, 900)
            out = ctypes.c_int64()
            micros = (start - midnight) // datetime.timedelta(microseconds=1)
            call("gov_calendar_deadline", handle, ctypes.c_int64(micros), ctypes.c_double(minutes / 60), 2,
                 ctypes.byref(out))
            assert midnight + datetime.timedelta(microseconds=out.value) == plain.add_minutes(start, minutes)
        library.gov_calendar_free(handle)


class PseudonymOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("algorithm", ctypes.c_int32), ("encoding", ctypes.c_int32),
                ("bytes", ctypes.c_int32)]


def pseudonym(key, domain, text, options):
    handle = ctypes.c_void_p()
    out = ctypes.create_string_buffer(65)
    length = ctypes.c_int64()
    call("gov_pseudonym_new", key, ctypes.c_int64(len(key)), domain, ctypes.byref(options), ctypes.byref(handle))
    try:
        call("gov_pseudonym_make", handle, text, ctypes.c_int64(len(text)), out, ctypes.c_int64(65),
             ctypes.byref(length))
    finally:
        library.gov_pseudonym_free(handle)
    return out.value.decode()


def test_pseudonyms_equal_pythons_hmac():
    rng = random.Random(4231)
    for _ in range(500):
        key, text = rng.randbytes(rng.randrange(32, 200)), rng.randbytes(rng.randrange(100))
        domain = "".join(rng.choices("abc/人户", k=rng.randrange(12))).encode()
        kept = rng.randrange(10, 33)
        message = b"govcore pseudonym 1\0" + len(domain).to_bytes(8, "big") + domain + text
        mac = hmac.new(key, message, "sha256").digest()[:kept]
        base32 = PseudonymOptions(ctypes.sizeof(PseudonymOptions), 0, 0, kept)
        assert pseudonym(key, domain, text, base32) == base64.b32encode(mac).decode().rstrip("=")
        hexadecimal = PseudonymOptions(ctypes.sizeof(PseudonymOptions), 0, 1, kept)
        assert pseudonym(key, domain, text, hexadecimal) == mac.hex()


class SuppressOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("threshold", ctypes.c_int64), ("run", ctypes.c_void_p)]


def suppress(cells, threshold, one_column):
    """{(row, column): (count or None, why)} with None for the key of a total."""
    out = ctypes.c_void_p()
    table = make_table({"r": [r for r, _ in cells], "c": [c for _, c in cells], "n": list(cells.values())})
    options = SuppressOptions(ctypes.sizeof(SuppressOptions), threshold, None)
    call("gov_suppress", table.handle, b"r", None if one_column else b"c", b"n", ctypes.byref(options),
         ctypes.byref(out))
    result = Table(out)
    rows = result.texts("row")
    columns = ["c0"] * len(rows) if one_column else result.texts("column")
    return dict(zip(zip(rows, columns), zip(result.int64s("count"), result.texts("why"))))


def test_no_hidden_count_can_be_computed_from_what_is_shown():
    rng = random.Random(1980)
    for case in range(400):
        columns = 1 if case % 4 == 0 else rng.randrange(1, 6)
        names = [("r%d" % r, "c%d" % c) for r in range(rng.randrange(1, 6)) for c in range(columns)]
        cells = {name: rng.choice((0, 0, 1, 2, 3, 4, 5, 9, 40)) for name in names}
        threshold = rng.randrange(2, 8)
        result = suppress(cells, threshold, case % 4 == 0)
        true = suppression.with_totals(cells, totals_by_row=case % 4 != 0)
        assert result.keys() == true.keys()
        for key, (count, why) in result.items():
            assert count in (None, true[key]) and (count is None) == (why is not None)
            assert (why == "small") == (0 < true[key] < threshold)
            assert count is not None or true[key] > 0
        hidden = {key for key, (count, _) in result.items() if count is None}
        assert suppression.computable(hidden, true) == set()


def test_sizes_and_distinct_values_equal_a_count():
    rng = random.Random(2002)
    for _ in range(50):
        rows = [(rng.choice("ab"), rng.randrange(3), rng.choice("xyz")) for _ in range(rng.randrange(1, 60))]
        table = make_table({"a": [r[0] for r in rows], "b": [r[1] for r in rows], "s": [r[2] for r in rows]})
        out = ctypes.c_void_p()
        names = (ctypes.c_char_p * 2)(b"a", b"b")
        call("gov_anonymity", table.handle, names, ctypes.c_int64(2), b"s", ctypes.byref(out))
        result = Table(out)
        alike = [[other for other in rows if other[:2] == row[:2]] for row in rows]
        assert result.int64s("size") == [len(group) for group in alike]
        assert result.int64s("distinct") == [len({other[2] for other in group}) for group in alike]
        first = list(dict.fromkeys(row[:2] for row in rows))
        assert result.int64s("class") == [first.index(row[:2]) for row in rows]
