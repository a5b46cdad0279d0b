"""Which places are similar, against plain loops over what the release answers."""

from __future__ import annotations

from math import log
from pathlib import Path

import polars as pl
import pytest

from samsyn.measure import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.query.municipality_types import (
    MEAN,
    TOGETHER,
    municipalities_of,
    type_values,
)
from samsyn.statistics.query.similar import DENSITY, POPULATION, WEIGHTS, traits
from samsyn.statistics.release.store import Store
from tests.measure.oracles import similarity as oracle
from tests.statistics.query import small

VATTSTAD = "municipality/9901"


def values_of(release: Release, trait, places) -> list[float | None]:
    """What is compared, one value at a time."""
    name = POPULATION if trait.id == DENSITY else trait.id
    found = []
    for place in places:
        rows = release.values(name, areas=[place], period=trait.period)
        value = rows["value"][0] if rows.height else None
        if value is not None and trait.id == DENSITY:
            value /= release.area(place).land_area / 1e6
        found.append(None if value is None else log(value) if trait.by_factors else value)
    return found


def test_distances_and_their_parts_are_those_of_plain_loops(demo: Release):
    found = demo.similar(VATTSTAD)
    assert {trait.id: trait.weight for trait in found.traits} == WEIGHTS
    places = demo.areas("municipality").sort("area")["area"].to_list()
    own = places.index(demo.area(VATTSTAD).area)
    columns = [values_of(demo, trait, places) for trait in found.traits]
    weights = [trait.weight for trait in found.traits]
    assert found.number == len(places) - 1 == found.places.height
    for row in found.places.iter_rows(named=True):
        at = places.index(row["area"])
        distance, parts, known = oracle.distance(columns, weights, own, at)
        assert row["distance"] == pytest.approx(distance, abs=1e-9)
        assert row["known"] == pytest.approx(known)
        told = found.parts.filter(area=row["area"])
        assert told["trait"].to_list() == [trait.id for trait in found.traits]
        assert told["contribution"].to_list() == pytest.approx(parts)
    assert found.places["distance"].is_sorted()
    assert demo.area(VATTSTAD).area not in found.places["area"]


def test_similarity_goes_both_ways(demo: Release):
    nearest = demo.similar(VATTSTAD, limit=1).places.row(0, named=True)
    back = demo.similar(nearest["area"]).places.filter(area=demo.area(VATTSTAD).area)
    assert back["distance"][0] == pytest.approx(nearest["distance"])


def test_only_what_is_weighed_counts_and_places_alike_share_a_rank(demo: Release):
    found = demo.similar(VATTSTAD, {"rental_share": 3, POPULATION: 0})
    assert [trait.id for trait in found.traits] == ["rental_share"]
    assert POPULATION in [trait.id for trait in found.others]
    assert set(found.parts["contribution"]) == {1.0}
    for row in found.places.iter_rows(named=True):
        nearer = found.places.filter(found.places["distance"] < row["distance"]).height
        assert row["rank"] == nearer + 1


def test_there_are_as_many_as_asked_for(demo: Release):
    found = demo.similar(VATTSTAD, limit=3)
    assert found.places.height == 3
    assert found.parts.height == 3 * len(found.traits)
    assert found.places.equals(demo.similar(VATTSTAD).places.head(3))


def test_smaller_areas_are_compared_with_their_own_kind(demo: Release):
    area = demo.areas("regso").filter(vintage="2020")["area"][0]
    found = demo.similar(area, limit=5)
    assert all(key.startswith("regso/2020/") for key in found.places["area"])


def test_what_cannot_be_weighed_is_told(demo: Release):
    with pytest.raises(InputError, match="population"):
        demo.similar(VATTSTAD, {"populaton": 1})
    with pytest.raises(InputError, match="weight"):
        demo.similar(VATTSTAD, {POPULATION: 0})
    with pytest.raises(InputError, match="too few areas"):
        demo.similar("county/99")
    assert traits(demo, "county/2025") == ()


def test_a_trait_that_a_place_lacks_is_left_out_and_told(tmp_path: Path):
    # One of four RegSO has no figure of employment.
    covered = small.coverage().with_columns(known=pl.lit(3, pl.UInt32))
    release = Release(small.build(Store(tmp_path / "store"), "lacking", coverage=covered))
    with pytest.raises(InputError, match="weight"):
        release.similar("regso/2020/1488R003", {"employment_rate": 1})
    found = release.similar("regso/2020/1488R001", {"employment_rate": 1})
    assert found.unknown == 1
    # The share rises by as much from each area to the next in the order of their keys: a tie.
    assert found.places["area"].to_list() == ["regso/2020/0114R001", "regso/2020/1488R002"]
    assert found.places["rank"].to_list() == [1, 1]


def test_a_type_is_all_its_people_together(demo: Release):
    places = municipalities_of(demo, "C6")["area"].to_list()
    assert len(places) > 1
    values = demo.values("rental_share", areas=places)
    found = type_values(values, len(places))
    for row in found.iter_rows(named=True):
        rows = values.filter(period=row["period"])
        top = sum(rows["numerator"].to_list())
        base = sum(rows["denominator"].to_list())
        assert row["value"] == pytest.approx(top / base)
        assert (row["how"], row["known"], row["number"]) == (TOGETHER, len(places), len(places))


def test_what_has_no_sum_is_the_mean_of_the_municipalities(demo: Release):
    places = municipalities_of(demo, "C6")["area"].to_list()
    values = demo.values("median_net_income", areas=places)
    found = type_values(values, len(places))
    assert set(found["how"]) == {MEAN}
    row = found.row(-1, named=True)
    there = values.filter(period=row["period"])["value"].drop_nulls().to_list()
    assert row["value"] == pytest.approx(sum(there) / len(there))
    # Of a type of three times as many municipalities this is too little.
    assert type_values(values, 3 * len(places))["value"].null_count() == found.height


def test_a_type_that_there_is_not_has_no_municipalities(demo: Release):
    assert municipalities_of(demo, "Z9").is_empty()
