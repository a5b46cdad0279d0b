"""The same index on areas of several sizes, with its interval and what chance alone would give."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.about import About
from samsyn.publish.charts.chart import (
    Chart,
    by_area,
    data,
    headings,
    require_rows,
    specification,
    with_columns_of,
)
from samsyn.publish.intervals import Figure
from samsyn.publish.numbers import number
from samsyn.publish.texts import Texts, capital, said
from samsyn.publish.theme import AXIS, TEXT, WIDTH, Theme, theme
from samsyn.statistics.indicators import LEVEL_NAMES

ORDER: Final = ("deso", "regso", "municipality")
PLACES: Final = 5
ROW: Final = 28  # pixels of a value and what is around it

TEXTS: Final[Texts] = {
    "scale": {
        "sv": "{place}: {figures}. Ju mindre områden, desto mer syns av hur ojämnt människor bor; "
        "värden på olika stora områden går inte att jämföra med varandra.",
        "en": "{place}: {figures}. The smaller the areas, the more is seen of how unevenly people "
        "live; values on areas of different size do not compare with each other.",
    },
    "one": {"sv": "{place}: {figures}.", "en": "{place}: {figures}."},
    "on": {"sv": "{value} på {units}", "en": "{value} on {units}"},
    "chance": {
        "sv": "Strecket är vad slumpen ensam ger.",
        "en": "The tick is what chance alone gives.",
    },
    "municipality": {"sv": "kommuner", "en": "municipalities"},
}


def scales(
    indices: pl.DataFrame, about: About, *, dark: bool = False, width: int = WIDTH - 120
) -> Chart:
    """An index of one place, or of a few, on DeSO, RegSO and municipalities, as far as there is.

    `indices` are rows as `Release.indices` gives them, of one index, group and period. The dot is
    the value, the line its interval and the tick what chance alone would give.
    """
    language, look = about.language, theme(dark)
    frame = with_columns_of(
        by_area(require_rows(indices, "frame of indices"), language),
        lower=pl.Float64, upper=pl.Float64, expected=pl.Float64,
    )  # fmt: skip
    frame = frame.with_columns(
        kind=pl.col("units").str.split("/").list.get(0),
        status=pl.when(pl.col("value").is_null()).then(pl.lit("missing")).otherwise(pl.lit("ok")),
    )
    if frame.select("area", "units").is_duplicated().any():
        raise InputError(
            "There are several values for a place on the same units: choose one index, one group "
            "and one period"
        )
    rank = pl.col("kind").replace_strict(list(ORDER), range(len(ORDER)), default=len(ORDER))
    places = frame.get_column("area").unique(maintain_order=True).to_list()
    if len(places) > PLACES:
        raise InputError(
            f"{len(places)} places are too many for one chart: choose at most {PLACES}"
        )
    frame = frame.sort(rank, maintain_order=True)
    said_units = [_units(kind, language) for kind in frame["kind"]]
    frame = frame.with_columns(units=pl.Series(said_units, dtype=pl.String))
    return Chart(
        draw=lambda width: specification(
            _drawn(frame, places, look, language, width), look, language
        ),
        title=about.title,
        caption=_caption(frame, places, language),
        table=frame.select(
            "name", "units", "period", "value", "lower", "upper", "expected", "status"
        ),
        about=about,
        headings=headings(
            language, "name", "units", "period", "value", "lower", "upper", "expected"
        ),
        units=dict.fromkeys(("value", "lower", "upper", "expected"), "index"),
        look=look,
        width=width,
        tall=lambda _: frame["value"].drop_nulls().len() * ROW + AXIS,
    )


def _units(kind: str, language: str) -> str:
    if kind in TEXTS:
        return said(TEXTS, kind, language)
    return LEVEL_NAMES[kind][language] if kind in LEVEL_NAMES else kind


def _drawn(frame: pl.DataFrame, places: list[str], look: Theme, language: str, width: int) -> Any:
    import altair as alt

    several = len(places) > 1
    rows = []
    for row in frame.to_dicts():
        if row["value"] is None:
            continue
        label = f"{row['name']}, {row['units']}" if several else capital(row["units"])
        figure = Figure.of(row)
        inside = figure.sure and row["lower"] <= row["value"] <= row["upper"]
        rows.append(
            {
                "label": label, "area": row["area"], "lower": row["lower"], "upper": row["upper"],
                "value": row["value"] if inside or not figure.sure else figure.middle,
                "expected": row["expected"], "said": number(row["value"], "index", language),
            }
        )  # fmt: skip
    base = alt.Chart(data(rows))
    y = alt.Y("label:N", title=None, sort=None, axis=alt.Axis(grid=False))
    highest = max([1e-9, *(r[n] for r in rows for n in ("value", "upper") if r[n] is not None)])
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, highest * 1.04], nice=True),
        axis=alt.Axis(format=",~f", tickCount=6),
    )
    colour = alt.Color(
        "area:N",
        legend=None,
        scale=alt.Scale(domain=places, range=list(look.series[: len(places)])),
    )
    layers = [
        base.mark_tick(thickness=2, size=16, color=look.soft).encode(
            y=y, x=alt.X("expected:Q", title=None)
        ),
        base.mark_rule(strokeWidth=3, opacity=0.5).encode(
            y=y, x=alt.X("lower:Q", title=None), x2="upper:Q", color=colour
        ),
        base.mark_circle(size=90, opacity=1).encode(y=y, x=x, color=colour),
        base.mark_text(align="left", dx=4, fontSize=TEXT).encode(
            y=y, x=alt.value(width + 6), text="said:N", color=colour
        ),
    ]
    return alt.layer(*layers).properties(width=width, height=alt.Step(ROW))


def _caption(frame: pl.DataFrame, places: list[str], language: str) -> str:
    told = []
    for place in places:
        own = frame.filter(pl.col("area") == place)
        figures = [
            said(
                TEXTS, "on", language, value=number(row["value"], "index", language),
                units=row["units"],
            )
            for row in own.iter_rows(named=True)
        ]  # fmt: skip
        last = place == places[-1] and own.height > 1
        told.append(
            said(
                TEXTS, "scale" if last else "one", language, place=own["name"][0],
                figures=", ".join(figures),
            )
        )  # fmt: skip
    if frame["expected"].drop_nulls().len():
        told.append(said(TEXTS, "chance", language))
    return " ".join(told)
