"""The form of a collaboration group."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import OfRoundForm
from samsyn.cycle.models import CollaborationGroup


class CollaborationGroupForm(OfRoundForm):
    """What the group is for and who is in it."""

    first: ClassVar = ("title", "mandate", "members")

    class Meta:
        model = CollaborationGroup
        fields: ClassVar = ["title", "mandate", "members", "description", "owner"]
        widgets: ClassVar = {"members": forms.CheckboxSelectMultiple}
        labels: ClassVar = {"title": _("Namn")}
