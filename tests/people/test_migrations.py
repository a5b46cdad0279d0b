"""Tables of every earlier state come forward, and end as the models are."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from samsyn.people.keeping import back_up, restore, tables
from samsyn.people.models import Organisation
from tests.people.installing import installation, postgresql_database


@pytest.fixture(autouse=True)
def unblocked(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def first_only():
    """Make the tables of the first migration of each app; the models as they were then."""
    graph = MigrationLoader(None).graph
    found = {}
    for first in graph.root_nodes():
        for app, name in graph.forwards_plan(first):
            found.setdefault(app, set()).add(name)
    tables.make(found, "default")
    assert tables.migrations_of("default") == {app: sorted(found[app]) for app in found}
    return tables.models_at(found, "The first state")


def shape():
    """Columns, keys, indexes and checks of every table, whatever these are called."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            told = connection.introspection.get_table_description(cursor, table)
            bound = connection.introspection.get_constraints(cursor, table).values()
            what = ("columns", "primary_key", "unique", "foreign_key", "check", "index")
            found[table] = (
                sorted((one.name, one.type_code, one.null_ok, one.display_size) for one in told),
                sorted(str([one[key] for key in what]) for one in bound),
            )
    return found


def assert_as_the_models_are():
    there = shape()
    for model in apps.get_models(include_auto_created=True):
        columns, _bound = there[model._meta.db_table]
        told = {field.column for field in model._meta.concrete_fields}
        assert {name for name, *_ in columns} == told, model._meta.label


def test_the_migrations_say_what_the_models_say(tmp_path, capsys):
    with installation(tmp_path):
        try:
            call_command("makemigrations", "people", "cycle", check=True, dry_run=True)
        except SystemExit:
            pytest.fail(f"a migration is missing:\n{capsys.readouterr().out}")


def test_from_nothing_and_from_the_first_ones_forward_and_a_backup_of_then(tmp_path, postgresql):
    """In SQLite in two steps; a backup of the first goes into PostgreSQL, as it is now."""
    with installation(tmp_path / "old") as places:
        then = first_only()
        told = {"name": "Skriven då", "slug": "skriven-da", "kind": "association"}
        old = then.get_model("people", "Organisation").objects.create(**told)
        then.get_model("people", "HistoricalOrganisation").objects.create(
            **told, id=old.pk, history_date=old.created, history_type="+"
        )
        back_up(tmp_path / "old.zip", places)
        call_command("migrate", verbosity=0)
        assert_as_the_models_are()
        assert Organisation.objects.get().name == "Skriven då"
        in_steps, steps = shape(), tables.migrations_of("default")
    with installation(tmp_path / "at once"):
        tables.bring_up("default")
        assert shape() == in_steps
        assert tables.migrations_of("default") == steps
    address = postgresql_database(postgresql, "migrating")
    with installation(tmp_path / "new", address) as places:
        restore(tmp_path / "old.zip", places)
        assert_as_the_models_are()
        kept = Organisation.objects.get()
        assert (kept.name, kept.history.count()) == ("Skriven då", 1)
        assert Organisation.objects.create(name="Ny", kind="association").pk > kept.pk
