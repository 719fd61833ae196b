"""Run lengths by definition: the joint probability of data and last change, summed over all segmentations.

    P(y[:t], last change at s) = prior of the runs x the segment's marginal likelihood
by recursion over segments and exact gamma-Poisson marginals (no online updating).
"""
from math import exp, lgamma, log


def marginal(values, alpha, beta):
    """log of the integral of the product of Poisson(v | m) over m ~ Gamma(alpha, rate beta)."""
    s, k = sum(values), len(values)
    return (alpha * log(beta) - lgamma(alpha) + lgamma(alpha + s) - (alpha + s) * log(beta + k)
            - sum(lgamma(v + 1) for v in values))


def log_sum(terms):
    top = max(terms)
    return top + log(sum(exp(t - top) for t in terms))


def run_lengths(y, expected_run, alpha, beta):
    """For each period: probability that it began a segment, mean run length."""
    out = []
    began = [0.0]  # began[s]: log P(y[:s] and a segment begins at s)
    for t in range(1, len(y) + 1):
        # the last segment began at s and grew t - s times
        ends = [began[s] + marginal(y[s:t], alpha, beta) + (t - s - 1) * log(1 - 1 / expected_run) for s in range(t)]
        began.append(log_sum(ends) + log(1 / expected_run))
        grown = [e + log(1 - 1 / expected_run) for e in ends] + [began[t]]
        total = log_sum(grown)
        weights = [exp(g - total) for g in grown]
        out.append((weights[t - 1], sum(w * (t - s) for s, w in enumerate(weights))))
    return out
