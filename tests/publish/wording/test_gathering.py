"""The facts behind the sentences are those of the release."""

import re

import polars as pl
import pytest

from samsyn.publish.intervals import difference
from samsyn.publish.wording import (
    inequality,
    neighbourhood_facts,
    people_by_type,
    region_facts,
    summary,
)
from samsyn.statistics.query import Release


def test_the_index_and_its_interval_are_the_releases(demo: Release) -> None:
    found = inequality(demo, "municipality")
    values = demo.values("inequality_index", level="municipality")
    assert found.height == values.height
    for row in found.filter(period="2024").iter_rows(named=True):
        there = demo.indices(
            "economic_standard", row["units"], within=row["area"], period="2024",
            index="dissimilarity", group="low", level="municipality",
        ).filter(against="high")  # fmt: skip
        assert there.height == 1
        assert there.select("value", "lower", "upper", "expected").row(0) == (
            row["value"], row["lower"], row["upper"], row["expected"],
        )  # fmt: skip


def test_ten_years_and_the_peers_are_found(demo: Release) -> None:
    town = demo.area("9901")
    facts = region_facts(demo, town)
    assert (facts.period, facts.earlier_period) == ("2024", "2014")
    assert facts.moved_borders  # the areas got new borders in 2024
    # Too few municipalities of the same type in one county: all are peers.
    assert (len(facts.peers), facts.peers_are) == (7, "municipalities")
    chosen = region_facts(demo, town, similar=["9902", "9903", "9901"])
    assert (len(chosen.peers), chosen.peers_are) == (2, "chosen")
    assert region_facts(demo, demo.area("county/99")).peers_are == "counties"


def test_people_of_the_types_are_all_people(demo: Release) -> None:
    town = demo.area("9901").area
    types = people_by_type(demo, town)
    people = demo.values("population", level="regso", within=town, period="2024")
    assert types["people"].sum() == people["value"].sum()
    ends = region_facts(demo, demo.area("9901")).ends
    assert ends is not None
    assert ends.first == types.filter(type=1)["people"].sum()
    assert ends.last == types.filter(type=5)["people"].sum()
    assert ends.areas == people.height


def test_a_period_or_a_type_that_is_not_there(demo: Release) -> None:
    assert people_by_type(demo, demo.area("9901").area, "1850").is_empty()
    assert people_by_type(demo, demo.area("deso/9901A0010").area).is_empty()


def test_what_stands_out_is_set_against_the_right_places(demo: Release) -> None:
    area = demo.areas("regso/2025", within="9901").row(0, named=True)
    facts = neighbourhood_facts(demo, demo.area(area["area"]))
    assert facts.standings
    for one in facts.standings:
        entries = [entry for name in demo.indicators if (entry := demo.indicator(name))]
        name = next(entry.id for entry in entries if entry.name == one.name)
        rows = demo.values(name, areas=[area["area"], "9901", "country/00"], period=one.period)
        told = dict(rows.select("area", "value").iter_rows())
        assert one.area.value == told[area["area"]]
        assert one.municipality.value == told["municipality/2025/9901"]
        assert one.country.value == told["country/2025/00"]
        assert one.better in {"higher", "lower"}
    low = demo.values(
        "low_economic_standard_share", level="regso/2025", within="9901", period="latest"
    )
    assert facts.range == (low["value"].min(), low["value"].max())


@pytest.mark.parametrize(
    "area", ["9901", "9907", "county/99", "country/00", "regso/9901R001", "deso/9901A0010"]
)
def test_every_place_has_a_summary(demo: Release, area: str) -> None:
    told = summary(demo, area)
    assert told.sentences
    for language in ("sv", "en"):
        text = told.text(language)
        assert "None" not in text
        assert "{" not in text


def test_a_custom_area_has_one_too(demo: Release) -> None:
    custom = demo.areas("custom")["area"][0]
    rules = [one.rule for one in summary(demo, custom).sentences]
    assert rules[0] == "people.known"
    assert any(rule.startswith("outstanding.") for rule in rules)


@pytest.mark.parametrize(
    "area", ["9901", "county/99", "regso/2020/9901R001", "custom/2018/9901-inre-hamnen"]
)
def test_nothing_later_than_asked_for_is_told(demo: Release, area: str) -> None:
    told = summary(demo, area, until="2016")
    text = told.text("sv") + " ".join(note.sv for note in told.notes)
    assert max(re.findall(r"\b20[12]\d\b", text), default="2016") == "2016"
    assert told.text("sv") != summary(demo, area).text("sv")


def test_a_period_before_all_figures_is_not_said_of_any_year(demo: Release) -> None:
    (told,) = summary(demo, "9901", until="1850").sentences
    assert told.rule == "evenness.none"
    assert summary(demo, "regso/2020/9901R001", until="1850").sentences


def test_an_area_of_ones_own_is_compared_in_a_year_of_which_it_has_figures(demo: Release) -> None:
    facts = neighbourhood_facts(demo, demo.area("custom/2018/9901-inre-hamnen"))
    assert {one.period for one in facts.standings} == {"2023"}


def test_the_real_towns_ends_are_the_official(national_release: object) -> None:
    release = Release(national_release)  # type: ignore[arg-type]
    types = people_by_type(release, release.area("1488").area)
    ends = {one: " ".join(types.filter(type=one)["name"]) for one in (1, 5)}
    assert "Kronogård" in ends[1]
    assert "Lextorp" in ends[1]
    assert "Strömslund" in ends[5]
    assert "Halvorstorp" in ends[5]
    facts = region_facts(release, release.area("Västerås"))
    assert facts.peers_are == "type"
    assert facts.index.value == pytest.approx(
        release.values("inequality_index", areas=["1980"])["value"][0]
    )
    assert difference(facts.index, facts.peers[0]) != "unknown"
    assert types["people"].sum() == pytest.approx(
        release.values("population", areas=["1488"], period="2022")["value"][0], rel=0.01
    )


def test_a_release_without_the_index_says_so(demo: Release) -> None:
    facts = region_facts(demo, demo.area("9901"))
    assert facts.index.known
    empty = inequality(demo, "regso")
    assert empty.is_empty()
    assert empty.schema["lower"] == pl.Float64
