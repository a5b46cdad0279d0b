"""The problems, each with what it rests on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import evidence_told, figure_address
from samsyn.cycle.figures import called
from samsyn.cycle.models import Evidence, Problem
from samsyn.cycle.models.problems import EvidenceKind
from samsyn.cycle.plan.chapters.pieces import areas, labels, nothing, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line, paragraphs
from samsyn.people.fields import label
from samsyn.publish.reports import Bullets, Link, Paragraph, Section, Words


def problems(plan: Plan, language: str, site: str) -> Section:
    """The section on problems."""
    return Section(
        "problems",
        _("Problem"),
        () if plan.problems else (nothing(),),
        tuple(_problem(plan, one, language, site) for one in plan.problems),
        begins=True,
    )


def _problem(plan: Plan, problem: Problem, language: str, site: str) -> Section:
    level = label("problem_level", problem.level) if problem.level else ""
    facts = told(
        [
            (_("Nivå"), level),
            (_("Områden"), areas(problem.areas, language)),
            (_("Vilka det gäller"), labels("target_group", problem.target_groups)),
            (_("Fokusområden"), labels("focus_area", problem.focus_areas)),
            (_("Form av segregation"), labels("segregation_form", problem.forms)),
            (_("Drivkrafter"), labels("driver", problem.drivers)),
        ]
    )
    evidence = [_evidence(one, language, site) for one in plan.evidence(problem)]
    rests = (
        (Paragraph(_("Underlag:")), Bullets(tuple(evidence)))
        if evidence
        else (Paragraph(_("Problemet har inget underlag.")),)
    )
    blocks = (*paragraphs(problem.description), *facts, *rests)
    return Section(f"problem-{problem.pk}", one_line(problem.title), blocks)


def _evidence(evidence: Evidence, language: str, site: str) -> Words:
    """A line of evidence. What was said in an interview is in no plan, only what it shows."""
    shows = one_line(evidence.text)
    after = f" {shows}" if shows else ""
    if evidence.kind == EvidenceKind.INDICATOR:
        name = called(evidence.indicator, language)
        figure = f": {evidence_told(evidence, language)}"
        if not evidence.release:
            return f"{name}{figure}.{after}"
        address = figure_address(evidence, site)
        release = _("Utgåva %(release)s") % {"release": evidence.release}
        return (Link(name, address), f"{figure}. {release}.{after}")
    if evidence.kind == EvidenceKind.DOCUMENT:
        return f"{_('Dokument')}: {one_line(evidence.source)}.{after}"
    return f"{_('Intervju')}.{after}"
