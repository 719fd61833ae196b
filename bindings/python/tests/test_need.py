"""Need models from Python: the worked example of the built-in model, reasons, bounds, measures."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

import govcore as gov

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "data"

DAY = dt.date(2021, 8, 1)

# Three persons; the father has a severe disability, the mother has been out of work for 14 months; one child in
# school; 6.5 m2 a head. Worked by hand from the table of indicators: rest after essentials 60, disability 50,
# medical share 40, no one employed 70, long unemployment 40, low pay 30, living area 60, unclaimed 40, care
# burden 40: 430 of 1000, medium.
FAMILY = {
    "members": 3, "minors": 1, "income_per_head": 1900.0, "essential_spending_per_head": 855.0,
    "liquid_assets_per_head": 40000.0, "shocks_12m": 0, "serious_illness": 0, "chronic_illness": 0,
    "disabled_severe": 1, "disabled_mild": 0, "medical_spending_12m": 30780.0, "education_spending_12m": 1200.0,
    "disposable_income_12m": 68400.0, "care_dependent": 0, "able_working_age": 1, "employed": 0,
    "unemployed_months": 14, "best_monthly_wage": None, "best_earner_has_contract": None, "children_6_15": 1,
    "children_out_of_school": 0, "adult_education": 3, "living_area_per_head": 6.5, "unsafe_dwelling": False,
    "kitchen_toilet": 1, "uninsured_adults": 0, "days_since_contact": 12, "unclaimed_benefits": 1, "dependants": 2,
    "children_in_hardship": 0, "single_parent": False, "elders_without_carer": 0, "elders_80_with_carer": 0,
}


def households(**changes):
    """The family as a table of one row, some inputs replaced."""
    row = {**FAMILY, **changes}
    types = {"best_monthly_wage": pl.Float64, "best_earner_has_contract": pl.Boolean, "living_area_per_head": pl.Float64}
    return pl.DataFrame({name: pl.Series([value], dtype=types.get(name)) for name, value in row.items()})


@pytest.fixture(scope="module")
def model():
    return gov.NeedModel.builtin()


def test_the_worked_example(model):
    scores = model.score(households(), as_of=DAY)
    row = next(scores.rows())
    assert model.denominator() == 1000
    assert (row["score_num"], row["score"], row["tier"], row["status"]) == (430, 0.43, "medium", "scored")
    assert next(model.score(households(), as_of="2021-08-01", depth=True).rows())["score_num"] == 475


def test_what_is_unknown_widens_the_bounds(model):
    row = next(model.score(households(living_area_per_head=None), as_of=DAY).rows())
    assert (row["score"], row["score_high"], row["status"]) == (0.37, 0.43, "bounded")
    assert row["coverage"] == pytest.approx(0.94)


def test_an_explanation_adds_up(model):
    why = model.explain(households(living_area_per_head=None), 0, as_of=DAY)
    lines = why.indicators
    assert len(lines) == 22 and sum(lines["contribution_num"]) == 370
    states = dict(zip(lines["indicator"], lines["state"]))
    assert states["living_area"] == "missing" and states["disability"] == "deprived"
    assert why.ask["indicator"].to_list() == ["living_area"]
    assert "living" in str(why) and any("一" <= letter <= "鿿" for letter in why.text("zh"))


def test_the_counterfactual_is_the_fewest_changes_that_lower_the_tier(model):
    why = model.explain(households(), 0, as_of=DAY)
    changes = why.counterfactual
    lines = {line["indicator"]: line for line in why.indicators.rows()}
    mutable = {row["id"] for row in model.indicators.rows() if row["mutable"]}
    weights = sorted((line["contribution_num"] for name, line in lines.items() if name in mutable), reverse=True)
    fewest = next(n for n in range(1, 23) if (430 - sum(weights[:n])) * 3 < 1000)
    assert len(changes) == fewest
    assert set(changes["indicator"]) <= mutable
    assert (430 - sum(changes["contribution_num"])) * 3 < 1000


def test_any_table_and_any_number_of_threads_give_the_same_scores(model):
    frame = pl.concat([households(living_area_per_head=float(i % 12)) for i in range(60)])
    expected = model.score(frame, as_of=DAY).to_dict()
    for table in (gov.Table(frame), frame.to_arrow(), frame.to_arrow().to_pandas(types_mapper=pd.ArrowDtype)):
        assert model.score(table, as_of=DAY).to_dict() == expected
    assert model.score(frame, as_of=DAY, threads=2).to_dict() == expected
    assert model.score(gov.Table(frame)[7:21], as_of=DAY)["score_num"].to_list() == expected["score_num"][7:21]


@pytest.mark.parametrize("change, code, name", [
    (lambda f: f.drop("members"), "GOV_E_UNKNOWN_NAME", "members"),
    (lambda f: f.with_columns(members=pl.lit("three")), "GOV_E_TYPE", "members"),
    (lambda f: f.with_columns(minors=pl.lit(99)), "GOV_E_RANGE", "minors"),
    (lambda f: f.with_columns(kitchen_toilet=pl.lit(7)), "GOV_E_FORMAT", "kitchen_toilet"),
    (lambda f: f.with_columns(income_per_head=pl.lit(float("nan"))), "GOV_E_RANGE", "income_per_head"),
])
def test_an_input_that_does_not_fit_is_named(model, change, code, name):
    with pytest.raises(gov.GovError) as caught:
        model.score(change(households()), as_of=DAY)
    assert (caught.value.code, caught.value.name) == (code, name)


def test_a_row_and_a_day_that_are_not_there(model):
    with pytest.raises(gov.GovValueError) as caught:
        model.explain(households(), 1, as_of=DAY)
    assert caught.value.code == "GOV_E_RANGE"
    with pytest.raises(gov.GovValueError) as caught:
        model.score(households())
    assert caught.value.code == "GOV_E_MISSING"


def test_a_cancelled_score_is_a_govcancelled(model):
    frame = pl.concat([households()] * 2000)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        for _ in range(1000):
            model.score(frame, as_of=DAY, progress=stop)


def test_what_a_model_says_of_itself(model):
    assert model.id == "govcore-need-22" and model.version == 1 and len(model.fingerprint) == 32
    assert "govcore-need-22" in gov.need.builtin_names() and model.id in repr(model)
    assert len(model.dimensions) == 7 and len(model.indicators) == 22 and "income_per_head" in model.inputs["id"].to_list()
    assert sum(model.indicators["weight_num"]) == model.denominator()
    assert model.notice("zh") and model.title("zh") != model.title("en")
    assert model.tiers["id"].to_list() == ["none", "low", "medium", "high"]
    with pytest.raises(ValueError):
        model.table("nothing")
    with pytest.raises(KeyError) as caught:
        gov.NeedModel.builtin("nothing")
    assert caught.value.name == "nothing"


MODEL = """
govcore_model: 1
id: two-wants
version: 1
title: {zh: 两项, en: two wants}
unit: household
inputs:
  income: {type: float, unit: CNY/month, range: [0, 1000000]}
  water: {type: bool}
dimensions:
  - id: living
    name: {zh: 生活, en: Living}
    weight: 1/1
    indicators:
      - id: poor
        name: {zh: 低收入, en: low income}
        weight: WEIGHT
        deprived: income < 1000
      - id: dry
        name: {zh: 无水, en: no water}
        weight: 1/3
        deprived: not water
tiers: [{id: high, at: 2/3}]
"""


def test_a_model_from_text_and_from_a_file(tmp_path):
    text = MODEL.replace("WEIGHT", "2/3")
    parsed = gov.NeedModel.parse(text)
    scores = parsed.score({"income": [500.0, 1000.0, None], "water": [True, False, False]})
    assert scores["score_num"].to_list() == [2, 1, 1] and parsed.denominator() == 3
    assert scores["tier"].to_list() == ["high", "none", "none"]
    assert scores["tier_high"].to_list() == ["high", "none", "high"]
    path = tmp_path / "model.yaml"
    path.write_text("# a comment changes nothing\n" + text, encoding="utf-8")
    assert gov.NeedModel.load(path).fingerprint == parsed.fingerprint


def test_a_faulty_model_is_refused_with_file_line_and_column(tmp_path):
    path = tmp_path / "faulty.yaml"
    path.write_text(MODEL.replace("WEIGHT", "0.6667"), encoding="utf-8")
    line = MODEL.replace("WEIGHT", "0.6667").split("\n").index("        weight: 0.6667") + 1
    with pytest.raises(gov.GovValueError) as caught:
        gov.NeedModel.load(path)
    assert (caught.value.code, caught.value.file, caught.value.line) == ("GOV_E_FORMAT", str(path), line)
    assert caught.value.column == 17
    with pytest.raises(OSError):
        gov.NeedModel.load(tmp_path / "nothing.yaml")


def test_a_model_that_gives_way_to_another():
    old, new = (gov.NeedModel.parse(MODEL.replace("WEIGHT", "2/3").replace("1000\n", f"{line}\n"))
                for line in (1000, 2000))
    diff = old.diff(new, {"income": [500.0, 1500.0, 3000.0], "water": [True, True, True]})
    moves = {(row["tier_from"], row["tier_to"]): row["households"] for row in diff.transitions.rows()}
    assert moves[("none", "high")] == 1 and moves[("high", "high")] == 1 and moves[("none", "none")] == 1
    assert diff.movers["row"].to_list() == [1] and "+poor" in diff.movers["changed"][0]
    assert diff.rules["id"].to_list() == ["poor"] and diff.rules["what"].to_list() == ["deprived"]


def test_who_is_entitled_and_not_receiving(model):
    family = households().with_columns(receives_medical_aid=pl.lit(False), receives_housing_aid=pl.lit(True))
    unmet = {row["service"]: row["received"] for row in model.unmet(family, as_of=DAY).rows()}
    assert unmet["medical_aid"] == "no" and unmet["employment_aid"] == "unknown" and "housing_aid" not in unmet


# Alkire, Foster et al. (2015), box 5.5: four persons, four indicators, k = 1/2.
BOX = {"income": [0, 1, 1, 0], "schooling": [0, 0, 1, 1], "nutrition": [0, 0, 1, 0], "sanitation": [0, 1, 1, 0]}


def test_box_5_5_of_the_book():
    measures = gov.need.alkire_foster(BOX, weights=[1, 1, 1, 1], k="1/2")
    assert (measures.H, measures.A, measures.M0) == (0.5, 0.75, 0.375)
    heads = {row["indicator"]: row for row in measures.headcounts.rows()}
    assert [heads[name]["uncensored"] for name in BOX] == [0.5, 0.5, 0.25, 0.5]
    assert [heads[name]["censored"] for name in BOX] == [0.5, 0.25, 0.25, 0.5]
    assert [measures.contributions[name] for name in BOX] == pytest.approx([1 / 3, 1 / 6, 1 / 6, 1 / 3])


@pytest.mark.parametrize("weights", ["1/4,1/4,1/4,1/4", ["1/4"] * 4, [Fraction(1, 4)] * 4, [1, 1, 1, 1]])
@pytest.mark.parametrize("k", ["1/2", Fraction(1, 2)])
def test_exact_weights_and_cut_offs_in_any_form(weights, k):
    assert gov.need.alkire_foster(BOX, weights=weights, k=k).M0 == 0.375


def test_groups_and_weights():
    table = {**{name: np.array(values, dtype=bool) for name, values in BOX.items()}, "street": ["b", "a", "a", "b"],
             "persons": [1, 1, 2, 4]}
    measures = gov.need.alkire_foster(table, weights=[1, 1, 1, 1], k=["1/2", "1"], by="street", weight="persons",
                                      columns=list(BOX))
    assert measures.H == 3 / 8
    groups = [row for row in measures.by_group.rows() if row["k"] == "1/2"]
    assert [(row["group"], row["H"]) for row in groups] == [("a", 1.0), ("b", 0.0)]
    assert sum(row["share"] for row in groups) == pytest.approx(1)


def test_floats_are_no_weights():
    with pytest.raises(TypeError):
        gov.need.alkire_foster(BOX, weights=[0.25] * 4, k="1/2")
    with pytest.raises(TypeError):
        gov.need.alkire_foster(BOX, weights="1/4,1/4,1/4,1/4", k=0.5)
    with pytest.raises(gov.GovValueError):
        gov.need.alkire_foster(BOX, weights="1/4,1/4,1/4,1/3", k="1/2")


def test_measures_of_a_model(model):
    frame = pl.concat([households(), households(disabled_severe=0, able_working_age=2, employed=2, dependants=1,
                                                 unemployed_months=0, best_monthly_wage=9000.0,
                                                 best_earner_has_contract=True, medical_spending_12m=0.0,
                                                 essential_spending_per_head=0.0, unclaimed_benefits=0,
                                                 living_area_per_head=20.0, income_per_head=5000.0)])
    measures = model.measure(frame, k="1/3", as_of=DAY)
    assert (measures.H, measures.A, measures.M0) == (0.5, pytest.approx(0.43), pytest.approx(0.215))
    assert sum(value for value in measures.contributions.values() if value) == pytest.approx(1)


def test_parts_give_the_measures_of_the_whole(model):
    frame = gov.read_csv(EXAMPLES / "households-synthetic.csv", types={"grid_code": "utf8"}).to_polars()
    frame = frame.with_columns(pl.col("grid_code").str.slice(0, 9))
    design = {"by": "grid_code", "weight": "members", "k": ["1/3", "1/5"], "missing": "deprived"}
    whole = model.measure(frame, as_of=DAY, **design)
    parts = [model.measure_part(frame.slice(first, 70), as_of=DAY, **design).to_polars() for first in range(0, 300, 70)]
    joined = model.measure_finish(pl.concat(reversed(parts)), **design)
    assert joined.summary.to_dict() == whole.summary.to_dict()
    assert joined.headcounts.to_dict() == whole.headcounts.to_dict()
    assert whole.H is not None and 0 < whole.H < 1
    with pytest.raises(gov.GovError):
        model.measure_finish(frame, **design)


def test_ahp_as_published():
    """Wang et al. (2011), as pymcdm tests it; and the consistency of a small matrix, RI(3) = 0.58 (Saaty 1980)."""
    pairs = [[1, 4, 3, 1, 3, 4], ["1/4", 1, 7, 3, "1/5", 1], ["1/3", "1/7", 1, "1/5", "1/5", "1/6"],
             [1, "1/3", 5, 1, 1, "1/3"], ["1/3", 5, 5, 1, 1, 3], ["1/4", 1, 6, 3, "1/3", 1]]
    weights, ratio = gov.need.ahp(pairs)
    assert weights == pytest.approx([0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391], abs=5e-5)
    assert ratio > 0.1
    assert gov.need.ahp([[1, 3, 3], ["1/3", 1, 2], ["1/3", "1/2", 1]]).consistency_ratio == pytest.approx(0.0462, abs=1e-3)
    with pytest.raises(gov.GovValueError) as caught:
        gov.need.ahp([[1, 2], [2, 1]])
    assert caught.value.code == "GOV_E_RANGE"
    with pytest.raises(ValueError):
        gov.need.ahp([[1, 2], [1]])


def test_weights_that_data_suggest_as_published():
    """Diakoulaki et al. (1995), as scikit-criteria tests it; Shannon entropy of a small matrix, from there too."""
    matrix = [[61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9.0, 3.29, 1.65], [5.4, 2.77, 2.33],
              [4.0, 4.12, 1.21], [-6.1, 3.52, 2.1], [-34.6, 3.31, 0.98]]
    assert gov.need.advise(matrix, method="critic") == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-6)
    assert gov.need.advise([[1, 2], [4, 16]], method="entropy") == pytest.approx([0.358889, 0.641111], abs=1e-5)
    assert gov.need.advise(matrix, method="critic", directions=[-1, 1, 1]) != gov.need.advise(matrix, method="critic")
    assert sum(gov.need.advise(np.array(matrix), method="pca")) == pytest.approx(1)
    with pytest.raises(gov.GovValueError):
        gov.need.advise([[1, 2]], method="critic")


def test_a_budget_is_shared_by_the_largest_unmet_share():
    assert gov.need.allocate([10, 10, 5], 15) == [6, 6, 3]
    assert gov.need.allocate([3, 0, 2], 99) == [3, 0, 2]
    with pytest.raises(gov.GovValueError) as caught:
        gov.need.allocate([1, -1], 1)
    assert caught.value.row == 1


def test_a_tier_far_from_its_line_is_stable(model):
    table = {row["tier"]: row for row in model.stability(households(), delta="1/100", as_of=DAY).rows()}
    assert (table["medium"]["households"], table["medium"]["stable"]) == (1, 1)
    wide = {row["tier"]: row for row in model.stability(households(), delta="9/10", as_of=DAY).rows()}
    assert wide["medium"]["stable"] == 0 and wide["medium"]["may_rise"] == 1


def test_depth_and_severity_from_gaps():
    """By hand: two of three are poor at 1/2; the gaps of the poor are 1/2 and 1, 0 and 1."""
    table = {"a": [0.5, 0.0, 0.0], "b": [1.0, 1.0, 0.0]}
    row = next(gov.need.gaps(table, weights=[1, 1], k="1/2").rows())
    assert (row["M0"], row["M1"], row["M2"]) == pytest.approx((1.5 / 3, 1.25 / 3, 1.125 / 3))


def test_a_change_splits_into_incidence_and_intensity():
    later = {**BOX, "income": [0, 0, 1, 0]}
    before, after = (gov.need.alkire_foster(table, weights=[1, 1, 1, 1], k="1/2") for table in (BOX, later))
    rows = {row["figure"]: row for row in before.change(after, years=2).rows() if row["group"] is None}
    assert rows["M0"]["absolute"] == pytest.approx(after.M0 - before.M0)
    assert rows["M0"]["by_incidence"] + rows["M0"]["by_intensity"] == pytest.approx(rows["M0"]["absolute"])


def areas(*incomes):
    """The family with other incomes, in the areas of the pairs (area, income)."""
    return pl.concat([households(income_per_head=income).with_columns(grid=pl.lit(area)) for area, income in incomes])


def test_a_budget_under_another_line(model):
    """1 900 a head is above 1 330 and below 1 1/2 times that, 1 995: 95 for each of three persons."""
    table = areas(("east", 1900.0), ("east", 2500.0), ("west", None))
    budget = model.budget(table, by="grid", income="income_per_head", persons="members", as_of=DAY,
                          now=gov.need.Lines(amounts={"medium": 100}),
                          next=gov.need.Lines(amounts={"medium": "100.50"}, line="3/2*B"))
    rows = list(budget.rows())
    assert [row["group"] for row in rows] == [None, "east", "west"]
    east, west = rows[1], rows[2]
    assert (east["now_low"], east["now_high"], east["now_money_low"], east["now_money_high"]) == (2, 2, 600, 600)
    assert (east["next_money_low"], east["next_money_high"]) == (2 * 301.5 + 3 * 95, 2 * 301.5 + 3 * 95)
    assert east["change_money_low"] == 3 * 95 + 2 * 1.5
    assert west["next_money_low"] < west["next_money_high"]
    assert rows[0]["next_money_high"] == east["next_money_high"] + west["next_money_high"]
    with pytest.raises(gov.GovKeyError) as caught:
        model.budget(table, next=gov.need.Lines(at={"middle": Fraction(1, 4)}), as_of=DAY)
    assert caught.value.name == "middle"


def test_a_sensitivity_is_the_same_for_any_threads():
    model = gov.NeedModel.builtin()
    table = gov.read_csv(EXAMPLES / "households-synthetic.csv")
    one, two = (model.sensitivity(table, by="grid_code", as_of=DAY, draws=40, seed=3, threads=n) for n in (1, 2))
    for name in ("tiers", "groups", "agreement", "indicators", "cutoffs"):
        assert getattr(one, name).to_dict() == getattr(two, name).to_dict()
    first = next(one.tiers.rows())
    assert first["households"] == 300 and first["tier"] is None
    assert first["keep"] + first["rise"] + first["fall"] == pytest.approx(1)
    assert set(one.indicators["indicator"]) == set(model.indicators["id"])
    assert list(one.agreement["what"])[0] == "households"


def test_a_change_of_each_indicator():
    before = gov.need.alkire_foster({"a": [1, 1, 0, 0], "b": [1, 0, 0, 0]}, weights="1/2,1/2", k="1/2")
    after = gov.need.alkire_foster({"a": [1, 0, 0, 0], "b": [1, 0, 0, 0]}, weights="1/2,1/2", k="1/2")
    change = before.change_indicators(after, years=2)
    row = next(change.rows())
    assert (row["indicator"], row["figure"], row["absolute"]) == ("a", "uncensored", -0.25)
    assert row["absolute_se"] == pytest.approx((0.25 / 3 + 3 / 16 / 3) ** 0.5)


def test_measures_do_not_depend_on_how_households_are_parted(model):
    """Seven random partitions, merged in two steps or not at all: the same bytes as over all households at once."""
    rows = pl.read_csv(EXAMPLES / "households-synthetic.csv")
    options = dict(by="grid_code", weight="members", psu="minors", k="1/5,1/3", missing="not_deprived")
    whole = model.measure(rows, as_of=DAY, **options)
    rng = np.random.default_rng(5)
    for count in (1, 2, 3, 5, 8, 20, 60):
        of = rng.integers(0, count, len(rows))
        parts = [model.measure_part(rows.filter(pl.Series(of == n)), as_of=DAY, **options).to_polars()
                 for n in range(count)]
        half = [gov.need.measure_merge(pl.concat(some)).to_polars() for some in (parts[::2], parts[1::2]) if some]
        for joined in (pl.concat(parts), pl.concat(half[::-1])):
            got = model.measure_finish(joined, **options)
            for name in ("summary", "headcounts", "dimensions"):
                assert getattr(got, name).to_csv() == getattr(whole, name).to_csv(), (count, name)
