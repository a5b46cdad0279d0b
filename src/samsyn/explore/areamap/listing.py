"""The table beside the map: a page of the areas in an order, each with its figure in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
from django.urls import reverse

from samsyn.explore.areamap.drawn import Level, called
from samsyn.explore.areamap.figures import Figures
from samsyn.explore.areamap.state import State
from samsyn.explore.components import evidence
from samsyn.publish.numbers import DASH, number

ROWS: Final = 50
# Places that stand for a part of an address that is filled in for each row.
BLANK: Final = "CODE"


@dataclass(frozen=True)
class Row:
    """An area in the table; `shade` is the name of its class's colour.

    `use` is where its figure can be used as evidence.
    """

    code: str
    name: str
    address: str
    use: str
    town: str
    said: str
    more: str
    shade: str
    uncertain: bool


@dataclass(frozen=True)
class Listing:
    """A page of the table. `towns` says whether the municipalities are told."""

    rows: tuple[Row, ...]
    count: str
    first: str
    last: str
    page: int
    pages: int
    towns: bool
    more: str


def inside(state: State, figures: Figures) -> pl.DataFrame:
    """The figures of the areas that lie in the place that is shown."""
    if state.within is None:
        return figures.frame
    there = state.release.areas(state.level, within=state.within.area).get_column("area")
    return figures.frame.filter(pl.col("area").is_in(there.to_list()))


def listing(state: State, figures: Figures, frame: pl.DataFrame) -> Listing:
    """The page that the address asks for; beyond the last there is none."""
    towns = state.kind in {"regso", "deso"} and (
        state.within is None or state.within.kind == "county"
    )
    named = called(Level(str(state.release.folder), "municipality", state.release))
    pages = max(1, -(-frame.height // ROWS))
    page = min(state.page, pages)
    ordered = _ordered(state, frame)
    shown = ordered.slice((page - 1) * ROWS, ROWS)
    blank = reverse("place", args=[state.kind, BLANK])
    release = f"?release={state.release.name}" if state.pinned else ""
    more = "index" if "index" in frame.columns else "lower" if "lower" in frame.columns else ""
    name = named_figure(state)
    rows = tuple(
        Row(
            code=row["code"],
            name=row["name"] or row["code"],
            address=blank.replace(BLANK, row["code"]) + release,
            use=evidence.link(state.release.name, name, row["area"], state.period),
            town=named.get(row["municipality"], "") if towns else "",
            said=row["said"],
            more=_more(row, more, state.language),
            shade="none" if row["class"] is None else figures.shades[row["class"]],
            uncertain=bool(row.get("uncertain")),
        )
        for row in shown.iter_rows(named=True)
    )
    first = (page - 1) * ROWS
    counted = [
        number(at, "persons", state.language)
        for at in (frame.height, first + 1 if rows else 0, first + len(rows))
    ]
    return Listing(rows, counted[0], counted[1], counted[2], page, pages, towns, more)


def named_figure(state: State) -> str:
    """The name of what is shown among figures."""
    of = state.subject
    return evidence.index(of.grouping, of.name, of.units, of.group) if of.grouping else of.name


def _ordered(state: State, frame: pl.DataFrame) -> pl.DataFrame:
    falling = state.order == "falling"
    if state.sort == "value":
        # Of types 1 is told first where values fall: the index behind them is the highest there.
        by = "index" if "index" in frame.columns and state.subject.types else "value"
        return frame.sort(by, "name", descending=[falling, False], nulls_last=True)
    first = ["municipality"] if state.sort == "municipality" else []
    names: list[str | pl.Expr] = [*first, _alphabet("name")]
    return frame.sort(names, descending=[falling] * len(names), nulls_last=True)


def _alphabet(column: str) -> pl.Expr:
    """Names in the order of the Swedish alphabet, whose last letters are å, ä and ö."""
    text = pl.col(column).str.to_lowercase()
    return text.str.replace_many(["å", "ä", "ö"], ["{", "|", "}"])


def _more(row: dict[str, object], column: str, language: str) -> str:
    if column == "index":
        return number(_float(row["index"]), "index", language)
    if column == "lower":
        low, high = (number(_float(row[end]), "index", language) for end in ("lower", "upper"))
        return DASH if DASH in {low, high} else f"{low}{DASH}{high}"
    return ""


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
