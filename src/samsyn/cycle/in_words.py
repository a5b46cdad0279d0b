"""What values are called that fields keep by id: areas, indicators, rules that find gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import get_language

from samsyn.cycle.figures import called
from samsyn.cycle.gaps.registry import rules
from samsyn.cycle.places import name_of

AREAS: Final = frozenset({"area", "areas", "place"})


def in_words(name: str, value: Any) -> Sequence[str] | None:
    """The names of areas, of an indicator, of a rule; None for a field of anything else."""
    language = (get_language() or "sv")[:2]
    if name in AREAS:
        return [name_of(key, language) for key in (value if isinstance(value, list) else [value])]
    if name == "indicator":
        return [called(value, language)]
    if name == "rule" and value in rules():
        return [rules()[value].title[language]]
    return None
