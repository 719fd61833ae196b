"""The store from Python: import, questions, two times, scope, the chain."""

import datetime as dt
import gc
import pathlib
import shutil
import sqlite3
import threading

import pytest

import govcore as gov

DATA = pathlib.Path(__file__).parents[3] / "examples" / "data"

GRIDS = {"code": ["31", "3101", "310104", "310104003", "310104004"], "name": ["上海市", "市辖区", "徐汇区", "天平路街道", "湖南路街道"],
         "level": ["province", "prefecture", "district", "street", "street"],
         "parent": [None, "31", "3101", "310104", "310104"]}
HOUSEHOLDS = {"id": ["h1", "h2", "h3"], "grid": ["310104003", "310104003", "310104004"], "members": [1, 3, None],
              "phone": ["13812345678", None, "13987654321"]}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "district.gov"


@pytest.fixture
def store(path):
    with gov.Store.open(path, actor="li", create=True, fields="sensitive") as opened:
        opened.import_table("grid", GRIDS, as_of="2020-01-01")
        opened.import_table("household", HOUSEHOLDS, as_of=dt.date(2020, 1, 1), source="register")
        yield opened


def test_sources_that_disagree_are_kept_and_decided_by_their_order(store):
    store.rank_source("register", 1, kind="household", basis="the office that registers")
    report = store.import_table("household", {"id": ["h1"], "grid": ["310104003"], "members": [2]}, as_of="2021-01-01",
                                source="survey")
    assert (report.conflicts, report.rejected) == (1, 0)
    assert "conflicts=1" in repr(report)
    assert report.issues.to_dict()["source"] == ["register"]
    assert report.causes.to_dict()["rejected"] == [0]
    found = store.conflicts("household").to_dict()
    assert list(zip(found["source"], found["value"], found["chosen"], found["why"])) == [
        ("register", "1", True, "rank"), ("survey", "2", False, "rank")]
    assert store.query("household", where="id = 'h1'").to_dict()["members"] == [1]
    store.rank_source("register", 0, kind="household")
    assert store.query("household", where="id = 'h1'").to_dict()["members"] == [2]
    assert store.conflicts("household", where="chosen").to_dict()["why"] == ["day"]
    store.verify()


def test_the_last_readings_and_windows_of_many_subjects(store):
    times = [dt.datetime(2024, 5, 1, 8), dt.datetime(2024, 5, 1, 9), dt.datetime(2024, 5, 2, 8)]
    store.import_table("observation", {"subject_kind": ["household"] * 3, "subject": ["h1", "h1", "h2"],
                                       "variable": ["water"] * 3, "time": [t.isoformat() for t in times],
                                       "source": ["meter"] * 3, "value": [1.5, 2.5, 4.0]})
    last = store.last_readings(at="2024-05-31").to_dict()
    assert (last["subject"], last["value"]) == (["h1", "h2"], [2.5, 4.0])
    asked = {"subject_kind": ["household"] * 2, "subject": ["h1", "h2"], "variable": ["water"] * 2}
    day = store.windows(dt.timedelta(days=1), asked, at=dt.date(2024, 5, 1)).to_dict()
    assert (day["count"], day["sum"], day["mean"]) == ([2, 0], [4.0, None], [2.0, None])
    refused = store.import_table("observation", {"subject_kind": ["household"], "subject": ["h1"], "variable": ["water"],
                                                 "time": [times[0].isoformat()], "source": ["meter"], "value": [9.0]})
    assert refused.issues.to_dict()["code"] == ["GOV_E_CONFLICT"]


def test_the_real_tree_comes_in_from_a_file_and_a_second_time_changes_nothing(path):
    with gov.Store.open(path, actor="li", create=True) as store:
        report = store.import_table("grid", DATA / "xuhui-grids-2023.csv", as_of="2023-01-01")
        lines = (DATA / "xuhui-grids-2023.csv").read_text(encoding="utf-8").count("\n") - 1
        assert (report.rows, report.added, report.rejected, len(report.issues)) == (lines, lines, 0, 0)
        assert repr(report) == f"ImportReport(rows={lines}, added={lines}; 0 issues)"
        again = store.import_table("grid", DATA / "xuhui-grids-2023.csv", as_of="2023-01-01")
        assert (again.unchanged, again.added, again.changed) == (lines, 0, 0)
        counts = store.as_of("2023-06-01").count("grid", level="district")
        assert counts["code"].to_list() == ["310104"] and counts["total"].to_list() == [lines]


def test_a_dry_run_is_its_commit_without_the_commit(store):
    more = {"id": ["h4"], "grid": ["310104004"], "members": [2]}
    dry = store.import_table("household", more, dry_run=True, as_of="2021-01-01")
    assert len(store.query("household")) == 3
    wet = store.import_table("household", more, as_of="2021-01-01")
    assert dry.digest == wet.digest and dry.dry_run and not wet.dry_run
    assert len(store.query("household")) == 4


def test_wrong_rows_are_reported_with_their_cell_and_the_others_go_in(store):
    report = store.import_table("household", {"id": ["h5", "h6"], "grid": ["310104003", "999999999"], "members": [1, 1]})
    assert (report.added, report.rejected) == (1, 1)
    issue = next(report.issues.rows())
    assert (issue["row"], issue["column"], issue["code"]) == (1, "grid", "GOV_E_REFERENCE")
    assert issue["reason_zh"] and issue["reason_en"]
    strict = store.import_table("household", {"id": ["h7", "h8"], "grid": ["310104003", "999999999"]}, strict=True)
    assert "h7" not in store.query("household")["id"].to_list() and strict.rejected == 1


def test_an_unknown_column_is_refused_by_name_or_declared(store):
    with pytest.raises(KeyError) as caught:
        store.import_table("household", {"id": ["h9"], "grid": ["310104003"], "colour": ["red"]})
    assert caught.value.name == "colour"
    store.import_table("household", {"id": ["h9"], "grid": ["310104003"], "colour": ["red"]}, unknown="declare")
    assert store.query("household", where="id = ?1", values=["h9"])["colour"].to_list() == ["red"]
    store.add_field("household", "stairs", "int64", fields="internal", zh="楼层", en="floor")
    assert "stairs" in store.fields("household")["name"].to_list()


def test_a_mapping_reads_somebodys_own_columns(store, tmp_path):
    mapping = tmp_path / "register.yaml"
    mapping.write_text("govcore_mapping: 1\nkind: household\ncolumns:\n  id: 户号\n"
                       "  grid: {column: 街道, codes: {天平路: 310104003}}\nignore: [备注]\n", encoding="utf-8")
    report = store.import_table("household", {"户号": ["m1", "m2"], "街道": ["天平路", "别处"], "备注": ["", ""]},
                                mapping=mapping)
    assert (report.added, report.rejected) == (1, 1)
    assert store.query("household", where="id = 'm1'")["grid"].to_list() == ["310104003"]
    mapping.write_text("govcore_mapping: 1\nkind: household\ncolours: {}\n", encoding="utf-8")
    with pytest.raises(KeyError) as caught:
        store.import_table("household", {"户号": ["m3"]}, mapping=mapping)
    assert caught.value.file == str(mapping) and caught.value.line == 3


def test_questions(store):
    street = store.query("household", grid="310104003", columns=["id", "members"])
    assert street.to_dict() == {"id": ["h1", "h2"], "members": [1, 3]}
    assert store.query("household", where="members >= ?1", values=[3])["id"].to_list() == ["h2"]
    assert store.sql("select count(*) as n, sum(members) as people from household").to_dict() == {"n": [3], "people": [4]}
    assert store.sql("select id from household where phone = ?1", ["13812345678"])["id"].to_list() == ["h1"]
    assert [len(batch) for batch in store.read("household", rows=2)] == [2, 1]
    assert len(store.query("household", limit=1)) == 1
    some = store.read("household", rows=1, where="grid = ?1", values=["310104003"], columns=["id"])
    assert [batch["id"].to_list() for batch in some] == [["h1"], ["h2"]]


@pytest.mark.parametrize("ask, error", [
    (lambda s: s.query("household", where="nothing = 1"), gov.GovError),
    (lambda s: s.query("household", where="id = "), gov.GovError),
    (lambda s: s.query("nothing"), KeyError),
    (lambda s: s.sql("drop table household"), gov.GovError),
    (lambda s: s.sql("select * from sqlite_master"), gov.GovError),
    (lambda s: s.as_of("not a day").query("grid"), gov.GovError),
    (lambda s: s.query("household", grid="000"), KeyError),
])
def test_questions_that_cannot_be_answered(store, ask, error):
    with pytest.raises(error):
        ask(store)
    assert len(store.query("household")) == 3


def test_two_times(store):
    first = dt.datetime.now(dt.timezone.utc) + dt.timedelta(seconds=1)
    while dt.datetime.now(dt.timezone.utc) < first:
        pass
    store.import_table("household", {"id": ["h1"], "grid": ["310104003"], "members": [5]}, as_of="2022-01-01")

    def members(view):
        return view.query("household", where="id = 'h1'")["members"].to_list()

    assert members(store.as_of("2021-12-31")) == [1]
    assert members(store.as_of("2022-01-01")) == [5]
    assert members(store.as_of("2022-01-01", recorded=first)) == [1]
    versions = store.history("household", "h1")
    assert len(versions) >= 2 and set(versions["act_actor"].to_list()) == {"li"}


def test_a_split_conserves_what_was_counted_before_it_and_can_be_undone(store):
    columns = ["code", "name", "level", "parent"]
    before = store.as_of("2021-06-01").query("grid", columns=columns).to_dict()
    act = store.reorganise({"from_grid": ["310104004"] * 2, "to_grid": ["310104005", "310104006"], "share": [0.25, 0.75],
                            "name": ["甲街道", "乙街道"], "level": ["street"] * 2}, on="2022-01-01", reason="split")
    assert store.as_of("2021-06-01").query("grid", columns=columns).to_dict() == before
    figures = {"grid": ["310104004", "310104003"], "value": [100.0, 7.0]}
    rolled = store.as_of("2022-06-01").rollup(figures, taken_on="2021-06-01", level="street")
    own = dict(zip(rolled["code"], rolled["own"]))
    assert (own["310104005"], own["310104006"], own["310104003"]) == (25.0, 75.0, 7.0)
    assert act in store.acts()["act"].to_list()
    store.undo(act, reason="mistaken")
    assert "310104005" not in store.as_of("2022-06-01").query("grid")["code"].to_list()
    with pytest.raises(KeyError):
        store.undo(99999)
    with pytest.raises(KeyError):
        store.reorganise({"from_grid": ["nothing"], "to_grid": ["310104003"]}, on="2022-01-01")


def test_lineage_is_derived_from_two_trees(store):
    renamed = {**GRIDS, "code": ["31", "3101", "310104", "310104003", "310104009"]}
    report = store.import_table("grid", renamed, as_of="2023-01-01", complete=True, strict=True)
    assert report.ended == 1
    found = store.derive_lineage("2022-12-31", "2023-01-01", dry_run=True)
    rows = {row["code"]: row for row in found.rows()}
    assert rows["310104004"]["to_code"] == "310104009"


def test_scope_and_masks(store, path):
    with gov.Store.open(path, actor="wang", scope="310104003", fields="internal", read_only=True) as street:
        seen = street.query("household")
        assert seen["id"].to_list() == ["h1", "h2"]
        assert "13812345678" not in street.query("household").to_json()
        assert street.sql("select count(*) as n from household")["n"].to_list() == [2]
        with pytest.raises(gov.GovError):
            street.import_table("household", {"id": ["x"], "grid": ["310104003"]})
    with pytest.raises(KeyError):
        gov.Store.open(path, actor="wang", scope="999")


def test_the_chain_names_what_was_altered(store, path, tmp_path):
    held = store.verify()
    assert held.changes > 0 and len(held.head) == 64
    store.close()
    gc.collect()
    copy = tmp_path / "copy.gov"
    shutil.copy(path, copy)
    with sqlite3.connect(copy) as raw:
        tables = [name for (name,) in raw.execute("select name from sqlite_master where type = 'table'")]
        table = next(name for name in tables if "household" in name)
        raw.execute(f'update "{table}" set members = 9 where members = 3')
    raw.close()
    with gov.Store.open(copy, actor="li") as altered, pytest.raises(gov.GovError) as caught:
        altered.verify()
    assert caught.value.code == "GOV_E_CORRUPT" and "h2" in (caught.value.name or "")


def test_files_that_are_no_store(tmp_path):
    with pytest.raises(OSError):
        gov.Store.open(tmp_path / "nothing.gov", actor="li")
    text = tmp_path / "text.gov"
    text.write_text("this is no store" * 500)
    before = text.read_bytes()
    with pytest.raises(gov.GovError) as caught:
        gov.Store.open(text, actor="li", create=True)
    assert caught.value.code == "GOV_E_CORRUPT" and text.read_bytes() == before


def test_a_closed_store_is_refused_and_closing_in_any_order_is_safe(path):
    store = gov.Store.open(path, actor="li", create=True)
    store.import_table("grid", GRIDS)
    view, reader = store.as_of("2020-01-01"), store.read("grid", rows=2)
    batch = next(reader)
    store.close()
    store.close()
    with pytest.raises(ValueError, match="closed"):
        store.query("grid")
    assert len(view.query("grid")) == 5 and len(batch) == 2
    with pytest.raises(ValueError, match="closed"):
        next(reader)
    view.close()
    gc.collect()
    assert len(batch) == 2
    with gov.Store.open(path, actor="li") as again:
        assert len(again.query("grid")) == 5


def test_threads_take_turns(store):
    failures = []

    def ask():
        try:
            for _ in range(10):
                assert len(store.query("household")) == 3
                assert store.sql("select count(*) as n from grid")["n"].to_list() == [5]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_what_lies_around_a_point_comes_nearest_first(store):
    store.import_table("thing", {"id": ["c1", "c2", "c3"], "grid": ["310104003"] * 3, "type": ["camera", "camera", "lamp"],
                                 "lon": [121.4401, 121.4420, 121.4402], "lat": [31.2, 31.2, 31.2]})
    found = store.near("thing", 121.44, 31.2, radius=300, where="type = ?1", values=["camera"])
    assert found["id"].to_list() == ["c1", "c2"]
    assert store.near("thing", 121.44, 31.2, radius=0, limit=1)["id"].to_list() == ["c1"]


def test_a_mapping_takes_the_columns_of_another_system(store, tmp_path):
    rules = tmp_path / "map.yaml"
    rules.write_text("govcore_mapping: 1\ncolumns: {id: 编号, grid: {column: 街道, codes: {天平: 310104003}}}\n", encoding="utf-8")
    report = store.import_table("household", {"编号": ["h9"], "街道": ["天平"]}, mapping=rules)
    assert report.added == 1 and store.query("household", where="id = 'h9'")["grid"].to_list() == ["310104003"]


def test_one_record_is_exported_and_forgotten(store):
    assert "13812345678" in store.export("household", "h1")
    assert store.forget("household", "h1", reason="asked") >= 1
    assert "13812345678" not in store.export("household", "h1")
    assert store.verify().erased >= 1


def test_quality_counts_what_is_missing(store):
    by_field = {row["field"]: row for row in store.quality("household").rows()}
    assert (by_field["phone"]["records"], by_field["phone"]["present"]) == (3, 2)


def test_small_cells_are_hidden_with_their_complement():
    hidden = gov.publish_counts({"area": ["a", "a", "b", "b"], "category": ["x", "y", "x", "y"], "count": [2, 30, 40, 50]})
    assert hidden["published"].to_list() == [None] * 4
    assert sorted(hidden["hidden"].to_list()) == ["complement", "complement", "complement", "small"]


SQUARES = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "310104003001", "name": "a", "level": "community", "parent": "310104003"},
 "geometry": {"type": "Polygon", "coordinates": [[[121, 31], [121.1, 31], [121.1, 31.1], [121, 31.1], [121, 31]]]}},
{"type": "Feature", "properties": {"code": "310104004001", "name": "b", "level": "community", "parent": "310104004"},
 "geometry": {"type": "Polygon", "coordinates": [[[121.1, 31], [121.2, 31], [121.2, 31.1], [121.1, 31.1], [121.1, 31]]]}}]}"""


def test_geojson_brings_boundaries_and_places_what_names_no_grid(store, tmp_path):
    (tmp_path / "grids.geojson").write_text(SQUARES, encoding="utf-8")
    assert store.import_table("grid", tmp_path / "grids.geojson").rejected == 0
    points = {"id": ["in", "border", "out", "other"], "grid": [None, None, None, "310104004001"],
              "lon": [121.15, 121.1, 122.0, 121.05], "lat": [31.05] * 4}
    report = store.import_table("thing", points, place="community")
    assert (report.added, report.placed, report.unplaced, report.misplaced) == (4, 2, 1, 1)
    assert report.issues["code"].to_list() == ["GOV_E_REFERENCE", "GOV_E_CONFLICT"]
    assert store.sql("SELECT grid FROM thing ORDER BY id")["grid"].to_list() == [
        "310104003001", "310104004001", "310104004001", None]
    faults = store.cover("community", points="thing").to_dict()
    assert faults["fault"] == ["orphan"] and faults["record"] == ["out"] and faults["wkt"] == ["POINT (122 31.05)"]
    touching = store.neighbours("community").to_dict()
    assert touching["grid"] == ["310104003001", "310104004001"]
    assert touching["border_metres"][0] == pytest.approx(11119.508, rel=1e-6)  # a tenth of a degree on R1
    (tmp_path / "bad.geojson").write_text('{"type": "FeatureCollection", "features": [}', encoding="utf-8")
    with pytest.raises(gov.GovError) as raised:
        store.import_table("grid", tmp_path / "bad.geojson")
    assert raised.value.line == 1 and raised.value.file.endswith("bad.geojson")


def test_a_second_tree_holds_the_same_records(store):
    store.import_table("grid", {"code": ["S", "S1"], "name": ["派出所", "警区"], "level": ["station", "beat"],
                                "kind": ["police"] * 2, "parent": [None, "S"]})
    households = store.query("household")["id"].to_list()
    store.import_table("relation", {"subject_kind": ["household"], "subject": households[:1], "predicate": ["placed_in"],
                                    "object_kind": ["grid"], "object": ["S1"]})
    own = store.count("household", level="district").to_dict()
    other = store.count("household", level="station", tree="placed_in").to_dict()
    assert own["total"] == [len(households)] and own["shared"] == [0]
    assert other["total"] == [1, len(households) - 1] and other["code"] == ["S", None]
