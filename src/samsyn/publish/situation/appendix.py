"""The appendix: every figure with its source, version and permalink, and what it means."""

from __future__ import annotations

from typing import Final

from samsyn.publish import citation
from samsyn.publish.index_names import index_name
from samsyn.publish.intervals import Figure
from samsyn.publish.numbers import DASH, decimals_of, number
from samsyn.publish.reports import (
    Block,
    Bullets,
    Cell,
    Column,
    Link,
    Paragraph,
    Section,
    Strong,
    Table,
    Words,
)
from samsyn.publish.situation.areas import WHOLE, parts_table
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.focus import told_own
from samsyn.publish.situation.material import Material
from samsyn.publish.situation.readings import Reading
from samsyn.publish.texts import Texts
from samsyn.publish.wording.figures import interval
from samsyn.statistics.indicators import LEVEL_NAMES
from samsyn.statistics.query import source_named
from samsyn.statistics.sources.forms import Provenance

ID: Final = "ID"  # stands for the id of an indicator in the form of its address
TITLES: Final[Texts] = {"kicker": {"sv": "Lägesbild", "en": "Situation report"}}
TEXTS: Final[Texts] = {
    "lead": {
        "sv": "Varje siffra i rapporten kommer från utgåvan {release} och ändras aldrig. {where}",
        "en": "Every figure in the report is of the release {release} and never changes. {where}",
    },
    "linked": {
        "sv": "Länkarna leder till samma siffror på webben.",
        "en": "The links lead to the same figures on the web.",
    },
    "paths": {
        "sv": "Under Adresser på webben står var samma siffror finns på den webbplats som visar "
        "utgåvan.",
        "en": "Under Addresses on the web stands where the same figures are on the site that shows "
        "the release.",
    },
    "figures": {"sv": "Indikatorer", "en": "Indicators"},
    "figures_table": {"sv": "Indikatorerna för {place}", "en": "The indicators for {place}"},
    "indicator": {"sv": "Indikator", "en": "Indicator"},
    "value": {"sv": "Värde (95\u00a0%)", "en": "Value (95%)"},
    "year": {"sv": "År", "en": "Year"},
    "areas": {"sv": "Områden", "en": "Areas"},
    "source": {"sv": "Källa", "en": "Source"},
    "id": {"sv": "Id", "en": "Id"},
    "permalinks": {
        "sv": "Permalänken till en indikator är {pattern}, där {id} är det som står sist på raden.",
        "en": "The permalink of an indicator is {pattern}, where {id} is what the row ends with.",
    },
    "version": {"sv": "Version", "en": "Version"},
    "computed": {"sv": "beräknat", "en": "computed"},
    "indices": {"sv": "Index", "en": "Indices"},
    "indices_table": {"sv": "Indexen för {place}", "en": "The indices for {place}"},
    "index": {"sv": "Index", "en": "Index"},
    "grouping": {"sv": "Indelning", "en": "Grouping"},
    "units": {"sv": "Mätt på", "en": "Measured on"},
    "chance": {"sv": "Av slumpen", "en": "By chance"},
    "meaning": {"sv": "Vad indikatorerna betyder", "en": "What the indicators mean"},
    "sources": {"sv": "Källor", "en": "Sources"},
    "retrieved": {"sv": "hämtad {day}", "en": "retrieved {day}"},
    "whole": {"sv": "Alla områden", "en": "All areas"},
    "addresses": {"sv": "Adresser på webben", "en": "Addresses on the web"},
    "place_figures": {"sv": "Alla siffror för platsen", "en": "All figures of the place"},
    "place_indices": {"sv": "Alla index för platsen", "en": "All indices of the place"},
    "place_page": {"sv": "Platsens sida", "en": "The page of the place"},
    "cite": {"sv": "Så hänvisar du till rapporten", "en": "How to cite the report"},
}


def appendix_section(material: Material) -> Section:
    """Every figure, where it comes from and where it stands on the web."""
    subject = material.subject
    where = subject.said(TEXTS, "linked" if subject.choice.site else "paths")
    lead = subject.said(TEXTS, "lead", release=subject.release.name, where=where)
    every = [one for one in material.readings.values() if one.known]
    numbers = _numbered(material, every)
    table = _figures(material, every, numbers)
    sections = [
        Section("every-figure", subject.said(TEXTS, "figures"), (table,)),
        _indices(material),
        _whole(material),
        Section("meaning", subject.said(TEXTS, "meaning"), _meaning(every)),
        Section("sources", subject.said(TEXTS, "sources"), _sources(numbers)),
        Section("addresses", subject.said(TEXTS, "addresses"), tuple(_addresses(material))),
        Section("cite", subject.said(TEXTS, "cite"), (Paragraph(_citation(material)),)),
    ]
    return Section(
        "appendix",
        subject.said(SECTIONS, "appendix"),
        (Paragraph(lead, "lead"),),
        tuple(one for one in sections if one is not None),
    )


def _figures(material: Material, every: list[Reading], numbers: dict[str, int]) -> Table:
    subject, language = material.subject, material.subject.language
    columns = (
        Column(subject.said(TEXTS, "indicator"), width=3.2),
        Column(subject.said(TEXTS, "value"), "right", 1.9),
        Column(subject.said(TEXTS, "year"), "right", 0.6),
        Column(subject.said(TEXTS, "areas"), "right", 0.9),
        Column(subject.said(TEXTS, "source"), "right", 1.0),
        Column(subject.said(TEXTS, "version"), "right", 0.8),
        Column(subject.said(TEXTS, "id"), width=3.0),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in every:
        address = _indicator_address(material, one.entry.id)
        rows.append(
            (
                one.name,
                told_own(one, language) + _span(one.own.figure, one.entry.unit, language),
                one.period or one.parts_period or "",
                str(one.parts_known.height or DASH),
                _origin(material, one, numbers),
                str(one.entry.version),
                Link(one.entry.id, address) if subject.choice.site else one.entry.id,
            )
        )
    caption = subject.said(TEXTS, "figures_table", place=subject.name)
    return Table(caption, columns, tuple(rows), _permalinks(material), dense=True)


def _permalinks(material: Material) -> str:
    """How the address of an indicator is made of its id, for who reads on paper."""
    pattern = _indicator_address(material, "\0").replace("%00", ID)
    return material.subject.said(TEXTS, "permalinks", pattern=pattern, id=ID)


def _span(figure: Figure, unit: str, language: str) -> str:
    """The interval behind a value, where it is wider than the value is written."""
    if not figure.sure:
        return ""
    ends = [number(end, unit, language) for end in (figure.lower, figure.upper)]
    if ends == [number(figure.value, unit, language)] * 2:
        return ""
    return f" ({ends[0].rstrip('% ').strip()}{DASH}{ends[1]})"


def _numbered(material: Material, every: list[Reading]) -> dict[str, int]:
    """The sources of the figures in their order, each as it is told with its number."""
    subject = material.subject
    told = subject.release.sources()
    used = {told[at] for one in every for at in one.source if at < len(told)}
    for uneven in material.uneven:
        used |= set(subject.release.sources_of(uneven.grouping.id))
    lines = dict.fromkeys(_source(material, source) for source in told if source in used)
    return {line: at for at, line in enumerate(lines, 1)}


def _origin(material: Material, one: Reading, numbers: dict[str, int]) -> str:
    """The numbers of an indicator's sources; that it is computed where it has none of its own."""
    told = material.subject.release.sources()
    found = sorted({numbers[_source(material, told[at])] for at in one.source if at < len(told)})
    return ", ".join(map(str, found)) or material.subject.said(TEXTS, "computed")


def _indices(material: Material) -> Section | None:
    subject, language = material.subject, material.subject.language
    if not material.uneven:
        return None
    table = Table(
        subject.said(TEXTS, "indices_table", place=subject.name),
        (
            Column(subject.said(TEXTS, "grouping"), width=2.2),
            Column(subject.said(TEXTS, "index"), width=2.2),
            Column(subject.said(TEXTS, "value"), "right", 1.8),
            Column(subject.said(TEXTS, "chance"), "right", 1.0),
            Column(subject.said(TEXTS, "units"), width=1.2),
            Column(subject.said(TEXTS, "year"), "right", 0.6),
        ),
        tuple(
            (
                one.name,
                index_name(one.index, language),
                number(row["value"], "index", language)
                + interval(Figure.of(row), language, decimals_of("index")),
                number(row["expected"], "index", language),
                _units(str(row["units"]), language),
                str(row["period"]),
            )
            for one in material.uneven
            for row in one.scales.iter_rows(named=True)
        ),
        dense=True,
    )
    return Section("every-index", subject.said(TEXTS, "indices"), (table,))


def _units(level: str, language: str) -> str:
    kind, _, vintage = level.partition("/")
    return f"{LEVEL_NAMES[kind][language]} {vintage}"


def _whole(material: Material) -> Section | None:
    """The table of all parts, where the section on areas has both ends only."""
    subject = material.subject
    if subject.parts.height <= WHOLE:
        return None
    table = parts_table(material, whole=True)
    if table is None:
        return None
    return Section("all-areas", subject.said(TEXTS, "whole"), (table,))


def _meaning(every: list[Reading]) -> tuple[Block, ...]:
    found = []
    for one in every:
        language = one.subject.language
        caveats = one.entry.caveats.get(language, "")
        told = f" {one.entry.explanation[language]} {caveats}".rstrip()
        found.append(Paragraph((Strong(f"{one.name}."), told), "small"))
    return tuple(found)


def _sources(numbers: dict[str, int]) -> tuple[Block, ...]:
    return tuple(Paragraph(f"{number}. {line}", "small") for line, number in numbers.items())


def _source(material: Material, source: Provenance) -> str:
    parts = [source_named(source), source.title or "", source.licence or ""]
    if source.retrieved:
        parts.append(material.subject.said(TEXTS, "retrieved", day=source.retrieved[:10]))
    return ", ".join(part for part in parts if part) + "."


def _addresses(material: Material) -> list[Block]:
    subject = material.subject
    place, vintage = _place(material)
    named: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("place_page", f"{place}/", {}),
        ("place_figures", f"{place}.csv", {"part": "values"}),
        ("place_indices", f"{place}.csv", {"part": "indices"}),
    )
    items: list[Words] = []
    for name, path, parameters in named:
        address = _address(material, path, {**vintage, **parameters})
        shown = Link(address, address) if subject.choice.site else address
        items.append((f"{subject.said(TEXTS, name)}: ", shown))
    return [Bullets(tuple(items))]


def _place(material: Material) -> tuple[str, dict[str, str]]:
    """The page of the place, and what its address must say where its borders are older ones."""
    area = material.subject.area
    older = material.subject.told_as == area.area
    return f"omrade/{area.kind}/{area.code}", {"vintage": area.vintage} if older else {}


def _indicator_address(material: Material, name: str) -> str:
    kind = material.subject.area.kind
    return _address(material, f"indikator/{name}/", {"level": kind})


def _address(material: Material, path: str, parameters: dict[str, str]) -> str:
    subject = material.subject
    path = path if subject.language == "sv" else f"{subject.language}/{path}"
    return citation.permalink(subject.choice.site, path, subject.release.name, parameters)


def _citation(material: Material) -> str:
    subject = material.subject
    about = subject.about(f"{subject.said(TITLES, 'kicker')}: {subject.name}")
    place, vintage = _place(material)
    address = _address(material, f"{place}/rapport/", vintage)
    return citation.text(about, address if subject.choice.site else None)
