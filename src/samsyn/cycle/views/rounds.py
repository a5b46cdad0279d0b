"""The page of a round, its lists, and that it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle import figures
from samsyn.cycle.baseline import figure, freeze
from samsyn.cycle.figures import Figure
from samsyn.cycle.forms.rounds import keep_baseline
from samsyn.cycle.models import InterviewNote, MappingRound, PublishedPlan, RollUpRequest
from samsyn.cycle.models.base import OfRound
from samsyn.cycle.places import name_of
from samsyn.cycle.scope import scope, sentence
from samsyn.cycle.steps import next_step, steps
from samsyn.cycle.views.asked import questions
from samsyn.cycle.ways import ways
from samsyn.people.access import Action, Viewer
from samsyn.people.models import Role
from samsyn.people.saving import touch
from samsyn.people.viewing import known, organisation_for, record_for, viewer
from samsyn.people.views.kinds import kind_for
from samsyn.people.views.records import PAGE
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, indicators


@dataclass(frozen=True)
class Kept:
    """A figure of the baseline in words, with where it stands in its release."""

    name: str
    period: str
    value: str
    address: str


@dataclass(frozen=True)
class Parts:
    """The baseline of the parts of a place in a focus area, as a table."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Kept | None, ...]], ...]


def context(who: Viewer, round: MappingRound) -> Mapping[str, Any]:
    """What the page of a round shows."""
    language = (get_language() or "sv")[:2]
    inside = who.has(round.organisation_id, Role.READER)
    told = scope(round, language)
    own, parts = baseline_told(round, language)
    found = steps(round) if inside else []
    notes = InterviewNote.objects.filter(interview__round=round, interview__removed=None)
    return {
        "fields": [],
        "scope": told,
        "sentence": sentence(told, language),
        "steps": found,
        "ways": ways(round) if inside else [],
        "next": next_step(found) if found and not round.closed else None,
        "questions": questions(notes, round.focus_areas) if inside else [],
        "respondents": round.respondents.count() if inside else None,
        "baseline": own,
        "baseline_parts": parts,
    }


def on_removal(round: MappingRound) -> list[str]:
    """What else follows when a round is taken away."""
    told = []
    if PublishedPlan.objects.filter(round=round).exists():
        told.append(_(
            "Planens offentliga sida går inte att läsa så länge kartläggningen ligger i "
            "papperskorgen."
        ))  # fmt: skip
    for request in RollUpRequest.objects.filter(answer=round).select_related("organisation"):
        text = _("%(who)s har fått den som svar på en fråga, och ser den inte längre.")
        told.append(text % {"who": request.organisation})
    return told


def baseline_told(round: MappingRound, language: str) -> tuple[list[Kept], list[Parts]]:
    """The figures that a round has kept: of its place, and of its parts by focus area."""
    kept = [figure(one, round.release) for one in round.baseline]
    place = next((one.area for one in kept), "")
    own = [_kept(one, language) for one in kept if one.area == place]
    return own, _parts([one for one in kept if one.area != place], language)


def _kept(one: Figure, language: str) -> Kept:
    return Kept(
        figures.called(one.indicator, language), one.period, figures.written(one, language),
        figures.address_of(one),
    )  # fmt: skip


def _parts(kept: list[Figure], language: str) -> list[Parts]:
    found = []
    entries = indicators()
    by_focus: dict[str, list[Figure]] = {}
    for one in kept:
        entry = entries.get(one.indicator)
        by_focus.setdefault(entry.focus_area if entry else "other", []).append(one)
    for focus, there in by_focus.items():
        names = list(dict.fromkeys(one.indicator for one in there))
        areas = {one.area: name_of(one.area, language) for one in there}
        cells = {(one.area, one.indicator): one for one in there}
        rows = [
            (name, tuple(
                _kept(cells[area, indicator], language) if (area, indicator) in cells else None
                for indicator in names
            ))
            for area, name in sorted(areas.items(), key=lambda pair: pair[1])
        ]  # fmt: skip
        headings = tuple(figures.called(one, language) for one in names)
        found.append(Parts(FOCUS_AREA_NAMES[focus][language], headings, tuple(rows)))
    return found


@known
@require_POST
def close(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Close a round, or open it again."""
    round = record_for(request, MappingRound, key, Action.EDIT, organisation__slug=slug)
    round.closed = None if round.closed else timezone.localdate()
    touch(round)
    said = _("Kartläggningen är avslutad.") if round.closed else _("Kartläggningen är öppen igen.")
    messages.success(request, said)
    return redirect(round.get_absolute_url())


@known
@require_POST
def freeze_now(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Keep the figures of the place, of a round that was begun when there was no release."""
    round = record_for(request, MappingRound, key, Action.EDIT, organisation__slug=slug)
    if round.baseline:
        messages.info(request, _("Utgångsläget finns redan och ändras inte."))
    elif freeze(round):
        keep_baseline(round)
        messages.success(request, _("Utgångsläget är hämtat ur utgåvan %s.") % round.release)
    else:
        messages.error(request, _("Det finns ingen utgåva med siffror om platsen."))
    return redirect(f"{round.get_absolute_url()}#utgangslage")


@known
def listing(request: HttpRequest, slug: str, key: int, word: str) -> HttpResponseBase:
    """The records of a kind in one round."""
    kind, organisation = kind_for(word), organisation_for(request, slug)
    if not issubclass(kind.model, OfRound):
        raise Http404
    round = record_for(request, MappingRound, key, organisation__slug=slug)
    there = kind.model._default_manager.filter(round=round, removed=None)
    asked = request.GET.get("q", "").strip()[:200]
    if asked:
        there = there.filter(title__icontains=asked) | there.filter(description__icontains=asked)
    page = Paginator(there.select_related("owner"), PAGE).get_page(request.GET.get("sida"))
    told = {
        "organisation": organisation, "kind": kind, "records": page, "asked": asked,
        "round": round, "may_write": viewer(request).has(organisation, Role.CONTRIBUTOR),
    }  # fmt: skip
    return render(request, "cycle/round_records.html", told)
