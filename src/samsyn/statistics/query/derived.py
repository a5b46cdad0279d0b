"""What a release derives of counts and values: indices, their parts, quotients, area types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.query.periods import LATEST, Periods, asked, condition, latest
from samsyn.statistics.query.places import LAST, Places
from samsyn.statistics.query.reader import Reader, between, one_of
from samsyn.statistics.query.said import listed, periods_said, unknown

INDICES: Final = (
    "region", "name", "grouping", "units", "period", "index", "group", "against", "value", "lower",
    "upper", "expected", "corrected",
)  # fmt: skip
DECOMPOSITION: Final = (
    "region", "name", "grouping", "units", "period", "index", "between", "within", "value", "share",
)  # fmt: skip
QUOTIENTS: Final = ("area", "name", "grouping", "period", "group", "region", "value")
AREA_TYPES: Final = (
    "area", "name", "period", "index", "z", "computed", "published", "uncertain",
    "low_economic_standard", "pre_upper_secondary", "third", "third_component",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Values of which a column must have one; those that are `named` must be in the table.

    `what` is what such a value is called in a message.
    """

    column: str
    what: str
    values: Sequence[str]
    named: Sequence[str]


def _exactly(column: str, what: str, value: str) -> Wanted:
    return Wanted(column, what, [value], [value])


@dataclass(frozen=True)
class Derived:
    """The derived tables of a release."""

    reader: Reader
    places: Places

    def indices(
        self,
        grouping: str,
        units: str,
        level: str | None,
        period: Periods,
        index: str | Sequence[str] | None,
        within: str | None,
        group: str | None = None,
    ) -> pl.DataFrame:
        """Indices of a grouping; see `Release.indices`."""
        wanted = [_exactly("grouping", "grouping with indices", grouping)]
        if level is not None:
            wanted.append(_exactly("level", "level of regions", level))
        if index is not None:
            wanted.append(_indices([index] if isinstance(index, str) else index))
        if group is not None:
            wanted.append(_exactly("group", f"group of {grouping}", group))
        rows = self._of_regions("indices", wanted, units, period, within)
        return rows.sort(
            "region", "period", "units", "index", "group", "against", nulls_last=False
        ).select(INDICES)

    def decomposition(
        self, grouping: str, units: str, within: str | None, period: Periods
    ) -> pl.DataFrame:
        """The parts of M and H; see `Release.decomposition`."""
        wanted = [_exactly("grouping", "grouping with indices", grouping)]
        rows = self._of_regions("decomposition", wanted, units, period, within)
        order = ["region", "period", "units", "index"]
        return rows.sort(order, maintain_order=True).select(DECOMPOSITION)

    def quotients(
        self,
        grouping: str,
        level: str | None,
        within: str | None,
        period: Periods,
        against: str | None,
    ) -> pl.DataFrame:
        """Location quotients; see `Release.quotients`."""
        selection = self.places.selection(level, within)
        wanted = [_exactly("grouping", "grouping with quotients", grouping)]
        region = None
        if against is not None:
            region = between("region", f"{against}/", f"{against}/{LAST}")
        rows = self._rows(
            "quotients", wanted, period, [selection.condition, region], "area", selection.frame
        )
        return rows.sort("area", "period", "group", "region").select(QUOTIENTS)

    def area_types(self, period: Periods, within: str | None) -> pl.DataFrame:
        """Area types with their components; see `Release.area_types`."""
        selection = self.places.selection(None, within)
        rows = self._rows(
            "area_types", [], period, [selection.condition], "area", selection.frame, "index"
        )
        return rows.sort("area", "period").select(AREA_TYPES)

    def _of_regions(
        self, table: str, wanted: list[Wanted], units: str, period: Periods, within: str | None
    ) -> pl.DataFrame:
        """Rows of a table about regions and the units in them; `units` with or without vintage."""
        selection = self.places.selection(None, within, column="region")
        kind, _, vintage = units.strip().partition("/")
        if vintage:
            wanted.append(_exactly("units", "level of units", f"{kind}/{vintage}"))
            about_units = None
        else:
            self._require_units(table, wanted[0], kind)
            about_units = between("units", f"{kind}/", f"{kind}/{LAST}")
        return self._rows(
            table, wanted, period, [about_units, selection.condition], "region",
            selection.frame.rename({"area": "region"}),
        )  # fmt: skip

    def _rows(
        self,
        table: str,
        wanted: Sequence[Wanted],
        period: Periods,
        conditions: Sequence[pl.Expr | None],
        key: str,
        areas: pl.DataFrame,
        value: str = "value",
    ) -> pl.DataFrame:
        """The rows that fulfil everything, with the names of their areas.

        Raises InputError for what is wanted and not in the table at all.
        """
        every = [
            *(one_of(one.column, one.values) for one in wanted),
            *conditions,
            condition(period),
        ]
        rows = self.reader.rows(f"{table}.parquet", None, every)
        frame = rows.join(areas, on=key)
        lacking = [
            one for one in wanted if set(one.named) - set(frame.get_column(one.column).unique())
        ]
        periods = set(asked(period) or []) - set(frame.get_column("period").unique())
        if lacking or periods or frame.is_empty():
            self._explain(table, wanted, asked(period) or [])
        if period == LATEST:
            kind = pl.col("kind") if "level" not in frame.columns else pl.col("level")
            frame = latest(frame.with_columns(kind=kind), value)
        return frame

    def _explain(self, table: str, wanted: Sequence[Wanted], periods: Sequence[str]) -> None:
        """Raise InputError for the first that the table has not, given those before it."""
        where = f"the release {self.places.release}"
        given: list[pl.Expr] = []
        for one in wanted:
            there = self._there(table, one.column, given)
            for value in one.named:
                if value not in there:
                    raise unknown(one.what, value, there, where)
            given.append(one_of(one.column, one.values))
        if periods:
            there = self._there(table, "period", given)
            for period in periods:
                if period not in there:
                    said = periods_said(there) if there else "no period"
                    raise InputError(
                        f"{where[0].upper()}{where[1:]} has nothing of {period} on what is asked "
                        f"for. It has {said}"
                    )

    def _require_units(self, table: str, grouping: Wanted, kind: str) -> None:
        there = self._there(table, "units", [one_of("grouping", grouping.values)])
        if there and not any(units.startswith(f"{kind}/") for units in there):
            raise InputError(
                f'There are no indices on the units "{kind}" in the release '
                f"{self.places.release}. There are on {listed(there)}"
            )

    def _there(self, table: str, column: str, conditions: Sequence[pl.Expr]) -> list[str]:
        found = self.reader.distinct(f"{table}.parquet", [column], conditions)
        return sorted(found.to_series().drop_nulls().to_list())


def _indices(asked: Sequence[str]) -> Wanted:
    """The indices that are asked for by name or family."""
    from samsyn.measure.catalogue import INDICES as KNOWN
    from samsyn.measure.catalogue import find

    every = dict.fromkeys(found.name for one in asked for found in find(one))
    return Wanted("index", "index", list(every), [one for one in asked if one in KNOWN])
