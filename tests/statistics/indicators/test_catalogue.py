"""The catalogue: complete in both languages, up to date, and true to tables and sources."""

import csv
import re
import statistics
import tomllib
from datetime import date

import fastexcel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import LEVELS
from samsyn.statistics.indicators import (
    BETTER,
    FOCUS_AREA_NAMES,
    FOCUS_AREAS,
    LANGUAGES,
    LEVEL_NAMES,
    PERSPECTIVES,
    UNITS,
    groupings,
    indicator,
    indicators,
)
from samsyn.statistics.indicators.tables import plain, table_meanings
from tests.reference import shared

EVERY = pytest.mark.parametrize("entry", indicators().values(), ids=lambda entry: entry.id)
# Words that are common in one language and do not exist in the other.
ENGLISH = r"\b(the|and|of|are|with|which|from|than|share|those|have|people)\b"
SWEDISH = r"\b(och|är|av|som|inte|med|eller|andelen|där|ett|den|det)\b"
# How the shared catalogue spells what a code cannot hold.
SPELLED = {"per 100000": "per_100000"}


def texts(entry):
    """Every text of an entry that a page shows, with where it stands."""
    yield "name", entry.name
    yield "explanation", entry.explanation
    yield "caveats", entry.caveats
    if entry.numerator or (entry.unit in {"share", "per_100000", "days"} and not entry.derived):
        yield "numerator_name", entry.numerator_name
    if entry.denominator or (entry.unit in {"share", "per_100000", "days"} and not entry.derived):
        yield "denominator_name", entry.denominator_name
    for period, text in entry.breaks:
        yield f"break {period}", text


@EVERY
def test_every_text_is_there_in_both_languages_and_in_the_right_one(entry):
    for where, text in texts(entry):
        assert set(text) == set(LANGUAGES), where
        assert all(text[language] for language in LANGUAGES), where
        assert not re.search(ENGLISH, text["sv"], re.IGNORECASE), (where, text["sv"])
        assert not re.search(SWEDISH, text["en"], re.IGNORECASE), (where, text["en"])
        assert not re.search("[åäö]", text["en"]), where
        for told in text.values():
            assert told == " ".join(told.split()), f"{where}: stray white space"


@EVERY
def test_explanations_are_two_to_four_sentences(entry):
    for told in (*entry.explanation.values(), *entry.caveats.values()):
        assert told[0].isupper()
        assert told.endswith(".")
    for told in entry.explanation.values():
        assert 2 <= len(re.findall(r"[.!?](?=\s|$)", told)) <= 4
        assert 120 <= len(told) <= 620


def test_names_are_told_apart():
    for language in LANGUAGES:
        names = [entry.name[language].casefold() for entry in indicators().values()]
        assert len(set(names)) == len(names)


@EVERY
def test_a_review_is_not_overdue(entry):
    assert entry.author
    assert not entry.overdue(date.today()), f"review {entry.id} and set a new next_review"
    assert entry.overdue(date(9999, 1, 1))


@EVERY
def test_shares_are_parts_of_a_whole_composition(entry):
    for column in (*entry.numerator, *entry.denominator):
        grouping, group = column.split(".")
        assert group in groupings()[grouping].groups
    if entry.denominator:
        (grouping,) = {column.split(".")[0] for column in entry.denominator}
        whole = [f"{grouping}.{group}" for group in groupings()[grouping].groups]
        assert list(entry.denominator) == whole
        assert set(entry.numerator) < set(whole)
        assert entry.unit == "share"
    for columns in entry.fallback:
        (grouping,) = {column.split(".")[0] for column in columns}
        assert list(columns) == [f"{grouping}.{g}" for g in groupings()[grouping].groups]


@EVERY
def test_counts_come_from_a_table_that_is_understood(entry):
    if not entry.counted:
        return
    grouping = entry.numerator[0].split(".")[0]
    tables = {origin.table for origin in entry.origins}
    assert any(m.grouping == grouping and tables & set(m.codes) for m in table_meanings())


def test_values_of_tables_are_indicators():
    for meaning in table_meanings():
        if meaning.form == "values":
            targets = meaning.targets or {meaning.whole}
            assert targets <= set(indicators())
            for name in targets:
                tables = {origin.table for origin in indicators()[name].origins}
                assert not meaning.codes or tables & set(meaning.codes), name


@EVERY
def test_an_indicator_is_made_in_one_way(entry):
    ways = [entry.counted, entry.derived]
    assert sum(ways) <= 1
    assert all(origin.publisher for origin in entry.origins)


def test_segregation_is_never_a_groups_fault():
    """Who people are and how they hold their home is neither good nor bad."""
    for entry in indicators().values():
        counted = {column.split(".")[0] for column in entry.numerator}
        if counted & {"background", "birth_country", "birth_region", "tenure", "population"}:
            assert entry.better == "neither"
    assert indicator("unemployment_rate").better == "lower"
    assert indicator("employment_rate").better == "higher"


def test_codes_have_names_in_both_languages():
    for names in (FOCUS_AREA_NAMES, PERSPECTIVES, BETTER, LEVEL_NAMES):
        for code, name in names.items():
            assert set(name) == set(LANGUAGES), code
            assert all(name.values()), code
    assert set(FOCUS_AREAS) < set(FOCUS_AREA_NAMES)
    assert tuple(LEVEL_NAMES) == LEVELS
    for entry in indicators().values():
        assert all(entry.unit_name.values())


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_says_how_a_number_is_written(unit):
    swedish, english, written = UNITS[unit]
    assert swedish
    assert english
    assert re.fullmatch(r"0(\.0+)?%?", written)
    assert written.endswith("%") == (unit == "share")


def test_every_focus_area_has_indicators():
    assert {entry.focus_area for entry in indicators().values()} == set(FOCUS_AREAS)


def test_a_title_leads_to_one_indicator():
    titles = [
        plain(title)
        for entry in indicators().values()
        for title in {plain(t) for origin in entry.origins for t in origin.titles}
    ]
    assert len(set(titles)) == len(titles)
    for entry in indicators().values():
        for origin in entry.origins:
            for title in origin.titles:
                percent = "(%)" in title
                assert (origin.scale == 0.01) == percent, title
                assert not percent or entry.unit == "share", title


@pytest.fixture(scope="module")
def key_figures():
    """Numbers of single municipalities in the real exports, by the key figure's title."""
    found = {}
    for name in ("Kolada_2005.xlsx", "Kommuner.xlsx", "alla_invanare.xlsx"):
        book = fastexcel.read_excel(shared("data", "kolada_stockholm", name))
        rows = book.load_sheet(0, header_row=None, dtypes="string").to_polars().rows()
        for title, area, *cells in rows:
            # A mean of several municipalities is another figure.
            if title and area and "ommuner" not in area:
                numbers = [float(cell) for cell in cells if re.fullmatch(r"-?[\d.]+", cell or "")]
                found.setdefault(plain(title), []).extend(numbers)
    return found


def test_titles_stand_in_the_real_exports_and_the_scale_is_right(key_figures):
    plausible = {"share": (0.0, 0.6), "tkr": (100.0, 500.0), "persons": (1000.0, 100000.0)}
    known = {}
    for entry in indicators().values():
        for origin in entry.origins:
            for title in {plain(t) for t in origin.titles} & set(key_figures):
                value = origin.scale * statistics.median(key_figures[title])
                low, high = plausible[entry.unit]
                if entry.better == "higher" and entry.unit == "share":
                    low, high = 0.5, 1.0
                assert low < value < high, (entry.id, value)
                known[entry.id] = value
    assert set(known) == {
        "population", "foreign_born_share", "upper_secondary_eligibility", "neet_share",
        "unemployed_18_64", "youth_long_term_unemployment", "median_net_income",
        "long_term_social_assistance", "child_economic_hardship", "distrust_share",
    }  # fmt: skip


def test_the_shared_catalogue_is_covered():
    with shared("domain", "indicators.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 30
    for row in rows:
        entry = indicator(row["id"])
        told = (entry.focus_area, entry.unit, entry.better, entry.lowest_level)
        unit = SPELLED.get(row["unit"], row["unit"])
        assert told == (row["focus_area"], unit, row["better"], row["lowest_level"]), entry.id
        assert bool(entry.numerator_name["sv"]) or not row["numerator"] or entry.derived, entry.id
        publisher, _, table = row["origin"].removeprefix("derived from ").partition(" ")
        if publisher != "derived":
            assert publisher in {origin.publisher for origin in entry.origins}, entry.id
            assert not table or table in {origin.table for origin in entry.origins}, entry.id
        assert entry.derived == row["origin"].startswith("derived"), entry.id


def test_codes_are_those_of_the_shared_taxonomies():
    text = shared("domain", "taxonomies.toml").read_text(encoding="utf-8")
    shared_codes = tomllib.loads(text)
    for ours, theirs in ((FOCUS_AREA_NAMES, "focus_area"), (PERSPECTIVES, "perspective")):
        named = {
            code["code"]: {"sv": code["sv"], "en": code["en"]} for code in shared_codes[theirs]
        }
        assert {code: dict(name) for code, name in ours.items() if code != "other"} == named


def test_an_id_that_does_not_exist_gets_those_that_are_near():
    with pytest.raises(InputError, match='no indicator "rental".*rental_share'):
        indicator("rental")
    with pytest.raises(InputError, match="unemployment_rate"):
        indicator("Andel arbetslösa")
    with pytest.raises(InputError, match="samsyn indicators lists"):
        indicator("qqq")


@given(st.sampled_from(sorted(indicators())), st.data())
def test_one_wrong_letter_is_understood(name, data):
    at = data.draw(st.integers(0, len(name) - 1))
    wrong = name[:at] + name[at + 1 :]
    with pytest.raises(InputError) as told:
        indicator(wrong)
    assert name in str(told.value)
