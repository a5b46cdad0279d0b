"""The whole report, put together from its sections."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from samsyn import __version__
from samsyn.publish.fiction import fictional
from samsyn.publish.reports import Block, Code, Note, Paragraph, Report, Section
from samsyn.publish.situation.appendix import TITLES, appendix_section
from samsyn.publish.situation.areas import areas_section
from samsyn.publish.situation.choice import COMPARISONS, SECTIONS, Choice
from samsyn.publish.situation.evenness import evenness_section
from samsyn.publish.situation.focus import focus_section
from samsyn.publish.situation.material import Material, material
from samsyn.publish.situation.overview import method_section, summary_section
from samsyn.publish.situation.perspectives import perspectives_section
from samsyn.publish.situation.subject import Subject
from samsyn.publish.situation.unknown import unknown_section
from samsyn.publish.texts import Texts, listed, said
from samsyn.publish.wording import in_place
from samsyn.statistics.indicators import FOCUS_AREAS
from samsyn.statistics.query import Release

TEXTS: Final[Texts] = {
    "subtitle": {
        "sv": "Socioekonomisk segregation, siffror till och med {period}",
        "en": "Socioeconomic segregation, figures up to {period}",
    },
    "subject": {"sv": "Socioekonomisk segregation", "en": "Socioeconomic segregation"},
    "description": {
        "sv": "Hur ojämnt människor bor {place}, vad som skiljer områdena åt, hur det har "
        "förändrats och vad vi inte vet.",
        "en": "How unevenly people live {place}, what tells the areas apart, how that has changed, "
        "and what we do not know.",
    },
    "place": {"sv": "Plats", "en": "Place"},
    "period": {"sv": "Siffror till och med", "en": "Figures up to"},
    "beside": {"sv": "Jämförs med", "en": "Set beside"},
    "alone": {"sv": "inget annat", "en": "nothing else"},
    "release": {"sv": "Utgåva", "en": "Release"},
    "release_of": {"sv": "{release}, skapad {created}", "en": "{release}, made {created}"},
    "day": {"sv": "Rapporten gjord", "en": "Report made"},
    "author": {"sv": "Gjord av", "en": "Made by"},
    "fiction": {
        "sv": "Platsen och alla siffror är påhittade. Rapporten visar hur en lägesbild kan se ut.",
        "en": "The place and all figures are made up. The report shows what one can look like.",
    },
    "no_figures": {
        "sv": "Utgåvan har inga uppgifter om {place}{period}. Rapporten visar bara det som är "
        "känt.",
        "en": "The release has no figures on {place}{period}. The report shows only what is known.",
    },
    "until": {"sv": " till och med {period}", "en": " up to {period}"},
    "earlier": {
        "sv": "Inga uppgifter är från {asked}. De nyaste som visas är från {newest}.",
        "en": "No figures are from {asked}. The newest shown are from {newest}.",
    },
    "lacking": {
        "sv": "Uppgifter saknas helt om: {fields}. Rapporten är gjord utan dem.",
        "en": "There are no figures at all on: {fields}. The report is made without them.",
    },
    "own": {"sv": "Kommentar", "en": "Comment"},
    "own_by": {"sv": "Kommentar från {author}", "en": "Comment by {author}"},
    "made": {"sv": "Så gjordes rapporten", "en": "How the report was made"},
    "made_text": {
        "sv": "Rapporten är sammanställd av Samsyn {version} ur utgåvan {release}. Meningarna är "
        "skrivna efter fasta regler och inte av någon språkmodell. Samma kommando ger samma "
        "rapport, så länge utgåvan finns kvar:",
        "en": "The report was put together by Samsyn {version} from the release {release}. The "
        "sentences are written by fixed rules and not by a language model. The same command gives "
        "the same report for as long as the release is there:",
    },
    "made_own": {
        "sv": "Kommentarerna är skrivna av den som gjorde rapporten. De läses från den fil som "
        "kommandot nämner.",
        "en": "The comments were written by whoever made the report. They are read from the file "
        "that the command names.",
    },
}  # fmt: skip

UNSEEN: Final = frozenset({"Cc", "Cn", "Co", "Cs"})  # controls, and what is no character
Writer = Callable[[Material], Section]
WRITERS: Final[Mapping[str, Writer]] = {
    "summary": summary_section,
    "method": method_section,
    "areas": areas_section,
    "evenness": evenness_section,
    "perspectives": perspectives_section,
    "unknown": unknown_section,
    "appendix": appendix_section,
}


def situation_report(release: Release, choice: Choice) -> Report:
    """The situation report of a place, as far as the release can tell.

    What is missing is told on the title page (`notice`) and in the section on what we do not know.
    Raises InputError where the release has no such place.
    """
    subject = Subject(release, choice, release.area(choice.place))
    gathered = material(subject)
    place = in_place(subject.area.name or subject.area.code, subject.area.kind, choice.language)
    period = _newest(gathered)
    return Report(
        kicker=subject.said(TITLES, "kicker"),
        name=subject.name,
        subtitle=subject.said(TEXTS, "subtitle" if period else "subject", period=period),
        description=subject.said(TEXTS, "description", place=place),
        language=choice.language,
        day=choice.day,
        creator=choice.author or "Samsyn",
        facts=_facts(gathered, period),
        sections=(*(_section(gathered, name) for name in SECTIONS if choice.has(name)),
                  _made(gathered)),
        notice=_notice(gathered, period),
    )  # fmt: skip


def _section(gathered: Material, name: str) -> Section:
    """A section, and after its blocks what whoever makes the report has to say."""
    made = focus_section(gathered, name) if name in FOCUS_AREAS else WRITERS[name](gathered)
    # The focus areas follow on each other: with a page for each, many would be half empty.
    chosen = [one for one in FOCUS_AREAS if gathered.subject.choice.has(one)]
    begins = name not in chosen[1:]
    return replace(made, blocks=(*made.blocks, *_own(gathered, name)), begins=begins)


def _own(gathered: Material, name: str) -> list[Block]:
    """The text of whoever makes the report, marked as theirs; a paragraph for each blank line."""
    subject = gathered.subject
    author = subject.choice.author
    title = subject.said(TEXTS, "own_by", author=author) if author else subject.said(TEXTS, "own")
    parts = re.split(r"\n\s*\n", _seen(subject.choice.own.get(name, "")))
    texts = tuple(text for part in parts if (text := " ".join(part.split())))
    return [Note(title, texts)] if texts else []


def _seen(text: str) -> str:
    """A text without characters that nobody sees and no font has, such as come with what is pasted.

    Line ends and what joins or turns letters are kept.
    """
    kept = (one for one in text if one.isspace() or unicodedata.category(one) not in UNSEEN)
    return "".join(kept)


def _newest(gathered: Material) -> str:
    """The newest period of the figures that are shown; nothing where there are none."""
    periods = [
        period
        for one in gathered.readings.values()
        for period in (one.period, one.parts_period)
        if period is not None and one.known
    ]
    return max([*periods, *(one.period for one in gathered.uneven)], default="")


def _facts(gathered: Material, period: str) -> tuple[tuple[str, str], ...]:
    subject = gathered.subject
    choice, manifest = subject.choice, subject.release.manifest
    beside = [one.label for one in subject.beside]
    if subject.similar:
        beside.append(subject.said(COMPARISONS, "similar"))
    told = [
        ("place", f"{subject.name} ({subject.area.code})"),
        ("period", period),
        ("beside", listed(beside, choice.language) or subject.said(TEXTS, "alone")),
        (
            "release",
            subject.said(TEXTS, "release_of", release=manifest.name, created=manifest.created[:10]),
        ),
        ("day", choice.day.isoformat()),
        ("author", choice.author),
    ]
    return tuple((subject.said(TEXTS, name), text) for name, text in told if text)


def _notice(gathered: Material, period: str) -> str:
    """What must be known before anything is read: made up, missing, or older than was asked for."""
    subject, found = gathered.subject, []
    choice = subject.choice
    if fictional(subject.release):
        found.append(subject.said(TEXTS, "fiction"))
    if not period:
        until = subject.said(TEXTS, "until", period=choice.period) if choice.period else ""
        return " ".join(
            [*found, subject.said(TEXTS, "no_figures", place=subject.name, period=until)]
        )
    if choice.period and period < choice.period:
        found.append(subject.said(TEXTS, "earlier", asked=choice.period, newest=period))
    fields = [
        said(SECTIONS, focus, choice.language).lower()
        for focus in FOCUS_AREAS
        if choice.has(focus) and not gathered.of_focus(focus)
    ]
    if choice.has("evenness") and not gathered.uneven:
        fields.insert(0, said(SECTIONS, "evenness", choice.language).lower())
    if fields:
        found.append(subject.said(TEXTS, "lacking", fields=listed(fields, choice.language)))
    return " ".join(found)


def _made(gathered: Material) -> Section:
    """How the report was made: what every report ends with."""
    subject = gathered.subject
    choice = subject.choice
    told = {"version": __version__, "release": subject.release.name}
    blocks: list[Block] = [
        Paragraph(subject.said(TEXTS, "made_text", **told)),
        Code(choice.command(subject.release.name, subject.told_as)),
    ]
    if any(text.strip() for text in choice.own.values()):
        blocks.append(Paragraph(subject.said(TEXTS, "made_own")))
    return Section("made", subject.said(TEXTS, "made"), tuple(blocks))
