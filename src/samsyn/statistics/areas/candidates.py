"""What to say of texts that are no area: why, and which areas are nearest to them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from samsyn.statistics.areas.names import search_text

if TYPE_CHECKING:
    from samsyn.statistics.areas.registry import Registry

# Looking for what is nearest is slow; a column with more mistakes than this is another column.
LOOKED_UP: Final = 50
NEAREST: Final = 3
KIND_NAMES: Final = {
    "deso": "DeSO", "regso": "RegSO", "municipality": "municipality", "county": "county",
    "country": "country", "custom": "custom area",
}  # fmt: skip


def candidates_for(
    registry: Registry,
    lost: pl.DataFrame,
    fit: pl.DataFrame,
    undecided: pl.DataFrame,
    kind: str | None,
) -> pl.DataFrame:
    """`lost` (texts as they were read, with `row` and `rows`) with `reason` and `candidates`.

    `fit` has the areas that texts could be, `undecided` those of which nothing tells the vintage.
    """
    texts = lost.select("text")
    shown = registry.areas.select("area", label=pl.format("{} ({})", "name", "area"))
    could = dict(_labels(fit.join(texts, on="text", how="semi"), shown))
    either = dict(_labels(undecided.join(texts, on="text", how="semi"), shown))
    reasons, nearest = [], []
    for number, row in enumerate(lost.iter_rows(named=True)):
        text = row["text"]
        if row["clean"] is None:
            reason, near = "there is no area in this row", []
        elif text in either:
            reason, near = "nothing tells of which vintage it is", either[text]
        elif text in could:
            reason, near = "it can be several areas", could[text]
        elif row["code"] is not None:
            reason = _code_reason(registry, row, kind)
            near = _near_code(registry, row) if number < LOOKED_UP else []
        else:
            what = KIND_NAMES[kind] if kind else "area"
            reason = f"no {what} is called this"
            near = _near_name(registry, row, kind) if number < LOOKED_UP else []
        reasons.append(reason)
        nearest.append(near)
    return lost.with_columns(
        reason=pl.Series(reasons, dtype=pl.String),
        candidates=pl.Series(nearest, dtype=pl.List(pl.String)),
    )


def _labels(meanings: pl.DataFrame, shown: pl.DataFrame) -> Iterable[tuple[str, list[str]]]:
    labels = meanings.join(shown, on="area").group_by("text").agg(pl.col("label").unique().sort())
    return labels.iter_rows()


def _code_reason(registry: Registry, row: dict[str, Any], kind: str | None) -> str:
    what = KIND_NAMES[row["kind"]]
    if kind is not None and row["kind"] != kind:
        return f"it is the code of a {what}, and a {KIND_NAMES[kind]} is wanted"
    there = registry.areas.filter(
        (pl.col("kind") == row["kind"]) & (pl.col("code") == row["code"])
    ).get_column("vintage")
    if len(there):
        told = f" of {row['vintage']}" if row["vintage"] else " of the vintage of this column"
        return f"no {what}{told} has this code; it is one of {' and '.join(sorted(there))}"
    return f"no {what} has this code"


def _near_code(registry: Registry, row: dict[str, Any]) -> list[str]:
    """The codes most like this one in its municipality, or else the nearest larger area."""
    code = str(row["code"])
    areas = registry.areas.filter(pl.col("kind") == row["kind"])
    if row["vintage"] is not None:
        areas = areas.filter(pl.col("vintage") == row["vintage"])
    if len(code) > len("1488"):
        areas = areas.filter(pl.col("code").str.starts_with(code[:4]))
    if areas.is_empty():
        areas = registry.areas.filter(pl.col("kind") == "municipality")
        return _closest(registry, code[:4], areas.select("code", "area"), alike=0.75)
    return _closest(registry, code, areas.select("code", "area"), alike=0.5)


def _near_name(registry: Registry, row: dict[str, Any], kind: str | None) -> list[str]:
    """The names most like this one in the municipality that it tells, or among the large areas."""
    names = registry.names
    municipalities = names.filter(pl.col("kind") == "municipality")
    if row["inner"] is not None:
        towns = municipalities.filter(pl.col("folded") == search_text(row["place"]))
        if towns.is_empty():
            near = municipalities.select("folded", "area")
            return _closest(registry, search_text(row["place"]), near)
        codes = towns.get_column("code").unique()
        inside = names.filter(pl.col("within").is_in(codes.implode()))
        return _closest(registry, search_text(row["inner"]), inside.select("folded", "area"))
    kinds = [kind] if kind else ["municipality", "county", "country", "custom"]
    near = names.filter(pl.col("kind").is_in(kinds)).select("folded", "area")
    return _closest(registry, search_text(row["clean"]), near)


def _closest(registry: Registry, text: str, among: pl.DataFrame, alike: float = 0.6) -> list[str]:
    """The nearest of `among` (its columns: what is compared, the key), as they are called."""
    compared, area = among.columns
    close = get_close_matches(text, among[compared].unique().sort().to_list(), NEAREST, alike)
    place = {match: number for number, match in enumerate(close)}
    near = (
        among.filter(pl.col(compared).is_in(close))
        .sort(pl.col(compared).replace_strict(place, return_dtype=pl.Int64), area)
        .unique(area, keep="first", maintain_order=True)
    )
    named = near.join(registry.areas, on=area, how="left", maintain_order="left")
    return named.select(pl.format("{} ({})", "name", "area")).to_series().head(NEAREST).to_list()
