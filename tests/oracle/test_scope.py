"""Non-interference: whatever changes outside an actor's scope, no answer inside it changes, on any path; and no path shows a
field above the actor's class in clear.

Random districts, random changes outside, every way to read. The changes are made by an actor who sees all.
"""

import datetime as dt
import itertools
import json
import random
import re

import govcore as gov
import pytest

SCOPE = "310104003"
GRIDS = {"code": ["310104", SCOPE, "310104004", "310104003001", "310104003002", "310104004001", "310104004002"],
         "name": ["district", "street 3", "street 4", "first", "second", "third", "fourth"],
         "level": ["district", "street", "street"] + ["community"] * 4,
         "parent": [None, "310104", "310104", SCOPE, SCOPE, "310104004", "310104004"],
         "lon": [121.43, 121.44, 121.45, 121.44, 121.441, 121.45, 121.4401],
         "lat": [31.18, 31.20, 31.21, 31.20, 31.201, 31.21, 31.2001]}
INSIDE, OUTSIDE = GRIDS["code"][3:5], GRIDS["code"][5:]
KINDS = ["grid", "lineage", "person", "household", "membership", "place", "thing", "org", "event", "relation", "identifier",
         "observation", "score", "finding"]
OF_OUTSIDE = r'"o[a-z]?\d|310104004'  # keys and codes
SECRETS = ["姓名", "浦东", "1380000", "9999", "秘密"]  # parts of every personal value below
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def citizen_id(n):
    digits = "310104%04d0101%03d" % (1930 + n % 90, n // 90 % 1000)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


class District:
    """Writes random records of every kind with keys of one side; a record that is given again is changed."""

    def __init__(self, store, rng):
        self.store, self.rng, self.numbers = store, rng, itertools.count(1)
        self.days = (dt.date(2024, 1, 1) + dt.timedelta(n) for n in itertools.count())  # a reading is given once

    def put(self, kind, **columns):
        columns = {name: [None if value is None else str(value) for value in values] for name, values in columns.items()}
        day = self.rng.choice([None, "2024-03-01", "2025-01-01"])
        report = self.store.import_table(kind, columns, as_of=day, source=self.rng.choice(["civil", "health"]))
        assert report.rejected == 0, report.issues.to_dict()

    def fill(self, side, grids, reorganise):
        rng, n = self.rng, range(1, 7)
        places = [rng.choice(grids) for _ in n]
        point = {"lon": [121.44 + rng.uniform(-.002, .002) for _ in n], "lat": [31.2 + rng.uniform(-.002, .002) for _ in n]}
        keys = {kind: [f"{side}{kind[0]}{i}" for i in n] for kind in ("person", "household", "thing", "org", "event", "place")}
        self.put("person", id=keys["person"], grid=places, name=[f"姓名{rng.random()}" for _ in n],
                 citizen_id=[citizen_id(next(self.numbers)) for _ in n], phone=[f"1380000{rng.randrange(10**4):04d}" for _ in n],
                 religion=["秘密"] * 6, live_address=[f"浦东{rng.randrange(99)}号" for _ in n])
        self.put("household", id=keys["household"], grid=places, members=[rng.randrange(1, 9) for _ in n],
                 head_name=["姓名"] * 6, income_per_head=[f"9999{rng.randrange(10)}" for _ in n])
        self.put("membership", household=rng.sample(keys["household"], 6), person=keys["person"], living=["1"] * 6)
        self.put("thing", id=keys["thing"], grid=places, type=["camera"] * 6, **point)
        self.put("place", id=keys["place"], grid=places, owner_name=["姓名"] * 6, **point)
        self.put("org", id=keys["org"], grid=places, legal_name=["姓名"] * 6)
        self.put("event", id=keys["event"], grid=places, time=["2024-05-01"] * 6, description=["秘密"] * 6,
                 **{"class": [rng.choice("ab") for _ in n]}, **point)
        self.put("relation", subject_kind=["person"] * 6, subject=keys["person"], predicate=[rng.choice("xy") for _ in n],
                 object_kind=["household"] * 6, object=keys["household"], note=["秘密"] * 6)
        self.put("identifier", scheme=["passport"] * 6, value=[f"秘密{side}{next(self.numbers)}" for _ in n],
                 subject_kind=["person"] * 6, subject=keys["person"])
        self.put("observation", subject_kind=["household"] * 6, subject=keys["household"], variable=["water"] * 6,
                 time=[next(self.days) for _ in n], source=["meter"] * 6, value=[f"9999{rng.random()}" for _ in n])
        self.put("finding", grid=grids, series=["a"] * 2, method=["mk"] * 2, as_of=["2024-01-01"] * 2, fingerprint=["f"] * 2,
                 observed=[rng.random() for _ in grids])
        if reorganise:
            number = next(self.numbers)
            self.store.reorganise({"from_grid": [grids[0], grids[0]], "to_grid": [f"{side}{number}a", f"{side}{number}b"],
                                   "share": [.25, .25], "name": ["a", "b"], "level": ["community"] * 2}, on="2025-06-01")
        if rng.random() < .3:
            self.store.forget("person", keys["person"][5])


def text(table):
    return json.dumps(table.to_dict(), default=str, ensure_ascii=False, sort_keys=True)


def answers(store):
    """Every way to read, as texts by name."""
    out = {"find id": text(store.find("citizen_id", citizen_id(3))), "find other": text(store.find("passport", "秘密o50"))}
    for view, at in {"now": store, "then": store.as_of(valid="2024-06-01")}.items():
        for kind in KINDS:
            out[f"{view} query {kind}"] = text(at.query(kind))
            out[f"{view} sql {kind}"] = text(at.sql(f"SELECT count(*) AS n, max(valid_from) AS f FROM {kind}"))
            out[f"{view} read {kind}"] = [text(batch) for batch in at.read(kind, rows=2)]
            out[f"{view} quality {kind}"] = text(at.quality(kind))
        out[f"{view} conflicts"] = text(at.conflicts())
        out[f"{view} last"] = text(at.last_readings(at="2025-12-31"))
        out[f"{view} windows"] = text(at.windows(dt.timedelta(days=3000), at="2025-12-31"))
        out[f"{view} in grid"] = text(at.query("person", grid=SCOPE, where="name <> ?1", values=["x"], limit=3))
        out[f"{view} join"] = text(at.sql("SELECT p.id, g.name, m.household FROM person p JOIN grid g ON g.code = p.grid"
                                          " LEFT JOIN membership m ON m.person = p.id ORDER BY 1, 2, 3"))
        for kind in ("person", "household", "thing", "event", "membership", "finding"):
            out[f"{view} count {kind}"] = text(at.count(kind))
        for kind in ("thing", "place", "event", "grid"):
            out[f"{view} near {kind}"] = text(at.near(kind, 121.44, 31.2, radius=150))
            out[f"{view} nearest {kind}"] = text(at.near(kind, 121.44, 31.2, radius=0, limit=3))
        out[f"{view} rollup"] = text(at.rollup({"grid": INSIDE, "value": [10.0, 20.0]}, taken_on="2024-01-01"))
    for side, key in itertools.product("io", range(1, 7)):
        for kind in ("person", "household", "thing"):
            out[f"history {kind} {side}{key}"] = text(store.history(kind, f"{side}{kind[0]}{key}"))
            out[f"export {kind} {side}{key}"] = store.export(kind, f"{side}{kind[0]}{key}")
    return out


def make(path, rng):
    everyone = gov.Store.open(path, actor="li", create=True, fields="sensitive")
    everyone.import_table("grid", GRIDS)
    return everyone, District(everyone, rng)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("fields", ["internal", "sensitive"])
def test_what_changes_outside_changes_no_answer_inside(tmp_path, seed, fields):
    rng = random.Random(seed)
    everyone, district = make(tmp_path / "s.gov", rng)
    with everyone:
        district.fill("i", INSIDE, True)
        district.fill("o", OUTSIDE, False)
        for round_ in range(2):
            district.fill("i", INSIDE, False)
            with gov.Store.open(tmp_path / "s.gov", actor="wang", scope=SCOPE, fields=fields) as store:
                before = answers(store)
            district.fill("o", OUTSIDE, round_ == 1)
            with gov.Store.open(tmp_path / "s.gov", actor="wang", scope=SCOPE, fields=fields) as store:
                after = answers(store)
            assert {name: after[name] for name in after if after[name] != before[name]} == {}
            assert before.keys() == after.keys()


def test_what_is_outside_is_not_in_an_answer(tmp_path):
    everyone, district = make(tmp_path / "s.gov", random.Random(9))
    with everyone:
        district.fill("i", INSIDE, False)
        district.fill("o", OUTSIDE, True)
    with gov.Store.open(tmp_path / "s.gov", actor="wang", scope=SCOPE, fields="sensitive") as store:
        for name, answer in answers(store).items():
            if not name.startswith(("history", "export")):
                assert not re.search(OF_OUTSIDE, str(answer)), name
        for key in ("op1", "never there"):
            assert store.export("person", key) == json.dumps({"key": key}) + "\n"
        store.near("thing", 121.44, 31.2, radius=500)
        for table in ("near", "stage", "seen", "scope"):
            try:
                found = text(store.sql(f"SELECT * FROM {table}"))
            except gov.GovError:
                continue
            assert not re.search(OF_OUTSIDE, found), table


def test_no_path_shows_a_personal_field_in_clear(tmp_path):
    everyone, district = make(tmp_path / "s.gov", random.Random(5))
    with everyone:
        for side, grids in (("i", INSIDE), ("o", OUTSIDE)):
            district.fill(side, grids, False)
    for scope in (None, SCOPE):
        with gov.Store.open(tmp_path / "s.gov", actor="wang", scope=scope, fields="internal") as store:
            for name, answer in answers(store).items():
                assert not any(secret in str(answer) for secret in SECRETS), (name, answer)
