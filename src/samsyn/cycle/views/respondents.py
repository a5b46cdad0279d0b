"""The respondents of a round by code and role, and the page on which who they are is read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samsyn.cycle import erasing, respondents
from samsyn.cycle.models import MappingRound, Respondent
from samsyn.cycle.respondents import Identity
from samsyn.people.fields import choices
from samsyn.people.models import Role
from samsyn.people.sealing import SealedError
from samsyn.people.viewing import known, organisation_for, record_for, viewer


class RespondentForm(forms.Form):
    """A respondent by role and perspective."""

    role = forms.CharField(
        label=gettext_lazy("Roll"), max_length=120,
        help_text=gettext_lazy("Vad personen gör, aldrig vad hen heter: skolkurator, hyresgäst."),
    )  # fmt: skip
    perspective = forms.ChoiceField(label=pgettext_lazy("ett", "Perspektiv"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["perspective"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Välj")), *choices("perspective_heard")]


class IdentityForm(forms.Form):
    """Who a respondent is: what is sealed."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=200, required=False)
    contact = forms.CharField(label=gettext_lazy("Kontakt"), max_length=300, required=False)

    def __init__(self, data: Any = None) -> None:
        # Fields of that name are in no draft, and are not held for who is to log in again.
        super().__init__(data, prefix="sealed")
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @property
    def identity(self) -> Identity:
        """What was typed."""
        return Identity(self.cleaned_data["name"].strip(), self.cleaned_data["contact"].strip())


@known
def of_round(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """The respondents of a round, and a form for another."""
    organisation = organisation_for(request, slug)
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    may_write = viewer(request).has(organisation, Role.CONTRIBUTOR)
    if request.method == "POST" and not may_write:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form, sealed = RespondentForm(data), IdentityForm(data)
    if form.is_valid() and sealed.is_valid():
        told = form.cleaned_data
        made = respondents.add(round, told["role"], told["perspective"], sealed.identity)
        messages.success(request, _("%s finns nu bland respondenterna.") % made)
        return redirect("respondents", slug, key)
    there = round.respondents.annotate(held=Count("interviews", filter=Q(interviews__removed=None)))
    told = {
        "organisation": organisation, "round": round, "respondents": there, "form": form,
        "sealed": sealed, "may_write": may_write,
    }  # fmt: skip
    return render(
        request, "cycle/respondents.html", told, status=400 if form.errors or sealed.errors else 200
    )


@known
def one(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """A respondent. Who it is stands here only when it is asked for, and that is kept."""
    organisation = organisation_for(request, slug, Role.CONTRIBUTOR)
    found = get_object_or_404(
        Respondent.objects.select_related("round"), pk=key, round__organisation=organisation,
        round__removed=None,
    )  # fmt: skip
    may_read = respondents.may_read(viewer(request), found)
    told: dict[str, Any] = {
        "organisation": organisation, "round": found.round, "respondent": found,
        "may_read": may_read, "sealed": bool(found.sealed),
        "leads": viewer(request).has(organisation, Role.LEAD),
        "interviews": found.interviews.filter(removed=None),
        "in_basket": found.interviews.exclude(removed=None).exists(),
        "readings": found.readings.select_related("account")[:50] if may_read else [],
        "form": RespondentForm(initial={"role": found.role, "perspective": found.perspective}),
        "identity_form": IdentityForm(),
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "cycle/respondent.html", told)
    return _changed(request, found, told, may_read=may_read)


def _changed(
    request: HttpRequest, found: Respondent, told: dict[str, Any], *, may_read: bool
) -> HttpResponseBase:
    """What a button of the page asks for: to read, seal, forget, change or take away."""
    asked = request.POST.get("gor")
    here = redirect("respondent", told["organisation"].slug, found.pk)
    # Nobody writes over what they may not read, or takes it away.
    if asked in {"visa", "glom"} and not may_read:
        raise Http404
    if asked == "visa":
        try:
            told["identity"] = respondents.read(viewer(request), found)
        except SealedError:
            messages.error(request, _(
                "Uppgiften är förseglad med en nyckel som inte finns här. Be den som driver "
                "installationen att lägga tillbaka nyckelfilen."
            ))  # fmt: skip
        return render(request, "cycle/respondent.html", told)
    if asked == "forsegla" and (may_read or not found.sealed):
        form = IdentityForm(request.POST)
        if form.is_valid() and form.identity:
            found.sealed = respondents.seal(form.identity)
            found.save(update_fields=["sealed"])
            messages.success(request, _("Uppgiften är förseglad."))
            return here
        form.add_error("name", _("Skriv namn eller kontakt."))
        return render(request, "cycle/respondent.html", told | {"identity_form": form}, status=400)
    if asked == "glom":
        found.sealed = b""
        found.save(update_fields=["sealed"])
        messages.success(request, _("Vem %s är finns inte kvar.") % found.code)
        return here
    if asked == "andra":
        role_form = RespondentForm(request.POST)
        if not role_form.is_valid():
            return render(request, "cycle/respondent.html", told | {"form": role_form}, status=400)
        found.role = role_form.cleaned_data["role"]
        found.perspective = role_form.cleaned_data["perspective"]
        found.save(update_fields=["role", "perspective"])
        messages.success(request, _("Sparat."))
        return here
    if asked == "ta-bort" and _removable(found, may_read=may_read):
        found.delete()
        messages.success(request, _("%s är borttagen.") % found.code)
        return redirect(reverse("respondents", args=[told["organisation"].slug, found.round_id]))
    raise Http404


def _removable(found: Respondent, *, may_read: bool) -> bool:
    return not found.interviews.exists() and (may_read or not found.sealed)


@known
def erase(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Say what follows, and then erase a respondent with all that they have said, for good."""
    organisation = organisation_for(request, slug, Role.LEAD)
    found = get_object_or_404(
        Respondent.objects.select_related("round"), pk=key, round__organisation=organisation,
        round__removed=None,
    )  # fmt: skip
    if request.method == "POST":
        text = _("%s är raderad, med allt som hen har sagt.") % found.code
        erasing.erase(found)
        messages.success(request, text)
        return redirect("respondents", slug, found.round_id)
    told = {
        "organisation": organisation, "round": found.round, "respondent": found,
        "said": erasing.said_by(found),
    }  # fmt: skip
    return render(request, "cycle/erase_respondent.html", told)
