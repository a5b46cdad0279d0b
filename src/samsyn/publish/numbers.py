"""How numbers are written: decimals by the unit, decimal comma and hard spaces in Swedish."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

from samsyn.statistics.indicators import UNITS

# A space that never breaks a line, between thousands and before a unit. The narrow one is in few
# fonts, and browsers then draw it so narrow that 568 542 reads as one number.
SPACE: Final = "\u00a0"
MINUS: Final = "−"
DASH: Final = "–"

# Why there is no number, in a cell of a table. A missing value is never 0.
NO_VALUE: Final = {
    "missing": {"sv": "saknas", "en": "missing"},
    "not_applicable": {"sv": "ej relevant", "en": "not applicable"},
    "secret": {"sv": "sekretess", "en": "confidential"},
}

# What stands after a number, in running text; units that are not here are written by themselves.
UNIT_WORDS: Final = {
    "persons": {"sv": "personer", "en": "people"},
    "tkr": {"sv": "tusen kronor", "en": "SEK thousand"},
    "per_100000": {"sv": f"per 100{SPACE}000 invånare", "en": "per 100,000 inhabitants"},
    "days": {"sv": "dagar", "en": "days"},
    "years": {"sv": "år", "en": "years"},
}  # fmt: skip


@cache
def decimals_of(unit: str | None) -> int:
    """How many decimals a value of the unit is written with; of a share those of its per cent."""
    form = UNITS[unit][2] if unit in UNITS else "0.00"
    return len(form.rstrip("%").partition(".")[2])


def number(
    value: float | None, unit: str | None = None, language: str = "sv", decimals: int | None = None
) -> str:
    """A value as a table shows it: a share in per cent, other units without their word.

    What is not known is a dash, never 0. A value that rounds to 0 has no minus sign. In a unit of
    somebody's own there are as many decimals as it has, two at most.
    """
    if value is None or not math.isfinite(value):
        return DASH
    if decimals is None and unit and unit not in UNITS:
        decimals = next(some for some in range(3) if some == 2 or _whole(value * 10**some))
    form, times, after = _form(unit, language, decimals)
    shown = form.format(abs(value) * times)
    if language == "sv":
        shown = shown.replace(",", SPACE).replace(".", ",")
    if value < 0 and any(digit in "123456789" for digit in shown):
        shown = MINUS + shown
    return shown + after


def _whole(value: float) -> bool:
    return math.isclose(value, round(value), abs_tol=1e-9)


@cache
def _form(unit: str | None, language: str, decimals: int | None) -> tuple[str, int, str]:
    """How a value of the unit is formatted, what it is multiplied by, and what stands after it."""
    form = f"{{:,.{decimals_of(unit) if decimals is None else decimals}f}}"
    if unit != "share":
        return form, 1, ""
    return form, 100, f"{SPACE}%" if language == "sv" else "%"


def quantity(
    value: float | None, unit: str | None = None, language: str = "sv", decimals: int | None = None
) -> str:
    """A value with the word of its unit: "312,4 tusen kronor"."""
    shown = number(value, unit, language, decimals)
    word = UNIT_WORDS.get(unit or "")
    return f"{shown}{SPACE}{word[language]}" if word and shown != DASH else shown


def cell(value: float | None, unit: str | None, status: str | None, language: str = "sv") -> str:
    """A value as a table shows it, or the word for why there is none."""
    if value is None or not math.isfinite(value):
        return NO_VALUE.get(status or "missing", NO_VALUE["missing"])[language]
    return number(value, unit, language)


def axis_title(unit: str | None, language: str) -> str | None:
    """What an axis is titled; None for shares, whose numbers carry it, and for indices."""
    word = UNIT_WORDS.get(unit or "")
    return word[language] if word else None


def about(people: float) -> float:
    """A number of people as one says it with "about": two figures that count."""
    if not people:
        return 0.0
    size = 10 ** max(0, math.floor(math.log10(abs(people))) - 1)
    return float(math.floor(people / size + 0.5) * size)


def d3_format(unit: str | None) -> str:
    """The format of an axis or a label in Vega; `locale` says how it looks in a language."""
    return f",.{decimals_of(unit)}{'%' if unit == 'share' else 'f'}"


def axis_format(unit: str | None) -> str:
    """The format of an axis: as few decimals as its ticks need."""
    return ",~%" if unit == "share" else ",~f"


def locale(language: str) -> dict[str, object]:
    """The number format of a language for Vega."""
    if language == "sv":
        return {
            "decimal": ",", "thousands": SPACE, "grouping": [3], "currency": ["", ""],
            "percent": f"{SPACE}%", "minus": MINUS, "nan": DASH,
        }  # fmt: skip
    return {
        "decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""],
        "percent": "%", "minus": MINUS, "nan": DASH,
    }  # fmt: skip
