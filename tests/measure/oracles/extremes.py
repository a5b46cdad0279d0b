"""Concentration at the extremes: `rows` are the people of each unit by class."""

from math import nan


def concentration_at_extremes(rows, low, high):
    total = sum(sum(row) for row in rows)
    top = sum(row[g] for row in rows for g in high)
    bottom = sum(row[g] for row in rows for g in low)
    return (top - bottom) / total if total else nan
