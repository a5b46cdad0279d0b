"""Which regions can be measured when some of their units are not known."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.statistics.derive.stacks import COVERAGE, stacks
from tests.statistics.derive import county

PLACES = county.areas()
TABLE = county.counts(county.BACKGROUND, PLACES).filter(
    pl.col("area").str.starts_with("deso/"), period="2022"
)
UNITS = sorted(TABLE["area"].unique())


@settings(max_examples=40, deadline=None)
@given(
    unknown=st.sets(st.sampled_from(UNITS)),
    empty=st.sets(st.sampled_from(UNITS)),
    group=st.sampled_from(["swedish", "foreign"]),
)
def test_a_region_is_measured_where_enough_is_known_and_two_units_are_lived_in(
    unknown: set[str], empty: set[str], group: str
) -> None:
    area = pl.col("area")
    table = TABLE.with_columns(
        count=pl.when(~(area.is_in(unknown) & (pl.col("group") == group))).then(
            pl.when(area.is_in(empty)).then(0.0).otherwise("count")
        )
    )
    (stack,) = stacks(county.BACKGROUND, table, PLACES)
    homes: dict[str, list[str]] = {}
    for unit in UNITS:
        code = unit.split("/")[2]
        for region in (f"municipality/2025/{code[:4]}", f"county/2025/{code[:2]}", county.COUNTRY):
            homes.setdefault(region, []).append(unit)
    measured, unmeasured = set(), set()
    for region, units in homes.items():
        known = [unit for unit in units if unit not in unknown]
        lived = [unit for unit in known if unit not in empty]
        if len(known) >= COVERAGE * len(units) and len(lived) > 1:
            measured.add(region)
        elif known:
            unmeasured.add(region)
    assert set(stack.regions["region"]) == measured
    assert set(stack.unmeasured["region"]) == unmeasured
    for at, region in enumerate(stack.regions["region"]):
        kept = stack.rows.filter(at=at)["area"].to_list()
        assert kept == sorted(set(homes[region]) - unknown)
    assert stack.counts.shape == (stack.rows.height, 2)
    assert (stack.region[1:] >= stack.region[:-1]).all()
