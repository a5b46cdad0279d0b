"""The rows of the table of a ranking, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samsyn.explore.choosing import place_address
from samsyn.publish.numbers import DASH, cell, number

SHOWN = 300  # rows on a page: all municipalities
Use = Callable[[str], str]  # the address at which the figure of an area can be used


@dataclass(frozen=True)
class Page:
    """Some of the rows as HTML, and which of them these are.

    Written here and not in the template, which takes ten times as long for 300 rows.
    """

    body: SafeString
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
    pin: str = "",
    use: Use | None = None,
) -> Page:
    """A page of a frame of `with_ranks`; a page beyond the last is the last.

    `more` are further columns with their units; `pin` is what links add to stay in the release.
    `use` gives the address at which the figure of an area can be used as evidence.
    """
    if order == "name":
        frame = frame.sort(pl.col("name").str.to_lowercase(), maintain_order=True)
    pages = max(1, -(-frame.height // SHOWN))
    at = min(at, pages)
    part = frame.slice((at - 1) * SHOWN, SHOWN)
    intervals = frame["lower"].null_count() < frame.height
    tied = bool((frame["best"] != frame["worst"]).any())
    body = "".join(
        _row(row, unit, language, followed, more, intervals=intervals, pin=pin, use=use)
        for row in part.iter_rows(named=True)
    )
    # Every text in it is escaped where it is written.
    return Page(mark_safe(body), at, pages, frame.height, intervals, tied)


def _row(
    row: dict[str, Any],
    unit: str,
    language: str,
    followed: Sequence[str],
    more: Sequence[tuple[str, str]],
    *,
    intervals: bool,
    pin: str,
    use: Use | None,
) -> str:
    """A row of the table: rank, name, value, interval, what more there is, and using it."""
    best, worst, key = row["best"], row["worst"], row["area"]
    rank = "" if best is None else str(best) if best == worst else f"{best}{DASH}{worst}"
    name = escape(row["name"] or key.rpartition("/")[2])
    cells = [cell(row["value"], unit, row.get("status"), language)]
    if intervals:
        ends = [number(row[end], unit, language) for end in ("lower", "upper")]
        cells.append("" if row["lower"] is None else f"{ends[0]} {DASH} {ends[1]}")
    cells += [cell(row[column], of, None, language) for column, of in more]
    told = "".join(f'<td class="number">{text}</td>' for text in cells)
    if use is not None:
        told += (
            f'<td class="on-screen"><a class="use" href="{escape(use(key))}" rel="nofollow">'
            f'{escape(_("Underlag"))}<span class="sr-only">: {name}</span></a></td>'
        )
    mark = ' class="followed"' if key in followed else ""
    link = f'<a href="{escape(place_address(key) + pin)}">{name}</a>'
    return f'<tr{mark}><td class="number">{rank}</td><th scope="row">{link}</th>{told}</tr>\n'
