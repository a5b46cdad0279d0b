"""How the plan came to be: what was asked, how it was found out, and who was heard."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import area_name, years
from samsyn.cycle.plan.chapters.pieces import areas, labels, told
from samsyn.cycle.plan.gathered import Plan
from samsyn.publish.reports import Section


def background(plan: Plan, language: str) -> Section:
    """The section on the mapping."""
    round = plan.round
    facts = [
        (_("Plats"), area_name(round.place, language)),
        (_("Områden"), areas(round.areas, language)),
        (_("År"), years(round.year_from, round.year_to)),
        (_("Fokusområden"), labels("focus_area", round.focus_areas)),
        (_("Så är det undersökt"), "; ".join(_methods(plan))),
        (_("Vilkas perspektiv som är hörda"),
         labels("perspective_heard", round.perspectives_heard)),
        (_("Perspektiv"), labels("perspective", round.perspectives)),
    ]  # fmt: skip
    return Section("background", _("Kartläggningen"), told(facts))


def _methods(plan: Plan) -> list[str]:
    round = plan.round
    found = [_("registerdata")] if round.registers else []
    for count, one, several in (
        (round.interviews_planned, _("%s planerad intervju"), _("%s planerade intervjuer")),
        (round.survey_answers, _("%s svar på enkät"), _("%s svar på enkät")),
        (round.workshops, _("%s workshop"), _("%s workshoppar")),
        (round.documents, _("%s läst dokument"), _("%s lästa dokument")),
    ):
        if count:
            found.append((one if count == 1 else several) % count)
    return found
