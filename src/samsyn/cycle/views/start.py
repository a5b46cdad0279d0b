"""An organisation's start page: where the work is, and what waits for whom."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from samsyn.cycle.declared import CHAIN, ROUND
from samsyn.cycle.models import MappingRound
from samsyn.people.models import Role
from samsyn.people.viewing import known, organisation_for, viewer


@known
def organisation(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The rounds of an organisation, and how far each step of the chain has come."""
    found = organisation_for(request, slug)
    rounds = MappingRound.objects.of(found).filter(removed=None)
    steps = [
        (kind, kind.model._default_manager.of(found).filter(removed=None).count()) for kind in CHAIN
    ]
    told = {
        "organisation": found,
        "rounds": rounds,
        "steps": steps,
        "round_kind": ROUND,
        "may_write": viewer(request).has(found, Role.CONTRIBUTOR),
    }
    return render(request, "cycle/organisation.html", told)
