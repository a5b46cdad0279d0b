"""Diversity: `rows` are the people of each unit by group."""

from math import exp, inf, isnan, log, nan

from tests.measure.oracles.multigroup import shannon, shares, units


def parts(rows, region, mean):
    """Value by part: of the region's composition, and of the units' mean."""
    total, composition = shares(rows)
    if not total:
        return nan, nan
    return region(composition), mean([(t / total, unit) for t, unit in units(rows)])


def entropy(rows):
    return parts(rows, shannon, lambda own: sum(w * shannon(unit) for w, unit in own))


def simpson_concentration(rows):
    def alike(composition):
        return sum(p * p for p in composition)

    return parts(rows, alike, lambda own: sum(w * alike(unit) for w, unit in own))


def hill_diversity(rows, order):
    def one(composition):
        return several([(1.0, composition)])

    def several(own):
        if order == 1:
            return exp(sum(w * shannon(unit) for w, unit in own))
        if order == inf:
            return 1 / max(max(unit) for _, unit in own)
        power = sum(w * p**order for w, unit in own for p in unit if p)
        return power ** (1 / (1 - order))

    return parts(rows, one, several)


def renyi_diversity(rows, order):
    return tuple(nan if isnan(value) else log(value) for value in hill_diversity(rows, order))
