"""The charts and the maps of the area types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samsyn.explore.areatypes import flows, types
from samsyn.explore.areatypes.choices import Choice
from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart, area_types, type_course, type_flows
from samsyn.publish.maps import Map, by_type, by_value, choropleth, place_map
from samsyn.publish.wording import in_place
from samsyn.statistics.query import Release

# Limits of the classes on the maps of the two ends, the same for both so that they compare.
ENDS = (0.001, 0.1, 0.25, 0.5)
STAND_IN = "unemployment_rate"
NOTE = gettext_noop(
    "Indexets tredje del, långvarigt ekonomiskt bistånd eller lång arbetslöshet, publiceras inte "
    "för områden. Andelen arbetslösa står i dess ställe."
)


def stands_in(frame: pl.DataFrame) -> bool:
    """Whether a stand-in took the place of the third component of some area."""
    return bool((frame["third_component"] == STAND_IN).any())


def told(release: Release, title: str, choice: Choice, language: str, frame: pl.DataFrame) -> About:
    """What goes with figures of the types of a place."""
    where = ""
    if choice.within is not None:
        where = " " + in_place(choice.within.name, choice.within.kind, language)
    notes: Sequence[str] = [_(NOTE)] if stands_in(_typed(release, choice)) else []
    return about(release, f"{title}{where}", language, frames=[frame], notes=notes)


def _typed(release: Release, choice: Choice) -> pl.DataFrame:
    return types.now(release, choice.inside, choice.period)


def people(release: Release, choice: Choice, language: str, *, dark: bool = False) -> Chart | None:
    """How many live in areas of each type; None where there are no areas."""
    frame = _typed(release, choice)
    if frame.is_empty():
        return None
    heading = told(release, _("Boende efter områdestyp"), choice, language, frame)
    return area_types(frame, heading, dark=dark)


def course(release: Release, choice: Choice, language: str, *, dark: bool = False) -> Chart | None:
    """How people were divided between types in each period; None where there is one only."""
    frame = types.of_place(release, choice.inside)
    if frame["period"].n_unique() < 2:
        return None
    heading = told(release, _("Boende efter områdestyp över tid"), choice, language, frame)
    return type_course(frame, heading, dark=dark)


def flow(release: Release, choice: Choice, language: str, *, dark: bool = False) -> Chart | None:
    """How areas went between types; None where there is no earlier period to set it against."""
    if choice.since is None:
        return None
    found = flows.between(release, choice.inside, choice.since, choice.period)
    if found.pairs.is_empty():
        return None
    frame = types.of_place(release, choice.inside).filter(
        pl.col("period").is_in([choice.since, choice.period])
    )
    heading = told(release, _("Områden som bytt typ"), choice, language, frame)
    return type_flows(found.pairs, choice.since, choice.period, heading, dark=dark)


CHARTS = {"people": people, "course": course, "flows": flow}
MAPS = ("map", "first", "last")


def map_names(release: Release, choice: Choice) -> tuple[str, ...]:
    """The maps of a place: its areas by type, or municipalities by the share at each end.

    A map of all the country's areas would show its forests and hide its towns.
    """
    small = choice.within is not None and choice.within.kind != "county"
    if _typed(release, choice).is_empty():
        return ()
    if small:
        return ("map",) if _drawn(release, "regso", choice) else ()
    if not _drawn(release, "municipality", choice):
        return ()
    if _regions(release, choice)["first"].null_count() == _regions(release, choice).height:
        return ()
    return ("first", "last") if choice.within is None else ("map", "first", "last")


def mapped(
    release: Release,
    choice: Choice,
    language: str,
    name: str,
    *,
    dark: bool = False,
    bare: bool = False,
) -> Map | None:
    """The map of that name; None where the place has none."""
    if name not in map_names(release, choice):
        return None
    frame = _typed(release, choice)
    if name == "map":
        assert choice.within is not None
        heading = told(release, _("Områdestyper"), choice, language, frame)
        level = "/".join(frame["area"][0].split("/")[:2])
        return place_map(
            release, choice.within, level, by_type(frame, language), heading, dark=dark, bare=bare
        )
    title = (
        _("Andel som bor i områden av typ 1")
        if name == "first"
        else _("Andel som bor i områden av typ 5")
    )
    heading = told(release, title, choice, language, frame)
    values = _regions(release, choice).select("area", value=name, unit=pl.lit("share"))
    classes = by_value(values, language, breaks=ENDS)
    shapes = _shapes(release, choice.inside)
    return choropleth(shapes, classes, heading, dark=dark, bare=bare, width=360)


def _shapes(release: Release, within: str | None) -> pl.DataFrame:
    return release.shapes("municipality", "coarse", within=within)


def _regions(release: Release, choice: Choice) -> pl.DataFrame:
    return types.by_region(_typed(release, choice), release, "municipality")


def _drawn(release: Release, kind: str, choice: Choice) -> bool:
    return _outlined(release, kind, choice.inside)


@lru_cache(512)
def _outlined(release: Release, kind: str, within: str | None) -> bool:
    """Whether the release knows borders of areas of a kind in a place."""
    try:
        return bool(release.areas(kind, within=within)["west"].is_not_null().any())
    except InputError:
        return False
