"""The pages that are read: whole in both languages, with every anchor that others lead to."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.test import override_settings

from samsyn.explore.background import tested
from samsyn.explore.background.formulas import FORMULAS
from samsyn.explore.background.mathml import mathml
from samsyn.explore.background.rule_facts import BLANK, BLANKS, NEIGHBOURHOOD, REGION, TITLES, WHEN
from samsyn.measure.catalogue import INDICES
from samsyn.statistics.indicators import groupings, indicators
from tests.explore.background.pages import read

PAGES = ("/metoder/", "/om-uppgifterna/", "/andringar/", "/tillganglighet/", "/api/")
RULES = [
    f"{topic.name}.{rule.name}"
    for topic in (*REGION, *NEIGHBOURHOOD)
    for rule in topic.rules
    if rule.sv
]
REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_at_the_top_and_none_that_skips_a_level(demo_site, path):
    for address in (path, f"/en{path}"):
        levels = read(demo_site, address).headings
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_ids_stand_once_and_links_on_the_page_lead_to_one(demo_site, path):
    for address in (path, f"/en{path}"):
        page = read(demo_site, address)
        assert len(page.ids) == len(set(page.ids))
        named = {label for _, told in page.tags if (label := told.get("aria-labelledby"))}
        wanted = {link[1:] for link in page.links if link.startswith("#")} | named
        assert wanted <= set(page.ids)


@pytest.mark.parametrize("path", PAGES)
def test_both_languages_have_the_same_parts_in_the_same_order(demo_site, path):
    swedish, english = read(demo_site, path), read(demo_site, f"/en{path}")
    assert swedish.ids == english.ids
    assert [tag for tag, _ in swedish.tags] == [tag for tag, _ in english.tags]
    # The same addresses, but for the language.
    plain = [link.replace("/en/", "/", 1) for link in english.links]
    assert [link.replace("/en/", "/", 1) for link in swedish.links] == plain


@pytest.mark.parametrize("path", PAGES)
def test_regions_that_scroll_can_be_reached_and_have_names(demo_site, path):
    for tag, told in read(demo_site, path).tags:
        if "wide" in (told.get("class") or "").split():
            assert told["tabindex"] == "0"
            assert told["role"] == "region"
            assert told["aria-label"]
        if tag == "pre":
            assert "tabindex" in told or "cite" in path or told == {}


@pytest.mark.parametrize("path", PAGES)
def test_no_english_stands_in_a_swedish_page_or_swedish_in_an_english(demo_site, path):
    english = read(demo_site, f"/en{path}").text
    assert not re.search(r"\b(och|inte|för|som är|av de)\b", english.replace("Källa för", ""))


def test_every_index_rule_grouping_and_indicator_has_its_anchor(demo_site):
    for address in ("/metoder/", "/en/metoder/"):
        there = set(read(demo_site, address).ids)
        wanted = {
            *INDICES, *RULES,
            *(f"grouping.{name}" for name in groupings()),
            *(f"indicator.{name}" for name in indicators()),
        }  # fmt: skip
        assert wanted <= there, sorted(wanted - there)


def test_what_is_told_of_rules_is_of_the_rules_that_there_are():
    assert set(WHEN) == set(RULES)
    assert set(TITLES) == {topic.name for topic in (*REGION, *NEIGHBOURHOOD)}
    blanks = {
        blank
        for topic in (*REGION, *NEIGHBOURHOOD)
        for rule in topic.rules
        for text in (rule.sv, rule.en)
        for blank in BLANK.findall(text)
    }
    assert set(BLANKS) == blanks


def test_the_page_has_the_sentences_as_the_rules_have_them(demo_site):
    page = read(demo_site, "/metoder/").text
    assert "skulle omkring andel av invånarna med låg ekonomisk standard behöva flytta" in page
    assert "change.higher" in page


def test_every_index_has_a_formula_that_is_mathml():
    assert set(FORMULAS) == set(INDICES)
    for name, tex in FORMULAS.items():
        for element in mathml(tex).replace("</math> <math", "</math>\0<math").split("\0"):
            root = ElementTree.fromstring(element)
            assert root.tag == "math", name
            assert {part.tag for part in root.iter()} <= {
                "math", "mrow", "mi", "mn", "mo", "mfrac", "msqrt", "msub", "msup", "msubsup",
                "munder", "mover", "munderover", "mspace",
            }  # fmt: skip


def test_a_formula_is_built_as_it_is_read():
    assert mathml(r"\frac{a}{2}") == "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>"
    assert mathml("x_u^2") == "<math><msubsup><mi>x</mi><mi>u</mi><mn>2</mn></msubsup></math>"
    assert mathml("a<b") == "<math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>"
    for wrong in ("a}", "{a", r"\unknown", "a_", "(a"):
        with pytest.raises(ValueError, match="."):
            mathml(wrong)


def test_each_claim_about_accessibility_has_its_test():
    for claim in tested.TESTS:
        path, _, name = claim.test.partition("::")
        source = REPOSITORY / path
        assert source.is_file(), claim.test
        assert f"def {name}(" in source.read_text(encoding="utf-8"), claim.test


def test_the_statement_says_what_the_law_asks_for(demo_site):
    page = read(demo_site, "/tillganglighet/")
    for told in ("delvis förenlig", "2018:1937", "Digg", "har inte angett någon kontaktadress"):
        assert told in page.text
    assert "https://www.digg.se/tdosanmalan" in page.links


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("samsyn@example.org", "mailto:samsyn@example.org"),
        ("mailto:samsyn@example.org", "mailto:samsyn@example.org"),
        ("https://example.org/kontakt", "https://example.org/kontakt"),
    ],
)
def test_the_contact_that_the_operator_tells_is_a_link(demo_site, said, link):
    with override_settings(SAMSYN_CONTACT=said, SAMSYN_OPERATOR="Vattlands kommun"):
        page = read(demo_site, "/en/tillganglighet/")
    assert link in page.links
    assert "run by Vattlands kommun" in page.text


@pytest.mark.parametrize("said", ["javascript:alert(1)", "nobody", '"><b>', "a b@c.se"])
def test_what_is_no_contact_is_not_shown_as_one(demo_site, said):
    with override_settings(SAMSYN_CONTACT=said):
        page = read(demo_site, "/tillganglighet/")
    assert "har inte angett någon kontaktadress" in page.text
    assert not [link for link in page.links if "alert" in link]


def test_the_examples_of_the_api_work_as_they_stand(demo_site):
    page = read(demo_site, "/api/")
    ours = [link for link in page.links if link.startswith("http://testserver")]
    assert len(ours) >= 8
    for link in ours:
        response = demo_site.get(link.removeprefix("http://testserver"))
        assert response.status_code == 200, link
        response.close()
