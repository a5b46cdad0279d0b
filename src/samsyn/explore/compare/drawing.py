"""The charts and maps of a comparison, each at an address of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import polars as pl
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samsyn.explore.compare.figures import Figures, breaks, figures
from samsyn.explore.compare.rows import told
from samsyn.explore.compare.selection import Place, Selection
from samsyn.explore.compare.subjects import Subject
from samsyn.explore.problems import WrongParameterError
from samsyn.measure.errors import InputError
from samsyn.publish import charts
from samsyn.publish.about import about
from samsyn.publish.charts import Chart
from samsyn.publish.maps import Classes, Map, by_value, place_map
from samsyn.statistics.query import Release

LINES: Final = 5  # places that lines can be told apart for
WIDTH: Final = 480  # pixels of a map that is taken along
MAP: Final = 300  # of one in the page, among others
COLUMNS: Final = {
    "area": pl.String, "name": pl.String, "indicator": pl.String, "title": pl.String,
    "period": pl.String, "value": pl.Float64, "lower": pl.Float64, "upper": pl.Float64,
    "status": pl.String, "unit": pl.String, "numerator": pl.Float64, "denominator": pl.Float64,
}  # fmt: skip
# Areas of these kinds have parts to draw.
DRAWN: Final = ("municipality", "county")
LEVELS: Final = ("regso", "deso")


def tidy(
    every: Sequence[Figures], places: Sequence[Place], periods: Sequence[str] | None = None
) -> pl.DataFrame:
    """The figures one a row; those of types of municipalities have `type/` and a code as area."""
    rows = []
    for one in every:
        for place in places:
            for period, cell in sorted(one.cells.get(place.key, {}).items()):
                if periods is None or period in periods:
                    figure = cell.figure
                    rows.append(
                        {
                            "area": place.area.area if place.area else place.key,
                            "name": place.name, "indicator": one.subject.id,
                            "title": one.subject.title, "period": period, "value": figure.value,
                            "lower": figure.lower, "upper": figure.upper, "status": cell.status,
                            "unit": one.subject.unit, "numerator": cell.numerator,
                            "denominator": cell.denominator,
                        }
                    )  # fmt: skip
    return pl.DataFrame(rows, schema=COLUMNS)


def over_time(
    release: Release, chosen: Selection, subject: Subject, language: str, request: HttpRequest
) -> Chart:
    """A line for each place, of the first few where they are many."""
    places = chosen.places[:LINES]
    one = _only(release, subject, places)
    broken = [
        {
            "area": place.area.area if place.area else place.key, "period": period, "break": kind,
        }
        for place in places
        for period, kind in breaks(release, one, place, one.periods).items()
    ]  # fmt: skip
    schema = {"area": pl.String, "period": pl.String, "break": pl.String}
    frame = tidy([one], places).join(
        pl.DataFrame(broken, schema=schema), on=["area", "period"], how="left",
        maintain_order="left",
    )  # fmt: skip
    notes = []
    if len(chosen.places) > LINES:
        notes.append(_("Linjerna visar de %(number)s första platserna.") % {"number": LINES})
    made = told(release, _over_time(subject), language, [one], notes)
    first = frame["area"][0]
    return charts.line(frame, made, place=first, dark=_dark(request))


def in_order(
    release: Release, chosen: Selection, subject: Subject, language: str, request: HttpRequest
) -> Chart:
    """The places from the highest value to the lowest, with intervals."""
    one = _only(release, subject, chosen.places)
    period = chosen.period if chosen.period in one.periods else one.newest()
    frame = tidy([one], chosen.places, [period] if period else [])
    made = told(release, subject.title, language, [one])
    first = chosen.places[0]
    return charts.ranking(
        frame, made, place=first.area.area if first.area else first.key, dark=_dark(request),
    )  # fmt: skip


def _only(release: Release, subject: Subject, places: Sequence[Place]) -> Figures:
    """The figures of one subject, which some place must have."""
    one = figures(release, [subject], places)[0]
    if not one.periods:
        raise WrongParameterError(_("Ingen av platserna har någon uppgift."))
    return one


def mapped_level(release: Release, subject: Subject, asked: str | None) -> str | None:
    """The size of area that an indicator is drawn on; None where it is known of none."""
    if subject.grouping is not None:
        return None
    there = [level for level in LEVELS if _parts(release, subject.id, level)]
    return asked if asked in there else next(iter(there), None)


@lru_cache(256)
def _parts(release: Release, name: str, level: str) -> tuple[str, ...]:
    """The periods with values of an indicator on a level, from the newest on."""
    there = release.coverage.filter(
        pl.col("subject") == name, pl.col("kind") == level, pl.col("known") > 0
    )
    return tuple(there["period"].unique().sort(descending=True))


def map_period(release: Release, subject: Subject, level: str, asked: str | None) -> str | None:
    """The period that is drawn: that asked for where there is one, else the newest."""
    there = _parts(release, subject.id, level)
    return asked if asked in there else next(iter(there), None)


@lru_cache(16)
def scale(release: Release, name: str, level: str, period: str, language: str) -> Classes:
    """Classes of an indicator on a level that are the same for every place.

    They have as many of the whole release's areas each, so that maps compare, here and with those
    of another day.
    """
    return by_value(release.values(name, level=level, period=period), language)


def vintage(release: Release, level: str, classes: Classes) -> str:
    """The level with the vintage of the areas that are in classes."""
    key = next(iter(classes.of), None)
    return level if key is None else "/".join(key.split("/")[:2])


def place_mapped(
    release: Release,
    place: Place,
    subject: Subject,
    level: str,
    period: str,
    language: str,
    request: HttpRequest,
) -> Map:
    """The parts of a place in the common classes. Raises InputError where it has no borders."""
    assert place.area is not None
    classes = scale(release, subject.id, level, period, language)
    frame = release.values(subject.id, level=level, within=place.area.area, period=period)
    if frame.is_empty():
        raise InputError("there is nothing to draw")
    title = f"{place.name}: {subject.title}"
    bare = "bare" in request.GET
    return place_map(
        release, place.area, vintage(release, level, classes), classes,
        about(release, title, language, frames=[frame]),
        bare=bare, dark=_dark(request), named=(), width=MAP if bare else WIDTH,
    )  # fmt: skip


def _over_time(subject: Subject) -> str:
    return _("%(title)s över tid") % {"title": subject.title}


def _dark(request: HttpRequest) -> bool:
    return request.GET.get("look") == "dark"
