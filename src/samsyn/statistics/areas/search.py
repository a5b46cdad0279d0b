"""Areas found by what somebody types: a name without dots and rings, a part of one, or a code."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

import polars as pl

from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.areas.names import search_text

# Of areas that match equally well the larger one comes first, and users' own before all others.
ORDER: Final = ("custom", *reversed([kind for kind in KINDS if kind != "custom"]))
# How well an area matches: its key or code; its name; the start of its name; the start of a word
# in it; the middle of a word; words of which some stand in the municipality's name; the start of a
# word but for its ending.
CODE, NAME, START, WORD, INSIDE, PLACE, STEM = range(7)
# Kronogården, Kronogårdens and Kronogårds torg are about one place.
ENDING: Final = r"(?<=\w{4})(?:ens|ets|ans|en|et|an|ar|na|n|s)$"
ALIKE: Final = 0.8


def search(areas: pl.DataFrame, text: str, limit: int = 20, *, nearly: bool = True) -> pl.DataFrame:
    """The rows of `areas` that `text` means, the best first and at most `limit` of them.

    `areas` are a release's: `area`, `kind`, `vintage`, `code`, `name`, `search`, `municipality`.
    A code or a key finds its area. A name is found without regard to accents, capitals and signs,
    by its start, by the start of a word in it, by what stands within a word, or by the start of a
    word without its ending ("kronogarden" finds Kronogårds torg). Of several words each must be
    found, in the area's name or in its municipality's ("trollhattan sylte"). Where nothing is
    found, names that are nearly the same are, unless `nearly` is False. The newest vintage of an
    area comes first.
    """
    wanted = search_text(text)
    if not wanted:
        return areas.clear()
    words = wanted.split(" ")
    name, typed = pl.col("search"), text.strip()
    coded = pl.col("code").is_in([typed, typed.upper()]) | (pl.col("area") == typed)
    towns = areas.filter(pl.col("kind") == "municipality").select("area", town="search")
    # All ways to match need the stem of a word: most areas are out before anything is compared.
    stems = [re.sub(ENDING, "", word) for word in words]
    found = areas.filter(coded | name.str.contains_any(stems)).join(
        towns, left_on="municipality", right_on="area", how="left", maintain_order="left"
    )
    padded = pl.lit(" ") + name
    # Only where a name's own words are not enough, those of the municipality help.
    with_town = pl.concat_str(name, pl.col("town").fill_null(""), separator=" ")
    has_own = pl.any_horizontal(name.str.contains(word, literal=True) for word in words)
    has_all = pl.all_horizontal(with_town.str.contains(word, literal=True) for word in words)
    rank = (
        pl.when(coded).then(CODE)
        .when(name == wanted).then(NAME)
        .when(name.str.starts_with(wanted)).then(START)
        .when(padded.str.contains(f" {wanted}", literal=True)).then(WORD)
        .when(name.str.contains(wanted, literal=True)).then(INSIDE)
        .when((len(words) > 1) & has_own & has_all).then(PLACE)
        .when(padded.str.contains(f" {re.sub(ENDING, '', wanted)}", literal=True)).then(STEM)
    )  # fmt: skip
    kinds = pl.col("kind").replace_strict(
        {kind: place for place, kind in enumerate(ORDER)}, default=len(ORDER)
    )
    ranked = found.with_columns(rank=rank, order=kinds).drop_nulls("rank")
    if ranked.is_empty() and nearly:
        names = areas.filter(pl.col("name") != pl.col("code"))["search"].unique().sort()
        near = get_close_matches(wanted, names.to_list(), n=limit, cutoff=ALIKE)
        likeness = pl.col("search").replace_strict(
            near, range(len(near)), default=None, return_dtype=pl.Int64
        )
        ranked = areas.with_columns(rank=likeness, order=kinds).drop_nulls("rank")
    best = ranked.sort(
        ["rank", "order", pl.col("search").str.len_chars(), "search", "vintage", "code"],
        descending=[False, False, False, False, True, False],
    )
    return best.head(limit).select(areas.columns)
