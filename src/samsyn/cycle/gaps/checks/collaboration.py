"""Who works together, and who should and does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from samsyn.cycle.gaps.finding import Finding, Todo
from samsyn.cycle.gaps.picture import Picture
from samsyn.cycle.gaps.registry import rule

# Every sector that an organisation should meet, but its own.
TO_MEET: Final = ("civil", "business", "state", "regional")


def sectors_met(round: Picture) -> set[str]:
    """The sectors of which somebody works together with somebody of another sector."""
    met: set[str] = set()
    for keys in (*round.ties, *round.groups):
        sectors = _sectors(round, keys)
        if len(sectors) > 1:
            met |= sectors
    for one in round.interventions:  # with whoever has made the plan
        met |= _sectors(round, one.actors)
    return met


def _sectors(round: Picture, keys: tuple[int, ...]) -> set[str]:
    return {round.actor[key].sector for key in keys if key in round.actor} - {""}


@rule("collaboration_missing")
def collaboration_missing(round: Picture) -> Iterator[Finding]:
    """Sectors that nobody works together with, once actors or interventions are described."""
    if not round.actors and not round.interventions:
        return
    others = TO_MEET if round.sector == "municipal" else ("municipal", *TO_MEET)
    met = sectors_met(round)
    missing = tuple(one for one in others if one != round.sector and one not in met)
    if missing:
        known = [one for one in round.actors if one.sector in missing]
        todo = Todo("actor", known[0].key, part="samverkan") if known else Todo("actor")
        seen = (missing, sorted(one.key for one in known))
        refs = tuple(one.ref for one in known)
        yield Finding("collaboration_missing", todo, None, seen, {"sectors": missing}, refs)


@rule("reception_and_integration_apart")
def reception_and_integration_apart(round: Picture) -> Iterator[Finding]:
    """Those who receive newly arrived and those charged with integration, with nothing between."""
    receiving = {one.key for one in round.actors if "reception" in one.roles}
    integrating = {one.key for one in round.actors if "integration" in one.roles}
    if not receiving or not integrating or receiving & integrating:
        return
    if any(keys & receiving and keys & integrating for keys in round.together):
        return
    keys = sorted(receiving | integrating)
    todo = Todo("actor", min(receiving), part="samverkan")
    refs = tuple(round.actor[key].ref for key in keys)
    yield Finding(
        "reception_and_integration_apart", todo, None, (sorted(receiving), sorted(integrating)),
        {}, refs,
    )  # fmt: skip
