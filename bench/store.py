"""Import of persons with check digits, grids and history: ours, and a bare insert loop of the same rows in SQLite.

The peer reads the same CSV file and inserts its cells into one table with the key as its only index, in one transaction:
it checks nothing, keeps no history and no chain. A second peer has the indices that the store has.
"""

import csv
import os
import pathlib
import random
import resource
import sqlite3
import tempfile
import time

import govcore as gov

ROWS = 200_000
GRIDS = pathlib.Path(__file__).resolve().parent.parent / "examples/data/xuhui-grids-2023.csv"
COLUMNS = ["id", "grid", "citizen_id", "name", "sex", "birth_date", "phone", "live_address", "household_no"]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def citizen_id(rng, year, month, day):
    digits = "310104%04d%02d%02d%03d" % (year, month, day, rng.randrange(1000))
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def write_people(path):
    rng = random.Random(1)
    with open(GRIDS, encoding="utf-8") as file:
        grids = [row["code"] for row in csv.DictReader(file) if row["level"] == "community"]
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for i in range(ROWS):
            day = rng.randint(1930, 2020), rng.randint(1, 12), rng.randint(1, 28)
            name = rng.choice("赵钱孙李周吴郑王") + rng.choice("伟芳娜敏静丽强磊")
            out.writerow(["P%07d" % i, grids[i * len(grids) // ROWS], citizen_id(rng, *day), name, rng.choice("12"),
                          "%04d-%02d-%02d" % day, "138%08d" % rng.randrange(10**8), "某路%d弄" % rng.randrange(999),
                          "H%06d" % (i // 3)])


def timed(call):
    start = time.process_time()
    call()
    return time.process_time() - start


def insert(path, people, indices):
    base = sqlite3.connect(path)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("CREATE TABLE person (%s, PRIMARY KEY (id))" % ", ".join(c + " TEXT" for c in COLUMNS))
    for column in indices:
        base.execute("CREATE INDEX by_%s ON person (%s)" % (column, column))
    with open(people, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        base.executemany("INSERT INTO person VALUES (%s)" % ", ".join("?" * len(COLUMNS)), rows)
    base.commit()
    base.close()


def main():
    with tempfile.TemporaryDirectory() as folder:
        people, path = os.path.join(folder, "people.csv"), os.path.join(folder, "s.gov")
        write_people(people)
        with gov.Store.open(path, actor="bench", create=True, fields="sensitive") as store:
            store.import_table("grid", str(GRIDS))
            ours = timed(lambda: store.import_table("person", people))
            check = timed(store.verify)
            again = timed(lambda: store.import_table("person", people))
            assert store.sql("SELECT count(*) AS n FROM person")["n"].to_list() == [ROWS]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        bare = timed(lambda: insert(os.path.join(folder, "bare.db"), people, []))
        indexed = timed(lambda: insert(os.path.join(folder, "indexed.db"), people, ["grid", "citizen_id", "household_no"]))
        start = time.perf_counter()
        with gov.Store.open(path, actor="bench") as store:
            opened = time.perf_counter() - start
            store.query("person", where="id = 'P0000007'")
            read = time.perf_counter() - start
    print("import       %d persons: ours %.2f s, bare SQLite %.2f s (ratio %.1f), with the same indices %.2f s (%.1f)"
          % (ROWS, ours, bare, ours / bare, indexed, ours / indexed))
    print("import again nothing changes: %.2f s;   verify the chain: %.2f s" % (again, check))
    print("open         %.1f ms, open and read one %.1f ms;   memory of the process %d MB" % (1e3 * opened, 1e3 * read, memory))


main()
