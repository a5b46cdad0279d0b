"""Names of releases: they stand in paths, addresses and citations."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from itertools import count
from string import ascii_lowercase
from typing import Final

from samsyn.measure.errors import InputError

LONGEST: Final = 80
# Windows knows these as devices, whatever follows the first full stop.
DEVICES: Final = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def check_name(name: str) -> None:
    """Raise InputError for a name that cannot be had."""
    if (
        not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", name)
        or len(name) > LONGEST
        or DEVICES.fullmatch(name)
    ):
        raise InputError(
            f'"{name}" cannot be the name of a release. Take at most {LONGEST} letters a to z, '
            "digits, hyphens, underscores and full stops, and begin with a letter or a digit, "
            "such as sweden-2022"
        )


def free_name(taken: Collection[str], today: date | None = None) -> str:
    """The name of a release that was given none: the date, with a letter for a second one."""
    day = (today or date.today()).isoformat()
    for letter in ("", *ascii_lowercase[1:]):
        if f"{day}{letter}" not in taken:
            return f"{day}{letter}"
    return next(name for n in count(27) if (name := f"{day}-{n}") not in taken)
