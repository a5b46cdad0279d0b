"""The interactive map as readers meet it: by pointer, by keyboard, by finger, in the dark."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.panning import panned

READY = "#map[data-map-state=ready]"
CANVAS = "#map canvas.maplibregl-canvas"
# Where on the page an area lies, by its code.
PLACE = """code => {
  const place = document.getElementById('map');
  const map = place.mapView;
  const areas = window.areasOfTheMap;
  const at = areas.codes.indexOf(code);
  const {x, y} = map.project([areas.x[at], areas.y[at]]);
  const box = map.getCanvas().getBoundingClientRect();
  return [box.left + x, box.top + y];
}"""
KEEP_AREAS = """async address => {
  const answer = await fetch(address ?? document.getElementById('map').dataset.areas);
  window.areasOfTheMap = await answer.json();
}"""
STILL = """() => {
  const map = document.getElementById('map').mapView;
  return map.loaded() && !map.isMoving();
}"""
COLOURS = """() => {
  const map = document.getElementById('map').mapView;
  return window.areasOfTheMap.codes.map((_, id) =>
    map.getFeatureState({source: 'areas', sourceLayer: 'areas', id}).class);
}"""


@pytest.fixture
def opened(page: Page, demo_server: str):
    """Opens a state of the map and waits until it is drawn."""

    def shown(query: str = "", *, language: str = "") -> Page:
        page.set_viewport_size({"width": 1280, "height": 1100})
        page.goto(f"{demo_server}{language}/karta/{query}")
        page.locator(READY).wait_for()
        page.evaluate(KEEP_AREAS)
        return page

    return shown


def point(page: Page, code: str) -> tuple[float, float]:
    x, y = page.evaluate(PLACE, code)
    return x, y


def asked(page: Page) -> dict[str, str]:
    """What the address says that the map shows."""
    return {name: text[0] for name, text in parse_qs(urlsplit(page.url).query).items()}


def test_pointing_at_an_area_tells_its_name_and_figure(opened):
    page = opened("?indicator=rental_share&level=municipality")
    page.mouse.move(*point(page, "9901"))
    card = page.locator(".map-card")
    expect(card).to_contain_text("Vattstad")
    expect(card).to_contain_text("%")
    # The row of the area in the table is marked as well.
    expect(page.locator("#map-table tr.is-shown")).to_have_attribute("data-code", "9901")


def test_a_row_of_the_table_points_at_its_area(opened):
    page = opened("?indicator=rental_share&level=municipality")
    page.locator("#map-table tr[data-code='9901'] a:not(.use)").focus()
    expect(page.locator(".map-card")).to_contain_text("Vattstad")


def test_the_keyboard_goes_from_area_to_area_and_opens_one(opened):
    page = opened("?indicator=rental_share&level=municipality")
    page.locator(CANVAS).focus()
    page.keyboard.press("ArrowRight")
    first = page.locator("#map").get_attribute("data-chosen")
    assert first
    expect(page.locator("#map-said")).to_contain_text("%")
    chosen = {first}
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
        chosen.add(str(page.locator("#map").get_attribute("data-chosen")))
    assert len(chosen) >= 3
    code = page.locator("#map").get_attribute("data-chosen")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/omrade/municipality/{code}/")


def test_the_parts_of_an_area_are_reached_and_left_by_keyboard(opened):
    page = opened("?indicator=rental_share&level=municipality")
    page.locator(CANVAS).focus()
    page.keyboard.press("ArrowRight")
    code = page.locator("#map").get_attribute("data-chosen")
    page.keyboard.press("Space")
    page.wait_for_url("**within=municipality*")
    expect(page.locator(READY)).to_have_attribute("data-level", "municipality")
    assert asked(page)["within"] == f"municipality/{code}"
    assert asked(page)["level"] == "regso"
    page.keyboard.press("Escape")
    page.wait_for_url("**within=county*")


def test_a_click_goes_down_from_municipality_to_regso_to_deso_and_back(opened):
    page = opened("?indicator=rental_share&level=municipality")
    heading = page.locator("#map-head h1")
    page.mouse.click(*point(page, "9901"))
    expect(heading).to_contain_text("Vattstad")
    page.locator(READY).wait_for()
    assert asked(page)["level"] == "regso"
    code = str(page.locator("#map-table tbody tr").first.get_attribute("data-code"))
    page.wait_for_function(STILL)
    page.evaluate(KEEP_AREAS, "/karta/areas.json?level=regso/2025")
    page.mouse.click(*point(page, code))
    page.wait_for_url("**level=deso*")
    assert asked(page)["within"] == f"regso/{code}"
    page.go_back()
    expect(heading).to_have_text("Andel hyresrätter, Vattstad, 2024")
    page.locator("#map-head .breadcrumb a").first.click()
    expect(heading).to_have_text("Andel hyresrätter, 2024")
    assert "within" not in asked(page)


def test_the_slider_changes_the_colours_and_then_the_page(opened):
    page = opened("?indicator=rental_share&level=municipality")
    before = page.evaluate(COLOURS)
    table = page.locator("#map-table tbody").inner_text()
    slider = page.get_by_role("slider", name="År")
    assert slider.get_attribute("aria-valuetext") == "2024"
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(READY)).to_have_attribute("data-period", "2012")
    page.wait_for_url("**period=2012*")
    assert page.evaluate(COLOURS) != before
    expect(page.locator("#map-head h1")).to_contain_text("2012")
    assert page.locator("#map-table tbody").inner_text() != table
    # It is still what the keys move.
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**period=2013*")


def test_another_figure_takes_no_other_tiles(opened):
    page = opened("?indicator=rental_share&level=regso&period=2024")
    tiles: list[str] = []
    page.on("request", lambda request: ".mvt" in request.url and tiles.append(request.url))
    before = page.evaluate(COLOURS)
    page.get_by_label("Uppgift", exact=True).select_option("foreign_born_share")
    expect(page.locator("#map-head h1")).to_contain_text("utrikes födda")
    page.locator(READY).wait_for()
    assert page.evaluate(COLOURS) != before
    assert tiles == []
    assert asked(page)["indicator"] == "foreign_born_share"


def test_the_address_opens_the_same_map_again(opened, demo_server):
    page = opened()
    page.get_by_label("Uppgift", exact=True).select_option("foreign_born_share")
    page.wait_for_url("**indicator=foreign_born_share*")
    page.locator(READY).wait_for()
    page.get_by_label("Nivå", exact=True).select_option("municipality")
    page.wait_for_url("**level=municipality*")
    page.locator(READY).wait_for()
    heading = page.locator("#map-head h1").inner_text()
    rows = page.locator("#map-table tbody").inner_text()
    page.goto(page.url)
    assert page.locator("#map-head h1").inner_text() == heading
    assert page.locator("#map-table tbody").inner_text() == rows


def test_a_table_is_sorted_and_turned_without_leaving_the_map(opened):
    page = opened("?indicator=rental_share&level=deso")
    first = page.locator("#map-table tbody tr").first.get_attribute("data-code")
    page.get_by_role("link", name="Nästa").click()
    page.wait_for_url("**page=2*")
    expect(page.locator("#map-table tbody tr").first).not_to_have_attribute("data-code", str(first))
    page.get_by_role("link", name="Värde").click()
    page.wait_for_url("**order=rising*")
    expect(page.locator(READY)).to_be_visible()


def test_a_finger_is_told_of_an_area_before_its_parts(chromium: Browser, demo_server: str):
    context = chromium.new_context(has_touch=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{demo_server}/karta/?indicator=rental_share&level=municipality")
    page.locator(READY).wait_for()
    page.evaluate(KEEP_AREAS)
    page.locator("#map").scroll_into_view_if_needed()
    page.touchscreen.tap(*point(page, "9901"))
    card = page.locator(".map-card.is-pinned")
    expect(card).to_contain_text("Vattstad")
    assert "within" not in asked(page)
    card.get_by_role("button", name="Visa delarna").tap()
    page.wait_for_url("**within=municipality%2F9901*")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_the_map_follows_light_and_dark(opened):
    page = opened("?indicator=rental_share&level=municipality")
    sea = "() => document.getElementById('map').mapView.getPaintProperty('sea', 'background-color')"
    light = page.evaluate(sea)
    page.get_by_label("Mörkt").check()
    page.wait_for_function(f"light => ({sea})() !== light", arg=light)
    # The classes stay where they are.
    assert set(page.evaluate(COLOURS)) - {None}


def test_motion_is_reduced_where_it_is_asked_for(chromium: Browser, demo_server: str):
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{demo_server}/karta/?indicator=rental_share&level=municipality")
    page.locator(READY).wait_for()
    moved = page.evaluate(
        """() => {
          const map = document.getElementById('map').mapView;
          map.easeTo({center: [15, 60]});
          const {lng, lat} = map.getCenter();
          return [lng, lat, map.isMoving()];
        }"""
    )
    assert moved == [pytest.approx(15), pytest.approx(60), False]
    context.close()


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(page, opened, language, scheme):
    page.emulate_media(color_scheme=scheme)
    opened("?indicator=rental_share&level=regso&within=municipality/9901", language=language)
    page.locator(CANVAS).focus()
    page.keyboard.press("ArrowRight")
    assert violations(page) == []


def test_without_a_script_the_map_is_a_picture_with_its_table(chromium: Browser, demo_server: str):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo_server}/karta/?indicator=rental_share&level=municipality")
    picture = page.locator("#map-picture img:visible")
    expect(picture).to_have_count(1)
    assert "Högst i" in str(picture.get_attribute("alt"))
    page.get_by_label("Nivå", exact=True).select_option("regso")
    page.get_by_role("button", name="Visa", exact=True).click()
    assert asked(page)["level"] == "regso"
    expect(page.locator("#map-table tbody tr").first).to_be_visible()
    context.close()


def test_a_map_that_cannot_be_drawn_is_a_picture(chromium: Browser, demo_server: str):
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{demo_server}/karta/?indicator=rental_share&level=municipality")
    page.locator("#map[data-map-state=failed]").wait_for(state="attached")
    expect(page.locator("#map-picture img:visible")).to_have_count(1)
    expect(page.locator("#map-picture")).to_contain_text("kan inte visas")
    context.close()


def test_what_is_measured_of_panning_is_frames(opened):
    page = opened("?indicator=rental_share&level=regso")
    told = panned(page, 1.0)
    assert told.frames_per_second > 1
    assert told.longest > 0
