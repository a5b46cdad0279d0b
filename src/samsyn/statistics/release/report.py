"""What a build tells of itself beside the files that it wrote."""

from __future__ import annotations

from dataclasses import dataclass

from samsyn.statistics.sources.forms import Provenance, Unread


@dataclass(frozen=True)
class BuildReport:
    """What was read, in the order in which the tables number it, and what could not be.

    `seed` is that of everything drawn. Rows, findings and coverage are told by the files.
    """

    sources: tuple[Provenance, ...]
    unread: tuple[Unread, ...] = ()
    seed: int | None = None
