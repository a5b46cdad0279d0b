"""The form of an actor."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import OfRoundForm
from samsyn.cycle.models import Actor


class ActorForm(OfRoundForm):
    """Who it is and what it does."""

    first: ClassVar = ("title", "kind", "description")
    alike = True

    class Meta:
        model = Actor
        fields: ClassVar = [
            "title", "kind", "description", "roles", "areas", "focus_areas", "target_groups",
            "linked", "owner",
        ]  # fmt: skip
        labels: ClassVar = {"title": _("Namn"), "description": _("Vad gör aktören?")}
