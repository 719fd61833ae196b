"""Sensitivity to weights and cut-offs, and budgets, against plain second implementations over single households."""

import ctypes
import itertools
import random
from fractions import Fraction

import sensitivity_plain as plain
from library import call, library
from need_library import Model, Options, Table, parse_csv, rows_of

NAMES = ("tiers", "groups", "agreement", "indicators", "cutoffs")
for name in NAMES:
    getattr(library, "gov_need_sensitivity_" + name).restype = ctypes.c_void_p


class SensitivityOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("draws", ctypes.c_int32), ("seed", ctypes.c_uint64),
                ("concentration", ctypes.c_double), ("level", ctypes.c_double), ("high", ctypes.c_int32),
                ("delta", ctypes.c_char_p), ("by", ctypes.c_char_p), ("weight", ctypes.c_char_p),
                ("k", ctypes.c_char_p)]

    def __init__(self, **values):
        super().__init__(struct_size=ctypes.sizeof(SensitivityOptions), **values)


class Lines(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("model", ctypes.c_void_p)] + [
        (field, ctypes.c_char_p) for field in ("as_of", "preset", "params", "at", "tier", "amounts", "line")]

    def __init__(self, **values):
        super().__init__(struct_size=ctypes.sizeof(Lines), **values)


class BudgetOptions(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("by", ctypes.c_char_p), ("income", ctypes.c_char_p),
                ("persons", ctypes.c_char_p)]

    def __init__(self, **values):
        super().__init__(struct_size=ctypes.sizeof(BudgetOptions), **values)


def sensitivity(model, table, threads=1, **options):
    out = ctypes.c_void_p()
    call("gov_need_sensitivity_of", model.handle, table.handle,
         ctypes.byref(Options(threads=threads, batch_rows=64 * threads)), ctypes.byref(SensitivityOptions(**options)),
         ctypes.byref(out))
    tables = {name: rows_of(getattr(library, "gov_need_sensitivity_" + name)(out)) for name in NAMES}
    library.gov_need_sensitivity_free(out)
    return tables


SHAPE = [("d", [0, 1, 2]), ("e", [3, 4]), ("f", [5, 6])]
WEIGHTS = [Fraction(n, 60) for n in (12, 8, 10, 9, 6, 10, 5)]
TIERS = [Fraction(1, 5), Fraction(1, 3), Fraction(1, 2)]


def model_of(policies, floors):
    out = ["govcore_model: 1", "id: s", "version: 1", "inputs:"] + ["  c%d: {type: bool}" % j for j in range(7)]
    out.append("dimensions:")
    for name, members in SHAPE:
        out.append("  - id: %s\n    weight: %d/60\n    indicators:" % (name, 60 * sum(WEIGHTS[j] for j in members)))
        out += ["      - {id: i%d, weight: %d/60, deprived: c%d, on_missing: %s}" % (j, 60 * WEIGHTS[j], j, policies[j])
                for j in members]
    out.append("tiers: [{id: high, at: 1/2}, {id: medium, at: 1/3}, {id: low, at: 1/5}]")
    if floors:
        out.append("floors: [{when: c0 and not c6, tier: medium}]")
    return Model("\n".join(out) + "\n")


def random_households(rng, count):
    return [{"states": [None if rng.random() < 0.08 else int(rng.random() < 0.35) for _ in range(7)],
             "weight": rng.randrange(1, 6), "area": rng.choice(["a", "b", "c", "d", None])} for _ in range(count)]


def table_of(households):
    columns = {"c%d" % j: [None if h["states"][j] is None else bool(h["states"][j]) for h in households]
               for j in range(7)}
    columns["w"] = [h["weight"] for h in households]
    columns["area"] = [h["area"] for h in households]
    return parse_csv(columns, ",".join("c%d:bool" % j for j in range(7)) + ",w:int64,area:utf8")


def floor_of(states, floors, high):
    c0, c6 = states[0], states[6]
    if not floors:
        return 0
    holds = (c0 == 1 and c6 == 0) or (high and c0 in (1, None) and c6 in (0, None))
    return 2 if holds else 0


def number(text):
    return None if text == "" else float(text)


def near(text, expected, tolerance=1e-11):
    got = number(text)
    if expected is None:
        return got is None
    return got is not None and abs(got - float(expected)) <= tolerance * max(1, abs(float(expected)))


CASES = [(["bounds"] * 7, False, 0), (["bounds"] * 7, True, 1),
         (["bounds", "deprived", "not_deprived", "renormalise", "renormalise", "refuse", "bounds"], True, 0),
         (["renormalise"] * 7, True, 1)]


def test_draws_tiers_orders_and_moves_are_those_of_single_households():
    rng = random.Random(41)
    draws, concentration, level, delta = 24, 20.0, 0.8, Fraction(1, 5)
    for case, (policies, floors, high) in enumerate(CASES):
        model, households = model_of(policies, floors), random_households(rng, 90)
        dimensions = [[(j, policies[j]) for j in members] for _, members in SHAPE]
        got = sensitivity(model, table_of(households), draws=draws, seed=7 + case, concentration=concentration,
                          level=level, high=high, delta=b"1/5", by=b"area", weight=b"w", k=b"1/3,1/2")

        def scores_with(weights):
            return [plain.score(h["states"], dimensions, weights, high) for h in households]

        stated = scores_with(WEIGHTS)
        kept = [i for i, c in enumerate(stated) if c is not None]
        households, stated = [households[i] for i in kept], [stated[i] for i in kept]
        tiers = [plain.tier(c, TIERS, floor_of(h["states"], floors, high)) for h, c in zip(households, stated)]
        drawn = [scores_with(plain.draw(WEIGHTS, 7 + case, n, concentration)) for n in range(draws)]
        drawn_tiers = [[plain.tier(c, TIERS, floor_of(h["states"], floors, high)) for h, c in zip(households, d)]
                       for d in drawn]

        for line in got["tiers"]:
            inside = [i for i, t in enumerate(tiers) if line["rank"] in ("", str(t))]
            assert int(line["households"]) == len(inside)
            keep, rise, fall = ([sum(test(d[i], tiers[i]) for i in inside) / len(inside) for d in drawn_tiers]
                                if inside else [] for test in (int.__eq__, int.__gt__, int.__lt__))
            expected = [sum(keep) / draws, plain.quantile(keep, 0.1), plain.quantile(keep, 0.9), sum(rise) / draws,
                        sum(fall) / draws] if inside else [None] * 5
            for column, e in zip(("keep", "keep_low", "keep_high", "rise", "fall"), expected):
                assert near(line[column], e), (case, column, line)

        areas = ["a", "b", "c", "d"]
        members = {area: [i for i, h in enumerate(households) if area in (h["area"], "")] for area in areas + [""]}

        def at(scores, area, k):
            own = members[area]
            return plain.level([households[i] for i in own], [scores[i] for i in own], k)

        for k in (Fraction(1, 3), Fraction(1, 2)):
            order = plain.ranks([at(stated, a, k)[1] for a in areas])
            orders = [plain.ranks([at(d, a, k)[1] for a in areas]) for d in drawn]
            for line in got["groups"]:
                if Fraction(line["k"]) != k:
                    continue
                figures = [at(d, line["group"], k) for d in drawn]
                h, m0 = at(stated, line["group"], k)
                assert near(line["H"], h) and near(line["M0"], m0)
                for n, name in enumerate(("H", "M0")):
                    values = [float(f[n]) for f in figures]
                    assert near(line[name + "_low"], plain.quantile(values, 0.1)), (case, line)
                    assert near(line[name + "_high"], plain.quantile(values, 0.9)), (case, line)
                if line["group"] == "":
                    assert line["rank"] == ""
                    continue
                place = areas.index(line["group"])
                assert int(line["rank"]) == order[place]
                own = [o[place] for o in orders]
                assert near(line["rank_mean"], sum(own) / draws)
                assert near(line["rank_same"], sum(o == order[place] for o in own) / draws)
            line = next(x for x in got["agreement"] if x["what"] == "groups" and Fraction(x["k"]) == k)
            taus = [plain.tau([-r for r in order], [-r for r in o]) for o in orders]
            assert near(line["tau"], sum(taus) / draws)
            assert near(line["shift"], sum(abs(a - b) for o in orders for a, b in zip(o, order)) / 4 / draws)
        line = next(x for x in got["agreement"] if x["what"] == "households")
        taus = [plain.tau(stated, [min(int(c * 4096), 4095) for c in d]) for d in drawn]
        assert near(line["tau"], sum(taus) / draws), (case, line, sum(taus) / draws)
        line = next(x for x in got["agreement"] if x["what"] == "cut-offs")
        orders = [plain.ranks([at(stated, a, k)[1] for a in areas]) for k in (Fraction(1, 3), Fraction(1, 2))]
        assert Fraction(line["k"]) == Fraction(1, 2)
        assert near(line["tau"], plain.tau([-r for r in orders[0]], [-r for r in orders[1]]))
        line = next(x for x in got["agreement"] if x["what"] == "every cut-off")
        cuts = sorted({c for c in stated if c > 0})
        curves = {a: [at(stated, a, c)[1] for c in cuts] for a in areas}
        robust = sum(not (any(x > y for x, y in zip(curves[a], curves[b])) and
                          any(x < y for x, y in zip(curves[a], curves[b]))) for a, b in itertools.combinations(areas, 2))
        assert near(line["robust"], robust / 6)

        for line in got["indicators"]:
            j, k = int(line["indicator"][1:]), Fraction(line["k"])
            effects = []
            for factor in (1 + delta, 1 - delta):
                weights = plain.moved(WEIGHTS, j, factor)
                scores = [plain.score(h["states"], dimensions, weights, high) for h in households]
                changed = sum(plain.tier(c, TIERS, floor_of(h["states"], floors, high)) != t
                              for h, c, t in zip(households, scores, tiers))
                effects.append((changed / len(households),) + plain.level(households, scores, k))
            h, m0 = plain.level(households, stated, k)
            assert near(line["up"], effects[0][0]) and near(line["down"], effects[1][0]), (case, line, effects)
            assert near(line["H_elasticity"], (effects[0][1] - effects[1][1]) / (2 * delta * h), 1e-9), (case, line)
            assert near(line["M0_elasticity"], (effects[0][2] - effects[1][2]) / (2 * delta * m0), 1e-9), (case, line)

        for area in areas + [""]:
            lines = [x for x in got["cutoffs"] if x["group"] == area]
            assert [Fraction(x["k"]) for x in lines] == cuts
            for x, c in zip(lines, cuts):
                h, m0 = at(stated, area, c)
                assert near(x["H"], h) and near(x["M0"], m0) and near(x["A"], m0 / h if h else None)


def test_threads_and_batches_change_nothing():
    rng = random.Random(3)
    model, table = model_of(["bounds"] * 7, True), table_of(random_households(rng, 400))
    one = sensitivity(model, table, draws=50, by=b"area", weight=b"w")
    assert one == sensitivity(model, table, threads=2, draws=50, by=b"area", weight=b"w")
    assert one["tiers"] != sensitivity(model, table, draws=50, seed=1, by=b"area", weight=b"w")["tiers"]


def budget(now, following, table, **options):
    out = ctypes.c_void_p()
    call("gov_need_budget", ctypes.byref(now), ctypes.byref(following), table.handle,
         ctypes.byref(Options(threads=2, batch_rows=64)), ctypes.byref(BudgetOptions(**options)), ctypes.byref(out))
    return rows_of(Table(out))


def grants(states, income, persons, sides):
    """All that two sets of lines may give a household whose score is one between its bounds: [(served, hundredths)] of
    both. Scores are multiples of 1/60; money is linear in incomes between 0, the lines and 900."""
    low = sum(w for w, s in zip(WEIGHTS, states) if s)
    high = sum(w for w, s in zip(WEIGHTS, states) if s != 0)
    found = []
    for score in range(int(60 * low), int(60 * high) + 1):
        for x, n in itertools.product([income] if income is not None else [0, 300, 450, 900],
                                      [persons] if persons is not None else [1, 5]):
            both = []
            for tiers, amounts, line, served in sides:
                rank = sum(Fraction(score, 60) >= at for at in tiers)
                each = Fraction(str(amounts[rank])) + max(0, line - x)
                both.append((rank >= served, int(100 * each * n) if rank >= served else 0))
            found.append(both)
    return found


def test_budgets_are_the_least_and_the_most_over_all_completions():
    rng = random.Random(17)
    text = ["govcore_model: 1", "id: b", "version: 1", "inputs:"] + ["  c%d: {type: bool}" % j for j in range(7)]
    text += ["  income: {type: int, range: [0, 900]}", "  persons: {type: int, range: [1, 5]}", "dimensions:"]
    text += ["  - {id: d, weight: 1, indicators: ["] + ["    {id: i%d, weight: %d/60, deprived: c%d}," % (j, 60 * w, j)
                                                      for j, w in enumerate(WEIGHTS)]
    text[-1] = text[-1].rstrip(",") + "]}"
    text.append("tiers: [{id: high, at: 1/2}, {id: medium, at: 1/3}, {id: low, at: 1/5}]")
    model = Model("\n".join(text) + "\n")
    households = random_households(rng, 120)
    for h in households:
        h["income"] = None if rng.random() < 0.1 else rng.randrange(0, 900)
        h["persons"] = None if rng.random() < 0.1 else rng.randrange(1, 6)
    columns = {"c%d" % j: [None if h["states"][j] is None else bool(h["states"][j]) for h in households] for j in range(7)}
    columns.update({n: [h[n] for h in households] for n in ("income", "persons", "area")})
    table = parse_csv(columns, ",".join("c%d:bool" % j for j in range(7)) + ",income:int64,persons:int64,area:utf8")
    now = Lines(model=model.handle, amounts=b"high=200.25,medium=100,low=50.5", line=b"300")
    following = Lines(model=model.handle, amounts=b"high=250,medium=100", line=b"450", at=b"low=1/10,high=2/5",
                      tier=b"medium")
    got = budget(now, following, table, by=b"area", income=b"income", persons=b"persons")
    sides = [(TIERS, {0: 0, 1: "50.5", 2: 100, 3: "200.25"}, 300, 1),
             ([Fraction(1, 10), Fraction(1, 3), Fraction(2, 5)], {0: 0, 1: 0, 2: 100, 3: 250}, 450, 2)]
    found = [grants(h["states"], h["income"], h["persons"], sides) for h in households]
    order = [None, "a", "b", "c", "d", ""]
    assert len(got) == 6
    for line, area in zip(got, order):
        inside = [f for h, f in zip(households, found) if area is None or (h["area"] or "") == area]
        assert int(line["households"]) == len(inside)
        for n, side in enumerate(("now", "next")):
            assert int(line[side + "_low"]) == sum(all(way[n][0] for way in f) for f in inside)
            assert int(line[side + "_high"]) == sum(any(way[n][0] for way in f) for f in inside)
            assert round(100 * float(line[side + "_money_low"])) == sum(min(way[n][1] for way in f) for f in inside)
            assert round(100 * float(line[side + "_money_high"])) == sum(max(way[n][1] for way in f) for f in inside)
        for name, test in (("enter", lambda way: way[1][0] and not way[0][0]),
                           ("leave", lambda way: way[0][0] and not way[1][0])):
            assert int(line[name + "_low"]) == sum(all(map(test, f)) for f in inside)
            assert int(line[name + "_high"]) == sum(any(map(test, f)) for f in inside)
        for end, choose in (("low", min), ("high", max)):
            assert round(100 * float(line["change_money_" + end])) == sum(choose(way[1][1] - way[0][1] for way in f)
                                                                          for f in inside), (line, end)
    for column in ("households", "now_low", "next_high", "enter_high", "now_money_low", "next_money_high"):
        assert round(100 * float(got[0][column])) == sum(round(100 * float(line[column])) for line in got[1:])
