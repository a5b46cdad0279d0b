"""The section on how unevenly people live: indices, chance, scale, change and similar places."""

from __future__ import annotations

from typing import Final

import polars as pl

from samsyn.publish import charts
from samsyn.publish.index_names import index_name
from samsyn.publish.intervals import Figure as Measured
from samsyn.publish.numbers import number
from samsyn.publish.reports import (
    Block,
    Bullets,
    Column,
    Figure,
    Paragraph,
    Section,
    Strong,
    Table,
    Words,
)
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.material import Material
from samsyn.publish.situation.unevenness import Unevenness
from samsyn.publish.texts import Texts, listed
from samsyn.publish.wording.evenness import FEWEST_PEERS, PEERS
from samsyn.publish.wording.figures import index, interval
from samsyn.publish.wording.grammar import in_place
from samsyn.statistics.indicators import LEVEL_NAMES

CHARTS: Final = 2  # groupings with a chart of the places that the place is set beside
TALL: Final = 190  # pixels of a chart over time
COURSES: Final = 2  # and with one of how the index has moved

TEXTS: Final[Texts] = {
    "lead": {
        "sv": "Hur ojämnt bor människor {place}? Tabellen visar ett index för varje indelning av "
        "befolkningen, vad slumpen ensam skulle ge och var platsen står bland {peers}.",
        "en": "How unevenly do people live {place}? The table shows an index for each grouping of "
        "the population, what chance alone would give, and where the place stands among {peers}.",
    },
    "lead_alone": {
        "sv": "Hur ojämnt bor människor {place}? Tabellen visar ett index för varje indelning av "
        "befolkningen och vad slumpen ensam skulle ge.",
        "en": "How unevenly do people live {place}? The table shows an index for each grouping of "
        "the population, and what chance alone would give.",
    },
    "none": {
        "sv": "Hur ojämnt människor bor {place} går inte att säga: utgåvan har inget index för "
        "platsen.",
        "en": "How unevenly people live {place} cannot be said: the release has no index for the "
        "place.",
    },
    "table": {"sv": "Hur ojämnt människor bor {place}", "en": "How unevenly people live {place}"},
    "grouping": {"sv": "Indelning", "en": "Grouping"},
    "index": {"sv": "Index", "en": "Index"},
    "value": {"sv": "Värde (intervall)", "en": "Value (interval)"},
    "chance": {"sv": "Av slumpen", "en": "By chance"},
    "peers": {"sv": "Bland {peers}", "en": "Among {peers}"},
    "year": {"sv": "År", "en": "Year"},
    "standing": {
        "sv": "jämnare i {below}, mer ojämnt i {above}, ingen säker skillnad i {alike}",
        "en": "more even in {below}, more uneven in {above}, no sure difference in {alike}",
    },
    "few": {"sv": "för få att jämföra med", "en": "too few to compare with"},
    "note": {
        "sv": "Mätt på {units}. Index av olika slag går inte att jämföra med varandra.",
        "en": "Measured on {units}. Indices of different kinds do not compare with each other.",
    },
    "by_chance": {
        "sv": "{name}: inte mer ojämnt än vad slumpen kan ge.",
        "en": "{name}: no more uneven than chance can bring about.",
    },
    "change": {"sv": "Förändring", "en": "Change"},
    "higher": {
        "sv": "mer ojämnt sedan {since}: från {first} till {last}.",
        "en": "more uneven since {since}: from {first} to {last}.",
    },
    "lower": {
        "sv": "jämnare sedan {since}: från {first} till {last}.",
        "en": "more even since {since}: from {first} to {last}.",
    },
    "alike": {
        "sv": "ingen säker förändring sedan {since} ({first} då och {last} nu).",
        "en": "no sure change since {since} ({first} then and {last} now).",
    },
    "unknown": {
        "sv": "{first} {since} och {last} {until}.",
        "en": "{first} in {since} and {last} in {until}.",
    },
    "moved": {
        "sv": "Områdenas gränser har ändrats under tiden, och en del av skillnaden kan bero på "
        "det.",
        "en": "The borders of the areas have changed meanwhile, and a part of the difference can "
        "come from that.",
    },
    "no_change": {
        "sv": "Utgåvan har inga tidigare uppgifter för samma slags områden att jämföra med.",
        "en": "The release has no earlier figures on the same kind of areas to compare with.",
    },
    "ranking": {
        "sv": "{name}: ojämnhet bland {peers}", "en": "{name}: unevenness among {peers}",
    },
    "scales_heading": {"sv": "I olika skala", "en": "At different scales"},
    "scales": {"sv": "{name}: ojämnhet i olika skala", "en": "{name}: unevenness by scale"},
    "course": {"sv": "{name}: ojämnhet över tid", "en": "{name}: unevenness over time"},
    "similar_heading": {"sv": "Liknande platser", "en": "Similar places"},
    "similar": {
        "sv": "De platser som är mest lika {place} i storlek, täthet, befolkning och bostäder är "
        "{places}. De är valda för att göra en jämförelse rimlig, inte som förebilder.",
        "en": "The places most like {place} in size, density, population and homes are {places}. "
        "They are chosen to make a comparison fair, not as models.",
    },
    "municipality": {"sv": "kommuner", "en": "municipalities"},
}  # fmt: skip


def evenness_section(material: Material) -> Section:
    """The indices with all that says how sure they are, and what they are set beside."""
    subject, told = material.subject, material.uneven
    place = in_place(subject.area.name or subject.area.code, subject.area.kind, subject.language)
    title = subject.said(SECTIONS, "evenness")
    if not told:
        return Section("evenness", title, (Paragraph(subject.said(TEXTS, "none", place=place)),))
    peers = PEERS[told[0].peers_are][subject.language]
    lead = (
        subject.said(TEXTS, "lead", place=place, peers=peers)
        if _compared(told)
        else subject.said(TEXTS, "lead_alone", place=place)
    )
    blocks: list[Block] = [Paragraph(lead, "lead"), _table(material, place, peers)]
    chances = [subject.said(TEXTS, "by_chance", name=one.name) for one in told if one.by_chance]
    if chances:
        blocks.append(Bullets(tuple(chances)))
    blocks += [
        Figure(f"ranking-{one.grouping.id}".replace("_", "-"), _ranking(one, peers))
        for one in [one for one in told if one.others.height >= FEWEST_PEERS][:CHARTS]
    ]
    sections = [_similar(material), _scales(material), _changes(material)]
    return Section(
        "evenness", title, tuple(blocks), tuple(one for one in sections if one is not None)
    )


def _compared(told: list[Unevenness]) -> bool:
    """Whether there are places enough to say where this one stands among them."""
    return any(one.standing.compared >= FEWEST_PEERS for one in told)


def _table(material: Material, place: str, peers: str) -> Table:
    subject, told = material.subject, material.uneven
    language, compared = subject.language, _compared(told)
    kinds = dict.fromkeys(_units(one.units, language) for one in told)
    return Table(
        subject.said(TEXTS, "table", place=place),
        (
            Column(subject.said(TEXTS, "grouping"), width=2.0),
            Column(subject.said(TEXTS, "index"), width=1.8),
            Column(subject.said(TEXTS, "value"), "right", 1.7),
            Column(subject.said(TEXTS, "chance"), "right", 0.9),
            *([Column(subject.said(TEXTS, "peers", peers=peers), width=2.6)] if compared else []),
            Column(subject.said(TEXTS, "year"), "right", 0.6),
        ),
        tuple(
            (
                one.name,
                index_name(one.index, language),
                index(one.figure.value, language) + interval(one.figure, language),
                index(one.expected, language),
                *([_standing(one)] if compared else []),
                one.period,
            )
            for one in told
        ),
        subject.said(TEXTS, "note", units=listed(kinds, language)),
    )


def _standing(one: Unevenness) -> str:
    told = one.standing
    if told.compared < FEWEST_PEERS:
        return one.subject.said(TEXTS, "few")
    return one.subject.said(TEXTS, "standing", below=told.below, above=told.above, alike=told.alike)


def _units(kind: str, language: str) -> str:
    return TEXTS[kind][language] if kind in TEXTS else LEVEL_NAMES[kind][language]


def _ranking(one: Unevenness, peers: str) -> charts.Chart:
    subject = one.subject
    rows = pl.concat([one.course.tail(1), one.others])
    title = subject.said(TEXTS, "ranking", name=one.name, peers=peers)
    return charts.ranking(rows, subject.about(title, rows), place=subject.area.area)


def _similar(material: Material) -> Section | None:
    subject = material.subject
    if not subject.similar:
        return None
    text = subject.said(
        TEXTS, "similar", place=subject.name,
        places=listed((one.label for one in subject.similar), subject.language),
    )  # fmt: skip
    return Section("similar", subject.said(TEXTS, "similar_heading"), (Paragraph(text),))


def _changes(material: Material) -> Section:
    subject = material.subject
    items: list[Words] = []
    for one in material.uneven:
        if one.earlier is None:
            continue
        since, before = one.earlier
        text = subject.said(
            TEXTS, one.change, since=since, until=one.period,
            first=_written(before, subject.language), last=_written(one.figure, subject.language),
        )  # fmt: skip
        items.append((Strong(f"{one.name}:"), f" {text}"))
    blocks: list[Block] = [Bullets(tuple(items))] if items else []
    if any(one.moved for one in material.uneven):
        blocks.append(Paragraph(subject.said(TEXTS, "moved"), "small"))
    courses = [one for one in material.uneven if one.course["period"].n_unique() > 1][:COURSES]
    blocks += [
        Figure(f"course-{one.grouping.id}".replace("_", "-"), _course(one)) for one in courses
    ]
    if not blocks:
        blocks = [Paragraph(subject.said(TEXTS, "no_change"))]
    return Section("change", subject.said(TEXTS, "change"), tuple(blocks))


def _written(figure: Measured, language: str) -> str:
    return number(figure.value, "index", language, 2)


def _course(one: Unevenness) -> charts.Chart:
    title = one.subject.said(TEXTS, "course", name=one.name)
    about = one.subject.about(title, one.course)
    return charts.line(one.course, about, place=one.subject.area.area, height=TALL)


def _scales(material: Material) -> Section | None:
    subject = material.subject
    found = [one for one in material.uneven if one.scales.height > 1][:1]
    if not found:
        return None
    one = found[0]
    title = subject.said(TEXTS, "scales", name=one.name)
    figure = Figure("scales", charts.scales(one.scales, subject.about(title, one.scales)))
    return Section("scales", subject.said(TEXTS, "scales_heading"), (figure,))
