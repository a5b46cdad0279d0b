"""The tables of a database as some version of Samsyn has them: which, made and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from samsyn.measure import InputError

Migrations = Mapping[str, Sequence[str]]


def migrations_of(database: str) -> dict[str, list[str]]:
    """The state of a database's tables: its migrations by app; none where it has no tables."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connections[database]).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def refuse_unknown(migrations: Migrations, what: str) -> None:
    """Raise InputError where this version of Samsyn does not know a state; `what` names it."""
    known = MigrationLoader(None).disk_migrations
    told = sorted((app, name) for app, names in migrations.items() for name in names)
    unknown = [one for one in told if one not in known]
    if unknown:
        raise InputError(
            f"{what} is of a newer version of Samsyn, or of another one (this one does not know "
            f"{'/'.join(unknown[0])}): use the version that it was made with, or a newer one"
        )


def models_at(migrations: Migrations, what: str) -> Any:
    """The models as they are at a state of the tables: now's, or earlier ones from the migrations.

    Raises InputError where this version of Samsyn does not know that state; `what` names it.
    """
    refuse_unknown(migrations, what)
    loader = MigrationLoader(None)
    told = {(app, name) for app, names in migrations.items() for name in names}
    if told == set(loader.graph.nodes):
        return apps
    return loader.project_state(_last(loader, told)).apps


def make(migrations: Migrations, database: str) -> None:
    """Make the tables of a state in a database that has none: all at once, as the models then were.

    To go through the migrations one by one ends with the same tables and takes ten times as long.
    None of them may write rows of its own accord: in a database without rows they do nothing.
    """
    connection = connections[database]
    recorder = MigrationRecorder(connection)
    models = [
        model for model in models_at(migrations, "The state").get_models()
        if router.allow_migrate_model(database, model) and model._meta.can_migrate(connection)
    ]  # fmt: skip
    with connection.schema_editor() as editor:
        if not recorder.has_table():
            editor.create_model(recorder.Migration)
        for model in models:
            editor.create_model(model)
        for app, names in migrations.items():
            for name in names:
                recorder.record_applied(app, name)


def bring_up(database: str) -> None:
    """Bring the tables up to this version of Samsyn, or make them where there are none."""
    if migrations_of(database):
        call_command("migrate", database=database, verbosity=0, interactive=False)
        return
    now: dict[str, list[str]] = {}
    for app, name in sorted(MigrationLoader(None).graph.nodes):
        now.setdefault(app, []).append(name)
    make(now, database)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=database)


def name_kinds(models: Mapping[str, Any], database: str) -> None:
    """Give each table the number by which comments and files say what they stand beside."""
    for model in models.values():
        told = {"app_label": model._meta.app_label, "model": model._meta.model_name}
        ContentType.objects.using(database).get_or_create(**told)
    ContentType.objects.clear_cache()


def take_away(database: str) -> None:
    """Drop every table of Samsyn's, whichever version made it."""
    connection = connections[database]
    begins = ("django_", *(f"{config.label}_" for config in apps.get_app_configs()))
    with connection.cursor() as cursor:
        there = [name for name in connection.introspection.table_names(cursor)
                 if name.startswith(begins)]  # fmt: skip
        if there:
            names = ", ".join(connection.ops.quote_name(name) for name in there)
            cursor.execute(f"DROP TABLE {names} CASCADE")


def _last(loader: MigrationLoader, told: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migration of each app among those that are told."""
    return sorted(
        node for node in told
        if not any(child[0] == node[0] and child in told
                   for child in loader.graph.node_map[node].children)
    )  # fmt: skip
