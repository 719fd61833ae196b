"""Alkire-Foster and weighting cases of the folder need/ through the C library."""
import csv
import ctypes
import json
import os
import sys
from fractions import Fraction

import _native as native

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
from need_library import alkire_foster, gaps, parse_csv  # noqa: E402

report = native.Report()


def number(value):
    return float(Fraction(value)) if isinstance(value, str) else float(value)


def measure(columns, weights, k, **options):
    types = ",".join("%s:%s" % (n, "utf8" if isinstance(v[0], str) else "int64") for n, v in columns.items())
    return alkire_foster(parse_csv(columns, types), ",".join(weights), k=",".join(k).encode(), **options)


def small_case(case):
    rows = case["g0"]
    columns = {"d%d" % j: [r[j] for r in rows] for j in range(len(rows[0]))}
    summary, indicators = measure(columns, ["1/4"] * 4, [case["k"]])
    expected = {**case.get("derived", {}), **case["expected"], **case.get("exact", {})}
    for name in ("H", "A", "M0"):
        report.near("%s %s" % (case["id"], name), [float(summary[0][name])], [number(expected[name])], 1e-12)
    for key, column in (("uncensored", "uncensored"), ("censored", "censored"), ("contrib", "contribution")):
        if key in expected:
            report.near("%s %s" % (case["id"], column), [float(i[column]) for i in indicators],
                        [number(v) for v in expected[key]], 1e-12)


def printed(claim, got, value):
    """Equal to all the digits that were printed, give or take one in the last place."""
    digits = len(repr(value).split(".")[1]) if "." in repr(value) else 0
    report.near(claim, [got], [value], 0, 1.01 * 10 ** -digits)


def nlsw88(case):
    path = report.path("need", "nlsw88", "nlsw88.csv")
    if path is None:
        return
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {"wage": [int(float(r["wage"]) < 4) for r in rows],
               "collgrad": [int(r["collgrad"] == "not college grad") for r in rows],
               "hours": [None if r["hours"] == "" else int(float(r["hours"]) < 26) for r in rows], "married": [r["married"] for r in rows]}
    report.equal("nlsw88 rows", len(rows), 2246)
    for weights, key in ((["1/3"] * 3, "equal"), (["1/2", "1/4", "1/4"], "w_50_25_25")):
        for k, e in case["expected"][key].items():
            cut = str(Fraction(k))
            summary, indicators = measure(columns, weights, [cut], by=b"married")
            total = summary[0]
            for name in ("M0", "H", "A"):
                printed("nlsw88 %s k=%s %s" % (key, k, name), float(total[name]), e[name])
                printed("nlsw88 %s k=%s %s error" % (key, k, name), float(total[name + "_se"]), e[name + "_se"])
            for field, column in (("cens", "censored"), ("cens_se", "censored_se"), ("contrib", "contribution"),
                                  ("contrib_se", "contribution_se")):
                for got, value in zip([float(i[column]) for i in indicators if i["group"] == ""], e.get(field, [])):
                    printed("nlsw88 %s k=%s %s" % (key, k, field), got, value)
            for line in summary[1:]:
                if "group_contrib" in e:
                    printed("nlsw88 %s k=%s share of %s" % (key, k, line["group"]), float(line["contribution"]),
                            e["group_contrib"][line["group"]])
                    printed("nlsw88 %s k=%s its error" % (key, k), float(line["contribution_se"]), e["group_se"])


def nlsw88_gaps():
    """M1 and M2 as the book's own svyafc() gives them; the education has no distance."""
    path = report.path("need", "nlsw88", "nlsw88.csv")
    expected = report.path("need", "nlsw88", "nlsw88_svyafc_M0M1M2.csv")
    if path is None or expected is None:
        return
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {"wage": [max(0.0, (4 - float(r["wage"])) / 4) for r in rows],
               "collgrad": [float(r["collgrad"] == "not college grad") for r in rows],
               "hours": [None if r["hours"] == "" else max(0.0, (26 - float(r["hours"])) / 26) for r in rows]}
    table = parse_csv(columns, "wage:float64,collgrad:float64,hours:float64")
    with open(expected, newline="") as file:
        for line in csv.DictReader(file):
            weights = "1/3,1/3,1/3" if line["w"] == "equal" else "1/2,1/4,1/4"
            k = str(Fraction(float(line["k"])).limit_denominator(12))
            got = gaps(table, weights, k=k.encode())[0]
            name = "M" + line["g"]
            report.near("nlsw88 %s k=%s %s and error" % (line["w"], k, name), [float(got[name]), float(got[name + "_se"])],
                        [float(line["M"]), float(line["SE"])], 1e-8)


class Consistency(ctypes.Structure):
    _fields_ = [("lambda_max", native.D), ("index", native.D), ("random_index", native.D), ("ratio", native.D)]


def ahp(case):
    matrix = [number(v) for row in case["pairwise"] for v in row]
    n = len(case["pairwise"])
    weights, c = native.empty(n), Consistency()
    native.call("gov_need_ahp", native.doubles(matrix), native.I(n), b"saaty2007", weights, ctypes.byref(c))
    if "weights" in case["expected"]:
        report.near(case["id"] + " weights", weights, case["expected"]["weights"], 0, case["tol"])
        report.near(case["id"] + " lambda", [c.lambda_max], [case["derived"]["lambda_max"]], 1e-9)
    else:
        report.near(case["id"] + " index and ratio", [c.index, c.ratio],
                    [case["expected"]["CI"], case["expected"]["CR"]], 0, case["tol"])


METHODS = {"critic": 1, "entropy": 0, "std": 2}


def advise(case):
    matrix = case["matrix"]
    weights = native.empty(len(matrix[0]))
    native.call("gov_need_advise", native.doubles(v for r in matrix for v in r), native.I(len(matrix)),
                native.I(len(matrix[0])), ctypes.c_int(METHODS[case["id"].split("_")[0]]), None, weights)
    report.near(case["id"] + " weights", weights, case["expected"]["weights"], 0, case["tol"])


def main():
    path = report.path("need", "af_cases.json")
    if path is not None:
        with open(path) as file:
            for case in json.load(file)["cases"]:
                if "g0" in case:
                    small_case(case)
                elif case["id"].startswith("nlsw88"):
                    nlsw88(case)
                    nlsw88_gaps()
                else:
                    small_case({**case, "g0": [[int(j < 4 * c) for j in range(4)] for c in case["c"]]})
    path = report.path("need", "mcdm_cases.json")
    if path is not None:
        with open(path) as file:
            for case in json.load(file):
                if case["id"].startswith("ahp"):
                    ahp(case)
                elif case["id"].split("_")[0] in METHODS:
                    advise(case)
    report.end()


main()
