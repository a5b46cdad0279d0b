"""Polygons, points and neighbours of the areas, from the layers that a build has read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from samsyn.statistics.areas.centroids import weighted_upward
from samsyn.statistics.areas.coverage import PLANE, Coverage, coverages
from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.areas.land import WIDENED, land_among, land_of
from samsyn.statistics.areas.levels import bases, known_codes, parent_keys, parents_of
from samsyn.statistics.areas.measured import DEGREES, measured
from samsyn.statistics.areas.stand_ins import neighbouring, placed, stand_ins, substituted
from samsyn.statistics.release.schema import AREAS, NEIGHBOURS, RESOLUTIONS, SHAPES
from samsyn.statistics.sources.forms import AreaLayer, Links, PopulationGrid

PLACES: Final = ("area", "x", "y", "lon", "lat", "weighted", "west", "south", "east", "north",
                 "land_area", "shape_from")  # fmt: skip


@dataclass(frozen=True)
class Shapes:
    """What polygons tell of the areas.

    `polygons` has a table of the schema SHAPES for each resolution, sorted by area; `places` the
    columns PLACES of the schema AREAS, a row for each area that has a polygon; `neighbours` is of
    the schema NEIGHBOURS, each pair in both directions. `findings` say what was mended or assumed.
    """

    polygons: Mapping[str, pl.DataFrame]
    places: pl.DataFrame
    neighbours: pl.DataFrame
    findings: tuple[Finding, ...]


def shapes_of(
    layers: Sequence[AreaLayer],
    grids: Sequence[PopulationGrid] = (),
    *,
    land: AreaLayer | None = None,
    areas: pl.DataFrame | None = None,
    links: Sequence[Links] = (),
) -> Shapes:
    """Polygons at three resolutions, points, bounding boxes, land and neighbours of all areas.

    `land` is a layer that keeps to land; where none is given it is looked for among the layers of
    municipalities and counties. `areas` are the areas there are: a key in `area`, and where known
    `parent` (the key of a DeSO's RegSO) and `population`. Areas whose vintage has no polygons are
    given those of the same code in another vintage, or of the area that `links` name.

    Guaranteed: the polygons of a level that come from one base share their borders, without gaps or
    overlaps, at every resolution; municipalities, counties and the country are the unions of the
    smaller areas where these are all there; an area that has a polygon in a layer has one here.
    Raises InputError where a layer's coordinates cannot be read or an area stands twice in it.
    """
    found, notes = coverages(layers)
    mask = _mask(found, land)
    ground = None if mask is None else land_of(mask, grids)
    if mask is not None:
        notes.append(_drawn(mask))
    known = known_codes(layers, areas)
    above = parents_of(layers, links, areas)
    made = bases(found, known, above)
    populations = _populations(layers, areas)
    parts = [measured(base, ground, grids, populations, notes) for base in made]
    if not parts:
        return _nothing(tuple(notes))
    polygons = {
        name: pl.concat([part.polygons[name] for part in parts]).sort("area")
        for name in RESOLUTIONS
    }
    places = pl.concat([part.places for part in parts]).sort("area")
    neighbours = pl.concat([part.neighbours for part in parts])
    if areas is not None:
        substitutes = stand_ins(areas.get_column("area").to_list(), places, links)
        polygons = {
            name: substituted(table, substitutes).sort("area") for name, table in polygons.items()
        }
        places = placed(places, substitutes).sort("area")
        neighbours = pl.concat([neighbours, neighbouring(neighbours, substitutes)])
    if populations is not None:
        places = weighted_upward(places, populations, parent_keys(above))
    return Shapes(
        polygons,
        _in_degrees(places).select(PLACES),
        neighbours.sort("area", "neighbour"),
        tuple(notes),
    )


def _mask(found: Sequence[Coverage], land: AreaLayer | None) -> Coverage | None:
    if land is not None:
        given, _ = coverages([land])
        return given[0] if given else None
    larger = [one for one in found if one.kind in {"municipality", "county"}]
    return land_among(larger, [one for one in found if one.kind in {"deso", "regso"}])


def _in_degrees(places: pl.DataFrame) -> pl.DataFrame:
    import pyproj

    change = pyproj.Transformer.from_crs(PLANE, DEGREES, always_xy=True)
    lon, lat = change.transform(
        places.get_column("x").to_numpy(), places.get_column("y").to_numpy()
    )
    return places.with_columns(pl.Series("lon", lon), pl.Series("lat", lat))


def _populations(layers: Sequence[AreaLayer], areas: pl.DataFrame | None) -> pl.DataFrame | None:
    """The people of each area, by the table of areas or else by the layers."""
    tables = [] if areas is None or "population" not in areas.columns else [areas]
    tables += [
        layer.frame.select(
            pl.format("{}/{}/{}", pl.lit(layer.kind), pl.lit(layer.vintage), "code").alias("area"),
            "population",
        )
        for layer in layers
        if "population" in layer.frame.columns
    ]
    if not tables:
        return None
    stacked = pl.concat([t.select("area", pl.col("population").cast(pl.Float64)) for t in tables])
    return stacked.group_by("area", maintain_order=True).agg(
        pl.col("population").drop_nulls().first()
    )


def _drawn(mask: Coverage) -> Finding:
    return Finding(
        "shapes",
        "note",
        f"The smaller areas reach out into water and the layer of the kind {mask.kind} does not: "
        f"what lies more than {WIDENED / 1000:.0f} km off its land is not drawn, and land areas "
        "are what it has of them",
        subject=mask.kind,
    )


def _nothing(notes: tuple[Finding, ...]) -> Shapes:
    places: dict[str, Any] = {name: AREAS[name] for name in PLACES}
    return Shapes(
        {name: pl.DataFrame(schema=SHAPES) for name in RESOLUTIONS},
        pl.DataFrame(schema=places),
        pl.DataFrame(schema=NEIGHBOURS),
        notes,
    )
