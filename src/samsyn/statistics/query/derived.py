"""What a release derives of counts and values: indices, their parts, quotients, area types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.query.periods import LATEST, Periods, asked
from samsyn.statistics.query.places import Places, Selection
from samsyn.statistics.query.reader import Reader
from samsyn.statistics.query.rows import Beginning, Rows
from samsyn.statistics.query.rows import Wanted as Having
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
    """Texts of which a column must have one; those that are `named` must be in the table.

    `what` is what such a text is called in a message.
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
        order = ["period", "units", "index", "group", "against"]
        return self._of_regions("indices", INDICES, wanted, units, period, within, order)

    def decomposition(
        self, grouping: str, units: str, within: str | None, period: Periods
    ) -> pl.DataFrame:
        """The parts of M and H; see `Release.decomposition`."""
        wanted = [_exactly("grouping", "grouping with indices", grouping)]
        order = ["period", "units", "index", "between", "within"]
        return self._of_regions(
            "decomposition", DECOMPOSITION, wanted, units, period, within, order
        )

    def quotients(
        self,
        grouping: str,
        level: str | None,
        within: str | None,
        period: Periods,
        against: str | None,
    ) -> pl.DataFrame:
        """Location quotients; see `Release.quotients`."""
        wanted = [_exactly("grouping", "grouping with quotients", grouping)]
        besides = {} if against is None else {"region": Beginning(f"{against}/")}
        return self._rows(
            "quotients", QUOTIENTS, self.places.selection(level, within), wanted, period, besides,
            ["period", "group", "region"],
        )  # fmt: skip

    def area_types(self, period: Periods, within: str | None) -> pl.DataFrame:
        """Area types with their components; see `Release.area_types`."""
        return self._rows(
            "area_types", AREA_TYPES, self.places.selection(None, within), [], period, {},
            ["period"], value="index",
        )  # fmt: skip

    def _of_regions(
        self,
        table: str,
        columns: Sequence[str],
        wanted: list[Wanted],
        units: str,
        period: Periods,
        within: str | None,
        order: Sequence[str],
    ) -> pl.DataFrame:
        """Rows of a table about regions and the units in them; `units` with or without vintage."""
        selection = self.places.selection(None, within)
        kind, _, vintage = units.strip().partition("/")
        besides: dict[str, Having] = {}
        if vintage:
            wanted.append(_exactly("units", "level of units", f"{kind}/{vintage}"))
        else:
            self._require_units(table, wanted[0], kind)
            besides["units"] = Beginning(f"{kind}/")
        return self._rows(table, columns, selection, wanted, period, besides, order)

    def _rows(
        self,
        table: str,
        columns: Sequence[str],
        selection: Selection,
        wanted: Sequence[Wanted],
        period: Periods,
        besides: Mapping[str, Having],
        order: Sequence[str],
        value: str = "value",
    ) -> pl.DataFrame:
        """The rows that fulfil everything, with the names of their areas.

        Raises InputError for what is wanted and not in the table at all.
        """
        periods = asked(period)
        rows = Rows(
            selection,
            {**{one.column: one.values for one in wanted}, **besides, "period": periods},
            {**{one.column: one.named for one in wanted}, "period": periods or []},
            newest=value if period == LATEST else None,
        )
        parted = next((one.column for one in wanted if one.column == "grouping"), None)
        found, complete = self.reader.answer(
            f"{table}.parquet", rows, columns[2:], order, key=columns[0], part=parted
        )
        if not complete:
            self._explain(table, wanted, periods or [])
        return found

    def _explain(self, table: str, wanted: Sequence[Wanted], periods: Sequence[str]) -> None:
        """Raise InputError for the first that the table has not, given those before it."""
        where = f"the release {self.places.release}"
        given: list[tuple[str, tuple[str, ...]]] = []
        for one in wanted:
            there = self._there(table, one.column, given)
            for value in one.named:
                if value not in there:
                    raise unknown(one.what, value, there, where)
            given.append((one.column, tuple(one.values)))
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
        there = self._there(table, "units", [("grouping", tuple(grouping.values))])
        if there and not any(units.startswith(f"{kind}/") for units in there):
            raise InputError(
                f'There are no indices on the units "{kind}" in the release '
                f"{self.places.release}. There are on {listed(there)}"
            )

    def _there(
        self, table: str, column: str, given: Sequence[tuple[str, tuple[str, ...]]]
    ) -> Sequence[str]:
        return self.reader.there(f"{table}.parquet", column, tuple(given))


def _indices(asked: Sequence[str]) -> Wanted:
    """The indices that are asked for by name or family."""
    from samsyn.measure.catalogue import INDICES as KNOWN
    from samsyn.measure.catalogue import find

    every = dict.fromkeys(found.name for one in asked for found in find(one))
    return Wanted("index", "index", list(every), [one for one in asked if one in KNOWN])
