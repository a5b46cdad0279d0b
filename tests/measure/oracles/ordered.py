"""Ordered groups: `rows` are the people of each unit by class, lowest class first."""

from fractions import Fraction
from math import log2, nan, sqrt


def entropy(p):
    return -sum(q * log2(q) for q in (p, 1 - p) if q > 0)


def variance(p):
    return 4 * p * (1 - p)


def root(p):
    return 2 * sqrt(p * (1 - p))


def absolute(p):
    return 1 - abs(2 * p - 1)


FUNCTIONS = {"theil": entropy, "variance_ratio": variance, "square_root": root, "abs": absolute}


def classes(rows):
    return sum(1 for g in range(len(rows[0])) if any(row[g] for row in rows))


def ordinal(rows, f):
    """Reardon 2009: 1 less the units' mean ordinal variation over the region's."""
    if classes(rows) < 2:
        return nan
    groups = len(rows[0])

    def variation(row):
        return sum(f(sum(row[: k + 1]) / sum(row)) for k in range(groups - 1)) / (groups - 1)

    region = [sum(row[g] for row in rows) for g in range(groups)]
    total = sum(region)
    inside = sum(sum(row) * variation(row) for row in rows if sum(row)) / total
    return 1 - inside / variation(region)


def thresholds(rows, f):
    """(p, segregation of those below and above p) at each threshold that divides the people."""
    total = sum(sum(row) for row in rows)
    found = {}
    for k in range(len(rows[0]) - 1):
        p = sum(sum(row[: k + 1]) for row in rows) / total if total else 0
        if 0 < p < 1:
            inside = sum(sum(row) * f(sum(row[: k + 1]) / sum(row)) for row in rows if sum(row))
            found[p] = 1 - inside / (total * f(p))
    return sorted(found.items())


def integral(f, steps=20000):
    """Midpoint rule over 0 to 1."""
    return sum(f((i + 0.5) / steps) for i in range(steps)) / steps


def fit(points, weights, degree):
    """Weighted least squares in exact arithmetic: coefficients from the constant up."""
    n = degree + 1
    table = [[Fraction(0)] * (n + 1) for _ in range(n)]
    exact = [(Fraction(p), Fraction(y)) for p, y in points]
    for (p, y), w in zip(exact, map(Fraction, weights), strict=True):
        for i in range(n):
            for j in range(n):
                table[i][j] += w * p ** (i + j)
            table[i][n] += w * y * p**i
    for i in range(n):
        pivot = next(r for r in range(i, n) if table[r][i] != 0)
        table[i], table[pivot] = table[pivot], table[i]
        table[i] = [v / table[i][i] for v in table[i]]
        for r in range(n):
            if r != i:
                table[r] = [v - table[r][i] * u for v, u in zip(table[r], table[i], strict=True)]
    return [float(row[n]) for row in table]


def rank_order(rows, f, coefficients, degree, weighted):
    """Reardon 2011, from the fitted polynomial and his coefficients."""
    points = thresholds(rows, f)
    if not points:
        return nan
    degree = min(degree, len(points) - 1)
    weights = [f(p) ** 2 if weighted else 1 for p, _ in points]
    return sum(b * coefficients[m] for m, b in enumerate(fit(points, weights, degree)))


def nearest(rows, f, steps=20000):
    """Without a fit: every rank takes the threshold nearest to it."""
    points = thresholds(rows, f)
    if not points:
        return nan

    def segregation(rank):
        return min(points, key=lambda point: abs(point[0] - rank))[1]

    return integral(lambda p: f(p) * segregation(p), steps) / integral(f, steps)
