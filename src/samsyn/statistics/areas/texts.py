"""What a text in an area column looks like: a key, a code with or without a name, or a name."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from samsyn.statistics.areas.keys import KINDS, LEVELS, PARENT_VINTAGE, AreaKey
from samsyn.statistics.areas.names import folded

# regso/2020/1488R007, or municipality/1488 without the vintage.
KEY: Final = rf"^(?<kind>{'|'.join(KINDS)})/(?:(?<vintage>[^/]+)/)?(?<code>.+)$"
# 0114R001, 0114R001_RegSO2025, 0114 Upplands Väsby, 1488: Trollhättan; 114 where a program has
# taken the code for a number.
CODE: Final = (
    r"^(?<code>\d{3,4}[A-Ca-c]\d{4}|\d{3,4}[Rr]\d{3}|\d{2,4})"
    r"(?:_(?<suffix>\w+?)(?<vintage>\d{4}))?"
    r"(?:(?:\s+\p{Pd}\s+|\s*[:;,]\s*|\s+)(?<tail>\D.*))?$"
)
# Upplands Väsby (Bollstanäs).
PLACE: Final = r"^(?<place>.+?)\s*\((?<inner>.*)\)$"

# Means of municipalities and rests without a place stand among areas and are none. In Kolada "Alla
# kommuner" is the mean of the municipalities: it has 34,000 inhabitants.
NOT_AREAS: Final = (
    r"\b(?:kommuner|kommungrupp\w*|kommuntyp\w*|regioner|landsting|ovagt medel|vagt medel|"
    r"uppgift saknas|okant|okand|restforda?|municipalities|unweighted|unknown)\b|^g\d{5}$"
)

# The first year whose figures are for the DeSO and RegSO of 2025.
YEAR_2025: Final = 2024


def read_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """`texts` with what its column `text` says.

    Added are `clean` (without outer white space), `kind`, `vintage` and `code` (of a key or a
    code; the vintage where the text tells it), `whole` (whether it is a key), `mended` (whether
    the code had to be mended), `tail` (a name after a code), `place` and `inner` (of a name with
    the municipality before it), and `no_area` (a mean of municipalities, a rest).
    """
    clean = pl.col("text").str.strip_chars()
    frame = texts.with_columns(clean=pl.when(clean != "").then(clean))
    frame = frame.with_columns(
        key=pl.col("clean").str.extract_groups(KEY),
        told=pl.col("clean").str.extract_groups(CODE),
        named=pl.col("clean").str.extract_groups(PLACE),
    )
    key, told, named = (pl.col(name).struct for name in ("key", "told", "named"))
    keyed = key.field("code").is_not_null()
    upper = told.field("code").str.to_uppercase().str.replace(r"^(\d{3})($|[A-Z])", "0$1$2")
    # Kolada writes the country as 0000 and county 14 as 0014.
    short = upper.str.strip_prefix("00")
    code = pl.when(upper.str.contains(r"^00\d{2}$")).then(short).otherwise(upper)
    kind = (
        pl.when(code == "00").then(pl.lit("country"))
        .when(code.str.contains(r"^\d{2}$")).then(pl.lit("county"))
        .when(code.str.contains(r"^\d{4}$")).then(pl.lit("municipality"))
        .when(code.str.contains("R")).then(pl.lit("regso"))
        .when(code.is_not_null()).then(pl.lit("deso"))
    )  # fmt: skip
    frame = frame.with_columns(
        keyed=keyed,
        whole=key.field("vintage").is_not_null(),
        kind=pl.when(keyed).then(key.field("kind")).otherwise(kind),
        vintage=pl.when(keyed).then(key.field("vintage")).otherwise(told.field("vintage")),
        code=pl.when(keyed).then(key.field("code")).otherwise(code),
        suffix=told.field("suffix").str.to_lowercase(),
        mended=~keyed & (upper != told.field("code")),
        tail=told.field("tail").str.strip_chars(),
        place=named.field("place"),
        inner=named.field("inner"),
        no_area=folded(pl.col("clean")).str.contains(NOT_AREAS),
    )
    # 0114A0010_RegSO2025 contradicts itself and is no code.
    odd = pl.col("suffix").is_not_null() & (pl.col("suffix") != pl.col("kind"))
    parts = ("kind", "vintage", "code", "tail")
    return frame.with_columns(
        pl.when(pl.col("keyed") | ~odd.fill_null(False)).then(pl.col(name)).alias(name)
        for name in parts
    ).drop("key", "keyed", "told", "named", "suffix")


def vintage_of(kind: str, vintage: str | None) -> str | None:
    """The vintage of this kind that belongs with a vintage given for a column.

    RegSO 2020 belongs with DeSO 2018; a municipality has one vintage, whatever is given.
    """
    there = KINDS[kind].vintages
    if vintage is None or vintage in there:
        return vintage
    if len(there) == 1:
        return there[0]
    for (_, small), large in PARENT_VINTAGE.items():
        if vintage in {small, large}:
            return large if large in there else small
    return vintage


def vintage_of_period(kind: str, period: str | None) -> str | None:
    """The vintage that figures of a period are for; None where the period tells no year.

    A period over years goes by its last one.
    """
    there = KINDS[kind].vintages
    if len(there) == 1:
        return there[0]
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}", period or "")]
    if not years:
        return None
    return there[-1] if max(years) >= YEAR_2025 else there[0]


def keys_seen(
    texts: pl.Series, *, vintage: str | None = None, period: str | None = None
) -> list[AreaKey]:
    """The keys of the codes in an area column, as far as texts, vintage and period tell them.

    Names tell no code, and a code whose vintage nothing tells is not among them.
    """
    frame = read_texts(texts.unique().alias("text").to_frame())
    found = frame.select("kind", "vintage", "code").drop_nulls("code").unique(maintain_order=True)
    keys = []
    for kind, told, code in found.iter_rows():
        of = told or vintage_of(kind, vintage) or vintage_of_period(kind, period)
        if of is not None and kind in LEVELS:
            keys.append(AreaKey(kind, of, code))
    return sorted(set(keys))
