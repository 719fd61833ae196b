"""Import of synthetic residents: every planted fault is reported, nothing else, by cause, and no value in clear.

GOV_RESIDENTS sets the number of rows: `make prove` takes 1 100 000, more than live in the 313 committees of Xuhui.
"""

import collections
import os
import re
import resource
import subprocess
import sys
import time

import govcore as gov
import pytest
import residents

ROWS = int(os.environ.get("GOV_RESIDENTS", "11000"))
# The peak of this process alone: getrusage would give a child what its parent had.
IMPORT = """
import sys
import govcore as gov
with gov.Store.open(sys.argv[1], actor="test", fields="sensitive") as store:
    store.import_table("person", sys.argv[2])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def new_store(path):
    store = gov.Store.open(path, actor="test", create=True, fields="sensitive")
    store.import_table("grid", residents.GRIDS)
    store.add_field("person", "monthly_income", "int64", unit="CNY/month", zh="月收入", en="monthly income")
    return store


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    folder = tmp_path_factory.mktemp("residents")
    planted = residents.write(folder / "people.csv", ROWS)
    store = new_store(folder / "s.gov")
    dry = store.import_table("person", folder / "people.csv", dry_run=True)
    begun = time.perf_counter()
    report = store.import_table("person", folder / "people.csv")
    print(f"\n{ROWS} residents, {len(planted)} faults: {time.perf_counter() - begun:.1f} s, peak memory of the process "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return folder, planted, store, dry, report


def test_every_fault_is_found_and_no_false_one(done):
    _, planted, store, dry, report = done
    issues = report.issues
    found = list(zip(issues["line"].to_list(), issues["column"].to_list(), issues["code"].to_list()))
    assert found == [(p.line, p.column, p.code) for p in planted]
    assert (report.rows, report.added, report.rejected) == (ROWS, ROWS - len(planted), len(planted))
    assert report.digest == dry.digest
    assert store.sql("SELECT count(*) AS n FROM person")["n"].to_list() == [ROWS - len(planted)]


def test_the_causes_add_up(done):
    _, planted, _, _, report = done
    causes = report.causes.to_dict()
    expected = collections.Counter((p.column, p.code, p.fault) for p in planted)
    assert len(causes["column"]) == len(residents.FAULTS) == len(expected)
    assert sum(causes["cells"]) == sum(causes["rejected"]) == report.rejected
    assert causes["cells"] == sorted(expected.values(), reverse=True)
    first = {}
    for p in planted:
        first.setdefault(p.fault, p.line)
    assert sorted(causes["first_line"]) == sorted(first.values())
    for column, code, line in zip(causes["column"], causes["code"], causes["first_line"]):
        fault = next(f for f in first if first[f] == line)
        assert residents.FAULTS[fault] == (column, code)


def test_no_personal_value_is_in_clear(done):
    _, _, _, _, report = done
    shown = {"citizen_id": r"\d{6}\*{8}\w{4}", "birth_date": r"\d{4}–\d{4}", "sex": r"\*+", "marriage": r"\*+",
             "monthly_income": r"\*+", "grid": r".*", "id": r"P\d{7}"}
    for column, value in zip(report.issues["column"].to_list(), report.issues["value"].to_list()):
        assert value is None or re.fullmatch(shown[column], value), (column, value)


def test_the_same_file_again_changes_nothing(done):
    folder, planted, store, _, report = done
    head = store.verify().head
    again = store.import_table("person", folder / "people.csv")
    assert (again.added, again.changed, again.unchanged) == (0, 0, ROWS - len(planted))
    assert again.issues.to_dict() == report.issues.to_dict()
    assert store.verify().head == head
    quality = store.quality("person").to_dict()
    assert quality["present"] == quality["valid"]
    assert {n for n in quality["duplicates"] + quality["contradictions"] if n is not None} == {0}


@pytest.mark.skipif(ROWS < 1_000_000, reason="small files do not fill the caches")
def test_memory_does_not_grow_with_the_rows(tmp_path):
    peaks = []
    for rows in (ROWS // 5, ROWS):
        path, people = tmp_path / f"{rows}.gov", tmp_path / f"{rows}.csv"
        residents.write(people, rows)
        new_store(path).close()
        out = subprocess.run([sys.executable, "-c", IMPORT, str(path), str(people)], capture_output=True, text=True, check=True)
        peaks.append(int(out.stdout) // 1024)
    print(f"\npeak memory: {peaks[0]} MB for {ROWS // 5} residents, {peaks[1]} MB for {ROWS}")
    assert peaks[1] - peaks[0] < 16
