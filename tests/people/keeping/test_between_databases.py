"""Backups of SQLite restored into PostgreSQL and the other way, and restores that fail there."""

from __future__ import annotations

import errno

import pytest

from samsyn.cycle.models import Problem
from samsyn.measure import InputError
from samsyn.people.keeping import back_up, restore, tables
from samsyn.people.models import Organisation
from tests.cycle.making import record
from tests.people.installing import (
    everything,
    installation,
    make_at_once,
    postgresql_database,
)
from tests.people.keeping.work import CONTENT, assert_whole, files, writing_while
from tests.people.making import account, organisation


@pytest.mark.parametrize("back", [False, True])
def test_from_sqlite_to_postgresql_and_back(here, tmp_path, postgresql, back):
    before = everything()
    back_up(tmp_path / "sqlite.zip", here)
    address = postgresql_database(postgresql, "keeping")
    with installation(tmp_path / "second", address) as places:
        make_at_once({})
        Organisation.objects.create(name="Fanns förut", kind="association")
        with pytest.raises(InputError, match="--force"):
            restore(tmp_path / "sqlite.zip", places)
        restore(tmp_path / "sqlite.zip", places, force=True)
        assert everything() == before
        assert files(places) == {"2026/11/plan.pdf": CONTENT}
        if not back:
            problem = Problem.objects.get()
            assert record(Problem, problem.round, "Nytt").pk > problem.pk
            return
        anna, problem = account("anna"), Problem.objects.get()
        wrote = writing_while(
            lambda: back_up(tmp_path / "postgresql.zip", places), anna, problem, places
        )
    restore(tmp_path / "postgresql.zip", here, force=True)
    assert_whole(wrote, here)


def test_a_restore_that_fails_leaves_postgresql_as_it_was(here, tmp_path, postgresql, monkeypatch):
    back_up(tmp_path / "kept.zip", here)
    address = postgresql_database(postgresql, "failing")
    with installation(tmp_path / "second", address) as places:
        make_at_once({})
        organisation("Fanns förut")
        before = everything()

        def full(*_, **__):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(tables, "bring_up", full)
        with pytest.raises(OSError, match="nothing was changed"):
            restore(tmp_path / "kept.zip", places, force=True)
        assert everything() == before
