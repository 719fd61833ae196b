"""Which counties have more thefts than their past lets expect, since when, and which of them drive the city's rise?

    python panel.py [counts.csv]
"""

import pathlib
import sys

import govcore as gov

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else DATA / "nyc-vehicle-thefts-weekly.csv"
    table = gov.read_csv(path, types={"county": "utf8"})
    counties = gov.Panel(table, series="county", time="week_start", value="thefts", freq="week")

    # The last four weeks of every county, judged by Farrington Flexible on the three years before them.
    judged = counties.farrington(b=3, last=4)
    alarms = [row for row in judged.rows() if row["alarm"]]
    print(f"{len(judged)} county-weeks judged, {len(alarms)} alarms")
    for row in alarms:
        print(f"  {row['county']} {row['period']}: {row['observed']:g} thefts, bound {row['upper']:.1f}, p = {row['p']:.2g}")

    # One row a county: how much more than expected, the false discovery rate over all, the last change of level.
    for row in counties.analyze(alarms="auto", wide=True, fdr="by").rows():
        since = f", level {row['break_after']:.0f} since {row['break_day']}" if row["break_day"] else ""
        print(f"  {row['county']}: {row['ratio']:.2f} x expected, q = {row['alarm_q']:.2g}{since}")

    # The city is the sum of its counties; each part's share of the excess.
    codes = sorted(set(table["county"]))
    areas = {"code": ["nyc", *codes], "parent": [None, *["nyc"] * len(codes)]}
    city = counties.roll_up("county", areas)
    for row in city.contributions("county", areas).rows():
        if row["child"] is not None:
            print(f"  {row['child']}: excess {row['excess']:+.1f} of the city's{' (drives it)' if row['drives'] else ''}")


if __name__ == "__main__":
    main()
