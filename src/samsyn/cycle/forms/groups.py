"""The forms of a collaboration group, its meetings and what they decide."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samsyn.cycle.forms.base import DateInput, OfRoundForm
from samsyn.cycle.models import CollaborationGroup, Decision, Intervention, Meeting


class CollaborationGroupForm(OfRoundForm):
    """What the group is for and who is in it."""

    first: ClassVar = ("title", "mandate", "members")
    alike = True

    class Meta:
        model = CollaborationGroup
        fields: ClassVar = ["title", "mandate", "members", "description", "owner"]
        widgets: ClassVar = {"members": forms.CheckboxSelectMultiple}
        labels: ClassVar = {"title": _("Namn")}


class MeetingForm(forms.ModelForm):
    """When a group met, and what was said."""

    class Meta:
        model = Meeting
        fields: ClassVar = ["held", "notes"]
        widgets: ClassVar = {"held": DateInput, "notes": forms.Textarea({"rows": 6})}


class NewDecisionForm(forms.ModelForm):
    """What is decided, by when and who sees to it: quick to write while the meeting goes on."""

    class Meta:
        model = Decision
        fields: ClassVar = ["text", "responsible", "due"]
        widgets: ClassVar[dict[str, Any]] = {"due": DateInput}
        labels: ClassVar = {"text": _("Vad beslutas?"), "responsible": _("Vem gör det?")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        group = self.instance.meeting.group
        responsible = self.fields["responsible"]
        assert isinstance(responsible, forms.ModelChoiceField)
        responsible.queryset = group.members.filter(removed=None)
        kept = self.instance.responsible_id
        if kept is not None:
            # Who has left the group may still have things to do.
            there = type(self.instance.responsible).objects.filter(pk=kept)
            responsible.queryset = (responsible.queryset | there).distinct()
        responsible.empty_label = str(_("Ingen utsedd"))


class DecisionForm(NewDecisionForm):
    """A decision, and what it became."""

    class Meta(NewDecisionForm.Meta):
        fields: ClassVar = ["text", "responsible", "due", "state", "became", "intervention"]
        widgets: ClassVar[dict[str, Any]] = {"due": DateInput, "state": forms.RadioSelect}
        labels: ClassVar = {
            **NewDecisionForm.Meta.labels,
            "state": _("Hur gick det?"),
            "became": _("Vad blev det?"),
            "intervention": _("Blev det en insats i planen?"),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["intervention"]
        assert isinstance(field, forms.ModelChoiceField)
        group = self.instance.meeting.group
        field.queryset = Intervention.objects.filter(round=group.round, removed=None)
        field.empty_label = str(_("Nej"))
