"""The three main jobs by keyboard alone: to find a place, to compare, to take figures home."""

from __future__ import annotations

import csv
import io

import httpx
import pytest


@pytest.fixture
def keyboard(page, demo_server):
    """A reader at the start page who has no mouse."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{demo_server}/")
    return page


def tabbed_to(page, text, limit=200):
    """Press Tab until what has the focus says this."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const e = document.activeElement;"
            " if (!e.matches('a, button, input, select, summary, [tabindex]')) return '';"
            " return (e.getAttribute('aria-label') || e.innerText || e.value || '').trim(); }"
        )
        if text.lower() in said.lower():
            visible = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert visible != "none", f"the focus on {said!r} does not show"
            return said
    raise AssertionError(f"Tab never reaches {text!r}")


def test_the_first_tab_leads_past_the_menu(keyboard):
    keyboard.keyboard.press("Tab")
    keyboard.keyboard.press("Enter")
    assert keyboard.evaluate("location.hash") == "#main"
    assert keyboard.evaluate("document.activeElement.id") == "main"


def test_a_place_is_found_and_its_figures_are_taken_home(keyboard, demo_server):
    keyboard.get_by_role("main").get_by_role("searchbox").focus()
    keyboard.keyboard.type("Lindsun", delay=20)
    keyboard.locator("[data-find] .found").get_by_role("link", name="Lindsunda kommun").wait_for()
    keyboard.keyboard.press("ArrowDown")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/omrade/municipality/9902/**")
    assert keyboard.locator("h1").inner_text().startswith("Lindsunda")
    tabbed_to(keyboard, "CSV")
    address = keyboard.evaluate("document.activeElement.href")
    taken = httpx.get(address)
    rows = list(csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert rows
    assert {row["name"] for row in rows} == {"Lindsunda"}


def test_two_places_are_compared(keyboard, demo_server):
    tabbed_to(keyboard, "Jämför")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/jamfor/")
    keyboard.goto(f"{demo_server}/jamfor/?place=municipality/9901&place=municipality/9905")
    text = keyboard.get_by_role("main").inner_text()
    assert "Vattstad" in text
    assert "Kvarnfors" in text


def test_an_area_is_found_through_the_list_of_the_map(keyboard, demo_server):
    tabbed_to(keyboard, "Karta")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/karta/**")
    said = tabbed_to(keyboard, "Hamnen")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/omrade/regso/**")
    assert keyboard.locator("h1").inner_text().startswith(said)
