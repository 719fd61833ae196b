"""Random models and rows: the library against exact fractions, SQLite and brute force, and against itself cut otherwise.

GOV_MODELS sets the number of random models (default 1 000); `make prove-need` runs 10 000.
"""

import ctypes
import itertools
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
from fractions import Fraction

import need_plain as plain
from library import call
from need_library import Model, rows_of
from need_random import (DAY, NOT_FOR_SQL, as_table, exact, for_sql, model_text, random_model, random_rows,
                         random_types)

COUNT = int(os.environ.get("GOV_MODELS", "1000"))
MASKS = {"deprived": "deprived_mask", "partly": "partly_mask", "missing": "missing_mask", "na": "na_mask"}


def options_of(model, members, **more):
    return {"as_of": None if model["daily"] else DAY.isoformat().encode(), "members": members.handle if members else None,
            **more}


def states_by_sqlite(connection, tree, rows):
    """The truth of a rule for all rows, by SQLite; None where SQLite has no such function or the row no such column."""
    if any("'%s'" % op in repr(tree) for op in NOT_FOR_SQL):
        return None
    connection.execute("DELETE FROM r")
    connection.executemany("INSERT INTO r VALUES (:home, :x, :y, :z, :p, :q, :t)", rows)
    return [r[0] for r in connection.execute("SELECT %s FROM r ORDER BY home" % plain.sql(tree))]


def same(text, expected, den):
    """The same double; where a double cannot hold the denominator, the nearest but one."""
    return abs(float(text) - float(expected)) <= (0 if den <= 2 ** 53 else 4.5e-16 * float(expected))


def check_row(got, e, den, tiers, place):
    """One row of the library against what the plain evaluator says."""
    if e["status"] == "refused":
        assert [got[k] for k in ("score_num", "score", "score_high", "tier", "tier_high")] == [""] * 5, place
    else:
        assert Fraction(int(got["score_num"]), den) == e["low"], place
        assert same(got["score"], e["low"], den) and same(got["score_high"], e["high"], den), place
        ids = ["none"] + ["t%d" % (i + 1) for i in range(tiers)]
        assert (got["tier"], got["tier_high"]) == tuple(ids[t] for t in e["tiers"]), place
        assert all(same(got["dim_dim%d" % d], v, den) for d, v in enumerate(e["dimensions"])), place
    assert same(got["coverage"], e["coverage"], den), place
    assert got["status"] == e["status"], place
    assert int(got["service_mask"]) == e["services"], place
    for k, column in MASKS.items():
        assert int(got[column]) == e["masks"][k], (k, place)


def check_sqlite(connection, model, rows, got, depth):
    """The masks against SQLite's three-valued logic; how many states were compared."""
    compared = 0
    for i, indicator in enumerate(model["indicators"]):
        truths = states_by_sqlite(connection, indicator["deprived"], rows) if indicator["applies"] is None else None
        for g, truth in zip(got, truths or []):
            assert (int(g["deprived_mask"]) >> i & 1) == (truth == 1), (plain.sql(indicator["deprived"]), g)
            if not depth:
                assert (int(g["missing_mask"]) >> i & 1) == (truth is None), (plain.sql(indicator["deprived"]), g)
            compared += 1
    return compared


def read_model(model):
    """The library's model; None if its weights, renormalised in every way, need a denominator beyond 2^62."""
    try:
        return Model(model_text(model))
    except RuntimeError as error:
        assert "denominator" in str(error), model_text(model)
        return None


def test_random_models_are_scored_as_by_fractions_brute_force_and_sqlite():
    rng = random.Random(20211)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE r (home, x REAL, y REAL, z REAL, p, q, t)")
    seen = dict.fromkeys(("unknown", "ties", "refused", "sqlite", "wide", "many", "refused models"), 0)
    for n in range(COUNT):
        model, depth = random_model(rng), n % 2
        types = random_types(rng)
        rows, people = random_rows(rng, 12, types)
        own = read_model(model)
        if own is None:
            seen["refused models"] += 1
            continue
        members = as_table(people, types) if model["members"] else None
        table = as_table(rows, types)
        homes = [[exact(model, m) for m in people if m["home"] == row["home"]] for row in rows]
        for preset in (None, b"other"):
            den = own.denominator(preset)
            got = rows_of(own.score(table, **options_of(model, members, depth=depth, batch_rows=64, preset=preset)))
            bounded = all(i["on_missing"] == "bounds" for i in model["indicators"])
            weighed = {**model, "weights": model["preset"] if preset else model["weights"]}
            for row, home, g in zip(rows, homes, got):
                e = plain.score(weighed, exact(model, row), home, depth)
                check_row(g, e, den, len(model["tiers"]), (n, preset, model_text(model), row, home, g, e))
                seen["unknown"] += e["low"] != e["high"]
                seen["ties"] += e["low"] in model["tiers"]
                seen["refused"] += e["status"] == "refused"
                if bounded:
                    scores = plain.completions(weighed, exact(model, row), home, depth)
                    assert scores is None or (e["low"], e["high"]) == (min(scores), max(scores))
            seen["wide"] += den > 2 ** 31
            if preset is None:
                seen["sqlite"] += check_sqlite(connection, model, [for_sql(model, r) for r in rows], got, depth)
        seen["many"] += len(model["indicators"]) > 22
    assert seen["unknown"] > COUNT and seen["ties"] > COUNT / 4 and seen["refused"] > COUNT / 2, seen
    assert seen["sqlite"] > 4 * COUNT and seen["wide"] > COUNT / 20 and seen["many"] > COUNT / 20, seen
    assert seen["refused models"] < COUNT / 4, seen


# --- Completions of the data ------------------------------------------------------------------------------------------

def table_model(rng, count):
    """Every indicator asks one column of its own, in one of three ways, so that each way to fill the missing columns in is
    a household that can be scored too."""
    rules = [rng.choice(["c%d < 3", "not (c%d >= 3)", "c%d in [0, 1, 2]"]) % j for j in range(count)]
    weights = [rng.randrange(1, 12) for _ in range(count)]
    out = ["govcore_model: 1", "id: table", "version: 1", "inputs:"] + ["  c%d: {type: int}" % j for j in range(count)]
    out.append("dimensions:")
    for first in range(0, count, 4):
        part = range(first, min(first + 4, count))
        out.append("  - id: d%d\n    weight: %d/%d\n    indicators:" % (first, sum(weights[j] for j in part), sum(weights)))
        for j in part:
            out.append("      - id: i%d\n        weight: %d/%d\n        deprived: %s" % (j, weights[j], sum(weights), rules[j]))
            if rng.random() < 0.5:
                out.append("        partly: c%d < 5" % j)
            if rng.random() < 0.3:
                out.append("        applies: c%d != 9" % j)
    out.append("tiers: [{id: high, at: 1/2}, {id: medium, at: 1/3}, {id: low, at: 1/5}]")
    a, b, c, d = rng.sample(range(count), 4)
    out.append("floors: [{when: i%d and i%d, tier: medium}, {when: i%d or i%d, tier: low}]" % (a, b, c, d))
    return Model("\n".join(out) + "\n")


def scores_of(model, rows, depth):
    """(score_num, high, tier, tier_high) of rows of whole numbers."""
    types = dict.fromkeys(rows[0], "int8")
    table = model.score(as_table(rows, types), codes=1, depth=depth)
    high = (ctypes.c_double * len(rows))()
    call("gov_table_copy_doubles", table.handle, table.find("score_high"), ctypes.c_int64(0), ctypes.c_int64(len(rows)),
         high, None)
    return list(zip(table.int64s("score_num"), high, table.int64s("tier"), table.int64s("tier_high")))


def test_the_interval_is_exactly_that_of_all_completions_of_the_data():
    rng = random.Random(1009)
    widened = lifted = 0
    for n in range(max(40, COUNT // 10)):
        depth = n % 2
        values = (0, 4, 7) if depth else (0, 7)
        count = rng.randrange(4, 23)
        model = table_model(rng, count)
        den = model.denominator()
        row = {"c%d" % j: rng.choice([0, 4, 7, 9]) for j in range(count)}
        gone = rng.sample(list(row), rng.randrange(0, min(count, 6 if depth else 10) + 1))
        low, high, tier, tier_high = scores_of(model, [{**row, **dict.fromkeys(gone)}], depth)[0]
        # 9 is not applicable for some: no more and no less than not deprived, so that it is tried as well
        choices = itertools.product(values, repeat=len(gone))
        filled = [{**row, **dict(zip(gone, choice))} for choice in choices]
        done = scores_of(model, filled, depth)
        assert all(a / den == b and t == u for a, b, t, u in done), "a household without gaps has one score"
        assert low == min(d[0] for d in done) and high == max(d[1] for d in done), (n, row, gone)
        assert tier == min(d[2] for d in done) and tier_high == max(d[2] for d in done), (n, row, gone)
        widened += low / den < high
        lifted += tier < tier_high
    assert widened > 15 and lifted > 10, (widened, lifted)


# --- However the work is cut --------------------------------------------------------------------------------------------

def lines_of(table):
    return [tuple(r.items()) for r in rows_of(table)]


def test_permuted_rows_batches_and_threads_give_the_same_bytes():
    rng = random.Random(77)
    compared = 0
    for n in range(max(30, COUNT // 30)):
        model, types, rows_count = random_model(rng), random_types(rng), rng.randrange(1, 700)
        rows, people = random_rows(rng, rows_count, types)
        own = read_model(model)
        if own is None:
            continue
        order = list(range(rows_count))
        rng.shuffle(order)
        mixed = rng.sample(people, len(people))
        depth, preset = n % 2, rng.choice([None, b"other"])
        results = []
        for some, others, threads, batch in ((rows, people, 1, 0), (rows, people, 2, rng.choice([1, 64, 128])),
                                             ([rows[i] for i in order], mixed, rng.choice([1, 2]), rng.choice([0, 64]))):
            members = as_table(others, types) if model["members"] else None
            scored = own.score(as_table(some, types), **options_of(
                model, members, depth=depth, preset=preset, threads=threads, batch_rows=batch))
            results.append(lines_of(scored))
        assert results[0] == results[1], (n, model_text(model))
        assert [results[0][i] for i in order] == results[2], (n, model_text(model))
        compared += rows_count
    assert compared > 3000


STREAM = """
import random, resource, sys
from need_random import as_table, model_text, random_model, random_rows, random_types
from test_need_models import options_of, read_model
rng = random.Random(5)
model, own, types = None, None, random_types(rng)
while own is None or model["members"]:
    model = random_model(rng)
    own = read_model(model)
rows, _ = random_rows(rng, 2000, types)
rows = rows * 10
for batch in range(int(sys.argv[1])):
    own.score(as_table(rows, types), **options_of(model, None, threads=2))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_scoring_batch_after_batch_needs_no_more_memory_than_one_tenth_of_them():
    peaks = [int(subprocess.run([sys.executable, "-c", STREAM, str(batches)], capture_output=True, text=True, check=True,
                                cwd=pathlib.Path(__file__).parent).stdout) for batches in (6, 60)]
    assert peaks[1] < peaks[0] + 4096, peaks  # kilobytes; a result of one batch has 2 megabytes
