"""Surroundings: `units` is a list of counts by group and `places` one of (x, y)."""

from math import dist, exp, inf

# The weight by the number of bandwidths, and how many of them it reaches.
KERNELS = {
    "uniform": (lambda z: 1.0, 1),
    "triangular": (lambda z: 1 - z, 1),
    "epanechnikov": (lambda z: 1 - z**2, 1),
    "biweight": (lambda z: (1 - z**2) ** 2, 1),
    "gaussian": (lambda z: exp(-(z**2) / 2), 4),
    "exponential": (lambda z: exp(-z), 10),
}


def surroundings(units, places, kernel, bandwidth, region=None, reach=inf):
    """Weighted sums around each unit, over its region where regions are given."""
    weight, bandwidths = KERNELS[kernel]
    found = []
    for u, here in enumerate(places):
        around = [0.0] * len(units[u])
        for v, there in enumerate(places):
            away = dist(here, there)
            if region is not None and region[u] != region[v]:
                continue
            if away / bandwidth <= bandwidths and away <= reach:
                for g, people in enumerate(units[v]):
                    around[g] += weight(away / bandwidth) * people
        found.append(around)
    return found
