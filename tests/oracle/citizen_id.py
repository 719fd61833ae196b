"""Citizen ids, GB 11643-1999, written plainly.

The check is the recursion of ISO 7064 for a pure system (modulus 11, radix 2): start with 0, and for every digit
add it and double; the check makes the sum with it leave 1. The library uses the table of weights instead.

What the scheme can see. Let w(i) = 2^(18-i) mod 11 be the weight of place i = 1 ... 18.
* One wrong digit changes the sum by w(i) * d with 0 < |d| <= 10: never a multiple of the prime 11. Always seen.
* A swap of unequal characters at i and j changes it by (w(i) - w(j)) * d: unseen only if w(i) = w(j). 2 has order
  10 modulo 11, so that is when j - i = 10: eight pairs of places (1, 11) ... (8, 18). Such a swap is still seen if it
  moves an X from place 18, makes a province that is none, or a day that the calendar does not have.
"""

import datetime

PROVINCES = ("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
                " 83").split()
DIGITS = "0123456789"
FIRST_DAY = datetime.date(1900, 1, 1).toordinal()
LAST_DAY = datetime.date(2025, 12, 31).toordinal()


def check(body):
    p = 0
    for digit in body:
        p = (p + int(digit)) * 2 % 11
    value = (1 - p) % 11
    return "X" if value == 10 else str(value)


def random_id(rng):
    province = PROVINCES[int(rng.random() * len(PROVINCES))]
    born = datetime.date.fromordinal(FIRST_DAY + int(rng.random() * (LAST_DAY - FIRST_DAY + 1)))
    numbers = int(rng.random() * 10000), born.year, born.month, born.day, int(rng.random() * 1000)
    body = province + "%04d%04d%02d%02d%03d" % numbers
    return body + check(body)


def refusal(text):
    """The name of the reason why 18 characters are refused; "" if they are accepted."""
    if not text[:17].isdigit() or text[17] not in DIGITS + "X":
        return "character"
    if text[:2] not in PROVINCES:
        return "division"
    try:
        datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return "date"
    return "" if text[17] == check(text[:17]) else "check_digit"


def change_one(text, rng):
    """One character replaced by another that may stand at its place."""
    i = int(rng.random() * 18)
    others = (DIGITS + "X" if i == 17 else DIGITS).replace(text[i], "")
    other = others[int(rng.random() * len(others))]
    return text[:i] + other + text[i + 1:]


def swap_two(text, rng):
    """Two unequal characters swapped; also their distance."""
    while True:
        i, j = int(rng.random() * 18), int(rng.random() * 18)
        if i < j and text[i] != text[j]:
            return text[:i] + text[j] + text[i + 1:j] + text[i] + text[j + 1:], j - i
