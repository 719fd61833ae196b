"""The sensitivity of tiers and orders to weights, written plainly: household by household, draw by draw.

Draws are those of the library: Philox4x32-10 by (seed, number), normals by Box and Muller, gammas by Marsaglia and
Tsang (2000), normed to a Dirichlet draw and rounded to multiples of 2^-40 by partial sums.
"""

import math
from fractions import Fraction

UNIT = 2 ** 40
MASK = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & MASK, (a >> 32) ^ c[3] ^ k[1], a & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


class Random:
    def __init__(self, seed, stream):
        self.key = (seed & MASK, seed >> 32)
        self.stream, self.block, self.words = (stream & MASK, stream >> 32), 0, []

    def uniform(self):
        if not self.words:
            self.words = philox((self.block & MASK, self.block >> 32) + self.stream, self.key)
            self.block += 1
        low, high = self.words[:2]
        self.words = self.words[2:]
        return (((high << 32 | low) >> 12) + 0.5) * 2.0 ** -52

    def normal(self):
        radius = math.sqrt(-2 * math.log(self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())

    def gamma(self, shape):
        if shape < 1:
            above = self.gamma(shape + 1)
            return above * self.uniform() ** (1 / shape)
        d = shape - 1.0 / 3
        c = 1 / math.sqrt(9 * d)
        while True:
            z = self.normal()
            v = (1 + c * z) * (1 + c * z) * (1 + c * z)
            if v > 0 and math.log(self.uniform()) < z * z / 2 + d - d * v + d * math.log(v):
                return d * v


def draw(weights, seed, number, concentration):
    """Weights as Fractions that sum to 1."""
    r = Random(seed, number)
    g = [r.gamma(concentration * float(w)) for w in weights]
    total = sum(g)
    upto = 0.0
    cuts = [0]
    for x in g:
        upto += x / total
        cuts.append(min(round(upto * UNIT), UNIT))
    return [Fraction(b - a, UNIT) for a, b in zip(cuts, cuts[1:])]


def score(household, dimensions, weights, high):
    """household: states 1, 0, None an indicator; dimensions: lists of (indicator, policy). None: refused."""
    total = Fraction(0)
    for dimension in dimensions:
        whole = sum(weights[j] for j, _ in dimension)
        known = [(j, household[j]) for j, _ in dimension]
        loose = {j for j, policy in dimension if household[j] is None and policy == "renormalise"}
        part = Fraction(0)
        for (j, state), (_, policy) in zip(known, dimension):
            if state is None and policy == "refuse":
                return None
            counts = state == 1 or (state is None and (policy == "deprived" or (policy == "bounds" and high)))
            part += weights[j] if counts else 0
        rest = whole - sum(weights[j] for j in loose)
        total += part * whole / rest if rest > 0 else whole if high else 0
    return total


def tier(c, tiers, floor):
    return max(sum(c >= at for at in tiers), floor)


def tau(x, y):
    """Kendall's tau-b over all pairs; None if all are equal in x or y."""
    s = n_x = n_y = 0
    for i in range(len(x)):
        for j in range(i):
            a, b = (x[i] > x[j]) - (x[i] < x[j]), (y[i] > y[j]) - (y[i] < y[j])
            s, n_x, n_y = s + a * b, n_x + (a != 0), n_y + (b != 0)
    return s / math.sqrt(n_x * n_y) if n_x and n_y else None


def ranks(values):
    return [1 + sum(v > own for v in values) for own in values]


def quantile(values, q):
    values = sorted(values)
    at = q * (len(values) - 1)
    i = int(at)
    return values[i] + (at - i) * (values[i + 1] - values[i]) if i + 1 < len(values) else values[-1]


def level(households, scores, k):
    """(H, M0) of weighted households."""
    whole = sum(h["weight"] for h in households)
    poor = [(h["weight"], c) for h, c in zip(households, scores) if c >= k]
    return sum(w for w, _ in poor) / whole, sum(w * c for w, c in poor) / whole


def moved(weights, j, factor):
    """The weights with that of j times factor and the others in proportion; None if that cannot be."""
    w = weights[j] * factor
    if weights[j] == 1 or w > 1:
        return None
    return [w if i == j else x * (1 - w) / (1 - weights[j]) for i, x in enumerate(weights)]
