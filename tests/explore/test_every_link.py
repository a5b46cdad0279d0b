"""Every link of the site leads somewhere: a crawl from the start page, in both languages."""

from __future__ import annotations

from collections import deque
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from samsyn.publish.downloads import TABLES

# How many pages are read for their links, and how many addresses are asked for, once each. The
# pages in English are the same pages.
READ = {"/": (120, 500), "/en/": (40, 240)}


class Links(HTMLParser):
    """The addresses and the ids in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.repeated: list[str] = []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag in {"a", "link"} and told.get("href"):
            self.addresses.append(told["href"])
        if tag in {"img", "script"} and told.get("src"):
            self.addresses.append(told["src"])
        for name in ("hx-get", "data-map"):
            if told.get(name):
                self.addresses.append(told[name])
        if told.get("id"):
            if told["id"] in self.ids:
                self.repeated.append(told["id"])
            self.ids.add(told["id"])


def crawled(client, start):
    """What each address answered, by the page that linked to it, and what anchors lack."""
    client.raise_request_exception = False  # a failure is told with where it was linked from
    answers, kinds, anchors, problems = {}, {}, {}, []
    wanted, queue = {start: "the start"}, deque([start])
    (pages, most), read = READ[start], 0
    while queue and len(answers) < most:
        address = queue.popleft()
        response = client.get(address)
        answers[address] = response.status_code
        if response.status_code in {301, 302}:
            target = response.headers["Location"]
            if target not in wanted:
                wanted[target] = address
                queue.append(target)
            continue
        if response.status_code != 200:
            problems.append(f"{response.status_code} {address} (linked from {wanted[address]})")
        if "text/html" not in response.headers.get("Content-Type", "") or read >= pages:
            response.close()
            continue
        read += 1
        links = Links()
        links.feed(response.content.decode())
        anchors[address] = links.ids
        if links.repeated:
            problems.append(f"ids stand twice in {address}: {links.repeated[:5]}")
        for found in links.addresses:
            whole, fragment = urldefrag(urljoin(f"http://testserver{address}", found))
            parts = urlsplit(whole)
            if parts.hostname != "testserver" or parts.scheme != "http":
                continue
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if fragment and path == address and fragment not in links.ids:
                problems.append(f"no #{fragment} in {address}")
            if fragment and path in anchors and fragment not in anchors[path]:
                problems.append(f"no #{fragment} in {path} (linked from {address})")
            # Of pages that differ in one parameter, some of each kind are enough.
            kind = (parts.path, "en" in parts.path.split("/"))
            kinds[kind] = kinds.get(kind, 0) + (path not in wanted)
            if path in wanted or kinds[kind] > 6:
                continue
            wanted[path] = address
            queue.append(path)
    return answers, problems


@pytest.mark.django_db  # of the work there is only the way in
@pytest.mark.parametrize("start", READ)
def test_every_link_leads_somewhere(demo_site, start):
    answers, problems = crawled(demo_site, start)
    assert not problems, "\n".join(problems)
    assert len(answers) > 200


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/omrade/country/00/",
        "/omrade/county/99/",
        "/omrade/municipality/9901/",
        "/omradestyper/",
        "/omradestyper/?within=municipality/9901",
        "/indikator/unemployment_rate/",
        "/jamfor/?place=municipality/9901&place=municipality/9905&show=unemployment_rate",
    ],
)
def test_every_picture_can_be_had_as_figures(demo_site, page):
    links = Links()
    links.feed(demo_site.get(page).content.decode())
    told = {urlsplit(one) for one in links.addresses if "/static/" not in one}
    pictures = {one for one in told if one.path.endswith(".svg")}
    assert pictures
    for picture in pictures:
        for form in TABLES:
            address = f"{picture.path.removesuffix('.svg')}.{form}?{picture.query}"
            response = demo_site.get(address)
            assert response.status_code == 200, address
            assert b"".join(response) if response.streaming else response.content, address
