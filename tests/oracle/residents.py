"""Residents who do not exist, with faults planted in one row of a hundred: the file, and what a report on it must say.

The committees are Xuhui's (examples/data); the faults are twelve that files of residents are known for. The same number of
rows gives the same bytes.
"""

import csv
import datetime as dt
import pathlib
import random
from collections import namedtuple

GRIDS = pathlib.Path(__file__).resolve().parents[2] / "examples/data/xuhui-grids-2023.csv"
COLUMNS = ["id", "grid", "citizen_id", "name", "sex", "birth_date", "marriage", "phone", "live_address", "monthly_income"]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
FIRST_BIRTH, BIRTHS = dt.date(1930, 1, 1), 33000  # to May 2020

# What is planted: the column that the report must name ("": the whole row) and the code.
FAULTS = {
    "check digit of the id": ("citizen_id", "GOV_E_CHECK_DIGIT"),
    "impossible birth date in the id": ("citizen_id", "GOV_E_RANGE"),
    "birth date against the id": ("birth_date", "GOV_E_CONFLICT"),
    "sex against the id": ("sex", "GOV_E_CONFLICT"),
    "id of another person": ("citizen_id", "GOV_E_DUPLICATE"),
    "key given twice": ("id", "GOV_E_DUPLICATE"),
    "unknown committee": ("grid", "GOV_E_REFERENCE"),
    "unknown code": ("marriage", "GOV_E_UNKNOWN_NAME"),
    "born in the future": ("birth_date", "GOV_E_RANGE"),
    "required value missing": ("grid", "GOV_E_MISSING"),
    "malformed number": ("monthly_income", "GOV_E_TYPE"),
    "byte that is no text": (None, "GOV_E_ENCODING"),
}

Planted = namedtuple("Planted", "line fault column code")


def with_check(digits):
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def committees():
    with open(GRIDS, encoding="utf-8") as file:
        return [row["code"] for row in csv.DictReader(file) if row["level"] == "community"]


def person(i, grid, rng):
    """Row i without a fault; no two have an id in common, because i is in its birth date and sequence."""
    birth, sex = FIRST_BIRTH + dt.timedelta(i % BIRTHS), rng.choice("12")
    number = with_check("310104%s%03d" % (birth.strftime("%Y%m%d"), i // BIRTHS * 2 + int(sex) % 2))
    name = rng.choice("赵钱孙李周吴郑王") + rng.choice(["伟", "芳", "娜娜", "敏", "静", "丽华", "强", "磊"])
    return [f"P{i:07d}", grid, number, name, sex, birth.isoformat(), rng.choice(["10", "20", "30", "40"]),
            f"138{rng.randrange(10**8):08d}", f"虚拟路{rng.randrange(1, 999)}弄{rng.randrange(1, 60)}号",
            str(rng.randrange(0, 30000))]


def spoil(row, fault, sound, rng):
    """Plants the fault; `sound` is a row before this one that has none. Nothing else in the row becomes wrong."""
    at = dict(zip(COLUMNS, range(len(COLUMNS))))
    number, birth = row[at["citizen_id"]], dt.date.fromisoformat(row[at["birth_date"]])
    if fault == "check digit of the id":
        row[at["citizen_id"]] = number[:-1] + rng.choice([c for c in "0123456789X" if c != number[-1]])
    elif fault == "impossible birth date in the id":
        row[at["citizen_id"]] = with_check(number[:10] + rng.choice(["0230", "0431", "1301", "0100"]) + number[14:17])
    elif fault == "birth date against the id":
        row[at["birth_date"]] = (birth + dt.timedelta(rng.choice([-365, -1, 1, 30]))).isoformat()
    elif fault == "sex against the id":
        row[at["sex"]] = "12"[row[at["sex"]] == "1"]
    elif fault == "id of another person":
        for column in ("citizen_id", "sex", "birth_date"):
            row[at[column]] = sound[at[column]]
    elif fault == "key given twice":
        row[at["id"]] = sound[at["id"]]
    elif fault == "unknown committee":
        row[at["grid"]] = rng.choice(["310104003998", "310104999001", "徐汇", "31010400300"])
    elif fault == "unknown code":
        row[at["marriage"]] = rng.choice(["77", "1", "婚", "2O"])
    elif fault == "born in the future":
        row[at["citizen_id"]], row[at["birth_date"]] = "", rng.choice(["2999-01-01", "21000228", "2991-12-31"])
    elif fault == "required value missing":
        row[at["grid"]] = rng.choice(["", "  "])
    elif fault == "malformed number":
        row[at["monthly_income"]] = rng.choice(["三千", "12.5", "3k", "0x1F", "1e"])
    else:
        row[at["name"]] += "\N{REPLACEMENT CHARACTER}"


def write(path, rows):
    """Writes the file; returns what was planted, in the order of the lines."""
    rng, planted, sound = random.Random(20231001), [], None
    grids, faults = committees(), list(FAULTS)
    places = sorted(rng.sample(range(rows // 10, rows), rows // 100))
    next_place = iter(places + [rows])
    place = next(next_place)
    with open(path, "wb") as out:
        out.write((",".join(COLUMNS) + "\n").encode())
        for i in range(rows):
            row = person(i, grids[i * len(grids) // rows], rng)
            if i == place:
                fault = faults[len(planted) % len(faults)]
                spoil(row, fault, sound, rng)
                planted.append(Planted(i + 2, fault, *FAULTS[fault]))
                place = next(next_place)
            else:
                sound = row
            out.write((",".join(row) + "\n").encode().replace("\N{REPLACEMENT CHARACTER}".encode(), b"\xff"))
    return planted
