"""What must hold of counts and observations."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.statistics.assembly.checks import (
    absences,
    coverage,
    jumps,
    parts_and_whole,
    parts_only,
    published_otherwise,
    shares_in_range,
    strangers,
)
from samsyn.statistics.assembly.pieces import COUNTS_OF_ONE, OBSERVATIONS_OF_ONE
from samsyn.statistics.indicators.definition import indicators
from tests.statistics.assembly.places import DESO, areas, below

SHARE = indicators()["rental_share"]
PERSONS = indicators()["population"]
TOWN, COUNTY = "municipality/2025/0101", "county/2025/01"


def counted(values: dict[str, float | None], method: str = "published") -> pl.DataFrame:
    """Counts of one group; those of municipalities and larger areas are of the second source."""
    rows = [
        (area, "2022", "foreign", "total", "total", count, "missing" if count is None else "ok",
         method, 0 if area.startswith("deso/") else 1)
        for area, count in values.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=COUNTS_OF_ONE, orient="row")


def observed(
    rows: list[tuple[str, str, float | None]],
    method: str = "published",
    people: float | None = None,
) -> pl.DataFrame:
    told = [
        (area, period, "total", "total", value, "ok", None, people, method, 0)
        for area, period, value in rows
    ]
    return pl.DataFrame(told, schema=OBSERVATIONS_OF_ONE, orient="row")


# --- parts and whole ------------------------------------------------------------------------------


@given(
    st.fixed_dictionaries(dict.fromkeys(DESO, st.integers(100, 2000))),
    st.integers(-9000, 9000),
    st.sampled_from(["regso/2020/0101R001", TOWN, COUNTY, "country/2025/00"]),
)
def test_a_whole_is_held_against_its_parts_however_far_below(
    deso: dict[str, int], off: int, whole: str
) -> None:
    """Nothing is said up to 3 for each area or 2 per cent; beyond that it is refused."""
    inside = below(whole)
    total = sum(deso[area] for area in inside)
    said = max(total + off, 0)
    found = parts_and_whole("background", counted({**deso, whole: said}), areas())
    beyond = abs(said - total) > max(3 * len(inside), 0.02 * said)
    assert bool(found) == beyond
    if beyond:
        assert found[0].severity == "error"
        assert (found[0].area, found[0].period) == (whole, "2022")
        assert f"{said:g} published, {total:g} summed" in found[0].message


def test_files_that_do_not_fit_are_named() -> None:
    values = counted({**dict.fromkeys(DESO, 100.0), TOWN: 900.0})
    [found] = parts_and_whole("background", values, areas(), ["small.xlsx", "large.csv"])
    assert "900 published in large.csv, 300 summed in small.xlsx" in found.message
    assert "of another year" in found.message


def test_few_that_differ_much_are_a_warning() -> None:
    """One area in thirty may have been revised; a file of another year differs everywhere."""
    place = pl.concat([
        areas(),
        pl.DataFrame(
            [(f"regso/2020/0102R{i:03d}", "regso", "2020", f"0102R{i:03d}", "x",
              "municipality/2025/0102", "municipality/2025/0102") for i in range(100, 140)]
            + [(f"deso/2018/0102C{i:04d}", "deso", "2018", f"0102C{i:04d}", "x",
                f"regso/2020/0102R{i:03d}", "municipality/2025/0102") for i in range(100, 140)],
            schema=areas().schema, orient="row",
        ),
    ])  # fmt: skip
    deso = {f"deso/2018/0102C{i:04d}": 500.0 for i in range(100, 140)}
    regso = {f"regso/2020/0102R{i:03d}": 500.0 for i in range(100, 140)}
    assert not parts_and_whole("background", counted({**deso, **regso}), place)
    regso["regso/2020/0102R100"] = 700.0
    [found] = parts_and_whole("background", counted({**deso, **regso}), place)
    assert found.severity == "warning"
    assert "1 of 40" in found.message


def test_what_is_not_known_is_not_held_against_anything() -> None:
    values: dict[str, float | None] = dict.fromkeys(DESO, 100.0)
    assert not parts_and_whole("background", counted({**values, TOWN: None}), areas())
    values[DESO[0]] = None
    assert not parts_and_whole("background", counted({**values, TOWN: 900.0}), areas())
    made = pl.concat([counted(values), counted({TOWN: 900.0}, "aggregated")])
    assert not parts_and_whole("background", made, areas())


# --- shares, and what else is made ----------------------------------------------------------------


def test_shares_that_were_made_lie_between_0_and_1() -> None:
    fine = observed([(TOWN, "2022", 1.0), (COUNTY, "2022", 0.0)], "computed")
    assert not shares_in_range(SHARE, fine)
    wrong = observed([(TOWN, "2022", 1.2), (COUNTY, "2022", 0.4)], "aggregated")
    [found] = shares_in_range(SHARE, wrong)
    assert found.severity == "error"
    assert f"1.2 in {TOWN} in 2022" in found.message
    # What is published was looked at where it was read, and persons are no shares.
    assert not shares_in_range(SHARE, observed([(TOWN, "2022", 1.2)]))
    assert not shares_in_range(PERSONS, wrong)


def test_a_published_share_that_counts_contradict() -> None:
    made = observed([(TOWN, "2022", 0.404), (COUNTY, "2022", 0.2)], "computed")
    written = observed([(TOWN, "2022", 0.40), (COUNTY, "2022", 0.2)])
    assert not published_otherwise(SHARE, made, written, ["a.csv"])
    other = observed([(TOWN, "2022", 0.5), (COUNTY, "2022", 0.2), (COUNTY, "2021", 0.9)])
    [found] = published_otherwise(SHARE, made, other, ["a.csv"])
    assert found.severity == "warning"
    assert "1 of 2 values published in a.csv" in found.message
    assert f"{TOWN} in 2022: 0.5 published, 0.404 from counts, which stands" in found.message


# --- jumps ----------------------------------------------------------------------------------------


def test_a_share_that_jumps_is_flagged() -> None:
    steady = [(TOWN, "2020", 0.3), (TOWN, "2021", 0.5), (TOWN, "2022", 0.4)]
    assert not jumps(SHARE, observed(steady, people=900))
    sudden = [*steady, (TOWN, "2023", 0.7)]
    [found] = jumps(SHARE, observed(sudden, people=900))
    assert found.severity == "warning"
    assert f"{TOWN}: 0.4 before 2023, then 0.7" in found.message
    # Of few people a share changes easily.
    assert not jumps(SHARE, observed(sudden, people=100))


@pytest.mark.parametrize(("breaks", "flagged"), [([], True), (["2020"], False), (["2018"], True)])
def test_a_jump_over_a_known_break_is_none(breaks: list[str], *, flagged: bool) -> None:
    told = {"sv": "Ny källa", "en": "New source"}
    indicator = replace(SHARE, breaks=tuple((period, told) for period in breaks))
    values = observed([(TOWN, "2018", 0.2), (TOWN, "2021", 0.6)], people=900)
    assert bool(jumps(indicator, values)) == flagged


def test_a_place_that_doubles_is_flagged_and_growth_is_not() -> None:
    growing = observed([(TOWN, str(2000 + i), 1000 * 1.05**i) for i in range(20)])
    assert not jumps(PERSONS, growing)
    doubled = observed([(TOWN, "2021", 1000.0), (TOWN, "2022", 2100.0)])
    assert jumps(PERSONS, doubled)
    # A gap between is no 0.
    gap = observed([(TOWN, "2020", 1000.0), (TOWN, "2021", None), (TOWN, "2022", 1050.0)])
    assert not jumps(PERSONS, gap)


# --- what is lacking ------------------------------------------------------------------------------


def found_in(keys: list[str]) -> pl.Series:
    return pl.Series(keys, dtype=pl.String)


def test_a_municipality_without_any_area_is_named() -> None:
    there = [area for area in DESO if "/0102" not in area]
    [found] = absences(found_in(there), areas(), "a.xlsx")
    assert found.message.startswith('a.xlsx lacks all deso areas of the municipalities "0102 Norrv')
    assert found.severity == "warning"


def test_single_areas_are_named() -> None:
    [found] = absences(found_in(DESO[1:]), areas(), "a.xlsx")
    assert '1 of 7 areas of deso/2018: "0101A0010"' in found.message


def test_a_file_about_a_part_lacks_nothing() -> None:
    assert not absences(found_in(DESO), areas(), "a.xlsx")
    assert not absences(found_in(DESO[:2]), areas(), "a.xlsx")
    assert not absences(found_in([COUNTY]), areas(), "a.xlsx")
    assert not parts_only(areas())
    assert not strangers(areas())


# --- coverage -------------------------------------------------------------------------------------


def test_coverage_counts_the_areas_with_a_value() -> None:
    values = dict.fromkeys(DESO, 5.0)
    known = counted({**values, DESO[0]: None})
    found = coverage("background", known, "count", areas())
    assert found.to_dicts() == [
        {"subject": "background", "kind": "deso", "vintage": "2018", "period": "2022", "areas": 7,
         "known": 6, "share": pytest.approx(6 / 7)}
    ]  # fmt: skip
    # Of women alone nothing is said: totals are counted.
    women = known.with_columns(sex=pl.lit("women"))
    assert coverage("background", women, "count", areas()).is_empty()
