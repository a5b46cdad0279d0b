"""The app of organisations and people."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, accounts, roles and history."""

    name = "samsyn.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have all forms say plainly what is wrong."""
        from samsyn.people.plain_words import speak_plainly

        speak_plainly()
