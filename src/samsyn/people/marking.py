"""What was changed in a text, word for word, so that it can be seen at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

Kind = Literal["same", "gone", "new", "skipped"]
TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")
LARGEST: Final = 2_000_000  # pairs of words that are compared; larger pieces are told as a whole
AROUND: Final = 80  # letters that are told on each side of a change


@dataclass(frozen=True)
class Piece:
    """A piece of a text: in both, only in the old one, only in the new one, or left out."""

    kind: Kind
    text: str


def marked(before: str, after: str) -> list[Piece]:
    """The two texts as one. What is "same" or "gone" makes the old one, "same" or "new" the new."""
    lines = [text.splitlines(keepends=True) for text in (before, after)]
    found: list[Piece] = []
    for same, old, new in _aligned(*lines):
        if same or not old or not new:
            found += _pieces(same, "".join(old), "".join(new))
            continue
        words = [TOKEN.findall("".join(part)) for part in (old, new)]
        if len(words[0]) * len(words[1]) > LARGEST:
            found += _pieces(False, "".join(old), "".join(new))
        else:
            for alike, was, now in _aligned(*words):
                found += _pieces(alike, "".join(was), "".join(now))
    return list(_joined(found))


def _aligned(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal", old[a:b], new[c:d]


def _pieces(same: bool, old: str, new: str) -> list[Piece]:
    if same:
        return [Piece("same", old)]
    return [Piece(kind, text) for kind, text in (("gone", old), ("new", new)) if text]  # type: ignore[arg-type]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces of one kind side by side as one; what went before what came, where both did."""
    gone = new = same = ""
    for piece in pieces:
        if piece.kind == "same":
            if gone or new:
                if same:
                    yield Piece("same", same)
                    same = ""
                yield from _pieces(False, gone, new)
                gone = new = ""
            same += piece.text
        elif piece.kind == "gone":
            gone += piece.text
        else:
            new += piece.text
        if (gone or new) and same:
            yield Piece("same", same)
            same = ""
    if same:
        yield Piece("same", same)
    yield from _pieces(False, gone, new)


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what is long and unchanged left out, but for some words beside a change."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        first, last = at == 0, at == len(pieces) - 1
        if piece.kind != "same" or len(piece.text) <= 3 * AROUND:
            found.append(piece)
            continue
        head = "" if first else re.sub(r"\S*$", "", piece.text[:AROUND])
        tail = "" if last else re.sub(r"^\S*", "", piece.text[-AROUND:])
        found += [Piece("same", head)] if head else []
        found.append(Piece("skipped", " … "))
        found += [Piece("same", tail)] if tail else []
    return found
