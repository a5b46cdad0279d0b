"""The goals: of what, from what, to what and when."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samsyn.cycle.chain.figures import area_name, figure_address, goal_unit, value
from samsyn.cycle.figures import Figure, called
from samsyn.cycle.followed.values import GoalValues
from samsyn.cycle.models import Goal
from samsyn.cycle.plan.chapters.goal_values import goal_values, verdicts
from samsyn.cycle.plan.chapters.pieces import labels, nothing, titles, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line, paragraphs
from samsyn.publish.numbers import DASH
from samsyn.publish.reports import Block, Cell, Column, Link, Paragraph, Section, Table

FOLLOWED: Final = 20  # goals of which the values over time are shown


def goals(plan: Plan, language: str, site: str) -> Section:
    """The section on goals: one table of all, and each with what it answers."""
    if not plan.goals:
        return Section("goals", _("Mål"), (nothing(),))
    columns = (
        Column(pgettext("ett", "Mål"), width=2.4),
        Column(_("Mått"), width=2.0),
        Column(_("Var"), width=1.3),
        Column(_("Utgångsvärde"), "right", 1.4),
        Column(_("Målvärde"), "right", 1.2),
        Column(_("Målår"), "right", 0.8),
    )
    rows = tuple(_row(one, language, site) for one in plan.goals)
    table = Table(_("Målen och hur de mäts"), columns, rows)
    followed = [one.pk for one in plan.goals if one.pk in plan.followed]
    shown = set(followed[:FOLLOWED])
    blocks: tuple[Block, ...] = (table,)
    if len(followed) > FOLLOWED:
        said = _("För de %(count)s första av målen som följs visas också värdena över tid.")
        blocks = (table, Paragraph(said % {"count": FOLLOWED}))
    return Section(
        "goals",
        _("Mål"),
        blocks,
        tuple(
            _goal(plan, one, plan.values(one, language) if one.pk in shown else None, language)
            for one in plan.goals
        ),
    )


def measure(goal: Goal, language: str) -> str:
    """What a goal is measured by."""
    return one_line(called(goal.indicator, language) if goal.indicator else goal.measure)


def _row(goal: Goal, language: str, site: str) -> tuple[Cell, ...]:
    named: Cell = measure(goal, language) or DASH
    if goal.indicator and goal.baseline_release and isinstance(named, str):
        figure = Figure(
            goal.indicator, goal.area, goal.baseline_period, goal.baseline, "ok", goal_unit(goal),
            goal.baseline_release,
        )  # fmt: skip
        address = figure_address(figure, site)
        named = Link(named, address)
    baseline = DASH
    if goal.baseline is not None:
        baseline = value(goal.baseline, goal_unit(goal), "ok", language)
        baseline += f" ({goal.baseline_period})" if goal.baseline_period else ""
    target = DASH if goal.target is None else value(goal.target, goal_unit(goal), "ok", language)
    where = area_name(goal.area, language) if goal.area else DASH
    return (
        one_line(goal.title), named, where, baseline, target, str(goal.target_year or DASH),
    )  # fmt: skip


def _goal(plan: Plan, goal: Goal, values: GoalValues | None, language: str) -> Section:
    joined = ", ".join(one.name for one in goal.joined.all())
    release = goal.baseline_release if goal.baseline is not None else ""
    facts = told(
        [
            (_("Svarar mot"), titles(plan.needs_of(goal))),
            (_("Utgångsvärdet är ur utgåvan"), release),
            (_("Organisationer som har anslutit sig"), joined),
            (_("Tillitskriterier"), labels("trust_criterion", goal.trust_criteria)),
            (_("Perspektiv"), labels("perspective", goal.perspectives)),
            *(verdicts(values) if values is not None else []),
        ]
    )
    came = () if values is None else goal_values(values, language)
    blocks = (*paragraphs(goal.description), *facts, *came)
    return Section(f"goal-{goal.pk}", one_line(goal.title), blocks)
