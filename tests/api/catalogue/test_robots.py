"""Robots find every page, and are kept from asking every question that there is."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import override_settings

from samsyn.api.catalogue import robots
from samsyn.publish.contact import Contact
from samsyn.statistics.query.shelf import served

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SITE = "http://testserver"


def files(client):
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}sitemapindex"
    return [one.findtext(f"{SITEMAP}loc") for one in root]


def entries(client):
    for address in files(client):
        response = client.get(address.removeprefix(SITE))
        assert response.status_code == 200
        assert len(response.content) < 50_000_000
        yield from ElementTree.fromstring(response.content)


def test_every_page_is_in_the_sitemap_in_both_languages(demo_site):
    release = served().release()
    found = {}
    for entry in entries(demo_site):
        others = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
        found[entry.findtext(f"{SITEMAP}loc")] = others
        assert entry.findtext(f"{SITEMAP}lastmod") == release.manifest.created[:10]
        assert set(others) == {"sv", "en"}
    # Each page names itself and the other, and the other names them both alike.
    for address, others in found.items():
        assert address in others.values()
        assert all(found[other] == others for other in others.values())
    for path in ("/", "/en/", "/metoder/", "/en/indikator/rental_share/", "/api/"):
        assert SITE + path in found
    codes = {(kind, code) for kind, code in robots.places(release)}
    places = {address for address in found if "/omrade/" in address}
    assert len(places) == 2 * len(codes)
    assert f"{SITE}/omrade/municipality/9901/" in places


def test_pages_of_the_sitemap_are_there(demo_site):
    for entry in list(entries(demo_site))[::40]:
        address = entry.findtext(f"{SITEMAP}loc").removeprefix(SITE)
        assert demo_site.get(address).status_code == 200, address


def test_many_places_lie_in_several_files(demo_site, monkeypatch):
    monkeypatch.setattr(robots, "PLACES", 10)
    count = len(robots.places(served().release()))
    listed = files(demo_site)
    assert len(listed) == 1 + -(-count // 10)
    robots.urls.cache_clear()
    assert sum(1 for entry in entries(demo_site)
               if "/omrade/" in entry.findtext(f"{SITEMAP}loc")) == 2 * count  # fmt: skip
    robots.urls.cache_clear()


@pytest.mark.parametrize("part", ["places-0", "places-999", "nothing"])
def test_a_file_that_is_not_there(demo_site, part):
    assert demo_site.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_may_read_pages_and_not_ask_endlessly(demo_site):
    response = demo_site.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    text = response.content.decode()
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    for path in ("/", "/omrade/municipality/9901/", "/api/", "/dcat", "/indikator/x.csv"):
        assert parser.can_fetch("any", SITE + path)
    for path in ("/api/v2/tables", "/api/geo/regso", "/release/demo/api/v2/tables"):
        assert not parser.can_fetch("any", SITE + path)
    # The library does not know the sign * of RFC 9309.
    assert "Disallow: /*?" in text
    assert parser.site_maps() == [f"{SITE}/sitemap.xml"]


def test_holes_in_security_can_be_told_of_where_a_contact_is_set(demo_site):
    assert demo_site.get("/.well-known/security.txt").status_code == 404
    with override_settings(SAMSYN_CONTACT="samsyn@example.org"):
        text = demo_site.get("/.well-known/security.txt").content.decode()
    told = dict(line.split(": ", 1) for line in text.splitlines())
    assert told["Contact"] == "mailto:samsyn@example.org"
    assert told["Canonical"] == f"{SITE}/.well-known/security.txt"
    expires = datetime.fromisoformat(told["Expires"])
    assert 0 < (expires - datetime.now(UTC)).days < 366


def test_the_mark_of_security_txt_is_the_same_all_day():
    reached = Contact("", "a@b.se", "mailto:a@b.se")
    morning, evening = (datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in (1, 23))
    assert robots.security(reached, SITE, morning) == robots.security(reached, SITE, evening)
