"""Centralisation: `units` is a list of (x, y, place) with place (east, north)."""

from math import hypot, inf, nan


def nearest(place, centres):
    return min(hypot(place[0] - c[0], place[1] - c[1]) for c in centres)


def rings(units, centres):
    """Sums of both sides by distance, ascending."""
    found = {}
    for x, y, place in units:
        away = round(nearest(place, centres), 9)
        before = found.get(away, (0.0, 0.0))
        found[away] = (before[0] + x, before[1] + y)
    return [found[away] for away in sorted(found)]


def surroundings(units, unit, number):
    """The unit and its nearest, with all that are as far as the last of them."""
    if units[unit][0] + units[unit][1] == 0:
        return []
    lived = [u for u in units if u[0] + u[1] > 0]
    away = sorted(nearest(u[2], [units[unit][2]]) for u in lived)
    last = away[min(number, len(away) - 1)]
    return [u for u in lived if nearest(u[2], [units[unit][2]]) <= last * (1 + 1e-9)]


def centralisation(units, centres, reach=inf):
    """Of one side against the other."""
    units = [u for u in units if nearest(u[2], centres) <= reach * (1 + 1e-9)]
    x_all = sum(u[0] for u in units)
    y_all = sum(u[1] for u in units)
    if x_all == 0 or y_all == 0:
        return nan
    x_before = y_before = value = 0.0
    for x, y in rings(units, centres):
        x_here, y_here = x_before + x / x_all, y_before + y / y_all
        value += x_before * y_here - x_here * y_before
        x_before, y_before = x_here, y_here
    return value
