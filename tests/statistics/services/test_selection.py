"""What is wanted of a dimension."""

import pytest

from samsyn.measure import InputError
from samsyn.statistics.services.selection import Years, matching, parse_years, year_of

AGES = {
    "-4": "0-4 år",
    "5-9": "5-9 år",
    "10-14": "10-14 år",
    "80+": "80+ år",
    "totalt": "totalt, samtliga åldrar",
}


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("2022", [2022], [2021, 2023]),
        ("2012-2023", [2012, 2018, 2023], [2011, 2024]),
        ("2012–2023", [2012, 2023], [2024]),
        ("2020-", [2020, 2050], [2019]),
        ("-2019", [1990, 2019], [2020]),
        ("2015, 2020..2022", [2015, 2020, 2022], [2016, 2019, 2023]),
        ("*", [1, 9999], []),
        (None, [2022], []),
    ],
)
def test_years_are_written_as_one_would(text, inside, outside):
    years = parse_years(text)
    assert all(year in years for year in inside)
    assert not any(year in years for year in outside)


@pytest.mark.parametrize("text", ["22", "2022 2023", "-", "last year", "2022-23", "2020,"])
def test_what_is_no_list_of_years_is_refused(text):
    with pytest.raises(InputError, match="is not a list of years"):
        parse_years(text)


def test_years_that_run_backwards_are_refused():
    with pytest.raises(InputError, match="backwards"):
        parse_years("2023-2020")


def test_years_between():
    assert parse_years("2019-2021,2024").between(2020, 2030) == [2020, 2021, 2024]
    assert Years().between(2000, 2002) == [2000, 2001, 2002]


@pytest.mark.parametrize(
    ("period", "year"), [("2022", 2022), ("2025M01", 2025), ("2024K3", 2024), ("1987-1989", 1987)]
)
def test_a_period_has_a_year(period, year):
    assert year_of(period) == year


@pytest.mark.parametrize("period", ["20224", "tot", ""])
def test_what_is_no_period_has_none(period):
    assert year_of(period) is None


@pytest.mark.parametrize(
    ("wishes", "codes"),
    [
        (["*"], list(AGES)),
        (["5-9"], ["5-9"]),
        (["5–9 ÅR"], ["5-9"]),
        (["totalt*"], ["totalt"]),
        (["80+", "-4"], ["-4", "80+"]),
        (["5-9..80+"], ["5-9", "10-14", "80+"]),
        (["0-4 år .. 5-9 år"], ["-4", "5-9"]),
        (["..5-9"], ["-4", "5-9"]),
        (["10-14.."], ["10-14", "80+", "totalt"]),
        (["?-? år"], ["-4", "5-9"]),
        (["5-9", "5*"], ["5-9"]),
    ],
)
def test_codes_labels_patterns_and_ranges(wishes, codes):
    assert matching(AGES, wishes) == codes


@pytest.mark.parametrize("wish", ["15-19", "90*", "5-9..100", "[0-9]*"])
def test_a_wish_that_nothing_answers_to_is_named(wish):
    with pytest.raises(KeyError, match=r".") as caught:
        matching(AGES, ["5-9", wish])
    assert caught.value.args == (wish,)


def test_one_of_several_is_enough_where_that_is_said():
    assert matching(AGES, ["16-64 år", "5-9 år"], anyone=True) == ["5-9"]
    with pytest.raises(KeyError):
        matching(AGES, ["16-64 år", "16-65 år"], anyone=True)
