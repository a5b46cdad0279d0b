"""Which area lies in which: every DeSO in a RegSO, that in a municipality, that in a county."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samsyn.statistics.areas.evidence import CODE, Codes
from samsyn.statistics.areas.findings import Finding, some
from samsyn.statistics.areas.keys import COUNTRY, KINDS, PARENT_VINTAGE
from samsyn.statistics.sources.forms import AreaLayer

TOP = str(COUNTRY)

# More municipalities than this are told of in one finding.
FEW = 10


@dataclass(frozen=True)
class Hierarchy:
    """`frame` has `kind`, `vintage`, `code`, `area`, `parent`, `municipality` and `county`."""

    frame: pl.DataFrame
    findings: list[Finding]


def key_of(kind: str, code: pl.Expr, vintage: str | None = None) -> pl.Expr:
    """The keys of the areas of a kind that have these codes."""
    return pl.format("{}/{}/{}", pl.lit(kind), pl.lit(vintage or KINDS[kind].vintages[0]), code)


def hierarchy_of(codes: Codes, pairs: pl.DataFrame, layers: Sequence[AreaLayer]) -> Hierarchy:
    """The areas of `codes` and the country, each with what holds it.

    The municipality and the county are what the code tells; a municipality is its own
    `municipality` and a county its own `county`, so that a filter on these columns finds the area
    and all that is in it. A DeSO whose RegSO is not known lies in its municipality directly.
    """
    parents, findings = _regso_of(codes, pairs)
    code, kind = pl.col("code"), pl.col("kind")
    municipality = key_of("municipality", code.str.head(4))
    county = key_of("county", code.str.head(2))
    frame = (
        codes.frame.with_columns(
            area=pl.format("{}/{}/{}", *CODE),
            municipality=pl.when(kind != "county").then(municipality),
            county=county,
        )
        .join(parents, on="area", how="left")
        .with_columns(
            parent=pl.when(kind == "deso").then(pl.coalesce("regso", "municipality"))
            .when(kind == "regso").then("municipality")
            .when(kind == "municipality").then("county")
            .otherwise(pl.lit(TOP))
        )
        .drop("regso")
    )  # fmt: skip
    top = {"kind": COUNTRY.kind, "vintage": COUNTRY.vintage, "code": COUNTRY.code, "area": TOP}
    findings += _without_regso(frame)
    findings += _other_parents(layers)
    return Hierarchy(pl.concat([frame, pl.DataFrame([top])], how="diagonal"), findings)


def _regso_of(codes: Codes, pairs: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """The RegSO of each DeSO (`area`, `regso`: keys), and where sources contradict each other."""
    findings: list[Finding] = []
    known = pairs.filter(False)
    for (_, vintage), above in PARENT_VINTAGE.items():
        here = pairs.filter(
            (pl.col("vintage") == vintage)
            & pl.col("deso").is_in(codes.of("deso", vintage).implode())
            & pl.col("regso").is_in(codes.of("regso", above).implode())
        )
        known = pl.concat([known, here])
    astray = pl.col("deso").str.head(4) != pl.col("regso").str.head(4)
    for file, rows in known.filter(astray).group_by("file", maintain_order=True):
        told = [f"{deso} in {regso}" for deso, regso in rows.select("deso", "regso").iter_rows()]
        text = f"{file[0]} puts DeSO in RegSO of other municipalities: {some(told)}. Left out"
        findings.append(Finding("parent", "error", text, file=str(file[0])))
    order = ["vintage", "deso", "weight", "votes"]
    ranked = (
        known.filter(~astray)
        .group_by("vintage", "deso", "regso", maintain_order=True)
        .agg(pl.col("weight").max(), votes=pl.len(), file=pl.col("file").first())
        .sort(order, descending=[False, False, True, True], nulls_last=True, maintain_order=True)
    )
    torn = ranked.filter(pl.len().over("vintage", "deso") > 1)
    for (vintage, deso), rows in torn.group_by("vintage", "deso", maintain_order=True):
        told = [f"{regso} ({file})" for regso, file in rows.select("regso", "file").iter_rows()]
        shared = rows["weight"].null_count() == 0
        text = f"DeSO {deso} of {vintage} is said to lie in {some(told)}; the first was taken"
        key = f"deso/{vintage}/{deso}"
        file = rows["file"][-1]
        findings.append(
            Finding("parent", "warning" if shared else "error", text, area=key, file=file)
        )
    chosen = ranked.unique(["vintage", "deso"], keep="first", maintain_order=True)
    above_of = {vintage: above for (_, vintage), above in PARENT_VINTAGE.items()}
    return chosen.select(
        area=pl.format("deso/{}/{}", "vintage", "deso"),
        regso=pl.format(
            "regso/{}/{}", pl.col("vintage").replace_strict(above_of, default=None), "regso"
        ),
    ), findings


def _without_regso(frame: pl.DataFrame) -> list[Finding]:
    """DeSO that lie in no RegSO, by vintage where none has a link, else by municipality."""
    findings = []
    for (vintage,), rows in frame.filter(pl.col("kind") == "deso").group_by(
        "vintage", maintain_order=True
    ):
        alone = rows.filter(pl.col("parent") == pl.col("municipality"))
        what = f"of the DeSO of {vintage} lie in no known RegSO, only in their municipality"
        do = f"Add a link table from DeSO {vintage} to RegSO, or a layer of DeSO with their RegSO"
        if alone.height == rows.height:
            text = f"all {rows.height} {what}. {do}"
            findings.append(Finding("parent", "warning", text))
            continue
        if alone.get_column("municipality").n_unique() > FEW:
            text = f"{alone.height} {what}: {some(alone['code'].to_list())}. {do}"
            findings.append(Finding("parent", "warning", text))
            continue
        for (key,), of in alone.group_by("municipality", maintain_order=True):
            listed = some(of["code"].to_list())
            text = f"{of.height} {what} {str(key).rsplit('/', 1)[-1]}: {listed}. {do}"
            area = of["area"][0] if of.height == 1 else str(key)
            findings.append(Finding("parent", "warning", text, area=area))
    return findings


def _other_parents(layers: Sequence[AreaLayer]) -> list[Finding]:
    """Layers that tell another municipality or county than the codes themselves."""
    findings = []
    for layer in layers:
        if layer.kind not in {"regso", "municipality"} or "parent" not in layer.frame.columns:
            continue
        starts = pl.col("code").str.starts_with(pl.col("parent"))
        wrong = layer.frame.drop_nulls(["code", "parent"]).filter(~starts)
        if wrong.height:
            told = wrong.select(pl.format("{} in {}", "code", "parent")).to_series().to_list()
            text = (
                f"{layer.provenance.file} puts areas where their codes do not: {some(told)}. "
                "What the codes tell was taken"
            )
            findings.append(Finding("parent", "error", text, file=layer.provenance.file))
    return findings
