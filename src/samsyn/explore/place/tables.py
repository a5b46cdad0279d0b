"""The figures of a place to take home, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl
from django.utils.translation import gettext as _

from samsyn.explore.place.finding import Found
from samsyn.explore.problems import WrongParameterError
from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.first_index import UNITS
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import LATEST
from samsyn.statistics.query.periods import Periods

ALL: Final = "all"


def figures(place: Found, part: str, period: str) -> tuple[pl.DataFrame, About]:
    """A part of the figures of a place, of the newest period of each, of one period or of all.

    Raises WrongParameterError for a part that there is not, or that the place has nothing of.
    """
    make = PARTS.get(part)
    if make is None:
        raise WrongParameterError(
            _("Det finns ingen del som heter ”%(part)s”. Det finns: %(parts)s.")
            % {"part": part, "parts": ", ".join(PARTS)}
        )
    try:
        frame = make(place, period)
    except InputError:
        frame = pl.DataFrame()
    if frame.is_empty():
        raise WrongParameterError(
            _("%(place)s har inga uppgifter av det slaget (%(part)s) för perioden ”%(period)s”.")
            % {"place": place.name, "part": part, "period": period}
        )
    title = f"{place.name}: {TITLES[part][place.language]}"
    return frame, about(place.release, title, place.language, frames=[frame])


def values(place: Found, period: str) -> pl.DataFrame:
    """The figures of all indicators of the place itself."""
    return _values(place, place.level, period, {"areas": [place.area.area]})


def parts(place: Found, period: str) -> pl.DataFrame:
    """The figures of all indicators of the parts of the place."""
    level = place.gathered.layout.parts_level(place.area)
    if level is None:
        raise InputError("no parts")
    return _values(place, level, period, {"within": place.area.area, "level": level})


def _values(place: Found, level: str, period: str, which: Mapping[str, object]) -> pl.DataFrame:
    frames = []
    for name in place.release.indicators:
        newest = place.gathered.figures.period(name, level)
        when = {LATEST: newest, ALL: None}.get(period, period)
        if newest is None:
            continue
        try:
            frames.append(place.release.values(name, period=when, **which))  # type: ignore[arg-type]
        except InputError:
            continue  # nothing of that period
    return pl.concat([frame for frame in frames if frame.height]) if frames else pl.DataFrame()


def indices(place: Found, period: str) -> pl.DataFrame:
    """All indices of all groupings in the place, over areas of every kind."""
    when: Periods = None if period == ALL else period
    frames = []
    for name in groupings():
        for kind in UNITS:
            try:
                rows = place.release.indices(
                    name, kind, place.area.kind, when, within=place.area.area
                )
            except InputError:
                continue
            frames.append(rows.filter(pl.col("region") == place.area.area))
    return pl.concat([frame for frame in frames if frame.height]) if frames else pl.DataFrame()


def types(place: Found, period: str) -> pl.DataFrame:
    """The area types of the RegSO in the place, with the index and its components."""
    return place.release.area_types(None if period == ALL else period, within=place.area.area)


def counts(place: Found, period: str) -> pl.DataFrame:
    """People, homes and households of each group in the place."""
    frames = []
    for name in place.release.groupings:
        try:
            frames.append(
                place.release.counts(
                    name, areas=[place.area.area], period=None if period == ALL else period
                )
            )
        except InputError:
            continue
    return pl.concat([frame for frame in frames if frame.height]) if frames else pl.DataFrame()


def neighbours(place: Found, period: str) -> pl.DataFrame:
    """The areas that share a border with the place, and how long it is in metres."""
    names = place.gathered.layout
    frame = place.release.neighbours(place.area.area)
    named = [names.name(key) for key in frame["neighbour"]]
    return frame.with_columns(name=pl.Series(named, dtype=pl.String))


PARTS: Final[Mapping[str, Callable[[Found, str], pl.DataFrame]]] = {
    "values": values,
    "parts": parts,
    "indices": indices,
    "types": types,
    "counts": counts,
    "neighbours": neighbours,
}
TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "values": {"sv": "alla indikatorer", "en": "all indicators"},
    "parts": {"sv": "indikatorer för områdets delar", "en": "indicators of the parts"},
    "indices": {"sv": "segregationsindex", "en": "segregation indices"},
    "types": {"sv": "områdestyper", "en": "area types"},
    "counts": {"sv": "antal efter grupp", "en": "counts by group"},
    "neighbours": {"sv": "grannar", "en": "neighbours"},
}
