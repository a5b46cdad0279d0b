"""Segregation among many groups: `rows` are the people of each unit by group."""

from math import log, nan


def shares(rows):
    """People of the region, and the share of each of its groups."""
    total = sum(sum(row) for row in rows)
    groups = [sum(row[g] for row in rows) for g in range(len(rows[0]))]
    return total, [n / total if total else nan for n in groups]


def units(rows):
    """People and group shares of each unit where somebody lives."""
    return [(sum(row), [n / sum(row) for n in row]) for row in rows if sum(row)]


def mixed(rows):
    return sum(1 for g in range(len(rows[0])) if any(row[g] for row in rows)) > 1


def simpson(composition):
    return sum(p * (1 - p) for p in composition)


def shannon(composition):
    return -sum(p * log(p) for p in composition if p)


def multigroup_dissimilarity(rows):
    if not mixed(rows):
        return nan
    total, region = shares(rows)
    moved = sum(
        t * abs(p - q) for t, unit in units(rows) for p, q in zip(unit, region, strict=True)
    )
    return moved / (2 * total * simpson(region))


def multigroup_gini(rows):
    if not mixed(rows):
        return nan
    total, region = shares(rows)
    double = 0.0
    for t, a in units(rows):
        for s, b in units(rows):
            double += t * s * sum(abs(p - q) for p, q in zip(a, b, strict=True))
    return double / (2 * total**2 * simpson(region))


def mutual_information(rows):
    total, region = shares(rows)
    if not total:
        return nan
    return sum(
        t / total * p * log(p / q)
        for t, unit in units(rows)
        for p, q in zip(unit, region, strict=True)
        if p
    )


def divergence(rows):
    return mutual_information(rows)


def multigroup_theil_h(rows):
    return mutual_information(rows) / shannon(shares(rows)[1]) if mixed(rows) else nan


def relative_diversity(rows):
    if not mixed(rows):
        return nan
    total, region = shares(rows)
    inside = sum(t * simpson(unit) for t, unit in units(rows)) / total
    return (simpson(region) - inside) / simpson(region)


def squared_coefficient_of_variation(rows):
    if not mixed(rows):
        return nan
    total, region = shares(rows)
    present = [g for g, q in enumerate(region) if q]
    value = 0.0
    for t, unit in units(rows):
        for g in present:
            value += t / total * (unit[g] - region[g]) ** 2 / region[g]
    return value / (len(present) - 1)


def normalised_exposure(rows):
    if not mixed(rows):
        return nan
    total, region = shares(rows)
    value = 0.0
    for t, unit in units(rows):
        for p, q in zip(unit, region, strict=True):
            value += t / total * (p - q) ** 2 / (1 - q)
    return value
