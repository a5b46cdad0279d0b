"""Areas of several vintages in one table."""

import pytest

from samsyn.measure import InputError
from samsyn.statistics.services.regions import LEVELS, Levels, by_level, by_vintage

YEARS = [str(year) for year in range(2021, 2026)]
OLD, NEW = YEARS[:3], YEARS[3:]
MIXED = [
    "00", "01", "0114", "0114A0010", "0114R001", "0114A0010_DeSO2025", "0114R001_RegSO2025",
]  # fmt: skip


def asked(codes, periods, levels=()):
    """Every code with every period that it is asked for in."""
    groups = by_vintage(codes, periods, levels)
    pairs = [(code, period) for chosen, own in groups for code in chosen for period in own]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


def test_each_vintage_is_asked_for_in_its_own_years():
    expected = {(code, year) for code in ("00", "01", "0114") for year in YEARS}
    expected |= {(code, year) for code in ("0114A0010", "0114R001") for year in OLD}
    expected |= {(code, year) for code in MIXED[5:] for year in NEW}
    assert asked(MIXED, YEARS) == expected
    assert len(by_vintage(MIXED, YEARS)) == 3


@pytest.mark.parametrize("codes", [["0114A0010", "0114C1010"], ["0114A0010_DeSO2025"]])
def test_one_vintage_has_all_the_years_of_its_table(codes):
    assert asked(codes, YEARS) == {(code, year) for code in codes for year in YEARS}


def test_levels_choose_kinds_of_areas():
    assert {code for code, _ in asked(MIXED, YEARS, ["regso"])} == {MIXED[4], MIXED[6]}
    assert {code for code, _ in asked(MIXED, YEARS, ["county", "country"])} == {"00", "01"}


def test_an_area_with_no_year_of_its_own_is_not_asked_for():
    assert {code for code, _ in asked(MIXED, ["2022"])} == set(MIXED[:5])


def test_codes_that_are_no_areas_are_asked_for_as_they_are():
    assert asked(["SE1", "SE2"], ["2024M01"]) == {("SE1", "2024M01"), ("SE2", "2024M01")}
    assert asked(["SE1"], ["2024"], ["county"]) == set()


def test_an_unknown_level_is_named_with_those_there_are():
    with pytest.raises(InputError, match='"stadsdel" is not a level') as caught:
        by_vintage(MIXED, YEARS, ["stadsdel"])
    assert all(level in str(caught.value) for level in LEVELS)


def test_another_samsyn_tells_which_periods_each_kind_of_areas_has():
    told = Levels(
        {
            "country/2025": YEARS, "municipality/2025": YEARS, "deso/2018": YEARS[:4],
            "deso/2025": YEARS[3:],
        },
        {"country": "2025", "municipality": "2025"},
    )  # fmt: skip
    codes = ["00", "0114", "0114A0010", "0114A0010_DeSO2025", "0114R001", "custom/2018/mitt", "?"]
    assert by_level(codes, YEARS, told) == [
        (["00", "0114"], YEARS), (["0114A0010"], YEARS[:4]), (["0114A0010_DeSO2025"], YEARS[3:]),
    ]  # fmt: skip
    assert by_level(codes, YEARS[:1], told, ["deso"]) == [(["0114A0010"], YEARS[:1])]
    with pytest.raises(InputError, match='"street" is not a level'):
        by_level(codes, YEARS, told, ["street"])
