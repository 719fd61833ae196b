"""10 million households x 22 indicators: score, bounds, tiers and masks, against polars and DuckDB with the same formula.

Every engine gets the same columns (float64, float32 and uint8, 2 % missing) and the same number of threads, and gives
the same columns: score as numerator and as share, its upper bound, both tiers, the masks of deprived and of missing
indicators. Ours scores slices of 131 072 rows, so that its memory does not grow; for polars the faster of its two
engines counts. `all` is our whole result, with coverage, dimension scores, status, services and two more masks. malloc is
told to keep freed memory, as the peers' own allocators do. The memory bandwidth is that of one thread that reads the
same bytes in the same run (a bitwise or). Usage: bench/need.py [MILLIONS OF ROWS] [THREADS]
"""

import ctypes
import os
import pathlib
import sys
import time

MILLIONS = float(sys.argv[1]) if len(sys.argv) > 1 else 10
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 2
os.environ["POLARS_MAX_THREADS"] = str(THREADS)

import duckdb  # noqa: E402
import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
import pyarrow as pa  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/oracle"))
from library import call, library  # noqa: E402
from need_library import Model, Options  # noqa: E402

ROWS, COLUMNS, SLICE = int(MILLIONS * 1_000_000), 22, 131_072
WEIGHTS = [90, 60, 30, 40, 50, 50, 40, 40, 70, 40, 30, 50, 30, 30, 60, 50, 40, 30, 40, 40, 50, 40]  # per mille
DIMENSIONS = [4, 4, 3, 3, 2, 3, 3]
CUT = 77  # deprived below it
SAME = b"score_num,score,score_high,tier,tier_high,deprived_mask,missing_mask"


def model_text(kind):
    names = ["x%d" % j for j in range(COLUMNS)]
    out = ["govcore_model: 1", "id: bench", "version: 1", "inputs:"]
    out += ["  %s: {type: %s}" % (n, kind) for n in names]
    out.append("dimensions:")
    first = 0
    for d, count in enumerate(DIMENSIONS):
        out.append("  - id: d%d\n    weight: %d/1000\n    indicators:" % (d, sum(WEIGHTS[first:first + count])))
        out += ["      - {id: i%d, weight: %d/1000, deprived: x%d < %d}" % (j, WEIGHTS[j], j, CUT)
                for j in range(first, first + count)]
        first += count
    return "\n".join(out + ["tiers: [{id: high, at: 1/2}, {id: medium, at: 1/3}, {id: low, at: 1/5}]"]) + "\n"


def make_columns(dtype):
    """Arrow arrays with one value in fifty missing."""
    rng = np.random.default_rng(1)
    out = {}
    for j in range(COLUMNS):
        values = rng.integers(0, 256, ROWS, dtype=np.uint8)
        present = rng.integers(0, 50, ROWS, dtype=np.uint8) != 0
        bits = pa.py_buffer(np.packbits(present, bitorder="little"))
        kind = pa.from_numpy_dtype(dtype)
        out["x%d" % j] = pa.Array.from_buffers(kind, ROWS, [bits, pa.py_buffer(values.astype(dtype))])
    return pa.table(out)


def import_table(table):
    """A gov_table that shares the buffers."""
    capsule = table.__arrow_c_stream__()
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    handle = ctypes.c_void_p()
    call("gov_table_import_arrow", ctypes.c_void_p(pointer(capsule, b"arrow_array_stream")), None, ctypes.byref(handle))
    return handle


def ours(model, handle, columns):
    """Scores all rows, slice by slice; returns the sum of score_num of a sample for comparison."""
    options = Options(threads=THREADS, codes=1, columns=columns)
    check = 0
    for first in range(0, ROWS, SLICE):
        part, out = ctypes.c_void_p(), ctypes.c_void_p()
        call("gov_table_slice", handle, ctypes.c_int64(first), ctypes.c_int64(min(SLICE, ROWS - first)), ctypes.byref(part))
        call("gov_need_score", model.handle, part, ctypes.byref(options), ctypes.byref(out))
        values = (ctypes.c_int64 * 1)()
        column = ctypes.c_int64()
        call("gov_table_find", out, b"score_num", ctypes.byref(column))
        call("gov_table_copy_int64s", out, column, ctypes.c_int64(7), ctypes.c_int64(1), values, None)
        check += values[0]
        library.gov_table_free(out)
        library.gov_table_free(part)
    return check


def with_polars(frame, engine):
    deprived = [pl.col("x%d" % j) < CUT for j in range(COLUMNS)]

    def total(parts):
        return pl.sum_horizontal(parts)

    low = total([d.fill_null(False).cast(pl.Int32) * w for d, w in zip(deprived, WEIGHTS)])
    high = total([d.fill_null(True).cast(pl.Int32) * w for d, w in zip(deprived, WEIGHTS)])
    mask = total([d.fill_null(False).cast(pl.UInt32) * (1 << j) for j, d in enumerate(deprived)])
    missing = total([d.is_null().cast(pl.UInt32) * (1 << j) for j, d in enumerate(deprived)])
    frame = frame.lazy().select(low.alias("low"), high.alias("high"), mask.alias("mask"), missing.alias("missing"))
    for name in ("low", "high"):
        score = pl.col(name)
        tier = (score >= 500).cast(pl.UInt8) + (score >= 334).cast(pl.UInt8) + (score >= 200).cast(pl.UInt8)
        frame = frame.with_columns((score / 1000).alias(name + "_score"), tier.alias(name + "_tier"))
    out = frame.collect(engine=engine)
    return int(out["low"].gather(list(range(7, ROWS, SLICE))).sum())


def with_duckdb(connection, table):
    low = " + ".join("coalesce((x%d < %d)::INT, 0) * %d" % (j, CUT, w) for j, w in enumerate(WEIGHTS))
    high = " + ".join("coalesce((x%d < %d)::INT, 1) * %d" % (j, CUT, w) for j, w in enumerate(WEIGHTS))
    mask = " + ".join("coalesce((x%d < %d)::INT, 0) * %d" % (j, CUT, 1 << j) for j in range(COLUMNS))
    missing = " + ".join("(x%d IS NULL)::INT * %d" % (j, 1 << j) for j in range(COLUMNS))

    def tier(s):
        return "(%s >= 500)::UTINYINT + (%s >= 334)::UTINYINT + (%s >= 200)::UTINYINT" % (s, s, s)

    connection.register("t", table)
    out = connection.sql(
        "SELECT low, low / 1000 AS low_score, high / 1000 AS high_score, %s AS low_tier, %s AS high_tier, mask, missing "
        "FROM (SELECT %s AS low, %s AS high, %s AS mask, %s AS missing FROM t)"
        % (tier("low"), tier("high"), low, high, mask, missing)).to_arrow_table()
    return int(out["low"].take(list(range(7, ROWS, SLICE))).to_numpy().sum())


def best(call_it, times=3):
    """The least of a few wall times, and the result."""
    least = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        result = call_it()
        least = min(least, time.perf_counter() - began)
    return least, result


def bandwidth(arrays):
    """Bytes a second of one thread that only reads these bytes (a bitwise or)."""
    def read():
        for a in arrays:
            np.bitwise_or.reduce(a)
    seconds, _ = best(read)
    return sum(a.nbytes for a in arrays) / seconds


def keep_freed_memory():
    libc = ctypes.CDLL(None)
    libc.mallopt(-1, 1 << 30)  # M_TRIM_THRESHOLD
    libc.mallopt(-3, 1 << 30)  # M_MMAP_THRESHOLD


def main():
    keep_freed_memory()
    connection = duckdb.connect()
    connection.execute("SET threads = %d" % THREADS)
    print("%g million rows x %d columns, %d threads" % (MILLIONS, COLUMNS, THREADS))
    for dtype, kind in ((np.float64, "float"), (np.float32, "float"), (np.uint8, "int")):
        table = make_columns(dtype)
        bytes_in = table.nbytes
        raw = [np.frombuffer(c.chunk(0).buffers()[1], dtype=np.uint64) for c in table.columns]
        speed = bandwidth(raw)
        model, handle = Model(model_text(kind)), import_table(table)
        frame = pl.from_arrow(table)
        a, x = best(lambda: ours(model, handle, SAME))
        whole, _ = best(lambda: ours(model, handle, None))
        b, y = min(best(lambda: with_polars(frame, engine)) for engine in ("in-memory", "streaming"))
        c, z = best(lambda: with_duckdb(connection, table))
        assert x == y == z, (x, y, z)
        print("%-8s ours %6.1f M rows/s | polars %5.1f M, %.1f x | DuckDB %5.1f M, %.1f x | read %4.1f GB/s, %.0f %% of %.1f | "
              "all %5.1f M, %.1f x polars, %.0f %%" % (
                  np.dtype(dtype).name, ROWS / a / 1e6, ROWS / b / 1e6, b / a, ROWS / c / 1e6, c / a, bytes_in / a / 1e9,
                  100 * bytes_in / a / speed, speed / 1e9, ROWS / whole / 1e6, b / whole, 100 * bytes_in / whole / speed))
        library.gov_table_free(handle)


main()
