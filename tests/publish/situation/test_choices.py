"""What can be chosen, and what a report says where that is not to be had."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from samsyn.measure.errors import InputError
from samsyn.publish.reports import Report
from samsyn.publish.situation import COMPARISONS, SECTIONS, Choice, situation_report
from samsyn.statistics.query import Release
from tests.publish.situation.conftest import DAY, Told
from tests.publish.situation.reading import QUOTED, rows, section, tables, texts, whole

TOWN = "municipality/9901"
PLACES = (
    "municipality/9901", "municipality/9908", "county/99", "country/00", "regso/2025/9901R001",
    "regso/2020/9901R001", "deso/9901A0010", "custom/9901-inre-hamnen",
)  # fmt: skip
OTHERS = (
    "Lindsunda", "Hällmora", "Norrvattna", "Kvarnfors", "Ekvattna", "Granudden", "Skärlösa",
)  # fmt: skip
# Words of ours in Swedish that no English sentence has.
SWEDISH = re.compile(
    r"\b(och|inte|för|som|är|till|mellan|bland|högre|lägre|områden|områdena|kommunen|kommuner|län|"
    r"riket|saknas|sekretess|invånare|andel|källa|utgåva|tabell|figur|omkring|slumpen|uppgift\w*)\b",
    re.IGNORECASE,
)


# --- every place ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_there_is_a_report_of_every_place(told: Told, place: str, language: str) -> None:
    report = told(place, language=language)
    assert [one.id for one in report.sections] == [*SECTIONS, "made"]
    assert [one.title for one in report.sections[:-1]] == [
        title[language] for title in SECTIONS.values()
    ]
    text = whole(report)
    assert not re.search(r"\b(None(?! of)|nan|True|False)\b|\{\w*\}|\[\]|<NA>", text)
    assert report.notice
    ids = [one.id for one in report.every()]
    assert len(set(ids)) == len(ids)
    names = [one.name for one in report.figures()]
    assert len(set(names)) == len(names)
    for table in (table for one in report.sections for table in tables(one)):
        assert {len(row) for row in table.rows} == {len(table.columns)}


@pytest.mark.parametrize("place", PLACES)
def test_no_english_report_has_swedish_words_of_ours(told: Told, place: str) -> None:
    report = told(place, language="en")
    text = whole(report).replace("Samsyn: påhittade uppgifter (made-up data)", "")
    assert not SWEDISH.findall(text)


def test_a_place_without_parts_or_types_or_index_says_so(told: Told) -> None:
    text = whole(told("deso/9901A0010"))
    assert "Utgåvan har inga mindre områden med uppgifter i " in text
    assert "Utgåvan har inga områdestyper för " in text
    assert "utgåvan har inget index för platsen" in text
    assert "hur ojämnt människor bor" in told("deso/9901A0010").notice


def test_an_area_of_older_borders_is_told_with_parts_of_that_time(told: Told) -> None:
    report = told("regso/2020/9901R001")
    assert "DeSO-område" in next(text for name, text in texts(report) if "invånare" in text)
    assert max(_years(report)) == "2023"


# --- sections and comparisons ---------------------------------------------------------------------


def test_sections_are_those_chosen_in_the_order_of_the_report(told: Told) -> None:
    report = told(TOWN, sections=("appendix", "summary", "housing"))
    assert [one.id for one in report.sections] == ["summary", "housing", "appendix", "made"]
    # The summary names no field that is not in the report.
    fields = {SECTIONS[name]["sv"] for name in ("education", "labour", "health", "crime")}
    assert not [text for name, text in texts(report) if name == "fields" if text[:6] in fields]
    assert not [text for name, text in texts(report) if "står i avsnittet" in text]


def test_links_inside_a_report_lead_to_sections_that_it_has(told: Told) -> None:
    for sections in (tuple(SECTIONS), ("summary", "perspectives", "housing"), ("summary",)):
        report = told(TOWN, sections=sections)
        there = {one.id for one in report.every()}
        assert set(re.findall(r"address='#([^']+)'", repr(report.sections))) <= there


def test_with_no_comparison_nobody_else_is_named(told: Told) -> None:
    report = told(TOWN, compare=())
    text = whole(report, QUOTED)
    assert not re.findall(rf"\b({'|'.join(OTHERS)}|Vattlands? län|Vattland)\b", text)
    assert not re.search(r"liknande platser|kommuner av samma typ|andra kommuner", text)
    assert dict(report.facts)["Jämförs med"] == "inget annat"
    assert section(report, "evenness").sections[0].id != "similar"


@pytest.mark.parametrize("place", ["regso/2025/9901R001", "custom/9901-inre-hamnen", "county/99"])
def test_with_no_comparison_a_smaller_or_larger_place_stands_alone_too(
    told: Told, place: str
) -> None:
    report = told(place, compare=())
    named = whole(report, QUOTED).replace(report.name, "")
    assert not re.findall(r"\bVattlands?\b|Sverige", named)
    assert "kommunen och landet" not in named
    assert "andra län" not in named


@pytest.mark.parametrize(
    ("compare", "there", "absent"),
    [
        ("county", ("Vattlands län",), (r"Vattland\b", *OTHERS)),
        ("country", (r"Vattland\b",), ("Vattlands län", *OTHERS)),
        ("similar", OTHERS, ("Vattlands län", r"Vattland\b")),
    ],
)
def test_one_comparison_names_those_and_no_others(
    told: Told, compare: str, there: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    text = whole(told(TOWN, compare=(compare,)))
    assert all(re.search(name, text) for name in there)
    assert not [name for name in absent if re.search(name, text)]


# --- periods --------------------------------------------------------------------------------------


def _years(report: Report) -> set[str]:
    """The years that a report tells figures of: borders and texts of the catalogue aside."""
    told = " ".join(text for _, text in texts(report, QUOTED | {"made", "method", "reading"}))
    told = told.replace("Agenda 2030", "")
    told = re.sub(r"(DeSO|RegSO|[Kk]ommun(er)?|[Mm]unicipalit(y|ies)) 20\d\d", "", told)
    return set(re.findall(r"(?<![\d,\u00a0-])(?:19|20)\d\d(?![\d-]|\u00a0)", told))


@pytest.mark.parametrize("place", PLACES)
def test_a_period_in_the_past_shows_nothing_later(told: Told, place: str) -> None:
    report = told(place, period="2016")
    assert max(_years(report), default="2016") <= "2016"


def test_a_period_in_the_past_has_the_parts_and_types_of_that_time(told: Told) -> None:
    report = told(TOWN, period="2016")
    assert report.subtitle.endswith("2016")
    assert dict(report.facts)["Siffror till och med"] == "2016"
    areas = rows(tables(section(report, "areas"))[0])
    assert len(areas) == 20
    assert all(row["Typ"][0] in "12345" for row in areas)
    assert {"map-types", "spread-rental-share"} <= {one.name for one in report.figures()}


def test_what_is_older_than_the_other_figures_is_said(told: Told) -> None:
    """Elections are held every fourth year."""
    report = told(TOWN, period="2018")
    figures = {row["Id"]: row["År"] for row in rows(tables(section(report, "every-figure"))[0])}
    assert figures["turnout_municipal"] == figures["population"] == "2018"
    report = told(TOWN, period="2021")
    figures = {row["Id"]: row["År"] for row in rows(tables(section(report, "every-figure"))[0])}
    assert figures["turnout_municipal"] == "2018"
    assert "i Vattstad 2018" in whole(report)


def test_a_period_later_than_all_figures_shows_the_newest_and_says_so(told: Told) -> None:
    report = told(TOWN, period="2031")
    assert "Inga uppgifter är från 2031. De nyaste som visas är från 2024." in report.notice
    assert whole(report).count("2031") == 2  # and in the command


@pytest.mark.parametrize("place", PLACES)
def test_a_period_before_all_figures_gives_the_report_that_is_possible(
    told: Told, place: str
) -> None:
    report = told(place, period="1990")
    assert "inga uppgifter om" in report.notice
    assert "till och med 1990" in report.notice
    assert [one.id for one in report.sections] == [*SECTIONS, "made"]
    assert not _years(report)
    assert not report.figures()
    assert "för :" not in whole(report)


@pytest.mark.parametrize("period", ["nonsense", "20", "åäö", "2024-13", "; drop"])
def test_a_period_that_is_none_breaks_nothing(told: Told, period: str) -> None:
    report = told(TOWN, period=period, sections=("summary", "unknown"))
    assert report.sections
    assert report.notice


# --- what there is not ----------------------------------------------------------------------------


def test_an_unknown_section_or_comparison_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match='no section "housng" .did you mean "housing"') as told:
        Choice(TOWN, sections=("summary", "housng"))
    assert all(name in str(told.value) for name in SECTIONS)
    with pytest.raises(InputError, match='no comparison "region"') as told:
        Choice(TOWN, compare=("region",))
    assert all(name in str(told.value) for name in COMPARISONS)
    with pytest.raises(InputError, match='no section "boende"'):
        Choice(TOWN, own={"boende": "…"})
    with pytest.raises(InputError, match="no language"):
        Choice(TOWN, language="fi")


@pytest.mark.parametrize("place", ["municipality/9999", "Vattstan", "", "regso/"])
def test_an_unknown_place_is_no_report(demo: Release, place: str) -> None:
    with pytest.raises(InputError):
        situation_report(demo, Choice(place, day=DAY))


def test_a_misspelt_place_is_answered_with_what_it_may_be(demo: Release) -> None:
    with pytest.raises(InputError, match="Vattstad"):
        situation_report(demo, Choice("Vattstan", day=DAY))


def test_made_up_figures_are_said_to_be_so_first_of_all(told: Told) -> None:
    assert told(TOWN).notice.startswith("Platsen och alla siffror är påhittade.")
    assert told(TOWN, language="en").notice.startswith("The place and all figures are made up.")


def test_another_day_changes_nothing_but_the_day(demo: Release, told: Told) -> None:
    choice = Choice(TOWN, day=DAY.replace(year=2027), sections=("summary", "areas", "appendix"))
    later = situation_report(demo, choice)
    before = told(TOWN, sections=choice.sections)
    assert later.day != before.day
    assert later != before
    day = (before.facts[-1][0], before.day.isoformat())
    again = replace(later, day=before.day, facts=(*later.facts[:-1], day))
    assert whole(again) == whole(before)
