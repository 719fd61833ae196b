"""Random need models and rows: all of the language, every policy, weights of all sizes, columns of all types.

A model is a dict: indicators (trees of need_plain), weights, dimensions as stretches, tiers, floors, params, and whether
it has members and the day of each row in a column.
"""

import ctypes
import datetime
from fractions import Fraction

import need_plain as plain
import numpy as np
from library import Table, call, library

NUMBERS, BOOLS, DATES = ["x", "y", "z"], ["p", "q"], ["born", "seen"]
CODES = {"own": 1, "shared": 2, "none": 3}
OF_MEMBERS = {"number": ["age"], "bool": ["sick"]}
POLICIES = ["bounds", "bounds", "bounds", "not_deprived", "deprived", "refuse", "renormalise"]
DAY = datetime.date(2021, 8, 1)
AGGREGATES = ("any", "all", "count", "sum", "min1", "max1")
NOT_FOR_SQL = AGGREGATES + ("param", "as_of", "day", "born", "seen") + tuple(plain.BETWEEN)


class Writer:
    """Random trees; `members` is whether they may read the members' table."""

    def __init__(self, rng, members):
        self.rng, self.members = rng, members

    def literal(self):
        return ("number", Fraction(self.rng.randrange(0, 18), 2) if self.rng.random() < 0.3 else self.rng.randrange(0, 9))

    def date(self):
        kind = self.rng.random()
        if kind < 0.6:
            return ("input", self.rng.choice(DATES))
        return ("as_of",) if kind < 0.8 else ("day", datetime.date(2020, 1, 31) + datetime.timedelta(self.rng.randrange(700)))

    def number(self, depth, inputs=NUMBERS):
        r = self.rng
        kind = r.random()
        ours = inputs is NUMBERS
        if depth == 0 or kind < 0.3:
            return ("input", r.choice(inputs)) if r.random() < 0.7 else self.literal()
        if kind < 0.5:
            return (r.choice("+-*"), self.number(depth - 1, inputs), self.number(depth - 1, inputs))
        if kind < 0.6:
            return ("/", self.number(depth - 1, inputs), ("number", r.choice([0, 1, 2, 4, 8])))
        if kind < 0.7:
            return (r.choice(["min", "max"]),) + tuple(self.number(depth - 1, inputs) for _ in range(r.randrange(2, 4)))
        if kind < 0.76:
            return (r.choice(["abs", "neg"]), self.number(depth - 1, inputs))
        if kind < 0.82 and self.members and ours:
            op = r.choice(["count", "sum", "min1", "max1"])
            of = self.truth(1, OF_MEMBERS) if op == "count" else self.number(1, OF_MEMBERS["number"])
            return (op, of)
        if kind < 0.87 and ours:
            return ("param", r.choice("BC"))
        if kind < 0.92 and ours:
            return (r.choice(list(plain.BETWEEN)), self.date(), self.date())
        if kind < 0.96:
            return ("coalesce", self.number(depth - 1, inputs), self.number(depth - 1, inputs))
        return ("if", self.truth_of(depth - 1, inputs), self.number(depth - 1, inputs), self.number(depth - 1, inputs))

    def truth_of(self, depth, numbers):
        return self.truth(depth, None if numbers is NUMBERS else OF_MEMBERS)

    def comparison(self, depth, numbers):
        """Half of them of an input with a number, which has kernels of its own."""
        r = self.rng
        op = r.choice(list(plain.COMPARE))
        if r.random() < 0.5:
            sides = [("input", r.choice(numbers)), self.literal()]
            return (op,) + tuple(sides if r.random() < 0.7 else sides[::-1])
        return (op, self.number(depth - 1, numbers), self.number(depth - 1, numbers))

    def truth(self, depth, of=None):
        r = self.rng
        numbers, bools = (NUMBERS, BOOLS) if of is None else (of["number"], of["bool"])
        kind = r.random()
        if depth == 0 or kind < 0.1:
            return ("input", r.choice(bools)) if r.random() < 0.9 else ("bool", r.random() < 0.5)
        if kind < 0.35:
            return self.comparison(depth, numbers)
        if kind < 0.6:
            return (r.choice(["and", "or"]), self.truth(depth - 1, of), self.truth(depth - 1, of))
        if kind < 0.68:
            return ("not", self.truth(depth - 1, of))
        if kind < 0.73:
            return ("is_missing", self.number(depth - 1, numbers))
        if kind < 0.79:
            return ("between", self.number(depth - 1, numbers), self.number(0, numbers), self.number(0, numbers))
        if kind < 0.85:
            return ("in", self.number(depth - 1, numbers)) + tuple(self.number(0, numbers) for _ in range(r.randrange(1, 4)))
        if kind < 0.89 and of is None:
            return (r.choice(["is_code", "is_no_code"]), "t", r.choice(list(CODES))) if r.random() < 0.6 else (
                "in_codes", "t") + tuple(r.sample(list(CODES), 2))
        if kind < 0.92 and of is None:
            return (r.choice(list(plain.COMPARE)), self.date(), self.date())
        if kind < 0.96 and self.members and of is None:
            return (r.choice(["any", "all"]), self.truth(2, OF_MEMBERS))
        return ("coalesce", self.truth(depth - 1, of), self.truth(depth - 1, of))


def random_weights(rng, count, huge=False):
    """Often over 12, so that scores meet the cut-offs exactly; now and then with a denominator beyond 32 bits."""
    kind = rng.random()
    parts = [rng.randrange(1, 2 ** 38 if huge and kind < 0.1 else 30) for _ in range(count)]
    if kind > 0.5 and count <= 12:
        cuts = sorted(rng.sample(range(1, 12), count - 1))
        parts = [b - a for a, b in zip([0] + cuts, cuts + [12])]
    return [Fraction(p, sum(parts)) for p in parts]


def random_presets(rng, count):
    """Other weights, which leave out some of the indicators."""
    chosen = sorted(rng.sample(range(count), rng.randrange(1, count + 1)))
    given = dict(zip(chosen, random_weights(rng, len(chosen))))
    return [given.get(n, Fraction(0)) for n in range(count)]


def random_params(rng):
    """B always has a value, C only from some day on."""
    days = sorted(rng.sample(range(1, 400), 2))
    first = datetime.date(2020, 6, 1)
    return {"B": [(None, rng.randrange(9))],
            "C": [(first + datetime.timedelta(d), rng.randrange(9)) for d in days]}


def random_model(rng):
    members = rng.random() < 0.4
    w = Writer(rng, members)
    large = rng.random() < 0.08
    count = rng.randrange(23, 33) if large else rng.randrange(1, 8)
    depth = 1 if large else 3
    indicators = [{"deprived": w.truth(depth), "partly": w.truth(2) if rng.random() < 0.4 else None,
                   "applies": w.truth(2) if rng.random() < 0.3 else None, "on_missing": rng.choice(POLICIES),
                   "service": rng.randrange(8), "service_partly": rng.randrange(8) if rng.random() < 0.5 else 0}
                  for _ in range(count)]
    if rng.random() < 0.5:
        for i in indicators:
            i["on_missing"] = "bounds"
    tiers = sorted({Fraction(rng.randrange(1, 12), 12) for _ in range(rng.randrange(1, 4))})
    floors = []
    for _ in range(rng.randrange(0, 3)):
        names = [("input", "ind%d" % rng.randrange(count)) for _ in range(2)]
        floors.append({"when": (rng.choice(["and", "or"]), names[0], rng.choice([names[1], ("not", names[1])])),
                       "tier": rng.randrange(1, len(tiers) + 1)})
    step = 11 if large and rng.random() < 0.5 else 2
    return {"indicators": indicators, "weights": random_weights(rng, count, huge=True), "preset": random_presets(rng, count),
            "dimensions": [(a, min(a + step, count)) for a in range(0, count, step)], "tiers": tiers, "floors": floors,
            "members": members, "params": random_params(rng), "missing_y": rng.random() < 0.3,
            "daily": rng.random() < 0.4}


def over(fraction):
    return "%d/%d" % (fraction.numerator, fraction.denominator)


def service_list(mask):
    return "[%s]" % ", ".join("s%d" % k for k in range(3) if mask >> k & 1)


def indicator_text(n, i, weight):
    out = ["      - id: ind%d" % n, "        weight: %s" % over(weight), "        on_missing: %s" % i["on_missing"]]
    out += ["        %s: %s" % (k, plain.text(i[k])) for k in ("deprived", "partly", "applies") if i[k]]
    out += ["        %s: %s" % (k, service_list(i[k])) for k in ("service", "service_partly") if i[k]]
    return out


def model_text(model):
    params = ", ".join("{from: %s, value: %d}" % (day, v) for day, v in model["params"]["C"])
    out = ["govcore_model: 1", "id: random", "version: 1", "ids: [home]", "services: [{id: s0}, {id: s1}, {id: s2}]",
           "params: {B: %d, C: [%s]}" % (model["params"]["B"][0][1], params), "inputs:",
           "  x: {type: float}", "  y: {type: int%s}" % (", missing: [7]" if model["missing_y"] else ""),
           "  z: {type: float, range: [-100, 100]}", "  p: {type: bool}", "  q: {type: bool}", "  born: {type: date}",
           "  seen: {type: date}", "  unread: {type: int, range: [0, 9]}",
           "  t: {type: enum, codes: {1: own, 2: shared, 3: none}, missing: [9]}"]
    if model["daily"]:
        out.append("as_of: seen")
    if model["members"]:
        out.append("members: {key: home, inputs: {age: {type: int}, sick: {type: bool}}}")
    out.append("dimensions:")
    for d, (a, b) in enumerate(model["dimensions"]):
        out.append("  - id: dim%d\n    weight: %s\n    indicators:" % (d, over(sum(model["weights"][a:b]))))
        for n in range(a, b):
            out += indicator_text(n, model["indicators"][n], model["weights"][n])
    out.append("tiers:")
    out += ["  - {id: t%d, at: %s}" % (n + 1, over(at)) for n, at in reversed(list(enumerate(model["tiers"])))]
    if model["floors"]:
        out.append("floors:")
        out += ["  - {when: \"%s\", tier: t%d}" % (plain.text(f["when"]), f["tier"]) for f in model["floors"]]
    out.append("presets: {other: {weights: {%s}}}" % ", ".join(
        "ind%d: %s" % (n, over(w)) for n, w in enumerate(model["preset"]) if w))
    return "\n".join(out) + "\n"


# --- Rows -----------------------------------------------------------------------------------------------------------

TYPES = {"bool": 1, "int8": 2, "int16": 3, "int32": 4, "int64": 5, "uint8": 6, "uint16": 7, "uint32": 8, "uint64": 9,
         "float32": 10, "float64": 11, "date": 13}
WHOLE = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]


def maybe(rng, v):
    return None if rng.random() < 0.25 else v


def random_types(rng):
    """The type of each column; x and z may be whole numbers, p and q 0 and 1."""
    types = {"home": "int64", "y": rng.choice(WHOLE), "born": "date", "seen": "date", "unread": "int8",
             "t": rng.choice(["int8", "uint8", "int64"]), "age": rng.choice(WHOLE), "sick": "bool"}
    for name in ("x", "z"):
        types[name] = rng.choice(["float64", "float64", "float32", rng.choice(WHOLE)])
    for name in ("p", "q"):
        types[name] = rng.choice(["bool", "int8", "uint8"])
    return types


def random_number(rng, kind):
    if kind.startswith("float"):
        return rng.randrange(-8, 17) / 2
    return rng.randrange(0 if kind.startswith("u") else -3, 9)


def random_rows(rng, count, types):
    day = datetime.date(2019, 12, 31)
    rows = [{"home": n, "x": maybe(rng, random_number(rng, types["x"])), "y": maybe(rng, random_number(rng, types["y"])),
             "z": maybe(rng, random_number(rng, types["z"])), "p": maybe(rng, rng.random() < 0.5),
             "q": maybe(rng, rng.random() < 0.5), "t": maybe(rng, rng.choice([1, 2, 3, 9])),
             "born": maybe(rng, day + datetime.timedelta(rng.randrange(-400, 900))),
             "seen": maybe(rng, day + datetime.timedelta(rng.randrange(0, 900))), "unread": 3} for n in range(count)]
    people = [{"home": rng.randrange(count), "age": maybe(rng, rng.randrange(0, 9)),
               "sick": maybe(rng, rng.random() < 0.5)} for _ in range(2 * count)]
    return rows, people


def as_number(v):
    if v is None:
        return 0
    return (v - datetime.date(1970, 1, 1)).days if isinstance(v, datetime.date) else v


def as_table(rows, types):
    """Columns of the given types, missing where a value is None; a bool column is bytes for the builder."""
    builder, handle = ctypes.c_void_p(), ctypes.c_void_p()
    call("gov_table_builder_new", ctypes.byref(builder))
    for name in rows[0]:
        kind = types[name]
        storage = {"bool": "int8", "date": "int32"}.get(kind, kind)
        values = np.array([as_number(r[name]) for r in rows], dtype=storage)
        valid = np.array([r[name] is not None for r in rows], dtype=np.uint8)
        call("gov_table_builder_array", builder, name.encode(), TYPES[kind], ctypes.c_void_p(values.ctypes.data),
             ctypes.c_void_p(valid.ctypes.data), ctypes.c_int64(len(rows)))
    call("gov_table_builder_finish", builder, ctypes.byref(handle))
    library.gov_table_builder_free(builder)
    return Table(handle)


def exact(model, row):
    """The row as the plain evaluator takes it."""
    out = {k: v if v is None or isinstance(v, (bool, datetime.date)) else Fraction(v) for k, v in row.items()}
    if "t" in row:
        out["t"] = {1: "own", 2: "shared", 3: "none"}.get(row["t"])
        if model["missing_y"] and row["y"] == 7:
            out["y"] = None
        out["as_of"] = row["seen"] if model["daily"] else DAY
        out["params"] = model["params"]
    return out


def for_sql(model, row):
    """The row for SQLite: whole numbers as reals, so that it divides as the library does."""
    out = {k: float(v) if isinstance(v, Fraction) else v for k, v in exact(model, row).items()}
    return {k: out[k] for k in ("home", "x", "y", "z", "p", "q", "t")}
