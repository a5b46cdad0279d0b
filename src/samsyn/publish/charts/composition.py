"""What a place is composed of: the shares of a grouping's groups, one bar for each place."""

from __future__ import annotations

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
)
from samsyn.publish.numbers import number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import AXIS, LETTER, TEXT, WIDTH, Theme, theme
from samsyn.statistics.indicators import Grouping, groupings

ROOM: Final = 36  # pixels: a narrower part of the bar has no room for its number
ROW: Final = 36  # of a bar and what is around it
LINE: Final = 16  # of a line of the legend

TEXTS: Final[Texts] = {
    "most": {
        "sv": "{place}: {figures}.",
        "en": "{place}: {figures}.",
    },
    "missing": {
        "sv": "För {places} saknas uppgift om någon av grupperna.",
        "en": "For {places} the figure of a group is missing.",
    },
}


def composition(
    counts: pl.DataFrame, about: About, *, dark: bool = False, width: int = WIDTH - 80
) -> Chart:
    """Shares of the groups of one grouping in one period, a bar for each place.

    `counts` are rows as `Release.counts` gives them, the places in the order of the bars. Groups
    that stand beside the composition (unknown) are left out. A place that lacks a group's count has
    no bar and says so: what is left of a composition is not the composition.
    """
    language, look = about.language, theme(dark)
    frame = by_area(require_rows(counts, "frame of counts"), language)
    told = groupings()[str(frame["grouping"][0])]
    table = _shares(frame, told, language)
    names = frame["name"].unique(maintain_order=True).to_list()
    return Chart(
        draw=lambda width: specification(
            _drawn(table, names, told, look, language, width), look, language
        ),
        title=about.title,
        caption=_caption(table, names, language),
        table=table.drop("code", "from", "until"),
        about=about,
        headings=headings(language, "name", "group", "period", "count", "share"),
        units={"count": "persons", "share": "share"},
        look=look,
        width=width,
        tall=lambda width: _tall(table, names, width),
    )


def _shares(frame: pl.DataFrame, told: Grouping, language: str) -> pl.DataFrame:
    order = {name: at for at, name in enumerate(told.groups)}
    places = frame.get_column("name").unique(maintain_order=True).to_list()
    label = {name: told.labels[name][language] for name in told.groups}
    known = pl.col("count").is_not_null().all().over("area") & (
        pl.len().over("area") == len(told.groups)
    )
    share = pl.when(known).then(pl.col("count") / pl.col("count").sum().over("area"))
    return (
        frame.filter(pl.col("group").is_in(list(told.groups)))
        .with_columns(
            at=pl.col("group").replace_strict(order),
            place=pl.col("name").replace_strict(places, range(len(places))),
        )
        .sort("place", "at")
        .with_columns(share=share, code=pl.col("group"))
        .with_columns(until=pl.col("share").cum_sum().over("area"))
        .with_columns(
            group=pl.col("group").replace_strict(label),
            **{"from": pl.col("until") - pl.col("share")},
        )
        .select("name", "group", "period", "count", "share", "status", "code", "from", "until")
    )


def colours(told: Grouping, look: Theme) -> list[str]:
    """A colour for each group: a scale where they have an order, else apart from each other."""
    number_of = len(told.groups)
    if not told.ordered:
        return [look.series[at % len(look.series)] for at in range(number_of)]
    if number_of == 2:
        return [look.sequential[1], look.sequential[3]]
    step = (len(look.sequential) - 1) / (number_of - 1)
    return [look.sequential[round(at * step)] for at in range(number_of)]


def _drawn(
    table: pl.DataFrame,
    names: list[str],
    told: Grouping,
    look: Theme,
    language: str,
    width: int,
) -> Any:
    import altair as alt

    labels = [told.labels[name][language] for name in told.groups]
    palette = colours(told, look)
    rows = [
        {
            "name": row["name"], "group": row["group"], "share": row["share"],
            "from": row["from"], "until": row["until"], "middle": (row["from"] + row["until"]) / 2,
            "said": _share(row["share"], width, language),
            "ink": ink_on(palette[told.groups.index(row["code"])]),
        }
        for row in table.to_dicts()
        if row["share"] is not None
    ]  # fmt: skip
    base = alt.Chart(data(rows))
    y = alt.Y(
        "name:N", title=None, sort=None, scale=alt.Scale(domain=names), axis=alt.Axis(grid=False)
    )
    x = alt.X(
        "from:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format=",~%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    first = [row for row in rows if row["name"] == rows[0]["name"]]
    roomy = _roomy(first, width)
    legend = alt.Legend(
        title=None, orient="bottom", columns=_columns(width), symbolType="square",
        labelLimit=260, offset=8,
    )  # fmt: skip
    colour = alt.Color(
        "group:N",
        scale=alt.Scale(domain=labels, range=palette),
        legend=None if roomy else legend,
    )
    bars = base.mark_bar(size=24, stroke=look.background, strokeWidth=1).encode(
        y=y, x=x, x2="until:Q", color=colour
    )
    inks = base.mark_text(fontSize=TEXT).encode(
        y=y,
        x=alt.X("middle:Q", title=None),
        text="said:N",
        color=alt.Color("ink:N", scale=None),
    )
    layers = [bars, inks]
    if roomy:  # the names stand above the first bar, and no legend is needed
        heads = alt.Chart(data(first)).mark_text(align="left", dy=-22, fontSize=TEXT)
        layers.append(heads.encode(y=y, x=x, text="group:N"))
    return alt.layer(*layers).properties(width=width, height=alt.Step(ROW))


def _share(share: float, width: int, language: str) -> str:
    return number(share, "share", language, 0) if share * width >= ROOM else ""


def _roomy(bars: list[dict[str, Any]], width: int) -> bool:
    """Whether each group's name has room above its part of a bar."""
    return all(len(bar["group"]) * TEXT * LETTER < bar["share"] * width - 6 for bar in bars)


def _columns(width: int) -> int:
    """In how many columns the legend stands."""
    return max(1, min(3, width // 130))


def _tall(table: pl.DataFrame, names: list[str], width: int) -> float:
    """How high the bars are with their axis, and with the legend where there is one."""
    told = table.drop_nulls("share")
    first = told.filter(pl.col("name") == told["name"][0]).to_dicts() if told.height else []
    groups = len(first) or table["group"].n_unique()
    legend = 0 if _roomy(first, width) else 12 + LINE * -(-groups // _columns(width))
    return len(names) * ROW + AXIS + legend


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on the colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def _caption(table: pl.DataFrame, names: list[str], language: str) -> str:
    told: list[str] = []
    lacking: list[str] = []
    for name in names:
        own = table.filter(pl.col("name") == name)
        if own["share"].null_count():
            lacking.append(name)
        elif not told:
            figures = [
                f"{row['group']} {number(row['share'], 'share', language)}"
                for row in own.sort("share", descending=True).iter_rows(named=True)
            ]
            told.append(said(TEXTS, "most", language, place=name, figures=", ".join(figures)))
    if lacking:
        told.append(said(TEXTS, "missing", language, places=", ".join(lacking)))
    return " ".join(told)
