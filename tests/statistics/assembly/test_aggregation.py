"""Values of larger areas from those in them."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.statistics.assembly.aggregation import customs, upwards
from samsyn.statistics.assembly.pieces import COUNT_KEY, COUNTS_OF_ONE
from tests.statistics.assembly.places import DESO, TREE, areas, below

VALUE = st.one_of(
    st.tuples(st.integers(0, 900).map(float), st.sampled_from(["ok", "estimated"])),
    st.tuples(st.none(), st.sampled_from(["missing", "secret"])),
)


def counted(values: dict[str, tuple[float | None, str]], method: str = "published") -> pl.DataFrame:
    rows = [
        (area, "2022", "foreign", "total", "total", count, status, method, 0)
        for area, (count, status) in values.items()
    ]
    return pl.DataFrame(rows, schema=COUNTS_OF_ONE, orient="row")


def summed(values: pl.DataFrame) -> dict[str, dict[str, object]]:
    every = upwards(values, areas(), COUNT_KEY, ["count"])
    return {row["area"]: row for row in every.iter_rows(named=True)}


@given(st.fixed_dictionaries(dict.fromkeys(DESO, VALUE)))
def test_a_larger_area_has_the_sum_of_its_parts_or_nothing(
    values: dict[str, tuple[float | None, str]],
) -> None:
    found = summed(counted(values))
    for area in TREE:
        parts = [values[deso] for deso in below(area)]
        row = found[area]
        if any(count is None for count, _ in parts):
            assert row["count"] is None
        else:
            assert row["count"] == sum(count for count, _ in parts if count is not None)
            statuses = {status for _, status in parts}
            assert row["status"] == ("estimated" if "estimated" in statuses else "ok")
        if area not in values:
            estimated = any(status == "estimated" for _, status in parts)
            if row["count"] is not None:
                assert row["method"] == ("weighted" if estimated else "aggregated")
            else:
                assert row["status"] == "missing"


def test_an_area_that_is_not_told_of_is_as_one_that_is_missing() -> None:
    found = summed(counted(dict.fromkeys(DESO[1:], (10.0, "ok"))))
    assert found["regso/2020/0101R001"]["count"] is None
    assert found["municipality/2025/0101"]["count"] is None
    assert found["county/2025/01"]["count"] is None
    assert found["county/2025/02"]["count"] == 20
    assert found["country/2025/00"]["count"] is None


def test_what_is_published_stands_before_a_sum_and_is_carried_upwards() -> None:
    values: dict[str, tuple[float | None, str]] = dict.fromkeys(DESO, (10.0, "ok"))
    values["municipality/2025/0101"] = (33.0, "ok")
    found = summed(counted(values))
    assert found["municipality/2025/0101"]["count"] == 33
    assert found["municipality/2025/0101"]["method"] == "published"
    assert found["county/2025/01"]["count"] == 53
    assert found["country/2025/00"]["count"] == 73


def test_a_whole_vintage_stands_before_a_newer_one_that_is_not() -> None:
    newer = (
        areas()
        .filter(pl.col("kind") == "deso")
        .with_columns(pl.col("area").str.replace("2018", "2025"), vintage=pl.lit("2025"))
    )
    place = pl.concat([areas(), newer.with_columns(parent=pl.col("municipality"))])
    old = counted(dict.fromkeys(DESO, (10.0, "ok")))
    new = counted({deso.replace("2018", "2025"): (11.0, "ok") for deso in DESO})

    def municipality(values: pl.DataFrame) -> float:
        every = upwards(values, place, COUNT_KEY, ["count"])
        rows = every.filter(pl.col("area") == "municipality/2025/0201")
        assert rows.height == 1
        return float(rows["count"][0])

    assert municipality(pl.concat([old, new])) == 22
    assert municipality(pl.concat([old, new.filter(pl.col("area") != new["area"][-1])])) == 20


def test_an_area_of_its_users_is_the_sum_of_its_members() -> None:
    values = counted({deso: (float(i), "ok") for i, deso in enumerate(DESO)})
    members = pl.DataFrame(
        {"area": ["custom/2018/ours"] * 2, "member": [DESO[1], DESO[3]], "weight": [1.0, 1.0]}
    )
    every = customs(values, members, COUNT_KEY, ["count"])
    ours = every.filter(pl.col("area") == "custom/2018/ours").row(0, named=True)
    assert ours["count"] == pytest.approx(1 + 3)
    assert ours["method"] == "aggregated"
