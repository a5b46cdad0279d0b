"""A document while it is written: what has been numbered, and where links lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from samsyn.publish.reports.report import Inline, Link, Section, Strong, Words
from samsyn.publish.reports.word.elements import Element, clean, inward, outward, run

LONGEST: Final = 40  # letters in the name of a bookmark


@dataclass
class Draft:
    """The document, its language, the bookmarks of its sections, and what was numbered so far."""

    document: Document
    language: str
    bookmarks: Mapping[str, str]
    counted: Counter[str] = field(default_factory=Counter)

    def number(self, of: str) -> int:
        """The next number of a kind of thing, from 1."""
        self.counted[of] += 1
        return self.counted[of]

    def add(self, *elements: Element) -> None:
        """Write on: the page's form stays last in the document."""
        last = self.document.element.body[-1]
        for element in elements:
            last.addprevious(element)

    def words(self, words: Words) -> list[Element]:
        """Running words, with what is strong in them and where they lead."""
        there = words if isinstance(words, tuple) else (words,)
        return [self.inline(word) for word in there]

    def inline(self, word: Inline) -> Element:
        """Words of one form."""
        if isinstance(word, Strong):
            return run(word.text, "Strong")
        if isinstance(word, Link):
            return self.link(word)
        return run(word)

    def link(self, link: Link) -> Element:
        """A link; words that lead to a section which is left out are words only."""
        if not link.address.startswith("#"):
            address = clean(link.address).strip()
            to = self.document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            return outward(to, run(link.text, "Hyperlink"))
        bookmark = self.bookmarks.get(link.address[1:])
        return inward(bookmark, run(link.text, "Hyperlink")) if bookmark else run(link.text)


def bookmarks(sections: Iterable[Section]) -> dict[str, str]:
    """The bookmark of each section by its id: a name such as Word takes, and no one else's."""
    taken: set[str] = set()
    found = {}
    for section in sections:
        plain = re.sub(r"\W", "_", section.id, flags=re.ASCII)
        plain = plain if plain[:1].isalpha() else f"s_{plain}"
        name, more = plain[:LONGEST], 1
        while name.lower() in taken:  # Word tells no capitals from others here
            more += 1
            name = f"{plain[: LONGEST - len(str(more)) - 1]}_{more}"
        taken.add(name.lower())
        found[section.id] = name
    return found
