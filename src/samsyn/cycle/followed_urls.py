"""The addresses of what came of it: money, follow-ups, projects, inventories and groups."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samsyn.cycle.followed.steps import Step
from samsyn.cycle.views import (
    follow_ups,
    groups,
    handovers,
    interventions,
    inventories,
    project_list,
    projects,
)

ONE = "arbete/<slug:slug>"


class StepConverter(StringConverter):
    """A step of a follow-up in an address."""

    regex = "|".join(step.value for step in Step)


register_converter(StepConverter, "step")

urlpatterns = [
    path(f"{ONE}/insats/<int:key>/pengar/", interventions.new_money, name="new-money"),
    path(
        f"{ONE}/insats/<int:key>/pengar/<int:row>/", interventions.change_money,
        name="change-money",
    ),
    path(
        f"{ONE}/insats/<int:key>/pengar/<int:row>/ta-bort/", interventions.remove_money,
        name="remove-money",
    ),
    path(f"{ONE}/insats/<int:key>/planera/", interventions.plan, name="plan-follow-ups"),
    path(
        f"{ONE}/insats/<int:key>/till-projekt/", interventions.enter_project, name="enter-project"
    ),
    path(f"{ONE}/uppfoljning/<int:key>/<step:word>/", follow_ups.step, name="follow-up-step"),
    path(f"{ONE}/mal/<int:key>/varden.svg", follow_ups.goal_chart, name="goal-chart"),
    path(f"{ONE}/projekt/", project_list.listing, name="projects"),
    path(f"{ONE}/projekt/flytta/", handovers.move_all, name="move-projects"),
    path(f"{ONE}/projekt/fraga/", handovers.answer, name="answer-handovers"),
    path(f"{ONE}/projekt/<int:key>/blev/", projects.new_fate, name="new-fate"),
    path(f"{ONE}/projekt/<int:key>/blev/<int:row>/", projects.change_fate, name="change-fate"),
    path(
        f"{ONE}/projekt/<int:key>/blev/<int:row>/ta-bort/", projects.remove_fate,
        name="remove-fate",
    ),
    path(f"{ONE}/projekt/<int:key>/lamna-over/", handovers.hand_over, name="hand-over"),
    path(
        f"{ONE}/projekt/<int:key>/lamna-over/ta-tillbaka/", handovers.take_back,
        name="take-back-handover",
    ),
    path(f"{ONE}/inventering/<int:key>/rader/", inventories.new_row, name="new-inventory-row"),
    path(
        f"{ONE}/inventering/<int:key>/rader/<int:row>/", inventories.change_row,
        name="change-inventory-row",
    ),
    path(
        f"{ONE}/inventering/<int:key>/rader/<int:row>/ta-bort/", inventories.remove_row,
        name="remove-inventory-row",
    ),
    path(f"{ONE}/grupp/<int:key>/mote/", groups.new_meeting, name="new-meeting"),
    path(f"{ONE}/grupp/<int:key>/mote/<int:number>/", groups.meeting, name="meeting"),
    path(
        f"{ONE}/grupp/<int:key>/mote/<int:number>/ta-bort/", groups.remove_meeting,
        name="remove-meeting",
    ),
    path(
        f"{ONE}/grupp/<int:key>/mote/<int:number>/beslut/", groups.new_decision,
        name="new-decision",
    ),
    path(
        f"{ONE}/grupp/<int:key>/beslut/<int:number>/", groups.change_decision,
        name="change-decision",
    ),
    path(
        f"{ONE}/grupp/<int:key>/beslut/<int:number>/lage/", groups.decision_state,
        name="decision-state",
    ),
    path(
        f"{ONE}/grupp/<int:key>/beslut/<int:number>/ta-bort/", groups.remove_decision,
        name="remove-decision",
    ),
]  # fmt: skip
