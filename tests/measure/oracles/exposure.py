"""Exposure: `rows` are the people of each unit by group."""

from math import nan


def group_total(rows, group):
    return sum(row[group] for row in rows)


def exposure(rows, group, other):
    """What the group meets of the other group, of all people in the unit."""
    if group_total(rows, group) == 0 or group_total(rows, other) == 0:
        return nan
    met = 0.0
    for row in rows:
        if sum(row):
            met += row[group] * row[other] / sum(row)
    return met / group_total(rows, group)


def isolation(rows, group):
    return exposure(rows, group, group)


def interaction(rows, group):
    others = [h for h in range(len(rows[0])) if h != group and group_total(rows, h)]
    if group_total(rows, group) == 0 or not others:
        return nan
    return sum(exposure(rows, group, h) for h in others)


def correlation_ratio(rows, group):
    """Variance of the units' shares, weighted by people, over that of people."""
    total = sum(sum(row) for row in rows)
    size = group_total(rows, group)
    if size in (0, total):
        return nan
    p = size / total
    variance = sum(sum(row) * (row[group] / sum(row) - p) ** 2 for row in rows if sum(row))
    return variance / total / (p * (1 - p))


def meetings(rows, group, other):
    """The exact exposure, by letting every member meet everyone else in the unit in turn."""
    shares = []
    for row in rows:
        people = [h for h, n in enumerate(row) for _ in range(int(n))]
        for me, mine in enumerate(people):
            if mine == group and len(people) > 1:
                rest = people[:me] + people[me + 1 :]
                shares.append(sum(1 for h in rest if h == other) / len(rest))
    return sum(shares) / len(shares) if shares else nan
