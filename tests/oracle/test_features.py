"""The inputs that the library derives from a store equal those of a plain derivation on random towns, on several days and in
all three views of households."""

import csv
import datetime as dt
import io
import os
import pathlib
import subprocess

import pytest

from town import GRIDS, Known, Town

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("GOVCORE", str(ROOT / "build/release/govcore"))
DAYS = [dt.date(2020, 7, 1), dt.date(2021, 2, 28), dt.date(2021, 3, 1), dt.date(2021, 8, 1), dt.date(2022, 2, 1)]


def run(*arguments, code=0):
    done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def build(town, folder):
    store = folder / "town.gov"
    run("init", store)
    persons = ["id", "grid", "birth_date", "health", "disability_grade", "education", "valid_from", "valid_to"]
    memberships = ["household", "person", "relation", "registered", "living", "valid_from", "valid_to"]
    tables = [("grid", ["code", "name", "level", "parent"], GRIDS),
              ("person", persons, [[p[c] for c in persons] for p in town.persons]),
              ("household", ["id", "grid", "view"], [[h["id"], h["grid"], h["view"]] for h in town.households]),
              ("place", ["id", "grid", "area"], [[p["id"], p["grid"], p["area"]] for p in town.places]),
              ("membership", memberships, [[m[c] for c in memberships] for m in town.memberships]),
              ("relation", ["subject_kind", "subject", "predicate", "object_kind", "object"], town.relations),
              ("observation", ["subject_kind", "subject", "variable", "time", "source", "value"],
               [[*o[:3], o[3].isoformat(), *o[4:]] for o in town.observations])]
    for kind, columns, rows in tables:
        write(folder / (kind + ".csv"), columns, rows)
        run("import", store, kind, folder / (kind + ".csv"), "--strict", "--quiet")
    return store


def read(text):
    if text == "":
        return None
    return text == "true" if text in ("true", "false") else float(text)


def same(a, b):
    if a is None or b is None or isinstance(a, bool) or isinstance(b, bool):
        return a is b or (a is not None and b is not None and bool(a) == bool(b))
    return abs(a - b) <= 1e-12 * max(1.0, abs(a), abs(b))


def compare(rows, known, households):
    assert [row["household"] for row in rows] == households
    for row in rows:
        expected = known.features(row["household"])
        for name, value in expected.items():
            assert same(read(row[name]), value), (row["household"], name, row[name], value)


@pytest.fixture(scope="module", params=[1, 2, 3])
def place(request, tmp_path_factory):
    town = Town(request.param)
    return town, build(town, tmp_path_factory.mktemp("town"))


@pytest.mark.parametrize("view", ["assistance", "dwelling", "registered"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_features_are_those_of_the_plain_derivation(place, day, view):
    town, store = place
    known = Known(town, day, view)
    rows = table(run("features", store, "--as-of", day, "--view", view, "--fields", "sensitive"))
    compare(rows, known, known.households)


def test_the_towns_hold_what_the_rules_decide(place):
    """Every derived input is known for some household and unknown for another, and the three views differ."""
    town, _ = place
    known = [Known(town, dt.date(2021, 8, 1), view) for view in ("assistance", "dwelling", "registered")]
    found = [known[0].features(h) for h in known[0].households]
    for name in found[0]:
        assert any(f[name] is not None for f in found) and any(f[name] is None for f in found), name
    shared = [h["id"] for h in town.households if h["view"] == ""]
    assert any(known[0].features(h)["members"] != known[2].features(h)["members"] for h in shared)


def test_an_actor_with_a_scope_scores_the_households_of_the_subtree(place):
    town, store = place
    inside = [h["id"] for h in town.households if h["grid"].startswith("310104003") and h["view"] in ("", "assistance")]
    rows = table(run("score", store, "--as-of", "2021-08-01", "--scope", "310104003"))
    every = {row["household"]: row for row in table(run("score", store, "--as-of", "2021-08-01"))}
    assert [row["household"] for row in rows] == sorted(inside)
    assert all(row == every[row["household"]] for row in rows)


def test_scores_do_not_tell_what_is_above_the_fields_that_are_shown(place):
    _, store = place
    hidden = table(run("score", store, "--as-of", "2021-08-01", "--fields", "personal"))
    shown = table(run("score", store, "--as-of", "2021-08-01"))
    assert all(row["deprived_mask"] == "" and row["dim_health"] == "" and row["service_mask"] == "" for row in hidden)
    assert [row["score"] for row in hidden] == [row["score"] for row in shown]
    assert all(row["score"] == "" for row in table(run("score", store, "--as-of", "2021-08-01", "--fields", "internal")))


def test_the_unmet_are_those_in_need_whose_services_nobody_recorded(place):
    town, store = place
    known = Known(town, dt.date(2021, 8, 1), "assistance")
    services = table(run("model", "show", "govcore-need-22", "--part", "services"))
    expected, cells = [], {}
    for row in table(run("score", store, "--as-of", "2021-08-01")):
        features = known.features(row["household"])
        for service in services:
            fits = int(row["service_mask"]) >> int(service["bit"]) & 1
            if row["tier"] == "none" or not fits or not service["received"] or features[service["received"]]:
                continue
            told = {False: "no", None: "unknown"}[features[service["received"]]]
            expected.append([row["household"], row["grid"], row["tier"], service["id"], told])
            cell = (row["grid"][:9], service["id"])
            cells[cell] = cells.get(cell, 0) + 1
    listed = [list(row.values()) for row in table(run("unmet", store, "--as-of", "2021-08-01", "--list"))]
    assert sorted(listed) == sorted(expected) and len(expected) > 20
    counted = table(run("unmet", store, "--as-of", "2021-08-01", "--threshold", "1"))
    assert {(row["grid"], row["service"]): int(row["households"]) for row in counted} == cells
    inside = table(run("unmet", store, "--as-of", "2021-08-01", "--list", "--scope", "310104004"))
    assert [list(row.values()) for row in inside] == [row for row in listed if row[1].startswith("310104004")]


def test_an_explanation_adds_up_to_the_score_and_shows_the_values_that_were_read(place):
    town, store = place
    known = Known(town, dt.date(2021, 8, 1), "assistance")
    for row in table(run("score", store, "--as-of", "2021-08-01"))[:20]:
        key, arguments = row["household"], ("explain", store, "--as-of", "2021-08-01", "--household", row["household"])
        lines = table(run(*arguments, "--part", "lines"))
        assert len(lines) == 22 and sum(int(line["contribution_num"]) for line in lines) == int(row["score_num"])
        inputs = {i["id"]: i for i in table(run(*arguments, "--part", "inputs"))}
        for name, value in known.features(key).items():
            assert (inputs[name]["origin"] == "unknown") == (value is None), (key, name)
            assert (inputs[name]["missing"] == "") == (value is not None), (key, name)
        days = {o[3].date().isoformat() for o in town.observations if o[0] == "household" and o[1] == key}
        for reading in table(run(*arguments, "--part", "readings")):
            if reading["from"].startswith("observation") and reading["person"] == "" and reading["value"] != "":
                assert reading["date"] in days and reading["source"] in ("civil affairs", "district")
        asked = table(run(*arguments, "--part", "ask"))
        assert [a["indicator"] for a in asked] == [a["indicator"] for a in sorted(asked, key=lambda a: -int(a["weight_num"]))]
        assert {a["indicator"] for a in asked} == {line["indicator"] for line in lines if line["state"] == "missing"}
