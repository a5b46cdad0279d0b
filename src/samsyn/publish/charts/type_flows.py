"""How areas went between the five types from one period to another, as bands between two bars."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from samsyn.publish.about import About
from samsyn.publish.charts.area_types import NAMES
from samsyn.publish.charts.chart import Chart, data, headings, require_rows, specification
from samsyn.publish.numbers import number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import TEXT, Theme, theme

TYPES: Final = range(1, 6)
WIDTH, TALL = 300, 320
HEAD: Final = 24  # pixels of the periods above
# Where there is less room than this beside the names, types are told by their numbers alone.
NARROW, ALONE = 150, 250
GAP: Final = 0.025  # between types, of the whole height
STEPS: Final = 16  # points of a band's edge
BAR: Final = 0.03  # how wide the bars are, of the whole width

TEXTS: Final[Texts] = {
    "moved": {
        "sv": "Av {areas} områden har {same} samma typ {until} som {since}. {down} har gått mot "
        "typ 1, större utmaningar, och {up} mot typ 5, bättre förutsättningar.",
        "en": "Of {areas} areas {same} have the same type in {until} as in {since}. {down} have "
        "gone towards type 1, greater challenges, and {up} towards type 5, better conditions.",
    },
    "from": {"sv": "Typ {since}", "en": "Type in {since}"},
    "to": {"sv": "Typ {until}", "en": "Type in {until}"},
}


def type_flows(
    pairs: pl.DataFrame, since: str, until: str, about: About, *, dark: bool = False
) -> Chart:
    """Areas by their type in one period and in another, a band for each pair of types.

    `pairs` has a row for each area, with `before` and `after`, its types, and `people` in the
    later period (null where not known). Bands have the colour of the type that areas left.
    """
    language, look = about.language, theme(dark)
    require_rows(pairs, "frame of pairs of types")
    table = flows(pairs)
    named = {one: said(NAMES, str(one), language) for one in TYPES}
    told = {
        "before": said(TEXTS, "from", language, since=since),
        "after": said(TEXTS, "to", language, until=until),
        **headings(language, "areas", "people"),
    }
    return Chart(
        draw=lambda width: specification(
            _drawn(table, since, until, look, language, width), look, language
        ),
        title=about.title,
        caption=_caption(table, since, until, language),
        table=table.with_columns(
            pl.Series(name, [named[one] for one in table[name]], dtype=pl.String)
            for name in ("before", "after")
        ),
        about=about,
        headings=told,
        units={"areas": "persons", "people": "persons"},
        look=look,
        width=WIDTH,
        tall=lambda width: TALL + HEAD,
    )


def flows(pairs: pl.DataFrame) -> pl.DataFrame:
    """How many areas and people there are for each pair of types that occurs."""
    people = pl.col("people")
    return (
        pairs.group_by(pl.col("before").cast(pl.Int64), pl.col("after").cast(pl.Int64))
        .agg(
            areas=pl.len().cast(pl.Int64),
            people=pl.when(people.null_count() == 0).then(people.sum()),
        )
        .sort("before", "after")
    )


def _caption(table: pl.DataFrame, since: str, until: str, language: str) -> str:
    def count(rows: pl.Expr) -> str:
        return number(int(table.filter(rows)["areas"].sum()), "persons", language)

    before, after = pl.col("before"), pl.col("after")
    return said(
        TEXTS,
        "moved",
        language,
        areas=count(pl.lit(True)),
        same=count(before == after),
        down=count(after < before),
        up=count(after > before),
        since=since,
        until=until,
    )


def _bars(table: pl.DataFrame, side: str) -> dict[int, tuple[float, float]]:
    """Where each type's bar begins and ends on a side, counted from the top, of 1 in all."""
    whole = float(table["areas"].sum())
    counted = dict(table.group_by(side).agg(pl.col("areas").sum()).iter_rows())
    found, top = {}, 0.0
    for one in TYPES:
        high = counted.get(one, 0) / whole * (1 - 4 * GAP)
        found[one] = (top, top + high)
        top += high + GAP
    return found


def _drawn(
    table: pl.DataFrame, since: str, until: str, look: Theme, language: str, width: int
) -> Any:
    import altair as alt

    alone = width < NARROW

    left, right = _bars(table, "before"), _bars(table, "after")
    scale = (1 - 4 * GAP) / float(table["areas"].sum())
    starts, ends = ({one: bars[one][0] for one in TYPES} for bars in (left, right))
    bands: list[Mapping[str, Any]] = []
    for before, after, areas, _people in table.iter_rows():
        high = areas * scale
        start, end = starts[before], ends[after]
        starts[before] += high
        ends[after] += high
        for step in range(STEPS + 1):
            along = step / STEPS
            # An edge that leaves and comes level.
            bend = (1 - math.cos(math.pi * along)) / 2
            top = start + (end - start) * bend
            bands.append(
                {
                    "x": BAR + along * (1 - 2 * BAR), "top": top, "low": top + high,
                    "flow": f"{before}-{after}", "type": before,
                }
            )  # fmt: skip
    bars = [
        {"x": x, "x2": x + BAR, "top": top, "low": low, "type": one}
        for x, sides in ((0.0, left), (1 - BAR, right))
        for one, (top, low) in sides.items()
        if low > top
    ]
    y = alt.Scale(domain=[1, 0], nice=False)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    colour = alt.Color(
        "type:O", legend=None, scale=alt.Scale(domain=list(TYPES), range=list(look.area_types))
    )
    layers: list[Any] = [
        alt.Chart(data(bands))
        .mark_area(opacity=0.6, stroke=look.soft, strokeWidth=0.3)
        .encode(
            x=x, y=alt.Y("top:Q", axis=None, scale=y), y2="low:Q", detail="flow:N", color=colour
        ),
        alt.Chart(data(bars))
        .mark_rect(stroke=look.soft, strokeWidth=0.5, opacity=1)
        .encode(x=x, x2="x2:Q", y=alt.Y("top:Q", axis=None, scale=y), y2="low:Q", color=colour),
    ]
    for side, at, told in ((left, 0.0, since), (right, 1.0, until)):
        first = at == 0
        rows = _labels(table, side, at, "before" if first else "after", language, alone=alone)
        names, period = alt.Chart(data(rows)), alt.Chart(data([{"x": at, "said": told}]))
        layers += [
            names.mark_text(
                align="right" if first else "left", dx=-6 if first else 6, fontSize=TEXT,
                color=look.ink,
            ).encode(x=x, y=alt.Y("at:Q", axis=None, scale=y), text="said:N"),
            period.mark_text(
                align="left" if first else "right", fontSize=TEXT, fontWeight=600, color=look.ink
            ).encode(x=x, y=alt.value(-12), text="said:N"),
        ]  # fmt: skip
    return alt.layer(*layers).properties(width=ALONE if alone else width, height=TALL)


def _labels(
    table: pl.DataFrame,
    bars: Mapping[int, tuple[float, float]],
    at: float,
    side: str,
    language: str,
    *,
    alone: bool,
) -> list[Mapping[str, Any]]:
    """What the types are called with their number of areas, moved apart."""
    from samsyn.publish.charts.chart import apart

    counted = dict(table.group_by(side).agg(pl.col("areas").sum()).iter_rows())
    there = [one for one in TYPES if counted.get(one)]
    middles = apart([sum(bars[one]) / 2 for one in there], 16 / TALL)
    return [
        {
            "x": at, "at": middle,
            "said": f"{one if alone else said(NAMES, str(one), language)}: "
            f"{number(counted[one], 'persons', language)}",
        }
        for one, middle in zip(there, middles, strict=True)
    ]  # fmt: skip
