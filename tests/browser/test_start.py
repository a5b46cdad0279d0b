"""The start page in a browser: found by typing, by keyboard alone, and nothing moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations

WIDTHS = (360, 768, 1440, 2560)


@pytest.mark.parametrize("address", ["/", "/en/", "/sok/?q=vatt", "/en/nowhere/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, demo_server, complaints, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{demo_server}{address}")
    for details in page.locator("details").all():
        details.evaluate("one => { one.open = true }")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/", "/sok/?q=a"])
def test_no_page_is_wider_than_the_screen(page, demo_server, width, address):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{demo_server}{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_at_twice_the_size_holds(page, demo_server):
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(demo_server)
    # What a reader's own setting of the browser does.
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    box = page.get_by_role("searchbox").bounding_box()
    assert box is not None
    assert box["height"] > 60


def test_a_municipality_is_found_by_keyboard_alone(page, demo_server):
    page.goto(demo_server)
    page.get_by_role("searchbox").focus()
    with page.expect_response("**/sok/?q=vattst"):
        page.keyboard.type("vattst", delay=30)
    first = page.locator("[data-find] .found a").first
    expect(first).to_contain_text("Vattstad kommun")
    first.wait_for()
    assert page.locator("[data-find] [role=status]").text_content().endswith(("träff", "träffar"))
    page.keyboard.press("ArrowDown")
    assert first.evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowUp")
    assert page.get_by_role("searchbox").evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/omrade/municipality/9901/")


def test_a_late_answer_does_not_take_the_focus_away(page, demo_server):
    page.goto(demo_server)
    box, found = page.get_by_role("searchbox"), page.locator("[data-find] .found")
    box.focus()
    page.keyboard.type("vatt")
    found.get_by_role("link", name="Vattstad kommun").wait_for()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/sok/?q=vatts", hold)
    with page.expect_request("**/sok/?q=vatts"):
        page.keyboard.type("s")
    page.keyboard.press("ArrowDown")
    first = found.get_by_role("link").first
    went = first.get_attribute("href")
    first.evaluate("one => one.dataset.old = true")
    held[0].continue_()
    expect(page.locator("[data-find] [data-old]")).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('href')") == went


def test_escape_puts_away_what_was_found_and_typing_goes_on(page, demo_server):
    page.goto(demo_server)
    box = page.get_by_role("searchbox")
    box.focus()
    page.keyboard.type("v", delay=30)
    page.locator(".found a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("a")
    assert box.evaluate("one => one === document.activeElement")
    page.wait_for_function("document.querySelector('.find input').value === 'va'")
    page.locator(".found a").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(".found a").first.wait_for(state="detached")
    assert box.input_value() == "va"


def test_an_answer_that_comes_after_escape_stays_away(page, demo_server):
    page.goto(demo_server)
    box, found = page.get_by_role("searchbox"), page.locator("[data-find] .found")
    box.focus()
    page.keyboard.type("vatt")
    found.get_by_role("link", name="Vattstad kommun").wait_for()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/sok/?q=vatts", hold)
    with page.expect_request("**/sok/?q=vatts"):
        page.keyboard.type("s")
    page.keyboard.press("Escape")
    with page.expect_response("**/sok/?q=vatts"):
        held[0].continue_()
    page.wait_for_timeout(300)
    expect(found.get_by_role("link")).to_have_count(0)
    page.keyboard.type("t")
    found.get_by_role("link", name="Vattstad kommun").wait_for()


def test_without_scripts_the_search_is_a_page(chromium, demo_server):
    context = chromium.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(demo_server)
    page.get_by_role("searchbox").fill("hallmora")
    page.get_by_role("button", name="Sök").click()
    page.wait_for_url("**/sok/?q=hallmora")
    assert page.get_by_role("link", name="Hällmora kommun").is_visible()
    context.close()


def test_nothing_moves_and_only_the_picture_that_is_seen_is_fetched(page, demo_server):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) "
        "if (!one.hadRecentInput) window.moved += one.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(demo_server)
    page.evaluate("document.fonts.ready")
    for _ in range(12):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(60)
    page.wait_for_load_state("networkidle")
    pictures = [url for url in asked if "/diagram/" in url]
    assert len(pictures) == 3
    assert not any("look=dark" in url or "narrow" in url for url in pictures)
    assert page.evaluate("window.moved") < 0.02
    sizes = page.evaluate(
        "[...document.querySelectorAll('.in-light img')].map(one => "
        "[one.naturalWidth / one.naturalHeight, one.getAttribute('width') / "
        "one.getAttribute('height')])"
    )
    assert all(own == pytest.approx(told, rel=0.01) for own, told in sizes)


def test_on_a_phone_in_the_dark_the_narrow_dark_picture_is_fetched(page, demo_server):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(demo_server)
    page.locator(".in-dark img").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    charts = [url for url in asked if "/diagram/types" in url]
    assert charts
    assert all("look=dark" in url and "narrow=1" in url for url in charts)


def test_the_first_view_is_light(page, demo_server):
    sent: dict[str, int] = {}

    def count(response):
        if response.request.resource_type in {"document", "script", "stylesheet"}:
            sizes = response.request.sizes()
            sent[response.url] = sizes["responseBodySize"]

    page.on("requestfinished", lambda request: count(request.response()))
    page.goto(demo_server)
    page.wait_for_load_state("networkidle")
    assert sum(sent.values()) < 150 * 1024
