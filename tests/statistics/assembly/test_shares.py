"""Indicators from counts."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from samsyn.statistics.assembly.pieces import COUNTS_OF_ONE
from samsyn.statistics.assembly.shares import computed
from samsyn.statistics.indicators.definition import Indicator, indicators


def tenure(**groups: tuple[float | None, str]) -> dict[str, pl.DataFrame]:
    rows = [
        ("deso/2018/0101A0010", "2022", group, "total", "total", count, status, "published", 3)
        for group, (count, status) in groups.items()
    ]
    return {"tenure": pl.DataFrame(rows, schema=COUNTS_OF_ONE, orient="row")}


@pytest.fixture
def rental() -> Indicator:
    return indicators()["rental_share"]


def test_a_share_keeps_its_numerator_and_denominator(rental: Indicator) -> None:
    counts = tenure(rental=(30.0, "ok"), tenant_owned=(10.0, "ok"), owned=(60.0, "ok"))
    row = computed(rental, counts).row(0, named=True)
    assert (row["value"], row["numerator"], row["denominator"]) == (0.3, 30.0, 100.0)
    assert (row["status"], row["method"], row["source"]) == ("ok", "computed", 3)


def test_what_one_part_lacks_the_share_lacks(rental: Indicator) -> None:
    counts = tenure(rental=(30.0, "ok"), tenant_owned=(None, "secret"), owned=(60.0, "ok"))
    row = computed(rental, counts).row(0, named=True)
    assert row["value"] is None
    assert row["status"] == "secret"


def test_a_group_that_is_not_told_of_is_not_0(rental: Indicator) -> None:
    row = computed(rental, tenure(rental=(30.0, "ok"), owned=(60.0, "ok"))).row(0, named=True)
    assert row["value"] is None
    assert row["status"] == "missing"


def test_the_share_of_nobody_does_not_apply(rental: Indicator) -> None:
    counts = tenure(rental=(0.0, "ok"), tenant_owned=(0.0, "ok"), owned=(0.0, "ok"))
    row = computed(rental, counts).row(0, named=True)
    assert row["value"] is None
    assert row["status"] == "not_applicable"


def test_a_count_is_its_own_value(rental: Indicator) -> None:
    dwellings = replace(rental, denominator=())
    row = computed(dwellings, tenure(rental=(30.0, "estimated"))).row(0, named=True)
    assert (row["value"], row["denominator"], row["status"]) == (30.0, None, "estimated")


def test_an_indicator_without_its_counts_has_no_observations(rental: Indicator) -> None:
    assert computed(rental, {}).is_empty()
