"""Spatial evenness: `units` is a list of (x, y) and `borders` holds (u, v) once with a length."""

from math import nan


def dissimilarity(units):
    x, y = sum(u[0] for u in units), sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    return sum(abs(u[0] / x - u[1] / y) for u in units) / 2


def within_steps(borders, steps, count):
    """Pairs at most some steps apart, each once, by walking out from every unit."""
    found = set()
    for u in range(count):
        reached, edge = {u}, {u}
        for _ in range(steps):
            edge = {v for a in edge for pair in borders if a in pair for v in pair} - reached
            reached |= edge
        found |= {(u, v) for v in reached if v > u}
    return {pair: borders.get(pair, 0.0) for pair in sorted(found)}


def adjusted(units, borders, ratio=None, steps=None):
    """D less the mean difference of neighbours: by border, or counted within steps."""
    if steps is not None:
        borders = dict.fromkeys(within_steps(borders, steps, len(units)), 1.0)
    lived = {u for u, (x, y) in enumerate(units) if x + y > 0}
    most = max((ratio[u] for u in lived), default=1.0) if ratio else None
    total = mass = 0.0
    for (u, v), length in borders.items():
        if u in lived and v in lived:
            p, q = units[u][0] / sum(units[u]), units[v][0] / sum(units[v])
            compact = (ratio[u] + ratio[v]) / (2 * most) if ratio else 1.0
            # Both directions of the pair.
            total += 2 * length * abs(p - q) * compact
            mass += 2 * length
    return dissimilarity(units) - (total / mass if mass else 0.0)
