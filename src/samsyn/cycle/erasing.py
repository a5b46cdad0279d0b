"""Erasing what a respondent has said, when they ask for it: for good, also from the history.

Somebody who was interviewed can take it back, and a code and a role may be enough to know them by.
All else is only put into the wastepaper basket (`samsyn.people.restoring`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from samsyn.cycle.models import Evidence, Interview, InterviewNote, Problem, Respondent
from samsyn.people.models import Attachment, Comment, Draft
from samsyn.people.saving import touch


@dataclass(frozen=True)
class Said:
    """What goes with a respondent: their interviews, also removed ones, with all beside them.

    `problems` are those that rest on what they said, and lose that evidence.
    """

    interviews: list[Interview]
    notes: int
    comments: int
    files: list[Attachment]
    problems: list[Problem]


def said_by(respondent: Respondent) -> Said:
    """All that is kept of what a respondent has said."""
    interviews = Interview.objects.filter(respondent=respondent)
    resting = Problem.objects.filter(evidence__note__interview__in=interviews).distinct()
    return Said(
        list(interviews.select_related("organisation")),
        InterviewNote.objects.filter(interview__in=interviews).count(),
        _beside(Comment, interviews).filter(removed=None).count(),
        list(_beside(Attachment, interviews).filter(removed=None)),
        list(resting.select_related("organisation")),
    )


@transaction.atomic
def erase(respondent: Respondent) -> None:
    """Erase a respondent and all that they have said; the problems that rest on it stay."""
    said = said_by(respondent)
    interviews = Interview.objects.filter(respondent=respondent)
    keys = list(interviews.values_list("pk", flat=True))
    notes = InterviewNote.objects.filter(interview__in=keys)
    # Those that there ever were, since a note may have been taken away before.
    past = set(InterviewNote.history.filter(interview_id__in=keys).values_list("id", flat=True))
    past |= set(notes.values_list("pk", flat=True))
    for form in _forms(said.interviews, past):
        Draft.objects.filter(form__startswith=form).delete()
    # The rows before their history, which taking them away adds to.
    Evidence.objects.filter(note__in=notes).delete()
    Evidence.history.filter(note_id__in=past).delete()
    notes.delete()
    InterviewNote.history.filter(interview_id__in=keys).delete()
    for table in (Comment, Attachment):
        _beside(table, interviews).delete()
    interviews.delete()
    versions = Interview.history.filter(id__in=keys)
    for links in Interview.history.model._meta.related_objects:
        links.related_model._default_manager.filter(history__in=versions).delete()
    versions.delete()
    respondent.delete()
    for problem in said.problems:
        touch(problem)
    for file in said.files:
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))


def _beside(table: Any, interviews: Any) -> Any:
    kind = ContentType.objects.get_for_model(Interview)
    return table.objects.filter(kind=kind, object_id__in=interviews.values("pk"))


def _forms(interviews: list[Interview], notes: set[int]) -> list[str]:
    """The addresses of forms in which drafts may hold what was said."""
    if not interviews:
        return []
    slug = interviews[0].organisation.slug
    return [
        *(f"/arbete/{slug}/{Interview.WORD}/{one.pk}/" for one in interviews),
        *(f"/arbete/{slug}/anteckning/{key}/" for key in notes),
    ]
