"""What the page's form lets one choose: subject, level, period, and what an index is over."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samsyn.explore.areamap.state import State, level_name
from samsyn.explore.areamap.subjects import TYPES, offered_groups, offered_units
from samsyn.publish.index_names import index_name
from samsyn.publish.texts import capital
from samsyn.statistics.indicators import FOCUS_AREAS, groupings


@dataclass(frozen=True)
class Choice:
    """Something to choose, and whether it is chosen."""

    value: str
    name: str
    chosen: bool
    about: str = ""


@dataclass(frozen=True)
class Group:
    """Choices that belong together."""

    name: str
    choices: tuple[Choice, ...]


def focus_area(name: str) -> str:
    """What a focus area of the national strategy is called."""
    return {
        "housing": _("Boende"),
        "education": _("Utbildning"),
        "labour": _("Arbetsmarknad och ekonomi"),
        "democracy": _("Demokrati och civilsamhälle"),
        "crime": _("Brottslighet"),
        "health": _("Hälsa"),
    }[name]


def subjects(state: State) -> list[Group]:
    """All that the map can show, by focus area, then the indices."""
    release, language, chosen = state.release, state.language, state.subject
    by_area: dict[str, list[Choice]] = {name: [] for name in FOCUS_AREAS}
    first = []
    for name in release.indicators:
        told = release.indicator(name)
        title = told.name[language] if told is not None else name
        choice = Choice(name, title, chosen.name == name and not chosen.grouping)
        if name == TYPES:
            first.append(choice)
        else:
            by_area[told.focus_area if told is not None else "housing"].append(choice)
    groups = [Group(_("Områdestyper"), tuple(first))]
    groups += [
        Group(focus_area(name), tuple(sorted(there, key=lambda one: one.name)))
        for name, there in by_area.items()
    ]
    groups.append(Group(_("Segregation"), tuple(_indices(state))))
    return [group for group in groups if group.choices]


def _indices(state: State) -> list[Choice]:
    """The first index of each grouping, and the one that the address asks for."""
    chosen = (state.subject.name, state.subject.grouping)
    pairs = []
    for name in state.release.groupings:
        entry = groupings().get(name)
        if entry is not None and entry.first_index:
            pairs.append((entry.first_index, name))
    if chosen[1] and chosen not in pairs:
        pairs.append(chosen)
    return [
        Choice(
            f"{index}.{name}",
            f"{groupings()[name].name[state.language]}: {index_name(index, state.language)}",
            (index, name) == chosen,
        )
        for index, name in pairs
    ]


def levels(state: State) -> list[Choice]:
    """The kinds of areas of the subject; the borders follow the period, or are those asked for."""
    found = []
    for kind in dict.fromkeys(name.partition("/")[0] for name in state.levels):
        title, chosen = capital(level_name(kind)), kind == state.kind
        if chosen and state.fixed:
            year = state.level.partition("/")[2]
            title = _("%(level)s, gränser från %(year)s") % {"level": title, "year": year}
        found.append(Choice(state.level if chosen and state.fixed else kind, title, chosen))
    return found


def periods(state: State) -> list[Choice]:
    """The periods; `about` is the level whose borders the map then has."""
    return [Choice(one, one, one == state.period, level) for one, level in state.periods.items()]


def units(state: State) -> list[Choice]:
    """The areas that an index is computed over; none for an indicator."""
    if not state.subject.grouping:
        return []
    return [
        Choice(kind, capital(level_name(kind)), kind == state.subject.units)
        for kind in offered_units(state.asked)
    ]


def groups(state: State) -> list[Choice]:
    """The groups whose index there is; none for an indicator and an index of all groups."""
    if not state.subject.group:
        return []
    labels = groupings()[state.subject.grouping].labels
    return [
        Choice(group, labels[group][state.language], group == state.subject.group)
        for group in offered_groups(state.asked)
    ]
