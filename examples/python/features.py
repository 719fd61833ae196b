"""Scores a village from its people: no figure of a household is filled in, all follow from persons, who lives with whom, and
what was observed; what nobody knows stays unknown and is asked for next.

    python features.py
"""

import pathlib
import tempfile

import govcore as gov

GRIDS = {"code": ["3101", "310101"], "name": ["某区", "某村"], "level": ["county", "community"], "parent": [None, "3101"]}
PERSONS = {"id": ["li", "wang", "xiaojie", "zhao"], "grid": ["310101"] * 4,
           "birth_date": ["1980-05-01", "1982-11-20", "2012-02-29", "1941-09-09"],
           "health": ["61", "10", "10", "20"], "disability_grade": ["2", None, None, None]}
HOUSEHOLDS = {"id": ["H1", "H2"], "grid": ["310101"] * 2}
# Xiaojie is registered with Zhao and lives with Li and Wang: 人户分离, the case that is missed.
MEMBERSHIPS = {"household": ["H1", "H1", "H1", "H2", "H2"], "person": ["li", "wang", "xiaojie", "zhao", "xiaojie"],
               "relation": ["02", "10", "20", "02", "41"], "living": ["true", "true", "true", "true", "false"],
               "registered": ["true", "true", "false", "true", "true"]}
READINGS = [("household", "H1", "disposable_income", "2021-06-30", 1900.0), ("household", "H1", "disposable_income", "2021-07-31", 2100.0),
            ("household", "H1", "receives_dibao", "2021-07-01", 0.0), ("household", "H1", "contact", "2021-07-20", 1.0),
            ("person", "wang", "employment", "2020-06-01", 70.0), ("person", "xiaojie", "in_school", "2021-07-01", 1.0)]


def main() -> None:
    model, day = gov.NeedModel.builtin(), "2021-08-01"
    with tempfile.TemporaryDirectory() as folder, gov.Store.open(pathlib.Path(folder) / "village.gov", actor="example",
                                                                 fields="sensitive", create=True) as store:
        for kind, rows in (("grid", GRIDS), ("person", PERSONS), ("household", HOUSEHOLDS), ("membership", MEMBERSHIPS)):
            store.import_table(kind, rows, strict=True)
        columns = zip(*[(kind, subject, variable, time + "T12:00:00", "街道", value)
                        for kind, subject, variable, time, value in READINGS])
        names = ("subject_kind", "subject", "variable", "time", "source", "value")
        store.import_table("observation", {name: list(column) for name, column in zip(names, columns)}, strict=True)

        lives = store.features(model, as_of=day).to_dict()
        booklet = store.features(model, as_of=day, view="registered").to_dict()
        print(f"who lives there: members {lives['members']}, minors {lives['minors']}; "
              f"by the booklet: members {booklet['members']}, minors {booklet['minors']}")
        for row in store.score(model, as_of=day).rows():
            print(f"{row['household']}: {row['score']:.3f} to {row['score_high']:.3f}, {row['coverage']:.0%} of the weight is known")
        why = store.explain(model, "H1", as_of=day)
        print("ask next:", ", ".join(list(why.ask["name_en"])[:3]))
        print("fits and not yet received:", ", ".join(row["name_en"] for row in why.services.rows() if row["received"] == "no"))


if __name__ == "__main__":
    main()
