"""Citizen ids and credit codes: ours on a whole column, python-stdnum (pure Python) one by one, both on one core.

The ids and codes are random and well formed, one in ten with a wrong last character; both sides must refuse the same.
"""

import pathlib
import random
import sys
import time

import govcore as gov
from stdnum.cn import ric, uscc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/oracle"))
import citizen_id  # noqa: E402
import credit_code  # noqa: E402

ROWS = 300_000
# python-stdnum looks counties up with the years that they had their code, and refuses letters as the registering
# authority: only what both sides accept is compared.
COUNTIES = ("110105", "310104")


def spoil(text, rng):
    return text[:-1] + rng.choice("012345678".replace(text[-1], "")) if rng.random() < 0.1 else text


def timed(call):
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def compare(name, texts, kind, peer):
    table = gov.Table({"code": texts})
    ours, report = timed(lambda: gov.code.check(table, "code", kind, refused_only=True))
    theirs, verdicts = timed(lambda: [peer(text) for text in texts])
    refused = verdicts.count(False)
    assert len(report) == refused, (len(report), refused)
    print("%-12s %d rows, %d refused: ours %.3f s (%.1f M/s), python-stdnum %.2f s (%.2f M/s), ratio %.0f"
          % (name, len(texts), refused, ours, len(texts) / ours / 1e6, theirs, len(texts) / theirs / 1e6,
             theirs / ours))


def main():
    rng = random.Random(1)
    ids = []
    for _ in range(ROWS):
        body = rng.choice(COUNTIES) + citizen_id.random_id(rng)[6:17]
        ids.append(spoil(body + citizen_id.check(body), rng))
    compare("citizen_id", ids, "citizen_id", ric.is_valid)
    codes = []
    while len(codes) < ROWS:
        code = credit_code.random_code(rng, citizen_id.PROVINCES)
        if code[0].isdigit():
            codes.append(spoil(code, rng))
    compare("credit_code", codes, "credit_code", uscc.is_valid)


if __name__ == "__main__":
    main()
