"""The areas of a release drawn: polygons, places, neighbours and crosswalks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.statistics.areas.crosswalk import crosswalk
from samsyn.statistics.areas.shapes import PLACES, Shapes, shapes_of
from samsyn.statistics.assembly.gathering import Gathered
from samsyn.statistics.release.inheritance import Inheritance
from samsyn.statistics.release.schema import FILES
from samsyn.statistics.sources.forms import AreaLayer


def drawn_areas(gathered: Gathered, counts: Mapping[str, pl.DataFrame]) -> Shapes:
    """The shapes of the areas, with points weighted by the people that are counted."""
    people = _population(counts)
    areas = gathered.registry.areas.select("area", "parent").join(people, on="area", how="left")
    return shapes_of(
        _most_detailed(gathered.layers), gathered.grids, areas=areas, links=gathered.links
    )


def _population(counts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The people of each area in its latest year, for its centre of population."""
    for grouping in ("population", "age", "background"):
        if grouping in counts:
            total = (pl.col("sex") == "total") & (pl.col("age") == "total")
            return (
                counts[grouping]
                .filter(total)
                .group_by("area", "period")
                .agg(population=pl.col("count").sum())
                .sort("period")
                .group_by("area")
                .agg(pl.col("population").last())
            )
    return pl.DataFrame(schema={"area": pl.String, "population": pl.Float64})


def _most_detailed(layers: Sequence[AreaLayer]) -> list[AreaLayer]:
    """The layers, without those of DeSO and RegSO whose areas a more detailed one has as well."""
    drawn = [layer for layer in layers if "geometry" in layer.frame.columns]
    size = {
        id(layer): int(layer.frame.get_column("geometry").bin.size().sum() or 0) for layer in drawn
    }
    kept: list[AreaLayer] = []
    left_out = set()
    for layer in sorted(drawn, key=lambda one: -size[id(one)]):
        codes = set(layer.frame.get_column("code").to_list())
        others = [k for k in kept if (k.kind, k.vintage) == (layer.kind, layer.vintage)]
        if layer.kind in {"deso", "regso"} and any(
            codes <= set(other.frame.get_column("code").to_list()) for other in others
        ):
            left_out.add(id(layer))
        else:
            kept.append(layer)
    return [layer for layer in layers if id(layer) not in left_out]


def placed_areas(gathered: Gathered, shapes: Shapes) -> pl.DataFrame:
    """The areas with what their shapes tell, to a decimetre and a square metre.

    More decimals would depend on the order in which numbers were added.
    """
    places = shapes.places.select(PLACES).with_columns(
        pl.col("x", "y").round(1),
        pl.col("lon", "lat", "west", "south", "east", "north").round(6),
        pl.col("land_area").round(0),
    )
    return gathered.registry.areas.join(places, on="area", how="left")


def crosswalks(gathered: Gathered, older: Inheritance) -> pl.DataFrame:
    """Crosswalks between the vintages of DeSO and RegSO wherever both are drawn.

    What was known already stands where neither vintage is drawn anew.
    """
    drawn = [layer for layer in gathered.layers if "geometry" in layer.frame.columns]
    old_ones = {id(layer) for layer in older.layers}
    pairs = [
        (old, new)
        for kind in ("deso", "regso")
        for old in drawn
        for new in drawn
        if old.kind == new.kind == kind
        and old.vintage < new.vintage
        and _meet(old, new)
        and not {id(old), id(new)} <= old_ones
    ]
    found = [pl.DataFrame(schema=FILES["crosswalk"])]
    found += [crosswalk(old, new, gathered.grids) for old, new in pairs]
    if older.crosswalk is not None:
        found.append(older.crosswalk)
    return pl.concat(found).unique(["area", "target"], keep="first", maintain_order=True)


def _meet(old: AreaLayer, new: AreaLayer) -> bool:
    """Whether two layers have municipalities in common."""
    municipalities = [
        set(layer.frame.get_column("code").str.slice(0, 4).to_list()) for layer in (old, new)
    ]
    return bool(municipalities[0] & municipalities[1])


def bordering(shapes: Shapes) -> pl.DataFrame:
    """The neighbours, with the length of their borders to a decimetre."""
    return shapes.neighbours.with_columns(pl.col("border").round(1))
