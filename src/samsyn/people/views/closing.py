"""The page on which an organisation is closed, and opened again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samsyn.people import closing
from samsyn.people.models import Membership, Organisation, Role
from samsyn.people.notices import of_administrator
from samsyn.people.sharing import told_apart
from samsyn.people.viewing import known, viewer
from samsyn.people.views.members import managed


class ClosingForm(forms.Form):
    """Why an organisation is closed, and who takes over."""

    why = forms.CharField(
        label=gettext_lazy("Vad har hänt?"), max_length=300,
        help_text=gettext_lazy(
            "Står på organisationens sidor, till exempel: gick upp i samhällsbyggnadsförvaltningen."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    successor = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Vem tar över?"), required=False,
        help_text=gettext_lazy("En annan organisation i Samsyn, om någon gör det."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **more: Any) -> None:
        super().__init__(*args, **more)
        others = Organisation.objects.filter(closed=None).exclude(pk=organisation.pk)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = others
        field.choices = [
            ("", _("Ingen")),
            *((one.pk, name) for one, name in told_apart(others.select_related("parent"))),
        ]


@known
def close(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Say what follows, and then close the organisation."""
    organisation, who = managed(request, slug), viewer(request)
    form = ClosingForm(request.POST or None, organisation=organisation)
    if organisation.closed is not None:
        return redirect("organisation-settings", slug)
    if request.method == "POST" and form.is_valid():
        closing.close(organisation, form.cleaned_data["why"], form.cleaned_data["successor"])
        messages.success(request, _("%(name)s är avslutad.") % {"name": organisation})
        of_administrator(request, organisation, lambda: _("Avslutade organisationen."))
        return redirect("organisation-settings", slug)
    told = {
        "organisation": organisation, "form": form, "inside": who.has(organisation, Role.READER),
        "people": Membership.objects.filter(organisation=organisation).count(),
    }  # fmt: skip
    return render(request, "people/closing.html", told, status=400 if form.errors else 200)


@known
@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let people write in the organisation again."""
    organisation = managed(request, slug)
    closing.reopen(organisation)
    messages.success(request, _("%(name)s är öppen igen.") % {"name": organisation})
    of_administrator(request, organisation, lambda: _("Öppnade organisationen igen."))
    return redirect("organisation-settings", slug)
