"""Every page as readers meet it: on a phone and on a wall, light and dark, seen and heard."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import COLOURS, violations

PAGES = [
    "/",
    "/sok/?q=vatt",
    "/omrade/country/00/",
    "/omrade/county/99/",
    "/omrade/municipality/9901/",
    "/omrade/regso/9901R001/",
    "/omrade/deso/9901A0010/",
    "/omrade/rapport/?q=vatt",
    "/omrade/municipality/9901/rapport/",
    "/indikator/",
    "/indikator/rental_share/",
    "/indikator/segregation/background/",
    "/jamfor/",
    "/jamfor/?place=municipality/9901&place=municipality/9902&indicator=rental_share",
    "/karta/",
    "/omradestyper/",
    "/metoder/",
    "/om-uppgifterna/",
    "/andringar/",
    "/tillganglighet/",
    "/api/",
    "/finns-inte/",
    "/?release=finns-inte",
]
WIDTHS = (360, 768, 1440)


OPEN = "for (const part of document.querySelectorAll('details')) part.open = true"
WIDER = "document.documentElement.scrollWidth - innerWidth"
SHIFTED = """() => new Promise(done => new PerformanceObserver(list => {
    done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0));
}).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_light_and_in_dark(page, demo_server, path):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(demo_server + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(OPEN)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    assert violations(page, COLOURS) == []


@pytest.mark.parametrize("path", PAGES[::3])
def test_axe_finds_nothing_in_english(page, demo_server, path):
    """The colours are those of the Swedish page; words, and what is told of them, are not."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{demo_server}/en{path}")
    page.wait_for_load_state("networkidle")
    page.evaluate(OPEN)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_comes_or_runs_over_the_edge(page, demo_server, path):
    """On a phone, on a tablet, on a screen, and with text at twice its size."""
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(demo_server + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTED) < 0.02
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate(WIDER)
        assert over <= 0, f"{path} is {over} pixels too wide at {width}"
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) <= 0


def test_a_page_of_a_municipality_weighs_little(page, demo_server):
    weights = {}

    def weighed(response):
        kind = response.request.resource_type
        if kind in {"document", "stylesheet", "script"}:
            sizes = response.request.sizes()
            weights[response.url] = sizes["responseBodySize"]

    page.on("requestfinished", lambda request: weighed(request.response()))
    page.goto(f"{demo_server}/omrade/municipality/9901/")
    page.wait_for_load_state("networkidle")
    assert len(weights) >= 4
    assert sum(weights.values()) <= 150 * 1024, weights


def test_no_cookie_is_set_and_every_header_is_there(page, demo_server):
    response = page.goto(f"{demo_server}/")
    assert page.context.cookies() == []
    headers = response.all_headers()
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_without_javascript(chromium, demo_server, path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_server + path)
    assert page.locator("main h1").count() == 1
    assert page.locator("main").inner_text().strip()
    context.close()
