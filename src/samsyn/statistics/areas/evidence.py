"""Which codes are areas: what layers, links and tables tell, and which of it to believe.

A code is an area when a layer has it, or has something in it (the municipality of a DeSO). What a
link table alone tells is one unless layers cover its neighbours, and what tables alone tell unless
layers or link tables do: the codes that begin alike, of which more are told than not. So whoever
has nothing but tables gets the areas of their codes, a layer of a part leaves the rest to the
tables, and where nearly all is known a mistyped code is unknown instead of becoming an area. What
both a link table and a table of figures have is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.findings import Finding, some
from samsyn.statistics.areas.keys import KINDS, LEVELS, PARENT_VINTAGE, AreaKey
from samsyn.statistics.sources.forms import AreaLayer, Links

CODE: Final = ("kind", "vintage", "code")
SCHEMA: Final = {
    "kind": pl.String, "vintage": pl.String, "code": pl.String, "by": pl.String, "file": pl.String,
}  # fmt: skip
PAIRS: Final = {
    "vintage": pl.String, "deso": pl.String, "regso": pl.String, "weight": pl.Float64,
    "file": pl.String,
}  # fmt: skip
# What tells of all the codes that begin alike: of a municipality's DeSO, of a county's
# municipalities, of the country's counties.
HOLDER: Final = {"county": 0, "municipality": 2, "regso": 4, "deso": 4}


@dataclass(frozen=True)
class Codes:
    """The codes that are areas (`kind`, `vintage`, `code`, custom areas not among them)."""

    frame: pl.DataFrame
    findings: list[Finding]

    def of(self, kind: str, vintage: str) -> pl.Series:
        """The codes of a kind and vintage."""
        chosen = (pl.col("kind") == kind) & (pl.col("vintage") == vintage)
        return self.frame.filter(chosen).get_column("code")


def holding_pairs(layers: Sequence[AreaLayer], links: Sequence[Links]) -> pl.DataFrame:
    """Which DeSO lies in which RegSO, from link tables and from layers that tell the parent."""
    found = [pl.DataFrame(schema=PAIRS)]
    for link in links:
        (kind, vintage), target = link.source, link.target
        if kind == "deso" and target == ("regso", PARENT_VINTAGE.get((kind, vintage))):
            weight = pl.col("weight") if "weight" in link.frame.columns else pl.lit(None)
            found.append(_pairs(link.frame, vintage, "source", "target", weight, link))
    for layer in layers:
        if layer.kind == "deso" and "parent" in layer.frame.columns:
            weight = pl.lit(None)
            found.append(_pairs(layer.frame, layer.vintage, "code", "parent", weight, layer))
    return pl.concat(found).drop_nulls(["deso", "regso"])


def _pairs(
    frame: pl.DataFrame, vintage: str, deso: str, regso: str, weight: pl.Expr,
    of: AreaLayer | Links,
) -> pl.DataFrame:  # fmt: skip
    return frame.select(
        vintage=pl.lit(vintage),
        deso=pl.col(deso),
        regso=pl.col(regso),
        weight=weight.cast(pl.Float64),
        file=pl.lit(of.provenance.file),
    )


def codes_of(layers: Sequence[AreaLayer], pairs: pl.DataFrame, seen: Iterable[AreaKey]) -> Codes:
    """The codes that are areas, from layers, `holding_pairs` and the keys that tables have.

    Raises InputError for a layer of a vintage that its kind does not have.
    """
    told, findings = _told(layers, pairs, seen)
    kept: list[pl.DataFrame] = []
    above = pl.Series("code", [], dtype=pl.String)
    for kind in reversed(LEVELS[:-1]):
        accepted = _accepted(told.filter(pl.col("kind") == kind), HOLDER[kind])
        if kind != "county":
            holder = pl.col("code").str.head(HOLDER[kind]).is_in(above.implode())
            accepted = accepted.filter(holder)
        kept.append(accepted)
        if kind in {"county", "municipality"}:
            above = accepted.get_column("code").unique()
    frame = pl.concat(kept).sort(CODE)
    findings += _left_out(told, frame)
    return Codes(frame, findings)


def _told(
    layers: Sequence[AreaLayer], pairs: pl.DataFrame, seen: Iterable[AreaKey]
) -> tuple[pl.DataFrame, list[Finding]]:
    """Every code and who tells it: a layer, a link, what is within or linked in it, a table."""
    found, findings = [pl.DataFrame(schema=SCHEMA)], []
    for layer in layers:
        if layer.kind not in KINDS or layer.vintage not in KINDS[layer.kind].vintages:
            there = ", ".join(f"{k.name} {' and '.join(k.vintages)}" for k in KINDS.values())
            raise InputError(
                f"{layer.provenance.file}: there are no areas of kind {layer.kind} and vintage "
                f"{layer.vintage}. Kinds and vintages are: {there}. Set the right ones for this "
                "file in samsyn.toml"
            )
        if layer.kind not in HOLDER:
            continue
        codes = layer.frame.get_column("code").drop_nulls().unique(maintain_order=True)
        wrong = codes.filter(~codes.str.contains(f"^(?:{KINDS[layer.kind].pattern})$"))
        if len(wrong):
            text = (
                f"{len(wrong)} of {len(codes)} codes in {layer.provenance.file} are not codes of "
                f"kind {layer.kind}, and were left out: {some(wrong.to_list())}"
            )
            findings.append(Finding("code", "error", text, file=layer.provenance.file))
        found.append(_rows(layer.kind, layer.vintage, codes, "layer", layer.provenance.file))
    for vintage, file in pairs.select("vintage", "file").unique(maintain_order=True).iter_rows():
        of = pairs.filter((pl.col("vintage") == vintage) & (pl.col("file") == file))
        found.append(_rows("deso", vintage, of["deso"].unique(), "link", file))
        parent = PARENT_VINTAGE["deso", vintage]
        found.append(_rows("regso", parent, of["regso"].unique(), "link", file))
    keys = [tuple(key) for key in seen if key.kind in HOLDER]
    found.append(
        pl.DataFrame(keys, schema=dict.fromkeys(CODE, pl.String), orient="row").with_columns(
            by=pl.lit("seen"), file=pl.lit(None, dtype=pl.String)
        )
    )
    every = pl.concat(found).unique()
    every = pl.concat(
        every.filter(
            (pl.col("kind") == kind)
            & pl.col("vintage").is_in(list(KINDS[kind].vintages))
            & pl.col("code").str.contains(f"^(?:{KINDS[kind].pattern})$")
            & (pl.col("code") != "00")
        )
        for kind in HOLDER
    )
    for kind, digits in (("municipality", 4), ("county", 2)):
        below = every.filter(pl.col("kind").is_in(list(LEVELS[: LEVELS.index(kind)])))
        implied = below.select(
            kind=pl.lit(kind),
            vintage=pl.lit(KINDS[kind].vintages[0]),
            code=pl.col("code").str.head(digits),
            by=pl.col("by").replace("layer", "within").replace("link", "linked"),
            file="file",
        )
        every = pl.concat([every, implied.unique()])
    return every, findings


def _rows(kind: str, vintage: str, codes: pl.Series, by: str, file: str) -> pl.DataFrame:
    return codes.alias("code").to_frame().select(
        kind=pl.lit(kind), vintage=pl.lit(vintage), code="code", by=pl.lit(by), file=pl.lit(file)
    )  # fmt: skip


def _accepted(told: pl.DataFrame, digits: int) -> pl.DataFrame:
    """The codes of one kind that are believed, by who tells of them and of their neighbours."""
    by, unit = pl.col("by"), ["vintage", "unit"]
    layer, linked = pl.col("layer"), pl.col("layer") | pl.col("link")
    return (
        told.group_by(CODE)
        .agg(
            layer=(by == "layer").any(),
            within=(by == "within").any(),
            link=(by == "link").any(),
            indirect=by.is_in(["link", "linked"]).any(),
            seen=(by == "seen").any(),
        )
        .with_columns(unit=pl.col("code").str.head(digits))
        .with_columns(
            by_layers=(layer.any() & (layer.sum() >= (~layer).sum())).over(unit),
            by_links=(linked.any() & (linked.sum() >= (~linked).sum())).over(unit),
        )
        .filter(
            layer
            | pl.col("within")
            | (pl.col("indirect") & (~pl.col("by_layers") | pl.col("seen")))
            | (pl.col("seen") & ~pl.col("by_layers") & ~pl.col("by_links"))
        )
        .select(CODE)
    )


def _left_out(told: pl.DataFrame, kept: pl.DataFrame) -> list[Finding]:
    """What links tell that was not believed. Of the codes of tables others tell."""
    findings = []
    lost = told.filter(pl.col("by") == "link").join(kept, on=CODE, how="anti").sort(CODE)
    for (kind, vintage, file), rows in lost.group_by(
        "kind", "vintage", "file", maintain_order=True
    ):
        codes = some(rows["code"].unique(maintain_order=True).to_list())
        text = (
            f"{file} links {kind} codes that no {kind} of {vintage} has; those links were left "
            f"out: {codes}"
        )
        findings.append(Finding("link", "warning", text, file=str(file)))
    return findings
