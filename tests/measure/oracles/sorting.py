"""Neighbourhood sorting index: `rows` are the people of each unit by class."""

from math import nan, sqrt


def neighbourhood_sorting_index(rows, values):
    """By listing everyone's value and the mean of everyone's unit."""
    people = [(v, row) for row in rows for v, n in zip(values, row, strict=True) if n]
    total = sum(sum(row) for row in rows)
    if len({v for v, _ in people}) < 2:
        return nan

    def mean(row):
        return sum(v * n for v, n in zip(values, row, strict=True)) / sum(row)

    overall = sum(mean(row) * sum(row) for row in rows if sum(row)) / total
    between = sum(sum(row) * (mean(row) - overall) ** 2 for row in rows if sum(row))
    everyone = sum(n * (v - overall) ** 2 for row in rows for v, n in zip(values, row, strict=True))
    return sqrt(between / everyone)
