"""Users' own indicators in a release, so that it says itself what its figures mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import Indicator, indicators, own_indicators
from samsyn.statistics.release.layout import DEFINITIONS

REVIEW: Final = "next_review"


def write_definitions(folder: Path, entries: Mapping[str, Any]) -> None:
    """Write entries, as a samsyn.toml has them, into the folder of a release; none, no file."""
    if entries:
        text = json.dumps(entries, ensure_ascii=False, indent=1, default=date.isoformat)
        (folder / DEFINITIONS).write_text(text + "\n", encoding="utf-8")


def entries_in(folder: Path | None) -> dict[str, Any]:
    """The entries of users' own indicators in the folder of a release; none where it has none.

    Raises InputError where the file is not as it was written.
    """
    if folder is None or not (folder / DEFINITIONS).exists():
        return {}
    try:
        entries: dict[str, Any] = json.loads((folder / DEFINITIONS).read_text("utf-8"))
        for entry in entries.values():
            if REVIEW in entry:
                entry[REVIEW] = date.fromisoformat(entry[REVIEW])
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputError(
            f"{folder / DEFINITIONS} cannot be read ({error}): build the release again from its "
            "sources"
        ) from None
    # What has come into the catalogue since is defined there.
    return {name: entry for name, entry in entries.items() if name not in indicators()}


def definitions_in(folder: Path) -> Mapping[str, Indicator]:
    """The users' own indicators that a release has."""
    return own_indicators(entries_in(folder), f"{folder.name}/{DEFINITIONS}")
