"""Keeps a district's grids through the years: imports two editions of a tree, asks for any day, checks the log.

    python store.py [older.csv newer.csv]
"""

import pathlib
import sys
import tempfile

import govcore as gov

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    older, newer = sys.argv[1:3] if len(sys.argv) > 2 else (DATA / "xuhui-grids-2016.csv", DATA / "xuhui-grids-2023.csv")
    with tempfile.TemporaryDirectory() as folder, gov.Store.open(pathlib.Path(folder) / "district.gov", actor="example",
                                                                 create=True) as store:
        for path, day in ((older, "2016-01-01"), (newer, "2023-01-01")):
            done = store.import_table("grid", path, as_of=day, complete=True, strict=True)
            print(f"{day}: {done.rows} grids read, {done.added} added, {done.changed} changed, {done.ended} ended")

        for day in ("2016-06-01", "2023-06-01"):
            streets = store.as_of(day).count("grid", level="street")
            largest = max(streets.rows(), key=lambda row: row["total"])
            print(f"{day}: {len(streets)} streets; the largest is {largest['name']} with {largest['total'] - 1} committees")

        gone = store.derive_lineage("2022-12-31", "2023-01-01", dry_run=True)
        print(f"lineage: {sum(bool(decided) for decided in gone['decided'])} of {len(gone)} changes can be told")
        print(f"log: {store.verify().changes} changes hold")


if __name__ == "__main__":
    main()
