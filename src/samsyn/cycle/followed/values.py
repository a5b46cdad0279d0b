"""The values of a goal over time: what people have followed up beside what the release has.

The two are never mixed: each has its own column and its own verdict, with where it is from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl
from django.utils import timezone

from samsyn.cycle.figures import course
from samsyn.cycle.followed.judging import Aim, Judged, Point, judge, year_of
from samsyn.cycle.models import FollowUp, Goal
from samsyn.cycle.models.followed import State
from samsyn.cycle.places import name_of, release
from samsyn.measure.errors import InputError
from samsyn.people.access import Viewer
from samsyn.publish.intervals import Figure, with_intervals
from samsyn.publish.numbers import cell, number
from samsyn.statistics.query import Release

SHARE: Final = "share"
BEFORE: Final = 5  # years of the release that are shown before the baseline


@dataclass(frozen=True)
class Valued:
    """A value in a table: in words, and where it is from."""

    period: str
    figure: Figure
    said: str
    follow_up: FollowUp | None = None
    breaks: bool = False


@dataclass(frozen=True)
class Row:
    """What is known of a goal for a period."""

    period: str
    own: tuple[Valued, ...] = ()
    released: Valued | None = None


@dataclass(frozen=True)
class GoalValues:
    """All that is known of how far a goal has come, as the viewer may see it."""

    goal: Goal
    unit: str
    place: str
    release: str
    own: tuple[Valued, ...]
    released: tuple[Valued, ...]
    own_judged: Judged
    release_judged: Judged | None
    baseline_said: str
    target_said: str
    waiting: tuple[FollowUp, ...] = field(default=())

    @property
    def rows(self) -> list[Row]:
        """The values by period, in order."""
        released = {one.period: one for one in self.released}
        periods = sorted({*released, *(one.period for one in self.own)})
        return [
            Row(
                period, tuple(one for one in self.own if one.period == period),
                released.get(period),
            )
            for period in periods
        ]  # fmt: skip

    @property
    def drawn(self) -> bool:
        """Whether there are two values at least, so that a line says something."""
        return sum(one.figure.known for one in (*self.own, *self.released)) > 1


def values_of(goal: Goal, viewer: Viewer, language: str = "sv") -> GoalValues:
    """The values of a goal: approved follow-ups, and the release's where it has the indicator."""
    every = FollowUp.objects.filter(goal=goal, removed=None).visible_to(viewer)
    return values_among(goal, every.select_related("organisation"), language)


def values_among(goal: Goal, follow_ups: Iterable[FollowUp], language: str) -> GoalValues:
    """The values of a goal, of the follow-ups of it that are given."""
    there = release()
    unit = unit_of(goal, there)
    every = sorted(follow_ups, key=lambda one: (one.period, one.pk))
    approved = [one for one in every if one.state == State.APPROVED]
    own = typed(approved, unit, language)
    released = _released(goal, there, language)
    aim = Aim(
        _baseline(goal, released), year_of(goal.baseline_period), goal.target, goal.target_year,
        unit,
    )  # fmt: skip
    this_year = timezone.localdate().year
    return GoalValues(
        goal=goal,
        unit=unit,
        place=name_of(_place(goal), language),
        release=there.name if there is not None and released else "",
        own=own,
        released=_since(released, year_of(goal.baseline_period)),
        own_judged=_judged(aim, own, this_year, language),
        release_judged=_judged(aim, released, this_year, language) if released else None,
        baseline_said=number(goal.baseline, unit, language),
        target_said=number(goal.target, unit, language),
        waiting=tuple(one for one in every if one.state != State.APPROVED),
    )


def unit_of(goal: Goal, there: Release | None) -> str:
    """The unit of a goal's values: its own, else that of its indicator."""
    if goal.unit or not goal.indicator or there is None:
        return goal.unit
    told = there.indicator(goal.indicator)
    return "" if told is None else told.unit


def typed(follow_ups: Sequence[FollowUp], unit: str, language: str) -> tuple[Valued, ...]:
    """Follow-ups as values; a share with its counts has an interval."""
    if not follow_ups:
        return ()
    frame = with_intervals(
        pl.DataFrame(
            {
                "value": [one.value for one in follow_ups],
                "numerator": [one.numerator for one in follow_ups],
                "denominator": [one.denominator for one in follow_ups],
                "unit": [one.unit or unit for one in follow_ups],
                "status": [one.value_status for one in follow_ups],
            },
            schema={
                "value": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64,
                "unit": pl.String, "status": pl.String,
            },
        )
    )  # fmt: skip
    return tuple(
        Valued(
            one.period, Figure.of(row), cell(one.value, row["unit"], one.value_status, language),
            one,
        )
        for one, row in zip(follow_ups, frame.iter_rows(named=True), strict=True)
    )  # fmt: skip


def _place(goal: Goal) -> str:
    """The area that a goal is of: the place of its round where it names none."""
    return goal.area or goal.round.place


def _released(goal: Goal, there: Release | None, language: str) -> tuple[Valued, ...]:
    """The indicator of the goal in its area, in the current release; nothing where it has none."""
    if there is None or not goal.indicator:
        return ()
    try:
        index = ":" in goal.indicator
        frame = (course if index else Release.series)(there, goal.indicator, _place(goal))
    except InputError:
        return ()
    if frame.is_empty():
        return ()
    rows = frame if index else with_intervals(frame)
    rows = rows.sort("period").unique("period", keep="last", maintain_order=True)
    return tuple(
        Valued(
            row["period"],
            Figure.of(row),
            cell(row["value"], row["unit"], row["status"], language),
            breaks=row.get("break") is not None,
        )
        for row in rows.iter_rows(named=True)
    )


def _since(values: Sequence[Valued], year: int | None) -> tuple[Valued, ...]:
    """The values from some years before the baseline."""
    if year is None:
        return tuple(values)
    return tuple(one for one in values if (year_of(one.period) or year) >= year - BEFORE)


def _baseline(goal: Goal, released: Sequence[Valued]) -> Figure:
    """The baseline, with its interval where it is a value of the release."""
    if goal.baseline_release:
        for one in released:
            if one.period == goal.baseline_period and one.figure.value == goal.baseline:
                return one.figure
    return Figure(goal.baseline)


def _judged(aim: Aim, values: Sequence[Valued], this_year: int, language: str) -> Judged:
    points = [Point(one.period, one.figure, one.breaks) for one in values]
    return judge(aim, points, this_year, language)
