"""The app of the working cycle."""

from __future__ import annotations

from django.apps import AppConfig


class CycleConfig(AppConfig):
    """Mapping rounds, problems, needs, goals, interventions and follow-up."""

    name = "samsyn.cycle"
    label = "cycle"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare the kinds of records, once the tables are known."""
        from samsyn.cycle.declared import declare_all

        declare_all()
