"""The facts about a RegSO, a DeSO or an area of one's own, from a release."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.intervals import Figure, with_intervals
from samsyn.publish.wording.gathering import types_period
from samsyn.publish.wording.neighbourhoods import NeighbourhoodFacts, Standing
from samsyn.statistics.indicators import Indicator, indicators
from samsyn.statistics.query import Area, Release
from samsyn.statistics.query.remembering import remembered

# The figure whose range over the municipality's areas is told.
RANGED: Final = "low_economic_standard_share"


def neighbourhood_facts(
    release: Release, area: Area, until: str | None = None
) -> NeighbourhoodFacts:
    """What the sentences about an area smaller than a municipality rest on, none of it later."""
    municipality = release.area(area.municipality) if area.municipality else None
    standings = _standings(release, area, until)
    told = _type(release, area, until)
    ranged = _range(release, area, until)
    return NeighbourhoodFacts(
        name=area.name,
        kind=area.kind,
        municipality=municipality.name if municipality else "",
        period=str(told["period"]) if told else "",
        people=_people(release, area, until),
        type=told["type"] if told else None,  # type: ignore[arg-type]
        uncertain=bool(told and told["uncertain"]),
        standings=tuple(standings),
        range_name=indicators()[RANGED].name if ranged else None,
        range=ranged,
    )


@remembered(1)
def _comparable(release: Release) -> list[str]:
    """Shares of known counts of which one direction is better: their uncertainty is known."""
    return [
        one.id
        for name in release.indicators
        if (one := release.indicator(name)) is not None
        and one.unit == "share"
        and one.counted
        and one.better != "neither"
    ]


def _standings(release: Release, area: Area, until: str | None) -> list[Standing]:
    """Each indicator in the area, its municipality and the country, where all three are known."""
    if area.municipality is None:
        return []
    places = [area.area, area.municipality, _country(release)]
    spreads, frames = {}, []
    for name in _comparable(release):
        spread = _spread(release, name, _level(area), until)
        if spread is None:
            continue
        try:
            frames.append(release.values(name, areas=places, period=spread[0]))
        except InputError:
            continue
        spreads[name] = spread
    if not frames:
        return []
    rows = with_intervals(pl.concat(frames)).iter_rows(named=True)
    figures = {(row["indicator"], row["area"]): Figure.of(row) for row in rows}
    unknown = Figure(None)
    found = [
        _standing(release, name, *spread, *(figures.get((name, one), unknown) for one in places))
        for name, spread in spreads.items()
    ]
    return [one for one in found if one is not None]


def _standing(
    release: Release,
    name: str,
    period: str,
    deviation: float,
    here: Figure,
    there: Figure,
    all_over: Figure,
) -> Standing | None:
    """The figure of an area, its municipality and the country; None where one is not known."""
    if not (here.sure and there.sure and all_over.sure and deviation > 0):
        return None
    entry = release.indicator(name)
    assert entry is not None
    return Standing(
        name=entry.name,
        better=entry.better,
        subject=_subject(entry),
        area=here,
        municipality=there,
        country=all_over,
        distance=(here.middle - all_over.middle) / deviation,
        period=period,
    )


def _subject(entry: Indicator) -> str:
    """What an indicator is about: the grouping that it is counted in."""
    return entry.numerator[0].partition(".")[0]


def _level(area: Area) -> str:
    return f"{area.kind}/{area.vintage}"


@remembered(8)
def _newest(release: Release, until: str | None) -> Mapping[tuple[str, str], str]:
    """The newest period, until then, in which an indicator has figures on a level."""
    known = release.coverage.filter(pl.col("known") > 0)
    if until is not None:
        known = known.filter(pl.col("period") <= until)
    rows = known.select("subject", "kind", "vintage", "period").iter_rows()
    found: dict[tuple[str, str], str] = {}
    for subject, kind, vintage, period in rows:
        key = (subject, f"{kind}/{vintage}")
        found[key] = max(period, found.get(key, ""))
    return found


@remembered(256)
def _spread(release: Release, name: str, level: str, until: str | None) -> tuple[str, float] | None:
    """The newest period of an indicator on a level, and its deviation over the areas.

    The areas of one's own are set beside DeSO, since they have no others of their kind.
    """
    period = _newest(release, until).get((name, level))
    kind = "deso" if level.startswith("custom/") else level
    if period is None:
        return None
    try:
        values = release.values(name, level=kind, period=period).drop_nulls("value")
    except InputError:
        return None
    if values.height < 2:
        return None
    deviation = values["value"].std()
    return period, float(deviation) if isinstance(deviation, float) else 0.0


@remembered(1)
def _country(release: Release) -> str:
    return str(release.areas("country")["area"][0])


def _people(release: Release, area: Area, until: str | None) -> float | None:
    period = _newest(release, until).get(("population", _level(area)))
    if period is None:
        return None
    values = release.values("population", areas=[area.area], period=period)
    value = values["value"][0] if values.height else None
    return None if value is None else float(value)


def _type(release: Release, area: Area, until: str | None) -> dict[str, object] | None:
    """The newest type of a RegSO, the published where there is one."""
    if area.kind != "regso":
        return None
    try:
        types = release.area_types(types_period(release, until), within=area.area)
    except InputError:
        return None
    rows = types.with_columns(type=pl.coalesce("published", "computed")).drop_nulls("type")
    return rows.row(0, named=True) if rows.height else None


def _range(release: Release, area: Area, until: str | None) -> tuple[float, float] | None:
    """The lowest and highest value of `RANGED` among the municipality's areas of the same kind."""
    period = _newest(release, until).get((RANGED, _level(area)))
    if area.municipality is None or area.kind == "custom" or period is None:
        return None
    values = release.values(RANGED, level=_level(area), within=area.municipality, period=period)
    known = values["value"].drop_nulls().sort()
    return (float(known[0]), float(known[-1])) if known.len() > 1 else None
