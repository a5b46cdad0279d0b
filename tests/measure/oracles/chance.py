"""Chance in plain loops: every table counted, every probability written out."""

from itertools import product
from math import comb, exp, floor, isnan, log1p, nan, sqrt
from statistics import NormalDist


def binomial(k, n, p):
    return comb(n, k) * p**k * (1 - p) ** (n - k)


def hypergeometric(k, n, good, whole):
    if k > good or n - k > whole - good:
        return 0.0
    return comb(good, k) * comb(whole - good, n - k) / comb(whole, n)


def expected_dissimilarity(units, null):
    """`units` is a list of (x, y), whole people."""
    x = sum(u[0] for u in units)
    whole = sum(sum(u) for u in units)
    if x in {0, whole}:
        return nan
    total = 0.0
    for unit in units:
        n = sum(unit)
        for k in range(n + 1):
            if null == "evenness":
                chance = binomial(k, n, x / whole)
            else:
                chance = hypergeometric(k, n, x, whole)
            total += chance * abs(k - n * x / whole)
    return total / (2 * whole * (x / whole) * (1 - x / whole))


def multinomial(counts, shares):
    """Chance of the counts where each of their people falls in a cell by its share."""
    chance, left = 1.0, sum(counts)
    for count, share in zip(counts, shares, strict=True):
        chance *= comb(left, count) * share**count
        left -= count
    return chance


def tables(rows, columns, most):
    """All tables with cells from 0 to `most`."""
    for cells in product(range(most + 1), repeat=rows * columns):
        yield tuple(cells[r * columns : (r + 1) * columns] for r in range(rows))


def chance_of_table(drawn, counts, scheme):
    """Chance that a scheme draws a table from one region's counts."""
    units, groups = len(counts), len(counts[0])
    rows = [sum(row) for row in counts]
    columns = [sum(row[g] for row in counts) for g in range(groups)]
    whole = sum(rows)
    drawn_rows = [sum(row) for row in drawn]
    drawn_columns = [sum(row[g] for row in drawn) for g in range(groups)]
    chance = 1.0
    if scheme in {"people", "evenness"}:
        if drawn_rows != rows:
            return 0.0
        for row, own in zip(drawn, counts, strict=True):
            shares = own if scheme == "people" else columns
            chance *= multinomial(row, [s / max(1, sum(shares)) for s in shares])
        return chance
    if scheme in {"groups", "systematic"}:
        if drawn_columns != columns:
            return 0.0
        for g in range(groups):
            weights = [row[g] for row in counts] if scheme == "groups" else rows
            shares = [w / max(1, sum(weights)) for w in weights]
            chance *= multinomial([row[g] for row in drawn], shares)
        return chance
    if scheme == "table":
        if sum(drawn_rows) != whole:
            return 0.0
        cells = [cell for row in drawn for cell in row]
        return multinomial(cells, [cell / whole for row in counts for cell in row])
    if drawn_rows != rows or drawn_columns != columns:
        return 0.0
    # Fixed margins: the ways to seat the groups in the units, among all.
    ways, left = 1, list(columns)
    for row in drawn:
        for g in range(groups):
            ways *= comb(left[g], row[g])
            left[g] -= row[g]
    every, seats = 1, whole
    for u in range(units):
        every *= comb(seats, rows[u])
        seats -= rows[u]
    return ways / every


def density_corrected(units):
    x = sum(u[0] for u in units)
    y = sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    total = 0.0
    for a, b in units:
        p, q = a / x, b / y
        noise = sqrt(p * (1 - p) / x + q * (1 - q) / y)
        apart = abs(p - q)
        total += noise * likeliest(apart / noise) if noise > 0 else apart
    return total / 2


def likeliest(size):
    """The theta of the largest folded normal density at `size`, by golden section."""

    def density(theta):
        """Its logarithm: far out the density itself is 0 on both sides of its top."""
        return -((size - theta) ** 2) / 2 + log1p(exp(-2 * size * theta))

    low, high = 0.0, size
    ratio = (sqrt(5) - 1) / 2
    for _ in range(80):
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if density(a) < density(b):
            low = a
        else:
            high = b
    return (low + high) / 2


def quantile(values, share):
    known = sorted(v for v in values if not isnan(v))
    if not known:
        return nan
    place = share * (len(known) - 1)
    low = floor(place)
    high = min(low + 1, len(known) - 1)
    return known[low] + (known[high] - known[low]) * (place - low)


def interval(kind, value, replicates, level, acceleration=0.0):
    tail = (1 - level) / 2
    if isnan(value):
        return nan, nan
    if kind == "percentile":
        return quantile(replicates, tail), quantile(replicates, 1 - tail)
    if kind == "basic":
        return (
            2 * value - quantile(replicates, 1 - tail),
            2 * value - quantile(replicates, tail),
        )
    known = [v for v in replicates if not isnan(v)]
    below = sum(v < value for v in known) + sum(v == value for v in known) / 2
    if not 0 < below < len(known):
        return nan, nan
    normal = NormalDist()
    shift = normal.inv_cdf(below / len(known))
    ends = []
    for share in (tail, 1 - tail):
        z = shift + normal.inv_cdf(share)
        ends.append(quantile(replicates, normal.cdf(shift + z / (1 - acceleration * z))))
    return tuple(ends)


def acceleration(without):
    """From the values of an index without each unit in turn."""
    mean = sum(without) / len(without)
    square = sum((mean - v) ** 2 for v in without)
    cube = sum((mean - v) ** 3 for v in without)
    return cube / (6 * square**1.5) if square > 0 else 0.0


def p_value(value, replicates, alternative):
    known = [v for v in replicates if not isnan(v)]
    if not known:
        return nan
    above = (1 + sum(v >= value for v in known)) / (len(known) + 1)
    below = (1 + sum(v <= value for v in known)) / (len(known) + 1)
    if alternative == "two-sided":
        return min(1.0, 2 * min(above, below))
    return above if alternative == "greater" else below
