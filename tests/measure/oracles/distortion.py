"""Distortion in one region: `units` is a list of counts by group and `places` one of (x, y)."""

from itertools import pairwise
from math import log, nan


def trajectory(units, places, u):
    """Steps (people, populated units, divergence) outwards from unit u, equals in one step."""
    away = [(a - places[u][0]) ** 2 + (b - places[u][1]) ** 2 for a, b in places]
    totals = [sum(column) for column in zip(*units, strict=True)]
    steps = []
    for limit in sorted(set(away)):
        inside = [unit for unit, d in zip(units, away, strict=True) if d <= limit]
        joined = [unit for unit, d in zip(units, away, strict=True) if d == limit]
        seen = [sum(column) for column in zip(*inside, strict=True)]
        shares = [s / sum(seen) for s in seen]
        divergence = sum(
            p * log(p / (t / sum(totals))) for p, t in zip(shares, totals, strict=True) if p > 0
        )
        steps.append((sum(map(sum, joined)), sum(sum(j) > 0 for j in joined), divergence))
    return steps


def focal_distance(steps, threshold):
    """The share of the people who are in when the divergence is above the threshold last."""
    whole = sum(people for people, _, _ in steps)
    seen = last = 0.0
    for people, _, divergence in steps:
        seen += people
        if divergence > threshold:
            last = seen
    return last / whole


def focal(units, places):
    """The integral of the focal distance over all thresholds, which changes at divergences."""
    found = []
    for u, unit in enumerate(units):
        if sum(unit) == 0:
            found.append(nan)
            continue
        steps = trajectory(units, places, u)
        levels = sorted({0.0, *(max(d, 0.0) for _, _, d in steps)})
        found.append(
            sum((high - low) * focal_distance(steps, low) for low, high in pairwise(levels))
        )
    return found


def divergences(units, places):
    return [
        sum(count * d for _, count, d in trajectory(units, places, u)) if sum(unit) else nan
        for u, unit in enumerate(units)
    ]


def largest(units, steps=20_000):
    """The area under the divergence when the groups join one by one, the smallest first."""
    totals = sorted(sum(column) for column in zip(*units, strict=True))
    region = [t / sum(totals) for t in totals if t > 0]
    area = 0.0
    for k in range(steps):
        seen = (k + 0.5) / steps
        left = seen
        divergence = 0.0
        for share in region:
            part = min(left, share)
            left -= part
            if part > 0:
                divergence += part / seen * log(part / seen / share)
        area += divergence / steps
    return area
