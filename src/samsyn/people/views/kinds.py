"""The kind of record that an address names."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from samsyn.people.access import Action
from samsyn.people.kinds import Kind, kinds
from samsyn.people.models import Record
from samsyn.people.viewing import record_for


def kind_for(word: str) -> Kind:
    """The kind of record in an address. Raises Http404 where there is none."""
    kind = kinds().get(word)
    if kind is None:
        raise Http404
    return kind


def found(
    request: HttpRequest, slug: str, word: str, key: int, action: Action = Action.SEE
) -> tuple[Kind, Record]:
    """The record in an address with its kind, for those who may do that. Raises Http404."""
    kind = kind_for(word)
    return kind, record_for(request, kind.model, key, action, organisation__slug=slug)
