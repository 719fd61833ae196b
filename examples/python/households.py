"""Scores a CSV file of households with the built-in model and explains one of them.

    python households.py [households.csv]

A score helps to find people to help; it is not a decision on eligibility. The households here are synthetic (合成数据).
"""

import collections
import pathlib
import sys

import govcore as gov

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else DATA / "households-synthetic.csv"
    households = gov.read_csv(path)
    model = gov.NeedModel.builtin()
    scores = model.score(households, as_of="2021-08-01")
    print(f"{len(scores)} households, model {model.id} {model.fingerprint}")
    print(model.notice("zh"))

    tiers = collections.Counter(scores["tier"])
    for tier in ("high", "medium", "low", "none"):
        print(f"{tier:<7} {tiers[tier]}")

    numbers = scores["score_num"].to_list()
    highest = max(range(len(numbers)), key=lambda row: numbers[row] or 0)
    print(model.explain(households, highest, as_of="2021-08-01").text("zh"))


if __name__ == "__main__":
    main()
