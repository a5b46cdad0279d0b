"""An installation in which somebody has worked, to be kept, destroyed and brought back."""

from __future__ import annotations

import pytest

from samsyn.people.keeping import tables
from tests.people.installing import installation, make_at_once
from tests.people.keeping.work import worked


@pytest.fixture(autouse=True)
def unblocked(django_db_setup, django_db_blocker, monkeypatch):
    """Databases of the test's own, whose tables are made at once."""
    monkeypatch.setattr(tables, "make", make_at_once)
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def here(tmp_path):
    """An installation in which somebody has worked."""
    with installation(tmp_path / "work") as places:
        make_at_once({})
        worked(places)
        yield places
