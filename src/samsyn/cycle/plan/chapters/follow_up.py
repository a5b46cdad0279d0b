"""What is to be followed up and when, and what has been found."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import result_unit, value
from samsyn.cycle.models import FollowUp
from samsyn.cycle.models.followed import State
from samsyn.cycle.plan.chapters.pieces import nothing, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line, paragraphs
from samsyn.publish.numbers import DASH, number
from samsyn.publish.reports import Block, Cell, Column, Section, Table


def follow_up(plan: Plan, language: str) -> Section:
    """The section on follow-up: a table of all, and what there is to say of those done."""
    if not plan.follow_ups:
        return Section("follow-up", _("Uppföljning"), (nothing(),))
    columns = (
        Column(_("Uppföljning"), width=2.2),
        Column(_("Insats eller mål"), width=2.2),
        Column(_("Ska vara klar"), "right", 1.2),
        Column(_("Avser"), "right", 0.9),
        Column(_("Värde"), "right", 1.4),
        Column(_("Läge"), width=1.1),
    )
    rows = tuple(_row(plan, one, language) for one in plan.follow_ups)
    sections = tuple(
        section for one in plan.follow_ups if (section := _result(plan, one, language)) is not None
    )
    table = Table(_("Vad som följs upp och när"), columns, rows)
    return Section("follow-up", _("Uppföljning"), (table,), sections)


def _row(plan: Plan, one: FollowUp, language: str) -> tuple[Cell, ...]:
    interventions = {each.pk: each.title for each in plan.interventions}
    goals = {each.pk: each.title for each in plan.goals}
    of = [interventions.get(one.intervention_id or 0), goals.get(one.goal_id or 0)]
    shown = plan.told(one)
    due = one.due.isoformat() if one.due else DASH
    waiting = one.state == State.PLANNED and one.value is None
    known = DASH
    if shown and not waiting:
        known = value(
            one.value,
            result_unit(one, {each.pk: each for each in plan.goals}),
            one.value_status,
            language,
        )
    state = one.get_state_display() if shown else _("Planerad")
    return (
        one_line(one.title), "; ".join(one_line(each) for each in of if each) or DASH, due,
        (one.period if shown else "") or DASH, known, state,
    )  # fmt: skip


def _result(plan: Plan, one: FollowUp, language: str) -> Section | None:
    if not plan.told(one):
        return None
    part = ""
    if one.numerator is not None and one.denominator is not None:
        ends = [
            number(each, None, language, 0 if float(each).is_integer() else 1)
            for each in (one.numerator, one.denominator)
        ]
        part = _("%(part)s av %(whole)s") % {"part": ends[0], "whole": ends[1]}
    source = _("Ur utgåvan %(name)s.") % {"name": one.release} if one.release else ""
    evidence = " ".join(filter(None, (one.evidence, source)))
    blocks: tuple[Block, ...] = (
        *paragraphs(one.description),
        *told([(_("Andel"), part), (_("Underlag"), evidence)]),
    )
    return Section(f"follow-up-{one.pk}", one_line(one.title), blocks) if blocks else None
