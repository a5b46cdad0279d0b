"""Texts in Swedish and English: one form for all that this room shows.

A module keeps its texts in a table `TEXTS`, name by name; a test sees to it that every one is in
both languages and has the same blanks in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import LANGUAGES

Text: TypeAlias = Mapping[str, str]
Texts: TypeAlias = Mapping[str, Text]

AND: Final = {"sv": "och", "en": "and"}


def require_language(language: str) -> str:
    """The language, which must be sv or en."""
    if language not in LANGUAGES:
        raise InputError(f'There is no language "{language}": choose {" or ".join(LANGUAGES)}')
    return language


def said(texts: Texts, name: str, language: str, /, **values: object) -> str:
    """A text in a language, its blanks filled in."""
    return texts[name][require_language(language)].format(**values)


def listed(names: Iterable[str], language: str) -> str:
    """Names as a sentence lists them: "A, B och C"."""
    there = list(names)
    if len(there) < 2:
        return "".join(there)
    return f"{', '.join(there[:-1])} {AND[require_language(language)]} {there[-1]}"


def capital(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
