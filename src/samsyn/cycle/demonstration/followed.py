"""What came of it in the demonstration: follow-ups, and what groups have decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samsyn.cycle import models
from samsyn.cycle.models.followed import ValueStatus
from samsyn.people.models import Account, Visibility
from samsyn.people.saving import create


def load_followed(
    story: Mapping[str, Any], round: Any, by: Account, goals: Mapping[str, Any],
    interventions: Mapping[str, Any],
) -> None:  # fmt: skip
    """The follow-ups; of a share the value is numerator by denominator."""
    for told in story.get("follow_up", ()):
        fields = {key: value for key, value in told.items() if key not in {"goal", "intervention"}}
        if "numerator" in told:
            fields["value"] = told["numerator"] / told["denominator"]
        known = "value" in fields
        made = models.FollowUp(
            organisation=round.organisation, round=round, visibility=Visibility.PUBLIC,
            goal=goals.get(told.get("goal", "")),
            intervention=interventions.get(told.get("intervention", "")),
            value_status=ValueStatus.OK if known else ValueStatus.MISSING, **fields,
        )  # fmt: skip
        if told["state"] == "approved":
            made.decided_by, made.decided = by, made.created
        create(made, by)


def load_groups(
    story: Mapping[str, Any], round: Any, by: Account, actors: Mapping[str, Any],
    interventions: Mapping[str, Any],
) -> None:  # fmt: skip
    """The groups with their meetings and what each decision became."""
    for told in story.get("group", ()):
        group = models.CollaborationGroup(
            organisation=round.organisation, round=round, visibility=Visibility.PUBLIC,
            title=told["title"], mandate=told.get("mandate", ""),
            description=told.get("description", ""),
        )  # fmt: skip
        create(group, by, {"members": [actors[key].pk for key in told["members"]]})
        for meeting in told.get("meetings", ()):
            held = models.Meeting.objects.create(
                group=group, held=meeting["held"], notes=meeting.get("notes", "")
            )
            for decision in meeting.get("decisions", ()):
                fields = {
                    **decision,
                    "intervention": interventions.get(decision.get("intervention", "")),
                    "responsible": actors.get(decision.get("responsible", "")),
                }
                models.Decision.objects.create(meeting=held, **fields)
