"""Users' own indicators: what the figures of a folder mean that no agency publishes.

    [indicator.meeting_places]
    name = { sv = "Mötesplatser", en = "Meeting places" }
    unit = "persons"

They stand in the folder's `samsyn.toml` and have the fields of the catalogue's entries, of which
only a name in one language and a unit are asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators.codes import FOCUS_AREA_NAMES, OTHER
from samsyn.statistics.indicators.definition import Indicator, assembled, indicators
from samsyn.statistics.indicators.entries import check_entry

FILE: Final = "samsyn.toml"
NEEDED: Final = ("name", "unit")


def own_indicators(
    source: str | Path | Mapping[str, Any], where: str = FILE
) -> Mapping[str, Indicator]:
    """The indicators that a folder defines, by their ids.

    `source` is the folder, its `samsyn.toml`, or the tables below `indicator` as they were read,
    with `where` they stood. A folder without the file has none. Raises InputError that names the
    file, the entry and the field: one that is wrong, or an id that the catalogue has.
    """
    if isinstance(source, Mapping):
        entries: Any = source
    else:
        path = Path(source)
        if path.is_dir():
            path = path / FILE
            if not path.exists():
                return {}
        entries, where = _read(path), path.name
    if not isinstance(entries, Mapping):
        raise InputError(f"{where}: write [indicator.my_id] for each indicator of your own")
    return {name: _own(name, entry, where) for name, entry in entries.items()}


def _read(path: Path) -> Any:
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{path.name} cannot be read as TOML: {error}") from None
    return told.get("indicator", {})


def _own(name: str, entry: Any, where: str) -> Indicator:
    check_entry(name, entry, where=where, needed=NEEDED, also=("focus_area",), languages=())
    if name in indicators():
        raise InputError(
            f"indicator {name} in {where} is one of the catalogue: choose another id for your own"
        )
    area = entry.get("focus_area", OTHER)
    if area not in FOCUS_AREA_NAMES:
        raise InputError(
            f'indicator {name} in {where}: focus_area is "{area}" and must be one of '
            f"{', '.join(FOCUS_AREA_NAMES)}"
        )
    return assembled(name, area, entry)
