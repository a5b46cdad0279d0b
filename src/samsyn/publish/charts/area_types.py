"""How many people live in areas of each type, both ends in colours of equal weight."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from samsyn.publish.about import About
from samsyn.publish.charts.chart import Chart, data, headings, require_rows, specification
from samsyn.publish.numbers import axis_format, number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import AXIS, TEXT, WIDTH, Theme, theme

NAMES: Final[Texts] = {
    "1": {"sv": "1 stora utmaningar", "en": "1 great challenges"},
    "2": {"sv": "2 utmaningar", "en": "2 challenges"},
    "3": {"sv": "3 blandade", "en": "3 mixed"},
    "4": {"sv": "4 goda förutsättningar", "en": "4 good conditions"},
    "5": {"sv": "5 mycket goda förutsättningar", "en": "5 very good conditions"},
}
ROW: Final = 30  # pixels of a bar and what is around it

TEXTS: Final[Texts] = {
    "people": {
        "sv": "{first} av invånarna bor i områden av typ 1, med stora socioekonomiska utmaningar, "
        "och {last} i områden av typ 5, med mycket goda förutsättningar.",
        "en": "{first} of the residents live in areas of type 1, with great socioeconomic "
        "challenges, and {last} in areas of type 5, with very good conditions.",
    },
    "areas": {
        "sv": "{first} av områdena är av typ 1, med stora socioekonomiska utmaningar, och {last} "
        "av typ 5, med mycket goda förutsättningar. Hur många som bor där är inte känt.",
        "en": "{first} of the areas are of type 1, with great socioeconomic challenges, and {last} "
        "of type 5, with very good conditions. How many live there is not known.",
    },
    "uncertain": {
        "sv": "Typen är osäker för {uncertain} av {number} områden.",
        "en": "The type is uncertain for {uncertain} of {number} areas.",
    },
}


def area_types(
    types: pl.DataFrame, about: About, *, dark: bool = False, width: int = WIDTH - 200
) -> Chart:
    """People in areas of each type, one bar for each, from the great challenges at the top.

    `types` are rows as `wording.people_by_type` gives them, of one period. Where people are not
    known the bars count areas.
    """
    language, look = about.language, theme(dark)
    require_rows(types, "frame of area types")
    table = by_type(types).with_columns(
        type=pl.Series([said(NAMES, str(n), language) for n in range(1, 6)])
    )
    counted = table["people"].null_count() == 0
    measure = "people" if counted else "areas"
    uncertain = int(types["uncertain"].fill_null(False).sum())
    caption = said(
        TEXTS,
        "people" if counted else "areas",
        language,
        first=number(table["share"][0], "share", language),
        last=number(table["share"][4], "share", language),
    )
    if uncertain:
        told = said(TEXTS, "uncertain", language, uncertain=uncertain, number=types.height)
        caption = f"{caption} {told}"
    return Chart(
        draw=lambda width: specification(
            _drawn(table, measure, look, language, width), look, language
        ),
        title=about.title,
        caption=caption,
        table=table,
        about=about,
        headings=headings(language, "type", "areas", *(["people"] if counted else []), "share"),
        units={"people": "persons", "areas": "persons", "share": "share"},
        look=look,
        width=width,
        tall=lambda width: len(NAMES) * ROW + AXIS,
    )


def by_type(types: pl.DataFrame) -> pl.DataFrame:
    """Areas, people and their share of each type, all five whether there are any or not.

    People are null where those of one area are not known; the share is of areas then.
    """
    known = types["people"].null_count() == 0
    counted = types.group_by(pl.col("type").cast(pl.Int64)).agg(
        areas=pl.len().cast(pl.Int64), people=pl.col("people").sum()
    )
    table = (
        pl.DataFrame({"type": range(1, 6)})
        .join(counted, on="type", how="left", maintain_order="left")
        .with_columns(areas=pl.col("areas").fill_null(0), people=pl.col("people").fill_null(0.0))
    )
    if not known:
        table = table.with_columns(people=pl.lit(None, pl.Float64))
    measure = pl.col("people") if known else pl.col("areas")
    return table.with_columns(share=measure / measure.sum())


def _drawn(table: pl.DataFrame, measure: str, look: Theme, language: str, width: int) -> Any:
    import altair as alt

    rows = [
        {
            "type": row["type"], "value": row[measure],
            "said": f"{number(row[measure], 'persons', language)} "
            f"({number(row['share'], 'share', language)})",
        }
        for row in table.to_dicts()
    ]  # fmt: skip
    names = table["type"].to_list()
    base = alt.Chart(data(rows))
    y = alt.Y("type:N", title=None, sort=None, axis=alt.Axis(grid=False))
    x = alt.X(
        "value:Q",
        title=None,
        axis=alt.Axis(
            format=axis_format(None),
            tickCount=max(2, width // 110),
            labelOverlap=True,
            labelSeparation=24,
        ),
    )
    colour = alt.Color(
        "type:N", legend=None, scale=alt.Scale(domain=names, range=list(look.area_types))
    )
    bars = base.mark_bar(size=20, stroke=look.soft, strokeWidth=0.5).encode(y=y, x=x, color=colour)
    labels = base.mark_text(align="left", dx=6, fontSize=TEXT, color=look.ink).encode(
        y=y, x=x, text="said:N"
    )
    return alt.layer(bars, labels).properties(width=width, height=alt.Step(ROW))
