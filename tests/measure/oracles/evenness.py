"""Evenness of two groups: `units` is a list of (x, y), the people of both groups in each unit."""

from math import isclose, log, nan, sqrt


def margins(units):
    x = sum(u[0] for u in units)
    y = sum(u[1] for u in units)
    return x, y


def absent(units):
    x, y = margins(units)
    return x == 0 or y == 0


def dissimilarity(units):
    if absent(units):
        return nan
    x, y = margins(units)
    return sum(abs(u[0] / x - u[1] / y) for u in units) / 2


def gorard(units):
    if absent(units):
        return nan
    x, y = margins(units)
    return sum(abs(a / x - (a + b) / (x + y)) for a, b in units) / 2


def gini(units):
    if absent(units):
        return nan
    x, y = margins(units)
    total = x + y
    p = x / total
    double = 0.0
    for a in units:
        for b in units:
            if sum(a) and sum(b):
                double += sum(a) * sum(b) * abs(a[0] / sum(a) - b[0] / sum(b))
    return double / (2 * total**2 * p * (1 - p))


def atkinson(units, shape=0.5):
    if absent(units):
        return nan
    x, y = margins(units)
    total = x + y
    p = x / total
    inner = 0.0
    for a, b in units:
        if a + b:
            q = a / (a + b)
            inner += (1 - q) ** (1 - shape) * q**shape * (a + b) / (p * total)
    return 1 - p / (1 - p) * abs(inner) ** (1 / (1 - shape))


def hutchens(units):
    if absent(units):
        return nan
    x, y = margins(units)
    return 1 - sum(sqrt(a / x * b / y) for a, b in units)


def minmax(units):
    if absent(units):
        return nan
    x, y = margins(units)
    smaller = sum(min(a / x, b / y) for a, b in units)
    larger = sum(max(a / x, b / y) for a, b in units)
    return 1 - smaller / larger


def entropy(p):
    return -sum(q * log(q) for q in (p, 1 - p) if q > 0 and not isclose(q, 0, abs_tol=1e-300))


def theil_h(units):
    if absent(units):
        return nan
    x, y = margins(units)
    total = x + y
    whole = entropy(x / total)
    return sum(
        (a + b) * (whole - entropy(a / (a + b))) / (whole * total) for a, b in units if a + b
    )
