"""Rows of which a page has dozens, written from a template that is worked out once per language.

Django works a template out node by node, which for forty rows takes longer than all else on the
page. Here the template of a row is worked out once, with blanks left in it, and filled as a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


class Markup(str):
    """A text that is HTML already: made by this room, its own blanks escaped."""

    __slots__ = ()


def filled(template: str, rows: Iterable[Mapping[str, str]]) -> SafeString:
    """The rows as HTML; every text that is no `Markup` is escaped."""
    blank = _blank(template, get_language() or "sv")
    return mark_safe("".join(blank.format_map(_safe(row)) for row in rows))


def tag(markup: str, **texts: str) -> Markup:
    """A little HTML with blanks: `tag("<b>{value}</b>", value=text)`."""
    return Markup(markup.format_map(_safe(texts)))


def _safe(row: Mapping[str, str]) -> dict[str, str]:
    return {name: text if isinstance(text, Markup) else escape(text) for name, text in row.items()}


@lru_cache(maxsize=32)
def _blank(template: str, language: str) -> str:
    """The template of a row in a language, `{name}` where its texts go."""
    return str(render_to_string(f"place/rows/{template}.html")).strip() + "\n"
