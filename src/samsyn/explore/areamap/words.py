"""What the page of the map says around it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from samsyn.explore.areamap.drawn import Level, called, drawn
from samsyn.explore.areamap.figures import Figures
from samsyn.explore.areamap.state import State, key_of, level_name
from samsyn.explore.areamap.subjects import KINDS, title
from samsyn.publish.numbers import number, quantity
from samsyn.publish.texts import listed
from samsyn.publish.wording import short_name
from samsyn.statistics.query import Area


@dataclass(frozen=True)
class Step:
    """A larger area that the map can go back to."""

    name: str
    query: str


def heading(state: State) -> str:
    """What the map shows, in a line."""
    where = "" if state.within is None else f", {short_name(state.within.name, state.within.kind)}"
    return f"{title(state.release, state.subject, state.language)}{where}, {state.period}"


def message(state: State, figures: Figures, frame: pl.DataFrame) -> str:
    """The figures in a sentence or two, both ends alike."""
    known = frame.drop_nulls("value")
    if known.is_empty():
        return _("Inget område här har någon uppgift.")
    if state.subject.types:
        return _types_said(state, known)
    ordered = known.sort("value", "name")
    low, high = ordered.row(0, named=True), ordered.row(-1, named=True)
    if ordered.height == 1:
        return f"{_placed(state, high)}: {_said(figures, high, state)}."
    if low["said"] == high["said"]:
        told = _("Alla områden har %(said)s.") % {"said": _said(figures, high, state)}
    else:
        told = _("Högst i %(highest)s (%(high)s), lägst i %(lowest)s (%(low)s).") % {
            "highest": _those(state, ordered, high),
            "high": _said(figures, high, state),
            "lowest": _those(state, ordered, low),
            "low": _said(figures, low, state),
        }
    if known.height == frame.height:
        return told
    counted = {
        "known": number(known.height, "persons", state.language),
        "all": number(frame.height, "persons", state.language),
    }
    return told + " " + _("%(known)s av %(all)s områden har en uppgift.") % counted


def _said(figures: Figures, row: dict[str, object], state: State) -> str:
    """A figure with the word of its unit."""
    value = row["value"]
    return quantity(value if isinstance(value, float) else None, figures.unit, state.language)


def _those(state: State, frame: pl.DataFrame, row: dict[str, object]) -> str:
    """The area of a row, or how many there are with the same figure: a tie has no first."""
    alike = frame.filter(pl.col("said") == row["said"]).height
    if alike == 1:
        return _placed(state, row)
    return _("%(number)s områden") % {"number": number(alike, "persons", state.language)}


def _types_said(state: State, known: pl.DataFrame) -> str:
    count = {at: known.filter(pl.col("class") == at).height for at in (0, 4)}
    said = {
        "all": number(known.height, "persons", state.language),
        "first": number(count[0], "persons", state.language),
        "last": number(count[4], "persons", state.language),
    }
    return (
        _(
            "Av %(all)s områden har %(first)s stora socioekonomiska utmaningar (typ 1) och "
            "%(last)s mycket goda socioekonomiska förutsättningar (typ 5)."
        )
        % said
    )


def _placed(state: State, row: dict[str, object]) -> str:
    """An area's name, with its municipality where several are shown."""
    name = str(row["name"])
    if state.kind not in {"regso", "deso"}:
        return short_name(name, state.kind)
    if state.within is not None and state.within.kind in {"municipality", "regso"}:
        return name
    towns = called(Level(str(state.release.folder), "municipality", state.release))
    town = towns.get(str(row["municipality"]))
    return f"{name}, {short_name(town, 'municipality')}" if town else name


def trail(state: State) -> list[Step]:
    """The way back from the area that is shown to the whole country; the last is where one is."""
    release, way = state.release, []
    area: Area | None = state.within
    while area is not None:
        way.append(Step(short_name(area.name, area.kind), _query_of(state, area)))
        larger = {"deso": area.parent, "regso": area.municipality, "custom": None}.get(
            area.kind, area.county if area.kind == "municipality" else None
        )
        area = release.area(larger) if larger else None
    kinds = [name.partition("/")[0] for name in state.levels]
    top = state.kind
    if state.within is not None:
        top = next((one for one in ("municipality", "county", "regso") if one in kinds), state.kind)
    whole = state.query(within=None, level=top, page=None)
    return [Step(_country(state), whole), *reversed(way)]


def _country(state: State) -> str:
    try:
        named = called(Level(str(state.release.folder), "country", state.release))
    except KeyError:
        named = {}
    return next((short_name(name, "country") for name in named.values()), _("Hela landet"))


def _query_of(state: State, area: Area) -> str:
    """The map of an area's parts, of the largest that there are figures on."""
    kinds = [name.partition("/")[0] for name in state.levels]
    below = KINDS[KINDS.index(area.kind) + 1 :] if area.kind in KINDS else KINDS[3:]
    level = next((one for one in below if one in kinds), state.kind)
    return state.query(within=key_of(area), level=level, page=None)


def columns(state: State, more: str) -> dict[str, str]:
    """What the columns of the table are called."""
    return {
        "area": {
            "country": _("Land"),
            "county": _("Län"),
            "municipality": _("Kommun"),
            "regso": "RegSO",
            "deso": "DeSO",
        }[state.kind],
        "town": _("Kommun"),
        "value": _("Områdestyp") if state.subject.types else _("Värde"),
        "more": _("Socioekonomiskt index") if more == "index" else _("95 procents intervall"),
    }


def borders(state: State, frame: pl.DataFrame) -> str:
    """That not all areas can be drawn, and where they can; nothing where all are."""
    level = Level(str(state.release.folder), state.level, state.release)
    there = frame.filter(pl.col("area").is_in(list(drawn(level))))
    if there.height == frame.height:
        return ""
    told = {
        "all": number(frame.height, "persons", state.language),
        "drawn": number(there.height, "persons", state.language),
        "kind": level_name(state.kind),
    }
    if there.is_empty():
        return (
            _(
                "Utgåvan har inga gränser för %(kind)s här, så kartan kan inte visa dem. Tabellen "
                "har alla %(all)s."
            )
            % told
        )
    lacking = frame.filter(~pl.col("area").is_in(list(drawn(level))))
    if lacking.height == 1:
        only = {"name": lacking["name"][0]}
        return _("Ett område har inga gränser i utgåvan och syns bara i tabellen: %(name)s.") % only
    said = (
        _(
            "Utgåvan har gränser för %(drawn)s av %(all)s %(kind)s. Kartan visar dem som har "
            "gränser, tabellen alla."
        )
        % told
    )
    where = _whole_counties(state, frame, there)
    return f"{said} {where}" if where else said


def moved(state: State) -> str:
    """That other periods have other borders; nothing where all have the same."""
    there = list(dict.fromkeys(state.periods.values()))
    if len(there) < 2:
        return ""
    shown = [period for period, level in state.periods.items() if level == state.level]
    return _(
        "Gränserna är de från %(vintage)s, som uppgifterna för %(first)s–%(last)s har. Andra år "
        "har andra gränser: ett område med samma kod kan då vara ett annat."
    ) % {"vintage": state.level.partition("/")[2], "first": shown[0], "last": shown[-1]}


def _whole_counties(state: State, frame: pl.DataFrame, there: pl.DataFrame) -> str:
    """The counties that are drawn whole, where these are few."""
    counts = (
        frame.group_by("county")
        .len()
        .join(there.group_by("county").len(name="drawn"), on="county", how="left")
    )
    whole = counts.filter(pl.col("len") == pl.col("drawn"))["county"].drop_nulls().sort().to_list()
    if not 0 < len(whole) <= 6 or state.within is not None:
        return ""
    names = called(Level(str(state.release.folder), "county", state.release))
    return _("Hela län som syns: %s.") % listed([names[key] for key in whole], state.language)
