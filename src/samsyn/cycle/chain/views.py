"""The pages of the chain: of a round, from one of its records, and of a place."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import area_name
from samsyn.cycle.chain.gathered import chain_of, places_of
from samsyn.cycle.chain.model import Chain
from samsyn.cycle.chain.page import page
from samsyn.cycle.chain.places import known_area, meets, plain
from samsyn.cycle.models import MappingRound
from samsyn.people.models import Organisation, Role
from samsyn.people.viewing import known, organisation_for, personal, record_for, viewer


@personal
def of_round(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The chain of a round; `?fran=problem/12` shows what one record comes from and leads to."""
    found = record_for(request, MappingRound, key, organisation__slug=slug)
    who, language = viewer(request), request.LANGUAGE_CODE[:2]
    whole = chain_of(found, who, language)
    begun = request.GET.get("fran", "")
    if begun and begun not in whole.nodes:
        raise Http404
    chain = whole.around(begun) if begun else whole
    told = {
        "organisation": found.organisation, "round": found,
        "inside": who.has(found.organisation, Role.READER),
        "places": _links(found.organisation, whole, language),
        **page(chain, _("Kedjan i %(round)s") % {"round": found}, begun or None),
    }  # fmt: skip
    return render(request, "cycle/chain/round.html", told)


@known
def of_place(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponseBase:
    """What an organisation's rounds say and do about a place."""
    organisation = organisation_for(request, slug)
    language = request.LANGUAGE_CODE[:2]
    asked = f"{kind}/{code}"
    whole = chain_of(organisation, viewer(request), language)
    named = {plain(area): area for node in whole.nodes.values() for area in node.areas}
    area = named.get(asked) or known_area(asked)
    name = area_name(area, language)
    chain = whole.about(meets(area))
    told = {
        "organisation": organisation, "inside": True, "place": name, "area": asked,
        "kind": kind, "code": code, "places": _links(organisation, whole, language, but=asked),
        **page(chain, _("Kedjan för %(place)s") % {"place": name}),
    }  # fmt: skip
    return render(request, "cycle/chain/place.html", told)


@dataclass(frozen=True)
class PlaceLink:
    """The page of the chain of a place."""

    name: str
    address: str


def _links(
    organisation: Organisation, chain: Chain, language: str, but: str = ""
) -> list[PlaceLink]:
    """The places that records of the chain name, each with its page, by name."""
    named = {plain(key): name for key, name in places_of(chain, language)}
    return [
        PlaceLink(name, reverse("chain-of-place", args=[organisation.slug, *key.split("/")]))
        for key, name in named.items()
        if key != but
    ]
