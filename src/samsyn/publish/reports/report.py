"""What a report consists of: sections of blocks, in words and figures, and nothing of their form.

Every writer takes the same `Report`. Text is plain text, never markup: a writer escapes what its
format would read as something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map


@dataclass(frozen=True)
class Strong:
    """Words that weigh more."""

    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead to an address, or to a section of the report: `#evenness`."""

    text: str
    address: str


Inline: TypeAlias = str | Strong | Link
Words: TypeAlias = str | tuple[Inline, ...]


@dataclass(frozen=True)
class Swatch:
    """A colour of the legend with its words: the colour by itself says nothing."""

    colour: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A small drawing in a cell of a table, as SVG; `alt` is what it says in words."""

    svg: str
    alt: str
    width: int
    height: int


Cell: TypeAlias = str | Strong | Link | Swatch | Picture


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a `lead` one opens a section, a `small` one is fine print."""

    words: Words
    kind: Literal["body", "lead", "small"] = "body"


@dataclass(frozen=True)
class Bullets:
    """A list without an order."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Note:
    """What must not be missed: what is lacking, or that the text is somebody's own.

    It may lack a title and have several paragraphs.
    """

    title: str
    paragraphs: tuple[Words, ...]


@dataclass(frozen=True)
class Code:
    """Something to be typed as it stands."""

    text: str


@dataclass(frozen=True)
class KeyFigure:
    """A figure that stands large: its name, the value as written, and what goes with it."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """A few figures beside each other."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table; `width` is its part of the width beside the others' parts."""

    heading: str
    align: Literal["left", "right"] = "left"
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table with its caption. The first cell of a row names the row.

    `note` stands below it. A `dense` one has many rows and smaller letters.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    dense: bool = False


@dataclass(frozen=True)
class Diagram:
    """A drawing of how things hang together, as SVG in the letters of `theme.FONT`.

    It has the words of a chart: what it shows, what it says, and where that is from.
    """

    svg: str
    title: str
    caption: str
    source: str


@dataclass(frozen=True)
class Figure:
    """A chart, a map or a diagram with its number, title, message and source.

    `name` tells it apart.
    """

    name: str
    picture: Chart | Map | Diagram

    @property
    def title(self) -> str:
        """What it shows, as a sentence: other sentences follow."""
        title = self.picture.title
        return title if title.endswith((".", "?", "!")) else f"{title}."

    @property
    def alt(self) -> str:
        """What it says, for those who do not see it."""
        return self.picture.caption


Block: TypeAlias = "Paragraph | Bullets | Note | Code | KeyFigures | Table | Figure"


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it; sections inside it are one level down.

    One that `begins` a page does so on paper.
    """

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    begins: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report: of which kind (`kicker`: "Lägesbild") and about what (`name`).

    `facts` stand on the title page, each a name and what it is; `notice` there says what must be
    known before anything is read (that places are made up, that data lack). `description` is a
    sentence for catalogues and file properties. `creator` is who answers for it.
    """

    kicker: str
    name: str
    subtitle: str
    description: str
    language: str
    day: date
    creator: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notice: str = ""

    @property
    def title(self) -> str:
        """What the whole is called: "Lägesbild: Trollhättan"."""
        return f"{self.kicker}: {self.name}"

    def every(self) -> Iterator[Section]:
        """All sections, each before those inside it."""
        waiting = list(reversed(self.sections))
        while waiting:
            section = waiting.pop()
            yield section
            waiting += reversed(section.sections)

    def figures(self) -> list[Figure]:
        """All charts, maps and diagrams, in the order in which they are numbered."""
        return [
            block for section in self.every() for block in section.blocks
            if isinstance(block, Figure)
        ]  # fmt: skip


SUPPLEMENT: Final = {
    "figure": {"sv": "Figur", "en": "Figure"},
    "table": {"sv": "Tabell", "en": "Table"},
}


def plain(words: Words | Cell) -> str:
    """Words without what makes them strong or leads anywhere."""
    if isinstance(words, str):
        return words
    if isinstance(words, tuple):
        return "".join(plain(word) for word in words)
    return words.alt if isinstance(words, Picture) else words.text
