"""The form of a report in a browser: kept, restored, carried in a file, whole without scripts."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations

HERE = "/omrade/municipality/9901/rapport/"
QUICK = f"{HERE}?section=summary"
TEXT = "Vi bygger vid torget.\n\nOch mer: åäö <b>."


def opened(page, address):
    page.goto(address)
    page.locator("[data-kept]").wait_for()  # the script is there
    return page


def write(page, section, text):
    page.get_by_text("Välj avsnitt och skriv egna texter").click()
    part = page.locator(f"li:has(textarea[name=own-{section}])")
    part.locator("summary").click()
    part.locator("textarea").fill(text)


def own(page, section):
    return page.locator(f"textarea[name=own-{section}]")


def status(page):
    return page.locator("[data-kept] [role=status]")


def test_what_is_typed_is_kept_and_there_after_a_reload(page, demo_server):
    opened(page, demo_server + QUICK)
    assert status(page).text_content() == ""
    write(page, "summary", TEXT)
    page.get_by_label("Vem som gör lägesbilden").fill("Vattstads kommun")
    expect(status(page)).to_have_text(re.compile(r"webbläsaren \d\d:\d\d$"))
    page.reload()
    expect(own(page, "summary")).to_have_value(TEXT)
    expect(own(page, "summary")).to_be_visible()
    expect(page.get_by_label("Vem som gör lägesbilden")).to_have_value("Vattstads kommun")
    expect(status(page)).to_contain_text("är hämtade ur den här webbläsaren")


def test_it_is_there_when_one_comes_back_and_at_no_other_place(page, demo_server):
    opened(page, demo_server + HERE)
    write(page, "housing", TEXT)
    page.get_by_label("Period", exact=True).select_option("2020")
    page.get_by_role("checkbox", name="riket").uncheck()
    # Who leaves in the middle of it loses nothing.
    opened(page, f"{demo_server}/omrade/municipality/9902/rapport/?section=summary")
    expect(own(page, "housing")).to_have_value("")
    opened(page, demo_server + HERE)
    expect(own(page, "housing")).to_have_value(TEXT)
    expect(page.get_by_label("Period", exact=True)).to_have_value("2020")
    expect(page.get_by_role("checkbox", name="riket")).not_to_be_checked()
    # An address that somebody has sent says itself what is chosen.
    opened(page, f"{demo_server}{HERE}?period=2021&section=housing")
    expect(own(page, "housing")).to_have_value(TEXT)
    expect(page.get_by_label("Period", exact=True)).to_have_value("2021")
    expect(page.get_by_role("checkbox", name="riket")).to_be_checked()


def test_own_texts_are_shown_in_the_report_and_the_rest_has_an_address(page, demo_server):
    opened(page, demo_server + QUICK)
    write(page, "summary", TEXT)
    page.get_by_role("button", name="Visa", exact=True).click()
    page.locator("[data-filled]").wait_for()
    expect(page.locator("section#summary")).to_contain_text("Vi bygger vid torget.")
    assert "torget" not in page.url
    expect(status(page)).to_contain_text("Sparat i den här webbläsaren")
    own(page, "summary").fill("")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url(f"**{QUICK}")


def test_a_file_carries_the_texts_to_somebody_else(page, demo_server, chromium, tmp_path):
    opened(page, demo_server + QUICK)
    write(page, "summary", TEXT)
    expect(status(page)).to_contain_text("Sparat")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Spara texterna som fil").click()
    assert coming.value.suggested_filename == "lagesbild-vattstad-texter.json"
    file = tmp_path / "text.json"
    coming.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8")) == {"summary": TEXT}

    page.evaluate("localStorage.clear()")
    opened(page, demo_server + QUICK)
    expect(own(page, "summary")).to_have_value("")
    given = {"summary": "Från en kollega", "nothing": "x"}
    file.write_text(json.dumps(given), encoding="utf-8-sig")
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Öppna fil med texter").click()
    choosing.value.set_files(file)
    expect(own(page, "summary")).to_have_value("Från en kollega")
    expect(status(page)).to_contain_text("avsnitt som inte finns: nothing")

    file.write_text("[1, 2", encoding="utf-8")
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Öppna fil med texter").click()
    choosing.value.set_files(file)
    expect(status(page)).to_contain_text("Filen går inte att läsa")
    expect(own(page, "summary")).to_have_value("Från en kollega")


def test_who_writes_for_a_section_has_it_in_the_report(page, demo_server):
    opened(page, demo_server + QUICK)
    box = page.locator("input[name=section][value=housing]")
    expect(box).not_to_be_checked()
    write(page, "housing", TEXT)
    expect(box).to_be_checked()


def test_clearing_asks_first_and_takes_all_away(page, demo_server):
    opened(page, demo_server + QUICK)
    write(page, "summary", TEXT)
    expect(status(page)).to_contain_text("Sparat")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Rensa").click()
    expect(own(page, "summary")).to_have_value(TEXT)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Rensa").click()
    expect(own(page, "summary")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('report'))") == []
    page.reload()
    expect(own(page, "summary")).to_have_value("")


@pytest.mark.parametrize(
    "blocked",
    [
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed'); }})",
        "Storage.prototype.setItem = () => { throw new DOMException('full') }",
        "Object.defineProperty(window, 'localStorage', {value: undefined})",
    ],
)
def test_a_browser_that_keeps_nothing_breaks_nothing(page, demo_server, blocked):
    page.add_init_script(blocked)
    opened(page, demo_server + QUICK)
    write(page, "summary", TEXT)
    expect(status(page)).to_contain_text("låter inte sidan spara")
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("section#summary")).to_contain_text("Vi bygger vid torget.")


@pytest.mark.parametrize(
    "kept", ["{", "[]", '{"own": 3}', '{"own": {"summary": 3}}', '"x"', "null"]
)
def test_what_was_kept_wrongly_is_passed_over(page, demo_server, kept):
    page.goto(demo_server + "/sok/")
    page.evaluate("kept => localStorage.setItem('report:municipality/9901', kept)", kept)
    opened(page, demo_server + QUICK)
    assert status(page).text_content() == ""


@pytest.mark.parametrize("button", ["Hämta som PDF", "Hämta som Word"])
def test_a_file_comes_with_own_texts(page, demo_server, button):
    opened(page, demo_server + QUICK)
    write(page, "summary", TEXT)
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    assert coming.value.suggested_filename.startswith("lagesbild-vattstad-demo.")
    assert coming.value.path().stat().st_size > 5_000
    expect(status(page)).to_contain_text("Filen görs")


def test_the_form_is_used_with_keys_alone(page, demo_server):
    opened(page, demo_server + QUICK)
    page.get_by_label("Period", exact=True).focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 20)"))
    assert "Välj avsnitt och skr" in reached
    assert reached.index("Visa") < reached.index("Hämta som PDF") < reached.index("Rensa")
    page.get_by_text("Välj avsnitt och skriv egna texter").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Med tangenter")
    assert own(page, "summary").input_value() == "Med tangenter"


def test_another_place_is_found_while_typing(page, demo_server):
    opened(page, f"{demo_server}{QUICK}")
    page.get_by_text("Byt plats").click()
    with page.expect_response("**/omrade/rapport/?**"):
        page.get_by_label("Kommun, län eller område").press_sequentially("hällm", delay=30)
    page.locator("#hits a").first.click()
    page.wait_for_url("**/rapport/?section=summary")
    expect(page.locator("h1")).to_contain_text("Hällmora")


def test_without_scripts_all_of_it_works(chromium, demo_server):
    context = chromium.new_context(java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto(demo_server + HERE)
    expect(page.locator("[data-kept]")).to_be_hidden()
    page.get_by_label("Period", exact=True).select_option("2021")
    page.get_by_text("Välj avsnitt och skriv egna texter").click()
    for box in page.locator("input[name=section][type=checkbox]").all():
        box.uncheck()
    page.get_by_role("checkbox", name="Sammanfattning").check()
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url("**/rapport/?period=2021&section=summary")
    write(page, "summary", TEXT)
    page.get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator("section#summary")).to_contain_text("Vi bygger vid torget.")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Hämta som PDF").click()
    assert coming.value.suggested_filename.endswith(".pdf")
    page.get_by_text("Byt plats").click()
    page.get_by_label("Kommun, län eller område").fill("hällmora")
    page.locator("form[role=search] .quiet").click()
    page.wait_for_url("**/omrade/rapport/?**")
    expect(page.locator("#hits a").first).to_contain_text("Hällmora")
    context.close()


@pytest.mark.parametrize("tongue", ["", "/en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_form_that_is_filled_in(page, demo_server, tongue, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    opened(page, demo_server + tongue + QUICK)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    own(page, "summary").fill(TEXT)
    expect(status(page)).not_to_have_text("")
    page.locator("form[data-report] button[type=submit]").first.click()
    page.locator("[data-filled]").wait_for()
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert violations(page) == []


def test_on_a_phone_nothing_runs_over_the_edge_when_all_is_open(page, demo_server):
    page.set_viewport_size({"width": 360, "height": 800})
    opened(page, demo_server + HERE)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
