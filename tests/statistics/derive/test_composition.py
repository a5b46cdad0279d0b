"""Tenure mix, concentration at the extremes, inequality index, and location quotients."""

from __future__ import annotations

from math import log

import polars as pl
import pytest

from samsyn.statistics.derive import (
    concentration_at_extremes,
    derive_indices,
    derive_quotients,
    inequality_index,
    tenure_mix,
)
from samsyn.statistics.release.schema import INDICES, OBSERVATIONS
from tests.statistics.derive import county

PLACES = county.areas()
INCOMES = county.counts(county.INCOME, PLACES, seed=5)
TENURES = county.counts(county.TENURE, PLACES, seed=6)
KINDS = ("deso", "regso", "municipality", "county", "country")


def values(frame: pl.DataFrame) -> dict[str, float]:
    return dict(frame.filter(period="2022").select("area", "value").rows())


def test_tenure_mix_of_every_area_on_every_level() -> None:
    found = tenure_mix(county.TENURE, TENURES)
    assert found.schema == pl.Schema(OBSERVATIONS)
    expected = {}
    for kind in KINDS:
        for area, cells in county.units_of(TENURES, county.TENURE, kind, "2022").items():
            shares = [x / sum(cells) for x in cells if x > 0]
            expected[area] = pytest.approx(-sum(p * log(p) for p in shares) / log(3))
    assert values(found) == expected
    assert set(found["method"]) == {"computed"}
    assert found["source"].null_count() == found.height


def test_concentration_at_extremes_adds_up_by_numerators() -> None:
    found = concentration_at_extremes(county.INCOME, INCOMES).filter(period="2022")
    for kind in KINDS:
        for area, (low, middle, high) in county.units_of(
            INCOMES, county.INCOME, kind, "2022"
        ).items():
            row = found.filter(area=area).row(0, named=True)
            assert row["value"] == pytest.approx((high - low) / (low + middle + high))
    deso = found.filter(pl.col("area").str.starts_with("deso/"))
    whole = found.filter(area=county.COUNTRY).row(0, named=True)
    assert deso["numerator"].sum() == pytest.approx(whole["numerator"])
    assert deso["denominator"].sum() == pytest.approx(whole["denominator"])


def test_what_is_not_known_has_a_status_and_no_value() -> None:
    unit, empty = "deso/2018/9101C0001", "deso/2018/9102C0001"
    area, group = pl.col("area"), pl.col("group")
    table = TENURES.with_columns(
        count=pl.when((area != unit) | (group != "owned")).then(
            pl.when(area == empty).then(0.0).otherwise("count")
        ),
        status=pl.when((area == unit) & (group == "owned"))
        .then(pl.lit("secret"))
        .when((area == "deso/2018/9103C0001") & (group == "rental"))
        .then(pl.lit("estimated"))
        .otherwise("status"),
    ).filter((area != "deso/2018/9201C0001") | (group != "rental"))
    found = tenure_mix(county.TENURE, table).filter(period="2022")
    said = {a: (v is not None, s) for a, v, s in found.select("area", "value", "status").rows()}
    assert said[unit] == (False, "secret")
    assert said[empty] == (False, "not_applicable")
    assert said["deso/2018/9201C0001"] == (False, "missing")
    assert said["deso/2018/9103C0001"] == (True, "estimated")
    assert said["deso/2018/9103C0002"] == (True, "ok")


def test_the_inequality_index_is_low_against_high_on_the_finest_units() -> None:
    indices = derive_indices(county.INCOME, INCOMES, PLACES, replicates=2)
    found = values(inequality_index(indices, county.INCOME))
    units = county.units_of(INCOMES, county.INCOME, "deso", "2022")
    expected = {}
    for level in ("municipality", "county", "country"):
        for region, cells in county.regions_of(units, level):
            low, high = sum(c[0] for c in cells), sum(c[2] for c in cells)
            apart = sum(abs(c[0] / low - c[2] / high) for c in cells) / 2
            expected[region] = pytest.approx(apart)
    assert found == expected


def index_rows(*rows: tuple[str, str, str, float | None]) -> pl.DataFrame:
    """Rows of (units, region, period, dissimilarity of low against high)."""
    frame = pl.DataFrame(rows, ["units", "region", "period", "value"], orient="row")
    fixed = {"grouping": "economic_standard", "level": "municipality", "index": "dissimilarity"}
    frame = frame.with_columns(
        *[pl.lit(text).alias(name) for name, text in fixed.items()],
        group=pl.lit("low"), against=pl.lit("high"),
        lower=None, upper=None, expected=None, corrected=None,
    )  # fmt: skip
    return frame.select(pl.col(name).cast(kind) for name, kind in INDICES.items())


def test_the_units_of_the_inequality_index_are_the_same_all_over_a_period() -> None:
    """Never RegSO in one municipality and DeSO in the next: their values do not compare."""
    a, b = "municipality/2025/9101", "municipality/2025/9102"
    found = inequality_index(
        index_rows(
            # DeSO in one municipality only, and RegSO in both.
            ("deso/2018", a, "2020", 0.4), ("regso/2020", a, "2020", 0.3),
            ("regso/2020", b, "2020", 0.2),
            # As many of each: the finest, and of two vintages the newest.
            ("deso/2018", a, "2021", 0.5), ("deso/2025", a, "2021", 0.6),
            ("regso/2025", a, "2021", 0.1),
            ("deso/2018", a, "2022", 0.5), ("deso/2018", b, "2022", None),
        ),
        county.INCOME,
    )  # fmt: skip
    assert found.select("area", "period", "value", "status").rows() == [
        (a, "2020", 0.3, "ok"), (a, "2021", 0.6, "ok"), (a, "2022", 0.5, "ok"),
        (b, "2020", 0.2, "ok"), (b, "2022", None, "missing"),
    ]  # fmt: skip


def test_quotients_against_municipality_county_and_country() -> None:
    found = derive_quotients(county.TENURE, TENURES, PLACES).filter(period="2022")
    table = {(a, r, g): v for a, r, g, v in found.select("area", "region", "group", "value").rows()}
    sums = {kind: county.units_of(TENURES, county.TENURE, kind, "2022") for kind in KINDS}
    for kind, levels in {"deso": KINDS[2:], "regso": KINDS[2:], "municipality": KINDS[3:]}.items():
        for area, cells in sums[kind].items():
            code = area.split("/")[2]
            for level, place in (
                ("municipality", code[:4]),
                ("county", code[:2]),
                ("country", "00"),
            ):
                region = f"{level}/2025/{place}"
                if level not in levels or (kind, place) == ("regso", "9103"):
                    # A municipality of a single RegSO is not measured on RegSO.
                    assert (area, region, "rental") not in table
                    continue
                around = sums[level][region]
                for g, name in enumerate(county.TENURE.groups):
                    share = cells[g] / sum(cells) / (around[g] / sum(around))
                    assert table[area, region, name] == pytest.approx(share)
