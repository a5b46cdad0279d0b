"""The cells of what is chosen, found by position: no loop over cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.api.pxweb.regions import regions
from samsyn.api.pxweb.selection import Chosen, Side
from samsyn.api.pxweb.tables import TOTAL, group_code
from samsyn.statistics.query import Release
from samsyn.statistics.query.cube import grouping_rows, index_rows, indicator_rows
from samsyn.statistics.query.mapped import Mapped

# Why a cell is as it is, by its number: 0 is a cell of which the release tells nothing.
STATES: Final = ("", "ok", "missing", "not_applicable", "secret", "estimated")
COLUMNS: Final = {"Region": "area", "Grupp": "group", "Alder": "age", "Kon": "sex", "Tid": "period"}
INDEX_COLUMNS: Final = {"Region": "region", "Enhet": "units", "Index": "index", "Tid": "period"}


@dataclass(frozen=True)
class Cells:
    """Values (nan where there is none) and states, in the order of the answer's dimensions."""

    value: NDArray[np.float64]
    state: NDArray[np.int8]

    def texts(self) -> pl.Series:
        """The values as the shortest texts that read back the same; null where there is none."""
        texts = pl.Series(self.value).fill_nan(None).cast(pl.String)
        return texts.str.strip_suffix(".0")


def cells(release: Release, chosen: Chosen) -> Cells:
    """The cells of what is chosen of a table."""
    indices = chosen.table.subject.form == "indices"
    sides, value, state = (_of_indices if indices else _of_rows)(release, chosen)
    # Computed in one order, answered in another; what is left out has one code.
    shape = [len(side.codes) for side in sides]
    place = {side.dimension.code: at for at, side in enumerate(sides)}
    shown = [place[side.dimension.code] for side in chosen.shown]
    order = [*(at for at in range(len(sides)) if at not in shown), *shown]
    return Cells(
        value.reshape(shape).transpose(order).ravel(), state.reshape(shape).transpose(order).ravel()
    )


def _of_rows(
    release: Release, chosen: Chosen
) -> tuple[list[Side], NDArray[np.float64], NDArray[np.int8]]:
    """Values of an indicator or counts of a grouping; contents vary fastest."""
    subject = chosen.table.subject
    rows = (indicator_rows if subject.form == "values" else grouping_rows)(release, subject.name)
    contents = chosen.side("ContentsCode")
    assert contents is not None
    others = [side for side in chosen.sides if side is not contents]
    axes = {COLUMNS[side.dimension.code]: list(side.codes) for side in others}
    keys = regions(release).keys
    axes["area"] = [keys[code] for code in axes["area"]]
    # A table without a dimension of sex or age has totals only.
    axes |= {part: [TOTAL] for part in ("age", "sex") if part not in axes}
    at, places = rows.cells(axes)
    size, width = int(np.prod([len(one) for one in axes.values()])), len(contents.codes)
    value = np.full((size, width), np.nan)
    state = np.zeros((size, width), dtype=np.int8)
    leads = np.array([STATES.index(label) for label in rows.labels("status")], dtype=np.int8)
    states = leads[rows.column("status")[at]]
    for offset, name in enumerate(contents.codes):
        numbers = rows.column(name)[at]
        value[places, offset] = numbers
        # That a value is fine does not say that it has a numerator.
        state[places, offset] = np.where(np.isnan(numbers) & (states == 1), 0, states)
    return [*others, contents], value.ravel(), state.ravel()


def _of_indices(
    release: Release, chosen: Chosen
) -> tuple[list[Side], NDArray[np.float64], NDArray[np.int8]]:
    """Indices, which have no status: what is known is fine. Groups and contents vary fastest."""
    rows = index_rows(release, chosen.table.subject.name)
    contents, groups = chosen.side("ContentsCode"), chosen.side("Grupp")
    assert contents is not None
    assert groups is not None
    others = [side for side in chosen.sides if side is not contents and side is not groups]
    axes = {INDEX_COLUMNS[side.dimension.code]: list(side.codes) for side in others}
    keys = regions(release).keys
    axes["region"] = [keys[code] for code in axes["region"]]
    at, places = rows.cells(axes)
    group = _group_places(rows, list(groups.codes))[
        rows.column("group")[at], rows.column("against")[at]
    ]
    kept = group >= 0
    at, places = at[kept], places[kept] * len(groups.codes) + group[kept]
    size = int(np.prod([len(told) for told in axes.values()])) * len(groups.codes)
    value = np.full((size, len(contents.codes)), np.nan)
    for offset, name in enumerate(contents.codes):
        value[places, offset] = rows.column(name)[at]
    finite = np.isfinite(value)
    return (
        [*others, groups, contents], np.where(finite, value, np.nan).ravel(),
        finite.astype(np.int8).ravel(),
    )  # fmt: skip


def _group_places(rows: Mapped, codes: list[str]) -> NDArray[np.intp]:
    """The place among codes of each group against each other; -1 where it is not among them."""
    place = {code: at for at, code in enumerate(codes)}
    return np.array(
        [
            [place.get(group_code(group, other), -1) for other in rows.labels("against")]
            for group in rows.labels("group")
        ],
        dtype=np.intp,
    )
