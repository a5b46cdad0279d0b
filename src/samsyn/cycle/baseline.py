"""The figures of a place as they were when a round began: the situation report's, kept for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from samsyn.cycle.figures import Figure
from samsyn.cycle.models import MappingRound
from samsyn.cycle.places import release
from samsyn.measure.errors import InputError
from samsyn.publish.situation import Choice
from samsyn.publish.situation.material import material
from samsyn.publish.situation.readings import Reading
from samsyn.publish.situation.subject import Subject
from samsyn.statistics.query import Release

FIELDS: Final = ("value", "status", "unit", "numerator", "denominator")
# The parts of a country are all municipalities: its rounds keep the country's own figures.
WITH_PARTS: Final = frozenset({"municipality", "county", "custom"})


def figures(
    there: Release, place: str, focus_areas: Iterable[str] = (), areas: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """The figures of the situation report of a place, each with its indicator, area and period.

    Of the place itself they are of every indicator; of its parts (or of the `areas` chosen among
    them) those of the focus areas. A figure that is missing or secret has its status and no value.
    Raises InputError where the release has no such place.
    """
    subject = Subject(there, Choice(place, compare=()), there.area(place))
    wanted, chosen = set(focus_areas), set(areas)
    found: list[dict[str, Any]] = []
    for one in material(subject).readings.values():
        found.extend(_own(one))
        if one.entry.focus_area in wanted and subject.area.kind in WITH_PARTS:
            rows = one.parts.iter_rows(named=True)
            found.extend(_kept(row) for row in rows if not chosen or row["area"] in chosen)
    return found


def _own(one: Reading) -> Iterator[dict[str, Any]]:
    """The figure of the place itself, as the release has it."""
    if one.period is None:
        return
    subject = one.subject
    rows = subject.release.values(one.entry.id, areas=[subject.area.area], period=one.period)
    for row in rows.iter_rows(named=True):
        yield _kept(row)


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {"indicator": row["indicator"], "area": row["area"], "period": row["period"]}
    # What is not there takes no room: a round keeps some hundreds of figures.
    return told | {name: row[name] for name in FIELDS if row.get(name) is not None}


def freeze(round: MappingRound, of: str = "") -> bool:
    """Put the figures of its place into a round, from a release or from the current one.

    Nothing is saved. False where there is no release, or it has no such place: then the round keeps
    what it had.
    """
    there = release(of or None)
    if there is None:
        return False
    try:
        found = figures(there, round.place, round.focus_areas, round.areas)
    except InputError:
        return False
    round.baseline, round.release = found, there.name
    return True


def figure_in(round: MappingRound, indicator: str, area: str = "") -> dict[str, Any] | None:
    """The figure of an indicator that a round has kept: of its place, or of one of its parts."""
    for one in round.baseline:
        if one["indicator"] == indicator and _same(one["area"], area or round.place):
            return dict(one)
    return None


def figure(one: Mapping[str, Any], of: str) -> Figure:
    """A figure that a round has kept, as a figure of its release."""
    named = one["indicator"], one["area"], one["period"]
    return Figure(
        *named, one.get("value"), one["status"], one.get("unit", ""), of,
        one.get("numerator"), one.get("denominator"),
    )  # fmt: skip


def _same(key: str, asked: str) -> bool:
    """Whether two keys are of one area, where one of them may lack the vintage."""
    if key == asked:
        return True
    kind, _slash, code = key.rpartition("/")
    return f"{kind.partition('/')[0]}/{code}" == asked
