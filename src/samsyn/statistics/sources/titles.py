"""A table's title that says what its dimensions are: "Antal hushåll efter region, år och kön"."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Final, NamedTuple

from samsyn.statistics.sources.roles import role_of_name

SPLITS: Final = re.compile(r"(?: efter | by )", re.IGNORECASE)
JOINS: Final = re.compile(r", | och | and ")


class Title(NamedTuple):
    """What a table is about, and its dimensions in the order of columns and then headings."""

    subject: str
    dimensions: tuple[str, ...]


def has_dimensions(title: str) -> bool:
    """Whether a text can be the title of a table with its dimensions."""
    return bool(SPLITS.search(title.strip()))


def title_with(title: str, number: int) -> Title | None:
    """The title as it names so many dimensions; None where it does not.

    A name can itself hold "och", "," or "efter": of all ways to part the names into so many, the
    one with most names that are known dimensions is taken, and then the one that uses commas
    first and "och" last. A known name is never a part of another: "år och kön" are two.
    """
    title = title.strip()
    best: tuple[tuple[int, int], Title] | None = None
    for split in SPLITS.finditer(title):
        listed = title[split.end() :]
        joins = list(JOINS.finditer(listed))
        if len(joins) < number - 1 or len(joins) > 14:
            continue
        for chosen in combinations(joins, number - 1):
            ends = [0, *(j.end() for j in chosen)]
            starts = [*(j.start() for j in chosen), len(listed)]
            names = [listed[a:b].strip() for a, b in zip(ends, starts, strict=True)]
            if not all(names) or len(set(names)) < number or any(map(_swallows, names)):
                continue
            commas = sum(join.group() == ", " for join in chosen[:-1])
            ending = bool(chosen) and chosen[-1].group() != ", "
            score = (sum(role_of_name(name) is not None for name in names), commas + ending)
            # Of the same merit, the later "efter" leaves less of the subject among the names.
            if best is None or score >= best[0]:
                best = score, Title(title[: split.start()].strip(), tuple(names))
    return best[1] if best else None


def _swallows(name: str) -> bool:
    """Whether a name of several parts has a known dimension among them."""
    parts = JOINS.split(name)
    return len(parts) > 1 and any(role_of_name(part) is not None for part in parts)
