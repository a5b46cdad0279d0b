"""The English of the pages: `python -m samsyn.site.translations` finds what is to be translated.

The Swedish in templates and code is the text itself. Each room keeps its English in
`locale/en/LC_MESSAGES/django.po`; this writes into it every text that the room shows, keeps what is
translated, drops what is gone, and compiles it to the `.mo` that Django reads.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

Text: TypeAlias = str | tuple[str, ...]

SOURCE: Final = Path(__file__).resolve().parents[1]
PO: Final = Path("locale/en/LC_MESSAGES/django.po")
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def rooms() -> list[Path]:
    """The rooms with pages, each with its own translations."""
    explore = [path.parent for path in sorted(SOURCE.glob("explore/*/__init__.py"))]
    written = [SOURCE / "people", SOURCE / "cycle"]
    return [SOURCE / "site", *explore, SOURCE / "explore", SOURCE / "api", *written]


def _files(room: Path) -> Iterator[Path]:
    """What belongs to a room and to no room in it."""
    inner = [other for other in rooms() if room in other.parents]
    # Letters and what is told after a change are texts without HTML.
    letters = room.glob("templates/**/*.txt")
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *letters]):
        if not any(other in path.parents for other in inner):
            yield path


def texts(room: Path) -> dict[tuple[str | None, Text], list[tuple[str, int]]]:
    """What a room shows, by context and text, with the places where it stands."""
    found: dict[tuple[str | None, Text], list[tuple[str, int]]] = {}
    for path in _files(room):
        content = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Read as Python, in which the indentation of HTML would be wrong.
            lines = templatize(content, origin=str(path)).splitlines()
            content = "\n".join(line.lstrip() for line in lines)
        code = io.BytesIO(content.encode())
        options = {"encoding": "utf-8"}
        for line, message, _, context in extract("python", code, KEYWORDS, (), options):
            text = tuple(message) if isinstance(message, list | tuple) else message
            place = (path.relative_to(room).as_posix(), line)
            found.setdefault((context, text), []).append(place)
    return found


def kept(room: Path) -> Catalog:
    """The translations of a room as they stand."""
    path = room / PO
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def renewed(room: Path) -> Catalog:
    """The translations of a room with exactly the texts that it shows now."""
    before, now = kept(room), Catalog(locale="en", project="Samsyn", fuzzy=False)
    for (context, text), places in texts(room).items():
        singular = text[0] if isinstance(text, tuple) else text
        old = before.get(singular, context)
        several = isinstance(text, tuple)
        english: Any = ("", "") if several else ""
        if old is not None and isinstance(old.string, str) != several:
            english = old.string
        now.add(text, english, auto_comments=sorted({file for file, _ in places}), context=context)
    return now


def lacking(catalog: Catalog) -> list[str]:
    """The texts that have no English yet."""
    return [str(message.id) for message in catalog if message.id and not all(_strings(message))]


def _strings(message: Message) -> list[str]:
    string = message.string
    return [string] if isinstance(string, str) else [str(form) for form in string or ("",)]


def compile_all() -> None:
    """Write the `.mo` of each room where it is older than its translations."""
    for room in rooms():
        source, made = room / PO, (room / PO).with_suffix(".mo")
        if source.exists() and (not made.exists() or made.stat().st_mtime < source.stat().st_mtime):
            with made.open("wb") as file:
                write_mo(file, kept(room))


def main() -> int:
    """Renew the translations of every room, or of those named, and say what lacks."""
    only = set(sys.argv[1:])
    left = 0
    for room in rooms():
        if only and room.name not in only:
            continue
        catalog = renewed(room)
        if not len(catalog) and not (room / PO).exists():
            continue
        (room / PO).parent.mkdir(parents=True, exist_ok=True)
        with (room / PO).open("wb") as file:
            write_po(file, catalog, sort_output=True, omit_header=True, width=100)
        for text in lacking(catalog):
            left += 1
            sys.stdout.write(f"{room.name}: {text}\n")
    compile_all()
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
