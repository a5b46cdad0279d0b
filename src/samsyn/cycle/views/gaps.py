"""Pages of gaps: what the rules have found in a round, the answers, and the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samsyn.cycle.gaps import answers, rules
from samsyn.cycle.gaps.shown import all_in_words, key_of, shown
from samsyn.cycle.models import GapAnswer, MappingRound
from samsyn.cycle.views.parts import saved
from samsyn.people import drafts
from samsyn.people.models import Role
from samsyn.people.viewing import known, organisation_for, personal, record_for, viewer

LONGEST: Final = 5_000  # letters of an answer
GAP: Final = "lucka"  # by which the address of an answer says what it answers


@personal
@require_GET
def explained(request: HttpRequest) -> HttpResponseBase:
    """Every rule: when it fires, why it matters, where that is said."""
    told = {"steps": all_in_words(request.LANGUAGE_CODE[:2]), "count": len(rules())}
    return render(request, "cycle/gap_rules.html", told)


@known
@require_GET
def listing(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """What the rules find in a round, for those who work in its organisation."""
    round = round_within(request, slug, key)
    account = viewer(request).account
    if drafts.settle_under(request, account):
        messages.info(request, _("Det du skrev innan du loggades ut är inte sparat än."))
    root = f"{drafts.key_of(reverse('answer-gap', args=[slug, key]))}?{GAP}="
    begun = {} if account is None else drafts.under(account, root)
    return _page(request, round, {
        form.removeprefix(root): ((typed.get("text") or [""])[0], "")
        for form, typed in begun.items()
    })  # fmt: skip


@known
def answer(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Answer a finding, or take an answer back; what cannot be kept comes back as it was typed."""
    round = round_within(request, slug, key, Role.CONTRIBUTOR)
    if request.method != "POST":  # who follows a draft to its form
        return redirect(f"{reverse('gaps', args=[slug, key])}#{request.GET.get(GAP, '')}")
    told = request.POST
    rule, about = told.get("rule", ""), told.get("subject", "")
    if rule not in rules():
        raise Http404
    at = key_of(rule, about)
    back = reverse("gaps", args=[slug, key])
    if "reopen" in told:
        kept = GapAnswer.objects.filter(round=round, rule=rule, subject=about).first()
        if kept is not None and answers.mark(kept) != told.get("before", ""):
            messages.error(request, _("Någon har ändrat svaret under tiden. Läs det igen."))
        elif kept is not None:
            kept.delete()
            messages.success(request, _("Svaret är borttaget, och luckan väntar igen."))
        return redirect(f"{back}#{at}")
    text = told.get("text", "").strip()
    wrong = _wrong(text)
    if wrong:
        return _page(request, round, {at: (text, wrong)}, 400)
    try:
        found = answers.found(round, rule, about, told.get("state", ""))
        answers.answer(round, found, text, viewer(request).account, told.get("before", ""))
    except answers.GoneError:
        wrong = _("Luckan har ändrats sedan du öppnade sidan. Läs den igen innan du svarar.")
    except answers.AnsweredMeanwhileError as error:
        wrong = _("%(who)s svarade under tiden: %(text)s") % {
            "who": error.answer.account or _("Någon"), "text": error.answer.text,
        }  # fmt: skip
    if wrong:
        return _page(request, round, {at: (text, wrong)}, 409)
    saved(request, _("Svaret är sparat. Det gäller så länge luckan ser likadan ut."))
    return redirect(back)


def _wrong(text: str) -> str:
    if not text:
        return _("Skriv varför luckan får vara kvar.")
    if len(text) > LONGEST:
        return _("Svaret är för långt: högst %(most)s tecken.") % {"most": LONGEST}
    return ""


def round_within(
    request: HttpRequest, slug: str, key: int, least: Role = Role.READER
) -> MappingRound:
    """A round for those who have that role in its organisation. Raises Http404 for others."""
    organisation_for(request, slug, least)
    return record_for(request, MappingRound, key, organisation__slug=slug)


def _page(
    request: HttpRequest, round: MappingRound,
    failed: Mapping[str, tuple[str, str]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    who = viewer(request)
    there = answers.standings(round)
    steps = shown(round, there, who, request.LANGUAGE_CODE[:2], failed)
    keys = {key_of(one.finding.rule, one.finding.about) for one in there}
    told = {
        "organisation": round.organisation, "round": round, "steps": steps,
        "counts": answers.counted(there), "inside": True, "longest": LONGEST,
        "may_answer": who.has(round.organisation, Role.CONTRIBUTOR),
        # What was typed of a gap that is closed now is shown on top, and not lost.
        "gone": [one for key, one in (failed or {}).items() if key not in keys],
        "failed": any(error for _typed, error in (failed or {}).values()),
    }  # fmt: skip
    return render(request, "cycle/gaps.html", told, status=status)
