"""How fluid the interactive map is: frames a second while it is dragged by the mouse."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from playwright.sync_api import Page

# Counted are the frames that the map draws, and how long the longest wait between two was.
COUNT = """() => {
  const place = document.getElementById('map');
  const told = (window.panned = { frames: 0, longest: 0, last: performance.now() });
  place.mapView.on('render', () => {
    const now = performance.now();
    told.longest = Math.max(told.longest, now - told.last);
    told.last = now;
    told.frames += 1;
  });
  told.start = told.last;
}"""
LOADED = "() => document.getElementById('map').mapView.areTilesLoaded()"
READ = "() => ({...window.panned, seconds: (performance.now() - window.panned.start) / 1000})"


@dataclass(frozen=True)
class Panned:
    """Frames drawn each second, and the longest wait for one in milliseconds."""

    frames_per_second: float
    longest: float


def panned(page: Page, seconds: float = 3.0, *, slower: float = 1.0) -> Panned:
    """Drag the map of a page in circles and count what it draws.

    The page shows a map that is ready (`[data-map-state=ready]`). `slower` is how many times slower
    than this machine the browser's own computing is made.
    """
    session = page.context.new_cdp_session(page)
    box = page.locator("#map canvas.maplibregl-canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    radius = min(box["width"], box["height"]) / 3
    page.mouse.move(x + radius, y)
    page.mouse.down()
    # The first turn loads what is seen then; a reader who pans on has it.
    for step in range(41):
        angle = step / 40 * 2 * math.pi
        page.mouse.move(x + radius * math.cos(angle), y + radius * math.sin(angle))
        page.wait_for_function(LOADED)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.evaluate(COUNT)
    begin = time.monotonic()
    while (passed := time.monotonic() - begin) < seconds:
        angle = passed * 2 * math.pi / 2  # a turn in two seconds
        page.mouse.move(x + radius * math.cos(angle), y + radius * math.sin(angle))
    told = page.evaluate(READ)
    page.mouse.up()
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    session.detach()
    return Panned(told["frames"] / told["seconds"], told["longest"])
