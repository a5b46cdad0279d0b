"""Words of ties in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from samsyn.cycle.models import Tie
from samsyn.cycle.ties.wording import in_words
from samsyn.people.fields import label

register = template.Library()


@register.filter
def code(tie: Tie, name: str) -> str:
    """What a field of a tie says, by its label."""
    value = getattr(tie, name)
    return label(f"collaboration_{name}", value) if value else "–"


@register.filter
def words(tie: Tie) -> str:
    """A tie in words."""
    return "; ".join(in_words(tie))


@register.filter
def at(told: Mapping[int, str], key: int) -> str:
    """What a mapping has for a key; nothing where it has none."""
    return told.get(key, "")
