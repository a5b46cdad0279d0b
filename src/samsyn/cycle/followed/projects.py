"""Projects after their end: into the inventory, and the question of what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from samsyn.cycle.followed.months import months_after
from samsyn.cycle.models import Handover, Intervention, Project, ProjectFate
from samsyn.cycle.models.planned import InterventionForm
from samsyn.people.models import Account, Organisation
from samsyn.people.saving import create, touch

ASKED: Final = (12, 24, 36)  # months after its end
# What is over for good is not asked about again.
FINAL: Final = frozenset({"closed", "closed_no_funding", "closed_no_need"})


@dataclass(frozen=True)
class Question:
    """That it is asked what became of a project: so many months after its end, since that day."""

    months: int
    since: date


def question(
    ended: date | None, told: Iterable[tuple[date, str]], today: date
) -> Question | None:  # fmt: skip
    """The question that waits for an answer; None where none does.

    `told` is what is known: the day and the fate. What was told at or after a question's day
    answers it and those before; of several that wait only the last is asked.
    """
    if ended is None:
        return None
    known = sorted(told)
    if known and known[-1][1] in FINAL:
        return None
    passed = [
        Question(months, months_after(ended, months))
        for months in ASKED
        if months_after(ended, months) <= today
    ]
    if not passed or any(day >= passed[-1].since for day, _fate in known):
        return None
    return passed[-1]


def question_of(project: Project, today: date | None = None) -> Question | None:
    """The question that waits for an answer of a project."""
    told = [(one.at, one.fate) for one in project.fates.all()]
    return question(project.ended, told, today or timezone.localdate())


def with_fate(projects: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Projects with `fate`, the newest one told; empty where none is."""
    newest = ProjectFate.objects.filter(project=models.OuterRef("pk")).order_by("-at", "-pk")
    return projects.annotate(
        fate=Coalesce(
            models.Subquery(newest.values("fate")[:1]), models.Value("")
        )
    )  # fmt: skip


def ended(organisation: Organisation | None, today: date) -> models.QuerySet[Intervention]:
    """Interventions that are projects, have ended, and are not in the inventory yet."""
    there = Intervention.objects.filter(
        form=InterventionForm.PROJECT, ends__lt=today, removed=None, project=None
    )
    return there if organisation is None else there.filter(organisation=organisation)


@transaction.atomic
def enter(intervention: Intervention, account: Account | None) -> Project:
    """Put an intervention into the inventory of projects, once; it keeps its owner and readers."""
    kept = Intervention.objects.select_for_update().get(pk=intervention.pk)
    known = Project.objects.filter(intervention=kept).first()
    if known is not None:
        return known
    money = list(kept.money.filter(status="decided"))
    project = Project(
        organisation=kept.organisation, intervention=kept, title=kept.title,
        description=kept.description, visibility=kept.visibility, owner=kept.owner,
        run_by=str(kept.lead or kept.organisation)[:200],
        funder=", ".join(dict.fromkeys(one.source for one in money))[:200],
        focus_areas=kept.focus_areas, areas=kept.areas, began=kept.begins, ended=kept.ends,
        cost=sum(one.amount for one in money) if money else None,
    )  # fmt: skip
    shared = list(kept.shared_with.values_list("pk", flat=True))
    return create(project, account, {"shared_with": shared})


def enter_ended(today: date) -> list[Project]:
    """Put every project that has ended into the inventory of its organisation."""
    return [enter(one, None) for one in ended(None, today).select_related("organisation", "lead")]


@transaction.atomic
def move(
    projects: Iterable[Project], taker: Organisation, why: str, by: Account | None = None
) -> None:
    """Make projects another organisation's; who ran them, and whose they were, stays written."""
    now = timezone.now()
    members = set(taker.memberships.values_list("account", flat=True))
    for project in projects:
        giver = project.organisation
        project.run_by = project.run_by or giver.name
        project.organisation = taker
        if project.owner_id not in members:
            project.owner = None  # those who lead the new organisation are asked instead
        touch(project, why)
        told = {"answered": now, "answered_by": by, "accepted": True}
        waiting = Handover.objects.filter(project=project, answered=None)
        if not waiting.filter(taker=taker).update(**told):
            Handover.objects.create(
                project=project, giver=giver, taker=taker, asked_by=by, asked=now, **told
            )
        waiting.delete()  # what another was asked


@transaction.atomic
def offer(projects: Sequence[Project], taker: Organisation, by: Account | None) -> None:
    """Ask an organisation to take projects over, in place of any that was asked before."""
    Handover.objects.filter(project__in=projects, answered=None).delete()
    Handover.objects.bulk_create(
        Handover(project=one, giver_id=one.organisation_id, taker=taker, asked_by=by)
        for one in projects
    )


def offered_to(organisation: Organisation) -> models.QuerySet[Handover]:
    """The projects that an organisation is asked to take over, by who gives them."""
    there = Handover.objects.filter(taker=organisation, answered=None, project__removed=None)
    return there.select_related("project__organisation", "giver").order_by("giver__name", "pk")
