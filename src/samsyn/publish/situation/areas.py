"""The section on the place and its areas: the map by type, who lives where, and a table."""

from __future__ import annotations

from math import inf
from typing import Any, Final

import polars as pl

from samsyn.publish import charts
from samsyn.publish.charts.area_types import NAMES
from samsyn.publish.intervals import Figure as Measured
from samsyn.publish.maps import by_type, by_value, place_map
from samsyn.publish.numbers import cell, number
from samsyn.publish.reports import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Section,
    Swatch,
    Table,
)
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.material import Material, parts_are
from samsyn.publish.situation.readings import Reading
from samsyn.publish.texts import Texts, said
from samsyn.publish.theme import LIGHT
from samsyn.publish.wording.both_ends import ENDS
from samsyn.publish.wording.gathering import ends
from samsyn.publish.wording.grammar import counted
from samsyn.publish.wording.region_facts import RegionFacts
from samsyn.publish.wording.rules import say

# The figures of each part that a table has, the first that there are.
COLUMNS: Final[Texts] = {
    "low_economic_standard_share": {"sv": "Låg standard", "en": "Low standard"},
    "pre_upper_secondary_share": {"sv": "Förgym\u00adnasial", "en": "Pre-upper sec."},
    "employment_rate": {"sv": "Syssel\u00adsatta", "en": "Em\u00adployed"},
    "unemployment_rate": {"sv": "Arbets\u00adlösa", "en": "Unem\u00adployed"},
    "foreign_background_share": {"sv": "Utländsk bakgrund", "en": "Foreign background"},
    "rental_share": {"sv": "Hyres\u00adrätter", "en": "Rental homes"},
}
FEWEST: Final = 3  # parts with a figure that a map must have
MOST: Final = 4  # columns of figures beside name, type and population
WHOLE: Final = 45  # of more parts than these a table has both ends only
UNSURE: Final = " *"  # behind a type that may well be another
END: Final = 15  # parts of each end then

TEXTS: Final[Texts] = {
    "parts": {
        "sv": "{place} har {areas} {kind} och {people} invånare {period}.",
        "en": "{place} has {areas} {kind} and {people} residents in {period}.",
    },
    "parts_only": {"sv": "{place} har {areas} {kind}.", "en": "{place} has {areas} {kind}."},
    "regso": {"sv": "RegSO-områden", "en": "RegSO areas"},
    "deso": {"sv": "DeSO-områden", "en": "DeSO areas"},
    "municipality": {"sv": "kommuner", "en": "municipalities"},
    "one_regso": {"sv": "RegSO-område", "en": "RegSO area"},
    "one_deso": {"sv": "DeSO-område", "en": "DeSO area"},
    "one_municipality": {"sv": "kommun", "en": "municipality"},
    "map": {"sv": "Områdestyper i {place}", "en": "Area types in {place}"},
    "people": {"sv": "Invånare efter områdestyp", "en": "Residents by area type"},
    "table": {"sv": "Områdena i {place}", "en": "The areas of {place}"},
    "table_municipalities": {
        "sv": "Kommunerna i {place}", "en": "The municipalities of {place}",
    },
    "ends_table": {
        "sv": "De {end} första och de {end} sista av {areas}, ordnade efter {by}",
        "en": "The first {end} and the last {end} of {areas}, ordered by {by}",
    },
    "area": {"sv": "Område", "en": "Area"},
    "commune": {"sv": "Kommun", "en": "Municipality"},
    "type": {"sv": "Typ", "en": "Type"},
    "residents": {"sv": "Invånare", "en": "Residents"},
    "note": {
        "sv": "Andelar: {columns}. Ordnade efter {by}, det högsta värdet först. {types}",
        "en": "Shares: {columns}. Ordered by {by}, the highest value first. {types}",
    },
    "published": {
        "sv": "Typerna är de som är publicerade.", "en": "The types are those published.",
    },
    "computed": {
        "sv": "Typerna är beräknade av Samsyn.", "en": "The types are computed by Samsyn.",
    },
    "uncertain": {
        "sv": "* Ligger så nära en gräns att typen är osäker ({uncertain} av områdena).",
        "en": "* So near a limit that the type is uncertain ({uncertain} of the areas).",
    },
    "all_in_appendix": {
        "sv": "Alla områden står i bilagan.", "en": "All areas stand in the appendix.",
    },
    "no_types": {
        "sv": "Utgåvan har inga områdestyper för {place}.",
        "en": "The release has no area types for {place}.",
    },
    "no_parts": {
        "sv": "Utgåvan har inga mindre områden med uppgifter i {place}.",
        "en": "The release has no smaller areas with figures in {place}.",
    },
    "no_map": {
        "sv": "Det finns ingen karta: utgåvan har inga gränser för områdena.",
        "en": "There is no map: the release has no borders of the areas.",
    },
}  # fmt: skip


def areas_section(material: Material) -> Section:
    """What areas the place has, how they lie and how many live in each type."""
    subject = material.subject
    blocks: list[Block] = [Paragraph(_opening(material), "lead")]
    blocks += _types(material)
    table = parts_table(material)
    if table is not None:
        blocks.append(table)
    return Section("areas", subject.said(SECTIONS, "areas"), tuple(blocks))


def _opening(material: Material) -> str:
    subject = material.subject
    if subject.parts_level is None:
        return subject.said(TEXTS, "no_parts", place=subject.name)
    kind = subject.parts_level.partition("/")[0]
    people = material.readings.get("population")
    told: dict[str, Any] = {
        "place": subject.name,
        "areas": number(subject.parts.height, "persons", subject.language),
        "kind": subject.said(TEXTS, counted(subject.parts.height, f"one_{kind}", kind)),
    }
    if people is None or not people.own.figure.known:
        return subject.said(TEXTS, "parts_only", **told)
    return subject.said(
        TEXTS, "parts", **told, period=people.period,
        people=number(people.own.figure.value, "persons", subject.language),
    )  # fmt: skip


def _types(material: Material) -> list[Block]:
    """The sentence on both ends, the map by type and how many live in each."""
    subject, types = material.subject, material.types
    if types.is_empty():
        text = subject.said(TEXTS, "no_types", place=subject.name)
        return [Paragraph(text), *_map_by_value(material)]
    told = RegionFacts(
        name=subject.area.name or subject.area.code,
        kind=subject.area.kind,
        period=str(types["period"][0]),
        index=Measured(None),
        ends=ends(subject.release, subject.area.area, str(types["period"][0])),
    )
    sentence = say(ENDS, told)
    found: list[Block] = []
    if sentence is not None:
        found.append(Paragraph(sentence.text(subject.language)))
    found.append(
        _map_by_type(material) if subject.mappable else Paragraph(subject.said(TEXTS, "no_map"))
    )
    about = subject.about(subject.said(TEXTS, "people"), types)
    found.append(Figure("area-types", charts.area_types(types, about)))
    return found


def _map_by_type(material: Material) -> Figure:
    subject, types = material.subject, material.types
    level = str(types["area"][0]).rpartition("/")[0]
    about = subject.about(subject.said(TEXTS, "map", place=subject.name), types)
    picture = place_map(
        subject.release, subject.area, level, by_type(types, subject.language), about,
        bare=True, paper=True,
    )  # fmt: skip
    return Figure("map-types", picture)


def _map_by_value(material: Material) -> list[Block]:
    """Where there are no types: a map of the first figure of the table."""
    name = mapped_here(material)
    return [value_map(material.readings[name])] if name else []


def mapped_here(material: Material) -> str | None:
    """The indicator that this section has a map of; None with types, or without borders."""
    if not material.types.is_empty():
        return None
    return next((name for name in COLUMNS if can_map(material, name)), None)


def can_map(material: Material, name: str) -> bool:
    """Whether there are borders, and figures of an indicator in some parts at least."""
    one = material.readings.get(name)
    return one is not None and one.parts_known.height >= FEWEST and material.subject.mappable


def value_map(one: Reading) -> Figure:
    """A map of an indicator in the parts."""
    subject = one.subject
    assert subject.parts_level is not None
    picture = place_map(
        subject.release, subject.area, subject.parts_level, by_value(one.parts, subject.language),
        subject.about(one.name, one.parts), bare=True, paper=True,
    )  # fmt: skip
    return Figure(f"map-{one.entry.id}".replace("_", "-"), picture)


# --- the table ------------------------------------------------------------------------------------


def parts_table(material: Material, *, whole: bool = False) -> Table | None:
    """The parts with their type, how many live there and their first figures; None without parts.

    Of many both ends are shown alike, unless the `whole` is asked for.
    """
    subject = material.subject
    shown = [
        one for column in COLUMNS
        if (one := material.readings.get(column)) is not None and one.parts_known.height
    ][:MOST]  # fmt: skip
    people = material.readings.get("population")
    if subject.parts.is_empty() or not shown:
        return None
    order = material.readings.get("socioeconomic_index")
    if order is None or not order.parts_known.height:
        order = shown[0]
    first, *values = (_by_area(one.parts) for one in (order, *shown))
    living = _by_area(people.parts) if people is not None else {}
    types = {row["area"]: row for row in material.types.iter_rows(named=True)}
    rows = sorted(subject.parts.rows(), key=lambda row: (_highest_first(first.get(row[0])), row[1]))
    several = len(rows) > WHOLE and not whole
    chosen = [*rows[:END], *rows[-END:]] if several else rows
    with_types = any(area in types for area, _ in rows)
    municipal = parts_are(subject) == "municipalities"
    columns = [
        Column(subject.said(TEXTS, "commune" if municipal else "area"), width=2.7),
        *([Column(subject.said(TEXTS, "type"), width=2.9)] if with_types else []),
        Column(subject.said(TEXTS, "residents"), "right", 1.0),
        *(Column(subject.said(COLUMNS, one.entry.id), "right", 1.1) for one in shown),
    ]
    by = order.name[:1].lower() + order.name[1:]
    caption = subject.said(
        TEXTS, "table_municipalities" if municipal else "table", place=subject.name
    )
    if several:
        picked = subject.said(TEXTS, "ends_table", end=END, areas=len(rows), by=by)
        caption = f"{caption}. {picked}"
    made: list[tuple[Cell, ...]] = []
    for area, label in chosen:
        row: list[Cell] = [label]
        if with_types:
            row.append(_type(material, types.get(area)))
        row.append(_cell(living.get(area), "persons", subject.language))
        row += [
            _cell(of.get(area), one.entry.unit, subject.language)
            for of, one in zip(values, shown, strict=True)
        ]
        made.append(tuple(row))
    note = subject.said(
        TEXTS, "note", by=by, types=_note(material) if with_types else "",
        columns="; ".join(one.name for one in shown),
    ).strip()  # fmt: skip
    if several and subject.choice.has("appendix"):
        note = f"{note} {subject.said(TEXTS, 'all_in_appendix')}"
    return Table(caption, tuple(columns), tuple(made), note, dense=len(chosen) > END)


def _by_area(rows: pl.DataFrame) -> dict[str, tuple[float | None, str | None]]:
    told = rows.select("area", "value", "status").iter_rows()
    return {area: (value, status) for area, value, status in told}


def _highest_first(told: tuple[float | None, str | None] | None) -> float:
    """What sorts parts by their figure, those without one last."""
    value = None if told is None else told[0]
    return inf if value is None else -value


def _cell(told: tuple[float | None, str | None] | None, unit: str, language: str) -> str:
    value, status = told or (None, "missing")
    return cell(value, unit, status, language)


def _type(material: Material, row: dict[str, Any] | None) -> Cell:
    if row is None:
        return "–"
    language, of = material.subject.language, int(row["type"])
    text = said(NAMES, str(of), language)
    if row["uncertain"]:
        text = f"{text}{UNSURE}"
    return Swatch(LIGHT.area_types[of - 1], text)


def _note(material: Material) -> str:
    subject, types = material.subject, material.types
    whose = subject.said(TEXTS, "published" if types["published"].all() else "computed")
    uncertain = int(types["uncertain"].fill_null(False).sum())
    if not uncertain:
        return whose
    told = number(uncertain, "persons", subject.language)
    return f"{whose} {subject.said(TEXTS, 'uncertain', uncertain=told)}"
