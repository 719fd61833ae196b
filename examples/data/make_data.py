#!/usr/bin/env python3
"""Makes the data files of this folder again from their sources; see SOURCES.md. Standard library only.

    make_data.py grids EDITION STREETS.csv COMMITTEES.csv > xuhui-grids-EDITION.csv
    make_data.py weeks COUNTY_DAY.csv > nyc-vehicle-thefts-weekly.csv
"""

import csv
import datetime
import sys

DISTRICT = ("310104", "徐汇区")
# Digit 7 of a 12-digit statistical code: 0 street, 1 town, 2 and 3 township, 4 and 5 quasi-unit.
KINDS = {"0": "street", "1": "town", "2": "township", "3": "township", "4": "statistical_zone", "5": "statistical_zone"}


def grids(edition, streets_path, committees_path):
    yield "code", "name", "level", "kind", "parent"
    yield DISTRICT[0], DISTRICT[1], "district", "district", ""
    with open(streets_path, encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"], "street", KINDS[row["code"][6]], DISTRICT[0]
    with open(committees_path, encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["edition"] == edition:
                zone = KINDS[row["street_code"][6]] == "statistical_zone"
                kind = "statistical_zone" if zone else "residential_committee"
                yield row["code"], row["name"], "community", kind, row["street_code"]


def weeks(county_day_path):
    yield "week_start", "iso_week", "county", "thefts"
    days, totals = {}, {}
    with open(county_day_path, encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            day = datetime.date.fromisoformat(row.pop("day"))
            monday = day - datetime.timedelta(days=day.weekday())
            days[monday] = days.get(monday, 0) + 1
            for county, count in row.items():
                totals[county, monday] = totals.get((county, monday), 0) + int(count)
    for county, monday in sorted(totals):
        if days[monday] == 7:  # a week that the file covers only in part is left out
            year, week, _ = monday.isocalendar()
            yield monday, f"{year}-W{week:02}", county, totals[county, monday]


if __name__ == "__main__":
    maker = {"grids": grids, "weeks": weeks}[sys.argv[1]]
    csv.writer(sys.stdout, lineterminator="\n").writerows(maker(*sys.argv[2:]))
