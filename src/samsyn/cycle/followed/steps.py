"""The way of a follow-up: from planned to approved, and who may take it from one state to the next.

Whoever writes hands it in; a lead approves it or hands it back with a reason. What is handed in or
approved is locked: the first is taken back by whoever may write, the second opened by a lead, who
says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samsyn.cycle.models import FollowUp
from samsyn.cycle.models.followed import State, ValueStatus
from samsyn.people.access import Action, Viewer
from samsyn.people.saving import touch


class Step(Enum):
    """What is done with a follow-up; the value is its word in addresses."""

    SUBMIT = "lamna-in"
    WITHDRAW = "ta-tillbaka"
    APPROVE = "godkann"
    RETURN = "lamna-tillbaka"
    REOPEN = "oppna"


@dataclass(frozen=True)
class Rule:
    """What a step leads to, what one must be allowed, what it is called, and what it says."""

    to: State
    needs: Action
    name: Promise
    done: Promise
    reason: bool = False


SUBMIT: Final = Rule(
    State.SUBMITTED, Action.EDIT, gettext_lazy("Lämna in"),
    gettext_lazy("Uppföljningen är inlämnad. En ansvarig godkänner den eller lämnar tillbaka den."),
)  # fmt: skip
RULES: Final[Mapping[tuple[State, Step], Rule]] = {
    (State.PLANNED, Step.SUBMIT): SUBMIT,
    (State.DRAFT, Step.SUBMIT): SUBMIT,
    (State.RETURNED, Step.SUBMIT): SUBMIT,
    (State.SUBMITTED, Step.APPROVE): Rule(
        State.APPROVED, Action.DECIDE, gettext_lazy("Godkänn"),
        gettext_lazy("Uppföljningen är godkänd och låst."),
    ),
    (State.SUBMITTED, Step.RETURN): Rule(
        State.RETURNED, Action.DECIDE, gettext_lazy("Lämna tillbaka"),
        gettext_lazy("Uppföljningen är återlämnad med ditt skäl."), reason=True,
    ),
    (State.SUBMITTED, Step.WITHDRAW): Rule(
        State.DRAFT, Action.EDIT, gettext_lazy("Ta tillbaka"),
        gettext_lazy("Uppföljningen är ett utkast igen och kan ändras."),
    ),
    (State.APPROVED, Step.REOPEN): Rule(
        State.DRAFT, Action.DECIDE, gettext_lazy("Öppna igen"),
        gettext_lazy("Uppföljningen är öppen igen och kan ändras."), reason=True,
    ),
}  # fmt: skip


class StepError(Exception):
    """A step that cannot be taken; the text says why and what to do."""


def steps_for(viewer: Viewer, follow_up: FollowUp) -> list[tuple[Step, Rule]]:
    """The steps that the viewer may take with it as it is."""
    return [
        (step, rule)
        for (state, step), rule in RULES.items()
        if state == follow_up.state and viewer.may_unlocked(rule.needs, follow_up)
    ]


def found(follow_up: FollowUp) -> bool:
    """Whether anything is said of what was found: a value, why there is none, or words."""
    return follow_up.value_status != ValueStatus.MISSING or any(
        text.strip() for text in (follow_up.description, follow_up.evidence)
    )


@transaction.atomic
def take(
    viewer: Viewer, follow_up: FollowUp, step: Step, version: int | None, reason: str = ""
) -> Rule:
    """Take a step with a follow-up as it was in `version`, and keep who did and why.

    Raises StepError where it cannot be taken: the follow-up is elsewhere by now, has changed since
    it was read, says nothing yet, or a reason lacks.
    """
    kept = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    rule = RULES.get((State(kept.state), step))
    if rule is None:
        raise StepError(
            _("Det går inte: uppföljningen är %(state)s.")
            % {"state": kept.get_state_display().lower()}
        )
    if version is not None and version != kept.version:
        raise StepError(_("Uppföljningen ändrades medan du läste. Läs den igen och bestäm då."))
    if rule.reason and not reason.strip():
        raise StepError(_("Skriv varför, så att den som har skrivit vet vad som behövs."))
    if step is Step.SUBMIT and not found(kept):
        raise StepError(
            _("Skriv först vad ni fann: ett värde, varför det saknas, eller en beskrivning.")
        )
    kept.state = rule.to
    kept.reason = reason.strip() if rule.reason else ""
    if rule.needs is Action.DECIDE:
        kept.decided_by, kept.decided = viewer.account, timezone.now()
    elif step is Step.SUBMIT:
        kept.decided_by, kept.decided = None, None
    touch(kept, str(rule.name) if not kept.reason else f"{rule.name}: {kept.reason}"[:100])
    follow_up.refresh_from_db()
    return rule
