"""Small charts for a page with many: a strip of the parts, the place and what it is set beside.

Written as SVG by hand, about a kilobyte each and in a fraction of a millisecond, since a page can
have forty of them. `spread` is the full chart of the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Final

import polars as pl

from samsyn.publish.charts.chart import by_area, unit_of
from samsyn.publish.numbers import number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import Theme, theme

WIDTH, HEIGHT = 260, 28
DOTS: Final = 120  # of more parts than these only the middle half and the ends are drawn

TEXTS: Final[Texts] = {
    "strip": {
        "sv": "{figures}. Delarna går från {low} till {high}.",
        "en": "{figures}. The parts go from {low} to {high}.",
    },
    "alone": {"sv": "{figures}.", "en": "{figures}."},
    "missing": {"sv": "Uppgift saknas.", "en": "No figure."},
}


def strip(
    parts: pl.DataFrame,
    context: pl.DataFrame,
    language: str = "sv",
    *,
    dark: bool = False,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> str:
    """The parts of a place as faint dots on a line, the place as a mark, others as thin ticks.

    `context` are the values of the place itself, then of county and country. The words of it stand
    as its name for screen readers; the figures stand in the page beside it. Classes (`part`,
    `place`, `beside`) let a style sheet overrule the colours.
    """
    unit = unit_of(context if context.height else parts)
    marks = by_area(context, language).drop_nulls("value").to_dicts() if context.height else []
    return strip_of(
        parts.get_column("value").drop_nulls().sort().to_list(),
        [(mark["name"], mark["value"]) for mark in marks],
        unit,
        language,
        dark=dark,
        width=width,
        height=height,
    )


def strip_of(
    parts: Sequence[float],
    marks: Sequence[tuple[str, float]],
    unit: str | None,
    language: str = "sv",
    *,
    own: bool = True,
    dark: bool = False,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> str:
    """A strip of plain numbers, for who has them at hand: the parts' values from the lowest up.

    `marks` are names and values of the place itself, which comes first, and of what it is set
    beside; without the place's `own` all are of the latter.
    """
    look = theme(dark)
    numbers = [*parts[:1], *parts[-1:], *(value for _, value in marks)]
    if not numbers:
        return framed(said(TEXTS, "missing", language), [], width, height)
    low, high = min(numbers), max(numbers)
    across = (width - 8) / ((high - low) or 1.0)
    middle = height / 2

    def x(value: float) -> str:
        return f"{4 + (value - low) * across:.1f}"

    drawn = [f'<path class="axis" d="M4 {middle:g}H{width - 4}" stroke="{look.faint}"/>']
    drawn += _parts(parts, x, middle, look)
    for at, (_, value) in reversed(list(enumerate(marks))):
        name, colour = ("beside", look.soft)
        if own and at == 0:
            name, colour = "place", look.accent
        reach = middle - 2 if name == "place" else middle - 6
        drawn.append(
            f'<path class="{name}" d="M{x(value)} {middle - reach:g}v{2 * reach:g}" '
            f'stroke="{colour}" stroke-width="{3 if name == "place" else 1.5}"/>'
        )
    told = said(
        TEXTS,
        "strip" if parts else "alone",
        language,
        figures=", ".join(f"{name} {number(value, unit, language)}" for name, value in marks),
        low=number(parts[0] if parts else None, unit, language),
        high=number(parts[-1] if parts else None, unit, language),
    )
    return framed(told.removeprefix(". "), drawn, width, height)


def _parts(
    values: Sequence[float], place: Callable[[float], str], middle: float, look: Theme
) -> list[str]:
    if len(values) <= DOTS:
        end = f" {middle:g}h0"
        dots = "".join([f"M{place(value)}{end}" for value in values])
        more = 'stroke-linecap="round" stroke-opacity="0.5"'
        return [_path(dots, look.others, 6, more)]
    quarter = len(values) // 4
    whole = f"M{place(values[0])} {middle:g}H{place(values[-1])}"
    half = f"M{place(values[quarter])} {middle:g}H{place(values[-quarter - 1])}"
    return [_path(whole, look.others, 2), _path(half, look.others, 8)]


def _path(d: str, colour: str, width: int, more: str = "") -> str:
    return f'<path class="part" d="{d}" stroke="{colour}" stroke-width="{width}" {more}/>'


def framed(told: str, drawn: Sequence[str], width: int, height: int) -> str:
    """A small chart as SVG; `told` is what it says to those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="strip" role="img" '
        f'aria-label="{escape(told)}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" fill="none">{"".join(drawn)}</svg>'
    )
