"""The interventions: all of them by level and horizon, and each with who, when and how."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samsyn.cycle.chain.figures import kronor, money_told
from samsyn.cycle.models import Intervention
from samsyn.cycle.plan.chapters.pieces import areas, labels, nothing, titles, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line, paragraphs
from samsyn.people.fields import label
from samsyn.publish.numbers import DASH
from samsyn.publish.reports import Cell, Column, Section, Table
from samsyn.statistics.classifications import classification


def interventions(plan: Plan, language: str) -> Section:
    """The section on interventions."""
    if not plan.interventions:
        return Section("interventions", _("Insatser"), (nothing(),), begins=True)
    return Section(
        "interventions",
        _("Insatser"),
        (_matrix(plan, language),),
        tuple(_intervention(plan, one, language) for one in plan.interventions),
        begins=True,
    )


def _matrix(plan: Plan, language: str) -> Table:
    """Which interventions are at which level and for how long, with the money that is decided."""
    horizons = list(classification("intervention_horizon").entries)
    columns = (
        Column(_("Nivå"), width=1.2),
        *(Column(label("intervention_horizon", one), width=2.0) for one in horizons),
    )
    rows: list[tuple[Cell, ...]] = []
    for level in classification("intervention_level").entries:
        cells: list[Cell] = [label("intervention_level", level)]
        for horizon in horizons:
            there = [
                one for one in plan.interventions if (one.level, one.horizon) == (level, horizon)
            ]
            cells.append(_cell(there, language))
        rows.append(tuple(cells))
    note = _("Beloppen är de pengar som är beslutade.")
    return Table(_("Insatserna efter nivå och horisont"), columns, tuple(rows), note)


def _cell(there: list[Intervention], language: str) -> str:
    if not there:
        return DASH
    decided = sum(
        one.amount for each in there for one in each.money.all() if one.status == "decided"
    )
    count = ngettext("%s insats", "%s insatser", len(there)) % len(there)
    return f"{count}, {kronor(decided, language)}: {titles(there)}"


def period(begins: date | None, ends: date | None) -> str:
    """From when to when."""
    if begins and ends:
        return f"{begins.isoformat()} – {ends.isoformat()}"
    if begins:
        return _("från %(day)s") % {"day": begins.isoformat()}
    return _("till %(day)s") % {"day": ends.isoformat()} if ends else ""


def _intervention(plan: Plan, one: Intervention, language: str) -> Section:
    lead = plan.lead_of(one)
    money = [f"{one_line(each.source)}, {money_told(each, language)}" for each in one.money.all()]
    facts = told(
        [
            (_("Ska nå"), titles(plan.goals_of(one))),
            (_("Slag"), label("intervention_kind", one.kind)),
            (_("Nivå"), label("intervention_level", one.level)),
            (_("Horisont"), label("intervention_horizon", one.horizon)),
            (_("Form"), one.get_form_display()),
            (_("Fokusområden"), labels("focus_area", one.focus_areas)),
            (_("Områden"), areas(one.areas, language)),
            (_("Ansvarig"), lead.title if lead else ""),
            (_("Samverkar"), titles(plan.partners_of(one))),
            (_("Tid"), period(one.begins, one.ends)),
            (_("Målgrupper"), labels("target_group", one.target_groups)),
            (_("Målgruppens del i utformningen"),
             label("participation", one.participation) if one.participation else ""),
            (_("Hur målgruppen tog del"), one.participation_how),
            (_("Pengar"), "; ".join(money)),
            (_("När projektet är slut"), one.afterwards),
            (_("Om problemet kan flytta"), one.displacement),
        ]
    )  # fmt: skip
    return Section(
        f"intervention-{one.pk}", one_line(one.title), (*paragraphs(one.description), *facts)
    )
