"""From what each source says to one set of values on every level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
import pytest

from samsyn.statistics.assembly.assembled import Assembly
from samsyn.statistics.assembly.merging import Ranked
from samsyn.statistics.assembly.pieces import COUNTS_OF_ONE, OBSERVATIONS_OF_ONE
from samsyn.statistics.indicators.definition import indicators
from tests.statistics.assembly.places import DESO, areas, below

TOWN, COUNTY, COUNTRY = "municipality/2025/0101", "county/2025/01", "country/2025/00"
NO_MEMBERS = pl.DataFrame(schema={"area": pl.String, "member": pl.String, "weight": pl.Float64})
SOURCES = [Ranked("old.xlsx", "new 2022-01-01"), Ranked("new.xlsx", "new 2023-01-01")]


def counted(rows: Mapping[tuple[str, str], float | None], source: int = 0) -> pl.DataFrame:
    """Counts of 2022 by area and group."""
    told = [
        (area, "2022", group, "total", "total", count, "missing" if count is None else "ok",
         "published", source)
        for (area, group), count in rows.items()
    ]  # fmt: skip
    return pl.DataFrame(told, schema=COUNTS_OF_ONE, orient="row")


def observed(
    rows: Mapping[str, float | tuple[float, float, float] | None], source: int = 0
) -> pl.DataFrame:
    """Observations of 2022 by area: a value, or value, numerator and denominator."""
    told = []
    for area, cell in rows.items():
        value, top, base = cell if isinstance(cell, tuple) else (cell, None, None)
        status = "missing" if value is None else "ok"
        told.append((area, "2022", "total", "total", value, status, top, base, "published", source))
    return pl.DataFrame(told, schema=OBSERVATIONS_OF_ONE, orient="row")


def assembled(
    counts: Mapping[str, Sequence[pl.DataFrame]],
    observations: Mapping[str, Sequence[pl.DataFrame]],
    members: pl.DataFrame = NO_MEMBERS,
    **changed: object,
) -> tuple[dict[str, dict[str, dict[str, object]]], Assembly]:
    """Every indicator's rows by area."""
    catalogue = {**indicators(), **changed}
    assembly = Assembly(
        areas=areas(),
        members=members,
        catalogue=catalogue,  # type: ignore[arg-type]
        sources=SOURCES,
        count_parts={name: [f.lazy() for f in frames] for name, frames in counts.items()},
        observation_parts={
            name: [f.lazy() for f in frames] for name, frames in observations.items()
        },
    )
    for _ in assembly.counts():
        pass
    found = {
        name: {row["area"]: row for row in frame.iter_rows(named=True)}
        for name, frame in assembly.observations()
    }
    return found, assembly


def flats(rental: float = 30, owned: float = 70) -> dict[tuple[str, str], float | None]:
    """Flats of each DeSO."""
    return {
        (area, group): count
        for area in DESO
        for group, count in (("rental", rental), ("tenant_owned", 20.0), ("owned", owned))
    }


def test_counts_become_shares_on_every_level() -> None:
    found, assembly = assembled({"tenure": [counted(flats())]}, {})
    rental = found["rental_share"]
    for area in (*DESO, TOWN, COUNTY, COUNTRY):
        parts = len(below(area))
        assert rental[area]["value"] == pytest.approx(30 / 120)
        assert rental[area]["numerator"] == 30 * parts
        assert rental[area]["denominator"] == 120 * parts
        assert rental[area]["method"] == ("computed" if area in DESO else "aggregated")
    assert found["owned_share"][TOWN]["value"] == pytest.approx(70 / 120)
    assert not assembly.findings


def test_the_newest_file_stands_and_sums_are_of_what_stands() -> None:
    newer = counted({(DESO[0], "rental"): 60.0}, source=1)
    found, assembly = assembled({"tenure": [counted(flats()), newer]}, {})
    assert found["rental_share"][DESO[0]]["numerator"] == 60
    assert found["rental_share"][TOWN]["numerator"] == 60 + 30 * (len(below(TOWN)) - 1)
    # A sum of several sources has none.
    assert found["rental_share"][TOWN]["source"] is None
    [finding] = assembly.findings
    assert "new.xlsx" in finding.message
    assert "old.xlsx" in finding.message


def test_what_one_part_lacks_the_whole_lacks() -> None:
    found, _ = assembled({"tenure": [counted({**flats(), (DESO[0], "rental"): None})]}, {})
    rental = found["rental_share"]
    for area in (DESO[0], "regso/2020/0101R001", TOWN, COUNTY, COUNTRY):
        assert rental[area]["value"] is None
        assert rental[area]["status"] == "missing"
    assert rental["municipality/2025/0201"]["value"] == pytest.approx(30 / 120)


def test_a_published_value_fills_what_counts_do_not_give() -> None:
    told = observed({TOWN: 0.31, "municipality/2025/0102": 0.25})
    holed = counted({**flats(), (DESO[0], "rental"): None})
    found, assembly = assembled({"tenure": [holed]}, {"rental_share": [told]})
    assert found["rental_share"][TOWN]["value"] == 0.31
    assert found["rental_share"][TOWN]["method"] == "published"
    assert found["rental_share"]["municipality/2025/0102"]["method"] == "aggregated"
    assert not assembly.findings


def test_a_published_value_that_counts_contradict_is_told() -> None:
    told = observed({TOWN: 0.9}, source=1)
    found, assembly = assembled({"tenure": [counted(flats())]}, {"rental_share": [told]})
    assert found["rental_share"][TOWN]["value"] == pytest.approx(0.25)
    [finding] = assembly.findings
    assert "rental_share: 1 of 1 values published in new.xlsx" in finding.message


def test_numerators_and_denominators_are_summed() -> None:
    told = observed({
        "municipality/2025/0101": (0.9, 90.0, 100.0), "municipality/2025/0102": (0.5, 150.0, 300.0),
    })  # fmt: skip
    found, _ = assembled({}, {"turnout_riksdag": [told]})
    turnout = found["turnout_riksdag"]
    assert turnout[COUNTY]["value"] == pytest.approx(240 / 400)
    assert (turnout[COUNTY]["method"], turnout[COUNTY]["status"]) == ("aggregated", "ok")
    assert turnout[TOWN]["value"] == 0.9
    # Of the other county nothing is known, and so nothing of the country.
    assert COUNTRY not in turnout or turnout[COUNTRY]["value"] is None


@pytest.mark.parametrize("indicator", ["median_net_income", "neet_share", "life_expectancy"])
def test_what_cannot_be_summed_is_not(indicator: str) -> None:
    found, _ = assembled({}, {indicator: [observed(dict.fromkeys(DESO, 0.2))]})
    assert set(found[indicator]) == set(DESO)


def test_persons_that_a_source_tells_are_summed() -> None:
    ours = replace(
        indicators()["population"], id="received", numerator=(), denominator=(), fallback=()
    )
    towns = ["municipality/2025/0101", "municipality/2025/0102"]
    values = observed(dict(zip(towns, (597.0, 151.0), strict=True)))
    found, _ = assembled({}, {"received": [values]}, received=ours)
    assert found["received"][COUNTY]["value"] == 748
    assert found["received"][COUNTY]["method"] == "aggregated"


def test_the_population_is_counted_by_what_there_is() -> None:
    """Where no table has the population, the sum of another table's groups is it."""
    people = indicators()["population"]
    assert people.fallback
    grouping = people.fallback[0][0].split(".")[0]
    groups = [name.split(".")[1] for name in people.fallback[0]]
    parts = counted({(area, group): 10.0 for area in DESO for group in groups})
    found, _ = assembled({grouping: [parts]}, {})
    assert found["population"][TOWN]["value"] == 10 * len(groups) * len(below(TOWN))
    own = counted({(TOWN, "everyone"): 99.0})
    found, _ = assembled({grouping: [parts], "population": [own]}, {})
    assert found["population"][TOWN]["value"] == 99
    assert found["population"][DESO[0]]["value"] == 10 * len(groups)


def test_users_own_areas_have_the_sums_of_their_members() -> None:
    ours = "custom/2018/ours"
    members = pl.DataFrame(
        {"area": [ours, ours], "member": [DESO[0], DESO[3]], "weight": [1.0, 1.0]}
    )
    rows = {**flats(), (DESO[3], "rental"): 90.0}
    found, _ = assembled({"tenure": [counted(rows)]}, {}, members)
    assert found["rental_share"][ours]["value"] == pytest.approx((30 + 90) / (120 + 180))
