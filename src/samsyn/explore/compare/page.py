"""What a page of comparison shows, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samsyn.explore.choosing import place_address
from samsyn.explore.compare import wording
from samsyn.explore.compare.figures import figures
from samsyn.explore.compare.rows import Row, row_of, told
from samsyn.explore.compare.selection import Dropped, Place, Selection
from samsyn.publish.about import About
from samsyn.publish.texts import listed
from samsyn.statistics.query import Release


@dataclass(frozen=True)
class Heading:
    """A place as a column: its address, and those of the page without it or with it first."""

    place: Place
    address: str
    without: str
    first: str


@dataclass(frozen=True)
class Comparison:
    """A page of comparison."""

    selection: Selection
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    summary: str
    dropped: tuple[Dropped, ...]
    means: tuple[str, ...]
    periods: tuple[str, ...]
    about: About

    @property
    def title(self) -> str:
        """The places in a few words."""
        return title(self.selection.places)


def title(places: Sequence[Place]) -> str:
    """The places of a comparison as a title names them; of many the first."""
    names = [place.name for place in places]
    if len(names) > 4:
        return _("%(places)s och %(number)s till") % {
            "places": ", ".join(names[:3]), "number": len(names) - 3,
        }  # fmt: skip
    return listed(names, (get_language() or "sv")[:2])


def comparison(release: Release, chosen: Selection, language: str) -> Comparison:
    """All that the page of a selection shows."""
    every = figures(release, chosen.subjects, chosen.places)
    there = sorted({period for one in every for period in one.periods})
    dropped = list(chosen.dropped)
    period = _period(chosen.period, there, dropped)
    since = _period(chosen.since, there, dropped)
    rows = tuple(row_of(release, one, chosen, period, since, language) for one in every)
    shown = {row.subject.id: row.period for row in rows}
    return Comparison(
        selection=chosen,
        headings=tuple(_heading(chosen, place) for place in chosen.places),
        rows=rows,
        summary=(
            wording.summary(every, chosen.places, shown, language) if len(chosen.places) > 1 else ""
        ),
        dropped=tuple(dropped),
        means=tuple(dict.fromkeys(c.note for row in rows for c in row.cells if c.note)),
        periods=tuple(there),
        about=told(release, title(chosen.places), language, every),
    )


def _period(asked: str | None, there: Sequence[str], dropped: list[Dropped]) -> str | None:
    """The period that is asked for, if anything is known of it."""
    if asked is None or asked in there:
        return asked
    reason = _("Ingen av uppgifterna finns för den perioden.")
    if there:
        reason = _("Uppgifterna finns för %(first)s till %(last)s.") % {
            "first": there[0], "last": there[-1],
        }  # fmt: skip
    dropped.append(Dropped(asked, reason))
    return None


def _heading(chosen: Selection, place: Place) -> Heading:
    return Heading(
        place,
        "" if place.area is None else place_address(place.area.area),
        chosen.without_place(place),
        chosen.with_first(place),
    )
