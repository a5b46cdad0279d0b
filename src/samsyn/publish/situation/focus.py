"""A section for each focus area: its figures, both ends of the areas, change and gender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish import charts
from samsyn.publish.charts import strip_of
from samsyn.publish.numbers import cell, number
from samsyn.publish.reports import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Paragraph,
    Picture,
    Section,
    Strong,
    Table,
    Words,
)
from samsyn.publish.situation.areas import can_map, mapped_here, value_map
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.material import Material, facts, parts_are
from samsyn.publish.situation.readings import Placed, Reading
from samsyn.publish.texts import Texts, listed
from samsyn.publish.wording.indicators import indicator_sentences

# What each focus area is told by first: in the summary, in charts of the parts, over time and on a
# map. Of each the first with figures; then any other indicator of the area.
FIRST: Final[Mapping[str, Sequence[str]]] = {
    "housing": ("rental_share", "overcrowded_share", "foreign_background_share"),
    "education": (
        "pre_upper_secondary_share", "upper_secondary_eligibility", "post_secondary_share",
    ),
    "labour": (
        "low_economic_standard_share", "employment_rate", "unemployment_rate",
        "median_net_income", "long_term_social_assistance",
    ),
    "democracy": ("turnout_municipal", "turnout_riksdag", "distrust_share"),
    "crime": ("perceived_unsafety_share", "reported_violent_crime"),
    "health": ("self_rated_health_good", "life_expectancy", "sickness_rate"),
}  # fmt: skip
MAPPED: Final = {"housing": "rental_share", "labour": "low_economic_standard_share"}
SPREADS: Final = {"housing": 2, "education": 2, "labour": 2}
COURSES: Final = 2
FEWEST_PERIODS: Final = 3  # of a chart over time
DENSE: Final = 0.6  # of the years from the first to the last that must have a figure
FEWEST: Final = 4  # parts that a chart of them must have
FEW: Final = 2  # indicators of which all are told alike
TALL: Final = 170  # pixels of a chart over time: it stands among others
STRIP: Final = (150, 18)  # pixels of the small chart in the table

TEXTS: Final[Texts] = {
    "none": {
        "sv": "Utgåvan har inga uppgifter om {place} inom det här fokusområdet. Det betyder inte "
        "att det saknas utmaningar, bara att rapporten inte kan belysa dem.",
        "en": "The release has no figures on {place} in this field. That does not mean that there "
        "are no challenges here, only that the report cannot shed light on them.",
    },
    "lacking": {
        "sv": "Uppgifter saknas om: {names}.", "en": "There are no figures on: {names}.",
    },
    "table": {"sv": "{field} i siffror", "en": "{field} in figures"},
    "indicator": {"sv": "Indikator", "en": "Indicator"},
    "areas": {"sv": "Områdena, lägst till högst", "en": "The areas, lowest to highest"},
    "municipalities": {
        "sv": "Kommunerna, lägst till högst", "en": "The municipalities, lowest to highest",
    },
    "year": {"sv": "År", "en": "Year"},
    "dots": {"sv": "Varje prick är ett område.", "en": "Each dot is an area."},
    "dots_municipalities": {
        "sv": "Varje prick är en kommun.", "en": "Each dot is a municipality.",
    },
    "line": {"sv": "Strecket är {place}.", "en": "The line is {place}."},
    "lines_two": {
        "sv": "Det tjocka strecket är {place} och det tunna {beside}.",
        "en": "The thick line is {place} and the thin one {beside}.",
    },
    "lines": {
        "sv": "Det tjocka strecket är {place}, de tunna {beside}.",
        "en": "The thick line is {place}, the thin ones {beside}.",
    },
    "spread": {"sv": "{name} i områdena", "en": "{name} in the areas"},
    "spread_municipalities": {
        "sv": "{name} i kommunerna", "en": "{name} in the municipalities",
    },
    "course": {"sv": "{name} över tid", "en": "{name} over time"},
}  # fmt: skip


def told_first(material: Material, focus: str) -> Reading | None:
    """The indicator that a focus area is told by where there is room for one."""
    there = _in_order(material, focus)
    return there[0] if there else None


def _in_order(material: Material, focus: str) -> list[Reading]:
    """The readings of a focus area, those that it is told by first and secrets last."""
    first = FIRST.get(focus, ())
    rank = {name: at for at, name in enumerate(first)}
    there = [one for one in material.of_focus(focus) if one.entry.id != "population"]
    return sorted(there, key=lambda one: (one.secret, rank.get(one.entry.id, len(rank))))


def focus_section(material: Material, focus: str) -> Section:
    """What the figures of a focus area say: sentences, table and charts."""
    subject = material.subject
    title = subject.said(SECTIONS, focus)
    there = material.of_focus(focus)
    lacking = [one.name[subject.language] for one in material.lacking(focus)]
    blocks: list[Block] = []
    if there:
        # What the field is told by first opens it; with few figures nothing needs to be picked.
        lead = told_first(material, focus) if len(there) > FEW else None
        if lead is not None:
            blocks.append(Paragraph(_told(lead), "lead"))
        rest = tuple(_told(one) for one in there if one is not lead)
        told: Block = Bullets(rest)
        blocks += [*_pictures(material, focus), _table(material, title, there), told]
    else:
        blocks.append(Paragraph(subject.said(TEXTS, "none", place=subject.name)))
    if lacking:
        names = "; ".join(lacking)
        blocks.append(Paragraph(subject.said(TEXTS, "lacking", names=names), "small"))
    return Section(focus, title, tuple(blocks))


def _told(one: Reading) -> Words:
    sentences = indicator_sentences(facts(one))
    text = " ".join(sentence.text(one.subject.language) for sentence in sentences)
    return (Strong(f"{one.name}."), f" {text}")


# --- the table ------------------------------------------------------------------------------------


def _table(material: Material, title: str, there: Sequence[Reading]) -> Table:
    subject, language = material.subject, material.subject.language
    others = [placed.label for placed in next((one.beside for one in there if one.beside), ())]
    strips = any(one.parts_known.height for one in there)
    municipal = parts_are(subject) == "municipalities"
    columns = [
        Column(subject.said(TEXTS, "indicator"), width=2.6),
        Column(subject.name, "right", 1.2),
        *([Column(subject.said(TEXTS, parts_are(subject)), width=2.75)] if strips else []),
        *(Column(label, "right", 1.2) for label in others),
        Column(subject.said(TEXTS, "year"), "right", 0.7),
    ]
    rows: list[tuple[Cell, ...]] = []
    for one in there:
        row: list[Cell] = [one.name, told_own(one, language)]
        if strips:
            row.append(_strip(one))
        row += [_beside(one, label, language) for label in others]
        row.append(one.period or one.parts_period or "")
        rows.append(tuple(row))
    note = ""
    if strips:
        dots = subject.said(TEXTS, "dots_municipalities" if municipal else "dots")
        lines = ("line", "lines_two", "lines")[min(len(subject.beside), 2)]
        beside = listed((one.label for one in subject.beside), language)
        note = f"{dots} {subject.said(TEXTS, lines, place=subject.name, beside=beside)}"
    return Table(subject.said(TEXTS, "table", field=title), tuple(columns), tuple(rows), note)


def told_own(one: Reading, language: str) -> str:
    """The figure of the place as a table has it; a dash where the place itself has none."""
    figure = one.own.figure
    if not figure.known and one.own.status is None:
        return "–"
    return cell(figure.value, one.entry.unit, one.own.status, language)


def _beside(one: Reading, label: str, language: str) -> str:
    found: Placed | None = next((placed for placed in one.beside if placed.label == label), None)
    if found is None or one.entry.unit == "persons":
        return "–"
    return number(found.figure.value, one.entry.unit, language)


def _strip(one: Reading) -> Cell:
    """The parts as dots on a line, with the place and what it is set beside."""
    known = one.parts_known
    if known.is_empty():
        return "–"
    own = one.own.figure
    of_people = one.entry.unit == "persons"
    marks = [(one.subject.name, own.value)] if own.value is not None and not of_people else []
    marks += [
        (placed.label, placed.figure.value)
        for placed in one.beside
        if placed.area and placed.figure.value is not None and not of_people
    ]
    drawn = strip_of(
        known["value"].to_list(), marks, one.entry.unit, one.subject.language,
        own=bool(marks) and own.known, width=STRIP[0], height=STRIP[1],
    )  # fmt: skip
    low, high = (
        f"{number(known['value'][at], one.entry.unit, one.subject.language)} ({known['name'][at]})"
        for at in (0, -1)
    )
    return Picture(drawn, f"{low} – {high}", *STRIP)


# --- charts ---------------------------------------------------------------------------------------


def _pictures(material: Material, focus: str) -> list[Figure]:
    """Charts of the parts, a map, and lines over time, of the indicators that are told first."""
    ordered = _in_order(material, focus)
    spreads = [one for one in ordered if one.parts_known.height >= FEWEST]
    found = [_spread(one) for one in spreads[: SPREADS.get(focus, 1)]]
    mapped = MAPPED.get(focus)
    already = mapped_here(material) if material.subject.choice.has("areas") else None
    if mapped is not None and mapped != already and can_map(material, mapped):
        found.insert(1, value_map(material.readings[mapped]))
    courses = [figure for one in ordered if (figure := _course(one)) is not None]
    return [*found, *courses[:COURSES]]


def _spread(one: Reading) -> Figure:
    subject = one.subject
    name = "spread_municipalities" if parts_are(subject) == "municipalities" else "spread"
    title = subject.said(TEXTS, name, name=one.name)
    return Figure(
        f"spread-{one.entry.id}".replace("_", "-"),
        charts.spread(one.parts, subject.about(title, one.parts), context=_context(one)),
    )


def _context(one: Reading) -> pl.DataFrame:
    """The rows of the place itself and of those that it lies in, in this order."""
    subject = one.subject
    keys = [subject.area.area, *(beside.area for beside in subject.beside)]
    try:
        rows = subject.release.values(one.entry.id, areas=keys, period=one.parts_period)
    except InputError:
        return one.parts.clear()
    order = pl.col("area").replace_strict(keys, range(len(keys)), return_dtype=pl.Int64)
    return rows.sort(order)


def _continuous(course: pl.DataFrame) -> bool:
    """Whether there are figures of enough periods, close enough, to be seen as a line."""
    years = [
        int(period[:4])
        for period in course.drop_nulls("value")["period"].unique()
        if period[:4].isdecimal()
    ]
    if len(years) < FEWEST_PERIODS:
        return False
    return len(years) >= DENSE * (max(years) - min(years) + 1)


def _course(one: Reading) -> Figure | None:
    """The indicator over time, where there is more than one figure of the place."""
    subject = one.subject
    own = one.course
    if not _continuous(own):
        return None
    frames = [own]
    # What it is set beside is of the same years, also where that has later figures.
    latest = own.drop_nulls("value")["period"].max()
    for beside in subject.beside:
        try:
            rows = subject.release.series(one.entry.id, beside.area)
        except InputError:
            continue
        frames.append(rows.filter(pl.col("period") <= latest))
    values = pl.concat([frame for frame in frames if frame.height], how="diagonal")
    about = subject.about(subject.said(TEXTS, "course", name=one.name), values)
    return Figure(
        f"course-{one.entry.id}".replace("_", "-"),
        charts.line(values, about, place=subject.area.area, height=TALL),
    )
