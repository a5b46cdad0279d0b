"""Indices of a release against plain loops, and what is promised of rows, seeds and gaps."""

from __future__ import annotations

from math import exp, hypot, log, sqrt

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from samsyn.statistics.derive import derive_indices
from samsyn.statistics.release.schema import INDICES
from tests.statistics.derive import county

PLACES = county.areas()
BORDERS = county.neighbours(PLACES)
LEVELS = {"deso": ("municipality", "county", "country"), "municipality": ("county", "country")}


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return county.counts(county.BACKGROUND, PLACES)


@pytest.fixture(scope="module")
def found(people: pl.DataFrame) -> pl.DataFrame:
    return derive_indices(county.BACKGROUND, people, PLACES, BORDERS)


@pytest.fixture(scope="module")
def income() -> pl.DataFrame:
    table = county.counts(county.INCOME, PLACES, seed=11)
    return derive_indices(county.INCOME, table, PLACES, BORDERS)


def of(frame: pl.DataFrame, **where: str | None) -> dict[tuple[str, str], float]:
    """Values by region and period."""
    for name, value in where.items():
        frame = frame.filter(pl.col(name).is_null() if value is None else pl.col(name) == value)
    return {(region, p): v for region, p, v in frame.select("region", "period", "value").rows()}


def dissimilarity(units: list[list[float]], g: int, h: int | None = None) -> float:
    mine = [cells[g] for cells in units]
    rest = [sum(cells) - cells[g] if h is None else cells[h] for cells in units]
    return sum(abs(x / sum(mine) - y / sum(rest)) for x, y in zip(mine, rest, strict=True)) / 2


def isolation(units: list[list[float]], g: int) -> float:
    whole = sum(cells[g] for cells in units)
    return sum(cells[g] / whole * cells[g] / sum(cells) for cells in units)


def information(units: list[list[float]]) -> float:
    everyone = sum(map(sum, units))
    groups = [sum(cells[g] for cells in units) / everyone for g in range(len(units[0]))]
    return sum(
        x / everyone * log(x / sum(cells) / groups[g])
        for cells in units
        for g, x in enumerate(cells)
        if x > 0
    )


@pytest.mark.parametrize("kind", ["deso", "regso", "municipality"])
def test_values_are_those_of_plain_loops(
    people: pl.DataFrame, found: pl.DataFrame, kind: str
) -> None:
    vintage = {"deso": "deso/2018", "regso": "regso/2020"}.get(kind, "municipality/2025")
    here = found.filter(units=vintage)
    d = of(here, index="dissimilarity", group="foreign", against=None)
    m = of(here, index="mutual_information", group=None)
    p = of(here, index="isolation", group="swedish", against=None)
    expected_d, expected_m, expected_p = {}, {}, {}
    for period in county.PERIODS:
        units = county.units_of(people, county.BACKGROUND, kind, period)
        for level in LEVELS.get(kind, LEVELS["deso"]):
            for region, cells in county.regions_of(units, level):
                single = len(cells) < 2
                key = (region, period)
                expected_d[key] = None if single else pytest.approx(dissimilarity(cells, 1))
                expected_m[key] = None if single else pytest.approx(information(cells))
                expected_p[key] = None if single else pytest.approx(isolation(cells, 0))
    assert d == expected_d
    assert m == expected_m
    assert p == expected_p


def test_a_region_of_a_single_unit_has_no_value(found: pl.DataFrame) -> None:
    # Municipality 9103 has one RegSO, and it has four DeSO.
    alone = found.filter(region="municipality/2025/9103", units="regso/2020")
    assert alone.height
    assert alone["value"].null_count() == alone.height
    assert (alone["lower"].null_count(), alone["expected"].null_count()) == (alone.height,) * 2
    apart = found.filter(region="municipality/2025/9103", units="deso/2018")
    assert apart.filter(index="dissimilarity")["value"].null_count() == 0


def test_the_groups_that_are_set_against_each_other_are_compared(income: pl.DataFrame) -> None:
    table = county.counts(county.INCOME, PLACES, seed=11)
    units = county.units_of(table, county.INCOME, "deso", "2022")
    here = income.filter(units="deso/2018")
    for group, against, g, h in (("low", "high", 0, 2), ("high", "low", 2, 0)):
        values = of(here, index="dissimilarity", group=group, against=against)
        for region, cells in county.regions_of(units, "county"):
            assert values[region, "2022"] == pytest.approx(dissimilarity(cells, g, h))
    against_others = of(here, index="dissimilarity", group="low", against=None)
    assert against_others[county.COUNTRY, "2022"] != pytest.approx(
        of(here, index="dissimilarity", group="low", against="high")[county.COUNTRY, "2022"]
    )


def test_ordered_groups_have_indices_of_order_and_others_have_not(
    found: pl.DataFrame, income: pl.DataFrame
) -> None:
    assert "rank_order_theil" in income["index"]
    assert "rank_order_theil" not in found["index"]


def test_spatial_indices_where_places_are_known(people: pl.DataFrame, found: pl.DataFrame) -> None:
    """Spatial proximity from the formula, pair by pair, with nearness exp(-d / 1 km)."""
    places = {
        area: (x, y, land)
        for area, x, y, land in PLACES.filter(kind="deso")
        .select("area", "x", "y", "land_area")
        .rows()
    }
    units = county.units_of(people, county.BACKGROUND, "deso", "2022")
    inside = {a: c for a, c in units.items() if a.startswith("deso/2018/9101")}

    def near(a: str, b: str) -> float:
        (ax, ay, land), (bx, by, _) = places[a], places[b]
        return exp(-(sqrt(0.6 * land) if a == b else hypot(ax - bx, ay - by)) / 1000.0)

    def mean(pick: dict[str, float]) -> float:
        whole = sum(pick.values())
        return sum(near(a, b) * pick[a] * pick[b] for a in pick for b in pick) / whole**2

    x = {a: c[1] for a, c in inside.items()}
    y = {a: c[0] for a, c in inside.items()}
    t = {a: sum(c) for a, c in inside.items()}
    expected = (sum(x.values()) * mean(x) + sum(y.values()) * mean(y)) / (sum(t.values()) * mean(t))
    values = of(found, units="deso/2018", index="spatial_proximity", group="foreign")
    assert values["municipality/2025/9101", "2022"] == pytest.approx(expected)
    for index in (
        "delta",
        "absolute_centralisation",
        "boundary_dissimilarity",
        "global_distortion",
    ):
        assert found.filter(units="deso/2018", index=index)["value"].is_not_null().any()
    # There are no borders between RegSO in the table of neighbours.
    assert not found.filter(units="regso/2020", index="boundary_dissimilarity").height


def test_a_unit_without_a_place_takes_spatial_indices_from_its_regions_only(
    people: pl.DataFrame,
) -> None:
    lost = PLACES.with_columns(
        x=pl.when(pl.col("area") != "deso/2018/9101C0001").then("x"),
    )
    found = derive_indices(county.BACKGROUND, people, lost, BORDERS)
    regions = (
        found.filter(units="deso/2018", index="spatial_proximity")["region"].unique().to_list()
    )
    assert sorted(regions) == [
        "county/2025/92",
        *(f"municipality/2025/{code}" for code in ("9102", "9103", "9201", "9202")),
    ]
    assert county.COUNTRY in found.filter(units="deso/2018", index="delta")["region"]


def test_intervals_and_chance_go_with_the_values(found: pl.DataFrame) -> None:
    drawn = found.filter(index="dissimilarity", group="foreign").drop_nulls("value")
    assert drawn["lower"].null_count() == 0
    assert (drawn["lower"] < drawn["upper"]).all()
    # Some 1,500 people in each unit: chance is a few hundredths, the interval about as wide.
    assert drawn["expected"].is_between(0.0, 0.06).all()
    assert ((drawn["upper"] - drawn["lower"]) < 0.1).all()
    whole = (drawn["value"] - drawn["expected"]) / (1 - drawn["expected"])
    assert (whole - drawn["corrected"]).abs().max() < 1e-12  # type: ignore[operator]
    modified = of(found, index="modified_dissimilarity", group="foreign", units="deso/2018")
    for key, value in modified.items():
        row = drawn.filter(units="deso/2018", region=key[0], period=key[1])
        assert value == row["corrected"][0]


def test_divergence_is_mutual_information_and_two_groups_mirror_each_other(
    found: pl.DataFrame,
) -> None:
    assert of(found, units="deso/2018", index="divergence") == of(
        found, units="deso/2018", index="mutual_information"
    )
    one = of(found, units="deso/2018", index="dissimilarity", group="foreign")
    other = of(found, units="deso/2018", index="dissimilarity", group="swedish")
    assert one == pytest.approx(other)


def test_the_order_of_rows_makes_no_difference(people: pl.DataFrame, found: pl.DataFrame) -> None:
    shuffled = derive_indices(
        county.BACKGROUND,
        people.sample(fraction=1.0, shuffle=True, seed=3),
        PLACES.sample(fraction=1.0, shuffle=True, seed=4),
        BORDERS.sample(fraction=1.0, shuffle=True, seed=5),
    )
    assert_frame_equal(shuffled, found, check_exact=True)


def test_the_seed_moves_what_is_drawn_and_nothing_else(
    people: pl.DataFrame, found: pl.DataFrame
) -> None:
    other = derive_indices(county.BACKGROUND, people, PLACES, BORDERS, seed=2)
    fixed = pl.col("index").is_in(["dissimilarity", "theil_h", "spatial_proximity"])
    assert_frame_equal(
        other.filter(fixed).select("value"), found.filter(fixed).select("value"), check_exact=True
    )
    assert not other.filter(fixed)["lower"].equals(found.filter(fixed)["lower"])


def test_a_later_period_leaves_the_earlier_as_it_was(
    people: pl.DataFrame, found: pl.DataFrame
) -> None:
    earlier = derive_indices(county.BACKGROUND, people.filter(period="2021"), PLACES, BORDERS)
    assert_frame_equal(earlier, found.filter(period="2021"), check_exact=True)


def test_splitting_a_unit_in_proportion_changes_no_evenness(
    people: pl.DataFrame, found: pl.DataFrame
) -> None:
    """A DeSO cut into two of the same composition: D and M stay (their chance does not)."""
    old, new = "deso/2018/9101C0001", "deso/2018/9101C9999"
    half = people.filter(pl.col("area") == old).with_columns(pl.col("count") / 2)
    cut = pl.concat(
        [people.filter(pl.col("area") != old), half, half.with_columns(area=pl.lit(new))]
    )
    twin = PLACES.filter(pl.col("area") == old).with_columns(area=pl.lit(new))
    again = derive_indices(county.BACKGROUND, cut, pl.concat([PLACES, twin]))
    for index in ("dissimilarity", "mutual_information", "gini"):
        before = of(found, units="deso/2018", index=index)
        assert of(again, units="deso/2018", index=index) == pytest.approx(before)


def secret(people: pl.DataFrame, *units: str) -> pl.DataFrame:
    """The same with one group of some DeSO held back."""
    deso = people.filter(pl.col("area").str.starts_with("deso/")).with_columns(
        count=pl.when(~(pl.col("area").is_in(units) & (pl.col("group") == "foreign"))).then("count")
    )
    return county.completed(county.BACKGROUND, deso, PLACES)


def test_a_region_of_which_too_little_is_known_has_no_value(people: pl.DataFrame) -> None:
    """One of nine DeSO is too many; of the thirty of the country it is not."""
    held = secret(people, "deso/2018/9101C0001")
    found = derive_indices(county.BACKGROUND, held, PLACES)
    d = of(found, units="deso/2018", index="dissimilarity", group="foreign")
    assert d["municipality/2025/9101", "2022"] is None
    assert d["county/2025/91", "2022"] is None
    units = county.units_of(people, county.BACKGROUND, "deso", "2022")
    del units["deso/2018/9101C0001"]
    (whole,) = (cells for _, cells in county.regions_of(units, "country"))
    assert d[county.COUNTRY, "2022"] == pytest.approx(dissimilarity(whole, 1))
    assert d["municipality/2025/9102", "2022"] is not None
    # A RegSO whose sum is not known is one of eleven: more than a twentieth.
    assert (
        of(found, units="regso/2020", index="gini", group="foreign")[county.COUNTRY, "2022"] is None
    )


def test_a_missing_row_is_as_unknown_as_an_empty_one(people: pl.DataFrame) -> None:
    gone = (pl.col("area") == "deso/2018/9101C0001") & (pl.col("group") == "foreign")
    dropped = derive_indices(county.BACKGROUND, people.filter(~gone), PLACES)
    held = derive_indices(
        county.BACKGROUND, people.with_columns(count=pl.when(~gone).then("count")), PLACES
    )
    assert_frame_equal(dropped, held, check_exact=True)


def test_an_absent_group_has_no_value_and_not_0(people: pl.DataFrame) -> None:
    here = pl.col("area").str.contains("/9102") & (pl.col("group") == "foreign")
    deso = people.filter(pl.col("area").str.starts_with("deso/")).with_columns(
        count=pl.when(here).then(0.0).otherwise("count")
    )
    table = county.completed(county.BACKGROUND, deso, PLACES)
    found = derive_indices(county.BACKGROUND, table, PLACES)
    place = found.filter(region="municipality/2025/9102", units="deso/2018")
    assert place.filter(index="dissimilarity")["value"].null_count() == 4
    assert place.filter(index="entropy")["value"].to_list() == [0.0, 0.0]


def test_counts_of_sexes_and_ages_are_left_out(people: pl.DataFrame, found: pl.DataFrame) -> None:
    women = people.with_columns(sex=pl.lit("women"), count=pl.col("count") * 0.4)
    young = people.with_columns(age=pl.lit("0-19"), count=pl.col("count") * 0.2)
    mixed = pl.concat([women, people, young])
    again = derive_indices(county.BACKGROUND, mixed, PLACES, BORDERS)
    assert_frame_equal(again, found, check_exact=True)


def test_unknown_tenure_is_no_part_of_the_composition() -> None:
    table = county.counts(county.TENURE, PLACES)
    with_unknown = derive_indices(county.TENURE, table, PLACES)
    without = derive_indices(county.TENURE, table.filter(pl.col("group") != "unknown"), PLACES)
    assert_frame_equal(with_unknown, without, check_exact=True)
    assert set(with_unknown["group"].drop_nulls()) == set(county.TENURE.groups)


def test_a_grouping_of_one_group_and_a_folder_without_units_have_no_indices(
    people: pl.DataFrame,
) -> None:
    one = county.counts(county.EVERYONE, PLACES)
    assert derive_indices(county.EVERYONE, one, PLACES).schema == pl.Schema(INDICES)
    only_country = people.filter(pl.col("area") == county.COUNTRY)
    assert not derive_indices(county.BACKGROUND, only_country, PLACES).height
    assert not derive_indices(county.BACKGROUND, people.clear(), PLACES).height


def test_units_far_from_each_other_have_no_nearness(people: pl.DataFrame) -> None:
    """100 km apart nobody is near anybody at a scale of 1 km: no clustering, all else stays."""
    apart = PLACES.with_columns(pl.col("x", "y") * 100.0)
    found = derive_indices(county.BACKGROUND, people, apart, BORDERS)
    assert not found.filter(index="spatial_proximity").height
    assert found.filter(index="delta").height


def test_progress_goes_from_0_to_1(people: pl.DataFrame) -> None:
    told: list[tuple[float, str]] = []
    derive_indices(
        county.BACKGROUND, people, PLACES, progress=lambda share, what: told.append((share, what))
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert {what for _, what in told} >= {"deso/2018", "regso/2020", "municipality/2025"}
