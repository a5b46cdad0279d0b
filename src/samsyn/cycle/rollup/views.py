"""The pages of a roll-up: the tables, the files, asking others, and answering who asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samsyn.cycle.models import RollUpRequest
from samsyn.cycle.rollup import asking
from samsyn.cycle.rollup.facts import FEW
from samsyn.cycle.rollup.files import FORMS, file
from samsyn.cycle.rollup.forms import AnswerForm, AskForm
from samsyn.cycle.rollup.gathered import rolled_up
from samsyn.cycle.rollup.tables import headings, tables
from samsyn.people.models import Role
from samsyn.people.viewing import known, organisation_for, viewer


@require_safe
@known
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What others share with an organisation, and who has not answered."""
    organisation = organisation_for(request, slug)
    who, language = viewer(request), request.LANGUAGE_CODE[:2]
    found = rolled_up(organisation, who.account)
    requests = asking.requests_of(organisation)
    sharing = {one.pk for one in found.organisations}
    standing = [asking.Standing(one, one.asked_id in sharing) for one in requests]
    told = {
        "organisation": organisation, "inside": True, "found": found,
        "tables": tables(found, language) if found.rounds else [], "headings": headings(),
        "standing": standing, "waiting": sum(one.waiting for one in standing), "few": FEW,
        "may_ask": who.has(organisation, Role.LEAD),
        "forms": [(form, reverse("roll-up-file", args=[slug, form])) for form in FORMS],
    }  # fmt: skip
    return render(request, "cycle/rollup/page.html", told)


@require_safe
@known
def as_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The tables as CSV or Excel."""
    organisation = organisation_for(request, slug)
    found = rolled_up(organisation, viewer(request).account)
    shown = tables(found, request.LANGUAGE_CODE[:2])
    return file(organisation, shown, asking.requests_of(organisation), form)


@require_http_methods(["GET", "HEAD", "POST"])
@known
def ask(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Ask other organisations to share; for a lead."""
    organisation = organisation_for(request, slug, Role.LEAD)
    form = AskForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = asking.ask(organisation, told["asked"], told["text"], told["due"], viewer(request))
        text = ngettext(
            "%(count)s organisation är frågad. Frågan står på dess startsida.",
            "%(count)s organisationer är frågade. Frågan står på deras startsidor.",
            len(made),
        )
        messages.success(request, text % {"count": len(made)})
        return redirect("roll-up", slug)
    told = {"organisation": organisation, "inside": True, "form": form}
    return render(request, "cycle/rollup/ask.html", told, status=400 if form.errors else 200)


@require_POST
@known
def withdraw(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Take back what was asked; for a lead."""
    organisation = organisation_for(request, slug, Role.LEAD)
    found = get_object_or_404(RollUpRequest, pk=key, organisation=organisation, withdrawn=None)
    if found.answered is None:
        found.withdrawn = timezone.now()
        found.save()
        messages.success(
            request, _("Frågan till %(name)s är tillbakatagen.") % {"name": found.asked}
        )
    return redirect("roll-up", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@known
def answer(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """What an organisation is asked for, and for its leads the form that answers by sharing."""
    organisation = organisation_for(request, slug)
    found = get_object_or_404(
        RollUpRequest.objects.select_related("organisation", "answer__organisation"),
        pk=key, asked=organisation, withdrawn=None,
    )  # fmt: skip
    who = viewer(request)
    may = who.has(organisation, Role.LEAD)
    if request.method == "POST" and not may:
        raise Http404
    form = AnswerForm(request.POST or None, organisation=organisation, viewer=who)
    if request.method == "POST" and form.is_valid():
        shared = asking.answer(found, form.cleaned_data["round"], form.models, who)
        text = ngettext(
            "Svaret är skickat. %(count)s post delas nu med %(name)s.",
            "Svaret är skickat. %(count)s poster delas nu med %(name)s.",
            shared,
        )
        messages.success(request, text % {"count": shared, "name": found.organisation})
        return redirect("roll-up-answer", slug, key)
    told = {
        "organisation": organisation, "inside": True, "asked": found, "form": form,
        "may_answer": may,
    }  # fmt: skip
    return render(request, "cycle/rollup/answer.html", told, status=400 if form.errors else 200)
