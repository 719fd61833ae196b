"""CSV against Python's csv module: what it writes we read, what we write it reads."""

import csv
import ctypes
import io
import json
import random

from library import Table, call, library, make_table

PIECES = ["徐家汇", "a", "0", " ", ",", '"', "\n", "\r\n", ";", "𠀀", "é", "'", "-1.5", "true", "\t"]


class Options(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("encoding", ctypes.c_char_p), ("delimiter", ctypes.c_char),
                ("types", ctypes.c_char_p), ("run", ctypes.c_void_p)]


def parse(data, types=None, delimiter=b"\0"):
    out = ctypes.c_void_p()
    options = Options(ctypes.sizeof(Options), None, delimiter, types, None)
    call("gov_table_parse_csv", data, ctypes.c_int64(len(data)), b"oracle", ctypes.byref(options), ctypes.byref(out))
    return Table(out)


def written(table, name):
    out = ctypes.c_void_p()
    call(name, table.handle, ctypes.byref(out))
    library.gov_text_data.restype = ctypes.c_char_p
    text = library.gov_text_data(out).decode()
    library.gov_text_free(out)
    return text


def random_text(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(5)))


def random_rows(rng, columns):
    return [[random_text(rng) for _ in range(columns)] for _ in range(rng.randrange(60))]


def test_what_python_writes_is_read():
    rng = random.Random(1)
    for case in range(400):
        columns = rng.randrange(1, 6)
        rows = random_rows(rng, columns)
        names = ["c%d" % i for i in range(columns)]
        text = io.StringIO(newline="")
        quoting = rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
        delimiter = rng.choice([",", ";", "\t"])
        writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=rng.choice(["\n", "\r\n"]))
        writer.writerows([names] + rows)
        data = text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "gb18030"]))
        table = parse(data, ",".join("%s:utf8" % name for name in names).encode(), delimiter.encode())
        # Python's writer quotes an empty field only where it is alone in its row or everything is quoted.
        quoted = quoting == csv.QUOTE_ALL or columns == 1
        for i, name in enumerate(names):
            expected = [row[i] if row[i] or quoted else None for row in rows]
            assert table.texts(name) == expected, case


def test_what_is_written_python_reads():
    rng = random.Random(2)
    for _ in range(200):
        columns = rng.randrange(1, 6)
        rows = random_rows(rng, columns) or [[""] * columns]
        table = make_table({"c%d" % i: [row[i] for row in rows] for i in range(columns)})
        back = list(csv.reader(io.StringIO(written(table, "gov_table_format_csv"), newline=""), strict=True))
        assert back[1:] == rows
        objects = json.loads(written(table, "gov_table_format_json"))
        assert [list(o.values()) for o in objects] == rows


def test_numbers_are_those_of_python():
    rng = random.Random(3)
    texts = [rng.choice(["%.*g" % (rng.randrange(1, 18), rng.uniform(-1, 1) * 10.0 ** rng.randrange(-300, 300)),
                         repr(rng.random()), "%d" % rng.randrange(-10 ** 15 + 1, 10 ** 15), "1e22", "5e-324", "-0"])
             for _ in range(20_000)]
    table = parse(("x\n" + "\n".join(texts) + "\n").encode(), b"x:float64")
    values = (ctypes.c_double * len(texts))()
    call("gov_table_copy_doubles", table.handle, ctypes.c_int64(0), ctypes.c_int64(0), ctypes.c_int64(len(texts)),
         values, None)
    assert [v.hex() for v in values] == [float(t).hex() for t in texts]
    again = [row[0] for row in csv.reader(io.StringIO(written(table, "gov_table_format_csv")))][1:]
    assert [float(t).hex() for t in again] == [float(t).hex() for t in texts]
