"""Addresses of pages, made by joining texts: a page has a hundred of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import get_language, override

from samsyn.explore.asking import Asked
from samsyn.explore.place.gathered import Layout


@dataclass(frozen=True)
class Links:
    """Addresses in the language of the page, in its release where that is pinned."""

    layout: Layout
    pinned: str | None
    places: str = field(default_factory=lambda: page_address("places"))
    indicators: str = field(default_factory=lambda: page_address("indicators"))
    methods: str = field(default_factory=lambda: page_address("methods"))

    def place(self, key: str, below: str = "", **parameters: str) -> str:
        """The page of an area by its key, or what lies `below` it: `visa/parts/`.

        The vintage is told where it is not the one that the page shows without being asked.
        """
        kind, _vintage, code = key.split("/", 2)
        return f"{self.places}{kind}/{quote(code)}/{below}{self._of(key, **parameters)}"

    def report(self, key: str) -> str:
        """The situation report of an area by its key, with the same borders."""
        kind, _vintage, code = key.split("/", 2)
        return f"{reverse('report', args=[kind, code])}{self._of(key)}"

    def _of(self, key: str, **parameters: str) -> str:
        kind, vintage, code = key.split("/", 2)
        if self.layout.vintage(kind, code) != vintage:
            parameters = {"vintage": vintage, **parameters}
        return self.query(**parameters)

    def indicator(self, name: str) -> str:
        """The page of an indicator."""
        return f"{self.indicators}{quote(name)}/{self.query()}"

    def grouping(self, name: str) -> str:
        """The page of the segregation of a grouping."""
        return f"{self.indicators}segregation/{quote(name)}/{self.query()}"

    def rule(self, rule: str) -> str:
        """Where the methods page tells the rule that wrote a sentence."""
        return f"{self.methods}{self.query()}#{rule}"

    def query(self, **parameters: str) -> str:
        """The part of an address from the question mark on, with the release that is pinned."""
        told = {**parameters, **({"release": self.pinned} if self.pinned else {})}
        return f"?{urlencode(told)}" if told else ""


def page_address(name: str) -> str:
    """The address of a page by its name, in the language of the reader."""
    return _address(name, get_language() or "sv")


@lru_cache(64)
def _address(name: str, language: str) -> str:
    """Looked up once in each language: that takes as long as a row of the page."""
    with override(language):
        return reverse(name)


def links(asked: Asked, layout: Layout) -> Links:
    """The addresses of a page's links."""
    return Links(layout, asked.release.name if asked.pinned else None)
