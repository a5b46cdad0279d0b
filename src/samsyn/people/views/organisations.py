"""The pages of organisations: those that one works in, and a new one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.people import drafts
from samsyn.people.belonging import memberships_of
from samsyn.people.models import Invitation, Membership, Organisation, Role
from samsyn.people.viewing import known, viewer


class OrganisationForm(forms.ModelForm):
    """An organisation that somebody begins to work in."""

    class Meta:
        model = Organisation
        fields: ClassVar = ["name", "kind", "number"]
        labels: ClassVar = {"name": gettext_lazy("Vad heter organisationen?")}


@known
def work(request: HttpRequest) -> HttpResponseBase:
    """The organisations that a person works in, and those that have asked them to."""
    who = viewer(request)
    assert who.account is not None
    asked = Invitation.objects.filter(email__iexact=who.account.email, answered=None)
    told = {
        "memberships": memberships_of(who.account),
        "drafts": drafts.waiting(who.account),
        "invitations": [one for one in asked.select_related("organisation") if one.open],
    }
    return render(request, "people/work.html", told)


@known
def new(request: HttpRequest) -> HttpResponseBase:
    """A form for a new organisation; whoever makes it leads it."""
    form = OrganisationForm(request.POST or None)
    account = viewer(request).account
    assert account is not None
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            organisation: Any = form.save()
            Membership.objects.create(organisation=organisation, account=account, role=Role.LEAD)
        messages.success(request, _("%(name)s finns nu i Samsyn.") % {"name": organisation})
        return redirect(organisation)
    return render(
        request, "people/new_organisation.html", {"form": form}, status=400 if form.errors else 200
    )
