"""Where a place is found: its one address, what leads there, what is said of what is not there."""

from __future__ import annotations

import html
import re

import pytest

from samsyn.statistics.query.shelf import served


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/omrade/kommun/9901/", "/omrade/municipality/9901/"),
        ("/omrade/lan/99/", "/omrade/county/99/"),
        ("/omrade/riket/00/", "/omrade/country/00/"),
        ("/omrade/Municipality/9901/", "/omrade/municipality/9901/"),
        ("/omrade/regso/9901r001/", "/omrade/regso/9901R001/"),
        ("/omrade/country/0/", "/omrade/country/00/"),
        ("/en/omrade/kommun/9901/?release=demo", "/en/omrade/municipality/9901/?release=demo"),
        ("/omrade/kommun/9901.csv?part=indices", "/omrade/municipality/9901.csv?part=indices"),
        (
            "/omrade/kommun/9901/diagram/map.svg?look=dark",
            "/omrade/municipality/9901/diagram/map.svg?look=dark",
        ),
    ],
)
def test_what_is_written_otherwise_is_sent_on_for_good(demo_site, wrong, right):
    response = demo_site.get(wrong)
    assert response.status_code == 301
    assert response.headers["Location"] == right
    assert demo_site.get(right).status_code == 200


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("9901", "/omrade/municipality/9901/"),
        ("Vattstad", "/omrade/municipality/9901/"),
        ("", "/omrade/country/00/"),
    ],
)
def test_a_place_without_its_kind_is_found(demo_site, text, right):
    response = demo_site.get(f"/omrade/{text}/" if text else "/omrade/")
    assert response.status_code == 302
    assert response.headers["Location"] == right


def test_a_code_that_is_not_there_gives_a_page_that_suggests(demo_site):
    response = demo_site.get("/omrade/municipality/9911/")
    assert response.status_code == 404
    page = html.unescape(response.content.decode())
    assert "9911" in page
    assert "/omrade/municipality/9901/" in page
    english = demo_site.get("/en/omrade/municipality/9911/").content.decode()
    assert "/en/omrade/municipality/9901/" in english


def test_a_name_in_place_of_a_code_is_suggested(demo_site):
    response = demo_site.get("/omrade/municipality/vattstad/")
    assert response.status_code == 404
    assert "/omrade/municipality/9901/" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/omrade/stadsdel/9901/",
        "/omrade/municipality/<b>/",
        "/omrade/municipality/9901/diagram/nothing.svg",
        "/omrade/municipality/9901/diagram/series-nothing.svg",
        "/omrade/deso/9901A0010/diagram/trend-background.svg",
        "/omrade/municipality/9901/visa/nothing/",
        "/omrade/municipality/9901/?release=nothing",
    ],
)
def test_what_is_not_there_is_not_found(demo_site, address):
    response = demo_site.get(address)
    assert response.status_code == 404
    assert "<b>/" not in response.content.decode()


def test_a_vintage_that_an_area_has_not_is_told_with_those_it_has(demo_site):
    response = demo_site.get("/omrade/regso/9901R001/?vintage=1999")
    assert response.status_code == 400
    page = response.content.decode()
    assert "2020" in page
    assert "2025" in page


def test_an_old_vintage_leads_to_what_came_after_it(demo_site):
    release = served().release()
    split = release.crosswalk().filter(release.crosswalk()["area_share"] < 0.9)["area"][0]
    kind, vintage, code = split.split("/")
    page = html.unescape(
        demo_site.get(f"/omrade/{kind}/{code}/?vintage={vintage}").content.decode()
    )
    notice = page.partition('<aside class="notice" aria-label="Nyare gränser">')[2]
    notice = notice.partition("</aside>")[0]
    for target in release.crosswalk(split)["target"]:
        assert f"/omrade/{kind}/{target.rpartition('/')[2]}/" in notice


def test_links_stay_in_a_release_that_is_pinned(demo_site):
    page = html.unescape(demo_site.get("/omrade/municipality/9901/?release=demo").content.decode())
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r'(?:href|hx-get|src)="(/[^"]*)"', main)
    assert len(links) > 50
    for link in links:
        assert "release=demo" in link, link
