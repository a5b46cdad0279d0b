"""How codes, amounts and days are written on the pages of what came of it."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from samsyn.people.fields import label
from samsyn.publish.numbers import SPACE, number

register = template.Library()


@register.filter
def called(code: str, classification: str) -> str:
    """What a code of a classification is called in the language of the page."""
    return label(classification, code)


@register.filter
def kronor(amount: Decimal | None) -> str:
    """An amount in kronor: 1 200 000 kr."""
    if amount is None:
        return ""
    language = (get_language() or "sv")[:2]
    shown = number(float(amount), None, language, 0)
    return f"{shown}{SPACE}kr" if language == "sv" else f"SEK{SPACE}{shown}"
