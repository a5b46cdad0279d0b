"""Spatial proximity profile: `units` is a list of (x, y), `c` says who borders on whom."""

from itertools import pairwise
from math import inf, nan


def steps_between(c):
    """Steps from unit to unit over neighbours, by Floyd and Warshall."""
    every = range(len(c))
    d = [[0 if u == v else (1 if c[u][v] else inf) for v in every] for u in every]
    for w in every:
        for u in every:
            for v in every:
                d[u][v] = min(d[u][v], d[u][w] + d[w][v])
    return d


def nearness(units, d, threshold):
    """How near each other the units lie where x makes up at least the threshold."""
    strong = [u for u, (x, y) in enumerate(units) if x + y > 0 and x / (x + y) >= threshold]
    if len(strong) < 2:
        return 0.0
    return (len(strong) ** 2 - len(strong)) / sum(d[u][v] for u in strong for v in strong)


def index(units, d):
    x, y = sum(u[0] for u in units), sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    whole = x / (x + y)
    stops = sorted({0.0, 1.0, whole} | {u[0] / (u[0] + u[1]) for u in units if u[0] + u[1] > 0})
    value = whole
    for low, high in pairwise(stops):
        eta = nearness(units, d, (low + high) / 2)
        value += (high - low) * (eta if low >= whole else -eta)
    return value / (1 - whole)
