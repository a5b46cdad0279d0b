"""The ties of a round as a list, out to spreadsheets and back in."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.cycle.models import MappingRound
from samsyn.cycle.ties.listed import Ties
from samsyn.people.excel import Words, as_csv, workbook
from samsyn.people.models import Role
from samsyn.people.viewing import known, personal, record_for, viewer
from samsyn.people.views.excel import WORKBOOK, as_file
from samsyn.people.views.importing import Offer, answer


@personal
def listed(request: HttpRequest, slug: str, key: int, form: str) -> HttpResponseBase:
    """The ties as CSV, or as a workbook that can be changed and read back."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    ties = Ties(round, viewer(request))
    name = f"{slug}-samverkan-{round.pk}.{form}"
    if form == "csv":
        return as_file(as_csv(ties.columns, ties.rows()), "text/csv; charset=utf-8", name)
    return as_file(workbook(_words(round), ties.columns, ties.rows()), WORKBOOK, name)


@known
def template(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """An empty list of ties, with the names of the actors to choose from."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    ties = Ties(round, viewer(request))
    return as_file(workbook(_words(round), ties.columns, ()), WORKBOOK, "samverkan-mall.xlsx")


@known
def importing(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Read ties from a file or from what was pasted."""
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    who = viewer(request)
    if not who.has(round.organisation_id, Role.CONTRIBUTOR):
        raise Http404
    at = [slug, key]
    offer = Offer(
        round.organisation, Ties(round, who), _("Läs in samverkan från Excel"),
        reverse("tie-template", args=at), reverse("ties", args=at), _("samverkan"),
        reverse("tie-list", args=[*at, "xlsx"]),
        _("Samverkan hamnar i %(round)s. Aktörerna ska finnas där; skriv deras namn som de står.")
        % {"round": round},
    )  # fmt: skip
    return answer(request, offer)


def _words(round: MappingRound) -> Words:
    lines = [
        _("Skriv en rad för varje två aktörer som samverkar, i nästa blad. Ordningen mellan de två "
          "spelar ingen roll, och samma två står på en rad."),
        _("Namnen ska vara de som aktörerna har i Samsyn. De står i bladet Listor och går "
          "att välja i cellerna."),
        _("Läs sedan in filen i Samsyn. Du får se vad som blir nytt och vad som ändras innan något "
          "sparas, och är något fel sparas ingenting. Samverkan som inte står i listan är kvar."),
    ]  # fmt: skip
    return Words(f"{_('Samverkan')}, {round}", _("Samverkan"), lines)
