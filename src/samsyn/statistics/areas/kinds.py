"""Which kind of area a name without more means, by what else stands in its column.

Stockholm, Uppsala or Gotland is a municipality and, said short, a county. A name alone can also be
a RegSO's. The rest of the column tells, or the name stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from samsyn.statistics.areas.names import COUNTY

if TYPE_CHECKING:
    from samsyn.statistics.areas.registry import Registry

SMALL: Final = ("regso", "custom")
# "Stockholms läns kommuner" stands among municipalities.
AMONG_MUNICIPALITIES: Final = r"(?i)\b(?:kommuner|municipalities)\b"


def settled_kinds(meanings: pl.DataFrame, read: pl.DataFrame, registry: Registry) -> pl.DataFrame:
    """`meanings` without the kinds that the rest of the column speaks against."""
    bare = meanings.filter("bare")
    if bare.is_empty():
        return meanings
    kind = pl.col("kind")
    texts = bare.group_by("text").agg(
        town=(kind == "municipality").any(),
        county=(kind == "county").any(),
        small=kind.is_in(SMALL).any(),
    )
    town, county, small = pl.col("town"), pl.col("county"), pl.col("small")
    large = town | county
    spelt_out = pl.col("text").str.contains(COUNTY) | pl.col("text").str.contains(r"(?i)^region ")
    towns_only = _any(texts, town & ~county & ~small) or bool(
        read.get_column("clean").str.contains(AMONG_MUNICIPALITIES).any()
    )
    counties_only = _any(texts, county & ~town & ~small & ~spelt_out)
    regions_only = _any(texts, county & ~town & ~small & spelt_out)
    large_only = _any(texts, large & ~small)
    small_only = _any(texts, small & ~large)
    drop = pl.lit(False)
    if towns_only and not counties_only:
        drop = drop | (town & (kind == "county"))
    elif counties_only and not towns_only:
        drop = drop | (county & (kind == "municipality"))
    elif regions_only and not towns_only:
        # Region Gotland is a municipality, and a county among Region Skåne and Region Uppsala.
        drop = drop | (county & spelt_out & (kind == "municipality"))
    if small_only and not large_only:
        drop = drop | (small & ~kind.is_in(SMALL))
    else:
        drop = drop | (large & kind.is_in(SMALL))
    settled = bare.join(texts, on="text").filter(~drop)
    if large_only:
        # Among municipalities a RegSO's name counts in one of those municipalities only.
        there = settled.filter(kind == "municipality").get_column("area").unique()
        within = registry.areas.select("area", "municipality")
        settled = settled.join(within, on="area", how="left").filter(
            ~kind.is_in(SMALL) | pl.col("municipality").is_in(there.implode())
        )
    return pl.concat([meanings.filter(~pl.col("bare")), settled.select(meanings.columns)])


def settled_places(meanings: pl.DataFrame, registry: Registry) -> pl.DataFrame:
    """Names of RegSO that several municipalities have, in the one where all the others are.

    They are no exact matches, and so are in the report.
    """
    small = meanings.filter(pl.col("bare") & pl.col("kind").is_in(SMALL))
    several = pl.col("area").n_unique().over("text") > 1
    if small.filter(several).is_empty():
        return meanings
    place = registry.areas.select("area", "municipality")
    located = small.join(place, on="area", how="left")
    places = located.filter(~several).get_column("municipality").unique()
    if len(places) != 1:
        return meanings
    torn = located.filter(several)
    inside = torn.filter(pl.col("municipality") == places[0]).with_columns(exact=pl.lit(False))
    others = meanings.join(inside.select("text"), on="text", how="anti")
    return pl.concat([others, inside.select(meanings.columns)])


def _any(texts: pl.DataFrame, what: pl.Expr) -> bool:
    return bool(texts.select(what.any()).item())
