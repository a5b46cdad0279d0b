"""Places in order, with intervals: those that cannot be told apart share a range of ranks."""

from __future__ import annotations

import json
from itertools import pairwise
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
from samsyn.publish.intervals import Figure
from samsyn.publish.numbers import DASH, axis_format, axis_title, number
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import AXIS, STEP, TEXT, WIDTH, Theme, theme

SHOWN: Final = 25

TEXTS: Final[Texts] = {
    "place_sure": {
        "sv": "{place} har {value}, plats {rank} av {number} från det högsta värdet.",
        "en": "{place} has {value}, rank {rank} of {number} from the highest value.",
    },
    "place_tied": {
        "sv": "{place} har {value}, plats {rank} av {number} från det högsta värdet: i vilken "
        "ordning de inom spannet kommer är inte säkert.",
        "en": "{place} has {value}, rank {rank} of {number} from the highest value: in what order "
        "those within that range come is not sure.",
    },
    "place_missing": {
        "sv": "För {place} saknas uppgift.",
        "en": "There is no figure for {place}.",
    },
    "ends": {
        "sv": "Högst: {highest} {high}. Lägst: {lowest} {low}.",
        "en": "Highest: {highest} {high}. Lowest: {lowest} {low}.",
    },
    "shown": {
        "sv": "Bilden visar {shown} av {number}; tabellen har alla.",
        "en": "The picture shows {shown} of {number}; the table has all.",
    },
    "none": {"sv": "Inget område har någon uppgift.", "en": "No area has a figure."},
}


def with_ranks(values: pl.DataFrame) -> pl.DataFrame:
    """Values from the highest to the lowest with `best` and `worst`, the ranks a place can have.

    A place can have every rank from one below those that are surely higher to the one above those
    that are surely lower. Without intervals only equal values are tied. Places without a value come
    last and have no rank.
    """
    frame = with_columns_of(values, lower=pl.Float64, upper=pl.Float64)
    known = frame.drop_nulls("value").sort("value", "area", descending=[True, False])
    figures = [Figure.of(row) for row in known.iter_rows(named=True)]
    ranks = _ranks(figures)
    ranked = known.with_columns(
        best=pl.Series([best for best, _ in ranks], dtype=pl.Int64),
        worst=pl.Series([worst for _, worst in ranks], dtype=pl.Int64),
    )
    return pl.concat([ranked, frame.filter(pl.col("value").is_null())], how="diagonal")


def _ranks(figures: list[Figure]) -> list[tuple[int, int]]:
    """The best and worst rank of each, in the order of their values; see `with_ranks`."""
    import numpy as np

    value = np.array([f.value for f in figures], dtype=float)
    middle = np.array([f.middle for f in figures])
    reach = np.nan_to_num(np.array([f.reach for f in figures]))
    sure = np.array([f.sure for f in figures], dtype=bool)
    middle = np.where(sure, middle, value)
    # The rule of `intervals.difference`, for all pairs at once; exact figures have no reach.
    found = []
    for i in range(len(figures)):
        room = np.hypot(reach, reach[i])
        higher = (middle - middle[i] > room) & (value > value[i])
        lower = (middle[i] - middle > room) & (value < value[i])
        found.append((1 + int(higher.sum()), len(figures) - int(lower.sum())))
    return found


def ranking(
    values: pl.DataFrame,
    about: About,
    *,
    place: str | None = None,
    shown: int = SHOWN,
    dark: bool = False,
    width: int = WIDTH - 120,
) -> Chart:
    """The places from the highest value to the lowest, each with its interval and its ranks.

    `values` are of one period, with `lower` and `upper` where they have an interval, or the answer
    of `with_ranks`, whose ranks are then not counted again. `place` is the
    key of the area that the chart is about. Of more than `shown` places both ends and those around
    the place are drawn. The order says how high a value is, not how good.
    """
    unit, language, look = unit_of(values), about.language, theme(dark)
    frame = with_columns_of(by_area(require_rows(values, "ranking"), language), status=pl.String)
    ranked = frame if {"best", "worst"} <= set(frame.columns) else with_ranks(frame)
    known = ranked.drop_nulls("value")
    said_ranks = [
        None if best is None else str(best) if best == worst else f"{best}{DASH}{worst}"
        for best, worst in ranked.select("best", "worst").iter_rows()
    ]
    ranked = ranked.with_columns(rank=pl.Series(said_ranks, dtype=pl.String))
    chosen = _chosen(known.height, _position(known, place), shown)
    drawn = ranked.head(known.height)[chosen]
    columns = [n for n in ("lower", "upper") if ranked[n].null_count() < ranked.height]
    return Chart(
        draw=lambda width: specification(
            _drawn(drawn, chosen, place, unit, look, language, width), look, language
        ),
        title=about.title,
        caption=_caption(ranked, known.height, len(chosen), place, unit, language),
        table=ranked.select("rank", "name", "period", "value", *columns, "status"),
        about=about,
        headings=headings(language, "rank", "name", "period", "value", *columns),
        units=dict.fromkeys(("value", "lower", "upper"), unit or ""),
        look=look,
        width=width,
        tall=lambda _: _tall(chosen, unit, language),
    )


def _tall(chosen: list[int], unit: str | None, language: str) -> float:
    """How high the rows are with their axis, and with the rows that stand for those left out."""
    gaps = sum(after > before + 1 for before, after in pairwise(chosen))
    title = STEP if axis_title(unit, language) else 0
    return (len(chosen) + gaps) * (STEP - 4) + AXIS + title


def _position(known: pl.DataFrame, place: str | None) -> int | None:
    areas = known.get_column("area").to_list()
    return areas.index(place) if place in areas else None


def _chosen(number: int, position: int | None, shown: int) -> list[int]:
    """The rows to draw: all, or both ends and those around the place."""
    if number <= shown:
        return list(range(number))
    if position is None:
        rows = {*range((shown + 1) // 2), *range(number - shown // 2, number)}
        return sorted(rows)
    end = shown // 5
    rows = {*range(end), *range(number - end, number)}
    nearest = sorted(range(number), key=lambda row: abs(row - position))
    for row in nearest:
        if len(rows) == shown:
            break
        rows.add(row)
    return sorted(rows)


def _drawn(
    frame: pl.DataFrame,
    chosen: list[int],
    place: str | None,
    unit: str | None,
    look: Theme,
    language: str,
    width: int,
) -> Any:
    import altair as alt

    # Where no value is below 0 none can be, and the normal interval is cut there.
    floor = 0.0 if (frame["value"] >= 0).all() else None
    rows: list[dict[str, Any]] = []
    before = None
    for at, row in zip(chosen, frame.to_dicts(), strict=True):
        if before is not None and at > before + 1:
            rows.append({"label": "…" + " " * len(rows), "gap": True})
        before = at
        figure = Figure.of(row)
        rows.append(
            {
                "label": f"{row['rank']}  {row['name']}", "value": _point(figure),
                "lower": _cut(row["lower"], floor), "upper": row["upper"],
                "own": row["area"] == place,
                "said": number(row["value"], unit, language), "gap": False,
            }
        )  # fmt: skip
    order = [row["label"] for row in rows]
    base = alt.Chart(data(rows)).transform_filter("!datum.gap")
    own = json.dumps([row["label"] for row in rows if row.get("own")], ensure_ascii=False)
    y = alt.Y(
        "label:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(
            grid=False,
            labelColor=alt.condition(
                f"indexof({own}, datum.value) >= 0", alt.value(look.accent), alt.value(look.soft)
            ),
        ),
    )
    x = alt.X(
        "value:Q", title=axis_title(unit, language),
        axis=alt.Axis(format=axis_format(unit), tickCount=5),
        scale=alt.Scale(zero=False),
    )  # fmt: skip
    colour = alt.condition("datum.own", alt.value(look.accent), alt.value(look.others))
    ink = alt.condition("datum.own", alt.value(look.accent), alt.value(look.soft))
    layers = [
        base.mark_rule(strokeWidth=3, opacity=0.55).encode(
            y=y, x=alt.X("lower:Q", title=axis_title(unit, language)), x2="upper:Q", color=colour
        ),
        base.mark_circle(size=70, opacity=1).encode(y=y, x=x, color=colour),
        base.mark_text(align="left", dx=4, fontSize=TEXT).encode(
            y=y, x=alt.value(width + 6), text="said:N", color=ink
        ),
    ]
    return alt.layer(*layers).properties(width=width, height=alt.Step(STEP - 4))


def _cut(end: float | None, floor: float | None) -> float | None:
    return end if end is None or floor is None else max(end, floor)


def _point(figure: Figure) -> float | None:
    """Where the dot stands: the value, or the middle of an interval that the value lies outside."""
    if not figure.sure:
        return figure.value
    assert figure.value is not None
    assert figure.lower is not None
    assert figure.upper is not None
    return figure.value if figure.lower <= figure.value <= figure.upper else figure.middle


def _caption(
    ranked: pl.DataFrame,
    known: int,
    shown: int,
    place: str | None,
    unit: str | None,
    language: str,
) -> str:
    if not known:
        return said(TEXTS, "none", language)
    told = []
    own = ranked.filter(pl.col("area") == pl.lit(place, pl.String))
    if own.height:
        row = own.row(0, named=True)
        name = "place_missing"
        if row["value"] is not None:
            name = "place_sure" if row["best"] == row["worst"] else "place_tied"
        told.append(
            said(
                TEXTS,
                name,
                language,
                place=row["name"],
                value=number(row["value"], unit, language),
                rank=row["rank"],
                number=number(known, "persons", language),
            )
        )
    first, last = ranked.row(0, named=True), ranked.row(known - 1, named=True)
    told.append(
        said(
            TEXTS,
            "ends",
            language,
            highest=first["name"],
            high=number(first["value"], unit, language),
            lowest=last["name"],
            low=number(last["value"], unit, language),
        )
    )
    if shown < known:
        told.append(
            said(TEXTS, "shown", language, shown=shown, number=number(known, "persons", language))
        )
    return " ".join(told)
