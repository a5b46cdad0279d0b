"""What a table has: its dimensions with codes and labels, its source, its notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from samsyn.api.pxweb.regions import level_name, levels_of, regions, valueset
from samsyn.api.pxweb.subjects import Subject
from samsyn.api.pxweb.texts import TEXTS, UNITS
from samsyn.measure.catalogue import INDICES
from samsyn.publish.about import About, about
from samsyn.publish.index_names import family_name, index_name, index_reading
from samsyn.publish.numbers import decimals_of
from samsyn.publish.texts import said
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, groupings
from samsyn.statistics.indicators import UNITS as UNIT_NAMES
from samsyn.statistics.query import Release
from samsyn.statistics.query.cube import grouping_rows, index_rows, indicator_rows
from samsyn.statistics.query.mapped import Mapped

KEPT: Final = 32  # tables in one language each
ABOUT: Final = 512  # of what is known where it comes from
SHARED: Final = 24  # sets of regions, in one language each
TOTAL: Final = "total"
INDEX_CONTENTS: Final = ("value", "lower", "upper", "expected", "corrected")
ALL_GROUPS: Final = "_"  # the code of an index that is of all groups together
DECIMALS: Final = 3  # of shares and indices, as people read them


@dataclass(frozen=True, eq=False)
class Dimension:
    """A dimension: `labels` leads from each code to its label, in their order.

    `elimination` is the code that stands for all, where the dimension can be left out. `codelists`
    leads from id to label. `units` are the unit and decimals of each code of the contents.
    """

    code: str
    label: str
    labels: Mapping[str, str]
    elimination: str | None = None
    show: str = "value"
    codelists: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Its codes in order."""
        return tuple(self.labels)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each code, by the code as it is and without regard to capitals."""
        folded = {code.casefold(): at for at, code in enumerate(self.labels)}
        return {**folded, **{code: at for at, code in enumerate(self.labels)}}


@dataclass(frozen=True, eq=False)
class Table:
    """A table in one language; `paths` lead to it through subjects (id and label)."""

    subject: Subject
    language: str
    name: str
    label: str
    dimensions: tuple[Dimension, ...]
    about: About
    notes: tuple[str, ...]
    paths: tuple[tuple[str, str], ...]

    @property
    def id(self) -> str:
        """Its id."""
        return self.subject.id

    @property
    def periods(self) -> tuple[str, ...]:
        """Its periods, the newest last."""
        return self.dimension("Tid").codes

    @property
    def yearly(self) -> bool:
        """Whether its periods are years."""
        return all(len(one) == 4 and one.isdecimal() for one in self.periods)

    @property
    def updated(self) -> str:
        """When its figures were last put together, in UTC."""
        return f"{self.about.created[:19]}Z"

    @property
    def source(self) -> str:
        """Where its figures come from."""
        return "; ".join(self.about.tables) or "Samsyn"

    def dimension(self, code: str) -> Dimension:
        """The dimension of a code that it has."""
        return next(one for one in self.dimensions if one.code == code)


def table(release: Release, subject: Subject, language: str) -> Table:
    """A table as it is in a release, in a language."""
    return _table(release.folder, release, subject, language)


@lru_cache(KEPT)
def _table(folder: Path, release: Release, subject: Subject, language: str) -> Table:
    if subject.form == "indices":
        return _of_indices(release, subject, language)
    return _of_rows(release, subject, language)


def _of_rows(release: Release, subject: Subject, language: str) -> Table:
    """A table of an indicator's values or a grouping's counts."""
    if subject.form == "values":
        rows = indicator_rows(release, subject.name)
        told = release.indicator(subject.name)
        name = subject.name if told is None else told.name[language]
        area = "other" if told is None else told.focus_area
        path = (area, FOCUS_AREA_NAMES[area][language])
        contents = _contents_of_values(release, subject.name, rows, name, language)
        notes = [] if told is None else [told.explanation[language], told.caveats[language]]
        notes += [] if told is None else [f"{at}: {text[language]}" for at, text in told.breaks]
    else:
        rows = grouping_rows(release, subject.name)
        entry = groupings().get(subject.name)
        name = subject.name if entry is None else entry.name[language]
        name = said(TEXTS, "counts", language, what=name)
        path = ("counts", said(TEXTS, "path counts", language))
        label, notes = said(TEXTS, "count", language), []
        contents = _dimension(
            "ContentsCode", {"count": label}, language,
            units={"count": (said(UNITS, "count", language), 0)},
        )  # fmt: skip
    dimensions = [_region(release, rows.labels("area"), language)]
    if subject.form == "counts":
        dimensions.append(_groups(subject.name, rows.labels("group"), language))
    dimensions += [
        _parts(code, rows.labels(column), language)
        for code, column in (("Alder", "age"), ("Kon", "sex"))
        if rows.labels(column) != [TOTAL]
    ]
    dimensions += [contents, _time(rows.labels("period"), language)]
    return _whole(release, subject, language, name, dimensions, notes, (path,))


def _of_indices(release: Release, subject: Subject, language: str) -> Table:
    """A table of the indices of one family for a grouping."""
    rows = index_rows(release, subject.name)
    there = rows.labels("index")
    indices = [
        name for name, one in INDICES.items() if one.family == subject.family and name in there
    ]
    at = np.isin(rows.column("index"), [there.index(name) for name in indices])
    groups, others = rows.labels("group"), rows.labels("against")
    pairs = rows.column("group")[at].astype(np.intp) * len(others) + rows.column("against")[at]
    codes = [
        group_code(groups[pair // len(others)], others[pair % len(others)])
        for pair in np.flatnonzero(np.bincount(pairs))
    ]
    entry = groupings().get(subject.name)
    grouping = subject.name if entry is None else entry.name[language]
    readings = {name: index_reading(name, language) for name in indices}
    name = said(
        TEXTS, "indices", language, family=family_name(subject.family, language), what=grouping
    )
    unit = (said(UNITS, "index", language), DECIMALS)
    dimensions = [
        _region(release, rows.labels("region"), language),
        _dimension(
            "Enhet",
            {
                one: level_name(one, language)
                for one in regions(release).ordered(rows.labels("units"))
            },
            language,
        ),
        _dimension(
            "Index",
            {one: index_name(one, language) for one in indices},
            language,
            notes={one: text for one, text in readings.items() if text},
        ),
        _groups(subject.name, codes, language),
        _dimension(
            "ContentsCode",
            {one: said(TEXTS, one, language) for one in INDEX_CONTENTS},
            language,
            units=dict.fromkeys(INDEX_CONTENTS, unit),
        ),
        _time(rows.labels("period"), language),
    ]
    path = (
        ("indices", said(TEXTS, "path indices", language)),
        (f"indices-{subject.name}", grouping),
    )
    return _whole(release, subject, language, name, dimensions, [], path)


def group_code(group: str | None, against: str | None) -> str:
    """The code of what an index is of: a group, a group against another, or all groups."""
    if group is None:
        return ALL_GROUPS
    return group if against is None else f"{group}:{against}"


def _whole(
    release: Release,
    subject: Subject,
    language: str,
    name: str,
    dimensions: list[Dimension],
    notes: list[str],
    paths: tuple[tuple[str, str], ...],
) -> Table:
    periods = dimensions[-1].codes
    when = periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"
    by = [one.label for one in dimensions if one.code != "ContentsCode"]
    words = said(TEXTS, "and", language, first=", ".join(by[:-1]), last=by[-1])
    label = said(TEXTS, "by", language, what=name, dimensions=words, periods=when)
    told = replace(_about(release, subject.name), title=name, language=language)
    made = said(
        TEXTS, "release", language, release=told.release, created=told.created[:10],
        version=told.version,
    )  # fmt: skip
    every = tuple(note for note in (made, *notes) if note)
    return Table(subject, language, name, label, tuple(dimensions), told, every, paths)


@lru_cache(ABOUT)
def _about(release: Release, name: str) -> About:
    """Where the figures of an indicator or a grouping come from, whatever the language."""
    return about(release, name, subjects=[name])


def _dimension(
    code: str,
    labels: Mapping[str, str],
    language: str,
    *,
    units: Mapping[str, tuple[str, int]] | None = None,
    notes: Mapping[str, str] | None = None,
    label: str | None = None,
    show: str = "value",
    elimination: str | None = None,
) -> Dimension:
    return Dimension(
        code, label or said(TEXTS, code, language), labels, elimination, show,
        units=units or {}, notes=notes or {},
    )  # fmt: skip


def _region(release: Release, keys: list[str], language: str) -> Dimension:
    return _regions_of(release, tuple(keys), language)


@lru_cache(SHARED)
def _regions_of(release: Release, keys: tuple[str, ...], language: str) -> Dimension:
    """The dimension of regions, which tables of the same areas share."""
    known = regions(release)
    ordered = known.ordered(keys)
    codes = [known.codes[key] for key in ordered]
    country = codes[0] if ordered[0].startswith("country/") else None
    lists = {valueset(level): level_name(level, language) for level in levels_of(ordered)}
    labels = {code: known.names[code] for code in codes}
    label = said(TEXTS, "Region", language)
    return Dimension("Region", label, labels, country, "code_value", lists)


def _time(periods: list[str], language: str) -> Dimension:
    ordered = sorted(periods)
    years = all(len(one) == 4 and one.isdecimal() for one in ordered)
    label = said(TEXTS, "Tid" if years else "period", language)
    return _dimension("Tid", {one: one for one in ordered}, language, label=label, show="code")


def _parts(code: str, there: list[str], language: str) -> Dimension:
    """Sexes or ages, the total first."""
    ordered = sorted(there, key=lambda one: (one != TOTAL, one))
    labels = {one: said(TEXTS, one, language) if one in TEXTS else one for one in ordered}
    total = TOTAL if TOTAL in labels else None
    return _dimension(code, labels, language, elimination=total)


def _groups(name: str, there: list[str], language: str) -> Dimension:
    """The groups of a grouping in their order, alone and against others."""
    entry = groupings().get(name)
    order = [*entry.groups, *entry.beside] if entry is not None else sorted(there)

    def place(code: str) -> tuple[int, str, str]:
        group = code.partition(":")[0]
        return (order.index(group) if group in order else -1, group, code)

    def label(code: str) -> str:
        if code == ALL_GROUPS:
            return said(TEXTS, "all groups", language)
        labels = {} if entry is None else entry.labels
        group, _, other = (labels.get(one, {}).get(language, one) for one in code.partition(":"))
        return said(TEXTS, "against", language, group=group, other=other) if other else group

    return _dimension("Grupp", {one: label(one) for one in sorted(there, key=place)}, language)


def _contents_of_values(
    release: Release, indicator: str, rows: Mapped, name: str, language: str
) -> Dimension:
    """The value, and its numerator and denominator where there are any."""
    told = release.indicator(indicator)
    unit = None if told is None else told.unit
    labels, units = {"value": name}, {"value": _unit(unit, language)}
    for column in ("numerator", "denominator"):
        numbers = rows.column(column)
        if numbers.size and not np.isnan(numbers).all():
            what = "" if told is None else getattr(told, f"{column}_name")[language]
            word = said(TEXTS, column, language)
            labels[column] = f"{word}: {what}" if what else word
            units[column] = (said(UNITS, "count", language), 0)
    return _dimension("ContentsCode", labels, language, units=units)


def _unit(unit: str | None, language: str) -> tuple[str, int]:
    if unit == "share":
        return said(UNITS, "share", language), DECIMALS
    if unit is None or unit not in UNIT_NAMES:
        return "", DECIMALS
    return UNIT_NAMES[unit][0 if language == "sv" else 1], decimals_of(unit)
