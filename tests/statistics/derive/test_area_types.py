"""The socioeconomic index and area types of made-up areas."""

from __future__ import annotations

from statistics import fmean, pstdev

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from samsyn.statistics.derive import agreement, area_types, disagreements, socioeconomic_index
from samsyn.statistics.release.schema import AREA_TYPES, AREAS, OBSERVATIONS
from tests.statistics.derive import county

NAMES = ("low_economic_standard_share", "pre_upper_secondary_share", "unemployment_rate")
TRUE_THIRD = "long_term_assistance_or_unemployment_share"
NUMBER = 60


def places(number: int = NUMBER) -> pl.DataFrame:
    keys = [(f"regso/2020/9101R{i:03}", "regso", "2020") for i in range(number)]
    keys += [("deso/2018/9101C0001", "deso", "2018")]
    frame = pl.DataFrame(keys, ["area", "kind", "vintage"], orient="row")
    lacking = [pl.lit(None, kind).alias(n) for n, kind in AREAS.items() if n not in frame.columns]
    return frame.with_columns(lacking).select(list(AREAS))


def components(number: int = NUMBER, people: int = 3000) -> dict[str, dict[str, float]]:
    """Three shares of each area, far apart in the first areas and alike in the others."""
    rng = np.random.default_rng(2)
    level = rng.gamma(2.0, 0.05, number)
    shares = np.clip(level[:, None] + rng.normal(0.05, 0.01, (number, 3)), 0.001, 0.9)
    numerators = np.rint(shares * people)
    return {
        name: {f"regso/2020/9101R{i:03}": float(numerators[i, c]) for i in range(number)}
        for c, name in enumerate(NAMES)
    }


def told(numerators: dict[str, dict[str, float]], people: int = 3000) -> pl.DataFrame:
    return county.observations(
        [
            (name, area, count / people, count, float(people))
            for name, areas in numerators.items()
            for area, count in areas.items()
        ]
    )


def test_index_z_and_type_by_plain_loops() -> None:
    numerators = components()
    found = area_types(told(numerators), places())
    assert found.schema == pl.Schema(AREA_TYPES)
    index = {
        area: sum(numerators[name][area] for name in NAMES) / 3 / 3000
        for area in numerators[NAMES[0]]
    }
    middle, spread = fmean(index.values()), pstdev(index.values())
    assert found["area"].to_list() == sorted(index)
    for row in found.iter_rows(named=True):
        z = (index[row["area"]] - middle) / spread
        kind = 1 if z >= 2 else 2 if z >= 1 else 3 if z >= 0 else 4 if z >= -1 else 5
        assert row["index"] == pytest.approx(index[row["area"]])
        assert row["z"] == pytest.approx(z)
        assert row["computed"] == kind
        assert row["third_component"] == "unemployment_rate"
    assert set(found["computed"]) == {1, 2, 3, 4, 5}


def test_an_area_near_a_limit_is_uncertain_and_one_far_from_it_is_not() -> None:
    found = area_types(told(components()), places())
    near = (pl.col("z") - pl.col("z").round()).abs()
    inner = found.filter(pl.col("z") < 2)
    assert inner.filter(near < 0.02)["uncertain"].all()
    many = {name: {a: n * 1000 for a, n in areas.items()} for name, areas in components().items()}
    sure = area_types(told(many, people=3_000_000), places())
    assert sure["uncertain"].mean() < found["uncertain"].mean()  # type: ignore[operator]
    assert not sure.filter(near > 0.05)["uncertain"].any()


def test_the_true_third_component_is_used_where_it_is_published() -> None:
    numerators = components()
    doubled = {area: n * 2 for area, n in numerators[NAMES[2]].items()}
    both = told(numerators | {TRUE_THIRD: doubled})
    found = area_types(both, places())
    assert set(found["third_component"]) == {TRUE_THIRD}
    area = found["area"][0]
    assert found["third"][0] == pytest.approx(doubled[area] / 3000)
    # In a period that lacks it, the unemployed share stands in.
    later = told(numerators).with_columns(period=pl.lit("2023"))
    mixed = area_types(pl.concat([both, later]), places())
    assert mixed.filter(period="2023")["third_component"].unique().to_list() == [
        "unemployment_rate"
    ]


def test_a_missing_component_makes_the_index_missing() -> None:
    area = "regso/2020/9101R007"
    lacking = told(components()).with_columns(
        value=pl.when((pl.col("area") != area) | (pl.col("indicator") != NAMES[1])).then("value")
    )
    row = area_types(lacking, places()).filter(area=area).row(0, named=True)
    assert [row[name] for name in ("index", "z", "computed", "uncertain")] == [None] * 4
    assert row["low_economic_standard"] is not None
    seen = socioeconomic_index(lacking, places()).filter(area=area).row(0, named=True)
    assert (seen["value"], seen["status"]) == (None, "missing")
    # Without the component anywhere there are no types, rather than a table of nothing.
    assert not area_types(told(components()).filter(indicator=NAMES[0]), places()).height


def test_without_people_behind_a_component_the_type_stands_and_nothing_is_said_of_chance() -> None:
    bare = told(components()).with_columns(
        numerator=pl.lit(None, pl.Float64), denominator=pl.lit(None, pl.Float64)
    )
    found = area_types(bare, places())
    assert found["computed"].null_count() == 0
    assert found["uncertain"].null_count() == found.height


def test_few_areas_have_an_index_and_no_types() -> None:
    found = area_types(told(components(12)), places(12))
    assert found["index"].null_count() == 0
    assert found["computed"].null_count() == found.height == 12
    alike = told({name: dict.fromkeys(a, 300.0) for name, a in components().items()})
    assert area_types(alike, places())["computed"].null_count() == NUMBER


def test_the_index_is_told_of_deso_too_and_the_type_is_not() -> None:
    numerators = components()
    for name in NAMES:
        numerators[name]["deso/2018/9101C0001"] = 300.0
    index = socioeconomic_index(told(numerators), places())
    assert index.schema == pl.Schema(OBSERVATIONS)
    row = index.filter(area="deso/2018/9101C0001").row(0, named=True)
    assert row["value"] == pytest.approx(0.1)
    assert (row["indicator"], row["method"], row["status"]) == (
        "socioeconomic_index",
        "computed",
        "ok",
    )
    types = area_types(told(numerators), places())
    assert "deso/2018/9101C0001" not in types["area"]
    assert_frame_equal(types, area_types(told(components()), places()))


def test_published_types_stand_beside_and_the_differences_are_listed() -> None:
    found = area_types(told(components()), places())
    # The publisher has every area as computed but three: two next door and one far away.
    changed = {found["area"][0]: 1, found["area"][1]: 1, found["area"][2]: 4}
    published = {
        row["area"]: float(
            row["computed"] + (changed[row["area"]] if row["computed"] <= 4 else -1)
            if row["area"] in changed
            else row["computed"]
        )
        for row in found.iter_rows(named=True)
    }
    published = {area: min(5.0, max(1.0, kind)) for area, kind in published.items()}
    beside = county.observations([("area_type", a, k, None, None) for a, k in published.items()])
    types = area_types(pl.concat([told(components()), beside]), places())
    assert dict(types.select("area", "published").rows()) == published
    apart = [a for a, c in found.select("area", "computed").rows() if published[a] != c]
    summary = agreement(types)
    assert summary is not None
    assert summary.areas == NUMBER
    assert summary.share == pytest.approx(1 - len(apart) / NUMBER)
    assert summary.confusion["areas"].sum() == NUMBER
    listed = disagreements(types)
    assert sorted(listed["area"]) == sorted(apart)
    edges = {1: (2.0, np.inf), 2: (1.0, 2.0), 3: (0.0, 1.0), 4: (-1.0, 0.0), 5: (-np.inf, -1.0)}
    for row in listed.iter_rows(named=True):
        low, high = edges[row["published"]]
        assert row["distance"] == pytest.approx(max(low - row["z"], row["z"] - high))
        assert row["distance"] > 0
    assert agreement(found) is None


def test_the_order_of_rows_makes_no_difference_and_the_seed_only_to_uncertainty() -> None:
    values = told(components())
    found = area_types(values, places())
    shuffled = area_types(values.sample(fraction=1.0, shuffle=True, seed=9), places().reverse())
    assert_frame_equal(shuffled, found, check_exact=True)
    other = area_types(values, places(), seed=2)
    assert_frame_equal(other.drop("uncertain"), found.drop("uncertain"), check_exact=True)
