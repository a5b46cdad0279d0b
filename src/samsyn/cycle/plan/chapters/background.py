"""How the plan came to be: what was asked, how it was found out, and who was heard."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import area_name, years
from samsyn.cycle.plan.chapters.pieces import areas, labels, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.cycle.scope import method
from samsyn.publish.reports import Section


def background(plan: Plan, language: str) -> Section:
    """The section on the mapping."""
    round = plan.round
    facts = [
        (_("Plats"), area_name(round.place, language)),
        (_("Områden"), areas(round.areas, language)),
        (_("År"), years(round.year_from, round.year_to)),
        (_("Fokusområden"), labels("focus_area", round.focus_areas)),
        (_("Så är det undersökt"), "; ".join(method(round))),
        (_("Vilkas perspektiv som är hörda"),
         labels("perspective_heard", round.perspectives_heard)),
        (_("Perspektiv"), labels("perspective", round.perspectives)),
    ]  # fmt: skip
    return Section("background", _("Kartläggningen"), told(facts))
