"""All that a report rests on, gathered once: sections choose from it and put it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import polars as pl

from samsyn.publish.intervals import Figure
from samsyn.publish.situation.readings import Reading, reading
from samsyn.publish.situation.subject import Subject
from samsyn.publish.situation.unevenness import Unevenness, unevenness
from samsyn.publish.wording import Summary, people_by_type, summary, types_period
from samsyn.publish.wording.indicators import Compared, End, IndicatorFacts
from samsyn.statistics.indicators import FOCUS_AREAS, Indicator, indicators

# Told by the section on unevenness, and by the map of types: no rows of a focus area.
ELSEWHERE: Final = frozenset({"inequality_index", "area_type"})
# Topics of a small area's summary that set it beside its municipality and the country.
COMPARING: Final = frozenset({"outstanding", "range"})


@dataclass(frozen=True)
class Material:
    """The place of a report with its figures.

    `readings` are of every indicator that the release has of the place or of its parts.
    """

    subject: Subject
    readings: Mapping[str, Reading]

    @cached_property
    def uneven(self) -> list[Unevenness]:
        """How unevenly people live in it, one grouping after the other."""
        return unevenness(self.subject)

    @cached_property
    def summary(self) -> Summary:
        """The sentences that sum the place up; those that compare only where that is chosen."""
        subject = self.subject
        told = summary(
            subject.release, subject.area.area, subject.peers, until=subject.choice.period
        )
        if subject.choice.compare:
            return told
        alone = (one for one in told.sentences if one.rule.partition(".")[0] not in COMPARING)
        return replace(told, sentences=tuple(alone))

    @cached_property
    def types(self) -> pl.DataFrame:
        """The RegSO in the place with their types, of one period; empty where none has one."""
        subject = self.subject
        if subject.area.kind in {"regso", "deso"}:
            return people_by_type(subject.release, subject.area.area).clear()
        period = types_period(subject.release, subject.choice.period)
        return people_by_type(subject.release, subject.area.area, period)

    def of_focus(self, focus: str) -> list[Reading]:
        """The readings of a focus area with something to tell, in the order of the catalogue."""
        return [
            one
            for one in self.readings.values()
            if one.entry.focus_area == focus and one.known and one.entry.id not in ELSEWHERE
        ]

    def lacking(self, focus: str) -> list[Indicator]:
        """The indicators of the catalogue in a focus area that say nothing of the place."""
        there = {one.entry.id for one in self.of_focus(focus)} | ELSEWHERE
        return [
            one for one in indicators().values() if one.focus_area == focus and one.id not in there
        ]


def material(subject: Subject) -> Material:
    """Gathers what a report of the place rests on."""
    known = indicators()
    ordered = [
        *(name for name in known if name in subject.release.indicators),
        *(name for name in subject.release.indicators if name not in known),
    ]
    found = {name: one for name in ordered if (one := reading(subject, name)) is not None}
    order = {name: at for at, name in enumerate(FOCUS_AREAS)}
    return Material(
        subject,
        dict(
            sorted(found.items(), key=lambda pair: order.get(pair[1].entry.focus_area, len(order)))
        ),
    )


def facts(one: Reading) -> IndicatorFacts:
    """What the sentences about an indicator rest on."""
    subject = one.subject
    of_people = one.entry.unit == "persons"
    known = one.parts_known
    low, high = (
        (End(known["name"][at], Figure.of(known.row(at, named=True))) if known.height else None)
        for at in (0, -1)
    )
    earlier = one.earlier
    return IndicatorFacts(
        place=subject.area.name or subject.area.code,
        kind=subject.area.kind,
        unit=one.entry.unit,
        period=one.period or one.parts_period or "",
        own=one.own.figure,
        status=one.own.status,
        # How many live in the country says nothing of how many live here.
        compared=() if of_people else _compared(one),
        parts=known.height,
        parts_are=parts_are(subject),
        parts_of=subject.parts.height,
        parts_period=one.parts_period or "",
        low=low,
        high=high,
        earlier=None if earlier is None else Figure.of(earlier),
        earlier_period=None if earlier is None else earlier["period"],
        broken=earlier is not None and earlier["broken"],
        women=one.sexes["women"].figure if "women" in one.sexes else None,
        men=one.sexes["men"].figure if "men" in one.sexes else None,
    )


def parts_are(subject: Subject) -> str:
    """What the parts of the place are: municipalities, or smaller areas."""
    return "municipalities" if (subject.parts_level or "").startswith("municipality") else "areas"


def _compared(one: Reading) -> tuple[Compared, ...]:
    subject = one.subject
    found = [
        Compared(there.name or there.code, there.kind, placed.figure)
        for placed in one.beside
        if placed.area
        for there in (subject.release.area(placed.area),)
    ]
    found += [
        Compared("", subject.area.kind, placed.figure, of=len(subject.similar))
        for placed in one.beside
        if not placed.area
    ]
    return tuple(found)
