"""What a reader's browser makes of the site: Chromium, without a graphics card."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

VISITS = 5
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PAINT = """() => new Promise(done => new PerformanceObserver(list =>
  done(list.getEntries().at(-1).startTime)).observe(
    {type: 'largest-contentful-paint', buffered: true}))"""


EMPTY = """() => { const map = document.getElementById('map').mapView;
  for (const {id, type} of map.getStyle().layers)
    if (type !== 'background') map.setLayoutProperty(id, 'visibility', 'none'); }"""


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise FileNotFoundError("Chromium is missing: run make chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def version() -> str:
    """The browser's version."""
    with _chromium() as browser:
        return f"Chromium {browser.version}"


def largest_paint(address: str, slower: float = 4) -> float:
    """Seconds to the largest contentful paint of a phone's first visit, the median of some."""
    with _chromium() as browser:
        found = []
        for _ in range(VISITS):
            context = browser.new_context(viewport={"width": 390, "height": 844})
            page = context.new_page()
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            page.goto(address, wait_until="networkidle")
            found.append(page.evaluate(PAINT) / 1_000)
            context.close()
        return float(statistics.median(found))


def panned(address: str, *, slower: float = 1, empty: bool = False) -> tuple[float, float]:
    """Frames a second while the map is dragged, and the longest wait for one in milliseconds.

    An `empty` map shows its background alone: the most that this browser can do here.
    """
    from tests.browser.panning import panned as dragged

    with _chromium() as browser:
        # Dragging is told by an evaluated string, which the site's own policy forbids.
        page = browser.new_context(
            bypass_csp=True, viewport={"width": 1280, "height": 900}
        ).new_page()
        page.goto(address)
        page.locator("[data-map-state=ready]").wait_for(timeout=60_000)
        if empty:
            page.evaluate(EMPTY)
        found = dragged(page, 5, slower=slower)
        return found.frames_per_second, found.longest
