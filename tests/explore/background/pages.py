"""A page as its parts: what its ids, links, headings and tables are."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page(HTMLParser):
    """What stands in a page, in order."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        self.tags.append((tag, told))
        if told.get("id"):
            self.ids.append(told["id"])
        if tag == "a" and told.get("href"):
            self.links.append(told["href"])
        if tag not in {"meta", "link", "input", "img", "br", "hr", "mspace"}:
            self._open.append(tag)
        if tag == "code":
            self.codes.append("")
        if tag == "tr":
            self.cells.append([])
        if tag in {"td", "th"} and self.cells:
            self.cells[-1].append("")

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        self.words.append(data)
        if "code" in self._open:
            self.codes[-1] += data
        if {"td", "th"} & set(self._open) and self.cells and self.cells[-1]:
            self.cells[-1][-1] += data

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(" ".join(self.words).split())

    @property
    def headings(self) -> list[int]:
        """The levels of its headings in order."""
        return [int(tag[1]) for tag, _ in self.tags if len(tag) == 2 and tag[1:].isdigit()]


def read(client, address, status=200):
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    page = Page()
    page.feed(response.content.decode())
    return page
