"""From files to the tables of a release, in a folder that somebody else puts in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import polars as pl

from samsyn.statistics.areas.crosswalk import crosswalk
from samsyn.statistics.areas.findings import Finding, findings_frame
from samsyn.statistics.areas.shapes import PLACES, Shapes, shapes_of
from samsyn.statistics.assembly.assembled import Assembly
from samsyn.statistics.assembly.checks import coverage
from samsyn.statistics.assembly.gathering import Gathered, gather
from samsyn.statistics.derive import Derivation
from samsyn.statistics.indicators.definition import indicators
from samsyn.statistics.indicators.groupings import groupings
from samsyn.statistics.release.inheritance import Inheritance, inherited
from samsyn.statistics.release.layout import TABLES
from samsyn.statistics.release.report import BuildReport
from samsyn.statistics.release.schema import (
    COUNTS_FOLDER,
    FILES,
    OBSERVATIONS_FOLDER,
    SHAPES_FOLDER,
)
from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import AreaLayer, Provenance

Report: TypeAlias = Callable[[float, str], None]

SEED: Final = 1
# Rows that a reader of one municipality must at least decode: small enough to be quick, large
# enough to compress.
ROW_GROUP: Final = 60_000
# Which area types need; they are looked at together.
TYPED: Final = (
    "low_economic_standard_share", "pre_upper_secondary_share", "unemployment_rate", "area_type",
)  # fmt: skip


def build_release(
    paths: Sequence[Path],
    folder: Path,
    *,
    base: Path | None = None,
    name: str = "",
    progress: Report | None = None,
) -> BuildReport:
    """Read files and folders and write the tables of a release into `folder`.

    With `base`, the folder of a release, its values are there before the new files and give way to
    them. What was found on the way is written too; whether the release may stand is for the store
    to say. Raises InputError where a path or a samsyn.toml is wrong.
    """
    del name
    tell = _part(progress, 0.0, 0.12)
    reading = read(paths, lambda done, file: tell(done, f"Reading files: {file}"))
    catalogue = indicators()
    tell = _part(progress, 0.12, 0.2)
    older = inherited(base)
    gathered = gather(
        reading.materials,
        catalogue,
        lambda done, file: tell(done, f"Interpreting tables: {file}"),
        older_layers=older.layers,
        older_links=older.links,
    )
    findings = list(gathered.findings)
    sources = (*gathered.sources, *older.sources)
    assembly = Assembly(
        areas=gathered.registry.areas,
        members=gathered.members,
        catalogue=catalogue,
        ranks=_ranks(gathered.sources, older.sources),
        count_parts=_parts(gathered.counts, older.counts, len(gathered.sources)),
        observation_parts=_parts(gathered.observations, older.observations, len(gathered.sources)),
    )
    writer = _Writer(folder)
    tell = _part(progress, 0.2, 0.3)
    counts = {}
    for number, (grouping, frame) in enumerate(assembly.counts()):
        tell(number / len(assembly.count_parts), f"Adding up: {grouping}")
        counts[grouping] = frame
        writer.part(COUNTS_FOLDER, grouping, frame.with_columns(grouping=pl.lit(grouping)))

    tell = _part(progress, 0.3, 0.45)
    tell(0.0, "Drawing the areas")
    shapes = _shapes(gathered, counts)
    findings += shapes.findings
    areas = _areas(gathered, shapes)
    for resolution, polygons in shapes.polygons.items():
        writer.part(SHAPES_FOLDER, resolution, polygons)
    tell(0.8, "Comparing the borders of different years")
    writer.table("areas", areas)
    writer.table("members", gathered.members)
    writer.table("neighbours", shapes.neighbours)
    writer.table("crosswalk", _crosswalks(gathered, older))

    tell = _part(progress, 0.45, 0.9)
    derivation = Derivation(areas, shapes.neighbours, seed=SEED)
    derived_values: dict[str, list[pl.DataFrame]] = {}
    derived: dict[str, list[pl.DataFrame]] = {"indices": [], "decomposition": [], "quotients": []}
    with_name = {name: frame.with_columns(grouping=pl.lit(name)) for name, frame in counts.items()}
    for one in derivation.of_groupings(
        groupings(), with_name, lambda done, what: tell(done, f"Computing indices: {what}")
    ):
        derived["indices"].append(one.indices)
        derived["decomposition"].append(one.decomposition)
        derived["quotients"].append(one.quotients)
        for (indicator,), frame in one.observations.group_by("indicator"):
            derived_values.setdefault(str(indicator), []).append(frame)
    del with_name
    for table, frames in derived.items():
        writer.table(table, _stacked(table, frames))

    tell = _part(progress, 0.9, 1.0)
    tell(0.0, "Writing the indicators")
    typed = []
    known = {}
    for indicator, frame in assembly.observations():
        named = frame.with_columns(indicator=pl.lit(indicator))
        if indicator in TYPED:
            typed.append(named)
        if indicator in derived_values:
            continue
        writer.part(OBSERVATIONS_FOLDER, indicator, named)
        known[indicator] = frame.select("area", "period", "sex", "age", "value")
    types = derivation.of_values(_stacked(OBSERVATIONS_FOLDER, typed))
    writer.table("area_types", types.types)
    if not types.observations.is_empty():
        derived_values.setdefault("socioeconomic_index", []).append(types.observations)
    for indicator, frames in derived_values.items():
        frame = _stacked(OBSERVATIONS_FOLDER, frames)
        writer.part(OBSERVATIONS_FOLDER, indicator, frame)
        known[indicator] = frame.select("area", "period", "sex", "age", "value")
    findings += assembly.findings
    writer.table("coverage", coverage(counts, known, areas))
    writer.table("findings", findings_frame(_ordered(findings)))
    return BuildReport(sources=sources, unread=reading.unread, seed=SEED)


class _Writer:
    """Writes tables in the columns and order of the release."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str, frame: pl.DataFrame) -> None:
        self._write(self.folder / f"{name}.parquet", name, frame)

    def part(self, folder: str, name: str, frame: pl.DataFrame) -> None:
        (self.folder / folder).mkdir(exist_ok=True)
        self._write(self.folder / folder / f"{name}.parquet", folder, frame)

    def _write(self, path: Path, table: str, frame: pl.DataFrame) -> None:
        about = TABLES[table]
        shaped = frame.select(pl.col(column).cast(kind) for column, kind in about.columns.items())
        if about.order:
            shaped = shaped.sort([*about.order, *(c for c in about.key if c not in about.order)])
        shaped.write_parquet(path, row_group_size=ROW_GROUP, statistics=True)


def _part(progress: Report | None, start: float, end: float) -> Report:
    """Progress of a part of the work, told as that of the whole."""

    def tell(done: float, what: str) -> None:
        if progress is not None:
            progress(start + done * (end - start), what)

    return tell


def _ranks(sources: Sequence[Provenance], older: Sequence[Provenance]) -> list[str]:
    """How new each source is, as text that sorts; what is inherited gives way to new files."""
    return [
        *(f"new {source.updated or ''}" for source in sources),
        *(f"inherited {source.updated or ''}" for source in older),
    ]


def _parts(
    new: Mapping[str, Sequence[pl.DataFrame]],
    older: Sequence[tuple[str, pl.DataFrame]],
    numbered_from: int,
) -> dict[str, list[pl.LazyFrame]]:
    """The parts of each grouping or indicator; inherited sources are numbered after the new."""
    parts = {name: [frame.lazy() for frame in frames] for name, frames in new.items()}
    for name, frame in older:
        moved = frame.lazy().with_columns(pl.col("source") + numbered_from)
        parts.setdefault(name, []).append(moved)
    return parts


def _stacked(table: str, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    columns = TABLES[table].columns
    nothing = pl.DataFrame(schema=dict(columns))
    shaped = (frame.select(list(columns)).cast(nothing.schema) for frame in frames)
    return pl.concat([nothing, *shaped])


def _ordered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each finding once, the worst first."""
    rank = {"error": 0, "warning": 1, "note": 2}
    yield from sorted(dict.fromkeys(findings), key=lambda finding: rank[finding.severity])


def _shapes(gathered: Gathered, counts: Mapping[str, pl.DataFrame]) -> Shapes:
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


def _areas(gathered: Gathered, shapes: Shapes) -> pl.DataFrame:
    """The areas with what their shapes tell."""
    places = shapes.places.select(PLACES)
    return gathered.registry.areas.join(places, on="area", how="left")


def _crosswalks(gathered: Gathered, older: Inheritance) -> pl.DataFrame:
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
