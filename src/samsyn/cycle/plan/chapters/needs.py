"""The needs, and the problems that each answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.models import Need
from samsyn.cycle.plan.chapters.pieces import areas, labels, nothing, titles, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.plan.texts import one_line, paragraphs
from samsyn.publish.reports import Section


def needs(plan: Plan, language: str) -> Section:
    """The section on needs."""
    return Section(
        "needs",
        _("Behov"),
        () if plan.needs else (nothing(),),
        tuple(_need(plan, one, language) for one in plan.needs),
    )


def _need(plan: Plan, need: Need, language: str) -> Section:
    own = _("den egna organisationen")
    facts = told(
        [
            (_("Svarar mot"), titles(plan.problems_of(need))),
            (_("Slag"), need.get_kind_display()),
            (_("Vem som råder över det"),
             own if need.own_control else need.controlled_by or _("någon annan, inte utpekad")),
            (_("Områden"), areas(need.areas, language)),
            (_("Målgrupper"), labels("target_group", need.target_groups)),
            (_("Fokusområden"), labels("focus_area", need.focus_areas)),
        ]
    )  # fmt: skip
    return Section(f"need-{need.pk}", one_line(need.title), (*paragraphs(need.description), *facts))
