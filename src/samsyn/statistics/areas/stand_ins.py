"""Areas whose vintage has no polygons take those of another vintage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from samsyn.statistics.sources.forms import Links

# A link makes one area another when this share of it goes there.
SAME: Final = 0.5


def stand_ins(keys: Iterable[str], places: pl.DataFrame, links: Sequence[Links]) -> pl.DataFrame:
    """The area whose shape stands in for each that has none: `area`, `other`, `shape_from`.

    It is the one of the same kind and code in another vintage, the newest, or else the one that
    links between two vintages of the kind name. `shape_from` is that vintage. An area without
    either is not among the rows. `places` are the areas that have a shape, in `area`.
    """
    there = _parted(places.select("area").rename({"area": "other"}), "other")
    lacking = _parted(
        pl.DataFrame({"area": list(keys)}, schema={"area": pl.String})
        .unique(maintain_order=True)
        .join(places, on="area", how="anti"),
        "area",
    )
    same = lacking.join(there.rename({"vintage": "shape_from"}), on=["kind", "code"]).sort(
        "shape_from", descending=True
    )
    tables = [same.select("area", "other", "shape_from")]
    for link in links:
        if link.source[0] == link.target[0] and link.source[1] != link.target[1]:
            pairs = link.frame.select(
                pl.format("{}/{}/{}", *map(pl.lit, link.source), "source").alias("a"),
                pl.format("{}/{}/{}", *map(pl.lit, link.target), "target").alias("b"),
                (pl.col("weight") if "weight" in link.frame.columns else pl.lit(1.0)).alias(
                    "weight"
                ),
            ).filter(pl.col("weight") > SAME)
            for area, other in (("a", "b"), ("b", "a")):
                tables.append(
                    pairs.select(pl.col(area).alias("area"), pl.col(other).alias("other"))
                    .join(lacking, on="area")
                    .join(there.select("other", pl.col("vintage").alias("shape_from")), on="other")
                    .select("area", "other", "shape_from")
                )
    return pl.concat(tables).unique("area", keep="first", maintain_order=True)


def _parted(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The frame with the kind, vintage and code of the keys in a column."""
    parts = pl.col(column).str.splitn("/", 3)
    return frame.with_columns(
        parts.struct.field("field_0").alias("kind"),
        parts.struct.field("field_1").alias("vintage"),
        parts.struct.field("field_2").alias("code"),
    )


def substituted(table: pl.DataFrame, substitutes: pl.DataFrame) -> pl.DataFrame:
    """Polygons, and those that stand in."""
    extra = substitutes.join(table.rename({"area": "other"}), on="other").select(
        "area", "kind", pl.col("area").str.split("/").list.get(1).alias("vintage"), "geometry"
    )
    return pl.concat([table, extra])


def placed(places: pl.DataFrame, substitutes: pl.DataFrame) -> pl.DataFrame:
    """Places, and those of the areas that shapes of another vintage stand in for."""
    extra = (
        substitutes.rename({"shape_from": "from"})
        .join(places.rename({"area": "other"}), on="other")
        .with_columns(pl.col("from").alias("shape_from"))
    )
    return pl.concat([places, extra.select(places.columns)])


def neighbouring(neighbours: pl.DataFrame, substitutes: pl.DataFrame) -> pl.DataFrame:
    """The neighbours of stand-ins: those that border on each other in the vintage they are from."""
    names = substitutes.select(
        "area", "other", pl.col("area").str.replace(r"/[^/]*$", "").alias("group")
    )
    return (
        neighbours.rename({"area": "a", "neighbour": "b"})
        .join(names, left_on="a", right_on="other")
        .join(
            names.rename({"area": "neighbour"}), left_on=["b", "group"], right_on=["other", "group"]
        )
        .select("area", "neighbour", "border")
    )
