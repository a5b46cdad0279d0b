"""What areas are called: the best name of each, and all the names it may be found by.

Sources name the same area differently: in another vintage, without å, ä and ö, as "Trollhättan"
or as "Trollhättans kommun". The best name is one that is told for the same vintage; 16 RegSO are
called something else in 2025 than in 2020, and ten of these have got another's former name
(1275R002 was Perstorp nordöstra tätorten and is Perstorp sydöstra tätorten), so a name of another
vintage is only shown where there is no other, never matched. Of names that fold alike the one with
å, ä and ö is taken, whatever vintage it is from. A municipality goes by its short name and a county
by the one with "län".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samsyn.statistics.areas.evidence import CODE
from samsyn.statistics.areas.findings import Finding, some
from samsyn.statistics.areas.keys import COUNTRY
from samsyn.statistics.areas.names import (
    COUNTRY_NAMES,
    COUNTY,
    MUNICIPAL,
    accents,
    folded,
    spelled,
    tidied,
    written_forms,
)
from samsyn.statistics.sources.forms import AreaLayer


@dataclass(frozen=True)
class Naming:
    """The best name of each area (`area`, `name`), and the names by which it may be found.

    `known` has `area`, `kind`, `vintage`, `code`, `within` (the code of the municipality of a
    RegSO or a custom area; null for the others) and a name as `text`, `spelled` and `folded`.
    """

    best: pl.DataFrame
    known: pl.DataFrame
    findings: list[Finding]


def naming_of(areas: pl.DataFrame, layers: Sequence[AreaLayer]) -> Naming:
    """Name the areas, which have `area`, `kind`, `vintage`, `code` and `municipality`."""
    told = _told(layers)
    own = areas.select("area", *CODE).join(told, on=CODE).with_columns(own=pl.lit(True))
    others = (
        areas.filter(pl.col("kind").is_in(["regso", "deso"]))
        .select("area", *CODE)
        .join(told.rename({"vintage": "from"}), on=["kind", "code"])
        .filter(pl.col("from") != pl.col("vintage"))
        .drop("from")
        .with_columns(own=pl.lit(False))
    )
    ranked = _ranked(pl.concat([own, others.select(own.columns)]))
    best = ranked.unique("area", keep="first", maintain_order=True)
    named = areas.select("area", "kind", "vintage", "code").join(
        best.select("area", "text", "borrowed"), on="area", how="left"
    )  # fmt: skip
    findings = _findings(named, own)
    country = pl.when(pl.col("kind") == COUNTRY.kind).then(pl.lit(COUNTRY_NAMES[0]))
    name = pl.coalesce("text", country, "code").alias("name")
    return Naming(named.select("area", name), _known(areas, own), findings)


def _told(layers: Sequence[AreaLayer]) -> pl.DataFrame:
    """Every name that a layer tells, with the layer's place among them; codes are no names."""
    columns = [*CODE, "text", "raw", "order", "file"]
    texts = dict.fromkeys([*CODE, "text", "raw", "file"], pl.String)
    found = [pl.DataFrame(schema={**texts, "order": pl.Int64}).select(columns)]
    for order, layer in enumerate(layers):
        if "name" in layer.frame.columns:
            rows = layer.frame.select(
                kind=pl.lit(layer.kind),
                vintage=pl.lit(layer.vintage),
                code="code",
                text=tidied(pl.col("name").cast(pl.String)),
                raw=pl.col("name").cast(pl.String).str.strip_chars(),
                order=pl.lit(order, dtype=pl.Int64),
                file=pl.lit(layer.provenance.file),
            )
            found.append(rows.select(columns))
    return (
        pl.concat(found)
        .drop_nulls("text")
        .filter(pl.col("text") != pl.col("code"))
        .unique([*CODE, "raw", "order"], maintain_order=True)
    )


def _ranked(told: pl.DataFrame) -> pl.DataFrame:
    """The names of each area, the best first; `borrowed` where only another vintage has it."""
    text, kind = pl.col("text"), pl.col("kind")
    names = told.with_columns(
        folded=folded(text),
        accents=accents(text),
        official=pl.when(kind == "municipality").then(~text.str.contains(MUNICIPAL))
        .when(kind == "county").then(text.str.contains(COUNTY))
        .otherwise(pl.lit(True)),
    )  # fmt: skip
    groups = names.group_by("area", "folded").agg(
        own_group=pl.col("own").any(),
        votes=pl.col("own").sum(),
        first=pl.col("order").min(),
    )
    # The name is chosen before its spelling: all names that fold alike are one name.
    return names.join(groups, on=["area", "folded"]).sort(
        "area", "own_group", "official", "votes", "first", "folded", "accents", "own", "order",
        descending=[False, True, True, True, False, False, True, True, False],
    ).with_columns(borrowed=~pl.col("own_group"))  # fmt: skip


def _known(areas: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """All the names by which areas may be found. A DeSO has none: its code is its name."""
    counties = pl.col("code").str.head(2)
    places = areas.with_columns(
        alone=(pl.col("kind") == "municipality") & (pl.len().over("kind", counties) == 1),
        within=pl.when(pl.col("kind").is_in(["regso", "custom"])).then(
            pl.col("municipality").str.split("/").list.last()
        ),
    ).select("area", *CODE, "alone", "within")
    columns = ["area", *CODE, "alone", "within", "text"]
    country = places.filter(pl.col("kind") == COUNTRY.kind)
    # As shown, and as a source writes it: what has two spaces there is no mistake elsewhere.
    names = pl.concat([
        places.join(own.select("area", "text"), on="area").select(columns),
        places.join(own.select("area", text="raw"), on="area").select(columns),
        country.with_columns(text=pl.lit(COUNTRY_NAMES[0])).select(columns),
    ])  # fmt: skip
    formal = pl.col("text").str.contains(MUNICIPAL).all().over("area")
    names = names.filter(pl.col("kind") != "deso").unique().with_columns(formal=formal)
    return written_forms(names).drop("alone", "formal").with_columns(
        spelled=spelled(pl.col("text")), folded=folded(pl.col("text"))
    ).sort("area", "text")  # fmt: skip


def _findings(named: pl.DataFrame, own: pl.DataFrame) -> list[Finding]:
    """Names that stayed codes, that come from another vintage, and that sources contradict."""
    findings = []
    nameless = named.filter(
        pl.col("text").is_null() & ~pl.col("kind").is_in(["deso", COUNTRY.kind, "custom"])
    )
    for (kind, vintage), rows in nameless.group_by("kind", "vintage", maintain_order=True):
        size = named.filter((pl.col("kind") == kind) & (pl.col("vintage") == vintage)).height
        text = (
            f"{rows.height} of {size} areas of kind {kind} {vintage} have no name and are shown by "
            f"their codes: {some(rows['code'].to_list())}. Add a file that names them"
        )
        area = rows["area"][0] if rows.height == 1 else None
        findings.append(Finding("name", "note", text, area=area))
    borrowed = named.filter("borrowed")
    for (kind, vintage), rows in borrowed.group_by("kind", "vintage", maintain_order=True):
        text = (
            f"{rows.height} areas of kind {kind} {vintage} are shown by the names of another "
            f"vintage, and are not looked up by them: {some(rows['code'].to_list())}"
        )
        findings.append(Finding("name", "note", text))
    short = pl.col("text").str.replace(MUNICIPAL, "").str.replace(COUNTY, "")
    several = (
        own.filter(pl.col("kind") == "regso")
        .with_columns(folded=folded(short))
        .filter(pl.col("folded").n_unique().over("area") > 1)
    )
    for (area,), rows in several.group_by("area", maintain_order=True):
        told = [f'"{text}" ({file})' for text, file in rows.select("text", "file").iter_rows()]
        text = f"{area} is called {some(told)}"
        findings.append(Finding("name", "warning", text, area=str(area), file=rows["file"][-1]))
    return findings
