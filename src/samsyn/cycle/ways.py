"""The ways on from a round: what can be seen of it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.models import MappingRound

WAYS: Final[dict[str, Promise]] = {
    "chain": _("Kedjan från problem till resultat"),
    "gaps": _("Luckor"),
    "matrix": _("Insatserna i en matris"),
    "network": _("Nätverket av aktörer"),
    "plan": _("Planen"),
}


@dataclass(frozen=True)
class Way:
    """A page of a round, by what it is called."""

    name: str
    title: str
    address: str


def ways(round: MappingRound) -> list[Way]:
    """The pages of a round for those who work in its organisation."""
    args = [round.organisation.slug, round.pk]
    return [Way(name, str(title), reverse(name, args=args)) for name, title in WAYS.items()]
