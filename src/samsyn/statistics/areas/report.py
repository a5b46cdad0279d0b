"""What a resolved column says of its texts that were not matched exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from samsyn.statistics.areas.candidates import candidates_for
from samsyn.statistics.areas.findings import Finding, findings_frame, some
from samsyn.statistics.areas.names import folded
from samsyn.statistics.areas.texts import PLACE

if TYPE_CHECKING:
    from samsyn.statistics.areas.matching import Resolution
    from samsyn.statistics.areas.registry import Registry

REPORT: Final = pl.Schema({
    "text": pl.String(), "key": pl.String(), "how": pl.String(), "row": pl.UInt32(),
    "rows": pl.UInt32(), "reason": pl.String(), "candidates": pl.List(pl.String),
})  # fmt: skip
# More mistakes than this are told of together.
TOLD_SINGLY: Final = 20


def report_of(
    registry: Registry,
    answers: pl.DataFrame,
    read: pl.DataFrame,
    fit: pl.DataFrame,
    undecided: pl.DataFrame,
    kind: str | None,
) -> pl.DataFrame:
    """What was not matched exactly, and why."""
    tails = read.get_column("tail").is_not_null().any()
    if not tails and answers.get_column("how").fill_null("").is_in(["key", "code", "name"]).all():
        return pl.DataFrame(schema=REPORT)
    named = registry.areas.select("area", "name")
    known = answers.join(named, left_on="key", right_on="area", how="left")
    mended = known.filter(pl.col("how") == "normalised").with_columns(
        reason=pl.format("taken for {}", "name")
    )
    skipped = known.filter(pl.col("how") == "not_an_area").with_columns(
        reason=pl.lit("a mean of municipalities or a rest, not an area")
    )
    called = _called_otherwise(registry, known, read)
    lost = answers.filter(pl.col("how").is_null()).join(
        read.drop("row", "rows"), on="text", how="left", nulls_equal=True
    )
    open_ = candidates_for(registry, lost, fit, undecided, kind)
    columns = list(REPORT)
    parts = [
        part.with_columns(candidates=pl.lit([], dtype=pl.List(pl.String))).select(columns)
        for part in (mended, skipped, called)
    ]
    return pl.concat([*parts, open_.select(columns)]).cast(REPORT).sort("row")


def _called_otherwise(registry: Registry, known: pl.DataFrame, read: pl.DataFrame) -> pl.DataFrame:
    """Codes that stand with another name than the area has: the code was taken."""
    tails = read.filter(pl.col("tail").is_not_null()).select(
        "text", tail=folded(pl.col("tail")), inner=folded(pl.col("tail").str.extract(PLACE, 2))
    )
    coded = known.filter(pl.col("how") == "code").join(tails, on="text")
    names = registry.names.select(key="area", folded="folded")
    same = (pl.col("folded") == pl.col("tail")) | (pl.col("folded") == pl.col("inner"))
    told = coded.join(names, on="key").group_by("text").agg(same=same.any())
    return coded.join(told.filter(~pl.col("same")), on="text").with_columns(
        reason=pl.format("the code was taken; the area is called {}", "name")
    )


def findings_of(
    resolution: Resolution,
    *,
    file: str,
    subject: str | None = None,
    rows: pl.Series | None = None,
) -> pl.DataFrame:
    """The report as findings of a release: an error for each text that is no area.

    What was mended, and what is no area by its nature, is told of in one note each. `rows` has the
    row of the source for each row of the column; without it rows of the column are told, counted
    from 1.
    """
    report = resolution.report
    told = pl.int_range(1, len(resolution.keys) + 1, eager=True) if rows is None else rows
    found = []
    unmatched = resolution.unmatched
    for text, row, count, reason, near in unmatched.select(
        "text", "row", "rows", "reason", "candidates"
    ).head(TOLD_SINGLY).iter_rows():  # fmt: skip
        at = told[row]
        where = file if at is None else f"{file}, row {at}"
        more = f" ({count} values)" if count > 1 else ""
        nearest = f". Nearest: {', '.join(near)}" if near else ""
        said = f'"{text}" is no known area' if text else "the area is missing"
        message = f"{where}{more}: {said}: {reason}{nearest}. Its values were left out"
        found.append(Finding("area", "error", message, subject=subject, file=file, row=at))
    rest = unmatched.slice(TOLD_SINGLY)
    if rest.height:
        listed = some([str(text) for text in rest["text"].to_list()])
        message = f"{file}: {rest.height} more texts are no known areas: {listed}"
        found.append(Finding("area", "error", message, subject=subject, file=file))
    for how, what in (
        ("normalised", "names and codes mended to find their areas"),
        ("not_an_area", "means of municipalities and rests, which are no areas and were left out"),
    ):
        texts = report.filter(pl.col("how") == how)["text"].to_list()
        if texts:
            quoted = some([f'"{text}"' for text in texts])
            message = f"{file}: {what} ({len(texts)}): {quoted}"
            found.append(Finding("area", "note", message, subject=subject, file=file))
    other = report.filter(pl.col("how") == "code")
    for text, reason, row in other.select("text", "reason", "row").iter_rows():
        message = f'{file}: "{text}": {reason}'
        found.append(Finding("area", "warning", message, subject=subject, file=file, row=told[row]))
    return findings_frame(found)
