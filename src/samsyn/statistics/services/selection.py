"""What is wanted of a dimension: codes, labels, patterns, ranges and years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from samsyn.measure.errors import InputError

ALL = "*"
SHOWN = 8  # codes that a message shows


@dataclass(frozen=True)
class Years:
    """Spans of years, both ends in them; None is an open end. No spans are all years."""

    spans: tuple[tuple[int | None, int | None], ...] = ()

    def __contains__(self, year: int) -> bool:
        """Whether the year is one of them."""
        return not self.spans or any(
            (first is None or year >= first) and (last is None or year <= last)
            for first, last in self.spans
        )

    def between(self, first: int, last: int) -> list[int]:
        """Those of the years from first to last that are among them."""
        return [year for year in range(first, last + 1) if year in self]


def parse_years(text: str | None) -> Years:
    """Years as a user writes them: `2022`, `2012-2023`, `2020-`, `2015,2020-2022`, `*`.

    Raises InputError for anything else.
    """
    if text is None or text.strip() in {"", ALL}:
        return Years()
    spans: list[tuple[int | None, int | None]] = []
    for part in text.split(","):
        found = re.fullmatch(r"\s*(\d{4})?\s*(-|–|\.\.)?\s*(\d{4})?\s*", part)
        if not found or not (found[1] or found[3]) or (found[1] and found[3] and not found[2]):
            raise InputError(
                f'"{text}" is not a list of years: write 2022, 2012-2023, 2020- or 2015,2020-2022'
            )
        first, last = (int(year) if year else None for year in (found[1], found[3]))
        if not found[2]:
            last = first
        if first and last and first > last:
            raise InputError(f"the years {part.strip()} run backwards")
        spans.append((first, last))
    return Years(tuple(spans))


def year_of(period: str) -> int | None:
    """The year of a period as services write them (2022, 2025M01, 2024K3); None for no year."""
    found = re.match(r"\d{4}(?!\d)", period)
    return int(found[0]) if found else None


def matching(labels: Mapping[str, str], wishes: Sequence[str], anyone: bool = False) -> list[str]:
    """The codes that are wished for, in their own order.

    `labels` leads from code to label. A wish is a code, a label, a pattern with * and ?, or a range
    `first..last` of which one end may be left open; case and spaces make no difference to labels.
    Raises KeyError with a wish that nothing answers to; with `anyone`, only if none of them does.
    """
    codes = list(labels)
    chosen: set[str] = set()
    unmet = []
    for wish in wishes:
        found = _answering(codes, labels, wish)
        chosen |= found
        if not found:
            unmet.append(wish)
    if unmet and not (anyone and chosen):
        raise KeyError(unmet[0])
    return [code for code in codes if code in chosen]


def plain(text: str) -> str:
    """A text as it is compared: without regard to case, to kinds of dashes and to more spaces."""
    return " ".join(text.split()).casefold().replace("–", "-")


def some(names: Sequence[str]) -> str:
    """The first of many names, for a message."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _answering(codes: Sequence[str], labels: Mapping[str, str], wish: str) -> set[str]:
    if wish == ALL:
        return set(codes)
    asked = plain(wish)
    exact = {code for code in codes if code == wish or plain(labels[code]) == asked}
    if exact:
        return exact
    if ".." in wish:
        first, _, last = (end.strip() for end in wish.partition(".."))
        places = {plain(labels[c]): i for i, c in enumerate(codes)}
        places |= {plain(c): i for i, c in enumerate(codes)}
        start = places.get(plain(first)) if first else 0
        end = places.get(plain(last)) if last else len(codes) - 1
        if start is None or end is None:
            return set()
        return set(codes[start : end + 1])
    if "*" in wish or "?" in wish:
        pattern = asked.replace("[", "[[]")
        return {
            code
            for code in codes
            if fnmatchcase(code.casefold(), pattern) or fnmatchcase(plain(labels[code]), pattern)
        }
    return set()
