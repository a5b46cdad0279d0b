"""A tie in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samsyn.cycle.models import Tie
from samsyn.people.fields import label


def in_words(tie: Tie) -> list[str]:
    """What is known of a tie, each in words."""
    told = [
        label(f"collaboration_{name}", getattr(tie, name)).lower()
        for name in ("basis", "often", "form", "level")
        if getattr(tie, name)
    ]
    if tie.quality:
        told.append(_("fungerar %s") % label("collaboration_quality", tie.quality).lower())
    if tie.since:
        told.append(_("sedan %s") % tie.since)
    return told
