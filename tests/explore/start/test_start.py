"""The start page: what it is, where to begin, and the country now."""

from __future__ import annotations

import re
from html import unescape

import pytest

from samsyn.explore.start.now import now


@pytest.fixture
def page(demo_site):
    def shown(address="/"):
        answer = demo_site.get(address)
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    return shown


def test_it_says_what_it_is_and_shows_both_ends(page):
    text = page()
    assert "Hur nära varandra bor vi?" in text
    assert "Vattland nu" in text
    facts = re.search(r'<dl class="facts">(.*?)</dl>', text, re.DOTALL)[1]
    assert "Ojämlikhetsindex" in facts
    assert "stora socioekonomiska utmaningar" in facts
    assert "mycket goda förutsättningar" in facts


def test_the_figures_are_those_of_the_release(demo_site, demo_store):
    from samsyn.publish.numbers import number
    from samsyn.statistics.query import Release

    release = Release.open(demo_store)
    own = release.values("inequality_index", level="country").drop_nulls("value").sort("period")
    told = now(demo_store.folder(), "sv")
    assert told.facts[0].figure == number(own["value"][-1], "index", "sv", 2)
    assert own["period"][-1] in told.facts[0].beside
    assert sum(len(county.municipalities) for county in told.counties) == 8


def test_every_municipality_is_a_link_and_what_is_made_up_says_so(page):
    text = page()
    assert text.count('href="/omrade/municipality/') >= 8
    assert "Vattlands län (påhittat)" in text
    assert "Påhittade uppgifter" in text


def test_it_speaks_english(page):
    text = page("/en/")
    assert "How close to each other do we live?" in text
    assert 'href="/en/omrade/municipality/9901/"' in text
    assert "Vattland now" in text


def test_links_stay_in_the_release_that_the_address_names(page):
    text = page("/?release=demo")
    links = re.findall(r'href="(/omrade/[^"]+)"', text)
    assert links
    assert all("release=demo" in link for link in links)
    assert '<input type="hidden" name="release" value="demo">' in text


@pytest.mark.parametrize("chart", ["types", "inequality", "map"])
def test_its_charts_can_be_taken(demo_site, page, chart):
    text = page()
    assert f"/diagram/{chart}.svg?bare=1" in text
    for form, start in (("svg", b"<svg"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")):
        answer = demo_site.get(f"/diagram/{chart}.{form}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
    dark = demo_site.get(f"/diagram/{chart}.svg?bare=1&look=dark").content
    assert dark != demo_site.get(f"/diagram/{chart}.svg?bare=1").content


def test_a_picture_that_is_not_there_is_told(demo_site):
    answer = demo_site.get("/diagram/nothing.svg")
    assert answer.status_code == 404
    assert "nothing" in answer.content.decode()


def test_the_country_of_the_real_release(national_site):
    text = unescape(national_site.get("/").content.decode())
    assert "Sverige nu" in text
    assert "Påhittade uppgifter" not in text
    assert text.count('href="/omrade/municipality/') >= 290
    assert text.count("<summary>") >= 21
