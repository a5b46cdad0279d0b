"""Whether a goal says enough for anybody to see if it was reached."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LACKS: Final[dict[str, Promise]] = {
    "measure": _("vad som mäts: en indikator eller ett eget mått"),
    "baseline": _("utgångsvärdet"),
    "target": _("målvärdet"),
    "target_year": _("målåret"),
}


def lacking(goal: Any) -> list[str]:
    """What a goal lacks to be measurable: names of `LACKS`, in their order; none where it is."""
    there = {
        "measure": bool(goal.indicator or goal.measure),
        "baseline": goal.baseline is not None,
        "target": goal.target is not None,
        "target_year": goal.target_year is not None,
    }
    return [name for name in LACKS if not there[name]]
