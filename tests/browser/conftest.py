"""A browser: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from samsyn.statistics.release.store import Store
from tests.browser.serving import server
from tests.lacking import lacking

NAMES = ("chromium", "chromium-browser", "google-chrome")
OWN_HOSTS = {"127.0.0.1", "localhost"}
ARGUMENTS = [
    # No name but these is ever looked up: what a page asks of others fails at once.
    "--host-resolver-rules=MAP * ~NOTFOUND, " + ", ".join(f"EXCLUDE {host}" for host in OWN_HOSTS),
    # Maps are drawn without a graphics card.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # The sandbox needs rights that a container does not give; pages here are our own.
    "--no-sandbox",
    "--disable-dev-shm-usage",
]


# Not for the whole session: as long as it lives, Playwright's event loop counts as running in this
# thread, and neither asyncio nor Django's database lets itself be used outside it.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser. Make a context of your own in it when `page` does not do."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        lacking("Chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


# A server is no part of that, and takes seconds to start.
@pytest.fixture(scope="session")
def demo_server(demo_store: Store) -> Iterator[str]:
    """The address of a server, without a slash at its end, that shows the demonstration data."""
    with server(demo_store) as address:
        yield address


@pytest.fixture(scope="session")
def national_server(national_store: Store) -> Iterator[str]:
    """The address of a server that shows the real national files; skipped without them."""
    with server(national_store) as address:
        yield address


@pytest.fixture
def complaints() -> list[str]:
    """What went wrong in the page, which must be nothing; a test that expects some clears it."""
    return []


@pytest.fixture
def page(chromium: Browser, complaints: list[str]) -> Iterator[Page]:
    """A new page, of a reader who has not been here before.

    Afterwards the test fails if a script raised, if anything was refused or not found (which is
    how a breach of the Content-Security-Policy shows), or if somebody else's server was asked.
    """
    context = chromium.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    context.set_default_timeout(20_000 if os.environ.get("CI") else 10_000)
    page = context.new_page()

    def told(message: ConsoleMessage) -> None:
        # That the page itself is an answer such as 404 is the test's own business.
        own = message.location["url"] == page.url and "Failed to load" in message.text
        if message.type == "error" and not own:
            complaints.append(message.text)

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in OWN_HOSTS:
            complaints.append(f"asked another server: {request.url}")

    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", told)
    context.on("request", asked)
    yield page
    context.close()
    assert not complaints
