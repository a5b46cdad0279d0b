"""What people have typed as a report has it: paragraphs, and no signs that nobody sees."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from typing import Any, Final, TypeVar

from samsyn.publish.reports import Paragraph

T = TypeVar("T")

UNSEEN: Final = frozenset({"Cc", "Cn", "Co", "Cs"})  # controls, and what is no character


def seen(text: str) -> str:
    """A text without signs that no font has, which Word and PDF refuse."""
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in UNSEEN)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text as paragraphs, which blank lines part; a single line end stays a space."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", seen(text)))
    return tuple(Paragraph(part) for part in parts if part)


def one_line(text: str) -> str:
    """A text on one line, for a cell or a list."""
    return " ".join(seen(text).split())


def cleaned(told: T) -> T:
    """A report, or any part of one, with every text in it cleaned."""
    if isinstance(told, str):
        return seen(told)  # type: ignore[return-value]
    if isinstance(told, tuple):
        return tuple(cleaned(one) for one in told)  # type: ignore[return-value]
    if dataclasses.is_dataclass(told) and not isinstance(told, type):
        held: Any = told
        fields = {one.name: cleaned(getattr(held, one.name)) for one in dataclasses.fields(held)}
        return dataclasses.replace(held, **fields)
    return told
