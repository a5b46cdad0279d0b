"""How much room a name takes before it is drawn, and where it may be broken into lines."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import Final

from samsyn.publish import letters
from samsyn.publish.theme import SMALL

HALO: Final = 3.0  # pixels of background around letters, so that they are read over any colour
LEADING: Final = 12.5  # pixels from line to line of a name
LINE: Final = 17  # letters of a line that is short enough as it is
LINES: Final = 3
# Put before the names of a town's areas in the register, where they say nothing.
PREFIX: Final = "RegSO-"


def across(text: str, size: float = SMALL) -> float:
    """How many pixels wide a text is. Reports are set in a narrower font: it fits there too."""
    return letters.across(text, size)


@lru_cache(1024)
def forms(name: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which a name is written on a map, the best first.

    A long name is broken at spaces and after hyphens, so that its lines are as alike as they can
    be; nothing of it is left out but a prefix that all names have.
    """
    whole = name.removeprefix(PREFIX)
    parts = [part for part in re.split(r"(?<=[ \-–/])", whole) if part]
    found = [_even(parts, lines) for lines in range(1, min(len(parts), LINES) + 1)]
    wanted = max(1, -(-len(whole) // LINE))
    return tuple(sorted(found, key=lambda lines: abs(len(lines) - wanted)))


def _even(parts: list[str], lines: int) -> tuple[str, ...]:
    """So many lines, the widest of them as narrow as it can be."""
    ways = (
        tuple(
            "".join(parts[start:end]).strip()
            for start, end in zip((0, *cuts), (*cuts, len(parts)), strict=True)
        )
        for cuts in combinations(range(1, len(parts)), lines - 1)
    )
    return min(ways, key=lambda way: max(map(across, way)))


def extent(lines: tuple[str, ...]) -> tuple[float, float]:
    """Width and height of the lines with their halo, in pixels."""
    return max(map(across, lines)) + HALO, len(lines) * LEADING + 1
