"""When there is nothing to make a release of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.findings import Finding
from samsyn.statistics.sources.reading import Reading

TOLD: Final = 3


def require_figures(reading: Reading, findings: Sequence[Finding], *, figures: bool) -> None:
    """Raise InputError that says why where nothing was read, or no `figures` are known from it.

    An empty release would be current, and every page that reads it without figures.
    """
    if reading.materials and figures:
        return
    said = [
        _listed("Not read", [unread.reason for unread in reading.unread]),
        _listed(
            "Left out",
            [f.message for f in findings if f.check == "catalogue" or f.severity == "error"],
        ),
        _listed("Passed over by their names or by samsyn.toml", reading.passed_over),
    ]
    why = ". ".join(part for part in said if part) or "There is no file to read"
    what = "no figures that Samsyn knows" if reading.materials else "nothing that can be read"
    raise InputError(
        f"What was given holds {what}, so that there is nothing to make a release of. {why}. "
        "Nothing was built, and the store is as it was"
    )


def _listed(what: str, reasons: Sequence[str]) -> str:
    if not reasons:
        return ""
    told = "; ".join(reason.rstrip(".") for reason in reasons[:TOLD])
    return f"{what}: {told}" + (f" and {len(reasons) - TOLD} more" * (len(reasons) > TOLD))
