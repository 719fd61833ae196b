"""The page, and the way from a store to scores and findings."""

import datetime as dt
import pathlib
import random
from html.parser import HTMLParser

import pytest

import govcore as gov
from test_need import FAMILY

DATA = pathlib.Path(__file__).parents[3] / "examples" / "data"
DAY = dt.date(2023, 7, 1)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.loads = set(), []

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        self.loads += [value for name, value in attributes if name in ("src", "href") and not value.startswith("#")]


@pytest.fixture
def store(tmp_path):
    with gov.Store.open(tmp_path / "x.gov", actor="li", create=True, fields="sensitive") as opened:
        opened.import_table("grid", DATA / "xuhui-grids-2023.csv", as_of="2023-01-01")
        committees = opened.as_of(DAY).query("grid", where="level = 'community'")["code"].to_list()
        rng = random.Random(22)
        rows = [{**FAMILY, "id": f"h{i}", "grid": committees[i % 40], "adult_education": rng.randrange(5),
                 "living_area_per_head": rng.randrange(4, 40) + 0.5, "best_monthly_wage": 5000.5,
                 "best_earner_has_contract": True, "employed": rng.randrange(2)} for i in range(400)]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        opened.import_table("household", columns, as_of="2023-01-01", unknown="declare")
        yield opened


def test_scores_and_findings_are_recorded_with_what_made_them(store):
    model = gov.NeedModel.builtin()
    scores = store.score(model, as_of=DAY)
    assert len(scores) == 400 and {"household", "grid", "score", "tier"} <= set(scores.columns)
    recorded = store.as_of(DAY).query("score")
    assert len(recorded) == 400 and set(recorded["fingerprint"]) == {model.fingerprint}
    assert sorted(recorded["score"]) == pytest.approx(sorted(scores["score"]))
    days = [dt.datetime(2023, 1, 2) + dt.timedelta(days=i) for i in range(84)]
    events = {"id": [f"e{i}-{j}" for i in range(84) for j in range(1 + i // 7)]}
    events["time"] = [day for i, day in enumerate(days) for _ in range(1 + i // 7)]
    events["class"] = ["02003"] * len(events["id"])
    events["grid"] = ["310104003"] * len(events["id"])
    assert store.import_table("event", events, as_of="2023-01-01").rejected == 0
    last = days[-1].date()
    findings = store.trend(freq="week", as_of=last, first="2023-01-02")
    assert findings["trend"].to_list() == ["increasing"]
    assert len(store.as_of(last).query("finding")) == 1


def test_the_page_says_what_it_must_and_loads_nothing(store, tmp_path):
    model = gov.NeedModel.builtin()
    path = tmp_path / "page.html"
    grids = store.as_of(DAY).query("grid")
    scores = store.score(model, as_of=DAY, write=False)
    street = dict(zip(grids["code"], grids["parent"]))
    households = store.as_of(DAY).query("household").to_dict()
    households["street"] = [street[code] for code in households["grid"]]
    by_area = model.measure(gov.Table({name: values for name, values in households.items()
                                       if any(value is not None for value in values)}), by="street", k="1/3", as_of=DAY)
    gov.report({"grids": grids, "scores": scores}, path, title=("徐汇", "Xuhui"), model=model, by_area=by_area,
               as_of=DAY, synthetic=("合成数据", "synthetic"))
    page = path.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.seen and not [link for link in tags.loads if link.startswith("http")]
    assert model.notice("zh") in page and "合成数据" in page and "徐汇" in page
    assert 'class="only-zh"' in page and "Xuhui" not in page
    gov.report({}, path, title=("徐汇", "Xuhui"), lang=None)
    assert "徐汇" in path.read_text(encoding="utf-8") and "Xuhui" in path.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="nothing"):
        gov.report({"nothing": grids}, path)
    with pytest.raises(gov.GovValueError):
        gov.report({"scores": scores}, path, model=model)
