"""The five area types over time: the share of people in each, the ends at the edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.about import About
from samsyn.publish.charts.area_types import NAMES, by_type
from samsyn.publish.charts.chart import Chart, data, headings, require_rows, specification
from samsyn.publish.numbers import axis_format, number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import TEXT, WIDTH, Theme, theme

TYPES: Final = range(1, 6)
TALL: Final = 260
AXIS: Final = 26  # pixels of the periods below

TEXTS: Final[Texts] = {
    "people": {
        "sv": "Andelen av invånarna som bor i områden av typ 1 var {first_then} {since} och "
        "{first} {until}; i områden av typ 5 var den {last_then} och {last}.",
        "en": "The share of residents in areas of type 1 was {first_then} in {since} and {first} "
        "in {until}; in areas of type 5 it was {last_then} and {last}.",
    },
    "areas": {
        "sv": "Andelen av områdena som är av typ 1 var {first_then} {since} och {first} {until}; "
        "av typ 5 var den {last_then} och {last}.",
        "en": "The share of areas of type 1 was {first_then} in {since} and {first} in {until}; of "
        "type 5 it was {last_then} and {last}.",
    },
}


def type_course(
    types: pl.DataFrame, about: About, *, dark: bool = False, width: int = WIDTH - 120
) -> Chart:
    """How the people of a place are divided between the types in each period, a bar for each.

    `types` are rows as `wording.people_by_type` gives them, of several periods. Where people are
    not known in some area of a period the bars count areas, in all periods.
    """
    language, look = about.language, theme(dark)
    require_rows(types, "frame of area types")
    table = shares(types)
    periods = table["period"].unique().sort().to_list()
    if len(periods) < 2:
        raise InputError("A course needs at least two periods")
    table = table.with_columns(
        name=pl.Series([said(NAMES, str(one), language) for one in table["type"]], dtype=pl.String)
    )
    return Chart(
        draw=lambda width: specification(_drawn(table, look, language, width), look, language),
        title=about.title,
        caption=_caption(table, periods, language),
        table=table.select("period", type="name", areas="areas", people="people", share="share"),
        about=about,
        headings=headings(language, "period", "type", "areas", "people", "share"),
        units={"areas": "persons", "people": "persons", "share": "share"},
        look=look,
        width=width,
        tall=lambda width: TALL + AXIS,
    )


def shares(types: pl.DataFrame) -> pl.DataFrame:
    """Areas, people and share of each type in each period, all five in every one."""
    counted = types["people"].null_count() == 0
    rows = types if counted else types.with_columns(people=pl.lit(None, pl.Float64))
    return pl.concat(
        by_type(part).with_columns(period=pl.lit(period))
        for (period,), part in sorted(rows.partition_by("period", as_dict=True).items())
    )


def _caption(table: pl.DataFrame, periods: list[str], language: str) -> str:
    ends = {
        (period, one): number(share, "share", language)
        for period, one, share in table.select("period", "type", "share").iter_rows()
    }
    since, until = periods[0], periods[-1]
    return said(
        TEXTS,
        "areas" if table["people"].null_count() else "people",
        language,
        first_then=ends[since, 1],
        first=ends[until, 1],
        last_then=ends[since, 5],
        last=ends[until, 5],
        since=since,
        until=until,
    )


def _drawn(table: pl.DataFrame, look: Theme, language: str, width: int) -> Any:
    import altair as alt

    rows = table.select("period", "type", "name", "share").to_dicts()
    x = alt.X(
        "period:O", title=None,
        scale=alt.Scale(paddingInner=0.18, paddingOuter=0.05),
        axis=alt.Axis(grid=False, labelAngle=0, labelOverlap="parity", labelSeparation=10),
    )  # fmt: skip
    # Type 1 stands at the top and type 5 at the bottom: both ends keep an edge to be read from.
    bars = (
        alt.Chart(data(rows))
        .mark_bar(stroke=look.soft, strokeWidth=0.4)
        .encode(
            x=x,
            y=alt.Y(
                "share:Q", title=None, stack="zero", scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=axis_format("share"), tickCount=5),
            ),
            order=alt.Order("type:Q", sort="descending"),
            color=alt.Color(
                "type:O", legend=None,
                scale=alt.Scale(domain=list(TYPES), range=list(look.area_types)),
            ),
        )
    )  # fmt: skip
    labels = (
        alt.Chart(data(_labels(table, language)))
        .mark_text(align="left", fontSize=TEXT, color=look.ink)
        .encode(
            x=alt.value(width + 8),
            y=alt.Y("at:Q", title=None, scale=alt.Scale(domain=[0, 1])),
            text="said:N",
        )
    )
    return alt.layer(bars, labels).properties(width=width, height=TALL)


def _labels(table: pl.DataFrame, language: str) -> list[Mapping[str, Any]]:
    """The names of the types beside the last bar, moved apart."""
    from samsyn.publish.charts.chart import apart

    last = table.filter(pl.col("period") == table["period"].max()).sort("type", descending=True)
    middles, below = [], 0.0
    for share in last["share"].fill_null(0.0).fill_nan(0.0):
        middles.append(below + share / 2)
        below += share
    placed = apart(middles, 16 / TALL)
    return [
        {"at": min(max(at, 0.02), 0.98), "said": f"{name} {number(share, 'share', language)}"}
        for at, name, share in zip(placed, last["name"], last["share"], strict=True)
    ]
