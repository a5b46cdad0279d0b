"""What the page of a place has folded away: charts with their tables, and lists of parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext as _

from samsyn.explore.place import diagrams
from samsyn.explore.place.ends import typed
from samsyn.explore.place.finding import Found
from samsyn.explore.place.surroundings import near
from samsyn.explore.problems import UnknownPageError
from samsyn.measure.errors import InputError
from samsyn.publish.charts import Chart
from samsyn.publish.numbers import number
from samsyn.statistics.indicators import groupings

OVER_TIME: Final = ("series-", "trend-")
MOST: Final = 1_000  # lines of a table; of more only both ends are shown


@dataclass(frozen=True)
class Drawn:
    """A chart with the address of its picture, without the ending."""

    chart: Chart
    address: str


@dataclass(frozen=True)
class Line:
    """A line of the table of parts."""

    name: str
    address: str
    where: str
    type: int
    label: str
    people: str
    index: str
    uncertain: bool


def pieces(place: Found, name: str) -> dict[str, Any]:
    """What the template of a folded part shows.

    Raises UnknownPageError where the place has no such part.
    """
    kind, _sep, subject = name.partition("-")
    if name == "parts":
        there = lines(place)
        if len(there) > MOST:
            both = [line for line in there if line.type in {1, 5}]
            return {"title": _("Alla områden av typ 1 och 5"), "lines": both}
        return {"title": _("Alla områden"), "lines": there}
    if kind == "indicator" and subject in place.release.indicators:
        entry = place.release.indicator(subject)
        return {
            "title": entry.name[place.language] if entry else subject,
            "drawn": _drawn(place, [f"series-{subject}", f"spread-{subject}"]),
            "explanation": entry.explanation[place.language] if entry else "",
        }
    if kind == "uneven" and subject in groupings():
        names = [f"{one}-{subject}" for one in ("trend", "ranking", "scales", "composition")]
        return {
            "title": groupings()[subject].name[place.language],
            "drawn": _drawn(place, names),
        }
    raise UnknownPageError(_("Det finns ingen sådan del av sidan: ”%s”.") % name)


def _drawn(place: Found, names: list[str]) -> list[Drawn]:
    """The charts that the place has of these."""
    found = []
    for name in names:
        try:
            chart = diagrams.drawing(place, name)
        except (UnknownPageError, InputError):
            continue
        assert isinstance(chart, Chart)
        if name.startswith(OVER_TIME) and chart.table["period"].n_unique() < 2:
            continue  # one point is no line: the page has told it
        found.append(Drawn(chart, place.links.place(place.area.area, f"diagram/{name}")))
    return found


def lines(place: Found) -> list[Line]:
    """The RegSO in the place by their index from the highest; else its parts by name."""
    layout, types, language = place.gathered.layout, place.gathered.types, place.language
    there = typed(place)
    if len(there):
        there = there[np.argsort(-types.index[there], kind="stable")]
    else:
        level = layout.parts_level(place.area)
        there = layout.parts(place.area.area, level) if level else there
    small = place.area.kind not in {"county", "country"}
    found = []
    for at in there.tolist():
        one = near(place, layout.keys[at])
        found.append(
            Line(
                name=one.name,
                address=one.address,
                where="" if small else layout.name(layout.municipalities[at]),
                type=one.type,
                label=one.label,
                people=number(_known(types.people[at]), "persons", language),
                index=number(_known(types.index[at]), "index", language),
                uncertain=bool(types.uncertain[at]),
            )
        )
    return found


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
