"""What the page of a grouping's indices shows: charts, map, words and links."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore.choosing import Option, changed, short
from samsyn.explore.indicator import index_figures
from samsyn.explore.indicator.choices import INSIDE, one_of
from samsyn.explore.indicator.index_choice import (
    Cell,
    Choice,
    chosen,
    groups_name,
    index_options,
    there,
)
from samsyn.explore.indicator.index_figures import values
from samsyn.explore.indicator.telling import standing, within_options
from samsyn.explore.indicator.there import level_name
from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart, line, ranking, scales, spread
from samsyn.publish.index_names import index_name
from samsyn.publish.maps import Map, by_value, choropleth, place_map
from samsyn.publish.numbers import number
from samsyn.publish.wording import in_place, named
from samsyn.statistics.indicators import LEVEL_NAMES, Grouping
from samsyn.statistics.query import Release

__all__ = ["CHARTS", "Cell", "Choice", "chosen", "there", "values"]


def told(
    release: Release,
    entry: Grouping,
    choice: Choice,
    language: str,
    frame: pl.DataFrame,
    form: str = "%s",
) -> About:
    """What goes with the figures of a page; `form` is that of the title."""
    groups = groups_name(entry, choice.cell.groups, language)
    index = index_name(choice.index, language)
    title = f"{entry.name[language]}: {index}, {groups[:1].lower()}{groups[1:]}"
    if choice.within is not None:
        title += " " + in_place(choice.within.name, choice.within.kind, language)
    units = LEVEL_NAMES[choice.cell.kind][language]
    note = _("Mätt på %s.") % f"{units} ({choice.cell.units})"
    return about(release, form % title, language, frames=[frame], subjects=[entry.id], notes=[note])


def groups_said(entry: Grouping, choice: Choice, language: str) -> str:
    """Of whom the index is."""
    return groups_name(entry, choice.cell.groups, language)


def ranked(
    release: Release, entry: Grouping, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """The regions in order; None where there are fewer than two."""
    frame = values(release, entry.id, choice)
    if frame["value"].drop_nulls().len() < 2:
        return None
    places = [place.area for place in choice.places if place.area in set(frame["area"])]
    form = _("%s: från högst till lägst")
    about_frame = told(release, entry, choice, language, frame, form)
    return ranking(frame, about_frame, place=next(iter(places), None), dark=dark)


def spread_out(
    release: Release, entry: Grouping, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """How the regions are spread; None where there are fewer than three."""
    frame = values(release, entry.id, choice)
    if frame["value"].drop_nulls().len() < 3:
        return None
    beside = index_figures.beside(release, entry.id, choice)
    there_too = set(frame["area"])
    form = _("%s: så är områdena spridda")
    return spread(
        frame, told(release, entry, choice, language, frame, form),
        context=beside if beside.height else None,
        highlight=tuple(place.area for place in choice.places if place.area in there_too),
        dark=dark,
    )  # fmt: skip


def over_time(
    release: Release, entry: Grouping, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """The course over time; None where there is one period only."""
    frame = index_figures.over_time(release, entry.id, choice)
    if frame.is_empty() or frame["period"].n_unique() < 2:
        return None
    form = _("%s över tid")
    return line(frame, told(release, entry, choice, language, frame, form), dark=dark)


def on_scales(
    release: Release, entry: Grouping, choice: Choice, language: str, *, dark: bool = False
) -> Chart | None:
    """The index on units of each size, of the first place; None where there is one size only."""
    places = index_figures.followed(release, entry.id, choice)
    if not places:
        return None
    frame = index_figures.on_units(release, entry.id, choice.cell, places[0])
    if frame.height < 2:
        return None
    form = _("%s, räknat i större och mindre områden")
    return scales(frame, told(release, entry, choice, language, frame, form), dark=dark)


CHARTS = {"ranking": ranked, "spread": spread_out, "time": over_time, "scales": on_scales}


def mapped(
    release: Release,
    entry: Grouping,
    choice: Choice,
    language: str,
    *,
    dark: bool = False,
    bare: bool = False,
) -> Map | None:
    """The regions in classes by their values; None where they cannot be drawn."""
    frame = values(release, entry.id, choice)
    if not _drawable(frame):
        return None
    about_frame = told(release, entry, choice, language, frame)
    classes = by_value(frame, language)
    try:
        if choice.within is not None:
            return place_map(
                release, choice.within, choice.cell.level, classes, about_frame, dark=dark,
                bare=bare,
            )  # fmt: skip
        shapes = release.shapes(choice.cell.level, "coarse")
    except InputError:
        return None
    if shapes.is_empty():
        return None
    return choropleth(shapes, classes, about_frame, dark=dark, bare=bare)


def _drawable(frame: pl.DataFrame) -> bool:
    return frame["value"].drop_nulls().len() > 1


def small_map(
    release: Release, choice: Choice, frame: pl.DataFrame, language: str
) -> dict[str, str] | None:
    """The words of the map; None where there is none."""
    known = frame.drop_nulls("value")
    outlined = release.areas(choice.cell.level, within=choice.inside)["west"].is_not_null().any()
    if not _drawable(frame) or not outlined:
        return None
    first, last = known.row(0, named=True), known.row(-1, named=True)
    return {
        "caption": _("Högst i %(highest)s (%(high)s), lägst i %(lowest)s (%(low)s).")
        % {
            "highest": first["name"], "high": number(first["value"], "index", language),
            "lowest": last["name"], "low": number(last["value"], "index", language),
        }
    }  # fmt: skip


def facts(
    release: Release, entry: Grouping, choice: Choice, frame: pl.DataFrame, language: str
) -> list[tuple[str, str, str]]:
    """Key figures: what, figure, and a word on it."""
    found = standing(frame, choice.places, "index", language)
    beside = index_figures.beside(release, entry.id, choice)
    for row in beside.iter_rows(named=True):
        kind = row["area"].partition("/")[0]
        found.append(
            (
                named(row["name"], kind, language), number(row["value"], "index", language),
                by_chance(row["expected"], language),
            )
        )  # fmt: skip
    known = frame.drop_nulls("value")
    if known.height == 1:
        row = known.row(0, named=True)
        name = named(row["name"], choice.cell.level, language)
        value = number(row["value"], "index", language)
        found.append((name, value, by_chance(row["expected"], language)))
    if known.height > 1:
        for word, at in ((_("Högst"), 0), (_("Lägst"), -1)):
            row = known.row(at, named=True)
            place = named(row["name"], choice.cell.level, language)
            found.append((word, number(row["value"], "index", language), place))
    return found


def by_chance(expected: float | None, language: str) -> str:
    """What chance alone gives, in words; empty where that is not known."""
    if expected is None:
        return ""
    return _("slumpen ensam ger %s") % number(expected, "index", language)


def form(
    request: HttpRequest, release: Release, entry: Grouping, choice: Choice, language: str
) -> dict[str, Any]:
    """What the form of the page offers, limited to what there is."""
    cells = there(release, entry.id) or ()
    groups = dict.fromkeys(cell.groups for cell in cells if cell.index == choice.index)
    return {
        "choice": choice,
        "indices": index_options(cells, language),
        "groups_there": [Option(one, groups_name(entry, one, language)) for one in groups if one],
        "group": choice.cell.groups,
        "units_there": [Option(kind, level_name(kind)) for kind in choice.units],
        "unit": choice.cell.kind,
        "levels": [_level_link(request, level, choice) for level in choice.levels],
        "level": choice.cell.level,
        "level_title": level_name(choice.cell.level),
        "periods": choice.periods,
        "within_options": within_options(release, language, choice.cell.level, choice.within),
        "insides": choice.cell.level in INSIDE,
        "follow": [place.name for place in choice.places],
        "follow_more": [place.name for place in choice.places[2:]],
    }


def _level_link(request: HttpRequest, level: str, choice: Choice) -> tuple[str, str, bool]:
    fits = choice.within is not None and choice.within.kind in INSIDE.get(level, ())
    within = short(choice.within.area) if fits and choice.within else None
    address = changed(
        request, level=level, within=within, units=None, period=None, page=None, order=None
    )
    return level_name(level), address, level == choice.cell.level


def taken(request: HttpRequest, release: Release, entry: Grouping, choice: Choice) -> pl.DataFrame:
    """The figures to take home: of the period, or with `part=all` of all periods."""
    if one_of(request, "part", ("level", "all"), "level") == "all":
        return index_figures.every_period(release, entry.id, choice)
    return values(release, entry.id, choice).rename({"best": "rank", "worst": "rank_to"})


def dark(request: HttpRequest) -> bool:
    """Whether a picture is for a dark page."""
    return one_of(request, "look", ("light", "dark"), "light") == "dark"


def large_map(request: HttpRequest, entry: Grouping, choice: Choice) -> str:
    """The address of the interactive map of the same."""
    asked = {
        "grouping": entry.id, "index": choice.index, "level": choice.cell.level,
        "units": choice.cell.kind, "period": choice.period,
    }  # fmt: skip
    if choice.cell.group:
        asked["group"] = choice.cell.groups
    if request.GET.get("release"):
        asked["release"] = request.GET["release"]
    return f"{reverse('areamap')}?{urlencode(asked)}"
