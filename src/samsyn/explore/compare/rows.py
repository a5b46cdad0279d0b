"""One subject of a comparison: its figures in the places, how they changed, where they are from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore.compare import wording
from samsyn.explore.compare.figures import Cell, Figures, breaks
from samsyn.explore.compare.selection import Place, Selection
from samsyn.explore.compare.sizes import Size, order_size, time_size
from samsyn.explore.compare.subjects import Subject
from samsyn.explore.components import evidence
from samsyn.publish.about import About, about
from samsyn.publish.intervals import difference
from samsyn.publish.numbers import MINUS, SPACE, cell, decimals_of, number
from samsyn.statistics.query import Release

KEPT = 4_000  # lines on sources


@dataclass(frozen=True)
class Shown:
    """A figure as a cell shows it; `note` says what it is, where that is not plain."""

    value: str
    interval: str = ""
    difference: str = ""
    note: str = ""
    known: bool = True


@dataclass(frozen=True)
class Change:
    """A place before and after."""

    place: Place
    before: Shown
    after: Shown
    change: str
    sure: str
    broken: str


@dataclass(frozen=True)
class Row:
    """A subject with its figures in the places, and all that its section says.

    `uses` are the places with a figure, each with where that can be used as evidence.
    """

    subject: Subject
    period: str | None
    since: str | None
    cells: tuple[Shown, ...]
    message: str
    changes: tuple[Change, ...]
    periods: tuple[str, ...]
    history: tuple[tuple[str, tuple[str, ...]], ...]
    without: str
    query: str
    source: str
    uses: tuple[tuple[str, str], ...]
    chart: str
    order_size: Size
    time_size: Size

    @property
    def assured(self) -> bool:
        """Whether anything can be said of how sure a change is, or why not."""
        return any(one.sure or one.broken for one in self.changes)

    @property
    def changed(self) -> str:
        """What its chart over time shows, in words: the tables below it have every figure."""
        said = (
            f"{one.place.name} {one.before.value} {self.since}, {one.after.value} {self.period}"
            for one in self.changes
            if one.change
        )
        return f"{self.subject.title}. {'; '.join(said)}".rstrip()

    @property
    def order(self) -> str:
        """The address of its chart in order, without the ending."""
        return self.chart.replace("KIND", "order").removesuffix(".svg")

    @property
    def time(self) -> str:
        """The address of its chart over time, without the ending."""
        return self.chart.replace("KIND", "time").removesuffix(".svg")

    @property
    def slug(self) -> str:
        """Its id in the page."""
        return self.subject.id.replace(".", "-")


def told(
    release: Release,
    heading: str,
    language: str,
    every: Sequence[Figures],
    notes: Sequence[str] = (),
) -> About:
    """What goes with the figures wherever they are shown or taken."""
    frames = [one.frame for one in every if one.frame is not None and one.frame.height]
    groupings = [one.subject.grouping for one in every if one.subject.grouping is not None]
    made = about(release, heading, language, frames=frames, subjects=groupings, notes=notes)
    if not groupings:
        return made
    periods = {period for one in every for period in one.periods}
    return replace(made, derived=True, periods=tuple(sorted(periods)))


def row_of(
    release: Release,
    one: Figures,
    chosen: Selection,
    period: str | None,
    since: str | None,
    language: str,
) -> Row:
    """All that is shown of a subject, in the periods that are asked for or else in its own."""
    # A period that another subject has and this one has not shows its gap, and no other year.
    after = period or one.newest()
    before = since or one.oldest()
    if before is not None and after is not None and before >= after:
        before = None
    unit = one.subject.unit
    first = one.cell(chosen.places[0], after).figure if chosen.places else None
    cells = []
    for place in chosen.places:
        shown = one.cell(place, after)
        word = ""
        if first is not None and place != chosen.places[0]:
            word = wording.difference_word(difference(shown.figure, first))
        cells.append(_shown(shown, unit, language, word))
    periods = one.periods
    return Row(
        subject=one.subject,
        period=after,
        since=before,
        cells=tuple(cells),
        message=wording.message(one, chosen.places, after, language) if chosen.places else "",
        changes=tuple(
            _change(release, one, place, before, after, language) for place in chosen.places
        )
        if before
        else (),
        periods=tuple(periods),
        history=tuple(
            (
                at,
                tuple(_value(one.cell(place, at), unit, language) for place in chosen.places),
            )
            for at in reversed(periods)
        ),
        without=chosen.without_subject(one.subject),
        query=chosen.query(subjects=(), chosen=False, mapped=None, level=None),
        source=_source(release, one, language),
        uses=tuple(
            (place.name, evidence.link(release.name, one.subject.figure, place.area.area, after))
            for place, shown in zip(chosen.places, cells, strict=True)
            if place.area is not None and after is not None and shown.known
        ),
        chart=reverse("compare-chart", args=[f"KIND-{one.subject.id}", "svg"]),
        order_size=order_size(sum(cell.known for cell in cells), unit, language),
        time_size=time_size(unit, language),
    )


def _value(shown: Cell, unit: str | None, language: str) -> str:
    return cell(shown.figure.value, unit, shown.status, language)


def _shown(shown: Cell, unit: str | None, language: str, word: str = "") -> Shown:
    note = ""
    if shown.mean and shown.figure.known:
        note = _("medel av %(known)s kommuner") % {"known": shown.known}
    return Shown(
        _value(shown, unit, language),
        wording.interval(shown, unit, language),
        word,
        note,
        shown.figure.known,
    )


def _change(
    release: Release,
    one: Figures,
    place: Place,
    before: str | None,
    after: str | None,
    language: str,
) -> Change:
    """How a place's figure changed between two periods, and whether that is more than chance."""
    unit = one.subject.unit
    then, now = one.cell(place, before), one.cell(place, after)
    change = sure = broken = ""
    if then.figure.known and now.figure.known:
        assert then.figure.value is not None
        assert now.figure.value is not None
        found = breaks(release, one, place, [before or "", after or ""])
        change = _signed(now.figure.value - then.figure.value, unit, language)
        kinds = found.get(after or "", "")
        if kinds:
            broken = {
                "borders": _("nya gränser"),
                "definition": _("ny definition"),
            }.get(kinds, _("nya gränser och ny definition"))
        else:
            sure = wording.change_word(difference(now.figure, then.figure))
    return Change(
        place, _shown(then, unit, language), _shown(now, unit, language), change, sure, broken
    )


def _signed(value: float, unit: str | None, language: str) -> str:
    """A change with its sign; of a share in percentage points."""
    if unit == "share":
        shown = number(abs(value) * 100, None, language, decimals=decimals_of(unit))
        shown += SPACE + _("procentenheter")
    else:
        shown = number(abs(value), unit, language)
    if not any(digit in shown for digit in "123456789"):
        return shown
    return f"{MINUS if value < 0 else '+'}{shown}"


def _source(release: Release, one: Figures, language: str) -> str:
    """The line on where a subject's figures come from, which is the same for most selections."""
    key = (one.subject, tuple(one.periods), one.sources, language)
    lines = _lines(release)
    if key not in lines:
        if len(lines) > KEPT:
            lines.clear()
        lines[key] = told(release, one.subject.title, language, [one]).source_line
    return lines[key]


@lru_cache(4)
def _lines(release: Release) -> dict[object, str]:
    """The lines on sources that have been made for a release."""
    return {}
