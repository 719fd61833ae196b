"""Two offices disagree about a person: both are kept, a stated order decides, and the reason can be read."""

import pathlib
import tempfile

import govcore as gov

GRIDS = {"code": ["310104", "310104003"], "name": ["徐汇区", "天平路街道"], "level": ["district", "street"],
         "parent": [None, "310104"]}

with tempfile.TemporaryDirectory() as folder:
    with gov.Store.open(pathlib.Path(folder) / "district.gov", actor="li", create=True, fields="personal") as store:
        store.import_table("grid", GRIDS)
        store.rank_source("police", 1, kind="person", basis="register of residents (a proposal)")
        store.rank_source("street", 1, kind="person", field="phone", basis="calls people every month (a proposal)")
        store.rank_source("police", 2, kind="person", field="phone")
        store.import_table("person", {"id": ["p1"], "grid": ["310104003"], "name": ["张三"], "phone": ["13812345678"]},
                           source="police")
        report = store.import_table("person", {"id": ["p1"], "grid": ["310104003"], "name": ["张叁"],
                                               "phone": ["13900000000"]}, source="street")
        print(f"{report.conflicts} conflicts")
        found = store.conflicts("person").to_dict()
        for field, source, value, chosen, why in zip(*(found[c] for c in ("field", "source", "value", "chosen", "reason_zh"))):
            print(field, source, value, "采用" if chosen else "未采用", why)
        answer = store.query("person", columns=["name", "phone"]).to_dict()
        assert (answer["name"], answer["phone"]) == (["张三"], ["13900000000"])
        store.verify()
