"""Charts and maps hold their words also with wider letters than those they were measured with."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS, NAMES
from tests.lacking import lacking

# Arial, and all that is made to its measure, is not there.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <selectfont><rejectfont>
    {rejected}
  </rejectfont></selectfont>
</fontconfig>
"""
ARIAL = (
    "Arial",
    "Arimo",
    "Helvetica",
    "Liberation Sans",
    "Nimbus Sans",
    "FreeSans",
    "TeX Gyre Heros",
)
PICTURES = [
    "/diagram/types.svg?bare=1",
    "/diagram/types.svg?bare=1&narrow=1",
    "/diagram/inequality.svg?bare=1",
    "/diagram/map.svg?bare=1",
    "/omrade/municipality/9901/diagram/map.svg?bare=1",
    "/indikator/rental_share/diagram/time.svg?bare=1",
    "/indikator/rental_share/diagram/spread.svg?bare=1",
    "/indikator/rental_share/diagram/ranking.svg?bare=1&narrow=1",
    "/omrade/municipality/9901/rapport/bild/map-types.svg?bare=1",
]
# How far words reach out of the picture, in pixels: the most of all of its texts and sides.
OUTSIDE = """() => {
  const whole = document.documentElement.getBoundingClientRect();
  const texts = [...document.querySelectorAll('text')].filter(
    (one) => one.getAttribute('opacity') !== '0');
  return [texts.length, Math.max(...texts.flatMap((one) => {
    const box = one.getBoundingClientRect();
    return [whole.left - box.left, box.right - whole.right,
            whole.top - box.top, box.bottom - whole.bottom];
  }))];
}"""
# How much wider a text is in these letters than in those of Arial's measure.
NATURAL = """() => {
  const one = [...document.querySelectorAll('text[textLength]')]
    .sort((a, b) => b.textContent.length - a.textContent.length)[0];
  const told = parseFloat(one.getAttribute('textLength'));
  one.removeAttribute('textLength');
  return one.getComputedTextLength() / told;
}"""


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """A browser with no letters of Arial's measure."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        lacking("Chromium", "chromium")
    file = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    rejected = "\n    ".join(
        f'<pattern><patelt name="family"><string>{name}</string></patelt></pattern>'
        for name in ARIAL
    )
    file.write_text(FONTS.format(rejected=rejected), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, env={**os.environ, "FONTCONFIG_FILE": str(file)}
        )
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("path", PICTURES)
def test_no_word_runs_over_the_edge_of_a_picture(wide, demo_server, path):
    answer = wide.goto(demo_server + path)
    assert answer.status == 200
    texts, outside = wide.evaluate(OUTSIDE)
    assert texts
    assert outside <= 1


def test_the_letters_of_this_test_are_wider(wide, demo_server):
    wide.goto(f"{demo_server}/diagram/inequality.svg?bare=1")
    if wide.evaluate(NATURAL) < 1.03:
        pytest.skip("no font here is wider than Arial")
