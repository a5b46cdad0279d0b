"""Small charts of an index, as plain SVG: where a place stands among others, and how it moved.

Like `strips` they are for pages with many. `ranking` and `line` are the full charts of the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from samsyn.publish.charts.strips import HEIGHT, WIDTH, framed
from samsyn.publish.intervals import Figure
from samsyn.publish.numbers import number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import theme

EDGE: Final = 5  # pixels left free on each side
TALL: Final = 44  # of the small line

TEXTS: Final[Texts] = {
    "standing": {"sv": "{place} {value}", "en": "{place} {value}"},
    "interval": {"sv": " ({lower}–{upper})", "en": " ({lower}–{upper})"},
    "others": {
        "sv": ", bland {number} platser från {low} till {high}",
        "en": ", among {number} places from {low} to {high}",
    },
    "chance": {"sv": "; slumpen ensam ger {expected}", "en": "; chance alone gives {expected}"},
    "missing": {"sv": "Uppgift saknas", "en": "No figure"},
    "over": {
        "sv": "Från {first} {since} till {last} {until}",
        "en": "From {first} in {since} to {last} in {until}",
    },
}


def standing(
    figure: Figure,
    others: Sequence[float],
    expected: float | None,
    place: str,
    language: str = "sv",
    *,
    highest: float | None = None,
    dark: bool = False,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> str:
    """An index from 0 up: other places as faint dots, the place with its interval, chance a tick.

    With `highest` the axis ends there, so that several of them compare.
    """
    look = theme(dark)
    ends = [figure.value, figure.upper, expected, *others]
    top = highest or max((end for end in ends if end is not None), default=0.0) or 1.0
    across = (width - 2 * EDGE) / top
    middle = height / 2

    def x(value: float) -> str:
        inside = value if 0.0 <= value <= top else min(max(value, 0.0), top)
        return f"{EDGE + inside * across:.1f}"

    drawn = [f'<path class="axis" d="M{EDGE} {middle:g}H{width - EDGE}" stroke="{look.faint}"/>']
    if others:
        end = f" {middle:g}h0"
        dots = "".join([f"M{x(value)}{end}" for value in others])
        drawn.append(
            f'<path class="part" d="{dots}" stroke="{look.others}" stroke-width="6" '
            'stroke-linecap="round" stroke-opacity="0.35"/>'
        )
    if expected is not None:
        drawn.append(
            f'<path class="chance" d="M{x(expected)} {middle - 8:g}v16" stroke="{look.soft}" '
            'stroke-width="2" stroke-dasharray="3 2"/>'
        )
    if figure.sure:
        assert figure.lower is not None
        assert figure.upper is not None
        drawn.append(
            f'<path class="interval" d="M{x(figure.lower)} {middle:g}H{x(figure.upper)}" '
            f'stroke="{look.accent}" stroke-width="5" stroke-opacity="0.45"/>'
        )
    if figure.value is not None:
        drawn.append(
            f'<path class="place" d="M{x(figure.value)} {middle:g}h0" stroke="{look.accent}" '
            'stroke-width="11" stroke-linecap="round"/>'
        )
    return framed(_told(figure, others, expected, place, language), drawn, width, height)


def trace(
    periods: Sequence[str],
    figures: Sequence[Figure],
    language: str = "sv",
    *,
    dark: bool = False,
    width: int = WIDTH,
    height: int = TALL,
) -> str:
    """An index over time as a line with its interval as a band; years keep their distance."""
    look = theme(dark)
    known = [(p, f) for p, f in zip(periods, figures, strict=True) if f.value is not None]
    if not known:
        return framed(said(TEXTS, "missing", language), [], width, height)
    years = [int(p[:4]) if p[:4].isdecimal() else at for at, (p, _) in enumerate(known)]
    ends = [end for _, f in known for end in (f.value, f.lower, f.upper) if end is not None]
    low, high = min(ends), max(ends)
    across = (width - 2 * EDGE) / ((years[-1] - years[0]) or 1)
    along = (height - 2 * EDGE) / ((high - low) or 1.0)

    def at(year: int, value: float | None) -> str:
        assert value is not None
        return (
            f"{EDGE + (year - years[0]) * across:.1f} {height - EDGE - (value - low) * along:.1f}"
        )

    drawn = []
    sure = [(year, f) for year, (_, f) in zip(years, known, strict=True) if f.sure]
    if len(sure) > 1:
        upper = [at(year, f.upper) for year, f in sure]
        lower = [at(year, f.lower) for year, f in reversed(sure)]
        drawn.append(
            f'<path class="band" d="M{"L".join([*upper, *lower])}z" fill="{look.accent}" '
            'fill-opacity="0.2"/>'
        )
    line = [at(year, f.value) for year, (_, f) in zip(years, known, strict=True)]
    drawn.append(
        f'<path class="place" d="M{"L".join(line)}" stroke="{look.accent}" stroke-width="2"/>'
        f'<path class="place" d="M{line[-1]}h0" stroke="{look.accent}" stroke-width="7" '
        'stroke-linecap="round"/>'
    )
    (since, first), (until, last) = known[0], known[-1]
    told = said(
        TEXTS, "over", language, first=number(first.value, "index", language, 2),
        last=number(last.value, "index", language, 2), since=since, until=until,
    )  # fmt: skip
    return framed(told, drawn, width, height)


def _told(
    figure: Figure, others: Sequence[float], expected: float | None, place: str, language: str
) -> str:
    def shown(value: float | None) -> str:
        return number(value, "index", language, 2)

    if figure.value is None:
        return said(TEXTS, "missing", language)
    told = said(TEXTS, "standing", language, place=place, value=shown(figure.value))
    if figure.sure:
        told += said(
            TEXTS, "interval", language, lower=shown(figure.lower), upper=shown(figure.upper)
        )
    if others:
        low, high = shown(min(others)), shown(max(others))
        told += said(TEXTS, "others", language, number=len(others), low=low, high=high)
    if expected is not None:
        told += said(TEXTS, "chance", language, expected=shown(expected))
    return f"{told}."
