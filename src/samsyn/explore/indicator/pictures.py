"""The charts and the map of an indicator's page."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
from django.utils.translation import gettext as _

from samsyn.explore.indicator import figures
from samsyn.explore.indicator.choices import Choice
from samsyn.explore.indicator.there import Level
from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart, line, ranking, spread
from samsyn.publish.maps import Map, by_value, choropleth, place_map
from samsyn.publish.wording import in_place
from samsyn.statistics.indicators import Indicator
from samsyn.statistics.query import Release

DRAWN = 400  # areas of the country on one small map


def where(choice: Choice, language: str) -> str:
    """Where the areas are, as it stands in a title: "i Västra Götalands län"."""
    if choice.within is None:
        return ""
    return " " + in_place(choice.within.name, choice.within.kind, language)


def named_about(
    release: Release,
    entry: Indicator,
    choice: Choice,
    language: str,
    frame: pl.DataFrame,
    form: str = "%s",
) -> About:
    """What goes with the figures of the areas that are chosen; `form` is that of the title."""
    title = form % f"{entry.name[language]}{where(choice, language)}"
    return about(release, title, language, frames=[frame])


def highlighted(frame: pl.DataFrame, choice: Choice) -> tuple[str, ...]:
    """The places that are followed, as far as they are among the areas."""
    there = set(frame["area"])
    return tuple(place.area for place in choice.places if place.area in there)


def ranked(
    release: Release, entry: Indicator, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """The areas in order; None where there are fewer than two."""
    frame = figures.values(release, entry.id, choice)
    if frame["value"].drop_nulls().len() < 2:
        return None
    form = _("%s: från högst till lägst")
    told = named_about(release, entry, choice, language, frame, form)
    place = next(iter(highlighted(frame, choice)), None)
    return ranking(frame, told, place=place, dark=dark)


def spread_out(
    release: Release, entry: Indicator, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """How the areas are spread; None where there are fewer than three."""
    frame = figures.values(release, entry.id, choice)
    if frame["value"].drop_nulls().len() < 3:
        return None
    beside = figures.beside(release, entry.id, choice)
    form = _("%s: så är områdena spridda")
    told = named_about(release, entry, choice, language, frame, form)
    return spread(
        frame, told, context=None if beside.is_empty() else beside,
        highlight=highlighted(frame, choice), dark=dark,
    )  # fmt: skip


def over_time(
    release: Release, entry: Indicator, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """The course over time; None where there is one period only."""
    frame = figures.over_time(release, entry.id, choice)
    if frame.is_empty() or frame["period"].n_unique() < 2:
        return None
    title = _("%s över tid") % entry.name[language]
    return line(frame, about(release, title, language, frames=[frame]), dark=dark)


def drawable(release: Release, choice: Choice) -> bool:
    """Whether there are borders to draw, and not too many for a small map."""
    return 1 < _outlined(release, choice.level.key, choice.inside) <= DRAWN


def crowded(release: Release, choice: Choice) -> bool:
    """Whether there are borders, but too many areas for a small map."""
    return _outlined(release, choice.level.key, choice.inside) > DRAWN


@lru_cache(512)
def _outlined(release: Release, level: str, within: str | None) -> int:
    return int(release.areas(level, within=within)["west"].is_not_null().sum())


def mapped(
    release: Release,
    entry: Indicator,
    choice: Choice,
    language: str,
    *,
    dark: bool = False,
    bare: bool = False,
) -> Map | None:
    """The areas in classes by their values; None where they cannot be drawn."""
    frame = figures.values(release, entry.id, choice)
    if not drawable(release, choice) or frame["value"].drop_nulls().is_empty():
        return None
    told = named_about(release, entry, choice, language, frame)
    return drawn_map(release, choice.level, choice, frame, told, dark=dark, bare=bare)


def drawn_map(
    release: Release, level: Level, choice: Choice, frame: pl.DataFrame, told: About, *,
    dark: bool, bare: bool,
) -> Map | None:  # fmt: skip
    """A map of the values of a frame, in the whole country or within an area."""
    classes = by_value(frame, told.language)
    try:
        if choice.within is not None:
            return place_map(release, choice.within, level.key, classes, told, dark=dark, bare=bare)
        shapes = release.shapes(level.key, "coarse")
    except InputError:
        return None
    return choropleth(shapes, classes, told, dark=dark, bare=bare)


CHARTS = {"ranking": ranked, "spread": spread_out, "time": over_time}
