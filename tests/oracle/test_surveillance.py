"""Detectors over panels against R's surveillance 1.20.3: frozen answers for twelve series everywhere, and as many random
series as GOV_SERIES says (default 40) where R and its package are installed (Debian: r-cran-surveillance).

The series have ties, trends, seasons, outbreaks and stretches without a case; none has a gap, as R's functions take none.
Frozen anew by: .venv/bin/python tests/oracle/test_surveillance.py
"""

import csv
import math
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import pytest

import govcore as gov

HERE = pathlib.Path(__file__).parent
FROZEN = HERE / "golden"
PERIODS, BASELINE = 290, 208
SERIES = int(os.environ.get("GOV_SERIES", "40"))


def poisson(rng, mean):
    count, product = 0, rng.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * rng.random()
    return count


def make(rng):
    level, growth = rng.choice([0.3, 1, 3, 8, 25]), rng.choice([0, 0, 0.002, -0.002])
    swing, spread = rng.uniform(0, 0.8), rng.choice([0, 0, 0.5])
    y = []
    for t in range(PERIODS):
        mean = level * math.exp(growth * t + swing * math.sin(2 * math.pi * t / 52))
        y.append(poisson(rng, mean * (rng.gammavariate(1 / spread, spread) if spread else 1)))
    if rng.random() < 0.3:  # an outbreak at the end
        for t in range(PERIODS - 4, PERIODS):
            y[t] += poisson(rng, 3 + level)
    y[0] += 1
    return y


def ask_r(columns, folder):
    series, answer = folder / "series.csv", folder / "answer.csv"
    with open(series, "w", newline="") as f:
        csv.writer(f).writerows(zip(*columns))
    subprocess.run(["Rscript", str(HERE / "surveillance.R"), str(series), str(answer)], check=True, capture_output=True)
    return answer


def read_answer(path):
    """{detector: {(series, period), both from 0: (upper, alarm, value)}}, None where R has NA."""
    out = {}
    with open(path, newline="") as f:
        for row in csv.DictReader(f):
            numbers = [None if row[k] in ("NA", "NaN") else float(row[k]) for k in ("upper", "alarm", "value")]
            out.setdefault(row["detector"], {})[int(row["series"]) - 1, int(row["period"]) - 1] = numbers
    return out


def ours(panel):
    """The same detectors; the column that is R's `value`, and the relative difference that is allowed."""
    old = dict(flexible=False, freq=52, b=4, w=3, alpha=0.01, limit=None)
    new = dict(freq=52, b=4, w=3, no_periods=10, past_excluded=26, weights_threshold=2.58, trend_level=1, alpha=0.01, limit=None)
    yield from ((m, panel.ears(method=m, min_sigma=0.5), None, 1e-12) for m in ("C1", "C2", "C3"))
    yield "farrington", panel.farrington(last=2, **old), None, 1e-9
    for name, threshold in (("delta", "delta"), ("nbPlugin", "nb_plugin"), ("muan", "muan")):
        yield name, panel.farrington(last=2, threshold=threshold, **new), "p", 1e-9
    for transform in ("standard", "rossi", "anscombe"):
        yield "cusum " + transform, panel.cusum(baseline=BASELINE, transform=transform), None, 1e-12
    yield "glr", panel.glr(baseline=BASELINE), "statistic", 1e-9


def near(a, b, relative):
    return abs(a - b) <= relative * abs(b) + 1e-12


def compare(columns, answer):
    """Counts of compared values by detector; raises where one differs."""
    panel = gov.Panel.of_array(columns, first="2001-01-01", freq="week")
    counts = {}
    for name, table, value, relative in ours(panel):
        per_series = len(table) // len(columns)
        mine = {k: table[k].to_list() for k in ("upper", "alarm", *([value] if value else []))}
        for (s, t), (upper, alarm, theirs) in answer[name].items():
            row = s * per_series + t - (PERIODS - per_series)
            where = f"{name}, series {s}, period {t}, y = {columns[s]}"
            if mine["upper"][row] is None:
                assert upper in (None, 0.0), where
                continue
            if upper is not None:
                assert near(mine["upper"][row], upper, relative), (mine["upper"][row], upper, where)
            if upper is None or abs(columns[s][t] - upper) > 1e-9:
                assert mine["alarm"][row] == (alarm == 1), where
            if theirs is not None:
                assert near(mine[value][row], theirs, relative), (mine[value][row], theirs, where)
            counts[name] = counts.get(name, 0) + 1
    return counts


def read_frozen():
    with open(FROZEN / "surveillance_series.csv", newline="") as f:
        return [list(map(int, column)) for column in zip(*csv.reader(f))]


def test_frozen_answers_of_r():
    counts = compare(read_frozen(), read_answer(FROZEN / "surveillance_answers.csv"))
    assert set(counts) == {"C1", "C2", "C3", "farrington", "delta", "nbPlugin", "muan", "cusum standard", "cusum rossi",
                           "cusum anscombe", "glr"} and min(counts.values()) >= 20


def has_r():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(surveillance)"], capture_output=True).returncode == 0


def test_random_series_as_r(tmp_path):
    if not has_r():
        pytest.skip("R with its package surveillance is not installed (Debian: r-cran-surveillance)")
    rng = random.Random(20)
    columns = [make(rng) for _ in range(SERIES)]
    counts = compare(columns, read_answer(ask_r(columns, tmp_path)))
    assert all(count > SERIES for count in counts.values())


if __name__ == "__main__":
    rng = random.Random(21)
    columns = [make(rng) for _ in range(12)]
    FROZEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        answer = ask_r(columns, pathlib.Path(folder))
        shutil.copy(pathlib.Path(folder) / "series.csv", FROZEN / "surveillance_series.csv")
        shutil.copy(answer, FROZEN / "surveillance_answers.csv")
    sys.exit(0)
