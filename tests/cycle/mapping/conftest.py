"""A round of Vattstad with somebody who leads the organisation, behind the demonstration data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from samsyn.cycle.models import MappingRound
from samsyn.people.models import Account, Organisation, Role
from tests.cycle.making import mapping_round
from tests.people.making import client, member, organisation


@dataclass
class Desk:
    """An organisation at work: its round, and who leads it with their browser."""

    organisation: Organisation
    round: MappingRound
    lead: Account
    browser: Client

    def at(self, path: str = "") -> str:
        """An address of the organisation."""
        return f"/arbete/{self.organisation.slug}/{path}"

    def get(self, path: str, by: Client | None = None) -> str:
        """A page of the organisation; or of another, by its whole address."""
        answer = (by or self.browser).get(path if path.startswith("/") else self.at(path))
        assert answer.status_code == 200, (path, answer.status_code)
        return str(answer.content.decode())

    def post(self, path: str, told: dict[str, Any], by: Client | None = None) -> str:
        """Send a form that is taken; where it leads."""
        answer = (by or self.browser).post(path if path.startswith("/") else self.at(path), told)
        context = answer.context
        wrong = context["form"].errors if context and "form" in context else answer.status_code
        assert answer.status_code == 302, wrong
        return str(answer.headers["Location"])


@pytest.fixture
def keys(settings, tmp_path):
    """The keys of respondents lie in a folder of the test's own."""
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


@pytest.fixture
def desk(demo_site, keys, db) -> Desk:
    """An organisation with an open round."""
    own = organisation()
    lead = member("anna", own, Role.LEAD)
    return Desk(own, mapping_round(own, focus_areas=["housing"]), lead, client(lead))
