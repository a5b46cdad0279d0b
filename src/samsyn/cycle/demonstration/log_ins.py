"""Who can log in to the demonstration, for whoever tries it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samsyn.cycle.demonstration.loading import STORIES, story
from samsyn.people.models import Membership


@dataclass(frozen=True)
class LogIn:
    """A made-up person who has an account, with a role in an organisation."""

    email: str
    name: str
    role: str
    organisation: str


def log_ins() -> Iterator[LogIn]:
    """Those of the demonstration's people who are here, with what they are first."""
    for name in STORIES:
        for told in story(name).get("person", ()):
            rows = Membership.objects.filter(account__email=told["email"]).order_by("pk")
            first = rows.select_related("account", "organisation").first()
            if first is not None:
                yield LogIn(told["email"], first.account.name, first.role, first.organisation.name)
