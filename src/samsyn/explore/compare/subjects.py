"""What places can be compared in: the indicators of a release, and indices of segregation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samsyn.explore.components import evidence
from samsyn.measure.catalogue import INDICES
from samsyn.measure.errors import InputError
from samsyn.publish.index_names import index_name
from samsyn.statistics.indicators import groupings
from samsyn.statistics.indicators.codes import FOCUS_AREA_NAMES, LEVEL_NAMES, OTHER
from samsyn.statistics.query import Release

# Units that a municipality's index is offered for; others are answered where an address has them.
OFFERED: Final = ("regso", "deso")
KEPT: Final = 16
# What a comparison begins with, as far as the release has it.
FIRST: Final = (
    "economic_standard.dissimilarity.regso",
    "low_economic_standard_share",
    "employment_rate",
    "post_secondary_share",
    "foreign_born_share",
    "rental_share",
)


@dataclass(frozen=True)
class Subject:
    """One thing to compare places in.

    `id` stands in addresses: an indicator's own, or an index as grouping.index.units and, where it
    is not the first of the grouping, group. The last five are those of an index, else None.
    """

    id: str
    title: str
    unit: str | None
    grouping: str | None = None
    index: str | None = None
    units: str | None = None
    group: str | None = None
    against: str | None = None

    @property
    def parameter(self) -> str:
        """The parameter that asks for it."""
        return "indicator" if self.grouping is None else "index"

    @property
    def figure(self) -> str:
        """The name of its figures where they are used as evidence."""
        if self.grouping is None:
            return self.id
        groups = "/".join(one for one in (self.group, self.against) if one)
        return evidence.index(self.grouping, self.index or "", self.units or "", groups)


@dataclass(frozen=True)
class Shelf:
    """Subjects that are offered together."""

    title: str
    subjects: tuple[Subject, ...]


def indicator_subject(release: Release, name: str, language: str) -> Subject | None:
    """An indicator that the release has values of; None where it has not."""
    if name not in release.indicators:
        return None
    told = release.indicator(name)
    title = told.name[language] if told is not None else name
    return Subject(name, title, None if told is None else told.unit)


def index_subject(
    release: Release, text: str, language: str, grouping: str = "", units: str = ""
) -> Subject | None:
    """An index by its parts with dots between; None where the release has no such.

    The parts are a grouping, an index, the kind of units and a group: which a part is, is seen by
    its name. What is not told is the grouping's own first index and group, on RegSO. `grouping` and
    `units` are for an index that is told by its name alone.
    """
    known = {name: one for name, one in groupings().items() if name in release.groupings}
    parts = [part for part in [*text.split("."), grouping, units] if part][:6]
    of = next((part for part in parts if part in known), None)
    if of is None or known[of].first_index is None:
        return None
    chosen = known[of]
    parts.remove(of)
    index = next((part for part in parts if part in INDICES), None) or chosen.first_index or ""
    kind = next((part for part in parts if part in LEVEL_NAMES), OFFERED[0])
    group = next((part for part in parts if part in chosen.groups), None) or chosen.first_group
    assert group is not None
    rest = [part for part in parts if part not in {index, kind, group, of}]
    if rest or INDICES[index].local:
        return None
    own = INDICES[index].answers == "group"
    first = group == chosen.first_group
    title = f"{chosen.name[language]}: {_lower(index_name(index, language))}"
    if own and not first:
        title += f", {_lower(chosen.labels[group][language])}"
    title += f", {LEVEL_NAMES[kind][language]}"
    return Subject(
        id=".".join([of, index, kind, *([] if first or not own else [group])]),
        title=title,
        unit="index",
        grouping=of,
        index=index,
        units=kind,
        group=group if own else None,
        against=chosen.first_against if own and first else None,
    )


@lru_cache(KEPT)
def offered(release: Release, language: str) -> tuple[Shelf, ...]:
    """What the page offers: indices first, then the indicators by their focus area."""
    shelves = []
    indices = [
        found
        for name in release.groupings
        for units in OFFERED
        if (found := index_subject(release, f"{name}.{units}", language)) is not None
        and _there(release, found)
    ]
    if indices:
        shelves.append(Shelf({"sv": "Segregation", "en": "Segregation"}[language], tuple(indices)))
    by_area: dict[str, list[Subject]] = {area: [] for area in FOCUS_AREA_NAMES}
    for name in release.indicators:
        told, found = release.indicator(name), indicator_subject(release, name, language)
        if found is not None and found.unit != "class":
            by_area[told.focus_area if told is not None else OTHER].append(found)
    shelves += [
        Shelf(FOCUS_AREA_NAMES[area][language], tuple(sorted(there, key=lambda one: one.title)))
        for area, there in by_area.items()
        if there
    ]
    return tuple(shelves)


@lru_cache(KEPT)
def shelves(release: Release, language: str) -> str:
    """The boxes to tick for what is offered, none of them ticked: the same on every page."""
    return render_to_string("compare/shelves.html", {"shelves": offered(release, language)})


def ticked(release: Release, language: str, ids: Iterable[str]) -> SafeString:
    """The boxes, those of `ids` ticked."""
    boxes = shelves(release, language)
    for name in ids:
        value = f'value="{escape(name)}"'
        boxes = boxes.replace(f"{value}>", f"{value} checked>")
    return mark_safe(boxes)


@lru_cache(KEPT)
def first(release: Release, language: str) -> tuple[Subject, ...]:
    """What a comparison begins with where nothing is chosen."""
    there = _by_id(release, language)
    found = tuple(there[name] for name in FIRST if name in there)
    return found or tuple(there.values())[: len(FIRST)]


def _by_id(release: Release, language: str) -> Mapping[str, Subject]:
    return {one.id: one for shelf in offered(release, language) for one in shelf.subjects}


def _there(release: Release, subject: Subject) -> bool:
    assert subject.grouping is not None
    assert subject.units is not None
    try:
        release.indices(subject.grouping, subject.units, level="municipality", index=subject.index)
    except InputError:
        return False
    return True


def _lower(text: str) -> str:
    """A name inside a sentence: its first letter small, if it is not an abbreviation or a name."""
    return text if text[1:2].isupper() or "Theil" in text else f"{text[:1].lower()}{text[1:]}"
