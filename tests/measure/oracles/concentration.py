"""Concentration: `units` is a list of (x, y, t, a), two groups, everyone, and land."""

from itertools import pairwise
from math import isclose, nan


def delta(units):
    lived = [u for u in units if u[0] + u[1] > 0]
    x = sum(u[0] for u in lived)
    a = sum(u[3] for u in lived)
    if x == 0:
        return nan
    return sum(abs(u[0] / x - u[3] / a) for u in lived) / 2


def mean_land(units, people):
    """Land per person where people fill the units in the order given, each wholly."""
    filled, land = 0.0, 0.0
    for t, a in units:
        if filled >= people - 1e-9 * people:
            break
        filled += t
        land += t * a
    return land / filled


def bounds(units, people):
    lived = sorted((a, t) for t, a in units if t > 0)
    least = mean_land([(t, a) for a, t in lived], people)
    most = mean_land([(t, a) for a, t in reversed(lived)], people)
    return least, most


def absolute_concentration(units):
    x = sum(u[0] for u in units)
    if x == 0:
        return nan
    least, most = bounds([(u[0] + u[1], u[3]) for u in units], x)
    if isclose(least, most, rel_tol=1e-12):
        return nan
    own = sum(u[0] * u[3] for u in units) / x
    return 1 - (own - least) / (most - least)


def relative_concentration(units):
    x = sum(u[0] for u in units)
    y = sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    least, most = bounds([(u[2], u[3]) for u in units], x)
    if isclose(least, most, rel_tol=1e-12):
        return nan
    x_land = sum(u[0] * u[3] for u in units) / x
    y_land = sum(u[1] * u[3] for u in units) / y
    return (x_land / y_land - 1) / (least / most - 1)


def profile(units, threshold):
    x = sum(u[0] for u in units)
    y = sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    return sum(u[0] for u in units if u[0] + u[1] > 0 and u[0] / (u[0] + u[1]) >= threshold) / x


def profile_index(units):
    """The area between the curve and evenness, step by step of the curve."""
    x = sum(u[0] for u in units)
    y = sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    whole = x / (x + y)
    stops = sorted({0.0, 1.0, whole} | {u[0] / (u[0] + u[1]) for u in units if u[0] + u[1] > 0})
    area = 0.0
    for low, high in pairwise(stops):
        v = profile(units, (low + high) / 2)
        area += (high - low) * (1 - v if high <= whole else v)
    return area / (1 - whole)
