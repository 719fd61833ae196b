"""The need model's language and scoring, written plainly over one household with exact fractions.

A rule is a tree of tuples; it can be evaluated here, written in the model's language, or written as SQL for SQLite,
whose logic is three-valued too. None is "not known". Divisors are 0 or powers of two, so that the library's doubles
are exact as well.
"""

import calendar
import datetime
from fractions import Fraction

BINARY = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}
COMPARE = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
           "==": lambda a, b: a == b, "!=": lambda a, b: a != b}


def both(a, b):
    return False if a is False or b is False else None if a is None or b is None else True


def either(a, b):
    return True if a is True or b is True else None if a is None or b is None else False


def add_months(day, months):
    """The same day of the month, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(a, b):
    """The most whole months that can be walked from a towards b."""
    sign = 1 if b >= a else -1
    months = 0
    while (add_months(a, sign * (months + 1)) <= b) if sign > 0 else (add_months(a, -(months + 1)) >= b):
        months += 1
    return sign * months


BETWEEN = {"age_years": lambda a, b: b.year - a.year - ((b.month, b.day) < (a.month, a.day)),
           "months_between": months_between, "days_between": lambda a, b: (b - a).days}


def value(t, row, members=()):
    """The value of a tree for a row (a dict); None if it is not known. The row's day is row["as_of"], and a parameter
    is a list of (first day, or None for always, and value) under row["params"]."""
    op, args = t[0], t[1:]
    if op in ("number", "bool", "day"):
        return args[0]
    if op == "as_of":
        return row["as_of"]
    if op == "param":
        values = [v for first, v in row["params"][args[0]] if first is None or (row["as_of"] and first <= row["as_of"])]
        return values[-1] if values else None
    if op in ("is_code", "is_no_code", "in_codes"):
        code = row[args[0]]
        return None if code is None else (code in args[1:]) == (op != "is_no_code")
    if op == "input":
        return row[args[0]]
    if op in ("any", "all", "count", "sum", "min1", "max1"):
        return aggregate(op, [value(args[0], m) for m in members])
    if op == "if":
        c = value(args[0], row, members)
        return None if c is None else value(args[1] if c else args[2], row, members)
    v = [value(a, row, members) for a in args]
    if op == "and":
        return both(*v)
    if op == "or":
        return either(*v)
    if op == "is_missing":
        return v[0] is None
    if op == "coalesce":
        return v[0] if v[0] is not None else v[1]
    if op == "in":
        found = False
        for item in v[1:]:
            found = either(found, None if v[0] is None or item is None else v[0] == item)
        return found
    if op == "between":
        low = None if v[0] is None or v[1] is None else v[0] >= v[1]
        high = None if v[0] is None or v[2] is None else v[0] <= v[2]
        return both(low, high)
    if any(x is None for x in v):
        return None
    if op == "not":
        return not v[0]
    if op == "neg":
        return -v[0]
    if op == "abs":
        return abs(v[0])
    if op in ("min", "max"):
        return (min if op == "min" else max)(v)
    if op in BETWEEN:
        return BETWEEN[op](*v)
    if op == "/":
        return None if v[1] == 0 else Fraction(v[0]) / v[1]
    return (BINARY.get(op) or COMPARE[op])(*v)


def aggregate(op, values):
    known = [v for v in values if v is not None]
    if op == "any":
        return True if True in known else None if len(known) < len(values) else False
    if op == "all":
        return False if False in known else None if len(known) < len(values) else True
    if len(known) < len(values) or (op in ("min1", "max1") and not values):
        return None
    return {"count": sum, "sum": sum, "min1": min, "max1": max}[op](known)


def text(t):
    """The tree in the language of models."""
    op, args = t[0], t[1:]
    if op == "number":
        return str(args[0]) if int(args[0]) == args[0] else "%.1f" % args[0]
    if op == "bool":
        return "true" if args[0] else "false"
    if op == "day":
        return args[0].isoformat()
    if op in ("input", "param"):
        return args[0]
    if op == "as_of":
        return op
    if op in ("is_code", "is_no_code"):
        return "(%s %s %s)" % (args[0], "==" if op == "is_code" else "!=", args[1])
    if op == "in_codes":
        return "(%s in [%s])" % (args[0], ", ".join(args[1:]))
    a = [text(x) for x in args]
    if op == "if":
        return "(if %s then %s else %s)" % tuple(a)
    if op in ("neg", "not"):
        return "(%s %s)" % ("-" if op == "neg" else "not", a[0])
    if op == "in":
        return "(%s in [%s])" % (a[0], ", ".join(a[1:]))
    if op == "between":
        return "(%s between %s and %s)" % tuple(a)
    if op in ("abs", "min", "max", "is_missing", "coalesce", "any", "all", "count", "sum", "min1", "max1") or op in BETWEEN:
        return "%s(%s)" % (op.rstrip("1"), ", ".join(a))
    return "(%s %s %s)" % (a[0], op, a[1])


def sql(t):
    """The tree for SQLite; aggregates, parameters and the calendar are left out."""
    op, args = t[0], t[1:]
    if op == "number":
        return "%r" % float(args[0])
    if op == "bool":
        return "%d" % args[0]
    if op == "input":
        return args[0]
    if op in ("is_code", "is_no_code"):
        return "(%s %s '%s')" % (args[0], "=" if op == "is_code" else "<>", args[1])
    if op == "in_codes":
        return "(%s IN (%s))" % (args[0], ", ".join("'%s'" % a for a in args[1:]))
    a = [sql(x) for x in args]
    if op == "if":
        return "(CASE WHEN %s THEN %s WHEN NOT %s THEN %s END)" % (a[0], a[1], a[0], a[2])
    if op in ("neg", "not"):
        return "(%s %s)" % ("-" if op == "neg" else "NOT", a[0])
    if op == "in":
        return "(%s IN (%s))" % (a[0], ", ".join(a[1:]))
    if op == "between":
        return "(%s BETWEEN %s AND %s)" % tuple(a)
    if op == "is_missing":
        return "(%s IS NULL)" % a[0]
    if op in ("abs", "min", "max", "coalesce"):
        return "%s(%s)" % (op, ", ".join(a))
    if op in ("==", "!="):
        return "(%s %s %s)" % (a[0], {"==": "=", "!=": "<>"}[op], a[1])
    return "(%s %s %s)" % (a[0], op, a[1])


HALF = Fraction(1, 2)


def levels(indicator, row, members, depth):
    """(possible levels, state) of an indicator: levels are subsets of {0, 1/2, 1}."""
    applies = True if indicator["applies"] is None else value(indicator["applies"], row, members)
    deprived = both(applies, value(indicator["deprived"], row, members))
    partly = False
    if indicator["partly"] is not None:
        partly = both(applies, value(indicator["partly"], row, members))
    less = {0}
    if depth and partly is True:
        less = {HALF}
    elif depth and partly is None:
        less = {0, HALF}
    possible = {1} if deprived is True else less if deprived is False else less | {1}
    return possible, {"na": applies is False, "deprived": deprived is True,
                      "partly": partly is True and deprived is not True, "missing": len(possible) > 1}


def completions(model, row, members, depth, most=1024):
    """All scores over the completions of unknown indicators, by brute force; None if there are more than `most`."""
    sets = [levels(i, row, members, depth)[0] for i in model["indicators"]]
    scores = {sum((w * max(s) for w, s in zip(model["weights"], sets) if len(s) == 1), Fraction(0))}
    count = 1
    for w, s in zip(model["weights"], sets):
        if len(s) > 1:
            count *= len(s)
            if count > most:
                return None
            scores = {score + w * v for score in scores for v in s}
    return scores


def counted(indicator, possible):
    """(low, high, dropped) of an indicator by what it says of the unknown."""
    policy = indicator.get("on_missing", "bounds") if len(possible) > 1 else "bounds"
    if policy == "renormalise":
        return 0, 0, True
    if policy == "not_deprived":
        return min(possible), min(possible), False
    if policy == "deprived":
        return max(possible), max(possible), False
    return min(possible), max(possible), False


def dimension_score(weights, indicators, possible):
    """(low, high) of one dimension: what is dropped gives its weight to the known rest, in proportion."""
    parts = [(w,) + counted(i, p) for w, i, p in zip(weights, indicators, possible)]
    whole = sum(weights, Fraction(0))
    rest = sum((w for w, _, _, dropped in parts if not dropped), Fraction(0))
    if rest == 0:
        return Fraction(0), whole
    return tuple(sum((p[0] * p[k] for p in parts), Fraction(0)) * whole / rest for k in (1, 2))


def tier(model, score, floors):
    rank = sum(score >= at for at in model["tiers"])
    return max([rank] + [f["tier"] for f, holds in zip(model["floors"], floors) if holds])


def score(model, row, members, depth):
    """What the library must give for a household. model["weights"] are those of the preset, 0 for what it leaves out."""
    indicators, weights = model["indicators"], model["weights"]
    found = [levels(i, row, members, depth) for i in indicators]
    dimensions = [dimension_score(weights[a:b], indicators[a:b], [f[0] for f in found[a:b]])
                  for a, b in model["dimensions"]]
    low, high = (sum((d[k] for d in dimensions), Fraction(0)) for k in (0, 1))
    in_use = [(n, i, s) for n, (i, (_, s)) in enumerate(zip(indicators, found)) if weights[n] > 0]
    known = sum((weights[n] for n, _, s in in_use if not s["missing"]), Fraction(0))
    states = {"ind%d" % n: both(True if i["applies"] is None else value(i["applies"], row, members),
                                value(i["deprived"], row, members)) for n, i in enumerate(indicators)}
    held = [value(f["when"], states) for f in model["floors"]]
    ranks = (tier(model, low, [h is True for h in held]), tier(model, high, [h is not False for h in held]))
    masks = {k: sum(s[k] << n for n, _, s in in_use) for k in ("deprived", "partly", "missing", "na")}
    services = 0
    for _, i, s in in_use:
        services |= (i.get("service", 0) if s["deprived"] else 0) | (i.get("service_partly", 0) if s["partly"] else 0)
    refused = any(s["missing"] and i.get("on_missing") == "refuse" for _, i, s in in_use)
    return {"low": low, "high": high, "coverage": known, "tiers": ranks, "masks": masks, "services": services,
            "dimensions": [d[0] for d in dimensions],
            "status": "refused" if refused else "bounded" if low != high or ranks[0] != ranks[1] else "scored"}
