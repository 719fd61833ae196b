"""Two times: every read of the store as of any day and any moment, against a plain bitemporal model in Python.

The model keeps, for every act, what each record said on each day; the store must give the same by query, sql, count, near,
read, quality and rollup, and taking acts back must give back the bytes of the answers from before.
"""

import collections
import datetime as dt
import json
import math
import random
import time

import govcore as gov
import pytest

DAYS = [f"2024-{month:02d}-01" for month in range(1, 13)]  # where anything may begin or end
SLOTS = len(DAYS) + 1  # of time: before the first day, from each day to the next, from the last on
TREE = {"D": None, "S1": "D", "S2": "D", "C1": "S1", "C2": "S1", "C3": "S2"}
FIELDS = {
    "person": ["grid", "name", "phone"], "household": ["grid", "members", "view"],
    "membership": ["relation", "living"], "relation": ["note"], "thing": ["grid", "type", "lon", "lat"],
}
KEYS = {
    "person": ["id"], "household": ["id"], "thing": ["id"], "membership": ["household", "person"],
    "relation": ["subject_kind", "subject", "predicate", "object_kind", "object"],
}


class Model:
    """For each kind and key what it says in each slot of time: a dict of fields, or None."""

    def __init__(self):
        self.said = {kind: {} for kind in FIELDS}

    def copy(self):
        other = Model()
        other.said = {kind: {key: list(slots) for key, slots in records.items()} for kind, records in self.said.items()}
        return other

    @staticmethod
    def spans(slots):
        """Maximal runs of slots that hold the same version; a version is one object."""
        out = []
        for i, content in enumerate(slots):
            if content is None:
                continue
            if out and out[-1][1] == i and slots[out[-1][0]] is content:
                out[-1][1] = i + 1
            else:
                out.append([i, i + 1])
        return out

    def put(self, kind, key, given, begin, end):
        """A row of an import, as include/govcore/store.h says. begin None: corrects the latest version, or holds always;
        end None: up to the next version. What overlaps ends where the row begins."""
        slots = self.said[kind].setdefault(key, [None] * SLOTS)
        spans = self.spans(slots)
        base, first, last = None, 0, SLOTS
        if begin is None and spans:
            base = spans[-1]
            first, last = base
        elif begin is not None:
            first = begin + 1
            for span in reversed(spans):
                if span[0] > first:
                    last = span[0]
                elif span[1] > first:
                    base = span
            if base is not None:
                last = base[1]
        if end is not None:
            last = end + 1
        content = dict(slots[base[0]]) if base is not None else dict.fromkeys(FIELDS[kind])
        content.update(given)
        if base is not None and content == slots[base[0]]:
            first = base[0]
            if last == base[1]:
                return
        for begins, ends in spans:
            if begins < last and ends > first:
                slots[max(begins, first):ends] = [None] * (ends - max(begins, first))
        slots[first:last] = [content] * (last - first)

    def at(self, kind, slot):
        return {key: slots[slot] for key, slots in self.said[kind].items() if slots[slot] is not None}


def day_of(slot):
    """A day inside the slot."""
    return "2020-06-01" if slot == 0 else DAYS[slot - 1][:8] + "15"


def columns_of(rows):
    return {name: [row.get(name) for row in rows] for name in rows[0]}


class World:
    def __init__(self, path, seed):
        self.rng, self.model, self.moments = random.Random(seed), Model(), []
        self.store = gov.Store.open(path, actor="li", create=True, fields="sensitive")
        self.store.import_table("grid", {"code": list(TREE), "name": list(TREE), "parent": list(TREE.values()),
                                         "level": ["district", "street", "street"] + ["community"] * 3})
        for kind, keys in {"person": "pqrs", "household": "gh"}.items():
            rows = [{"id": key, "grid": "C1"} for key in keys]
            self.put(kind, rows, [(None, None)] * len(rows))

    def given(self, kind):
        rng = self.rng
        values = {"grid": rng.choice(["C1", "C2", "C3", "S2"]), "name": rng.choice(["张三", "李四", None]),
                  "phone": rng.choice(["13812345678", None]), "members": rng.choice([1, 2, None]),
                  "view": rng.choice(["registered", "dwelling"]), "relation": rng.choice(["10", "20", None]),
                  "living": rng.choice([True, False]), "note": rng.choice(["a", "b", None]), "type": rng.choice(["camera", "lamp"]),
                  "lon": 121.44 + rng.randrange(-5, 6) / 1000, "lat": 31.2 + rng.randrange(-5, 6) / 1000}
        return {field: values[field] for field in FIELDS[kind]}

    def key(self, kind):
        rng = self.rng
        return {"person": (rng.choice("pqrs"),), "household": (rng.choice("gh"),), "thing": (rng.choice("tuvw"),),
                "membership": (rng.choice("gh"), rng.choice("pqrs")),
                "relation": ("person", rng.choice("pq"), "knows", "person", rng.choice("rs"))}[kind]

    def put(self, kind, rows, spans):
        """One act: rows of keys and fields, each with the days it holds."""
        for row, (begin, end) in zip(rows, spans):
            row["valid_from"], row["valid_to"] = (None if i is None else DAYS[i] for i in (begin, end))
        report = self.store.import_table(kind, columns_of(rows), source="s")
        assert report.rejected == 0, report.issues.to_dict()
        for row, (begin, end) in zip(rows, spans):
            key = tuple(row[name] for name in KEYS[kind])
            self.model.put(kind, key, {f: row[f] for f in FIELDS[kind] if f in row}, begin, end)
        return report.added + report.changed

    def act(self):
        """An import of some rows of one kind, some without some of their columns."""
        rng, kind = self.rng, self.rng.choice(list(FIELDS))
        keys = list(dict.fromkeys(self.key(kind) for _ in range(rng.randrange(1, 4))))
        fields = [f for f in FIELDS[kind] if f in ("grid", "lon", "lat") or rng.random() < .7]
        rows, spans = [], []
        for key in keys:
            given = self.given(kind)
            rows.append({**dict(zip(KEYS[kind], key)), **{f: given[f] for f in fields}})
            begin = rng.choice([None] + list(range(len(DAYS) - 1)))
            end = rng.randrange(begin + 1, len(DAYS)) if begin is not None and rng.random() < .3 else None
            spans.append((begin, end))
        return self.put(kind, rows, spans)

    def step(self):
        before = self.model.copy()
        changed = self.act()
        if changed and self.rng.random() < .25:
            self.store.undo(self.store.acts()["act"].to_list()[-1])
            self.model = before
        self.note()

    def note(self):
        time.sleep(.002)
        self.moments.append((dt.datetime.now(dt.timezone.utc), self.model.copy()))
        time.sleep(.002)


def rows_of(table, kind):
    """{key: fields} of an answer."""
    columns = table.to_dict()
    rows = [dict(zip(columns, row)) for row in zip(*columns.values())]
    return {tuple(row[k] for k in KEYS[kind]): {f: row[f] for f in FIELDS[kind]} for row in rows}


def above(code):
    while code is not None:
        yield code
        code = TREE[code]


def metres(lon1, lat1, lon2, lat2):
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(h))


def check_counts(at, model, kind, slot):
    own = collections.Counter(content["grid"] for content in model.at(kind, slot).values())
    total = collections.Counter(code for grid in own.elements() for code in above(grid))
    table = at.count(kind)
    assert table["own"].to_list() == [own[code] for code in table["code"].to_list()]
    assert table["total"].to_list() == [total[code] for code in table["code"].to_list()]


def check_near(at, model, slot):
    expected = sorted((metres(121.44, 31.2, c["lon"], c["lat"]), key[0]) for key, c in model.at("thing", slot).items())
    found = at.near("thing", 121.44, 31.2, radius=401.0)
    assert found["id"].to_list() == [key for distance, key in expected if distance <= 401]
    assert found["distance"].to_list() == pytest.approx([distance for distance, _ in expected if distance <= 401], abs=1e-6)


def check_quality(at, model, kind, slot):
    said = list(model.at(kind, slot).values())
    table = at.quality(kind)
    rows = {field: (records, present) for field, records, present in
            zip(table["field"].to_list(), table["records"].to_list(), table["present"].to_list())}
    for field in FIELDS[kind] if said else []:
        assert rows[field] == (len(said), sum(content[field] is not None for content in said)), field


def check_all(store, model, moment, slot):
    at = store.as_of(valid=day_of(slot), recorded=moment)
    for kind in FIELDS:
        expected = model.at(kind, slot)
        assert rows_of(at.query(kind), kind) == expected, (kind, slot)
        assert rows_of(at.sql(f"SELECT * FROM {kind}"), kind) == {
            key: {f: int(v) if isinstance(v, bool) else v for f, v in content.items()} for key, content in expected.items()}
        batches = [rows_of(batch, kind) for batch in at.read(kind, rows=2)]
        assert {key: content for batch in batches for key, content in batch.items()} == expected
        check_quality(at, model, kind, slot)
    for kind in ("person", "household", "thing"):
        check_counts(at, model, kind, slot)
    check_near(at, model, slot)
    phones = {key[0] for key, content in model.at("person", slot).items() if content["phone"] == "13812345678"}
    assert set(at.query("person", where="phone = ?1", values=["13812345678"])["id"].to_list()) == phones


@pytest.mark.parametrize("seed", range(3))
def test_every_read_agrees_with_a_plain_model_of_two_times(tmp_path, seed):
    world = World(tmp_path / "s.gov", seed)
    with world.store as store:
        world.note()
        for _ in range(40):
            world.step()
        rng = random.Random(seed)
        for moment, model in [(None, world.model)] + rng.sample(world.moments, 12):
            for slot in rng.sample(range(SLOTS), 3):
                check_all(store, model, moment, slot)
        store.verify()


def answers(store, moment=None):
    """Bytes of many answers on several days."""
    out = []
    for slot in (0, 3, 6, SLOTS - 1):
        at = store.as_of(valid=day_of(slot), recorded=moment)
        for kind in [*FIELDS, "grid", "lineage"]:
            out += [json.dumps(at.query(kind).to_dict(), default=str), json.dumps(at.sql(f"SELECT * FROM {kind} ORDER BY 1, 2, 3, 4").to_dict(), default=str)]
        for kind in ("person", "thing"):
            out += [json.dumps(at.count(kind).to_dict(), default=str)]
        out += [json.dumps(at.rollup({"grid": ["C1", "C3"], "value": [7.0, 5.0]}, taken_on="2024-01-15").to_dict())]
    return out


CHANGES = {
    "split": {"from_grid": ["C1", "C1"], "to_grid": ["C1a", "C1b"], "share": [.25, .75], "name": ["a", "b"], "level": ["community"] * 2},
    "merge": {"from_grid": ["C1", "C2"], "to_grid": ["C9", "C9"], "share": [1.0, 1.0], "name": ["m", "m"], "level": ["community"] * 2},
    "new code": {"from_grid": ["S1"], "to_grid": ["S7"], "share": [1.0], "name": ["S7"], "level": ["street"]},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_reorganisation_rewrites_nothing_and_its_undo_gives_back_the_bytes(tmp_path, change):
    world = World(tmp_path / "s.gov", 7)
    with world.store as store:
        for _ in range(15):
            world.step()
        moment, before = world.moments[-1][0], answers(store)
        act = store.reorganise(CHANGES[change], on="2024-07-01")
        during = answers(store)
        assert during != before
        assert answers(store, moment) == before
        for slot in (3, SLOTS - 1):
            table = store.as_of(valid=day_of(slot)).rollup({"grid": ["C1", "C3"], "value": [7.0, 5.0]}, taken_on="2024-01-15")
            assert sum(table["own"].to_list()) == pytest.approx(12)
        world.note()
        store.undo(act)
        assert answers(store) == before
        assert answers(store, world.moments[-1][0]) == during
        store.verify()
