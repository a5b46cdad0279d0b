"""A wrong entry is refused, and the message names the entry and the field."""

import tomllib
from copy import deepcopy
from datetime import date
from importlib.resources import files

import pytest

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import indicator_of

GONE = object()
TEXT = (files("samsyn.statistics.indicators") / "definitions/labour.toml").read_text("utf-8")
SOUND = tomllib.loads(TEXT)["low_economic_standard_share"]


def changed(path, value):
    """A sound entry with one thing changed or taken away."""
    entry = deepcopy(SOUND)
    *above, last = path
    place = entry
    for step in above:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return entry


def test_a_sound_entry_is_what_it_says():
    found = indicator_of("low_economic_standard_share", "labour", SOUND)
    assert found.numerator == ("economic_standard.low",)
    assert found.counted
    assert found.number_format == "0.0%"
    assert found.unit_name == {"sv": "procent", "en": "per cent"}
    assert found.next_review == date(2027, 10, 1)
    assert [period for period, _ in found.breaks] == ["2011", "2015"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["unit"], GONE, "lacks unit"),
        (["caveats"], GONE, "lacks caveats"),
        (["colour"], "red", "has the unknown colour. The fields are: author"),
        (["unit"], "percent", 'unit is "percent" and must be one of persons, share'),
        (["unit"], ["share"], "unit is .* must be one of"),
        (["better"], "more", 'better is "more" and must be one of higher, lower, neither'),
        (["lowest_level"], "parish", 'lowest_level is "parish" and must be one of deso'),
        (
            ["perspectives"],
            ["climate"],
            'perspectives is "climate" and must be one of human_rights',
        ),
        (["perspectives"], "human_rights", "perspectives must be a list"),
        (["name", "sv"], GONE, "name lacks its text in sv"),
        (["explanation", "en"], "  ", "explanation lacks its text in en"),
        (["caveats", "fi"], "Huom", "caveats has the unknown language fi"),
        (["name"], "Andel", "name must be a text for each language"),
        (["numerator"], ["standard.low"], 'numerator names "standard.low".*no grouping "standard"'),
        (["numerator"], ["economic_standard.poor"], 'economic_standard has no group "poor".*low'),
        (["denominator"], "economic_standard.low", "denominator must be a list of counts"),
        (["denominator"], ["economic_standard.high"], "denominator lacks economic_standard.low"),
        (["denominator"], ["economic_standard.low"] * 2, "denominator names the same counts twice"),
        (["numerator"], GONE, "denominator stands without a numerator"),
        (["fallback"], ["economic_standard.low"], "fallback must be a list of lists"),
        (["fallback"], [["age.old"]], 'fallback names "age.old".*under_20'),
        (["derived"], "yes", "derived must be true or false"),
        (["derived"], True, "is derived and has a numerator"),
        (["origin"], {}, r"origin must be tables: write \[\["),
        (["origin", 0, "publisher"], GONE, "origin lacks its publisher"),
        (["origin", 0, "table"], 6, "origin must tell its table as text"),
        (["origin", 0, "titles"], "Låg", "origin must have its titles as a list"),
        (["origin", 0, "scale"], "1 %", "origin has the scale 1 %"),
        (["origin", 0, "scale"], 0, "origin has the scale 0"),
        (["origin", 0, "kpi"], "N1", "origin has the unknown kpi"),
        (["break", 0, "period"], "last year", 'break has the period "last year"'),
        (["break", 0, "text", "sv"], GONE, "break of 2011: its text lacks its text in sv"),
        (["break", 0, "note"], "x", "break has the unknown note"),
        (["version"], 0, "version must be a whole number from 1"),
        (["version"], "1", "version must be a whole number from 1"),
        (["author"], "", "author must be a name"),
        (["next_review"], "next year", "next_review must be a date"),
    ],
)
def test_what_is_wrong_is_named(path, value, said):
    with pytest.raises(InputError, match=f"indicator my_share in labour.toml.*{said}"):
        indicator_of("my_share", "labour", changed(path, value), "labour.toml")


@pytest.mark.parametrize("name", ["MyShare", "my-share", "my__share", "_share", "2nd", "andel_på"])
def test_an_id_is_snake_case(name):
    with pytest.raises(InputError, match="small letters"):
        indicator_of(name, "labour", SOUND)


def test_an_entry_is_a_table():
    with pytest.raises(InputError, match=r"not a table of fields: write \[my_share\]"):
        indicator_of("my_share", "labour", "share")
