"""What an address of the map asks for, as it stands or as near as the release comes to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from samsyn.explore import asking
from samsyn.explore.areamap.subjects import (
    KINDS,
    TYPES,
    Asked,
    Subject,
    levels,
    offered_groups,
    offered_units,
    title,
)
from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Area, Release

# What is shown where nothing is asked for, as far as the release has it.
FIRST: Final = (TYPES, "low_economic_standard_share", "foreign_born_share", "population")
FIRST_LEVELS: Final[tuple[str, ...]] = ("regso", "municipality", "county", "deso")
LIMITS: Final = ("same", "own")
SORTS: Final = ("value", "name", "municipality")
ORDERS: Final = ("falling", "rising")


@dataclass(frozen=True)
class State:
    """All that a map shows.

    `levels` are all that the subject has figures on, with their periods. The borders are those of
    the period, unless `fixed` says that the address names them. `notes` say where the map shows
    something else than was asked for.
    """

    release: Release
    language: str
    pinned: bool
    subject: Subject
    levels: Mapping[str, tuple[str, ...]]
    level: str
    fixed: bool
    period: str
    within: Area | None
    limits: str
    sort: str
    order: str
    page: int
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the areas that are shown."""
        return self.level.partition("/")[0]

    @property
    def periods(self) -> Mapping[str, str]:
        """The periods that there are, in order, each with the level that it is shown on."""
        return periods_of(self.levels, self.level if self.fixed else self.kind)

    @property
    def asked(self) -> Asked:
        """The subject in the release."""
        return Asked(str(self.release.folder), self.subject, self.release)

    def query(self, **changes: str | None) -> str:
        """The query string of this map with changes; None leaves a parameter out."""
        told: dict[str, str | None] = {
            **self.subject.parameters,
            "level": self.level if self.fixed else self.kind,
            "period": self.period,
            "within": key_of(self.within) if self.within is not None else None,
            "limits": self.limits if self.limits != LIMITS[0] else None,
            "sort": self.sort if self.sort != SORTS[0] else None,
            "order": self.order if self.order != _natural(self.sort) else None,
            "page": str(self.page) if self.page > 1 else None,
            "release": self.release.name if self.pinned else None,
            **changes,
        }
        return urlencode({name: text for name, text in told.items() if text is not None})


def periods_of(levels: Mapping[str, tuple[str, ...]], kind: str) -> dict[str, str]:
    """The periods of a kind or of one vintage, each on the newest borders that have it."""
    found: dict[str, str] = {}
    for name, periods in levels.items():
        if kind in {name, name.partition("/")[0]}:
            for period in periods:
                found.setdefault(period, name)
    return dict(sorted(found.items()))


def _natural(sort: str) -> str:
    """The order that one expects: high values first, names by the alphabet."""
    return "falling" if sort == "value" else "rising"


def key_of(area: Area) -> str:
    """An area's key without its vintage, as addresses have it."""
    return f"{area.kind}/{area.code}"


def state(asked: asking.Asked, query: QueryDict) -> State:
    """What the query string of the map asks for."""
    release, language = asked.release, asked.language
    notes: list[str] = []
    subject = _subject(release, query)
    there = levels(Asked(str(release.folder), subject, release))
    if not there:
        raise WrongParameterError(
            _("Utgåvan %(release)s har inga uppgifter om ”%(subject)s”.")
            % {"release": release.name, "subject": title(release, subject, language)}
        )
    within = _within(release, query)
    wanted = _level(query, there, within, notes)
    periods = periods_of(there, wanted)
    period = _period(release, query, tuple(periods), notes)
    level = periods[period]
    sort = _one_of(query, "sort", SORTS)
    return State(
        release=release,
        language=language,
        pinned=asked.pinned,
        subject=subject,
        levels=there,
        level=level,
        fixed="/" in wanted,
        period=period,
        within=_lifted(release, within, level),
        limits=_one_of(query, "limits", LIMITS),
        sort=sort,
        order=_one_of(query, "order", (_natural(sort), *ORDERS)),
        page=_page(query),
        notes=tuple(notes),
    )


def _subject(release: Release, query: QueryDict) -> Subject:
    folder = str(release.folder)
    index, grouping = query.get("index", ""), query.get("grouping", "")
    name = query.get("indicator", "")
    if "." in name:
        # The list of the page has indicators and indices: dissimilarity.tenure.
        index, grouping, name = *name.split(".", 1), ""
    if index or (grouping and not name):
        entry = groupings().get(grouping)
        if entry is None or grouping not in release.groupings or not entry.first_index:
            there = [one for one in release.groupings if groupings()[one].first_index]
            raise WrongParameterError(
                _(
                    "Det finns ingen indelning ”%(asked)s” att mäta segregation med. "
                    "Det finns: %(there)s."
                )
                % {"asked": grouping, "there": ", ".join(there)}
            )
        index = index or entry.first_index
        plain = Asked(folder, Subject(index, grouping), release)
        groups = offered_groups(plain)
        group = query.get("group") or (entry.first_group if entry.first_group in groups else "")
        if groups and group not in groups:
            raise WrongParameterError(
                _(
                    "Det finns ingen grupp ”%(asked)s” i indelningen %(grouping)s. "
                    "Det finns: %(there)s."
                )
                % {"asked": group, "grouping": grouping, "there": ", ".join(groups)}
            )
        named = Subject(index, grouping, "", group or "" if groups else "")
        units = offered_units(Asked(folder, named, release))
        if not units:
            raise WrongParameterError(
                _("Utgåvan %(release)s har inget index ”%(index)s” för indelningen %(grouping)s.")
                % {"release": release.name, "index": index, "grouping": grouping}
            )
        asked = query.get("units", "").partition("/")[0] or units[0]
        if asked not in units:
            raise WrongParameterError(
                _("Indexet är inte beräknat över ”%(asked)s”. Det finns över: %(there)s.")
                % {"asked": asked, "there": ", ".join(units)}
            )
        return Subject(index, grouping, asked, named.group)
    if not name:
        name = next((one for one in FIRST if one in release.indicators), release.indicators[0])
    if name not in release.indicators:
        raise WrongParameterError(
            _("Det finns ingen indikator ”%(asked)s” i utgåvan. Det finns: %(there)s.")
            % {"asked": name, "there": ", ".join(release.indicators)}
        )
    return Subject(name)


def _within(release: Release, query: QueryDict) -> Area | None:
    text = query.get("within", "").strip()
    if not text:
        return None
    try:
        area = release.area(text)
    except InputError as error:
        raise UnknownPageError(_("Det finns inget område ”%s”.") % text) from error
    return None if area.kind == "country" else area


def _level(
    query: QueryDict,
    there: Mapping[str, tuple[str, ...]],
    within: Area | None,
    notes: list[str],
) -> str:
    """The kind that is asked for, or one vintage of it where the address names that."""
    text = query.get("level", "").strip()
    kind, _sep, vintage = text.partition("/")
    if text and kind not in KINDS:
        raise WrongParameterError(
            _("Det finns ingen nivå ”%(asked)s”. Det finns: %(there)s.")
            % {"asked": text, "there": ", ".join(KINDS)}
        )
    if vintage and text not in there:
        known = ", ".join(one for one in there if one.startswith(f"{kind}/")) or ", ".join(there)
        raise WrongParameterError(
            _("Det finns inga uppgifter på nivån ”%(asked)s”. De finns på: %(there)s.")
            % {"asked": text, "there": known}
        )
    if vintage:
        return text
    kinds = list(dict.fromkeys(name.partition("/")[0] for name in there))
    if not kind:
        smaller: list[str] = [one for one in FIRST_LEVELS if one in kinds]
        if within is not None:
            # Of a place its parts are shown.
            below = KINDS[KINDS.index(within.kind) + 1 :] if within.kind in KINDS else KINDS[3:]
            smaller = [one for one in below if one in kinds] or smaller
        kind = (smaller or kinds)[0]
    elif kind not in kinds:
        near = min(kinds, key=lambda one: abs(KINDS.index(one) - KINDS.index(kind)))
        notes.append(
            _("Uppgiften finns inte på nivån %(asked)s. Kartan visar %(shown)s.")
            % {"asked": level_name(kind), "shown": level_name(near)}
        )
        kind = near
    return kind


def level_name(kind: str) -> str:
    """What areas of a kind are called, many of them."""
    return {
        "country": _("land"),
        "county": _("län"),
        "municipality": _("kommuner"),
        "regso": "RegSO",
        "deso": "DeSO",
    }[kind]


def _period(release: Release, query: QueryDict, periods: tuple[str, ...], notes: list[str]) -> str:
    text = query.get("period", "").strip()
    if not text or text == "latest":
        return periods[-1]
    if text in periods:
        return text
    if text not in set(release.coverage.get_column("period")):
        raise WrongParameterError(
            _("Det finns ingen period ”%(asked)s”. Det finns: %(there)s.")
            % {"asked": text, "there": ", ".join(periods)}
        )
    earlier = [one for one in periods if one < text]
    shown = earlier[-1] if earlier else periods[0]
    notes.append(
        _("På den här nivån finns inga uppgifter för %(asked)s. Kartan visar %(shown)s.")
        % {"asked": text, "shown": shown}
    )
    return shown


def _lifted(release: Release, within: Area | None, level: str) -> Area | None:
    """The area, or the one around it that areas of the level lie in."""
    while within is not None and release.areas(level, within=within.area).is_empty():
        larger = {"deso": within.parent, "regso": within.municipality}.get(
            within.kind, within.county if within.kind == "municipality" else None
        )
        within = release.area(larger) if larger else None
    return within


def _one_of(query: QueryDict, name: str, there: tuple[str, ...]) -> str:
    text = query.get(name, "") or there[0]
    if text not in there:
        raise WrongParameterError(
            _("”%(name)s” kan inte vara ”%(asked)s”. Det finns: %(there)s.")
            % {"name": name, "asked": text, "there": ", ".join(dict.fromkeys(there))}
        )
    return text


def _page(query: QueryDict) -> int:
    text = query.get("page", "") or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0):
        raise WrongParameterError(_("En sida är ett helt tal från 1: ”%s” är inte det.") % text)
    return int(text)
