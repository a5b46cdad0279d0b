"""Pages for those who see otherwise: colours of one's own, more contrast, screens on walls."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import violations

PAGES = [
    "/",
    "/omrade/municipality/9901/",
    "/omrade/deso/9901A0010/",
    "/indikator/rental_share/",
    "/jamfor/?place=municipality/9901&place=municipality/9902&indicator=rental_share",
    "/karta/",
    "/omradestyper/",
    "/metoder/",
    "/om-uppgifterna/",
    "/omrade/municipality/9901/rapport/",
]
# Letters in the longest line of running text: 0.46 of its size is how wide one is on average.
LONGEST = """() => Math.max(...[...document.querySelectorAll('main :is(p, li, dd)')]
  .filter((one) => !one.querySelector('p, li, ul, table') && one.innerText.trim().length > 60)
  .map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const width = Math.max(0, ...[...range.getClientRects()].map((line) => line.width));
    return width / (0.46 * parseFloat(getComputedStyle(one).fontSize));
  }))"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  let ring = getComputedStyle(one);
  const map = one.matches('canvas') && one.closest('.map-place');
  if (map) ring = getComputedStyle(map);
  return [one.outerHTML.slice(0, 80), ring.outlineStyle, parseFloat(ring.outlineWidth)];
}"""


@pytest.mark.parametrize("path", PAGES[::2])
def test_with_colours_of_ones_own_axe_finds_nothing(page, demo_server, path):
    page.emulate_media(forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    page.goto(demo_server + path)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES[1::3])
def test_with_more_contrast_axe_finds_nothing(page, demo_server, path):
    page.emulate_media(contrast="more", reduced_motion="reduce")
    page.goto(demo_server + path)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("path", ["/karta/", "/omrade/municipality/9901/rapport/"])
def test_what_has_the_focus_has_a_ring(page, demo_server, path, forced):
    page.emulate_media(forced_colors=forced, reduced_motion="reduce")
    page.goto(demo_server + path)
    page.wait_for_load_state("networkidle")
    seen = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUSED)
        if told is None:
            break
        what, style, width = told
        assert style != "none", what
        assert width >= 2, what
        seen += 1
    assert seen > 8


def test_swatches_keep_their_colours_and_signs_have_the_readers(page, demo_server):
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(f"{demo_server}/karta/")
    shades = page.locator(".map-legend .shade:not(.none)")
    colours = shades.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert len(set(colours)) == len(colours) > 2
    sign = page.locator(".find button svg")
    colour = sign.evaluate("one => getComputedStyle(one).color")
    behind = sign.evaluate("one => getComputedStyle(one.parentElement).backgroundColor")
    assert colour != behind


def test_nothing_moves_by_itself_where_that_is_not_wanted(page, demo_server):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{demo_server}/omrade/municipality/9901/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((one) => {
            const look = getComputedStyle(one);
            return look.animationName !== 'none' || parseFloat(look.transitionDuration) > 0;
        }).length"""
    )
    assert moving == 0


@pytest.mark.parametrize("width", [2560])
@pytest.mark.parametrize("path", PAGES)
def test_a_screen_on_a_wall_is_used_and_lines_are_not_too_long(page, demo_server, path, width):
    page.set_viewport_size({"width": width, "height": width * 9 // 16})
    page.goto(demo_server + path)
    assert page.evaluate(LONGEST) <= 110
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    left, right = page.evaluate(
        """() => {
            const sheet = document.querySelector('.top > div').getBoundingClientRect();
            return [sheet.left, innerWidth - sheet.right];
        }"""
    )
    assert abs(left - right) <= 16, "the sheet stands in the middle"
    assert width - left - right >= 0.7 * width
