"""The section on what we do not know: missing, secret, uncertain, broken, and not heard."""

from __future__ import annotations

from typing import Final

import polars as pl

from samsyn.publish.numbers import number
from samsyn.publish.reports import Block, Bullets, Paragraph, Section, Words
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.material import ELSEWHERE, Material
from samsyn.publish.texts import Texts, said
from samsyn.publish.wording.grammar import counted
from samsyn.statistics.indicators import FOCUS_AREAS

OLD: Final = 3  # years that a figure is behind the newest before that is told

TEXTS: Final[Texts] = {
    "lead": {
        "sv": "En lägesbild är bara så bra som det den vilar på. Det här är vad rapporten inte "
        "kan säga, och varför.",
        "en": "A situation report is only as good as what it rests on. This is what the report "
        "cannot say, and why.",
    },
    "figures": {"sv": "Siffror som saknas eller är osäkra", "en": "Missing and uncertain figures"},
    "lacking": {
        "sv": "{field}: uppgifter saknas om {names}.",
        "en": "{field}: there are no figures on {names}.",
    },
    "own_secret": {
        "sv": "För {place} omfattas de här uppgifterna av sekretess: {names}.",
        "en": "Of {place} these figures are confidential: {names}.",
    },
    "secret": {
        "sv": "{number} {values} för områdena omfattas av sekretess ({of}). Så få personer finns "
        "bakom att någon skulle kunna kännas igen.",
        "en": "{number} {values} of the areas cannot be shown for reasons of confidentiality "
        "({of}). So few people are behind them that somebody could be recognised.",
    },
    "missing": {
        "sv": "{number} {values} för områdena saknas ({of}).",
        "en": "{number} {values} of the areas cannot be found ({of}).",
    },
    "estimated": {
        "sv": "Uppskattade av källan eller räknade ur avrundade tal: {names}.",
        "en": "Estimated by the source or computed from rounded numbers: {names}.",
    },
    "old": {
        "sv": "Äldre än de andra siffrorna: {names}.", "en": "Older than the others: {names}.",
    },
    "broken": {
        "sv": "Serien har brutits de senaste åren, så utvecklingen är inte helt jämförbar: "
        "{names}.",
        "en": "The series has broken in recent years, so the course does not quite compare: "
        "{names}.",
    },
    "untried": {
        "sv": "För de här går det inte att säga om en skillnad är större än vad slumpen kan ge, "
        "eftersom de inte är andelar av kända antal: {names}.",
        "en": "Of these it cannot be said whether a difference is more than chance can bring "
        "about, since they are not shares of known counts: {names}.",
    },
    "none": {
        "sv": "Inga av rapportens siffror saknas eller är märkta som osäkra.",
        "en": "None of the figures of the report are missing or marked as uncertain.",
    },
    "heard_heading": {"sv": "Perspektiv som inte är hörda", "en": "Perspectives not heard"},
    "heard": {
        "sv": "Rapporten bygger enbart på register och officiell statistik. Ingen har intervjuats "
        "för den. Det betyder att följande röster saknas:",
        "en": "The report rests on registers and official statistics only. Nobody has been "
        "interviewed for it. That means that these voices are missing:",
    },
    "residents": {
        "sv": "de som bor i områdena, både där utmaningarna är stora och där förutsättningarna är "
        "mycket goda,",
        "en": "those who live in the areas, both where challenges are great and where conditions "
        "are very good,",
    },
    "groups": {
        "sv": "de grupper som insatser riktas till, som barn och unga och nyanlända,",
        "en": "the groups that interventions are for, such as children, young people and "
        "newcomers,",
    },
    "professionals": {
        "sv": "de som arbetar i skola, socialtjänst, polis, bostadsbolag och vård,",
        "en": "those who work in schools, social services, the police, housing and care,",
    },
    "society": {
        "sv": "civilsamhället och näringslivet.", "en": "civil society and business.",
    },
    "next": {
        "sv": "Siffrorna visar var och hur mycket. De röster som saknas kan säga hur det upplevs "
        "och vad som behövs.",
        "en": "The figures show where and how much. The voices that are missing can say how it is "
        "experienced and what is needed.",
    },
}  # fmt: skip


def unknown_section(material: Material) -> Section:
    """What is missing, secret, uncertain, old or broken, and who has not been heard."""
    subject = material.subject
    items = [
        *_lacking(material), *_hidden(material, "secret"), *_hidden(material, "missing"),
        *_listed(material), *(note.text(subject.language) for note in material.summary.notes),
    ]  # fmt: skip
    figures: Block = Bullets(tuple(items)) if items else Paragraph(subject.said(TEXTS, "none"))
    voices: tuple[Words, ...] = tuple(
        subject.said(TEXTS, name) for name in ("residents", "groups", "professionals", "society")
    )
    return Section(
        "unknown",
        subject.said(SECTIONS, "unknown"),
        (Paragraph(subject.said(TEXTS, "lead"), "lead"),),
        (
            Section("uncertain", subject.said(TEXTS, "figures"), (figures,)),
            Section(
                "heard",
                subject.said(TEXTS, "heard_heading"),
                (
                    Paragraph(subject.said(TEXTS, "heard")),
                    Bullets(voices),
                    Paragraph(subject.said(TEXTS, "next")),
                ),
            ),
        ),
    )


def _lacking(material: Material) -> list[str]:
    subject = material.subject
    return [
        subject.said(
            TEXTS, "lacking", field=said(SECTIONS, focus, subject.language),
            names="; ".join(_running(one.name[subject.language]) for one in there),
        )
        for focus in FOCUS_AREAS
        if (there := material.lacking(focus))
    ]  # fmt: skip


def _running(name: str) -> str:
    return name[:1].lower() + name[1:]


def _hidden(material: Material, status: str) -> list[str]:
    """How many figures of the parts have a status, and of how many indicators."""
    subject = material.subject
    found = [
        one.parts.filter(pl.col("value").is_null() & (pl.col("status") == status)).height
        for one in material.readings.values()
        if one.parts_known.height
    ]
    total = sum(found)
    if not total:
        return []
    swedish = subject.language == "sv"
    return [
        subject.said(
            TEXTS, status,
            number=number(total, "persons", subject.language),
            values=counted(total, "siffra", "siffror") if swedish
            else counted(total, "figure", "figures"),
            of=_indicators(sum(1 for one in found if one), subject.language),
        )
    ]  # fmt: skip


def _indicators(number: int, language: str) -> str:
    words = ("indikator", "indikatorer") if language == "sv" else ("indicator", "indicators")
    return f"{number} {counted(number, *words)}"


def _listed(material: Material) -> list[str]:
    """The indicators that are estimated, older than the others, broken, or cannot be tried."""
    subject = material.subject
    known = [
        one for one in material.readings.values()
        if one.own.figure.known and one.period is not None and one.entry.id not in ELSEWHERE
    ]  # fmt: skip
    newest = max((_year(one.period or "") for one in known), default=0)
    lists = {
        "own_secret": [one.name for one in material.readings.values() if one.secret],
        "estimated": [one.name for one in known if one.own.figure.estimated],
        "old": [
            f"{one.name} ({one.period})" for one in known if _year(one.period or "") < newest - OLD
        ],
        "broken": [one.name for one in known if one.earlier is not None and one.earlier["broken"]],
        "untried": [
            one.name for one in known if not one.own.figure.sure and one.entry.unit != "persons"
        ],
    }
    return [
        subject.said(TEXTS, name, names="; ".join(names), place=subject.name)
        for name, names in lists.items()
        if names
    ]


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdecimal() else 0
