"""The page of who is asked to share, and the answers: sharing a round, no, or not now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samsyn.cycle.models import MappingRound, RollUpRequest
from samsyn.cycle.models.published import Refusal
from samsyn.cycle.rollup import asking
from samsyn.cycle.rollup.forms import AnswerForm, DeclineForm
from samsyn.people.models import Role
from samsyn.people.notices import of_sharing
from samsyn.people.viewing import known, organisation_for, viewer


def _asked(request: HttpRequest, slug: str, key: int, least: Role) -> RollUpRequest:
    """The question in an address, for those who have that role where it was put."""
    organisation = organisation_for(request, slug, least)
    there = RollUpRequest.objects.select_related("organisation", "asked", "answer__organisation")
    return get_object_or_404(there, pk=key, asked=organisation, withdrawn=None)


@require_safe
@known
def question(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """What an organisation is asked for and has answered, and for its leads the forms to answer."""
    return _page(request, _asked(request, slug, key, Role.READER))


@require_POST
@known
def share(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Answer by sharing a round; for a lead."""
    asked, who = _asked(request, slug, key, Role.LEAD), viewer(request)
    form = AnswerForm(request.POST, organisation=asked.asked, viewer=who)
    if not form.is_valid():
        return _page(request, asked, form=form)
    shared = asking.answer(asked, form.cleaned_data["round"], form.models, who)
    text = ngettext(
        "Svaret är skickat. %(count)s post delas nu med %(name)s.",
        "Svaret är skickat. %(count)s poster delas nu med %(name)s.",
        shared,
    )
    messages.success(request, text % {"count": shared, "name": asked.organisation})
    if shared and who.account is not None:
        of_sharing(request, who.account, [(asked.organisation, [form.cleaned_data["round"]])])
    return redirect("roll-up-question", slug, key)


@require_POST
@known
def decline(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Answer no, or not now; for a lead. A later answer takes its place."""
    asked = _asked(request, slug, key, Role.LEAD)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, no=form)
    told = form.cleaned_data
    asking.decline(asked, Refusal(told["refusal"]), told["reason"])
    text = _("Svaret är skickat till %(name)s. Ni kan ändra det när ni vill.")
    messages.success(request, text % {"name": asked.organisation})
    return redirect("roll-up-question", slug, key)


def _page(
    request: HttpRequest, asked: RollUpRequest, form: AnswerForm | None = None,
    no: DeclineForm | None = None,
) -> HttpResponse:  # fmt: skip
    who, given = viewer(request), {"refusal": asked.refusal, "reason": asked.reason}
    told = {
        "organisation": asked.asked, "inside": True, "asked": asked,
        "may_answer": who.has(asked.asked, Role.LEAD),
        "rounds": MappingRound.objects.of(asked.asked).filter(removed=None).exists(),
        "form": form or AnswerForm(organisation=asked.asked, viewer=who),
        "no": no or DeclineForm(initial=given),
    }  # fmt: skip
    wrong = form is not None or no is not None
    return render(request, "cycle/rollup/answer.html", told, status=400 if wrong else 200)
