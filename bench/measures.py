"""Alkire-Foster measures of households by 63 grids: H, A and M0 with standard errors, raw and censored headcounts and
contributions of 22 indicators, at three cut-offs, for every grid and the total; against numpy (one pass of bincount a
figure, which is as fast as we could write it) and pandas (groupby of the censored columns). Standard errors of the
headcounts and contributions, and all intervals, only ours has. Usage: bench/measures.py [MILLIONS OF HOUSEHOLDS]
"""

import ctypes
import pathlib
import sys
import time

import numpy as np
import pandas as pd

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/oracle"))
from library import Table, call, library  # noqa: E402
from need_library import MeasureOptions  # noqa: E402

ROWS = int(float(sys.argv[1] if len(sys.argv) > 1 else 1) * 1_000_000)
WEIGHTS = np.array([90, 60, 30, 40, 50, 50, 40, 40, 70, 40, 30, 50, 30, 30, 60, 50, 40, 30, 40, 40, 50, 40])
GRIDS, CUTOFFS = 63, (200, 334, 500)
BOOL, INT32 = 1, 4


def households():
    """Deprivations that hang together, as they do: a household's hardship, times how common each one is."""
    rng = np.random.default_rng(3)
    hardship = rng.gamma(0.6, 1.0, ROWS)
    common = rng.uniform(0.02, 0.2, WEIGHTS.size)
    columns = [(rng.random(ROWS) < np.minimum(hardship * c, 0.9)).astype(np.uint8) for c in common]
    return columns, rng.integers(0, GRIDS, ROWS, dtype=np.int32)


def as_table(columns, grid):
    builder, handle = ctypes.c_void_p(), ctypes.c_void_p()
    call("gov_table_builder_new", ctypes.byref(builder))
    for name, kind, values in [("i%d" % j, BOOL, c) for j, c in enumerate(columns)] + [("grid", INT32, grid)]:
        call("gov_table_builder_array", builder, name.encode(), kind, ctypes.c_void_p(values.ctypes.data), None,
             ctypes.c_int64(ROWS))
    call("gov_table_builder_finish", builder, ctypes.byref(handle))
    library.gov_table_builder_free(builder)
    return Table(handle)


def ours(table):
    """M0 of all at the second cut-off, for comparison."""
    weights = ",".join("%d/1000" % w for w in WEIGHTS)
    k = ",".join("%d/1000" % k for k in CUTOFFS)
    options = MeasureOptions(by=b"grid", k=k.encode())
    measures, column, value = ctypes.c_void_p(), ctypes.c_int64(), ctypes.c_double()
    call("gov_need_alkire_foster", table.handle, weights.encode(), ctypes.byref(options), ctypes.byref(measures))
    summary = ctypes.c_void_p(library.gov_need_measures_summary(measures))
    call("gov_table_find", summary, b"M0", ctypes.byref(column))
    call("gov_table_copy_doubles", summary, column, ctypes.c_int64(1), ctypes.c_int64(1), ctypes.byref(value), None)
    library.gov_need_measures_free(measures)
    return value.value


def with_numpy(columns, grid):
    score = np.zeros(ROWS, dtype=np.int64)
    for w, c in zip(WEIGHTS, columns):
        score += w * c
    size = np.bincount(grid, minlength=GRIDS)
    raw = [np.bincount(grid, c, GRIDS) / size for c in columns]
    out = {}
    for k in CUTOFFS:
        poor = score >= k
        in_poor, of = grid[poor], score[poor] / 1000
        count = np.bincount(in_poor, minlength=GRIDS)
        total, square = np.bincount(in_poor, of, GRIDS), np.bincount(in_poor, of * of, GRIDS)
        h, m0 = count / size, total / size
        censored = [np.bincount(in_poor, c[poor], GRIDS) / size for c in columns]
        share = [w / 1000 * c / m0 for w, c in zip(WEIGHTS, censored)]
        errors = np.sqrt(h * (1 - h) / (size - 1)), np.sqrt((square / size - m0 * m0) / (size - 1))
        out[k] = h, total / count, m0, censored, share, errors, total.sum() / ROWS
    return raw, out


def with_pandas(frame):
    names = [c for c in frame.columns if c != "grid"]
    score = frame[names].to_numpy() @ WEIGHTS
    groups = frame.groupby("grid")
    raw = groups[names].mean()
    out = {}
    for k in CUTOFFS:
        poor = score >= k
        censored = frame[names].mul(poor, axis=0).groupby(frame["grid"]).mean()
        figures = pd.DataFrame({"H": poor, "c": score * poor / 1000, "grid": frame["grid"]}).groupby("grid").agg(["mean", "sem"])
        m0 = figures["c", "mean"]
        out[k] = figures, m0 / figures["H", "mean"], censored, censored.mul(WEIGHTS / 1000, axis=1).div(m0, axis=0)
    return raw, out


def best(call_it, times=3):
    least = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        result = call_it()
        least = min(least, time.perf_counter() - began)
    return least, result


def main():
    columns, grid = households()
    table = as_table(columns, grid)
    frame = pd.DataFrame({"i%d" % j: c for j, c in enumerate(columns)} | {"grid": grid})
    a, x = best(lambda: ours(table))
    b, (_, y) = best(lambda: with_numpy(columns, grid))
    c, _ = best(lambda: with_pandas(frame), 1)
    assert abs(x - y[334][6]) <= 1e-12, (x, y[334][6])
    patterns = np.unique(sum((c.astype(np.int64) << j for j, c in enumerate(columns)), grid.astype(np.int64) << 32)).size
    print("%d households, %d grids, %d patterns by grid: ours %.0f ns a household | numpy %.0f ns, %.1f x | pandas %.0f ns, %.1f x"
          % (ROWS, GRIDS, patterns, a / ROWS * 1e9, b / ROWS * 1e9, b / a, c / ROWS * 1e9, c / a))


main()
