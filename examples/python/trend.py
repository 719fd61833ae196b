"""Is a series going up? The Mann-Kendall test and Sen's slope on weekly counts of one county, then of all at once.

    python trend.py [counts.csv] [county]
"""

import pathlib
import sys

import govcore as gov

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else DATA / "nyc-vehicle-thefts-weekly.csv"
    county = sys.argv[2] if len(sys.argv) > 2 else "36005"
    table = gov.read_csv(path, types={"county": "utf8"})
    weeks = [count for place, count in zip(table["county"], table["thefts"]) if place == county]
    result = gov.trend.mann_kendall(weeks)
    print(f"{county}: {result.n} weeks, {result.trend}, p = {result.p:.3g}, {result.slope:+.3f} a week")

    panel = gov.Panel(table, series="county", time="week_start", value="thefts", freq="week")
    for finding in panel.analyze().rows():
        print(f"{finding['county']}: {finding['text_zh']}")


if __name__ == "__main__":
    main()
