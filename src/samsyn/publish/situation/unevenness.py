"""How unevenly the groups of a grouping live in the place, with all that a report tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from samsyn.publish.first_index import FIRST, UNITS, rows_of
from samsyn.publish.intervals import Figure, Tally, difference, tally, within_chance
from samsyn.publish.situation.readings import YEARS
from samsyn.publish.situation.subject import Subject
from samsyn.publish.wording.figures import STEP
from samsyn.publish.wording.gathering import peers
from samsyn.statistics.indicators import Grouping, grouping
from samsyn.statistics.query import Release
from samsyn.statistics.query.remembering import remembered


@dataclass(frozen=True)
class Unevenness:
    """The first index of a grouping in the place over areas of one kind, and in its peers.

    `course` are rows of the index in the place over time, `others` those of its peers of the same
    period, `scales` those of the place over areas of each kind.
    """

    subject: Subject
    grouping: Grouping
    units: str
    period: str
    figure: Figure
    expected: float | None
    course: pl.DataFrame
    others: pl.DataFrame
    scales: pl.DataFrame
    peers_are: str

    @property
    def name(self) -> str:
        """What the grouping is called."""
        return self.grouping.name[self.subject.language]

    @property
    def index(self) -> str:
        """The id of the index."""
        return str(self.grouping.first_index)

    @property
    def by_chance(self) -> bool:
        """Whether chance alone could give as uneven a picture."""
        return within_chance(self.figure, self.expected)

    @cached_property
    def standing(self) -> Tally:
        """Where the place stands among its peers."""
        return tally(self.figure, map(Figure.of, self.others.iter_rows(named=True)), STEP)

    @cached_property
    def earlier(self) -> tuple[str, Figure] | None:
        """The period nearest to five years before, with its figure, on the same kind of areas."""
        before = self.course.filter(pl.col("period") < self.period)
        years = [row for row in before.iter_rows(named=True) if row["period"][:4].isdecimal()]
        if not years or not self.period[:4].isdecimal():
            return None
        wanted = int(self.period[:4]) - YEARS
        row = min(years, key=lambda one: (abs(int(one["period"][:4]) - wanted), one["period"]))
        return row["period"], Figure.of(row)

    @property
    def moved(self) -> bool:
        """Whether the borders of the areas are others than they were earlier."""
        if self.earlier is None:
            return False
        since = self.course.filter(
            pl.col("period").is_between(pl.lit(self.earlier[0]), pl.lit(self.period))
        )
        return since["units"].n_unique() > 1

    @property
    def change(self) -> str:
        """How the figure lies to the earlier one; "none" without one."""
        return "none" if self.earlier is None else difference(self.figure, self.earlier[1], STEP)


def unevenness(subject: Subject) -> list[Unevenness]:
    """The groupings that are told first, each over the smallest areas that have figures."""
    found = []
    for line in FIRST:
        for name in line:
            told = _told(subject, grouping(name)) if name in subject.release.groupings else None
            if told is not None:
                found.append(told)
                break
    return found


def _told(subject: Subject, one: Grouping) -> Unevenness | None:
    if one.first_index is None:
        return None
    courses = [
        (kind, rows)
        for kind in UNITS
        if kind != subject.area.kind and not (rows := _course(subject, one, kind)).is_empty()
    ]
    if not courses:
        return None
    units, course = courses[0]
    now = course.row(-1, named=True)
    keys, which = _peers(subject)
    every = _of_level(subject.release, one.id, units, subject.area.kind)
    others = every.filter((pl.col("period") == now["period"]) & pl.col("region").is_in(keys))
    return Unevenness(
        subject=subject,
        grouping=one,
        units=units,
        period=now["period"],
        figure=Figure.of(now),
        expected=now["expected"],
        course=course,
        others=others,
        scales=pl.concat([rows.tail(1) for _, rows in courses]),
        peers_are=which,
    )


def _course(subject: Subject, one: Grouping, kind: str) -> pl.DataFrame:
    every = _of_level(subject.release, one.id, kind, subject.area.kind)
    rows = every.filter(pl.col("region") == subject.area.area)
    latest = subject.choice.period
    return rows if latest is None else rows.filter(pl.col("period") <= latest)


def _peers(subject: Subject) -> tuple[Sequence[str], str]:
    """The places that it is set beside, by key, and which those are."""
    keys, which = peers(subject.release, subject.area, subject.peers)
    return sorted(keys), which


@remembered(24)
def _of_level(release: Release, name: str, units: str, kind: str) -> pl.DataFrame:
    """The first index of a grouping over areas of a kind, in all regions of another, by period."""
    rows = rows_of(release, grouping(name), units)
    if rows is None:
        return pl.DataFrame(
            schema={
                "region": pl.String, "name": pl.String, "grouping": pl.String, "units": pl.String,
                "period": pl.String, "index": pl.String, "group": pl.String, "against": pl.String,
                "value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64,
                "expected": pl.Float64, "corrected": pl.Float64,
            }
        )  # fmt: skip
    return rows.filter(pl.col("region").str.starts_with(f"{kind}/")).sort("region", "period")
