"""The sections that open a report: the summary, and what segregation is and how it is measured."""

from __future__ import annotations

from typing import Final

from samsyn.publish.numbers import number
from samsyn.publish.reports import (
    Block,
    Bullets,
    KeyFigure,
    KeyFigures,
    Link,
    Paragraph,
    Section,
    Strong,
    Words,
)
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.focus import told_first
from samsyn.publish.situation.material import Material, facts
from samsyn.publish.texts import Texts, said
from samsyn.publish.wording.figures import interval, per_cent
from samsyn.publish.wording.indicators import LEVEL, PARTS, indicator_sentences
from samsyn.statistics.indicators import FOCUS_AREAS

TEXTS: Final[Texts] = {
    "population": {"sv": "Invånare", "en": "Residents"},
    "inequality": {"sv": "Ojämlikhetsindex", "en": "Inequality index"},
    "first": {"sv": "bor i områden av typ 1", "en": "live in areas of type 1"},
    "last": {"sv": "bor i områden av typ 5", "en": "live in areas of type 5"},
    "first_note": {"sv": "stora utmaningar", "en": "great challenges"},
    "last_note": {"sv": "mycket goda förutsättningar", "en": "very good conditions"},
    "fields": {"sv": "Fokusområdena i korthet", "en": "The focus areas in short"},
    "keep": {"sv": "Att ha i minnet", "en": "To keep in mind"},
    "more": {
        "sv": "Vad siffrorna inte säger står i avsnittet {section}.",
        "en": "What the figures do not say stands in the section {section}.",
    },
}

# What the method section says, in short. The methods in full stand in the project's documentation.
METHOD: Final[Texts] = {
    "what": {
        "sv": "Segregation innebär att människor med olika villkor lever åtskilda: i olika "
        "bostadsområden, skolor och delar av arbetslivet. Den är relationell. Ett område är inte "
        "segregerat i sig självt, utan i förhållande till andra, och områden där många har det "
        "gott ställt hör till bilden lika mycket som områden där många har det svårt. Därför "
        "visar rapporten alltid båda ändarna.",
        "en": "Segregation is that people in different circumstances live apart: in different "
        "residential areas, schools and parts of working life. It is relational. An area is not "
        "segregated in itself but in relation to others, and areas where many are well off belong "
        "to the picture as much as areas where many have a hard time. The report therefore always "
        "shows both ends.",
    },
    "which": {
        "sv": "Här mäts socioekonomisk segregation i boendet. Den sammanfaller ofta, men inte "
        "alltid, med etnisk och demografisk segregation, och varje slag redovisas för sig.",
        "en": "What is measured here is socioeconomic segregation in housing. It often, but not "
        "always, coincides with ethnic and demographic segregation, and each kind is told by "
        "itself.",
    },
    "how": {"sv": "Så läser du rapporten", "en": "How to read the report"},
    "evenness_name": {"sv": "Ojämnhet.", "en": "Evenness."},
    "evenness": {
        "sv": "Ojämlikhetsindex går från 0 till 1 och är den andel av invånarna med låg ekonomisk "
        "standard som skulle behöva flytta till ett annat område för att bo fördelade som de med "
        "hög. Andra grupper mäts på liknande sätt.",
        "en": "The inequality index goes from 0 to 1. It is the share of the residents with low "
        "economic standard who would have to move to another area to be spread like those with "
        "high. Other groups are measured in similar ways.",
    },
    "interval_name": {"sv": "Osäkerhet.", "en": "Uncertainty."},
    "interval": {
        "sv": "Efter ett värde kan det stå ett intervall, till exempel (0,54–0,57). Det är ett "
        "95-procentigt intervall för vad slumpen kan ge när få människor bor i varje område. Två "
        "värden sägs skilja sig åt bara när skillnaden är större än vad slumpen kan ge. Står de "
        "bara bredvid varandra går det inte att avgöra.",
        "en": "A value can be followed by an interval, such as (0.54–0.57). It is a 95% interval "
        "for what chance can do when few people live in each area. Two values are said to differ "
        "only where the difference is more than chance can bring about. Where they only stand side "
        "by side, that cannot be tried.",
    },
    "chance_name": {"sv": "Slumpen.", "en": "Chance."},
    "chance": {
        "sv": "Även om alla bodde helt slumpmässigt skulle ett index inte bli noll. Därför visas "
        "också vad slumpen ensam skulle ge.",
        "en": "Even if everybody lived quite at random, an index would not be zero. What chance "
        "alone would give is therefore shown too.",
    },
    "areas_name": {"sv": "Områden.", "en": "Areas."},
    "areas": {
        "sv": "DeSO och RegSO är Statistiska centralbyråns indelningar. Ett RegSO motsvarar "
        "ungefär en stadsdel och består av ett eller flera DeSO. Ju mindre områden, desto mer syns "
        "av hur ojämnt människor bor, och värden för olika stora områden går inte att jämföra.",
        "en": "DeSO and RegSO are divisions by Statistics Sweden. A RegSO is about a part of town "
        "and consists of one or more DeSO. The smaller the areas, the more is seen of how "
        "unevenly people live, and values on areas of different size do not compare.",
    },
    "types_name": {"sv": "Områdestyper.", "en": "Area types."},
    "types": {
        "sv": "Varje RegSO har en typ från 1, stora socioekonomiska utmaningar, till 5, mycket "
        "goda socioekonomiska förutsättningar. Typen följer av ett index över tre andelar: låg "
        "ekonomisk standard, förgymnasial utbildning och långvarigt ekonomiskt bistånd "
        "eller långtidsarbetslöshet.",
        "en": "Each RegSO has a type from 1, great socioeconomic challenges, to 5, very good "
        "socioeconomic conditions. The type follows from an index of three shares: low economic "
        "standard, pre-upper-secondary education, and long-term assistance or unemployment.",
    },
    "cause_name": {"sv": "Orsaker.", "en": "Causes."},
    "cause": {
        "sv": "Siffrorna säger hur det är och hur det har förändrats. De säger inte varför, och "
        "inte heller om en insats har haft effekt.",
        "en": "The figures say how things are and how they have changed. They do not say why, nor "
        "whether an intervention has had an effect.",
    },
    "missing_name": {"sv": "Luckor.", "en": "Gaps."},
    "missing": {
        "sv": "En uppgift som saknas räknas aldrig som noll. I tabellerna står då varför: saknas, "
        "sekretess eller ej relevant, eller ett streck där ingen uppgift är att vänta.",
        "en": "A figure that is missing never counts as zero. Tables then say why: missing, "
        "confidential or not applicable, or have a dash where no figure is to be expected.",
    },
}
READING: Final = ("evenness", "interval", "chance", "areas", "types", "cause", "missing")


def summary_section(material: Material) -> Section:
    """The sentences by rule, the key figures, and a line for each focus area: at most a page."""
    subject = material.subject
    language = subject.language
    told = material.summary
    lines: list[Words] = []
    for focus in FOCUS_AREAS:
        chosen = told_first(material, focus)
        if chosen is None or not subject.choice.has(focus):
            continue
        sentences = indicator_sentences(facts(chosen), (LEVEL, PARTS))
        text = " ".join(one.text(language) for one in sentences)
        where = Link(said(SECTIONS, focus, language), f"#{focus}")
        lines.append((where, f". {chosen.name}: {text}"))
    blocks: list[Block] = [Paragraph(told.text(language), "lead")]
    figures = _key_figures(material)
    if figures:
        blocks.append(KeyFigures(figures))
    sections = []
    if lines:
        title = subject.said(TEXTS, "fields")
        sections.append(Section("fields", title, (Bullets(tuple(lines)),)))
    notes: list[Words] = [note.text(language) for note in told.notes]
    if subject.choice.has("unknown"):
        head, _, tail = subject.said(TEXTS, "more", section="\0").partition("\0")
        notes.append((head, Link(said(SECTIONS, "unknown", language), "#unknown"), tail))
    if notes:
        sections.append(Section("keep", subject.said(TEXTS, "keep"), (Bullets(tuple(notes)),)))
    title = said(SECTIONS, "summary", language)
    return Section("summary", title, tuple(blocks), tuple(sections))


def _key_figures(material: Material) -> tuple[KeyFigure, ...]:
    subject, language = material.subject, material.subject.language
    found = []
    people = material.readings.get("population")
    if people is not None and people.own.figure.known:
        value = number(people.own.figure.value, "persons", language)
        found.append(KeyFigure(subject.said(TEXTS, "population"), value, people.period or ""))
    first = next((one for one in material.uneven if one.grouping.id == "economic_standard"), None)
    if first is not None:
        span = interval(first.figure, language).strip(" ()")
        found.append(
            KeyFigure(
                subject.said(TEXTS, "inequality"),
                number(first.figure.value, "index", language, 2),
                ", ".join(part for part in (span, first.period) if part),
            )
        )
    if material.types.height:
        found += _ends(material)
    return tuple(found)


def _ends(material: Material) -> list[KeyFigure]:
    """How many live at each end, told alike."""
    subject, types = material.subject, material.types
    if types["people"].null_count():
        return []
    total = float(types["people"].sum())
    found = []
    for end, name in ((1, "first"), (5, "last")):
        living = float(types.filter(types["type"] == end)["people"].sum())
        found.append(
            KeyFigure(
                subject.said(TEXTS, name),
                per_cent(living / total if total else None, subject.language),
                f"{subject.said(TEXTS, f'{name}_note')}, {types['period'][0]}",
            )
        )
    return found


def method_section(material: Material) -> Section:
    """What segregation is, and how the figures are read."""
    subject = material.subject
    reading = tuple(
        (Strong(subject.said(METHOD, f"{name}_name")), f" {subject.said(METHOD, name)}")
        for name in READING
    )
    return Section(
        "method",
        subject.said(SECTIONS, "method"),
        (Paragraph(subject.said(METHOD, "what"), "lead"), Paragraph(subject.said(METHOD, "which"))),
        (Section("reading", subject.said(METHOD, "how"), (Bullets(reading),)),),
    )
