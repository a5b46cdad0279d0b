"""What is chosen as a table of rows and columns: what CSV, Excel and PX files write."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

import polars as pl

from samsyn.api.pxweb.cells import STATES, Cells
from samsyn.api.pxweb.selection import Chosen, Side

Shown = Literal["codes", "texts", "both"]

# What stands where there is no number, as PX files and their readers write it.
DOTS: Final = {"": "....", "missing": "..", "not_applicable": ".", "secret": "..."}


@dataclass(frozen=True)
class Grid:
    """The headings of the columns before the figures, the rows' texts, and the figures' headings.

    Rows vary as the last dimension of the stub fastest.
    """

    names: list[str]
    rows: list[list[str]]
    columns: list[str]


def grid(chosen: Chosen, shown: Shown = "texts") -> Grid:
    """The frame of the table: what stands around the figures."""
    stub = [_side(chosen, code) for code in chosen.stub]
    heading = [_side(chosen, code) for code in chosen.heading]
    names: list[str] = []
    rows: list[list[str]] = []
    height = math.prod(len(side.codes) for side in stub)
    inner = height
    for side in stub:
        inner //= max(1, len(side.codes))
        for name, texts in _written(side, shown):
            names.append(name)
            once = [text for text in texts for _ in range(inner)]
            rows.append(once * (height // max(1, len(once))))
    combined = product(*(_joined(side, shown) for side in heading))
    columns = [" ".join(parts) for parts in combined]
    return Grid(names, rows, columns if heading else ["value"])


def written(cells: Cells) -> pl.Series:
    """The figures as texts; dots where there is none."""
    dots = pl.Series([DOTS.get(state, "..") for state in STATES])
    texts = cells.texts()
    # An exponent is not understood by every reader of these formats.
    odd = texts.str.contains("e", literal=True)
    if odd.any():
        plain = [_positional(text) if text is not None and "e" in text else text for text in texts]
        texts = pl.Series(plain, dtype=pl.String)
    return pl.select(pl.coalesce(texts, dots[cells.state])).to_series()


def _positional(text: str) -> str:
    from decimal import Decimal

    return format(Decimal(text), "f")


def _side(chosen: Chosen, code: str) -> Side:
    found = chosen.side(code)
    assert found is not None
    return found


def _written(side: Side, shown: Shown) -> list[tuple[str, list[str]]]:
    """The columns of a dimension in rows: its texts, its codes, or both beside each other."""
    name, code = side.dimension.label, side.dimension.code
    if shown == "codes":
        return [(code, list(side.codes))]
    if shown == "both":
        return [(code, list(side.codes)), (name, side.labels)]
    return [(name, side.labels)]


def _joined(side: Side, shown: Shown) -> Sequence[str]:
    if shown == "codes":
        return side.codes
    if shown == "both":
        return [
            code if code == label else f"{code} {label}"
            for code, label in zip(side.codes, side.labels, strict=True)
        ]
    return side.labels
