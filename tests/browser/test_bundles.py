"""What is bundled from frontend/, under the strictest rules that the site may set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

BUNDLES = Path(__file__).resolve().parents[2] / "src/samsyn/site/static/bundles"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'"
)
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
STYLE = {
    "version": 8,
    "sources": {
        "towns": {
            "type": "geojson",
            "data": {"type": "Point", "coordinates": [12.29, 58.28]},
        }
    },
    "layers": [
        {"id": "ground", "type": "background", "paint": {"background-color": "#336699"}},
        {"id": "towns", "type": "circle", "source": "towns"},
    ],
}
PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Samsyn</title>
<script src="/{early}"></script><link rel="stylesheet" href="/{css}">
<link rel="stylesheet" href="/{map_css}"><script type="module" src="/{js}"></script></head>
<body><fieldset class="modes" data-colour-modes><legend>Färger</legend>
<label><input type="radio" name="colour-mode" value="auto">Som systemet</label>
<label><input type="radio" name="colour-mode" value="light">Ljust</label>
<label><input type="radio" name="colour-mode" value="dark">Mörkt</label></fieldset>
<button hx-get="/part" hx-target="#part">Visa kartan</button><div id="part"></div></body></html>
"""
PART = '<div data-map="/style.json" data-bounds="12,58,13,59"></div>'


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server of one page, one part and the bundles."""
    manifest = json.loads((BUNDLES / "manifest.json").read_text(encoding="utf-8"))
    names = {"early": "early.js", "css": "main.css", "map_css": "map.css", "js": "main.js"}
    page = PAGE.format(**{key: manifest[name]["file"] for key, name in names.items()})
    texts = {
        "/": ("text/html", page),
        "/part": ("text/html", PART),
        "/style.json": ("application/json", json.dumps(STYLE)),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = BUNDLES / self.path.lstrip("/")
            if self.path in texts:
                kind, text = texts[self.path]
                self.answer(200, f"{kind}; charset=utf-8", text.encode())
            elif path.is_file():
                self.answer(200, TYPES.get(path.suffix, "font/woff2"), path.read_bytes())
            elif self.path == "/favicon.ico":
                self.answer(204, "image/x-icon", b"")
            else:
                self.answer(404, "text/plain", b"")

        def answer(self, status: int, kind: str, content: bytes) -> None:
            with suppress(ConnectionError):  # the browser has gone on to the next test
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Security-Policy", POLICY)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Says nothing of what was asked."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def scheme(page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).colorScheme")


def test_a_colour_mode_is_chosen_by_keyboard_and_kept(page, address):
    page.goto(address)
    assert page.get_by_role("group", name="Färger").is_visible()
    assert page.get_by_label("Som systemet").is_checked()
    assert scheme(page) == "light dark"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Mörkt").is_checked()
    assert scheme(page) == "dark"
    page.reload()
    assert page.get_by_label("Mörkt").is_checked()
    assert scheme(page) == "dark"


def test_a_chosen_colour_mode_stands_before_the_page_is_drawn(page, address):
    page.goto(address)
    page.get_by_label("Ljust").check()
    # Only what runs before the page is drawn is let through now.
    page.route("**/main-*.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.reload()
    assert scheme(page) == "light"


def test_a_choice_is_followed_in_other_tabs(page, address):
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    page.get_by_label("Mörkt").check()
    other.wait_for_function("document.documentElement.dataset.colourMode === 'dark'")
    assert other.get_by_label("Mörkt").is_checked()


def test_our_own_font_comes_with_the_page(page, address):
    page.goto(address)
    loaded = page.evaluate(
        "document.fonts.ready.then(fonts => [...fonts].filter(f => f.status == 'loaded')"
        ".map(f => f.family.replaceAll('\"', '')))"
    )
    assert "Source Sans 3" in loaded


def test_a_map_is_drawn_in_a_part_that_comes_later(page, address):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert not any("/map-" in url and url.endswith(".js") for url in asked)
    page.get_by_role("button", name="Visa kartan").click()
    page.locator("#part [data-map-state=ready] canvas").wait_for()
    assert any("/maplibre-gl-worker-" in url for url in asked)
