"""Tables as lists of rows, fitted by scaling rows and columns in turn."""

from math import nan


def fit(rows, unit_totals, group_totals, rounds=3000):
    table = [list(row) for row in rows]
    for _ in range(rounds):
        for g, goal in enumerate(group_totals):
            now = sum(row[g] for row in table)
            for row in table:
                row[g] *= goal / now if now else 0.0
        for row, goal in zip(table, unit_totals, strict=True):
            now = sum(row)
            for g in range(len(row)):
                row[g] *= goal / now if now else 0.0
        miss = max(abs(sum(row[g] for row in table) - goal) for g, goal in enumerate(group_totals))
        if miss < 1e-13 * sum(group_totals):
            break
    return table


def karmel_maclachlan(units):
    x, y = sum(u[0] for u in units), sum(u[1] for u in units)
    if x == 0 or y == 0:
        return nan
    a = x / (x + y)
    return sum(abs((1 - a) * u[0] - a * u[1]) for u in units) / (x + y)
