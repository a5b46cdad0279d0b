"""What an organisation is: its name, kind, number, what it belongs to and where it is at home."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samsyn.people.access import Viewer
from samsyn.people.home import home_areas
from samsyn.people.models import Organisation, Role
from samsyn.people.notices import of_administrator
from samsyn.people.room import largest, room_of
from samsyn.people.viewing import known, viewer
from samsyn.people.views.members import managed


class SettingsForm(forms.ModelForm):
    """All that an organisation tells of itself."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["name", "kind", "number", "parent", "home_area"]
        labels: ClassVar = {
            "name": gettext_lazy("Organisationens namn"),
            "parent": gettext_lazy("Är en del av"),
            "home_area": gettext_lazy("Hemområde"),
        }
        help_texts: ClassVar = {
            "parent": gettext_lazy("En organisation som du också är ansvarig för."),
            "home_area": gettext_lazy("Det område som organisationens siffror oftast handlar om."),
        }

    def __init__(self, *args: Any, viewer: Viewer, **more: Any) -> None:
        super().__init__(*args, **more)
        own = self.instance
        leads = [key for key in viewer.roles if viewer.has(key, Role.LEAD)]
        above = Organisation.objects.filter(Q(pk__in=leads) | Q(pk=own.parent_id))
        parent: Any = self.fields["parent"]
        parent.queryset = above.exclude(pk__in=_below(own))
        parent.empty_label = _("Ingen annan organisation")
        choices = home_areas((get_language() or "sv")[:2], own.home_area)
        self.fields["home_area"] = forms.ChoiceField(
            choices=choices, required=False, label=self.fields["home_area"].label,
            help_text=self.fields["home_area"].help_text,
        )  # fmt: skip


def _below(organisation: Organisation) -> set[int]:
    """The organisation and all that belong to it."""
    found, new = {organisation.pk}, {organisation.pk}
    while new:
        below = Organisation.objects.filter(parent__in=new).values_list("pk", flat=True)
        new = set(below) - found
        found |= new
    return found


@known
def settings(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The form, for those who lead the organisation, with what its files take."""
    organisation, who = managed(request, slug), viewer(request)
    if request.method == "POST" and organisation.closed is not None:
        return redirect("organisation-settings", slug)
    form = SettingsForm(request.POST or None, instance=organisation, viewer=who)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Sparat."))
        of_administrator(request, organisation, lambda: _("Ändrade inställningarna."))
        return redirect("organisation-settings", slug)
    told = {
        "organisation": Organisation.objects.get(pk=organisation.pk), "form": form,
        "inside": who.has(organisation, Role.READER), "leads": who.leads(organisation),
        "room": room_of(organisation),
        # What organisations write, those who keep the installation do not see.
        "largest": largest(organisation) if who.leads(organisation) else [],
    }  # fmt: skip
    return render(request, "people/settings.html", told, status=400 if form.errors else 200)
