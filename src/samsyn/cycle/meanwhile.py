"""What somebody else has done to a part of a record since its form was opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from samsyn.people.describing import title_of, written


def latest(part: Any) -> int:
    """The number of the latest change of a part, which has a history; 0 of one not kept yet."""
    if part._state.adding:
        return 0
    return part.history.values_list("history_id", flat=True).order_by("-history_id").first() or 0


def as_it_stands(part: Any, names: Iterable[str]) -> str:
    """The fields of a part as they are kept now, in words; nothing where none is filled in."""
    kept = type(part)._default_manager.get(pk=part.pk)
    told = ((name, written(kept._meta.get_field(name), getattr(kept, name))) for name in names)
    return "; ".join(f"{title_of(kept, name)}: {', '.join(lines)}" for name, lines in told if lines)
