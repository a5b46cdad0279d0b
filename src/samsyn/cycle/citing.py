"""Evidence: what a problem rests on, kept as it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from samsyn.cycle import figures
from samsyn.cycle.figures import Figure
from samsyn.cycle.models import Evidence, InterviewNote, Problem
from samsyn.cycle.models.problems import EvidenceKind
from samsyn.people.saving import touch


def cite_figure(problem: Problem, figure: Figure, text: str = "") -> Evidence:
    """Keep a figure as evidence of a problem; one that is kept already is that one."""
    named = {
        "kind": EvidenceKind.INDICATOR, "indicator": figure.indicator, "area": figure.area,
        "period": figure.period, "release": figure.release,
    }  # fmt: skip
    known = problem.evidence.filter(**named).first()
    return known or _keep(
        problem, value=figure.value, status=figure.status, unit=figure.unit, text=text, **named
    )


def cite_note(problem: Problem, note: InterviewNote, text: str = "") -> Evidence:
    """Keep a note of an interview as evidence of a problem; once is enough."""
    known = problem.evidence.filter(note=note).first()
    return known or _keep(problem, kind=EvidenceKind.INTERVIEW, note=note, text=text)


def cite_passage(problem: Problem, source: str, text: str) -> Evidence:
    """Keep a passage of a document, with where it stands."""
    return _keep(problem, kind=EvidenceKind.DOCUMENT, source=source, text=text)


def _keep(problem: Problem, **fields: Any) -> Evidence:
    made: Evidence = problem.evidence.create(**fields)
    touch(problem)
    return made


@dataclass(frozen=True)
class Told:
    """Evidence as a page tells it; of a figure also what has come since it was kept."""

    evidence: Evidence
    name: str = ""
    place: str = ""
    value: str = ""
    address: str = ""
    newer: str = ""
    newer_period: str = ""
    newer_address: str = ""
    revised: bool = False


def told(problem: Problem) -> list[Told]:
    """The evidence of a problem in words, in the language of the reader."""
    language = (get_language() or "sv")[:2]
    rows = problem.evidence.standing().select_related("note__interview__respondent")
    return [_figure(one, language) if one.kind == EvidenceKind.INDICATOR else Told(one)
            for one in rows]  # fmt: skip


def _figure(one: Evidence, language: str) -> Told:
    since = figures.newer(one)
    return Told(
        one,
        name=figures.called(one.indicator, language),
        place=figures.place_of(one, language),
        value=figures.written(one, language),
        address=figures.address_of(one),
        newer=figures.written(since, language) if since else "",
        newer_period=since.period if since else "",
        newer_address=figures.address_of(since) if since else "",
        revised=since is not None and since.period == one.period,
    )
