"""The need room against a plain second implementation, brute force and SQLite, on random models and rows.

GOV_MODELS sets the number of random models (default 1 000; 10 000 take about a minute).
"""

import csv
import ctypes
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
from fractions import Fraction

import need_plain as plain
import pytest
from library import call, library
from need_library import Model, Table, alkire_foster, parse_csv, rows_of

NUMBERS = ["x", "y", "z"]
BOOLS = ["p", "q"]
OF_MEMBERS = {"number": ["age"], "bool": ["sick"]}


class Writer:
    """Random trees; `members` is what they may say of the members' table."""

    def __init__(self, rng, members):
        self.rng, self.members = rng, members

    def number(self, depth, inputs=NUMBERS):
        r = self.rng
        kind = r.random()
        if depth == 0 or kind < 0.3:
            return ("input", r.choice(inputs)) if r.random() < 0.7 else ("number", r.randrange(0, 9))
        if kind < 0.55:
            return (r.choice("+-*"), self.number(depth - 1, inputs), self.number(depth - 1, inputs))
        if kind < 0.65:
            return ("/", self.number(depth - 1, inputs), ("number", r.choice([0, 1, 2, 4, 8])))
        if kind < 0.75:
            return (r.choice(["min", "max"]), self.number(depth - 1, inputs), self.number(depth - 1, inputs))
        if kind < 0.83:
            return (r.choice(["abs", "neg"]), self.number(depth - 1, inputs))
        if kind < 0.9 and self.members and inputs is NUMBERS:
            op = r.choice(["count", "sum", "min1", "max1"])
            of = self.truth(1, OF_MEMBERS) if op == "count" else self.number(1, OF_MEMBERS["number"])
            return (op, of)
        if kind < 0.95:
            return ("coalesce", self.number(depth - 1, inputs), self.number(depth - 1, inputs))
        return ("if", self.truth_of(depth - 1, inputs), self.number(depth - 1, inputs), self.number(depth - 1, inputs))

    def truth_of(self, depth, numbers):
        return self.truth(depth, None if numbers is NUMBERS else OF_MEMBERS)

    def truth(self, depth, of=None):
        r = self.rng
        numbers, bools = (NUMBERS, BOOLS) if of is None else (of["number"], of["bool"])
        kind = r.random()
        if depth == 0 or kind < 0.1:
            return ("input", r.choice(bools)) if r.random() < 0.9 else ("bool", r.random() < 0.5)
        if kind < 0.4:
            return (r.choice(list(plain.COMPARE)), self.number(depth - 1, numbers), self.number(depth - 1, numbers))
        if kind < 0.65:
            return (r.choice(["and", "or"]), self.truth(depth - 1, of), self.truth(depth - 1, of))
        if kind < 0.75:
            return ("not", self.truth(depth - 1, of))
        if kind < 0.8:
            return ("is_missing", self.number(depth - 1, numbers))
        if kind < 0.86:
            return ("between", self.number(depth - 1, numbers), self.number(0, numbers), self.number(0, numbers))
        if kind < 0.92:
            return ("in", self.number(depth - 1, numbers)) + tuple(self.number(0, numbers) for _ in range(r.randrange(1, 4)))
        if kind < 0.96 and self.members and of is None:
            return (r.choice(["any", "all"]), self.truth(2, OF_MEMBERS))
        return ("coalesce", self.truth(depth - 1, of), self.truth(depth - 1, of))


def random_weights(rng, count):
    """Every other time over 12, so that scores meet the cut-offs exactly."""
    parts = [rng.randrange(1, 30) for _ in range(count)]
    if rng.random() < 0.5:
        cuts = sorted(rng.sample(range(1, 12), count - 1))
        parts = [b - a for a, b in zip([0] + cuts, cuts + [12])]
    return [Fraction(p, sum(parts)) for p in parts]


def random_model(rng):
    members = rng.random() < 0.4
    w = Writer(rng, members)
    count = rng.randrange(1, 8)
    indicators = [{"weight": weight, "deprived": w.truth(3),
                   "partly": w.truth(2) if rng.random() < 0.4 else None,
                   "applies": w.truth(2) if rng.random() < 0.3 else None} for weight in random_weights(rng, count)]
    tiers = sorted({Fraction(rng.randrange(1, 12), 12) for _ in range(rng.randrange(1, 4))})
    floors = []
    for _ in range(rng.randrange(0, 3)):
        names = [("input", "ind%d" % rng.randrange(count)) for _ in range(2)]
        floors.append({"when": (rng.choice(["and", "or"]), names[0], rng.choice([names[1], ("not", names[1])])),
                       "tier": rng.randrange(1, len(tiers) + 1)})
    return {"indicators": indicators, "tiers": tiers, "floors": floors, "members": members}


def model_text(model):
    """Indicators in dimensions of one or two."""
    out = ["govcore_model: 1", "id: random", "version: 1",
           "inputs: {x: {type: float}, y: {type: int}, z: {type: float}, p: {type: bool}, q: {type: bool}}"]
    if model["members"]:
        out.append("members: {key: home, inputs: {age: {type: int}, sick: {type: bool}}}")
    out.append("dimensions:")
    ind = model["indicators"]
    for d, first in enumerate(range(0, len(ind), 2)):
        group = ind[first:first + 2]
        out.append("  - id: dim%d\n    weight: %d/%d\n    indicators:" % ((d,) + as_pair(sum(i["weight"] for i in group))))
        for n, i in enumerate(group, first):
            out.append("      - id: ind%d\n        weight: %d/%d" % ((n,) + as_pair(i["weight"])))
            out += ["        %s: %s" % (k, plain.text(i[k])) for k in ("deprived", "partly", "applies") if i[k]]
    out.append("tiers:")
    out += ["  - {id: t%d, at: %d/%d}" % ((n + 1,) + as_pair(at)) for n, at in reversed(list(enumerate(model["tiers"])))]
    if model["floors"]:
        out.append("floors:")
        out += ["  - {when: \"%s\", tier: t%d}" % (plain.text(f["when"]), f["tier"]) for f in model["floors"]]
    return "\n".join(out) + "\n"


def as_pair(fraction):
    return fraction.numerator, fraction.denominator


def maybe(rng, v):
    return None if rng.random() < 0.25 else v


def random_rows(rng, count):
    rows = [{"home": n, "x": maybe(rng, rng.randrange(-8, 17) / 2), "y": maybe(rng, rng.randrange(-3, 9)),
             "z": maybe(rng, float(rng.randrange(0, 4))), "p": maybe(rng, rng.random() < 0.5),
             "q": maybe(rng, rng.random() < 0.5)} for n in range(count)]
    people = [{"home": rng.randrange(count), "age": maybe(rng, rng.randrange(0, 9)),
               "sick": maybe(rng, rng.random() < 0.5)} for _ in range(2 * count)]
    return rows, people


TYPES = "home:int64,x:float64,y:int64,z:float64,p:bool,q:bool,age:int64,sick:bool"


def as_table(rows):
    columns = {k: [r[k] for r in rows] for k in rows[0]}
    return parse_csv(columns, ",".join(t for t in TYPES.split(",") if t.split(":")[0] in columns))


def exact(row):
    return {k: v if v is None or isinstance(v, bool) else Fraction(v) for k, v in row.items()}


def states_by_sqlite(connection, tree, rows):
    """deprived and known of a rule for all rows, by SQLite; None where the rule needs the members' table."""
    if any(op in repr(tree) for op in ("'any'", "'all'", "'count'", "'sum'", "'min1'", "'max1'")):
        return None
    connection.execute("DELETE FROM r")
    connection.executemany("INSERT INTO r VALUES (:home, :x, :y, :z, :p, :q)",
                           [{**r, "y": None if r["y"] is None else float(r["y"])} for r in rows])
    return [r[0] for r in connection.execute("SELECT %s FROM r ORDER BY home" % plain.sql(tree))]


def test_random_models_are_scored_as_by_fractions_brute_force_and_sqlite():
    rng = random.Random(20211)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE r (home, x REAL, y REAL, z REAL, p, q)")
    unknown = ties = by_sqlite = 0
    count = int(os.environ.get("GOV_MODELS", "1000"))
    for n in range(count):
        model, depth = random_model(rng), n % 2
        rows, people = random_rows(rng, 12)
        library_model = Model(model_text(model))
        den = library_model.denominator()
        members = as_table(people) if model["members"] else None
        got = rows_of(library_model.score(as_table(rows), depth=depth, batch_rows=64,
                                          members=members.handle if members else None))
        queries = [states_by_sqlite(connection, i["deprived"], rows) for i in model["indicators"]]
        for row, g, at in zip(rows, got, range(len(rows))):
            home = [exact(m) for m in people if m["home"] == row["home"]]
            e = plain.score(model, exact(row), home, depth)
            place = "%s\n%s\n%s\n%s" % (model_text(model), row, g, e)
            assert Fraction(int(g["score_num"]), den) == e["low"], place
            assert float(g["score"]) == float(e["low"]) and float(g["score_high"]) == float(e["high"]), place
            assert float(g["coverage"]) == float(e["coverage"]), place
            ids = ["none"] + ["t%d" % (i + 1) for i in range(len(model["tiers"]))]
            assert (g["tier"], g["tier_high"]) == tuple(ids[t] for t in e["tiers"]), place
            assert g["status"] == e["status"], place
            for k, column in (("deprived", "deprived_mask"), ("partly", "partly_mask"), ("missing", "missing_mask"),
                              ("na", "na_mask")):
                assert int(g[column]) == e["masks"][k], (k, place)
            unknown += e["low"] != e["high"]
            ties += e["low"] in model["tiers"]
            for i, q in enumerate(queries):
                if q is not None and model["indicators"][i]["applies"] is None:
                    assert (int(g["deprived_mask"]) >> i & 1) == (q[at] == 1), place
                    if not depth:
                        assert (int(g["missing_mask"]) >> i & 1) == (q[at] is None), place
                    by_sqlite += 1
    assert unknown > count and ties > count / 5 and by_sqlite > 5 * count, (unknown, ties, by_sqlite)


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
