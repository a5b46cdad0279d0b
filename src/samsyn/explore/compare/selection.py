"""What an address asks to compare, and the addresses of the same with something changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from samsyn.explore.choosing import LONGEST, short
from samsyn.explore.compare.subjects import Subject, first, index_subject, indicator_subject
from samsyn.measure.errors import InputError
from samsyn.publish.wording import named
from samsyn.statistics.query import Area, Release
from samsyn.statistics.query.municipality_types import TYPES, municipalities_of

PLACES: Final = 12
SUBJECTS: Final = 12
# What an address may ask for in all: the rest is not even looked at.
LOOKED_AT: Final = 40
TYPE: Final = "type"  # a type of municipalities, where others have the kind of an area


@dataclass(frozen=True)
class Place:
    """A place to compare: an area, or a type of municipalities, which has no area."""

    key: str
    name: str
    area: Area | None = None

    @property
    def kind(self) -> str:
        """The kind of area, or `type`."""
        return self.key.partition("/")[0]

    @property
    def code(self) -> str:
        """What follows the kind in its key."""
        return self.key.partition("/")[2]


@dataclass(frozen=True)
class Dropped:
    """Something in the address that could not be used, and why."""

    text: str
    reason: str


@dataclass(frozen=True)
class Selection:
    """What is compared. Empty `asked` subjects mean that the first ones stand in `subjects`.

    `period` and `since` are those that are asked for, None for those that fit the figures best;
    `mapped` is the subject on the maps and `level` the size of the areas there.
    """

    places: tuple[Place, ...]
    subjects: tuple[Subject, ...]
    chosen: bool
    period: str | None
    since: str | None
    mapped: str | None
    level: str | None
    release: str | None
    dropped: tuple[Dropped, ...] = ()

    def query(self, **changes: object) -> str:
        """The parameters that say all of it, with the fields of the selection changed."""
        return "?" + urlencode(replace(self, **changes).parameters())  # type: ignore[arg-type]

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters one by one, in the order in which they are shown."""
        told = [("place", place.key) for place in self.places]
        if self.chosen:
            told += [(one.parameter, one.id) for one in self.subjects]
        single = {
            "period": self.period, "since": self.since, "map": self.mapped, "level": self.level,
            "release": self.release,
        }  # fmt: skip
        return told + [(name, value) for name, value in single.items() if value]

    def without_place(self, place: Place) -> str:
        """The address without a place."""
        return self.query(places=tuple(one for one in self.places if one != place))

    def with_place(self, key: str) -> str:
        """The address with one more place."""
        return self.query(places=(*self.places, Place(key, "")))

    def with_first(self, place: Place) -> str:
        """The address with a place first: the one that the others are set against."""
        return self.query(places=(place, *(one for one in self.places if one != place)))

    def without_subject(self, subject: Subject) -> str:
        """The address without a subject."""
        kept = tuple(one for one in self.subjects if one != subject)
        return self.query(subjects=kept, chosen=bool(kept))


def selection(query: QueryDict, release: Release, language: str) -> Selection:
    """What the parameters ask for; what cannot be used is told in `dropped` and the rest kept."""
    dropped: list[Dropped] = []
    places = _places(query.getlist("place"), release, language, dropped)
    subjects = _subjects(query, release, language, dropped)
    periods = [text.strip() for text in query.getlist("period") if text.strip()]
    since = query.get("since", "").strip() or None
    if len(periods) > 1 and since is None:
        since, *_between, last = sorted(periods[:2])
        periods = [last]
    return Selection(
        places=tuple(places),
        subjects=tuple(subjects) if subjects else first(release, language),
        chosen=bool(subjects),
        period=periods[0][:LONGEST] if periods else None,
        since=since[:LONGEST] if since else None,
        mapped=query.get("map", "").strip()[:LONGEST] or None,
        level=query.get("level", "").strip()[:LONGEST] or None,
        release=query.get("release") or None,
        dropped=tuple(dropped),
    )


def _places(
    asked: Iterable[str], release: Release, language: str, dropped: list[Dropped]
) -> list[Place]:
    found: dict[str, Place] = {}
    for text in _told(asked):
        place = place_of(release, text, language)
        if place is None:
            reason = _("Det finns ingen plats som heter eller har koden så.")
            dropped.append(Dropped(text, reason))
        elif place.key not in found and len(found) == PLACES:
            reason = _("Högst %(number)s platser får rum i en jämförelse.") % {"number": PLACES}
            dropped.append(Dropped(place.name, reason))
        else:
            found.setdefault(place.key, place)
    return list(found.values())


def place_of(release: Release, text: str, language: str) -> Place | None:
    """The place that a text means: a key, a code, a name, or `type/` and a type's code."""
    kind, _slash, code = text.partition("/")
    if kind == TYPE:
        if code not in TYPES or municipalities_of(release, code).is_empty():
            return None
        return Place(f"{TYPE}/{code}", TYPES[code][language])
    try:
        return _place(release, text, language)
    except InputError:
        return None


@lru_cache(4_096)
def _place(release: Release, text: str, language: str) -> Place:
    area = release.area(text)
    # An address keeps a vintage only where it is not the one that the bare key means.
    key = short(area.area)
    if release.area(key).area != area.area:
        key = area.area
    return Place(key, named(area.name or area.code, area.kind, language), area)


def _subjects(
    query: QueryDict, release: Release, language: str, dropped: list[Dropped]
) -> list[Subject]:
    found: dict[str, Subject] = {}
    grouping, units = (query.get(name, "").strip()[:LONGEST] for name in ("grouping", "units"))
    asked = []
    for text in _told(query.getlist("index")) or ([grouping] if grouping else []):
        # An index by its name alone is of the grouping and the units that stand beside it.
        beside = ("", "") if "." in text else (grouping if text != grouping else "", units)
        asked.append((text, index_subject(release, text, language, *beside)))
    asked += [
        (text, indicator_subject(release, text, language))
        for text in _told(query.getlist("indicator"))
    ]
    for text, subject in asked:
        if subject is None:
            reason = _("Utgåvan har ingen sådan uppgift.")
            dropped.append(Dropped(text, reason))
        elif subject.id not in found and len(found) == SUBJECTS:
            reason = _("Högst %(number)s uppgifter får rum i en jämförelse.") % {"number": SUBJECTS}
            dropped.append(Dropped(subject.title, reason))
        else:
            found.setdefault(subject.id, subject)
    return list(found.values())


def _told(values: Iterable[str]) -> list[str]:
    """The values that say something, as short as can be looked up, and not endlessly many."""
    kept = [value.strip()[:LONGEST] for value in values]
    return [value for value in kept if value][:LOOKED_AT]
