"""Run lengths by definition: the joint probability of data and last change, summed over all segmentations.

    P(y[:t], last change at s) = prior of the runs x the segment's marginal likelihood
by recursion over segments and exact gamma-Poisson marginals (no online updating). Writes rows {t, first, mean_run} for
the series R datasets::discoveries, expected run 40, Gamma(2, 0.5), of tests/trend/change.c.
"""
import sys
from math import exp, lgamma, log

Y = [int(v) for v in sys.argv[1].split(",")]
RUN, ALPHA, BETA = 40.0, 2.0, 0.5


def marginal(values):
    """log of the integral of the product of Poisson(v | m) over m ~ Gamma(alpha, rate beta)."""
    s, k = sum(values), len(values)
    return (ALPHA * log(BETA) - lgamma(ALPHA) + lgamma(ALPHA + s) - (ALPHA + s) * log(BETA + k)
            - sum(lgamma(v + 1) for v in values))


def log_sum(terms):
    top = max(terms)
    return top + log(sum(exp(t - top) for t in terms))


began = [0.0]  # began[s]: log P(y[:s] and a segment begins at s)
for t in range(1, len(Y) + 1):
    # the last segment began at s and grew t - s times
    ends = [began[s] + marginal(Y[s:t]) + (t - s - 1) * log(1 - 1 / RUN) for s in range(t)]
    began.append(log_sum(ends) + log(1 / RUN))
    grown = [e + log(1 - 1 / RUN) for e in ends] + [began[t]]
    total = log_sum(grown)
    weights = [exp(g - total) for g in grown]
    print("{%d, %.15g, %.15g}," % (t - 1, weights[t - 1], sum(w * (t - s) for s, w in enumerate(weights))))
