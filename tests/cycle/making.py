"""Rounds and records of the cycle for tests."""

from __future__ import annotations

from typing import Any

from samsyn.cycle.models import MappingRound
from samsyn.people.models import Account, Organisation, Record
from samsyn.people.saving import create
from tests.people.making import organisation

PLACE = "municipality/9901"  # Vattstad, of the demonstration


def mapping_round(of: Organisation | None = None, **more: Any) -> MappingRound:
    """A round of an organisation."""
    told = {"title": "Kartläggning 2026", "place": PLACE, "year_from": 2026, "year_to": 2027}
    made = MappingRound(organisation=of or organisation(), **{**told, **more})
    return create(made, None)


def record(
    model: type[Record],
    round: MappingRound,
    title: str = "En post",
    by: Account | None = None,
    several: dict[str, list[Any]] | None = None,
    **more: Any,
) -> Any:
    """A record in a round, kept; `several` are its links to several others."""
    made = model(organisation=round.organisation, round=round, title=title, **more)
    links = {name: [one.pk for one in them] for name, them in (several or {}).items()}
    return create(made, by, links)
