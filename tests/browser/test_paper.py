"""Pages on paper: what is read and cited, with its own address, in light colours, nothing lost."""

from __future__ import annotations

import pypdfium2
import pytest

PAGES = [
    "/omrade/municipality/9901/",
    "/indikator/rental_share/",
    "/jamfor/?place=municipality/9901&place=municipality/9902&indicator=rental_share",
    "/karta/",
    "/omradestyper/",
    "/omrade/municipality/9901/rapport/",
]
PAPER = 680  # pixels: what the margins leave of the 210 mm of a sheet
A4 = {595, 596}  # points of the shorter side
# What nobody can use on paper. Of choices the one that was made is told.
PRESSED = (
    "nav:not(.breadcrumb, .contents) a:not([aria-current]), "
    "button, .button, input, select, textarea, .take a"
)
WIDER = """() => {
  const edge = document.querySelector('main').getBoundingClientRect().right + 1;
  return [...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('.sr-only, svg, table:has(tr > :nth-child(8))')
      && one.getClientRects().length && one.getBoundingClientRect().right > edge)
    .map((one) => one.tagName + '.' + one.className);
}"""
UNSEEN = """() => [...document.images].filter(
  (one) => one.getClientRects().length && !(one.complete && one.naturalWidth)
).map((one) => one.src)"""


@pytest.fixture
def printed(page, demo_server):
    """Opens a page, a long way down which nobody has been, and puts it on paper."""

    def shown(path: str, **media: str):
        page.set_viewport_size({"width": 1280, "height": 600})
        page.emulate_media(**media)
        page.goto(demo_server + path)
        page.wait_for_load_state("networkidle")
        page.set_viewport_size({"width": PAPER, "height": 950})
        page.emulate_media(media="print", **media)
        return page

    return shown


def words(page) -> tuple[str, pypdfium2.PdfDocument]:
    """What a page says on paper, and the sheets."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document), document


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_paper_and_tells_its_own_address_and_release(printed, demo_server, path):
    """Nothing is wider than the sheet, and nothing is there to press."""
    page = printed(path)
    assert page.evaluate(WIDER) == []
    assert page.locator(PRESSED).locator("visible=true").count() == 0
    text, document = words(page)
    squeezed = "".join(text.split())
    assert f"{demo_server}{path.partition('?')[0]}" in squeezed
    assert "release=demo" in squeezed
    assert "Sidan visar utgåvan demo" in text
    assert f"1 ({len(document)})" in text
    assert all(round(min(sheet.get_size())) in A4 for sheet in document)


@pytest.mark.parametrize("path", PAGES[1::2])
def test_paper_is_light_in_the_dark(printed, path):
    """The ground is white and no picture is the dark one, also with the page's own switch."""
    page = printed(path, color_scheme="dark")
    for mode in ("", "dark"):
        page.evaluate("mode => { document.documentElement.dataset.colourMode = mode }", mode)
        assert page.locator(".in-dark").locator("visible=true").count() == 0
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        ink = page.evaluate("getComputedStyle(document.querySelector('main p')).color")
        assert max(map(int, ink[4:-1].split(","))) < 128


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        ("/omradestyper/", "light"), ("/omradestyper/", "dark"), ("/karta/", "light"),
        ("/omrade/municipality/9901/rapport/", "light"), ("/omrade/municipality/9901/", "dark"),
    ],
)  # fmt: skip
def test_pictures_that_nobody_came_near_are_on_paper(printed, path, mode):
    page = printed(path, color_scheme=mode)
    page.locator("img").locator("visible=true").first.wait_for()
    for _ in range(60):
        if not page.evaluate(UNSEEN):
            return
        page.wait_for_timeout(250)
    assert page.evaluate(UNSEEN) == []


def test_words_that_are_folded_are_told_and_tables_that_are_not_are_said_to_be_left_out(printed):
    text, _ = words(printed("/omrade/municipality/9901/"))
    assert "Fast adress, som visar samma siffror" in text
    assert "hopfällt" in text
    text, _ = words(printed("/tillganglighet/"))
    assert "hopfällt" not in text


def test_what_a_reader_has_opened_is_printed_open(printed):
    page = printed("/omradestyper/")
    folded = page.locator("details.as-table").first
    assert not folded.is_visible()
    folded.evaluate("one => { one.open = true }")
    assert folded.locator("table").is_visible()


def test_a_table_with_many_columns_lies_down(printed):
    places = "&".join(f"place=municipality/{code}" for code in range(9901, 9909))
    page = printed(f"/jamfor/?{places}")
    if page.locator(".figures thead th").count() < 8:
        pytest.skip("too few municipalities in the demonstration")
    _, document = words(page)
    shapes = {sheet.get_size()[0] > sheet.get_size()[1] for sheet in document}
    assert shapes == {True, False}
