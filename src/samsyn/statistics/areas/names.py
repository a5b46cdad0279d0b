"""How place names are compared: as they are spelled, and without regard to å, ä, ö and signs.

Three forms, from the strictest to the loosest: the text itself; `spelled`, in which capitals, kinds
of dashes and white space do not matter; `folded`, in which accents and punctuation do not either.
Two places can fold alike (Habo and Håbo), so whoever matches by a looser form must look whether it
still tells one place.
"""

from __future__ import annotations

from typing import Final

import polars as pl

# Letters that are one letter of their own in Unicode, and what people write who lack them.
LETTERS: Final = {
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "þ": "th",
}
DASHES: Final = r"[\p{Pd}\x{2212}\x{2043}\x{00AD}]"

MUNICIPAL: Final = r"(?i)\s+(?:kommun|stad|municipality)$"
COUNTY: Final = r"(?i)\s+(?:län|county)$"


def spelled(text: pl.Expr) -> pl.Expr:
    """A name in lower case with plain hyphens, and white space only where it parts words."""
    return (
        text.str.normalize("NFC")
        .str.to_lowercase()
        .str.replace_all(DASHES, "-")
        .str.replace_all(r"\s*-\s*", "-")
        .str.replace_all(r"\s+", " ")
        .str.replace_all(r"\( ", "(")
        .str.replace_all(r" \)", ")")
        .str.strip_chars()
    )


def folded(text: pl.Expr) -> pl.Expr:
    """A name as it is searched for: plain lower-case letters and digits, words parted by one space.

    å and ä become a, ö becomes o, é becomes e; punctuation, dashes and white space are alike.
    """
    return (
        text.str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_many(list(LETTERS), list(LETTERS.values()))
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )


def accents(text: pl.Expr) -> pl.Expr:
    """How many letters of a name carry a ring, dots or an accent."""
    return text.str.normalize("NFD").str.count_matches(r"\p{M}")


def search_text(text: str) -> str:
    """The folded form of one text: "Trollhättan" becomes "trollhattan"."""
    return str(pl.select(folded(pl.lit(text, dtype=pl.String))).item())


def search_texts(texts: pl.Series) -> pl.Series:
    """The folded forms of many texts; each distinct text is folded once."""
    each = texts.unique().alias("text").to_frame().with_columns(folded=folded(pl.col("text")))
    column = texts.alias("text").to_frame().join(
        each, on="text", how="left", nulls_equal=True, maintain_order="left"
    )  # fmt: skip
    return column.get_column("folded").alias(texts.name)


def tidied(text: pl.Expr) -> pl.Expr:
    """A name as it is shown: one space between words, none around; null where nothing is left."""
    shown = text.str.normalize("NFC").str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(shown != "").then(shown)


def written_forms(names: pl.DataFrame) -> pl.DataFrame:
    """The names with all the ways in which they are also written.

    `names` has `kind`, `text`, `alone` (a municipality that is a county by itself: Gotland calls
    itself a region) and `formal` (of the municipality only such names are known as "Trollhättans
    kommun") beside whatever else; the result has a row for each distinct form in `text`.
    A municipality is also written with "kommun" or "stad" and the genitive, a county without "län"
    or as a region, the country by several names.
    """
    text, kind = pl.col("text"), pl.col("kind")
    town = text.str.replace(MUNICIPAL, "")
    # "Trollhättans kommun" is Trollhättan and "Mönsterås kommun" Mönsterås: where no source tells
    # the short name, both ways to shorten it count.
    town_bare = pl.when(pl.col("formal")).then(town.str.strip_suffix("s")).otherwise(town)
    county = text.str.replace(COUNTY, "")
    county_bare = pl.when(county != text).then(county.str.strip_suffix("s")).otherwise(county)
    of_town = [
        base + ending
        for base in (town, town_bare)
        for ending in ("", " kommun", "s kommun", " stad", "s stad", " municipality")
    ]
    of_town.append(pl.when(pl.col("alone")).then("Region " + town_bare))
    of_county = [
        *(county + ending for ending in (" län", " county")),
        *(county_bare + ending for ending in ("", " län", "s län", " county", "sregionen")),
        *("Region " + base for base in (county_bare, county + " län")),
    ]
    of_country = [pl.lit(name) for name in COUNTRY_NAMES]
    forms = (
        pl.when(kind == "municipality").then(pl.concat_list(text, *of_town))
        .when(kind == "county").then(pl.concat_list(text, *of_county))
        .when(kind == "country").then(pl.concat_list(text, *of_country))
        .otherwise(pl.concat_list(text))
    )  # fmt: skip
    return names.with_columns(text=forms).explode("text").drop_nulls("text").unique()


COUNTRY_NAMES: Final = ("Sverige", "Riket", "Hela riket", "Hela landet", "Sweden")
