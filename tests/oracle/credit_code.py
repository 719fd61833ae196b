"""Unified social credit codes, GB 32100-2015, and organisation codes, GB 11714, written plainly by powers.

What the scheme can see. The sum of value(i) * 3^(i-1), i = 1 ... 17, and the check's value leave 0 modulo 31.
* One wrong character changes it by a product of two non-zero residues modulo the prime 31: always seen.
* 3 is a primitive root of 31, so the weights of places 1 to 17 differ and a swap of unequal characters among them is
  always seen. The check (place 18) has the weight 1 of place 1: a swap of these two passes.
"""

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
POWERS = [3**i % 31 for i in range(17)]
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check(body):
    total = sum(ALPHABET.index(c) * POWERS[i] for i, c in enumerate(body))
    return ALPHABET[-total % 31]


def organisation_check(body):
    total = sum(CAPITALS.index(c) * w for c, w in zip(body, ORGANISATION_WEIGHTS))
    return {10: "X"}.get(-total % 11, str(-total % 11))


def random_code(rng, provinces):
    organisation = "".join(rng.choices(ALPHABET, k=8))
    division = rng.choice(provinces) + "%04d" % rng.randrange(10000)
    body = rng.choice("159Y") + rng.choice("12349") + division + organisation + organisation_check(organisation)
    return body + check(body)


def refusal(text, provinces):
    """The name of the reason why 18 characters are refused; "" if they are accepted."""
    if any(c not in ALPHABET for c in text) or not text[2:8].isdigit():
        return "character"
    if text[2:4] not in provinces and text[2:8] != "100000":
        return "division"
    if text[17] != check(text[:17]):
        return "check_digit"
    return "" if text[16] == organisation_check(text[8:16]) else "inner_check_digit"


def change_one(text, rng):
    i = rng.randrange(18)
    return text[:i] + rng.choice(ALPHABET.replace(text[i], "")) + text[i + 1:]


def swap_two(text, rng):
    """Two unequal characters swapped; also their places, from 0."""
    while True:
        i, j = int(rng.random() * 18), int(rng.random() * 18)
        if i < j and text[i] != text[j]:
            return text[:i] + text[j] + text[i + 1:j] + text[i] + text[j + 1:], (i, j)
