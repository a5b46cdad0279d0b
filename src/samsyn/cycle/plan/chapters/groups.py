"""The groups in which the actors work together, and what they have decided."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.models import CollaborationGroup
from samsyn.cycle.plan.chapters.pieces import titles, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line, paragraphs
from samsyn.publish.numbers import DASH
from samsyn.publish.reports import Block, Cell, Column, Section, Table


def groups(plan: Plan) -> Section | None:
    """The section on groups; none where there are none."""
    if not plan.groups:
        return None
    return Section(
        "groups", _("Samverkansgrupper"), (), tuple(_group(plan, one) for one in plan.groups)
    )


def _group(plan: Plan, group: CollaborationGroup) -> Section:
    """A group with its decisions. What is noted at meetings is for the group."""
    blocks: list[Block] = [
        *paragraphs(group.description),
        *told([(_("Uppdrag"), group.mandate), (_("Medlemmar"), titles(plan.members_of(group)))]),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            one_line(decision.text), meeting.held.isoformat(), decision.get_state_display(),
            one_line(decision.became) or DASH,
        )
        for meeting in group.meetings.all()
        for decision in meeting.decisions.all()
    ]  # fmt: skip
    if rows:
        columns = (
            Column(_("Beslut"), width=2.4),
            Column(_("Möte"), "right", 1.1),
            Column(_("Läge"), width=1.1),
            Column(_("Vad det blev"), width=2.0),
        )
        caption = _("Beslut i %(group)s") % {"group": one_line(group.title)}
        blocks.append(Table(caption, columns, tuple(rows)))
    return Section(f"group-{group.pk}", one_line(group.title), tuple(blocks))
