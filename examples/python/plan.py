"""What a wider line would cost by area, how firmly tiers stand under other weights, and how scarce places are shared.

    python plan.py [households.csv]

A budget helps to plan; it decides on nobody's eligibility. The households here are synthetic (合成数据).
"""

import pathlib
import sys

import govcore as gov

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
DAY = "2021-08-01"


def main() -> None:
    households = gov.read_csv(sys.argv[1] if len(sys.argv) > 1 else DATA / "households-synthetic.csv")
    model = gov.NeedModel.builtin()

    budget = model.budget(households, now=gov.need.Lines(line="B"), next=gov.need.Lines(line="3/2*B"), as_of=DAY,
                          by="grid_code", income="income_per_head", persons="members")
    total, *areas = budget.rows()
    print(f"{total['change_money_low']:.0f} to {total['change_money_high']:.0f} more a month for "
          f"{total['next_low']} to {total['next_high']} households in {len(areas)} areas")

    sensitivity = model.sensitivity(households, by="grid_code", draws=200, as_of=DAY)
    print(f"{sensitivity.tiers['keep'][0]:.1%} of the households keep their tier under other weights")
    first = next(row for row in sensitivity.agreement.rows() if row["what"] == "groups")
    print(f"areas in the order of their M0 at {first['k']}: Kendall's tau {first['tau']:.2f} with the stated order")

    demand = [area["next_low"] for area in areas]
    given = gov.need.allocate(demand, 10)
    print(f"10 places for {sum(demand)} households: {max(given)} at most in one area")


if __name__ == "__main__":
    main()
