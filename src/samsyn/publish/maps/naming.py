"""Which areas of a map are named: those at both ends, neither before the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from samsyn.publish.maps.classes import Classes

# Of areas by value so many at each end are named, as in the lists beside a map.
AT_AN_END: Final = 3


def ends(classes: Classes, areas: Sequence[str]) -> tuple[str, ...]:
    """The areas to be named of those that are drawn, in their turns.

    Of types they are those of 1 and 5, of values those with the highest and the lowest. They take
    turns, so that neither end has the room of the other.
    """
    drawn = set(areas)
    if classes.palette == "area_types":
        first, last = (
            sorted(key for key, at in classes.of.items() if at == end and key in drawn)
            for end in (0, 4)
        )
        return _in_turns(first, last)
    there = [key for key in classes.order if key in drawn]
    if len(there) < 2:
        return tuple(there)
    count = min(AT_AN_END, len(there) // 2)
    return _in_turns(there[::-1][:count], there[:count])


def _in_turns(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    pairs = chain.from_iterable(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return (*pairs, *one[shorter:], *other[shorter:])
