"""The k nearest people, by sorting everyone around every unit."""

from fractions import Fraction
from math import exp, isnan, log, nan, sqrt


def squared(a, b):
    """Exact for any coordinates: floats are fractions."""
    return (Fraction(a[0]) - Fraction(b[0])) ** 2 + (Fraction(a[1]) - Fraction(b[1])) ** 2


def computed(a, b):
    """As double precision computes it."""
    return (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])


def neighbourhood(
    u, counts, totals, xy, k, ring="share", half_life=None, region=None, away=squared
):
    """(counts by group, weighted total, people, distance) of the k people nearest to unit u."""
    groups = len(counts[u])
    if totals[u] == 0:
        return [nan] * groups, nan, nan, nan
    rings = {}
    for v, point in enumerate(xy):
        if totals[v] > 0 and (region is None or region[v] == region[u]):
            rings.setdefault(away(xy[u], point), []).append(v)
    reached = [0.0] * groups
    weighted = 0.0
    people = 0.0
    distance = 0.0
    for s in sorted(rings):
        if people >= k:
            break
        here = sum(totals[v] for v in rings[s])
        part = 1.0 if ring == "whole" else min(1.0, (k - people) / here)
        distance = sqrt(s)
        weight = 1.0 if half_life is None else exp(-log(2) * distance / half_life)
        for v in rings[s]:
            for g in range(groups):
                reached[g] += part * weight * counts[v][g]
            weighted += part * weight * totals[v]
        people = people + here if ring == "whole" else min(k, people + here)
    return reached, weighted, people, distance


def percentile(values, weights, q):
    """The least value that at least q per cent of the weight does not exceed."""
    pairs = sorted((v, w) for v, w in zip(values, weights, strict=True) if not isnan(v) and w > 0)
    whole = sum(w for _, w in pairs)
    if not pairs:
        return nan
    below = 0.0
    for value, weight in pairs:
        below += weight
        if below >= q / 100 * whole * (1 - 1e-12):
            return value
    return pairs[-1][0]
