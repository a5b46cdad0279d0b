"""Requests under a server's limit of cells: a cube is cut into smaller cubes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from math import ceil, prod
from typing import TypeAlias

from samsyn.measure.errors import InputError

# The codes that are asked for in each dimension, in the table's order of dimensions.
Codes: TypeAlias = Mapping[str, Sequence[str]]


def cells(codes: Codes) -> int:
    """How many cells a selection has."""
    return prod(len(chosen) for chosen in codes.values())


def split(codes: Codes, limit: int) -> list[dict[str, list[str]]]:
    """The selection as parts of at most `limit` cells, each a whole cube.

    The parts are disjoint and together the selection, in its order, and they are at most four
    times as many as the cells need: the small dimensions stay whole as long as they fit, the next
    is cut evenly, and what is left is taken one by one. Raises InputError for a limit below 1.
    """
    if limit < 1:
        raise InputError(f"A limit of {limit} cells in an answer leaves nothing to ask for")
    room, pieces = limit, {}
    for name in sorted(codes, key=lambda name: len(codes[name])):
        pieces[name] = _even(codes[name], ceil(len(codes[name]) / room))
        room = max(1, room // max(map(len, pieces[name]), default=1))
    names = list(codes)
    return [
        dict(zip(names, part, strict=True)) for part in product(*(pieces[name] for name in names))
    ]


def halve(codes: Codes) -> list[dict[str, list[str]]]:
    """The selection in two halves, cut along its largest dimension; itself where it is one cell."""
    longest = max(codes, key=lambda name: len(codes[name]))
    return [{**_lists(codes), longest: part} for part in _even(codes[longest], 2) if part]


def _even(codes: Sequence[str], parts: int) -> list[list[str]]:
    """The codes in so many runs, whose lengths differ by one at most."""
    edges = [len(codes) * part // parts for part in range(parts + 1)] if parts else []
    runs = [list(codes[start:end]) for start, end in pairwise(edges)]
    return [run for run in runs if run]


def _lists(codes: Codes) -> dict[str, list[str]]:
    return {name: list(chosen) for name, chosen in codes.items()}
