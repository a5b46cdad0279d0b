"""The list of indicators and the page of one."""

import csv
import io
import json
import shlex

import polars as pl
import pytest

from samsyn.cli.indicators import AREAS
from samsyn.statistics.indicators import FOCUS_AREAS, groupings, indicators, own_indicators
from tests.cli.conftest import ROOT
from tests.cli.test_documentation import blocks, commands

PAGE = "docs/methods/indicators.md"


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_has_every_indicator_with_its_origin(samsyn):
    outcome = samsyn("indicators")
    assert (outcome.code, outcome.err) == (0, "")
    titles, _, *lines = outcome.out.splitlines()
    assert titles.split() == [
        "id", "name", "focus_area", "unit", "better", "lowest_level", "origin",
    ]  # fmt: skip
    assert [line.split()[0] for line in lines] == list(indicators())
    (rental,) = (line for line in lines if line.startswith("rental_share "))
    assert "Andel hyresrätter" in rental
    assert rental.endswith("SCB 000006OC")


def test_the_focus_areas_are_those_of_the_catalogue():
    assert AREAS == FOCUS_AREAS


@pytest.mark.parametrize("focus", AREAS)
def test_one_focus_area(samsyn, focus):
    found = rows(samsyn("indicators", "--focus", focus, "--format", "csv").out)
    assert {row["focus_area"] for row in found} == {focus}
    assert len(found) == sum(one.focus_area == focus for one in indicators().values())


@pytest.mark.parametrize("language", ["sv", "en"])
def test_json_holds_all_that_is_said(samsyn, language):
    outcome = samsyn("indicators", "--format", "json", "--language", language)
    found = json.loads(outcome.out)
    assert len(found) == len(indicators())
    for row, one in zip(found, indicators().values(), strict=True):
        assert row["name"] == one.name[language]
        assert row["explanation"] == one.explanation[language]
        assert row["denominator"] == " + ".join(one.denominator)
        assert row["next_review"] == one.next_review.isoformat()


def test_the_page_of_one_indicator(samsyn):
    outcome = samsyn("indicators", "low_economic_standard_share")
    one = indicators()["low_economic_standard_share"]
    page = " ".join(outcome.out.split())
    assert outcome.code == 0
    assert page.startswith(f"{one.name['sv']} ({one.id}) {one.explanation['sv']}")
    assert one.caveats["sv"] in page
    for period, text in one.breaks:
        assert f"Brott i serien {period}: {text['sv']}" in page
    assert "Täljare personer under 60 procent av medianen i landet (economic_standard.low)" in page
    assert "Källa SCB 000006TA" in page
    assert "Minsta område DeSO" in page
    assert max(map(len, outcome.out.splitlines())) <= 88


def test_every_page_can_be_shown_in_both_languages(samsyn):
    for language, heading in (("sv", "Fokusområde"), ("en", "Focus area")):
        outcome = samsyn("indicators", *indicators(), "--language", language)
        assert outcome.code == 0
        assert outcome.out.count(heading) == len(indicators())


def test_several_pages_in_the_order_asked_and_each_once(samsyn):
    outcome = samsyn("indicators", "life_expectancy", "population", "life_expectancy")
    assert outcome.out.count("(life_expectancy)") == 1
    assert outcome.out.index("(life_expectancy)") < outcome.out.index("(population)")


def test_a_derived_figure_says_so(samsyn):
    assert "SCB 000006OC (beräknad av Samsyn)" in samsyn("indicators", "tenure_mix").out
    assert "computed by Samsyn" in samsyn("indicators", "tenure_mix", "--language", "en").out
    assert "beräknad" not in samsyn("indicators", "rental_share").out


def test_a_file(samsyn, tmp_path):
    target = tmp_path / "indicators.parquet"
    outcome = samsyn("indicators", "--output", target)
    assert (outcome.code, outcome.out) == (0, "")
    assert pl.read_parquet(target).get_column("id").to_list() == list(indicators())
    listed = tmp_path / "indicators.txt"
    assert samsyn("indicators", "rental_share", "--output", listed).code == 0
    assert "rental_share" in listed.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unemployment"], "Did you mean unemployment_rate"),
        (["rental_share", "qqq"], 'no indicator "qqq"'),
        (["rental_share", "--focus", "health"], "rental_share is not of the focus area health"),
        (["--focus", "sport"], "sport"),
        (["--language", "fi"], "fi"),
    ],
)
def test_doing_it_wrong(samsyn, arguments, said):
    outcome = samsyn("indicators", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_the_methods_page_shows_what_is_printed(samsyn):
    found = list(commands(PAGE))
    assert found
    for command, printed in found:
        assert samsyn(*shlex.split(command)[1:]).out == printed


def test_the_methods_page_defines_its_own_indicators_rightly(tmp_path):
    (example,) = blocks(PAGE, "toml")
    (tmp_path / "samsyn.toml").write_text(example, encoding="utf-8")
    assert len(own_indicators(tmp_path)) == 2


def test_the_methods_page_names_every_grouping():
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    for found in groupings().values():
        assert f"\n| `{found.id}` |" in text
