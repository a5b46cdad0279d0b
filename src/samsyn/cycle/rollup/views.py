"""The pages of a roll-up: the tables, the files, and asking others to share."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samsyn.cycle.models import RollUpRequest
from samsyn.cycle.rollup import asking
from samsyn.cycle.rollup.candidates import candidates
from samsyn.cycle.rollup.choosing import Choice
from samsyn.cycle.rollup.facts import FEW
from samsyn.cycle.rollup.files import FORMS, file
from samsyn.cycle.rollup.forms import AskForm
from samsyn.cycle.rollup.gathered import rolled_up
from samsyn.cycle.rollup.tables import headings, tables
from samsyn.people.models import Organisation, Role
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
        "put": asking.put_to(organisation), "standing": standing,
        "waiting": sum(one.waiting for one in standing), "few": FEW,
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
    """Ask other organisations to share; for a lead. Only its last button sends anything."""
    organisation = organisation_for(request, slug, Role.LEAD)
    choice = Choice.of(candidates(organisation), request.POST)
    sending = "skicka" in request.POST
    typed = {name: request.POST.get(name, "") for name in AskForm.base_fields}
    form = AskForm(request.POST if sending else None, initial=typed)
    if sending and form.is_valid() and choice.complete:
        told = form.cleaned_data
        chosen = Organisation.objects.filter(pk__in=[one.key for one in choice.chosen])
        made = asking.ask(organisation, chosen, told["text"], told["due"], viewer(request))
        text = ngettext(
            "%(count)s organisation är frågad. Frågan står på dess startsida.",
            "%(count)s organisationer är frågade. Frågan står på deras startsidor.",
            len(made),
        )
        messages.success(request, text % {"count": len(made)})
        return redirect("roll-up", slug)
    told = {
        "organisation": organisation, "inside": True, "form": form, "choice": choice,
        "empty": sending and not choice.chosen,
    }  # fmt: skip
    return render(request, "cycle/rollup/ask.html", told, status=400 if sending else 200)


@require_POST
@known
def withdraw(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Take back what was asked; for a lead."""
    organisation = organisation_for(request, slug, Role.LEAD)
    found = get_object_or_404(RollUpRequest, pk=key, organisation=organisation, withdrawn=None)
    if found.answer_id is None:
        found.withdrawn = timezone.now()
        found.save()
        messages.success(
            request, _("Frågan till %(name)s är tillbakatagen.") % {"name": found.asked}
        )
    return redirect("roll-up", slug)
