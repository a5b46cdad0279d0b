"""Local indices of the units of one region: `units` is a list of counts by group.

`around` are the counts in the units' surroundings; without them a unit is its own.
"""

from math import log, nan


def shares(counts):
    whole = sum(counts)
    return [c / whole for c in counts] if whole else None


def margins(units):
    return [sum(column) for column in zip(*units, strict=True)]


def compositions(units, around=None):
    """The composition of each populated unit's surroundings, None for an empty unit."""
    return [shares(a) if sum(u) else None for u, a in zip(units, around or units, strict=True)]


def location_quotient(units, around=None):
    region = shares(margins(units))
    return [
        [p[g] / region[g] if p and region[g] else nan for g in range(len(units[0]))]
        for p in compositions(units, around)
    ]


def local_entropy(units, around=None):
    return [-sum(q * log(q) for q in p if q > 0) if p else nan for p in compositions(units, around)]


def local_simpson(units, around=None):
    return [1 - sum(q**2 for q in p) if p else nan for p in compositions(units, around)]


def divergence(p, region):
    """Term by term; infinite where the surroundings hold a group that the region lacks."""
    if any(q > 0 and r == 0 for q, r in zip(p, region, strict=True)):
        return float("inf")
    return sum(q * log(q / r) for q, r in zip(p, region, strict=True) if q > 0)


def local_divergence(units, around=None):
    region = shares(margins(units))
    return [divergence(p, region) if p else nan for p in compositions(units, around)]


def local_mutual_information(units, around=None):
    people = sum(margins(units))
    scores = local_divergence(units, around)
    return [sum(u) / people * s if sum(u) else nan for u, s in zip(units, scores, strict=True)]


def mutual_information_by_group(units):
    """For each group: sum over units of P(u, g) ln(P(u, g) / (P(u) P(g)))."""
    totals = margins(units)
    people = sum(totals)
    found = []
    for g, of_group in enumerate(totals):
        part = 0.0
        for unit in units:
            if unit[g] > 0:
                joint = unit[g] / people
                part += joint * log(joint / (sum(unit) / people * of_group / people))
        found.append(part if of_group else nan)
    return found
