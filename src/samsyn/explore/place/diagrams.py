"""The charts and the map of a place, each by the name that it has in its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl
from django.utils.translation import gettext as _

from samsyn.explore.place import uneven
from samsyn.explore.place.ends import typed
from samsyn.explore.place.finding import Found
from samsyn.explore.place.focus import LARGE, context
from samsyn.explore.place.mapped import drawn_map
from samsyn.explore.problems import UnknownPageError
from samsyn.measure.errors import InputError
from samsyn.publish import charts
from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart
from samsyn.publish.first_index import UNITS, rows_of
from samsyn.publish.intervals import with_intervals
from samsyn.publish.maps import Map
from samsyn.publish.wording import people_by_type
from samsyn.statistics.indicators import grouping, groupings
from samsyn.statistics.query import LATEST

Drawing = Chart | Map


def drawing(place: Found, name: str, *, dark: bool = False, bare: bool = False) -> Drawing:
    """The chart or map of that name. Raises UnknownPageError where the place has none such."""
    kind, _sep, subject = name.partition("-")
    try:
        if name == "map":
            return drawn_map(place, dark=dark, bare=bare)
        if name == "types":
            return _types(place, dark)
        if kind in OF_INDICATORS and subject in place.release.indicators:
            return OF_INDICATORS[kind](place, subject, dark)
        if kind in OF_GROUPINGS and subject in groupings():
            return OF_GROUPINGS[kind](place, subject, dark)
    except InputError as error:
        raise UnknownPageError(
            _("Det finns inga uppgifter om %(place)s för diagrammet ”%(name)s”.")
            % {"place": place.name, "name": name}
        ) from error
    raise UnknownPageError(_("Det finns inget diagram som heter ”%s”.") % name)


def series(place: Found, name: str, dark: bool = False) -> Chart:
    """An indicator over time in the place, and in those that it lies in."""
    entry = place.release.indicator(name)
    own = with_intervals(place.release.series(name, place.area.area))
    frames = [own]
    for _label, at, _name in context(place).beside:
        try:
            frames.append(place.release.series(name, place.gathered.layout.keys[at]))
        except InputError:
            continue
    frames = [frame for frame in frames if frame.height]
    if not frames:
        raise InputError("no figures over time")
    values = pl.concat(frames, how="diagonal")
    title = entry.name[place.language] if entry else name
    told = _about(place, _("%(name)s över tid") % {"name": title}, values)
    return charts.line(values, told, place=place.area.area if own.height else None, dark=dark)


def spread(place: Found, name: str, dark: bool = False) -> Chart:
    """The newest figure of an indicator in each part, or in each area of the municipality."""
    entry, told = place.release.indicator(name), context(place)
    level = told.dots_level
    period = place.gathered.figures.period(name, place.level)
    if level and not period:
        period = place.gathered.figures.period(name, level)
    if level is None or period is None:
        raise InputError("no parts")
    within = place.area.area if place.area.kind in LARGE else place.area.municipality
    values = place.release.values(name, level=level, within=within, period=period)
    keys = [place.area.area, *(place.gathered.layout.keys[at] for _l, at, _n in told.beside)]
    try:
        beside = place.release.values(name, areas=keys, period=period)
    except InputError:
        beside = values.clear()
    order = pl.col("area").replace_strict(keys, range(len(keys)), return_dtype=pl.Int64)
    title = _("%(name)s i områdena") % {"name": entry.name[place.language] if entry else name}
    return charts.spread(
        values,
        _about(place, title, values),
        context=beside.sort(order),
        highlight=() if place.area.kind in LARGE else (place.area.area,),
        dark=dark,
    )


def trend(place: Found, name: str, dark: bool = False) -> Chart:
    """The first index of a grouping over time, over the areas that have been there longest."""
    told = grouping(name)
    found = []
    for kind in UNITS:
        rows = rows_of(place.release, told, kind, place.area.area)
        if rows is not None and rows.height:
            found.append(rows)
    if not found:
        raise InputError("no index")
    rows = max(found, key=lambda one: min(one.height, 2))
    units = uneven.units_name(rows["units"][-1].partition("/")[0], place.language)
    title = _("%(name)s: hur ojämnt över tid, mätt på %(units)s") % {
        "name": told.name[place.language], "units": units,
    }  # fmt: skip
    return charts.line(rows, _about(place, title, rows), place=place.area.area, dark=dark)


def ranking(place: Found, name: str, dark: bool = False) -> Chart:
    """The first index of a grouping in the place and those that it is set beside, in order."""
    now = uneven.newest(place, name)
    if now is None:
        raise InputError("no index")
    told = grouping(name)
    keys = [place.area.area, *uneven.peers(place)[0]]
    rows = rows_of(place.release, told, now.kind)
    assert rows is not None
    rows = rows.filter(
        pl.col("region").is_in(keys) & (pl.col("period") == now.spread.periods[now.at])
    )
    title = _("%(name)s: hur ojämnt, bland liknande platser") % {"name": told.name[place.language]}
    return charts.ranking(rows, _about(place, title, rows), place=place.area.area, dark=dark)


def scales(place: Found, name: str, dark: bool = False) -> Chart:
    """The first index of a grouping over DeSO, RegSO and municipalities, of the newest period."""
    told = grouping(name)
    found = []
    for kind in UNITS:
        if kind != place.area.kind and (now := uneven.newest(place, name, (kind,))):
            rows = rows_of(place.release, told, kind, place.area.area)
            assert rows is not None
            found.append(rows.filter(pl.col("period") == now.spread.periods[now.at]))
    if not found:
        raise InputError("no index")
    rows = pl.concat(found)
    title = _("%(name)s: hur ojämnt i olika skala") % {"name": told.name[place.language]}
    return charts.scales(rows, _about(place, title, rows), dark=dark)


def composition(place: Found, name: str, dark: bool = False) -> Chart:
    """How the people of the place are composed, and those of the places that it lies in."""
    counts = place.release.counts(name, areas=[place.area.area], period=LATEST)
    period = str(counts["period"][0])
    keys = [place.area.area]
    keys += [place.gathered.layout.keys[at] for _l, at, _n in context(place).beside]
    counts = place.release.counts(name, areas=keys, period=period)
    order = pl.col("area").replace_strict(keys, range(len(keys)), return_dtype=pl.Int64)
    title = _("%(name)s: sammansättning") % {"name": grouping(name).name[place.language]}
    return charts.composition(
        counts.sort(order, maintain_order=True), _about(place, title, counts), dark=dark
    )


def _types(place: Found, dark: bool) -> Chart:
    if place.area.kind not in LARGE:
        raise InputError("no parts with types")
    found = people_by_type(place.release, place.area.area)
    if not len(typed(place)) or found.is_empty():
        raise InputError("no types")
    title = _("Invånare efter områdestyp i %(place)s") % {"place": place.name}
    return charts.area_types(found, _about(place, title, found), dark=dark)


def _about(place: Found, title: str, frame: pl.DataFrame) -> About:
    return about(place.release, f"{place.name}. {title}", place.language, frames=[frame])


OF_INDICATORS: Final[Mapping[str, Callable[[Found, str, bool], Chart]]] = {
    "series": series,
    "spread": spread,
}
OF_GROUPINGS: Final[Mapping[str, Callable[[Found, str, bool], Chart]]] = {
    "trend": trend,
    "ranking": ranking,
    "scales": scales,
    "composition": composition,
}
