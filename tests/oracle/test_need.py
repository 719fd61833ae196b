"""Ties, measures and standard errors of the need room against their definitions, and R's survey package."""

import csv
import ctypes
import pathlib
import random
import shutil
import subprocess
from fractions import Fraction

import pytest
from library import call, library
from need_library import Model, Table, alkire_foster, parse_csv
from need_random import random_weights


def as_pair(fraction):
    return fraction.numerator, fraction.denominator


def test_every_exact_tie_of_a_million_households_is_poor():
    """Weights 1/21 and 1/28, cut-off 1/2: the ties that a sum of doubles loses."""
    rng = random.Random(7)
    rows = [rng.getrandbits(24) for _ in range(1_000_000)]
    text = ["govcore_model: 1\nid: ties\nversion: 1\ninputs:"] + ["  c%d: {type: int}" % i for i in range(24)]
    text.append("tiers: [{id: poor, at: 1/2}]\ndimensions:")
    for d, (whole, part) in enumerate((("4/7", "1/21"), ("3/7", "1/28"))):
        text.append("  - id: d%d\n    weight: %s\n    indicators:" % (d, whole))
        text += ["      - {id: i%d, weight: %s, deprived: c%d == 1}" % (i, part, i) for i in range(12 * d, 12 * d + 12)]
    model = Model("\n".join(text) + "\n")
    builder, handle = ctypes.c_void_p(), ctypes.c_void_p()
    call("gov_table_builder_new", ctypes.byref(builder))
    for i in range(24):
        column = bytes([r >> i & 1 for r in rows])
        call("gov_table_builder_array", builder, b"c%d" % i, 6, column, None, ctypes.c_int64(len(rows)))
    call("gov_table_builder_finish", builder, ctypes.byref(handle))
    library.gov_table_builder_free(builder)
    scores = model.score(Table(handle), codes=1, threads=2)
    exact_score = {(a, b): Fraction(a, 21) + Fraction(b, 28) for a in range(13) for b in range(13)}
    den = model.denominator()
    ties = lost = 0
    for r, num, tier in zip(rows, scores.int64s("score_num"), scores.int64s("tier")):
        a, b = (r & 0xFFF).bit_count(), (r >> 12).bit_count()
        e = exact_score[a, b]
        assert num * e.denominator == e.numerator * den
        assert tier == (e >= Fraction(1, 2))
        if e == Fraction(1, 2):
            ties += 1
            lost += sum([1 / 21] * a + [1 / 28] * b) < 0.5
    assert ties > 50_000 and lost > 0, (ties, lost)


def plain_alkire_foster(rows, weights, k):
    """H, A, M0 and censored headcounts by their definitions, with fractions."""
    scores = [sum((w for w, g in zip(weights, r[0]) if g), Fraction(0)) for r in rows]
    total = sum(r[1] for r in rows)
    poor = [s >= k for s in scores]
    h = Fraction(sum(r[1] for r, p in zip(rows, poor) if p), total)
    m0 = sum((r[1] * s for r, s, p in zip(rows, scores, poor) if p), Fraction(0)) / total
    censored = [Fraction(sum(r[1] for r, p in zip(rows, poor) if p and r[0][j]), total) for j in range(len(weights))]
    return h, (m0 / h if h else None), m0, censored


def test_random_measures_are_those_of_the_definitions():
    rng = random.Random(11)
    for _ in range(200):
        count = rng.randrange(1, 6)
        weights = random_weights(rng, count)
        rows = [([rng.random() < 0.4 for _ in range(count)], rng.randrange(1, 9)) for _ in range(rng.randrange(1, 60))]
        columns = {"g%d" % j: [r[0][j] for r in rows] for j in range(count)}
        columns["w"] = [r[1] for r in rows]
        columns["s"] = [rng.choice("ab") for _ in rows]
        types = ",".join("g%d:bool" % j for j in range(count)) + ",w:int64,s:utf8"
        k = Fraction(rng.randrange(1, 7), 6)
        summary, indicators = alkire_foster(parse_csv(columns, types), ",".join("%d/%d" % as_pair(w) for w in weights),
                                            by=b"s", weight=b"w", k=b"%d/%d" % as_pair(k))
        for line in summary:
            part = [r for r, s in zip(rows, columns["s"]) if line["group"] in ("", s)]
            h, a, m0, censored = plain_alkire_foster(part, weights, k)
            for name, expected in (("H", h), ("A", a), ("M0", m0)):
                assert (line[name] == "") == (expected is None)
                assert expected is None or abs(float(line[name]) - float(expected)) <= 1e-12 * float(expected)
            own = [i for i in indicators if i["group"] == line["group"]]
            for i, c, w in zip(own, censored, weights):
                assert abs(float(i["censored"]) - float(c)) <= 1e-12
                assert m0 == 0 or abs(float(i["contribution"]) - float(w * c / m0)) <= 1e-12


def plain_error(rows, parts, inside):
    """The linearised standard error of Σ w y / Σ w x in a domain: rows are (w, stratum, unit, values)."""
    pairs = [(parts(r) if inside(r) else (0, 0)) for r in rows]
    x = sum(r[0] * p[1] for r, p in zip(rows, pairs))
    if x == 0:
        return None
    ratio = sum(r[0] * p[0] for r, p in zip(rows, pairs)) / x
    totals = {}
    for r, (y, q) in zip(rows, pairs):
        key = (r[1], r[2])
        totals[key] = totals.get(key, 0.0) + r[0] * (y - ratio * q) / x
    variance = 0.0
    for stratum in {k[0] for k in totals}:
        z = [v for k, v in totals.items() if k[0] == stratum]
        if len(z) > 1:
            mean = sum(z) / len(z)
            variance += len(z) / (len(z) - 1) * sum((v - mean) ** 2 for v in z)
    return variance ** 0.5


def test_standard_errors_are_those_of_the_definition_on_three_designs():
    """Strata with units, strata of single households, units without strata; weights that are not whole."""
    rng = random.Random(5)
    for design in range(90):
        n = rng.randrange(30, 120)
        strata, units = [(b"s", b"u"), (b"s", None), (None, b"u")][design % 3]
        columns = {"a": [], "b": [], "w": [], "s": [], "u": [], "g": []}
        for i in range(n):
            s = rng.randrange(3)
            columns["a"].append(rng.random() < 0.5)
            columns["b"].append(rng.random() < 0.3)
            columns["w"].append(rng.randrange(1, 4000) / 64)
            columns["s"].append(s)
            columns["u"].append((10 * s if strata else 0) + i % 5)
            columns["g"].append(rng.choice("xy"))
        rows = [(columns["w"][i], columns["s"][i] if strata else 0, columns["u"][i] if units else i,
                 (columns["a"][i] / 2 + columns["b"][i] / 2, columns["a"][i], columns["g"][i])) for i in range(n)]
        summary, indicators = alkire_foster(
            parse_csv(columns, "a:bool,b:bool,w:float64,s:int64,u:int64,g:utf8"), "1/2,1/2", by=b"g", weight=b"w",
            strata=strata, units=units, k=b"1/2", columns=b"a,b", single_unit=1)
        poor = lambda r: r[3][0] >= 0.5  # noqa: E731
        for line in summary:
            def inside(r):
                return line["group"] in ("", r[3][2])
            figures = {"H_se": lambda r: (poor(r), 1), "A_se": lambda r: (poor(r) * r[3][0], poor(r)),
                       "M0_se": lambda r: (poor(r) * r[3][0], 1)}
            for name, parts in figures.items():
                expected = plain_error(rows, parts, inside)
                if expected is not None:
                    assert abs(float(line[name]) - expected) <= 1e-9 * expected + 1e-15, (design, name, line)
            expected = plain_error(rows, lambda r: (poor(r) * r[3][0] * inside(r), poor(r) * r[3][0]), lambda r: True)
            if line["group"]:
                assert abs(float(line["contribution_se"]) - expected) <= 1e-9 * expected


def has_survey():
    return shutil.which("Rscript") is not None and subprocess.run(
        ["Rscript", "-e", "library(survey)"], capture_output=True).returncode == 0


@pytest.mark.parametrize("design", ["strata units", "strata", "units"])
def test_standard_errors_are_those_of_r_survey(design, tmp_path):
    if not has_survey():
        pytest.skip("R's survey package is not installed (Debian: r-cran-survey)")
    rng = random.Random(design)
    columns = {"a": [], "b": [], "w": [], "s": [], "u": [], "g": []}
    for i in range(300):
        stratum = rng.randrange(4)
        columns["a"].append(int(rng.random() < 0.5))
        columns["b"].append(int(rng.random() < 0.3))
        columns["w"].append(rng.randrange(64, 400000) / 64)
        columns["s"].append(stratum)
        columns["u"].append((10 * stratum if design != "units" else 0) + i % 7)
        columns["g"].append(rng.choice("xyz"))
    path = tmp_path / "table.csv"
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values()))
    script = pathlib.Path(__file__).with_name("need_survey.R")
    lines = subprocess.run(["Rscript", str(script), str(path), design], capture_output=True, text=True, check=True).stdout
    summary, _ = alkire_foster(
        parse_csv(columns, "a:int64,b:int64,w:float64,s:int64,u:int64,g:utf8"), "1/2,1/2", by=b"g", weight=b"w",
        strata=b"s" if "strata" in design else None, units=b"u" if "units" in design else None, k=b"1/2",
        columns=b"a,b", single_unit=1)
    own = {line["group"]: line for line in summary}
    compared = 0
    for group, figure, estimate, error in csv.reader(lines.splitlines()):
        assert abs(float(own[group][figure]) - float(estimate)) <= 1e-12
        assert abs(float(own[group][figure + "_se"]) - float(error)) <= 1e-9 * float(error)
        compared += 1
    assert compared == 12
