"""Shares as people type them, in per cent, and as they are kept, as parts of one."""

from __future__ import annotations

from samsyn.publish.numbers import decimals_of


def from_typed(number: float | None, unit: str) -> float | None:
    """A typed number as it is kept: shares are typed in per cent."""
    return number / 100 if number is not None and unit == "share" else number


def number_typed(value: float | None, unit: str) -> float | None:
    """A kept value as the number that one would type."""
    return round(value * 100, 10) if value is not None and unit == "share" else value


def as_typed(value: float | None, unit: str, *, rounded: bool = False) -> str:
    """A kept value as one would type it; `rounded` to the decimals of its unit."""
    if value is None:
        return ""
    shown = value * 100 if unit == "share" else value
    text = f"{shown:.{decimals_of(unit) if rounded else 6}f}"
    text = text if rounded else text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
