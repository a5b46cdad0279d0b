"""What several chapters are put together from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from samsyn.cycle.chain.figures import area_name
from samsyn.cycle.plan.texts import one_line
from samsyn.people.fields import label
from samsyn.people.models import Record
from samsyn.publish.reports import Bullets, Paragraph, Strong, Words


def labels(name: str, codes: Sequence[str]) -> str:
    """Codes of a classification in words."""
    return ", ".join(label(name, code) for code in codes)


def areas(keys: Sequence[str], language: str) -> str:
    """Areas by name."""
    return ", ".join(area_name(key, language) for key in keys)


def titles(records: Iterable[Record]) -> str:
    """What records are called, one after the other."""
    return "; ".join(one_line(str(one)) for one in records)


def told(facts: Iterable[tuple[str, str]]) -> tuple[Bullets, ...]:
    """Facts by their names, those that there are; nothing where there are none."""
    items: list[Words] = [(Strong(f"{name}: "), one_line(text)) for name, text in facts if text]
    return (Bullets(tuple(items)),) if items else ()


def nothing() -> Paragraph:
    """That there is nothing yet."""
    return Paragraph(_("Här finns ingenting än."))
