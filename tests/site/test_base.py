"""What every page has: which data it shows, its languages, its headers, its errors."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from samsyn.publish.fiction import says_so
from samsyn.publish.theme import DARK, LIGHT
from samsyn.site.context import translated
from samsyn.statistics.query.shelf import served

FRONTEND = Path(__file__).resolve().parents[2] / "frontend/src"
PAGE = "/sok/"  # with nothing to itself


def text(client, address=PAGE, status=200, **more):
    answer = client.get(address, **more)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def test_every_page_says_which_release_it_shows(demo_site):
    assert "Sidan visar utgåvan demo" in text(demo_site)


def test_made_up_data_are_told_on_every_page_in_both_languages(demo_site):
    for address in (PAGE, "/", "/tillganglighet/"):
        assert "Påhittade uppgifter" in text(demo_site, address)
    assert "Made-up data" in text(demo_site, f"/en{PAGE}")


def test_real_data_are_not_told_to_be_made_up(national_site):
    assert "åhittade uppgifter" not in text(national_site)


@pytest.mark.parametrize(
    ("name", "made_up"),
    [
        ("Samsyn: påhittade uppgifter (made-up data)", True),
        ("Vattlands län (påhittat)", True),
        ("Fiktiva kommunen", True),
        ("SCB", False),
        ("Påhittegatans hyresgäster", False),
    ],
)
def test_who_says_of_himself_that_he_is_made_up(name, made_up):
    assert says_so([name]) is made_up


def test_an_older_release_says_that_there_is_a_newer_one(shelved, demo_store, tmp_path):
    store = _two_releases(demo_store, tmp_path)
    client = shelved(store)
    page = text(client, f"{PAGE}?q=a&release=older")
    assert "Du läser en äldre utgåva" in page
    assert 'href="/sok/?q=a"' in page  # the same page without the release
    assert 'href="/andringar/"' in page
    assert "Du läser en äldre utgåva" not in text(client, f"{PAGE}?release=newer")
    assert "Du läser en äldre utgåva" not in text(client)
    assert "utgåvan newer" in text(client)


def _two_releases(demo_store, folder):
    """A store with the demonstration twice, as made on two days."""
    import json
    import shutil

    from samsyn.statistics.release.store import Store

    releases = folder / "releases"
    for name, created in (("older", "2020-01-01"), ("newer", "2021-01-01")):
        shutil.copytree(demo_store.folder(), releases / name)
        path = releases / name / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest |= {"name": name, "created": f"{created}T00:00:00+00:00"}
        path.write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "current").write_text("newer\n", encoding="utf-8")
    return Store(folder)


def test_a_release_that_is_not_there_is_told(demo_site):
    assert "nowhere" in text(demo_site, f"{PAGE}?release=nowhere", status=404)


@pytest.mark.parametrize(
    ("swedish", "english"),
    [("/", "/en/"), ("/sok/?q=a", "/en/sok/?q=a"), ("/nej/alls", "/en/nej/alls")],
)
def test_a_page_leads_to_itself_in_the_other_language(demo_site, swedish, english):
    assert translated(swedish, "en") == english
    assert translated(english, "sv") == swedish
    assert translated(english, "en") == english
    page = unescape(demo_site.get(swedish).content.decode())
    assert f'href="{english}" hreflang="en" lang="en"' in page
    assert f'hreflang="sv" href="http://testserver{swedish}"' in page
    other = unescape(demo_site.get(english).content.decode())
    assert f'href="{swedish}" hreflang="sv" lang="sv"' in other


def test_the_right_address_of_a_page_is_without_its_look(demo_site):
    page = text(demo_site, "/sok/?q=a&look=dark")
    assert '<link rel="canonical" href="http://testserver/sok/?q=a">' in page


def test_the_headers_that_keep_a_reader_safe(demo_site):
    for address, status in ((PAGE, 200), ("/nej", 404)):
        answer = demo_site.get(address)
        assert answer.status_code == status
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "Referrer-Policy" in answer.headers
        assert "Cross-Origin-Opener-Policy" in answer.headers
        assert "Permissions-Policy" in answer.headers
        assert not answer.cookies
        html = answer.content.decode()
        assert "style=" not in html
        assert not re.search(r"<script>|<script [^>]*>[^<]|\son\w+=", html)


def test_an_address_that_leads_nowhere_helps_on(demo_site):
    page = text(demo_site, "/omrade/nej/", status=404)
    assert "Sidan finns inte" in page
    assert 'type="search"' in page
    assert "Sidan visar utgåvan demo" in page


def test_a_host_that_is_not_ours_gets_a_page_and_no_fault(demo_site):
    answer = demo_site.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.content.decode()


def test_without_a_release_the_error_page_itself_holds(shelved, tmp_path):
    from samsyn.statistics.release.store import Store

    client = shelved(Store(tmp_path))
    client.raise_request_exception = False
    assert client.get(PAGE).status_code in {400, 404, 500, 503}
    assert served().current is None


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("paper", "background"), ("ink", "ink"), ("soft", "soft"), ("faint", "faint"),
        ("accent", "accent"), ("others", "others"), ("missing", "missing"),
    ],
)  # fmt: skip
def test_colours_of_pages_are_those_of_charts(name, field):
    assert _colours()[name] == (getattr(LIGHT, field), getattr(DARK, field))


def test_scales_of_pages_are_those_of_charts():
    for name, field in (("type", "area_types"), ("series", "series")):
        pairs = zip(getattr(LIGHT, field), getattr(DARK, field), strict=True)
        for at, pair in enumerate(pairs, start=1):
            assert _colours()[f"{name}-{at}"] == pair


def _colours():
    css = (FRONTEND / "base.css").read_text(encoding="utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    # The first of each is what everybody sees; those after it are for readers who want contrast.
    return {name: (light, dark) for name, light, dark in reversed(found)}


def contrast(one, other):
    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [0, 1])
def test_text_is_read_on_every_ground(mode):
    colours = {name: pair[mode] for name, pair in _colours().items()}
    for ground in ("paper", "raised", "sunken", "notice", "accent-tint"):
        for ink in ("ink", "soft", "accent", "accent-deep"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for ground in ("paper", "raised"):
        assert contrast(colours["edge"], colours[ground]) >= 3
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent-deep"]) >= 4.5
