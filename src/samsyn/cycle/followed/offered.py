"""The values of the release that a goal is followed up by, and that nobody has followed up yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from samsyn.cycle.figures import Figure, figures_of, written
from samsyn.cycle.followed.judging import year_of
from samsyn.cycle.followed.values import SHARE
from samsyn.cycle.models import FollowUp, Goal
from samsyn.cycle.models.followed import ValueStatus
from samsyn.publish.numbers import decimals_of, number

MOST: Final = 6  # of one goal


@dataclass(frozen=True)
class Offer:
    """A value of the release for a goal, as it can be taken into a follow-up."""

    goal: Goal
    figure: Figure
    language: str

    @property
    def key(self) -> str:
        """What the button says that takes it."""
        return f"{self.goal.pk}:{self.figure.period}"

    @property
    def said(self) -> str:
        """The value in words, or the word for why there is none."""
        return written(self.figure, self.language)

    @property
    def counts(self) -> tuple[str, str] | None:
        """Numerator and denominator, where it has them."""
        part, whole = self.figure.numerator, self.figure.denominator
        if part is None or whole is None:
            return None
        return number(part, "persons", self.language), number(whole, "persons", self.language)


def offered(goal: Goal, place: str, language: str, but: int | None = None) -> list[Offer]:
    """The values after the baseline that no follow-up of the goal is of, the newest first.

    What the release keeps secret is offered as that, with its status and without a number; what it
    lacks is not. `place` is where the goal is, if it says nothing itself; `but` is the follow-up
    that is being written.
    """
    if not goal.indicator:
        return []
    begins = year_of(goal.baseline_period)
    has = set(
        FollowUp.objects.filter(goal=goal, removed=None)
        .exclude(pk=but or 0).exclude(period="").values_list("period", flat=True)
    )  # fmt: skip
    found = [
        Offer(goal, one, language)
        for one in figures_of(goal.indicator, goal.area or place)
        if one.status != ValueStatus.MISSING
        and one.period not in has
        and (begins is None or (year_of(one.period) or begins) > begins)
    ]
    return found[::-1][:MOST]


def agrees(figure: Figure, typed: Mapping[str, Any]) -> bool:
    """Whether what was typed is a figure of a release, as far as the decimals that are shown tell.

    The status and the counts are to be the same, so that what is secret has no value here either.
    """
    shown = 0.51 * 10 ** -decimals_of(figure.unit) * (0.01 if figure.unit == SHARE else 1)
    return (
        figure.status == typed.get("value_status")
        and close(figure.value, typed.get("value"), shown)
        and close(figure.numerator, typed.get("numerator"))
        and close(figure.denominator, typed.get("denominator"))
    )


def close(one: float | None, other: float | None, within: float = 1e-6) -> bool:
    """Whether two numbers are the same but for how they are written; None is only itself."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(within, abs(one) * 1e-9)
