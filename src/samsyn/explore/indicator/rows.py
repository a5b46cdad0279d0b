"""The rows of the table of a ranking, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from samsyn.explore.choosing import place_address
from samsyn.publish.numbers import DASH, cell, number

SHOWN = 300  # rows on a page: all municipalities


@dataclass(frozen=True)
class Row:
    """A place in the table, as it is written."""

    rank: str
    name: str
    address: str
    value: str
    interval: str
    more: tuple[str, ...]
    followed: bool


@dataclass(frozen=True)
class Page:
    """Some of the rows, and which of them these are."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    all: int
    intervals: bool
    tied: bool

    @property
    def before(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.pages else None


def page(
    frame: pl.DataFrame,
    unit: str,
    language: str,
    *,
    order: str = "value",
    at: int = 1,
    followed: Sequence[str] = (),
    more: Sequence[tuple[str, str]] = (),
) -> Page:
    """A page of a frame of `with_ranks`; a page beyond the last is the last.

    `more` are further columns with their units.
    """
    if order == "name":
        frame = frame.sort(pl.col("name").str.to_lowercase(), maintain_order=True)
    pages = max(1, -(-frame.height // SHOWN))
    at = min(at, pages)
    part = frame.slice((at - 1) * SHOWN, SHOWN)
    intervals = frame["lower"].null_count() < frame.height
    tied = bool((frame["best"] != frame["worst"]).any())
    return Page(
        tuple(_row(row, unit, language, followed, more) for row in part.iter_rows(named=True)),
        at, pages, frame.height, intervals, tied,
    )  # fmt: skip


def _row(
    row: dict[str, object],
    unit: str,
    language: str,
    followed: Sequence[str],
    more: Sequence[tuple[str, str]],
) -> Row:
    best, worst, key = row["best"], row["worst"], str(row["area"])
    lower, upper = row["lower"], row["upper"]
    rank = "" if best is None else str(best) if best == worst else f"{best}{DASH}{worst}"
    interval = ""
    if lower is not None and upper is not None:
        interval = f"{number(lower, unit, language)} {DASH} {number(upper, unit, language)}"  # type: ignore[arg-type]
    return Row(
        rank=rank,
        name=str(row["name"] or key.rpartition("/")[2]),
        address=place_address(key),
        value=cell(row["value"], unit, row.get("status"), language),  # type: ignore[arg-type]
        interval=interval,
        more=tuple(
            cell(row[name], of, None, language)  # type: ignore[arg-type]
            for name, of in more
        ),
        followed=key in followed,
    )
