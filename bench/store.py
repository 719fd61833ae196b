"""Import of persons with check digits, grids and history: ours, and a bare insert loop of the same rows in SQLite.

The peer reads the same CSV file and inserts its cells into one table with the key as its only index, in one transaction:
it checks nothing, keeps no history and no chain. A second peer has the indices that the store has.
"""

import csv
import datetime
import os
import pathlib
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

import govcore as gov

ROWS = 200_000
FIRST_BIRTH, BIRTHS = datetime.date(1930, 1, 1), 33_000  # no two persons have the same number
GRIDS = pathlib.Path(__file__).resolve().parent.parent / "examples/data/xuhui-grids-2023.csv"
COLUMNS = ["id", "grid", "citizen_id", "name", "sex", "birth_date", "phone", "live_address", "household_no"]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def citizen_id(birth, sequence):
    digits = "310104%s%03d" % (birth.strftime("%Y%m%d"), sequence)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def write_people(path, rows):
    rng = random.Random(1)
    with open(GRIDS, encoding="utf-8") as file:
        grids = [row["code"] for row in csv.DictReader(file) if row["level"] == "community"]
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for i in range(rows):
            birth, sex = FIRST_BIRTH + datetime.timedelta(i % BIRTHS), rng.choice("12")
            name = rng.choice("赵钱孙李周吴郑王") + rng.choice("伟芳娜敏静丽强磊")
            out.writerow(["P%07d" % i, grids[i * len(grids) // rows], citizen_id(birth, i // BIRTHS * 2 + int(sex) % 2),
                          name, sex, birth.isoformat(), "138%08d" % rng.randrange(10**8), "某路%d弄" % rng.randrange(999),
                          "H%06d" % (i // 3)])


def memory_of(work, *arguments):
    """Peak memory in MB that `work` adds to a process of its own, in which the library is loaded already."""
    code = """
import sys
import govcore as gov
def kilobytes(what):
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith(what))
before = kilobytes("VmRSS")
%s
print((kilobytes("VmHWM") - before) / 1024)
""" % work
    return float(subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True,
                                check=True).stdout)


READ_ONE = """
with gov.Store.open(sys.argv[1], actor="bench") as store:
    assert len(store.query("person", where="id = 'P0000007'")) == 1
"""
READ_ALL = """
with gov.Store.open(sys.argv[1], actor="bench", fields="sensitive") as store:
    assert sum(len(batch) for batch in store.read("person", rows=8192)) == int(sys.argv[2])
"""
IMPORT = """
with gov.Store.open(sys.argv[1], actor="bench", fields="sensitive") as store:
    store.import_table("person", sys.argv[2])
"""


def print_memory(folder):
    """The same work on a fifth of the rows and on all of them."""
    for rows in (ROWS // 5, ROWS):
        people, path = os.path.join(folder, "few.csv"), os.path.join(folder, "few%d.gov" % rows)
        write_people(people, rows)
        with gov.Store.open(path, actor="bench", create=True) as store:
            store.import_table("grid", str(GRIDS))
        print("memory       %7d persons: import %.1f MB, open and read one %.1f MB (goal < 16), read all in batches %.1f MB"
              % (rows, memory_of(IMPORT, path, people), memory_of(READ_ONE, path), memory_of(READ_ALL, path, rows)))


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
        write_people(people, ROWS)
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
        print_memory(folder)
    print("import       %d persons: ours %.2f s, bare SQLite %.2f s (ratio %.1f), with the same indices %.2f s (%.1f)"
          % (ROWS, ours, bare, ours / bare, indexed, ours / indexed))
    print("import again nothing changes: %.2f s;   verify the chain: %.2f s" % (again, check))
    print("open         %.1f ms, open and read one %.1f ms;   memory of the process %d MB" % (1e3 * opened, 1e3 * read, memory))


main()
