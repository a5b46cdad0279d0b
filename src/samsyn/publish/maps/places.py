"""The map of a place: its parts by area type or by an indicator, its neighbours around it."""

from __future__ import annotations

from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.about import About
from samsyn.publish.maps.choropleth import WIDTH, Map, choropleth
from samsyn.publish.maps.classes import Classes
from samsyn.publish.maps.naming import ends
from samsyn.statistics.query import Area, Release

# How finely borders are drawn, by what the map shows: a county has a hundred areas, a town sixteen.
RESOLUTIONS: Final = {"country": "coarse", "county": "coarse"}
RESOLUTION: Final = "medium"
LARGE: Final = ("country", "county", "municipality")


def place_map(
    release: Release,
    area: Area,
    level: str,
    classes: Classes,
    about: About,
    *,
    bare: bool = False,
    legend: bool = True,
    dark: bool = False,
    width: int = WIDTH,
    named: tuple[str, ...] | None = None,
    paper: bool = False,
) -> Map:
    """The areas of a level (`regso/2020`) in a place, in classes, with its neighbours' outlines.

    Without `named` the areas at both ends are named, as far as there is room: see `naming.ends`. In
    a municipality the town is drawn larger below, or beside on `paper`. A narrow map has neither.
    The map of an area smaller than a municipality is that of its municipality, with the area
    marked.
    Raises InputError where no borders are known.
    """
    resolution = RESOLUTIONS.get(area.kind, RESOLUTION)
    large = area.kind in LARGE
    within = area.area if large else (area.municipality or area.area)
    shapes = release.shapes(level, resolution, within=within)
    town = area.kind not in {"country", "county"} and width >= WIDTH
    if named is None:
        named = ends(classes, shapes["area"].to_list()) if width >= WIDTH else ()
    return choropleth(
        shapes, classes, about, around=_around(release, within, resolution), named=named,
        marked=None if large else area.area, inset=town, bare=bare, legend=legend, dark=dark,
        width=width, paper=paper,
    )  # fmt: skip


def _around(release: Release, area: str, resolution: str) -> pl.DataFrame | None:
    """The outlines of the neighbours of a place; None where none are known."""
    neighbours = release.neighbours(area)["neighbour"].to_list()
    if not neighbours:
        return None
    try:
        return release.shapes(resolution=resolution, areas=neighbours)
    except InputError:
        return None
