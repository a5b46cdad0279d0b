"""Clustering: `units` is a list of (x, y, t) and `c` a table of how near units are."""

from math import exp, hypot, inf, nan


def nearness(places, own, scale):
    """The weights exp(-d / scale), with a unit's distance to itself given."""
    return [
        [
            (0.0 if own[u] == inf else exp(-own[u] / scale))
            if u == v
            else exp(-hypot(a[0] - b[0], a[1] - b[1]) / scale)
            for v, b in enumerate(places)
        ]
        for u, a in enumerate(places)
    ]


def distances(places, own):
    """The distances themselves, with a unit's distance to itself given."""
    return [
        [own[u] if u == v else hypot(a[0] - b[0], a[1] - b[1]) for v, b in enumerate(places)]
        for u, a in enumerate(places)
    ]


def mean_proximity(c, x, y=None):
    """Of the people of x to each other, or to those of y."""
    y = x if y is None else y
    if not sum(x) or not sum(y):
        return nan
    pairs = sum(c[u][v] * x[u] * y[v] for u in range(len(x)) for v in range(len(y)))
    return pairs / (sum(x) * sum(y))


def absolute_clustering(units, c):
    lived = [u for u, unit in enumerate(units) if unit[0] + unit[1] > 0]
    x = {u: units[u][0] for u in lived}
    t = {u: units[u][0] + units[u][1] for u in lived}
    whole = sum(x.values())
    if whole == 0:
        return nan
    even = whole / len(lived) ** 2 * sum(c[u][v] for u in lived for v in lived)
    among_group = sum(x[u] / whole * c[u][v] * x[v] for u in lived for v in lived)
    among_all = sum(x[u] / whole * c[u][v] * t[v] for u in lived for v in lived)
    if abs(among_all - even) <= 1e-12 * among_all:
        return nan
    return (among_group - even) / (among_all - even)


def relative_clustering(units, c):
    x, y = [u[0] for u in units], [u[1] for u in units]
    if not sum(x) or not sum(y) or mean_proximity(c, y) == 0:
        return nan
    return mean_proximity(c, x) / mean_proximity(c, y) - 1


def spatial_proximity(groups, c):
    """Of any number of groups, each a list of its people by unit."""
    t = [sum(people) for people in zip(*groups, strict=True)]
    present = [people for people in groups if sum(people)]
    if len(present) < 2 or mean_proximity(c, t) == 0:
        return nan
    own = sum(sum(people) * mean_proximity(c, people) for people in present)
    return own / (sum(t) * mean_proximity(c, t))


def meeting(met, x, t, c):
    """The chance that a member of x meets one of `met` among everyone, t."""
    if not sum(x):
        return nan
    value = 0.0
    for u, people in enumerate(x):
        if people:
            near = sum(c[u][v] * t[v] for v in range(len(t)))
            if near == 0:
                return nan
            for v in range(len(t)):
                if t[v]:
                    value += people / sum(x) * (c[u][v] * t[v] / near) * (met[v] / t[v])
    return value
