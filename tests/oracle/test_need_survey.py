"""Standard errors of measures and gaps against R's survey package, frozen: survey/survey.R made survey/golden.csv.

Three designs with unequal weights: strata of households, units without strata, and units in strata of which one has a
single unit, taken with certainty or about the mean of all.
"""

import csv
import pathlib

import pytest
from need_library import alkire_foster, gaps, parse_csv

FOLDER = pathlib.Path(__file__).with_name("survey")
TYPES = "a:int64,ga:float64,b:int64,c:int64,w:float64,s:int64,u:int64,g:utf8"
SINGLE = {"certainty": 1, "adjust": 2}


def read(name):
    with open(FOLDER / name, newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("design, single", [("strata", "certainty"), ("units", "certainty"), ("both", "certainty"),
                                            ("both", "adjust")])
def test_errors_are_those_of_r_survey(design, single):
    rows = read("households.csv")
    table = parse_csv({name: [row[name] for row in rows] for name in rows[0]}, TYPES)
    options = dict(by=b"g", weight=b"w", k=b"1/4,1/2", single_unit=SINGLE[single],
                   strata=b"s" if design != "units" else None, units=b"u" if design != "strata" else None)
    summary, indicators = alkire_foster(table, "1/2,1/4,1/4", columns=b"a,b,c", **options)
    deep = gaps(table, "1/2,1/4,1/4", columns=b"ga,b,c", **options)
    compared = 0
    for line in read("golden.csv"):
        if (line["design"], line["single"]) != (design, single):
            continue
        figure, _, indicator = line["figure"].partition(" ")
        source = indicators if indicator else deep if figure in ("M1", "M2") else summary
        own = [x for x in source if x["group"] == line["group"] and x["k"] == line["k"] and
               x.get("indicator", "") == indicator]
        assert len(own) == 1
        estimate, error = float(own[0][figure]), float(own[0][figure + "_se"])
        assert abs(estimate - float(line["estimate"])) <= 1e-12, line
        assert abs(error - float(line["error"])) <= 1e-9 * float(line["error"]), (line, error)
        compared += 1
    assert compared == 72
    if design == "both":
        alone, _ = alkire_foster(table, "1/2,1/4,1/4", columns=b"a,b,c", **{**options, "single_unit": 0})
        assert all(line["H_se"] == "" for line in alone)
        assert all(line["M1_se"] == "" for line in gaps(table, "1/2,1/4,1/4", columns=b"ga,b,c",
                                                        **{**options, "single_unit": 0}))
