"""How large the maps of all places are, so that a page keeps room for one before it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.maps.choropleth import WIDTH, panes
from samsyn.publish.maps.document import ENLARGED
from samsyn.publish.maps.places import RESOLUTION, RESOLUTIONS
from samsyn.statistics.query import Release


class Size(NamedTuple):
    """Width and height of a picture, in whole pixels."""

    width: int
    height: int


def sizes(release: Release, drawn: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Size]:
    """How large `place_map` draws each place, bare and without legend, by place and level.

    `drawn` are kinds of places with the level of the parts that are drawn: municipality with
    `regso/2020`. Places whose parts have no borders are left out.
    """
    found: dict[tuple[str, str], Size] = {}
    for kind, level in drawn:
        found.update(_of_level(release, level, kind))
    return found


def _of_level(release: Release, level: str, kind: str) -> dict[tuple[str, str], Size]:
    from samsyn.publish.maps.outlines import projected

    try:
        shapes = release.shapes(level, RESOLUTIONS.get(kind, RESOLUTION))
    except InputError:
        return {}
    if shapes.is_empty():
        return {}
    places = release.areas(level).select("area", "municipality", "county")
    whole = pl.lit(str(release.areas("country")["area"][0]))
    of = whole if kind == "country" else pl.col(kind)
    inside = shapes.select("area").join(
        places.select("area", place=of), on="area", how="left", maintain_order="left"
    )
    drawn = projected(shapes.get_column("geometry").to_list())
    numbered = inside.with_row_index("at").drop_nulls("place")
    found = {}
    for (place,), rows in numbered.group_by("place"):
        geometries = drawn[rows.get_column("at").to_numpy().astype(np.intp)]
        frames = panes(geometries, WIDTH, inset=kind == "municipality")
        height = sum(frame.height for frame in frames) + ENLARGED * (len(frames) - 1)
        found[str(place), level] = Size(WIDTH, round(height))
    return found
