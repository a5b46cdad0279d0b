"""Which table a file of a release holds: its columns, what a row is about, and its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from samsyn.statistics.release.schema import (
    COUNTS,
    COUNTS_FOLDER,
    FILES,
    OBSERVATIONS,
    OBSERVATIONS_FOLDER,
    SHAPES,
    SHAPES_FOLDER,
)


@dataclass(frozen=True)
class Table:
    """A table of a release.

    `key` says what a row is about: no two rows have the same. `order` is what the file is sorted
    by, by code point.
    """

    name: str
    columns: Mapping[str, pl.DataType | type[pl.DataType]]
    key: tuple[str, ...]
    order: tuple[str, ...]


TABLES: Final = {
    table.name: table
    for table in (
        Table("areas", FILES["areas"], ("area",), ("area",)),
        Table("members", FILES["members"], ("area", "member"), ("area",)),
        Table("neighbours", FILES["neighbours"], ("area", "neighbour"), ("area",)),
        Table("crosswalk", FILES["crosswalk"], ("area", "target"), ("area",)),
        Table(
            "indices",
            FILES["indices"],
            ("grouping", "units", "level", "region", "period", "index", "group", "against"),
            ("grouping", "units"),
        ),
        Table(
            "decomposition",
            FILES["decomposition"],
            ("grouping", "units", "region", "period", "index", "between", "within"),
            ("grouping", "units"),
        ),
        Table("area_types", FILES["area_types"], ("area", "period"), ("area", "period")),
        Table(
            "quotients",
            FILES["quotients"],
            ("grouping", "area", "period", "group", "region"),
            ("grouping", "area"),
        ),
        Table("coverage", FILES["coverage"], ("subject", "kind", "vintage", "period"), ()),
        Table("findings", FILES["findings"], (), ()),
        Table(
            COUNTS_FOLDER,
            COUNTS,
            ("grouping", "area", "period", "group", "sex", "age"),
            ("grouping", "area", "period"),
        ),
        Table(
            OBSERVATIONS_FOLDER,
            OBSERVATIONS,
            ("indicator", "area", "period", "sex", "age"),
            ("indicator", "area", "period"),
        ),
        Table(SHAPES_FOLDER, SHAPES, ("area",), ("area",)),
    )
}
FOLDERS: Final = (COUNTS_FOLDER, OBSERVATIONS_FOLDER, SHAPES_FOLDER)
# Users' own indicators, where a release has any: what is beside its tables.
DEFINITIONS: Final = "indicators.json"
REQUIRED: Final = tuple(f"{name}.parquet" for name in FILES)


def table_of(file: str) -> Table | None:
    """The table that a file holds, by its path in the release; None where it holds none."""
    if not file.endswith(".parquet"):
        return None
    folder, _, name = file.removesuffix(".parquet").rpartition("/")
    if folder:
        return TABLES[folder] if folder in FOLDERS else None
    return TABLES.get(name) if name not in FOLDERS else None
