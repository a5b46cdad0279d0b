"""A line over time, of one place or of several, with interval and breaks."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.about import About
from samsyn.publish.charts.chart import (
    Chart,
    apart,
    by_area,
    data,
    headings,
    require_rows,
    specification,
    unit_of,
    with_columns_of,
)
from samsyn.publish.intervals import Figure, difference
from samsyn.publish.numbers import axis_format, axis_title, number
from samsyn.publish.texts import Texts, listed, said
from samsyn.publish.theme import AXIS, HEIGHT, TEXT, WIDTH, Theme, theme

LINES: Final = 5  # more lines than there are colours cannot be told apart
LABEL: Final = 15  # pixels that a label takes

TEXTS: Final[Texts] = {
    "higher": {
        "sv": "{place}: från {first} {since} till {last} {until}, en ökning som är större än "
        "slumpen.",
        "en": "{place}: from {first} in {since} to {last} in {until}, a rise of more than chance.",
    },
    "lower": {
        "sv": "{place}: från {first} {since} till {last} {until}, en minskning som är större än "
        "slumpen.",
        "en": "{place}: from {first} in {since} to {last} in {until}, a fall of more than chance.",
    },
    "alike": {
        "sv": "{place}: {first} {since} och {last} {until}, ingen säker förändring.",
        "en": "{place}: {first} in {since} and {last} in {until}, no sure change.",
    },
    "unknown": {
        "sv": "{place}: {first} {since} och {last} {until}. Om skillnaden är större än slumpen går "
        "inte att säga.",
        "en": "{place}: {first} in {since} and {last} in {until}. Whether that is more than chance "
        "cannot be said.",
    },
    "across": {
        "sv": "{place}: {first} {since} och {last} {until}.",
        "en": "{place}: {first} in {since} and {last} in {until}.",
    },
    "single": {"sv": "{place}: {last} {until}.", "en": "{place}: {last} in {until}."},
    "none": {"sv": "{place}: uppgift saknas.", "en": "{place}: no figure."},
    "others": {"sv": "{until}: {figures}.", "en": "{until}: {figures}."},
    "broken": {
        "sv": "Serien bryts {periods}, så åren före och efter är inte helt jämförbara.",
        "en": "The series breaks in {periods}, so years before and after do not quite compare.",
    },
    "borders": {"sv": "nya gränser", "en": "new borders"},
    "definition": {"sv": "ny definition", "en": "new definition"},
    "borders, definition": {
        "sv": "nya gränser och ny definition",
        "en": "new borders and new definition",
    },
}


def line(
    values: pl.DataFrame,
    about: About,
    *,
    place: str | None = None,
    dark: bool = False,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Chart:
    """An indicator or an index over time: a line for each place, its name at the end.

    `values` has `area` (or `region`), `name`, `period` and `value`; with `lower` and `upper` a band
    shows the interval, and with `break` a mark where a series breaks. An area in several vintages
    is one place. `place` is the area that the chart is about, by any of its keys; else the first.
    """
    unit, language, look = unit_of(values), about.language, theme(dark)
    frame = _tidied(require_rows(values, "series"), language)
    places = list(dict.fromkeys(_place_of(key) for key in values.to_series(_area(values))))
    if len(places) > LINES:
        raise InputError(
            f"{len(places)} lines cannot be told apart in one chart: choose at most {LINES} places"
        )
    first = _place_of(place) if place else places[0]
    if first not in places:
        raise InputError(f"{place} is not among the places of the chart")
    places = [first, *(one for one in places if one != first)]
    shown = [
        name for name in ("lower", "upper", "break") if frame[name].null_count() < frame.height
    ]
    table = frame.select("name", "period", "value", "status", *shown)
    return Chart(
        draw=lambda width: specification(
            _drawn(frame, places, unit, look, language, width, height), look, language
        ),
        title=about.title,
        caption=_caption(frame, places, unit, language),
        table=table,
        about=about,
        headings=headings(language, "name", "period", "value", *shown),
        units=dict.fromkeys(("value", "lower", "upper"), unit or ""),
        look=look,
        width=width,
        tall=lambda _: height + AXIS,
    )


def _tidied(values: pl.DataFrame, language: str) -> pl.DataFrame:
    frame = with_columns_of(
        by_area(values, language),
        lower=pl.Float64,
        upper=pl.Float64,
        status=pl.String,
        **{"break": pl.String},
    )
    part = pl.col("area").str.split("/").list
    # Where an old and a new vintage have the same period, the newer stands.
    return (
        frame.with_columns(place=pl.concat_str(part.get(0), pl.lit("/"), part.get(-1)))
        .sort("period", "area", maintain_order=True)
        .unique(["place", "period"], keep="last", maintain_order=True)
    )


def _area(values: pl.DataFrame) -> int:
    """Which column tells the area."""
    return values.columns.index("area" if "area" in values.columns else "region")


def _place_of(key: str) -> str:
    parts = key.split("/")
    return f"{parts[0]}/{parts[-1]}"


def _drawn(
    frame: pl.DataFrame,
    places: list[str],
    unit: str | None,
    look: Theme,
    language: str,
    width: int,
    height: int,
) -> Any:
    import altair as alt

    # Years before the first figure and after the last are in the table, and need no room.
    known = frame.drop_nulls("value")["period"]
    if known.len():
        frame = frame.filter(pl.col("period").is_between(pl.lit(known.min()), pl.lit(known.max())))
    periods = _axis(frame["period"].unique().sort().to_list())
    x = alt.X(
        "period:O",
        title=None,
        scale=alt.Scale(domain=periods, padding=0.1),
        axis=alt.Axis(grid=False, labelAngle=0, labelOverlap="parity", labelSeparation=10),
    )
    low, high = _range(frame)
    title = axis_title(unit, language)
    y = alt.Y(
        "value:Q",
        title=title,
        scale=alt.Scale(domain=[low, high], nice=True, zero=False),
        axis=alt.Axis(format=axis_format(unit), tickCount=5),
    )
    colour = alt.Color(
        "place:N",
        legend=None,
        scale=alt.Scale(domain=places, range=list(look.series[: len(places)])),
    )
    rows = _rows(frame)
    base = alt.Chart(data(rows))
    layers: list[Any] = []
    if any(row["lower"] is not None for row in rows):
        band = base.mark_area(opacity=0.16).encode(
            x=x, y=alt.Y("lower:Q", title=title), y2="upper:Q", color=colour
        )
        layers.append(band)
    layers += [
        base.mark_line(strokeWidth=2.5, strokeJoin="round").encode(x=x, y=y, color=colour),
        base.mark_point(filled=True, size=26, opacity=1).encode(x=x, y=y, color=colour),
    ]
    breaks = _breaks(frame, language)
    if breaks:
        marks = alt.Chart(data(breaks))
        layers.insert(0, marks.mark_rule(color=look.soft, strokeDash=[3, 3]).encode(x=x))
        layers.append(
            marks.mark_text(
                align="right", baseline="top", dx=-6, color=look.soft, fontSize=TEXT - 1
            ).encode(x=x, y=alt.value(2), text="said:N")
        )
    labels = _labels(frame, places, unit, language, (high - low) * LABEL / height)
    layers.append(
        alt.Chart(data(labels))
        .mark_text(align="left", dx=9, fontSize=TEXT, fontWeight=600)
        .encode(x=x, y=alt.Y("at:Q", title=title), text="said:N", color=colour)
    )
    return alt.layer(*layers).properties(width=width, height=height)


def _axis(periods: list[str]) -> list[str]:
    """Every year from the first to the last, where periods are years: a gap is seen as a gap."""
    if all(period.isdecimal() for period in periods):
        return [str(year) for year in range(int(periods[0]), int(periods[-1]) + 1)]
    return periods


def _range(frame: pl.DataFrame) -> tuple[float, float]:
    """From the lowest to the highest end; from 0 where the lowest is not far above it."""
    numbers = pl.concat([frame[name] for name in ("value", "lower", "upper")]).drop_nulls()
    low, high = (float(numbers.min() or 0), float(numbers.max() or 1)) if numbers.len() else (0, 1)  # type: ignore[arg-type]
    if 0 <= low < high / 2:
        low = 0.0
    if low == high:
        low, high = low - abs(low or 1) * 0.1, high + abs(high or 1) * 0.1
    return low, high


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows to draw; a period without a value stays, so that the line is broken there."""
    return frame.select("place", "name", "period", "value", "lower", "upper").to_dicts()


def _breaks(frame: pl.DataFrame, language: str) -> list[dict[str, Any]]:
    told = frame.drop_nulls("break").unique(["period"], keep="first", maintain_order=True)
    return [
        {"period": row["period"], "said": said(TEXTS, row["break"], language)}
        for row in told.iter_rows(named=True)
    ]


def _labels(
    frame: pl.DataFrame, places: list[str], unit: str | None, language: str, distance: float
) -> list[dict[str, Any]]:
    """A name with the last known value at the end of each line, moved apart."""
    ends = []
    for place in places:
        known = frame.filter(pl.col("place") == place).drop_nulls("value")
        if known.height:
            last = known.row(-1, named=True)
            shown = number(last["value"], unit, language)
            ends.append(
                {
                    "place": place, "period": last["period"], "at": last["value"],
                    "said": f"{last['name']} {shown}",
                }
            )  # fmt: skip
    for end, at in zip(ends, apart([end["at"] for end in ends], distance), strict=True):
        end["at"] = at
    return ends


def _caption(frame: pl.DataFrame, places: list[str], unit: str | None, language: str) -> str:
    """How the first place changed, where the others are, and that the series breaks."""
    told = [_change(frame.filter(pl.col("place") == places[0]), unit, language)]
    others = []
    until = None
    for place in places[1:]:
        known = frame.filter(pl.col("place") == place).drop_nulls("value")
        if known.height:
            last = known.row(-1, named=True)
            until = max(until or last["period"], last["period"])
            others.append(f"{last['name']} {number(last['value'], unit, language)}")
    if others:
        told.append(said(TEXTS, "others", language, until=until, figures=", ".join(others)))
    breaks = frame.drop_nulls("break")["period"].unique().sort().to_list()
    if breaks:
        told.append(said(TEXTS, "broken", language, periods=listed(breaks, language)))
    return " ".join(told)


def _change(rows: pl.DataFrame, unit: str | None, language: str) -> str:
    name = rows["name"][-1]
    known = rows.drop_nulls("value")
    if known.is_empty():
        return said(TEXTS, "none", language, place=name)
    since, until = known.row(0, named=True), known.row(-1, named=True)
    found: str = difference(Figure.of(until), Figure.of(since))
    if known["break"].slice(1).drop_nulls().len():
        found = "across"  # what differs may be the series and not the place
    return said(
        TEXTS,
        found if known.height > 1 else "single",
        language,
        place=name,
        first=number(since["value"], unit, language),
        since=since["period"],
        last=number(until["value"], unit, language),
        until=until["period"],
    )
