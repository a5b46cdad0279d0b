"""The areas of a release: which there are, what they are called, and which lies in which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.statistics.areas.evidence import CODE, codes_of, holding_pairs
from samsyn.statistics.areas.findings import Finding, findings_frame, some
from samsyn.statistics.areas.hierarchy import hierarchy_of, key_of
from samsyn.statistics.areas.keys import COUNTRY, KINDS, AreaKey
from samsyn.statistics.areas.names import folded
from samsyn.statistics.areas.naming import naming_of
from samsyn.statistics.release.schema import AREAS
from samsyn.statistics.sources.forms import AreaLayer, Links

# What a registry tells of an area; the other columns of a release's areas are of its shape.
COLUMNS: Final = (
    "area", "kind", "vintage", "code", "name", "search", "parent", "municipality", "county",
    "main_group", "type_group",
)  # fmt: skip
TYPES: Final = {"level": pl.String, "code": pl.String, "name": pl.String}
# More missing municipalities than this are told of in one finding: the source covers a part.
FEW = 10


@dataclass(frozen=True)
class Registry:
    """The areas there are, sorted by key, and what their names and codes can mean.

    `areas` has the columns COLUMNS. `names` is every name by which an area may be found. `types`
    names the municipality types: `level` (main_group or type_group), `code`, `name`. `findings` is
    what was missing or contradictory, in the schema of a release.
    """

    areas: pl.DataFrame
    names: pl.DataFrame
    types: pl.DataFrame
    findings: pl.DataFrame

    def vintages(self, kind: str) -> list[str]:
        """The vintages of which there are areas of this kind, the oldest first."""
        of = self.areas.filter(pl.col("kind") == kind)
        return sorted(of.get_column("vintage").unique().to_list())


def registry_of(
    layers: Sequence[AreaLayer], links: Sequence[Links], seen: Iterable[AreaKey] = ()
) -> Registry:
    """The areas that layers and links tell and, where they tell none, those that tables have.

    `seen` are the keys of the codes that occur in tables (`keys_seen` finds them). Earlier layers
    go before later ones where they contradict each other. Raises InputError for a layer of a kind
    or vintage that does not exist; everything else that is wrong is a finding.
    """
    pairs = holding_pairs(layers, links)
    codes = codes_of(layers, pairs, seen)
    hierarchy = hierarchy_of(codes, pairs, layers)
    custom, lost = _custom(layers, hierarchy.frame)
    places = pl.concat([hierarchy.frame, custom.select(hierarchy.frame.columns)])
    naming = naming_of(places, layers)
    groups, types = _types(layers)
    areas = (
        places.join(naming.best, on="area", how="left")
        .join(groups, on="municipality", how="left")
        .with_columns(search=folded(pl.col("name")))
        .select([pl.col(name).cast(AREAS[name]) for name in COLUMNS])
        .sort("area")
    )
    findings = [*codes.findings, *hierarchy.findings, *lost, *naming.findings, *_absent(areas)]
    return Registry(areas, naming.known, types, findings_frame(findings))


def _custom(layers: Sequence[AreaLayer], known: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """Users' own areas, each in a municipality that exists."""
    found = [known.clear()]
    findings = []
    for layer in layers:
        if layer.kind != "custom":
            continue
        rows = layer.frame.select(
            kind=pl.lit("custom"),
            vintage=pl.lit(layer.vintage),
            code="code",
            municipality=key_of("municipality", pl.col("parent")),
            county=key_of("county", pl.col("parent").str.head(2)),
        ).with_columns(area=pl.format("{}/{}/{}", *CODE), parent="municipality")
        there = pl.col("municipality").is_in(known.get_column("area").implode())
        for code, key in rows.filter(~there).select("code", "municipality").iter_rows():
            text = (
                f'{layer.provenance.file}: the area "{code}" is said to be in {key}, which does '
                "not exist; it was left out"
            )
            findings.append(Finding("custom", "error", text, file=layer.provenance.file))
        found.append(rows.filter(there).select(known.columns))
    return pl.concat(found).unique("area", keep="first", maintain_order=True), findings


def _types(layers: Sequence[AreaLayer]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The types of the municipalities, by their keys, and the names of the types.

    All areas of a municipality have its types.
    """
    levels = ("main_group", "type_group")
    wanted = ("code", *levels, *(f"{level}_name" for level in levels))
    nothing = pl.DataFrame(schema=dict.fromkeys(wanted, pl.String))
    told = pl.concat(
        [nothing, *(
            layer.frame.select(pl.col(name).cast(pl.String) for name in wanted if name in
                               layer.frame.columns)
            for layer in layers if layer.kind == "municipality"
        )],
        how="diagonal",
    )  # fmt: skip
    groups = (
        # Of A2 the main group is A, where no source says otherwise.
        told.with_columns(main_group=pl.coalesce("main_group", pl.col("type_group").str.head(1)))
        .group_by(municipality=key_of("municipality", pl.col("code")), maintain_order=True)
        .agg(pl.col(level).drop_nulls().first() for level in levels)
    )
    names = [told.select(level=pl.lit(level), code=level, name=f"{level}_name") for level in levels]
    types = pl.concat(names).drop_nulls().unique(["level", "code"], keep="first")
    return groups, pl.DataFrame(types, schema=TYPES).sort("level", "code")


def _absent(areas: pl.DataFrame) -> list[Finding]:
    """Municipalities without any DeSO or RegSO of a vintage that others have."""
    findings = []
    every = areas.filter(pl.col("kind") == "municipality").select("area", "code", "name")
    for kind in ("deso", "regso"):
        for vintage in KINDS[kind].vintages:
            of = areas.filter((pl.col("kind") == kind) & (pl.col("vintage") == vintage))
            if of.is_empty():
                continue
            absent = every.join(of, left_on="area", right_on="municipality", how="anti")
            if absent.height > FEW:
                there = every.height - absent.height
                text = f"areas of kind {kind} {vintage} are known in {there} of {every.height} "
                listed = some(absent["name"].to_list())
                text += f"municipalities; there are none in {listed}"
                findings.append(Finding("coverage", "note", text, area=str(COUNTRY)))
                continue
            for area, code, name in absent.iter_rows():
                text = (
                    f"{name} ({code}) is missing: no {kind} of {vintage} lies in it. Perhaps a "
                    "file was cut off"
                )
                findings.append(Finding("coverage", "warning", text, area=area))
    return findings
