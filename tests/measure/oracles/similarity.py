"""Distances between areas by their components, as lists; None is missing."""

from math import sqrt

from tests.measure.oracles.composite import standardise


def distance(columns, weights, one, other, method="z", least=0.5):
    """The distance, each component's part of its square, and the share of the weight known."""
    parts, known, every = [], 0.0, 0.0
    for column, weight in zip(columns, weights, strict=True):
        every += weight
        scores = standardise(column, [1.0] * len(column), method) if weight else column
        if not weight or scores[one] is None or scores[other] is None:
            parts.append(0.0)
            continue
        known += weight
        parts.append(weight * (scores[other] - scores[one]) ** 2)
    share = known / every
    if known == 0 or share < least - 1e-12:
        return None, [None] * len(parts), share
    total = sum(parts)
    shares = [part / total if total else None for part in parts]
    return sqrt(total / known), shares, share
