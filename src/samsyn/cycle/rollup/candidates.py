"""The organisations that can be asked, and what each can be found by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from samsyn.cycle.chain.places import lineage
from samsyn.cycle.models import RollUpRequest
from samsyn.cycle.places import name_of
from samsyn.cycle.rollup.asking import WAITING
from samsyn.cycle.rollup.reading import type_of
from samsyn.people.fields import label
from samsyn.people.models import Organisation

# What organisations are chosen by, by the names in the form.
KIND: Final = "slag"
COUNTY: Final = "lan"
TYPE: Final = "kommuntyp"


@dataclass(frozen=True)
class Candidate:
    """An organisation that can be asked, and what it can be found by.

    `part` says whether it belongs to another one, `waits` whether it has a question already that it
    has not answered.
    """

    key: int
    name: str
    kind: str = ""
    number: str = ""
    area: str = ""
    county: str = ""
    type: str = ""
    part: bool = False
    waits: bool = False

    def by(self, name: str) -> str:
        """Its value of what organisations are chosen by."""
        return {KIND: self.kind, COUNTY: self.county, TYPE: self.type}[name]

    @property
    def told(self) -> str:
        """What tells it from others of about the same name."""
        language = (get_language() or "sv")[:2]
        county = name_of(self.county, language) if self.county else ""
        return ", ".join(filter(None, (label("actor_kind", self.kind), county)))


def candidates(by: Organisation) -> list[Candidate]:
    """The organisations that go on, but the one that asks, by name; in two queries."""
    waiting = RollUpRequest.objects.filter(WAITING, organisation=by, withdrawn=None)
    asked = set(waiting.values_list("asked", flat=True))
    language = (get_language() or "sv")[:2]
    rows = Organisation.objects.filter(closed=None).exclude(pk=by.pk).order_by("name", "pk")
    found = []
    for key, name, kind, number, parent, own, theirs in rows.values_list(
        "pk", "name", "kind", "number", "parent", "home_area", "parent__home_area"
    ):
        place = own or theirs or ""
        above = lineage(place) if place else frozenset()
        found.append(Candidate(
            key, name, kind, number, name_of(place, language) if place else "",
            _first(above, "county/"), type_of(_first(above, "municipality/")),
            parent is not None, key in asked,
        ))  # fmt: skip
    return found


def _first(keys: Iterable[str], of: str) -> str:
    return next((one for one in keys if one.startswith(of)), "")
