"""The methods of trends written plainly, from their definitions: pairs one by one, matrices in full, one pass a day."""
import math
import statistics

import numpy as np
from scipy import stats


def sign(x):
    return (x > 0) - (x < 0)


def mann_kendall(values):
    """S, its variance with ties, tau-a and z by the definitions of Mann (1945) and Kendall (1975)."""
    y = [v for v in values if v is not None]
    n = len(y)
    s = sum(sign(y[j] - y[i]) for i in range(n) for j in range(i + 1, n))
    ties = [y.count(v) for v in set(y)]
    var = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    return s, var, s / (n * (n - 1) / 2), (s - sign(s)) / math.sqrt(var)


def sen_slope(values):
    points = [(t, v) for t, v in enumerate(values) if v is not None]
    slopes = [(b - a) / (u - t) for i, (t, a) in enumerate(points) for u, b in points[i + 1:]]
    slope = statistics.median(slopes)
    return slope, statistics.median(v for _, v in points) - statistics.median(t for t, _ in points) * slope


def ears(y, method, baseline, min_sigma, alpha):
    """C1 and C2 (Hutwagner et al. 2003)."""
    guard = 0 if method == 0 else 2
    out = []
    for t, value in enumerate(y):
        window = y[max(0, t - guard - baseline):max(0, t - guard)]
        known = [v for v in window if v is not None]
        if len(window) < baseline or 2 * len(known) <= baseline or value is None:
            out.append(None)
            continue
        sigma = max(statistics.stdev(known), min_sigma)
        upper = statistics.fmean(known) + stats.norm.isf(alpha) * sigma
        out.append((statistics.fmean(known), upper, value > upper) if sigma > 0 else None)
    return out


def quasi_poisson(x, y, weights):
    """Iteratively reweighted least squares with matrices: coefficients, means, working weights, dispersion."""
    mu = y + 0.1
    for _ in range(200):
        z = np.log(mu) + (y - mu) / mu
        w = weights * mu
        beta = np.linalg.lstsq(x * np.sqrt(w)[:, None], z * np.sqrt(w), rcond=None)[0]
        after = np.exp(x @ beta)
        done = np.max(np.abs(after - mu)) < 1e-13 * np.max(after)
        mu = after
        if done:
            break
    return beta, mu, weights * mu, float(np.sum(weights * (y - mu) ** 2 / mu) / (len(y) - x.shape[1]))


def farrington(y, t, b, w, no_periods, past_excluded, threshold, alpha, freq=52):
    """Expected and upper bound of Flexible at t by the delta method, with a trend that is always kept."""
    level = {}
    refs = [t - i * freq for i in range(b, -1, -1)]
    for i, ref in enumerate(refs):
        for k in range(ref - w, min(ref + w, t) + 1):
            level[k] = no_periods - 1
        if i < b and no_periods > 1:
            between = list(range(ref + w + 1, refs[i + 1] - w))
            cuts = [len(part) for part in np.array_split(between, no_periods - 1)]
            for block, size in enumerate(cuts):
                for _ in range(size):
                    level[between.pop(0)] = block
    rows = sorted(k for k in level if k < t - past_excluded and y[k] is not None)
    used = sorted({level[k] for k in rows})
    data = np.array([y[k] for k in rows], float)

    def design(k, g):
        return [float(g == u) for u in used] + [float(k - t)]

    x = np.array([design(k, level[k]) for k in rows])
    _, mu, work, dispersion = quasi_poisson(x, data, np.ones(len(rows)))
    phi = max(1.0, dispersion)
    hat = np.einsum("ij,jk,ik->i", x, np.linalg.inv(x.T @ (x * work[:, None])), x) * work
    s = 1.5 * (data ** (2 / 3) * mu ** (-1 / 6) - np.sqrt(mu)) / np.sqrt(phi * (1 - hat))
    omega = np.where(s > threshold, 1 / s ** 2, 1.0)
    omega *= len(rows) / omega.sum()
    beta, mu, work, dispersion = quasi_poisson(x, data, omega)
    phi = max(1.0, dispersion)
    new = np.array(design(t, no_periods - 1))
    expected = float(np.exp(new @ beta))
    of_error = float(np.sum(omega * ((data - mu) / mu) ** 2) / (len(rows) - x.shape[1]))
    se = expected * math.sqrt(of_error * float(new @ np.linalg.inv(x.T @ (x * work[:, None])) @ new))
    spread = math.sqrt(4 / 9 * expected ** (1 / 3) * (phi + se ** 2 / expected))
    return expected, (expected ** (2 / 3) + stats.norm.isf(alpha) * spread) ** 1.5


def no_use_episodes(uses, limit, hours, clear_hours):
    """Half hours all known: the episodes of the rule "less than `limit` in the last `hours`" as (began, raised, ended)."""
    out, quiet = [], 0
    for i in range(len(uses)):
        window = uses[i - 2 * hours + 1:i + 1] if i + 1 >= 2 * hours else None
        if window is None:
            continue
        lasting = bool(out) and out[-1][2] is None
        if math.fsum(window) < limit * (1 - 1e-6):
            quiet = 0
            if not lasting:
                out.append([i - 2 * hours + 1, i + 1, None])
        elif lasting:
            quiet += 1
            if quiet == 2 * clear_hours:
                out[-1][2], quiet = i + 1, 0
    return [tuple(e) for e in out]
