"""The section on Agenda 2030 and the other perspectives: an index of where each is touched."""

from __future__ import annotations

from typing import Final

from samsyn.publish.reports import Block, Bullets, Inline, Link, Paragraph, Section, Words
from samsyn.publish.situation.choice import SECTIONS
from samsyn.publish.situation.material import Material
from samsyn.publish.texts import Texts, said
from samsyn.statistics.indicators import FOCUS_AREAS, PERSPECTIVES

TEXTS: Final[Texts] = {
    "lead": {
        "sv": "Här framgår var i rapporten varje perspektiv berörs av någon indikator. Att ett "
        "perspektiv berörs betyder inte att det är genomlyst: indikatorerna säger något om "
        "människors villkor, men sällan om hur rättigheter upplevs eller tillgodoses.",
        "en": "Here is where in the report each perspective is touched by an indicator. That a "
        "perspective is touched does not mean that it is examined: the indicators say something "
        "about people's circumstances, but seldom how rights are experienced or met.",
    },
    "nowhere": {
        "sv": "Ingen indikator i rapporten berör perspektivet.",
        "en": "No indicator in the report touches the perspective.",
    },
    "gender": {
        "sv": "Uppdelning på kvinnor och män finns bara för: {names}.",
        "en": "Only these are told for women and for men: {names}.",
    },
    "no_gender": {
        "sv": "Ingen av indikatorerna finns uppdelad på kvinnor och män i utgåvan.",
        "en": "None of the indicators is told for women and for men in the release.",
    },
}


def perspectives_section(material: Material) -> Section:
    """Each perspective with the indicators that touch it and the section where they stand."""
    subject = material.subject
    return Section(
        "perspectives",
        subject.said(SECTIONS, "perspectives"),
        (Paragraph(subject.said(TEXTS, "lead"), "lead"),),
        tuple(
            Section(
                f"perspective-{name}".replace("_", "-"),
                label[subject.language],
                tuple(_touched(material, name)),
            )
            for name, label in PERSPECTIVES.items()
        ),
    )


def _touched(material: Material, perspective: str) -> list[Block]:
    subject, items = material.subject, list[Words]()
    for focus in FOCUS_AREAS:
        names = [
            one.name for one in material.of_focus(focus) if perspective in one.entry.perspectives
        ]
        if not names or not subject.choice.has(focus):
            continue
        field: Inline = Link(said(SECTIONS, focus, subject.language), f"#{focus}")
        items.append((field, f": {'; '.join(names)}."))
    blocks: list[Block] = (
        [Bullets(tuple(items))] if items else [Paragraph(subject.said(TEXTS, "nowhere"))]
    )
    if perspective == "gender_equality":
        names = [one.name for one in material.readings.values() if one.known and one.sexes]
        name = "gender" if names else "no_gender"
        blocks.append(Paragraph(subject.said(TEXTS, name, names="; ".join(names))))
    return blocks
