"""Inputs derived from a store, and a household explained to its records; the expected values are worked out by hand."""

import datetime as dt

import pytest

import govcore as gov

DAY = dt.date(2021, 8, 1)
MODEL = """
govcore_model: 1
id: small
version: 1
inputs:
  minors: {type: int, range: [0, 60]}
  income_per_head: {type: float, range: [0, 100000]}
  receives_dibao: {type: bool, optional: true}
services: [{id: dibao, name: {zh: 低保, en: allowance}, received: receives_dibao}]
dimensions:
  - id: whole
    weight: 1
    indicators:
      - {id: young, weight: 1/4, deprived: minors > 0}
      - {id: poor, weight: 3/4, deprived: income_per_head < 1000, service: [dibao]}
tiers: [{id: high, at: 3/4}]
"""


@pytest.fixture
def store(tmp_path):
    with gov.Store.open(tmp_path / "t.gov", actor="li", fields="sensitive", create=True) as store:
        store.import_table("grid", {"code": ["31", "3101", "3102"], "name": ["区", "东街", "西街"],
                                    "level": ["county", "street", "street"], "parent": [None, "31", "31"]})
        store.import_table("person", {"id": ["A", "B", "C"], "grid": ["3101", "3101", "3102"],
                                      "birth_date": ["1980-01-01", "2010-01-01", "1950-01-01"]})
        store.import_table("household", {"id": ["H1", "H2"], "grid": ["3101", "3102"], "view": ["assistance", None]})
        store.import_table("membership", {"household": ["H1", "H1", "H2"], "person": ["A", "B", "C"],
                                          "registered": ["true", "false", "true"]})
        store.import_table("observation", {
            "subject_kind": ["household"] * 3, "subject": ["H1", "H1", "H2"],
            "variable": ["disposable_income", "receives_dibao", "disposable_income"],
            "time": ["2021-06-30T08:00:00", "2021-05-01T08:00:00", "2021-06-30T08:00:00"],
            "source": ["民政", "民政", "税务"], "value": [1200.0, 0.0, 2400.0]})
        yield store


def test_features_come_from_members_and_observations_of_the_day(store):
    model = gov.NeedModel.parse(MODEL)
    now = store.features(model, as_of=DAY).to_dict()
    assert now["household"] == ["H1", "H2"]
    assert now["minors"] == [1, 0]
    assert now["income_per_head"] == [600.0, 2400.0]
    assert now["receives_dibao"] == [False, None]
    assert list(store.features(model, as_of="2028-01-01")["minors"]) == [0, 0]
    registered = store.features(model, as_of=DAY, view="registered").to_dict()
    assert (registered["household"], registered["minors"]) == (["H2"], [0])


def test_scores_are_recorded_for_assistance_households(store):
    model = gov.NeedModel.parse(MODEL)
    scores = store.score(model, as_of=DAY)
    assert list(scores["score"]) == [1.0, 0.0]
    assert list(store.query("score")["household"]) == ["H1", "H2"]
    hidden = store.score(model, as_of=DAY, show="internal", write=False)
    assert list(hidden["score"]) == [None, None] and list(hidden["household"]) == ["H1", "H2"]
    with pytest.raises(gov.GovError, match="assistance"):
        store.score(model, as_of=DAY, view="dwelling")


def test_a_household_is_explained_to_its_records(store):
    why = store.explain(gov.NeedModel.parse(MODEL), "H1", as_of=DAY)
    lines = why.indicators.to_dict()
    assert lines["state"] == ["deprived", "deprived"]
    assert lines["newest"][1] == dt.date(2021, 6, 30) and lines["sources"][1] == "民政"
    assert list(why.services.to_dict()["received"]) == ["no"]
    assert list(why.inputs["origin"]) == ["derived", "derived", "derived"]
    assert "尚未享受" in why.text("zh") and "not yet received" in str(why)
    assert len(why.ask) == 0 and len(why.readings) == 4 and list(why.score["tier"]) == ["high"]
    assert list(why.counterfactual["indicator"]) == ["poor"] and len(why.flips) == 1
    with pytest.raises(gov.GovError):
        store.explain(gov.NeedModel.parse(MODEL), "H9", as_of=DAY)


def test_the_entitled_who_are_not_reached(store):
    model = gov.NeedModel.parse(MODEL)
    assert store.unmet(model, as_of=DAY).to_dict() == {
        "household": ["H1"], "grid": ["3101"], "tier": ["high"], "service": ["dibao"], "received": ["no"]}
    assert list(store.unmet_by_grid(model, as_of=DAY)["households"]) == [None]
    assert list(store.unmet_by_grid(model, as_of=DAY, threshold=1)["households"]) == [1]
    with pytest.raises(gov.GovError):
        store.unmet(model, as_of=DAY, show="internal")


def test_features_work_on_tables_alone():
    features = gov.NeedFeatures.parse("""
govcore_features: 1
id: own
version: 1
inputs: {rooms: {type: int, from: household.rooms}}
members: {key: home, inputs: {birth: {type: date, from: person.birth_date}}}
features: {minors: "count(age_years(birth, as_of) < 18)", rooms_per_head: rooms / count(true)}
""")
    derived = features.derive({"home": ["a", "b"], "rooms": [3, 2]}, as_of=DAY,
                              members={"home": ["a", "a"], "birth": [dt.date(2003, 8, 1), dt.date(2003, 8, 2)]})
    assert derived.to_dict() == {"home": ["a", "b"], "minors": [1.0, None], "rooms_per_head": [1.5, None]}
    assert list(features.rules["reads"]) == ["birth", "rooms"]
    builtin = gov.NeedFeatures.builtin()
    assert "PROPOSED" in builtin.notice("zh") and builtin.id == "gbt31000" and len(builtin.fingerprint) == 32
    assert "disposable_income" in list(builtin.sources["observation"])
    with pytest.raises(gov.GovError) as caught:
        gov.NeedFeatures.parse("govcore_features: 2\nid: x\n", name="x.yaml")
    assert (caught.value.file, caught.value.line) == ("x.yaml", 1)
