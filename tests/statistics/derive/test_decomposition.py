"""Nested decomposition: parts by plain loops, and that they add up."""

from __future__ import annotations

from collections import defaultdict
from math import log

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from samsyn.statistics.derive import decompose, derive_indices
from samsyn.statistics.release.schema import DECOMPOSITION
from tests.statistics.derive import county

PLACES = county.areas()
TABLE = county.counts(county.INCOME, PLACES, seed=5)


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    return decompose(county.INCOME, TABLE, PLACES)


def entropy(cells: list[float]) -> float:
    whole = sum(cells)
    return -sum(x / whole * log(x / whole) for x in cells if x > 0)


def between(cells: dict[str, list[float]], home: dict[str, str]) -> float:
    """Mean diversity of the larger cells less that of the smaller, weighted by people."""
    larger: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for area, people in cells.items():
        larger[home[area]] = [a + b for a, b in zip(larger[home[area]], people, strict=True)]
    everyone = sum(map(sum, cells.values()))

    def mean(parts: list[list[float]]) -> float:
        return sum(sum(part) / everyone * entropy(part) for part in parts)

    return mean(list(larger.values())) - mean(list(cells.values()))


def test_parts_are_those_of_plain_loops(found: pl.DataFrame) -> None:
    """M of the country on DeSO: every step is what one level of areas differs from the next."""
    parent = dict(PLACES.filter(kind="deso").select("area", "parent").rows())
    here = found.filter(
        units="deso/2018", region=county.COUNTRY, period="2022", index="mutual_information"
    )
    parts = {(b, w): v for b, w, v in here.select("between", "within", "value").rows()}
    levels = {
        kind: county.units_of(TABLE, county.INCOME, kind, "2022")
        for kind in ("deso", "regso", "municipality", "county")
    }
    home = {
        "deso": parent,
        "regso": {a: f"municipality/2025/{a.split('/')[2][:4]}" for a in levels["regso"]},
        "municipality": {a: f"county/2025/{a.split('/')[2][:2]}" for a in levels["municipality"]},
        "county": dict.fromkeys(levels["county"], county.COUNTRY),
    }
    steps = [("county", "country"), ("municipality", "county"), ("regso", "municipality")]
    steps.append(("deso", "regso"))
    assert parts == {
        (kind, above): pytest.approx(between(levels[kind], home[kind])) for kind, above in steps
    }


def test_parts_add_up_to_the_index_in_every_region(found: pl.DataFrame) -> None:
    indices = derive_indices(county.INCOME, TABLE, PLACES, replicates=2)
    sums = found.group_by("units", "region", "period", "index").agg(
        pl.col("value").sum().alias("parts"), pl.col("share").sum()
    )
    both = indices.filter(pl.col("index").is_in(["mutual_information", "multigroup_theil_h"])).join(
        sums, on=["units", "region", "period", "index"], how="left"
    )
    known = both.drop_nulls("value")
    assert known.height == sums.height
    assert (known["value"] - known["parts"]).abs().max() < 1e-12  # type: ignore[operator]
    assert (known["share"] - 1.0).abs().max() < 1e-9  # type: ignore[operator]
    assert set(known["region"].str.split("/").list.first()) == {"country", "county", "municipality"}


def test_without_regso_the_deso_lie_in_their_municipality(found: pl.DataFrame) -> None:
    lost = PLACES.with_columns(
        parent=pl.when(pl.col("area") != "deso/2018/9101C0001").then("parent")
    )
    here = decompose(county.INCOME, TABLE, lost).filter(units="deso/2018", region=county.COUNTRY)
    assert set(here.select("between", "within").rows()) == {
        ("county", "country"), ("municipality", "county"), ("deso", "municipality")
    }  # fmt: skip
    whole = found.filter(units="deso/2018", region=county.COUNTRY)
    assert here.filter(index="multigroup_theil_h")["value"].sum() == pytest.approx(
        whole.filter(index="multigroup_theil_h")["value"].sum()
    )


def test_no_difference_to_divide_has_no_shares() -> None:
    even = TABLE.with_columns(count=pl.lit(100.0))
    found = decompose(county.INCOME, even, PLACES)
    assert found["value"].max() == pytest.approx(0.0, abs=1e-12)
    assert found["share"].null_count() == found.height > 0


def test_the_order_of_rows_makes_no_difference(found: pl.DataFrame) -> None:
    again = decompose(
        county.INCOME,
        TABLE.sample(fraction=1.0, shuffle=True, seed=1),
        PLACES.sample(fraction=1.0, shuffle=True, seed=2),
    )
    assert_frame_equal(again, found, check_exact=True)


def test_one_group_has_nothing_to_take_apart() -> None:
    everyone = county.counts(county.EVERYONE, PLACES)
    found = decompose(county.EVERYONE, everyone, PLACES)
    assert found.schema == pl.Schema(DECOMPOSITION)
    assert not found.height
