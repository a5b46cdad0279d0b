"""Texts of an area column resolved to area keys: never by a silent guess.

A text is a key, a code, or a name. A name is matched as it stands, then as it is spelled (capitals,
dashes, white space), then without accents; RegSO and custom areas within the municipality that the
text tells. What several areas could be called is left open and reported, and so is everything that
was not matched exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.areas.kinds import settled_kinds, settled_places
from samsyn.statistics.areas.names import folded, spelled
from samsyn.statistics.areas.registry import Registry
from samsyn.statistics.areas.report import report_of
from samsyn.statistics.areas.texts import read_texts
from samsyn.statistics.areas.vintages import UNDECIDED, chosen_vintages

EXACT, SPELLED, FOLDED = 0, 1, 2
# What a text can mean. `by` is key, code or name; `level` how loosely it was matched; `exact`
# whether it stands as the area's name does; `told` whether the text itself tells the vintage;
# `bare` whether it is a name without its municipality.
MEANINGS: Final = {
    "text": pl.String, "kind": pl.String, "vintage": pl.String, "area": pl.String,
    "code": pl.String, "by": pl.String, "level": pl.Int64, "exact": pl.Boolean,
    "told": pl.Boolean, "bare": pl.Boolean,
}  # fmt: skip


@dataclass(frozen=True)
class Resolution:
    """What the texts of a column are.

    `keys` has a key or null for each text; `how` is key, code, name (as the area is called),
    normalised (mended, and in the report), not_an_area (a mean of municipalities, a rest) or null.
    `report` has a row for each distinct text that was not matched exactly: `text`, `key`, `how`,
    the `row` of the column where it first stands (counted from 0), in how many `rows`, the `reason`
    and, where no area was found, the `candidates` nearest to it.
    """

    keys: pl.Series
    how: pl.Series
    report: pl.DataFrame

    @property
    def unmatched(self) -> pl.DataFrame:
        """The rows of the report for texts that should be areas and were not found."""
        return self.report.filter(pl.col("how").is_null())


def resolve(
    registry: Registry,
    texts: pl.Series,
    *,
    kind: str | None = None,
    vintage: str | None = None,
    period: str | None = None,
) -> Resolution:
    """The areas that the texts of a column mean.

    `kind` and `vintage` say what all of them are; without them the kind is found text by text and
    with regard to the others, and the vintage is the only one that has them all or that of the
    `period`. A vintage or kind that a text tells itself goes first. Raises InputError for a kind
    that does not exist.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f'there is no kind of area "{kind}". The kinds are: {", ".join(KINDS)}')
    column = texts.cast(pl.String).alias("text").to_frame()
    asked = (
        column.with_row_index("row")
        .group_by("text", maintain_order=True)
        .agg(pl.col("row").first().cast(pl.UInt32), rows=pl.len().cast(pl.UInt32))
    )
    read = read_texts(asked)
    meanings = pl.concat([_by_code(registry, read), _by_name(registry, read, kind)])
    if kind is not None:
        meanings = meanings.filter(pl.col("kind") == kind)
    meanings = settled_kinds(meanings, read, registry)
    chosen = chosen_vintages(meanings.filter(~pl.col("told")), vintage, period)
    wanted = pl.col("kind").replace_strict(chosen, default=None, return_dtype=pl.String)
    undecided = meanings.filter(~pl.col("told") & (wanted == UNDECIDED))
    of_vintage = meanings.filter(pl.col("told") | (pl.col("vintage") == wanted))
    nearest = pl.col("level") == pl.col("level").min().over("text")
    fit = settled_places(of_vintage.filter(nearest), registry)
    single = fit.filter(pl.col("area").n_unique().over("text") == 1)
    single = single.sort("exact", descending=True).unique("text", keep="first")
    answers = asked.join(
        single.select("text", "area", "by", "exact"), on="text", how="left", nulls_equal=True
    ).join(read.select("text", "no_area"), on="text", how="left", nulls_equal=True)
    exact = pl.when("exact").then("by").when(pl.col("area").is_not_null()).then(
        pl.lit("normalised")
    )  # fmt: skip
    none = pl.when(pl.col("no_area")).then(pl.lit("not_an_area"))
    answers = answers.select("text", "row", "rows", key="area", how=pl.coalesce(exact, none))
    report = report_of(registry, answers, read, fit, undecided, kind)
    every = column.join(
        answers.select("text", "key", "how"), on="text", how="left", nulls_equal=True,
        maintain_order="left",
    )  # fmt: skip
    return Resolution(every.get_column("key"), every.get_column("how"), report)


def _by_code(registry: Registry, read: pl.DataFrame) -> pl.DataFrame:
    """The areas that have a text's code, in all vintages or in the one that the text tells."""
    told = pl.col("vintage").is_not_null()
    coded = read.filter(pl.col("code").is_not_null()).select(
        "text", "kind", "code", "whole", "mended", wanted="vintage", told=told
    )
    found = coded.join(
        registry.areas.select("area", "kind", "vintage", "code"), on=["kind", "code"]
    )
    of_users = read.filter(pl.col("code").is_null()).join(
        registry.areas.filter(pl.col("kind") == "custom").select("area", "kind", "vintage", "code"),
        left_on="clean", right_on="code", suffix="_of",
    )  # fmt: skip
    return pl.concat([
        found.filter(~pl.col("told") | (pl.col("wanted") == pl.col("vintage"))).select(
            "text", "kind", "vintage", "area", "code",
            by=pl.when("whole").then(pl.lit("key")).otherwise(pl.lit("code")),
            level=pl.lit(EXACT, dtype=pl.Int64),
            exact=~pl.col("mended"),
            told="told",
            bare=pl.lit(False),
        ),
        of_users.select(
            "text", kind="kind_of", vintage="vintage_of", area="area", code="clean",
            by=pl.lit("code"), level=pl.lit(EXACT, dtype=pl.Int64), exact=pl.lit(True),
            told=pl.lit(False), bare=pl.lit(False),
        ),
    ])  # fmt: skip


def _by_name(registry: Registry, read: pl.DataFrame, kind: str | None) -> pl.DataFrame:
    """The areas that are called what a text says, however loosely, in all vintages."""
    texts = read.filter(pl.col("code").is_null() & pl.col("clean").is_not_null())
    if texts.is_empty():
        return pl.DataFrame(schema=MEANINGS)
    names = registry.names
    wanted = names if kind is None else names.filter(pl.col("kind") == kind)
    bare = _alike(texts.select("text", name="clean"), wanted)
    placed = texts.filter(pl.col("inner").is_not_null())
    towns = _alike(
        placed.select("text", name="place"), names.filter(pl.col("kind") == "municipality")
    )
    inner = placed.select("text", name="inner").join(
        towns.select("text", within="code", town="level", town_exact="exact"), on="text"
    )
    full = _alike(inner, wanted, within=True).with_columns(
        level=pl.max_horizontal("level", "town"), exact=pl.col("exact") & pl.col("town_exact")
    )
    found = pl.concat([
        bare.select(*_NAMED, bare=pl.lit(True)), full.select(*_NAMED, bare=pl.lit(False))
    ])  # fmt: skip
    if _without_accents(texts, found):
        # What stands exactly can be the other place, with its accents lost: Habo and Håbo.
        found = found.with_columns(level=pl.lit(FOLDED, dtype=pl.Int64))
    return found.with_columns(by=pl.lit("name"), told=pl.lit(False)).select(
        pl.col(name).cast(type_) for name, type_ in MEANINGS.items()
    )


_NAMED: Final = ("text", "kind", "vintage", "area", "code", "level", "exact", "accented")


def _alike(texts: pl.DataFrame, names: pl.DataFrame, *, within: bool = False) -> pl.DataFrame:
    """What each `name` of `texts` can be, with the strictest level at which it is each area.

    With `within`, names are looked for in the municipality of that code.
    """
    name, place = pl.col("name"), ["within"] if within else []
    forms = texts.with_columns(spelled=spelled(name), folded=folded(name))
    columns = ["area", "kind", "vintage", "code", "accented"]
    known = names.with_columns(accented=pl.col("spelled") != pl.col("folded"))
    by_folded = forms.join(
        known.select(*columns, *place, "folded", known="text", known_spelled="spelled"),
        on=[*place, "folded"],
    )
    return by_folded.with_columns(
        exact=name == pl.col("known"),
        level=pl.when(name.str.strip_chars() == pl.col("known")).then(EXACT)
        .when(pl.col("spelled") == pl.col("known_spelled")).then(SPELLED)
        .otherwise(FOLDED),
    ).sort("level", maintain_order=True).unique(
        ["text", "area"], keep="first", maintain_order=True
    )  # fmt: skip


def _without_accents(texts: pl.DataFrame, found: pl.DataFrame) -> bool:
    """Whether the column has lost its å, ä and ö: none stands in it, and some name needs one."""
    if texts.get_column("clean").str.contains(r"[^\x00-\x7F]").any():
        return False
    best = found.filter(pl.col("level") == pl.col("level").min().over("text"))
    lost = best.filter((pl.col("level") == FOLDED) & pl.col("accented"))
    return not lost.is_empty()
