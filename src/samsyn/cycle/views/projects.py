"""A project's page: what became of it, and telling so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samsyn.cycle.followed import projects as rules
from samsyn.cycle.forms.followed import FateForm
from samsyn.cycle.models import Intervention, Project, ProjectFate
from samsyn.cycle.views.parts import kept, posted, seen, taken_away
from samsyn.people.access import Action, Viewer
from samsyn.people.describing import described
from samsyn.people.viewing import known, record_for, viewer


def context(who: Viewer, record: Project) -> Mapping[str, Any]:
    """What the page of a project shows: what became of it, and the question that waits."""
    fates = list(record.fates.select_related("told_by"))
    return {
        "fields": described(
            record,
            ("run_by", "funder", "began", "ended", "focus_areas", "areas", "owner"), who,
        ),
        "fates": fates, "newest": fates[-1] if fates else None,
        "question": rules.question_of(record), "new_fate": FateForm(auto_id="ny_%s"),
        "intervention": seen(Intervention, record.intervention_id, who),
        "may_hand_over": who.may(Action.DECIDE, record),
        "handover": record.handovers.filter(answered=None).select_related("taker").first(),
        "handed_over": record.handovers.filter(accepted=True).select_related("giver", "taker"),
    }  # fmt: skip


def _edited(request: HttpRequest, slug: str, key: int) -> Project:
    return record_for(request, Project, key, Action.EDIT, organisation__slug=slug)


@known
def new_fate(request: HttpRequest, slug: str, key: int) -> HttpResponseBase:
    """Tell what became of a project."""
    one = _edited(request, slug, key)
    fate = ProjectFate(project=one, told_by=viewer(request).account)
    form = FateForm(posted(request), instance=fate, auto_id="ny_%s")
    return kept(request, one, form, _("Vad blev det av projektet?"), "blev")


@known
def change_fate(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Change what was told of a project."""
    one = _edited(request, slug, key)
    fate = get_object_or_404(ProjectFate, pk=row, project=one)
    return kept(
        request, one, FateForm(posted(request), instance=fate), _("Vad blev det av projektet?"),
        "blev",
    )  # fmt: skip


@known
@require_POST
def remove_fate(request: HttpRequest, slug: str, key: int, row: int) -> HttpResponseBase:
    """Take away what was told of a project."""
    one = _edited(request, slug, key)
    return taken_away(request, one, get_object_or_404(ProjectFate, pk=row, project=one), "blev")
