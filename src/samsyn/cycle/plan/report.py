"""The plan as a report: what it says, from the title page to the appendix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from samsyn.cycle.chain.figures import area_name, years
from samsyn.cycle.plan.chapters import (
    appendix,
    background,
    chain,
    follow_up,
    goals,
    groups,
    interventions,
    money,
    needs,
    problems,
)
from samsyn.cycle.plan.findings import Findings, gaps
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.summary import sentences
from samsyn.cycle.plan.texts import cleaned, one_line, paragraphs
from samsyn.publish.numbers import number
from samsyn.publish.reports import KeyFigure, KeyFigures, Note, Paragraph, Report, Section


@dataclass(frozen=True)
class Setting:
    """For whom and where a plan is told: its language, the site that links lead to, the day."""

    language: str
    site: str
    day: date
    # Of a plan that is published, its public address.
    address: str = ""


def plan_report(plan: Plan, setting: Setting, findings: Findings | None = None) -> Report:
    """The plan as a report, in the language of the setting.

    What is lacking stands in it only where `findings` are given: they are for the organisation.
    """
    with translation.override(setting.language):
        language = setting.language
        round, place = plan.round, area_name(plan.round.place, language)
        whole = plan.chain(language)
        sections = [
            _summary(plan, language),
            chain(plan, whole, language),
            background(plan, language),
            problems(plan, language, setting.site),
            needs(plan, language),
            goals(plan, language, setting.site),
            interventions(plan, language),
            money(plan, language),
            follow_up(plan, language),
            *([gaps(findings)] if findings is not None else []),
            groups(plan),
            appendix(plan, whole, language, setting.site),
        ]
        said = years(round.year_from, round.year_to)
        report = Report(
            kicker=_("Plan"),
            name=one_line(round.title),
            subtitle=f"{place}, {said}",
            description=_("Plan mot segregation för %(place)s, %(years)s.")
            % {"place": place, "years": said},
            language=language,
            day=setting.day,
            creator=round.organisation.name,
            facts=_facts(plan, setting, place, said),
            sections=tuple(one for one in sections if one is not None),
            notice=_notice(plan),
        )
        return cleaned(report)


def _facts(plan: Plan, setting: Setting, place: str, said: str) -> tuple[tuple[str, str], ...]:
    told = [
        (_("Organisation"), plan.round.organisation.name),
        (_("Plats"), place),
        (_("År"), said),
        (_("Datum"), setting.day.isoformat()),
        (_("Adress"), setting.address),
    ]
    return tuple((name, text) for name, text in told if text)


def _notice(plan: Plan) -> str:
    if plan.inside:
        return _(
            "Det här är organisationens eget exemplar: allt är med, också det som inte är delat."
        )
    return ""


def _summary(plan: Plan, language: str) -> Section:
    decided = plan.sums().get("decided")
    figures = [
        KeyFigure(npgettext("antal", "Behov", "Behov", len(plan.needs)), str(len(plan.needs))),
        KeyFigure(npgettext("antal", "Mål", "Mål", len(plan.goals)), str(len(plan.goals))),
        KeyFigure(
            npgettext("antal", "Insats", "Insatser", len(plan.interventions)),
            str(len(plan.interventions)),
        ),
        KeyFigure(
            _("Beslutade pengar, miljoner kronor"),
            number(float(decided[0]) / 1e6 if decided else 0.0, None, language, 2),
        ),
    ]
    told = tuple(Paragraph(one) for one in sentences(plan, language))
    own = paragraphs(plan.round.description)
    return Section(
        "summary",
        _("Sammanfattning"),
        (
            KeyFigures(tuple(figures)),
            *told,
            *((Note(_("Organisationens egna ord"), tuple(one.words for one in own)),)
              if own else ()),
        ),
        begins=True,
    )  # fmt: skip
