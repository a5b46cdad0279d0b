"""The table of a place's areas and its maps."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from samsyn.publish.situation import Choice
from samsyn.publish.situation.areas import parts_table
from samsyn.publish.situation.material import Material, material
from samsyn.publish.situation.subject import Subject
from samsyn.statistics.query import Release
from tests.publish.situation.conftest import DAY, Told
from tests.publish.situation.reading import rows

TOWN = "municipality/9901"


@pytest.fixture(scope="module")
def gathered(demo: Release) -> Material:
    return material(Subject(demo, Choice(TOWN, day=DAY), demo.area(TOWN)))


def with_index(gathered: Material, values: list[float | None]) -> Material:
    """As if the areas had these values of the index by which they are ordered, in their order."""
    reading = gathered.readings["socioeconomic_index"]
    index = pl.Series("value", values, pl.Float64)
    parts = reading.parts.sort("area").with_columns(index)
    known = {"socioeconomic_index": replace(reading, parts=parts)}
    return replace(gathered, readings={**gathered.readings, **known})


def test_areas_are_ordered_by_their_index_and_zero_is_a_value(gathered: Material) -> None:
    names = gathered.subject.parts.sort("area")["name"].to_list()
    values: list[float | None] = [float(at - 3) for at in range(len(names))]
    values[5] = None
    table = parts_table(with_index(gathered, values))
    assert table is not None
    shown = [row["Område"] for row in rows(table)]
    known = [name for name, value in zip(names, values, strict=True) if value is not None]
    assert shown == [*reversed(known), names[5]]


def test_no_map_stands_twice(told: Told) -> None:
    for place in ("country/00", "county/99", TOWN):
        maps = [one.name for one in told(place).figures() if one.name.startswith("map-")]
        assert len(maps) == len(set(maps)), place
