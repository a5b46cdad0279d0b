"""What a release hands on to one that is built from it: areas, published values, and their sources.

Only what was published is handed on. Sums, shares and everything derived are made anew, so that
they follow from the values that they stand beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from samsyn.statistics.assembly.pieces import COUNTS_OF_ONE, OBSERVATIONS_OF_ONE
from samsyn.statistics.release.manifest import read_manifest
from samsyn.statistics.release.schema import COUNTS_FOLDER, OBSERVATIONS_FOLDER, SHAPES_FOLDER
from samsyn.statistics.sources.forms import AreaLayer, Links, Provenance

CRS = "OGC:CRS84"
AREAS_FILE = "areas.parquet"


@dataclass(frozen=True)
class Inheritance:
    """What is there before the new files: a part's column `source` is a position in `sources`."""

    layers: tuple[AreaLayer, ...] = ()
    links: tuple[Links, ...] = ()
    sources: tuple[Provenance, ...] = ()
    counts: tuple[tuple[str, pl.DataFrame], ...] = ()
    observations: tuple[tuple[str, pl.DataFrame], ...] = ()
    crosswalk: pl.DataFrame | None = None


def inherited(base: Path | None) -> Inheritance:
    """What the release in a folder hands on; nothing where there is none."""
    if base is None:
        return Inheritance()
    manifest = read_manifest(base)
    areas = pl.read_parquet(base / AREAS_FILE)
    shapes = pl.read_parquet(base / SHAPES_FOLDER / "fine.parquet").select("area", "geometry")
    told = Provenance(
        origin=f"release {manifest.name}",
        file=f"{manifest.name}/{AREAS_FILE}",
        sha256=manifest.files[AREAS_FILE].sha256,
        title="Areas",
        retrieved=manifest.created,
    )
    # A shape that stands in for another vintage's is not the area's own.
    own = areas.join(shapes, on="area", how="left").with_columns(
        geometry=pl.when(pl.col("shape_from").is_null()).then("geometry")
    )
    layers = tuple(
        AreaLayer(str(kind), str(vintage), _layer(str(kind), part), told, CRS)
        for (kind, vintage), part in own.group_by("kind", "vintage", maintain_order=True)
    )
    return Inheritance(
        layers,
        _members(base, told),
        (*manifest.sources, told),
        _published(base / COUNTS_FOLDER, COUNTS_OF_ONE),
        _published(base / OBSERVATIONS_FOLDER, OBSERVATIONS_OF_ONE),
        pl.read_parquet(base / "crosswalk.parquet"),
    )


def _layer(kind: str, part: pl.DataFrame) -> pl.DataFrame:
    """A layer's columns; of a custom area the parent is its municipality."""
    code = pl.col("municipality" if kind == "custom" else "parent").str.split("/").list.last()
    columns = [pl.col("code"), pl.col("name"), code.alias("parent")]
    if kind == "municipality":
        columns += [pl.col("main_group"), pl.col("type_group")]
    if part.get_column("geometry").null_count() < part.height:
        columns.append(pl.col("geometry"))
    return part.select(columns)


def _members(base: Path, told: Provenance) -> tuple[Links, ...]:
    """The members of users' own areas, as links from their kind and vintage."""
    members = pl.read_parquet(base / "members.parquet")
    parts = members.with_columns(
        kind=pl.col("member").str.split("/").list.first(),
        vintage=pl.col("member").str.split("/").list.get(1),
        into=pl.col("area").str.split("/").list.get(1),
        source=pl.col("member").str.splitn("/", 3).struct.field("field_2"),
        target=pl.col("area").str.splitn("/", 3).struct.field("field_2"),
    )
    return tuple(
        Links(
            (str(kind), str(vintage)),
            ("custom", str(into)),
            part.select("source", "target", "weight"),
            told,
        )
        for (kind, vintage, into), part in parts.group_by(
            "kind", "vintage", "into", maintain_order=True
        )
    )


def _published(folder: Path, schema: pl.Schema) -> tuple[tuple[str, pl.DataFrame], ...]:
    found = []
    for path in sorted(folder.glob("*.parquet")):
        frame = (
            pl.scan_parquet(path)
            .filter((pl.col("method") == "published") & pl.col("source").is_not_null())
            .select(schema.names())
            .collect()
        )
        if not frame.is_empty():
            found.append((path.stem, frame))
    return tuple(found)
