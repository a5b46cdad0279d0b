"""The sentences of a comparison, from the figures by rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from samsyn.explore.compare.figures import Cell, Figures
from samsyn.explore.compare.selection import Place
from samsyn.publish.intervals import Difference, difference
from samsyn.publish.numbers import DASH, quantity
from samsyn.publish.numbers import number as written
from samsyn.publish.texts import listed

WORDS: Final = {
    "higher": gettext_noop("högre"),
    "lower": gettext_noop("lägre"),
    "alike": gettext_noop("ingen säker skillnad"),
}
CHANGES: Final = {
    "higher": gettext_noop("säker ökning"),
    "lower": gettext_noop("säker minskning"),
    "alike": gettext_noop("ingen säker förändring"),
}
AGAINST: Final = {
    "higher": gettext_noop("Säkert högre än i %(own)s: %(places)s."),
    "lower": gettext_noop("Säkert lägre än i %(own)s: %(places)s."),
    "alike": gettext_noop("Går inte att skilja från %(own)s: %(places)s."),
}


def difference_word(found: Difference) -> str:
    """How a figure lies to that of the first place, in a word; empty where nothing can be said."""
    return _(WORDS[found]) if found in WORDS else ""


def change_word(found: Difference) -> str:
    """How sure a change is; empty where nothing can be said."""
    return _(CHANGES[found]) if found in CHANGES else ""


def interval(cell: Cell, unit: str | None, language: str) -> str:
    """The interval of a figure; empty where it has none, or one that is narrower than it shows."""
    figure = cell.figure
    if not figure.sure:
        return ""
    lower, upper = (written(end, unit, language) for end in (figure.lower, figure.upper))
    if lower == upper:
        return ""
    sign = "%" if unit == "share" else ""
    return f"{lower.removesuffix('%').rstrip() if sign else lower}{DASH}{upper}"


def message(figures: Figures, places: Sequence[Place], period: str | None, language: str) -> str:
    """What a subject's chart says: the ends, and from which places the first surely differs."""
    unit = figures.subject.unit
    cells = {place.key: figures.cell(place, period) for place in places}
    known = [place for place in places if cells[place.key].figure.known]
    if not known:
        return _("Ingen av platserna har någon uppgift.")

    def told(place: Place) -> str:
        return quantity(cells[place.key].figure.value, unit, language)

    if len(known) == 1:
        return _("%(place)s: %(value)s (%(period)s).") % {
            "place": known[0].name, "value": told(known[0]), "period": period,
        }  # fmt: skip
    ordered = sorted(known, key=lambda place: -(cells[place.key].figure.value or 0.0))
    said = [
        _("Högst: %(high)s, %(most)s. Lägst: %(low)s, %(least)s.")
        % {
            "high": ordered[0].name, "most": told(ordered[0]),
            "low": ordered[-1].name, "least": told(ordered[-1]),
        }
    ]  # fmt: skip
    if places[0] in known:
        said += _against(places[0], known, cells, language)
    return " ".join(said)


def _against(
    own: Place, known: Sequence[Place], cells: dict[str, Cell], language: str
) -> list[str]:
    """In which places the figure is surely another than in the first."""
    found: dict[str, list[str]] = {"higher": [], "lower": [], "alike": [], "unknown": []}
    for place in known:
        if place != own:
            lies = difference(cells[place.key].figure, cells[own.key].figure)
            found[lies].append(place.name)
    return [
        _(text) % {"own": own.name, "places": listed(found[kind], language)}
        for kind, text in AGAINST.items()
        if found[kind]
    ]


def summary(
    every: Sequence[Figures], places: Sequence[Place], periods: dict[str, str | None], language: str
) -> str:
    """In how many subjects the first place surely differs from each of the others."""
    own, others = places[0], places[1:]
    counts: dict[str, list[int]] = {place.key: [0, 0] for place in others}
    for figures in every:
        first = figures.cell(own, periods[figures.subject.id]).figure
        for place in others:
            found = difference(figures.cell(place, periods[figures.subject.id]).figure, first)
            if found != "unknown":
                counts[place.key][1] += 1
                counts[place.key][0] += found != "alike"
    compared = sum(told for _sure, told in counts.values())
    sure = sum(told for told, _all in counts.values())
    if not compared:
        return ""
    if len(others) == 1:
        return ngettext(
            "%(own)s och %(other)s skiljer sig säkert åt i %(sure)s av %(number)s uppgift som går "
            "att jämföra så.",
            "%(own)s och %(other)s skiljer sig säkert åt i %(sure)s av %(number)s uppgifter som "
            "går att jämföra så.",
            compared,
        ) % {"own": own.name, "other": others[0].name, "sure": sure, "number": compared}
    most = max(others, key=lambda place: counts[place.key][1] - counts[place.key][0])
    alike = counts[most.key][1] - counts[most.key][0]
    if sure == compared:
        return _(
            "Alla %(number)s jämförelser med %(own)s visar en skillnad som är större än slumpen."
        ) % {"number": compared, "own": own.name}
    said = _(
        "Av %(number)s jämförelser med %(own)s visar %(sure)s en skillnad som är större än slumpen."
    ) % {"number": compared, "own": own.name, "sure": sure}
    if alike:
        said += " " + _("Flest uppgifter utan säker skillnad har %(place)s: %(alike)s.") % {
            "place": most.name, "alike": alike,
        }  # fmt: skip
    return said
