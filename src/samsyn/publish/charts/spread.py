"""How the parts of a place are spread: each a dot, with the place and those above it marked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import polars as pl

from samsyn.publish.about import About
from samsyn.publish.charts.chart import (
    Chart,
    by_area,
    data,
    headings,
    require_rows,
    specification,
    unit_of,
    with_columns_of,
)
from samsyn.publish.charts.swarm import levels, swarm
from samsyn.publish.numbers import axis_format, axis_title, number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import AXIS, STEP, TEXT, WIDTH, Theme, theme

DOTS: Final = 400  # of more parts than these a histogram is drawn
DOT: Final = 9.0  # pixels that a dot takes
BINS: Final = 30
KEPT: Final = 128  # swarms of dots, of some kilobytes each
TALL: Final = 140  # pixels of a histogram, and the most that a swarm takes upwards

TEXTS: Final[Texts] = {
    "between": {
        "sv": "{parts} {kind} går från {low} ({lowest}) till {high} ({highest}); hälften ligger "
        "mellan {first} och {third}.",
        "en": "{parts} {kind} go from {low} ({lowest}) to {high} ({highest}); half of them lie "
        "between {first} and {third}.",
    },
    "few": {
        "sv": "{parts} {kind} går från {low} ({lowest}) till {high} ({highest}).",
        "en": "{parts} {kind} go from {low} ({lowest}) to {high} ({highest}).",
    },
    "one": {"sv": "{lowest}: {low}.", "en": "{lowest}: {low}."},
    "marks": {"sv": "Märkta: {figures}.", "en": "Marked: {figures}."},
    "none": {"sv": "Inget område har någon uppgift.", "en": "No area has a figure."},
    "missing": {
        "sv": "Uppgift saknas för {missing} av områdena.",
        "en": "The figure is missing for {missing} of the areas.",
    },
    "number": {"sv": "Antal områden", "en": "Number of areas"},
    "kind": {"sv": "områden", "en": "areas"},
}
# What is said of municipalities in place of areas.
MUNICIPALITIES: Final[Texts] = {
    "none": {"sv": "Ingen kommun har någon uppgift.", "en": "No municipality has a figure."},
    "missing": {
        "sv": "Uppgift saknas för {missing} av kommunerna.",
        "en": "The figure is missing for {missing} of the municipalities.",
    },
    "number": {"sv": "Antal kommuner", "en": "Number of municipalities"},
    "kind": {"sv": "kommuner", "en": "municipalities"},
}


def spread(
    parts: pl.DataFrame,
    about: About,
    *,
    context: pl.DataFrame | None = None,
    highlight: tuple[str, ...] = (),
    dark: bool = False,
    width: int = WIDTH,
    height: int | None = None,
) -> Chart:
    """Every part's value as a dot on one axis, or as a histogram where there are many.

    `parts` are the values of the parts in one period, `context` those of the place itself and of
    county and country, the place first: they are marked with a line and their name. `highlight`
    are parts that are drawn in the accent colour and named. Parts without a value are not drawn;
    the caption says how many they are.
    """
    unit, language, look = unit_of(parts), about.language, theme(dark)
    frame = with_columns_of(
        by_area(require_rows(parts, "frame of parts"), language), status=pl.String
    )
    known = frame.drop_nulls("value").sort("value")
    marks = [] if context is None else by_area(context, language).drop_nulls("value").to_dicts()
    table = frame.sort("value", descending=True, nulls_last=True).select(
        "name", "period", "value", "status"
    )
    return Chart(
        draw=lambda width: specification(
            _drawn(known, marks, highlight, unit, look, language, width, height), look, language
        ),
        title=about.title,
        caption=_caption(known, frame.height, marks, unit, language, _texts(frame)),
        table=table,
        about=about,
        headings=headings(language, "name", "period", "value"),
        units={"value": unit or ""},
        look=look,
        width=width,
        tall=lambda width: _tall(known, marks, highlight, unit, language, width, height),
    )


def _drawn(
    known: pl.DataFrame,
    marks: list[dict[str, Any]],
    highlight: tuple[str, ...],
    unit: str | None,
    look: Theme,
    language: str,
    width: int,
    height: int | None,
) -> Any:
    import altair as alt

    domain = _domain(known, marks)
    x = alt.X(
        "value:Q",
        title=axis_title(unit, language),
        scale=alt.Scale(domain=domain, nice=False, zero=False),
        axis=alt.Axis(format=axis_format(unit), tickCount=6),
    )
    if known.height > DOTS:
        height = height or TALL
        layers = _histogram(known, domain, x, look, language)
    else:
        offsets = _offsets(known, domain, width, height)
        height = height or _height(offsets, highlight)
        layers = _dots(known, offsets, highlight, x, look, height)
    layers += _marks(marks, domain, x, unit, look, language, height)
    return alt.layer(*layers).properties(width=width, height=height)


def _domain(known: pl.DataFrame, marks: list[dict[str, Any]]) -> list[float]:
    values = [*known["value"].to_list(), *(mark["value"] for mark in marks)] or [0.0, 1.0]
    low, high = min(values), max(values)
    room = (high - low or abs(high) or 1) * 0.03
    return [low if low == 0 else low - room, high + room]


def _offsets(
    known: pl.DataFrame, domain: list[float], width: int, height: int | None
) -> Sequence[float]:
    scale = width / (domain[1] - domain[0])
    reach = (height or 2 * TALL) / 2 - DOT
    return _swarm(tuple((value - domain[0]) * scale for value in known["value"].to_list()), reach)


@lru_cache(KEPT)
def _swarm(at: tuple[float, ...], reach: float) -> tuple[float, ...]:
    """Where the dots go: a page asks for how high they are, and then their picture for all."""
    return tuple(swarm(at, DOT, reach))


def _height(offsets: Sequence[float], highlight: tuple[str, ...]) -> int:
    room = 8 if highlight else 5  # names stand below the dots
    return round(2 * max(map(abs, offsets), default=0.0) + room * DOT)


def _tall(
    known: pl.DataFrame,
    marks: list[dict[str, Any]],
    highlight: tuple[str, ...],
    unit: str | None,
    language: str,
    width: int,
    height: int | None,
) -> float:
    """How high the dots are with their axis, and with the names above them."""
    own = height or TALL
    if height is None and known.height <= DOTS:
        own = _height(_offsets(known, _domain(known, marks), width, None), highlight)
    title = STEP if axis_title(unit, language) else 0
    return own + 16 * len(marks) + AXIS + title


def _dots(
    known: pl.DataFrame,
    offsets: Sequence[float],
    highlight: tuple[str, ...],
    x: Any,
    look: Theme,
    height: int,
) -> list[Any]:
    """A swarm: dots beside each other where they would lie on each other."""
    import altair as alt

    rows = [
        {
            "value": row["value"], "name": row["name"], "off": off,
            "chosen": row["area"] in highlight,
        }
        for row, off in zip(known.to_dicts(), offsets, strict=True)
    ]  # fmt: skip
    y = alt.Y("off:Q", axis=None, scale=alt.Scale(domain=[-height / 2, height / 2], nice=False))
    colour = alt.condition("datum.chosen", alt.value(look.accent), alt.value(look.others))
    dots = (
        alt.Chart(data(rows))
        .mark_circle(size=DOT * DOT * 0.66, opacity=0.85, stroke=look.background, strokeWidth=0.5)
        .encode(x=x, y=y, color=colour, description="name:N")
    )
    named = [row for row in rows if row["chosen"]]
    if not named:
        return [dots]
    base = alt.Chart(data(named))
    lead = base.mark_rule(color=look.accent, strokeWidth=1).encode(
        x=x, y=y, y2=alt.value(height - 14)
    )
    labels = base.mark_text(fontSize=TEXT - 1, color=look.accent).encode(
        x=x, y=alt.value(height - 7), text="name:N"
    )
    return [lead, dots, labels]


def _histogram(
    known: pl.DataFrame, domain: list[float], x: Any, look: Theme, language: str
) -> list[Any]:
    import altair as alt

    title = said(_texts(known), "number", language)
    step = (domain[1] - domain[0]) / BINS
    counts: dict[int, int] = {}
    for value in known["value"]:
        at = min(int((value - domain[0]) / step), BINS - 1)
        counts[at] = counts.get(at, 0) + 1
    rows = [
        {"value": domain[0] + at * step, "until": domain[0] + (at + 1) * step, "areas": number}
        for at, number in sorted(counts.items())
    ]
    bars = (
        alt.Chart(data(rows))
        .mark_bar(color=look.others, stroke=look.background, strokeWidth=1)
        .encode(
            x=x,
            x2="until:Q",
            y=alt.Y("areas:Q", title=title, axis=alt.Axis(tickCount=4)),
            y2=alt.Y2Datum(0),
        )
    )
    return [bars]


def _marks(
    marks: list[dict[str, Any]],
    domain: list[float],
    x: Any,
    unit: str | None,
    look: Theme,
    language: str,
    height: int,
) -> list[Any]:
    """A line for each place of the context, its name above, each name on a line of its own."""
    import altair as alt

    placed, leftwards = levels([mark["value"] for mark in marks], sum(domain) / 2)
    rows = [
        {
            "value": mark["value"], "first": at == 0, "level": -16 * level + 6,
            "said": f"{mark['name']} {number(mark['value'], unit, language)}",
        }
        for at, (mark, level) in enumerate(zip(marks, placed, strict=True))
    ]  # fmt: skip
    layers: list[Any] = []
    for row in rows:
        one = alt.Chart(data([row]))
        colour = look.accent if row["first"] else look.ink
        layers += [
            one.mark_rule(
                color=colour, strokeWidth=2.5 if row["first"] else 1.2,
                strokeDash=[1, 0] if row["first"] else [4, 3],
            ).encode(x=x, y=alt.value(row["level"]), y2=alt.value(height)),
            one.mark_text(
                align="right" if leftwards else "left", baseline="middle",
                dx=-5 if leftwards else 5, color=colour,
                fontSize=TEXT, fontWeight=600 if row["first"] else "normal",
            ).encode(x=x, y=alt.value(row["level"]), text="said:N"),
        ]  # fmt: skip
    return layers


def _texts(parts: pl.DataFrame) -> Texts:
    """What is said of parts of their kind."""
    municipal = parts["area"].str.starts_with("municipality/").any()
    return {**TEXTS, **MUNICIPALITIES} if municipal else TEXTS


def _caption(
    known: pl.DataFrame,
    parts: int,
    marks: list[dict[str, Any]],
    unit: str | None,
    language: str,
    texts: Texts,
) -> str:
    if known.is_empty():
        return said(texts, "none", language)
    quarter = [known["value"].quantile(q, "linear") for q in (0.25, 0.75)]
    name = "one" if known.height == 1 else "between" if known.height >= 8 else "few"
    told = [
        said(
            texts,
            name,
            language,
            kind=said(texts, "kind", language),
            parts=number(known.height, "persons", language),
            low=number(known["value"][0], unit, language),
            lowest=known["name"][0],
            high=number(known["value"][-1], unit, language),
            highest=known["name"][-1],
            first=number(quarter[0], unit, language),
            third=number(quarter[1], unit, language),
        )
    ]
    if marks:
        figures = ", ".join(f"{m['name']} {number(m['value'], unit, language)}" for m in marks)
        told.append(said(TEXTS, "marks", language, figures=figures))
    if parts > known.height:
        missing = number(parts - known.height, "persons", language)
        told.append(said(texts, "missing", language, missing=missing))
    return " ".join(told)
