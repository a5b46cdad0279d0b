"""What did the interviews say about it? Notes of all interviews by theme and focus area."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samsyn.cycle.models import Interview, InterviewNote, MappingRound, Problem
from samsyn.people.access import Action
from samsyn.people.fields import choices, label
from samsyn.people.models import Role
from samsyn.people.viewing import known, organisation_for, viewer
from samsyn.statistics.indicators import FOCUS_AREA_NAMES

PAGE = 60  # notes
ASKS = {
    "fokus": ("focus_area", "focus_area"),
    "tema": ("theme", "interview_theme"),
    "perspektiv": ("interview__respondent__perspective", "perspective_heard"),
}


@known
def answers(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The notes that answer what the address asks: focus area, theme, perspective, round, words."""
    organisation = organisation_for(request, slug)
    who, asked = viewer(request), request.GET
    rounds = MappingRound.objects.of(organisation).filter(removed=None)
    round = _one_of(rounds, asked.get("kartlaggning", ""))
    there = InterviewNote.objects.filter(
        interview__in=Interview.objects.of(organisation).filter(removed=None)
    )
    if round is not None:
        there = there.filter(interview__round=round)
    chosen = {}
    for name, (column, of) in ASKS.items():
        code = asked.get(name, "")
        if code in dict(choices(of)):
            chosen[name] = code
            there = there.filter(**{column: code})
    words = asked.get("q", "").strip()[:200]
    if words:
        there = there.filter(text__icontains=words)
    rows = there.select_related(
        "interview__respondent", "interview__organisation", "interview__round"
    ).prefetch_related("cited__problem")
    page = Paginator(rows.order_by("theme", "interview", "pk"), PAGE).get_page(asked.get("sida"))
    problems = Problem.objects.of(organisation).filter(removed=None).order_by("title")
    if round is not None:
        problems = problems.filter(round=round)
    mine = [one for one in problems[:300] if who.may(Action.EDIT, one)]
    problem = _one_of(mine, asked.get("problem", ""))
    used = {note.pk for note in page.object_list if _cited(note, problem)}
    told = {
        "organisation": organisation, "rounds": rounds, "round": round, "page": page,
        "groups": _by_theme(page.object_list), "chosen": chosen, "words": words,
        "subject": label("focus_area", chosen["fokus"]) if "fokus" in chosen else "",
        "heading": _heading(chosen.get("fokus", "")),
        "filters": [
            (name, title, choices(ASKS[name][1]), chosen.get(name, ""))
            for name, title in (
                ("fokus", _("Fokusområde")), ("tema", _("Tema")),
                ("perspektiv", pgettext("ett", "Perspektiv")),
            )
        ],
        "problems": mine, "problem": problem, "used": used,
        "may_write": who.has(organisation, Role.CONTRIBUTOR),
        "here": request.get_full_path(),
    }  # fmt: skip
    return render(request, "cycle/answers.html", told)


def questions(there: QuerySet[Any], more: Collection[str] = ()) -> list[tuple[str, str, int]]:
    """The focus areas that notes are about, to ask of: code, label and number of notes.

    Those of `more` are among them also where no note is about them.
    """
    rows = there.exclude(focus_area="").values_list("focus_area").annotate(Count("pk")).order_by()
    counts = dict(rows)
    wanted = [one for one in FOCUS_AREA_NAMES if one in counts or one in more]
    return [(one, label("focus_area", one).lower(), counts.get(one, 0)) for one in wanted]


def _cited(note: InterviewNote, problem: Problem | None) -> bool:
    """Whether a note is evidence of the problem already."""
    return problem is not None and any(one.problem_id == problem.pk for one in note.cited.all())


def _heading(focus: str) -> str:
    if not focus:
        return _("Vad sa intervjuerna?")
    return _("Vad sa intervjuerna om %s?") % label("focus_area", focus).lower()


def _by_theme(notes: Any) -> list[tuple[str, list[InterviewNote]]]:
    """The notes under the names of their themes, in the order of the themes."""
    return [
        (name, rows)
        for code, name in choices("interview_theme")
        if (rows := [note for note in notes if note.theme == code])
    ]


def _one_of(there: QuerySet[Any] | list[Any], key: str) -> Any:
    """The one of that id among them; None where it is not, or none is asked for."""
    if not key.isdecimal():
        return None
    if isinstance(there, list):
        return next((one for one in there if one.pk == int(key)), None)
    return there.filter(pk=int(key)).first()
