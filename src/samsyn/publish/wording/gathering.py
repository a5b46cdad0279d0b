"""The facts that sentences rest on, from a release: of a municipality, a county or the country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.intervals import Figure
from samsyn.publish.wording.region_facts import Ends, RegionFacts
from samsyn.statistics.indicators import grouping
from samsyn.statistics.query import LATEST, Area, Release
from samsyn.statistics.query.periods import Periods

INEQUALITY: Final = "inequality_index"
GROUPING: Final = "economic_standard"
DISSIMILARITY: Final = "dissimilarity"
UNITS: Final = ("deso", "regso")

# About ten years ago: what lies nearest to ten, and no further from it than this.
YEARS, OFF = 10, 3
# A type of municipality of which there are fewer others says too little; all are taken then.
FEWEST_OF_TYPE: Final = 5


def region_facts(release: Release, area: Area, similar: Sequence[str] | None = None) -> RegionFacts:
    """What the sentences about a municipality, a county or the country rest on.

    `similar` are the keys of the places that it is set beside; without them those are the
    municipalities of the same type in the release, or all others, and for a county the others.
    """
    figures = inequality(release, area.kind)
    period = _newest(figures)
    own = figures.filter(pl.col("area") == area.area)
    now = own.filter(pl.col("period") == period)
    units = now["units"][0] if now.height else None
    kind = units.partition("/")[0] if units else None
    earlier_period = _ten_years_before(period, own, kind)
    then = own.filter(pl.col("period") == pl.lit(earlier_period, pl.String))
    peers, peers_are = _peers(release, area, similar)
    others = figures.filter(pl.col("period") == period, pl.col("area").is_in(list(peers)))
    return RegionFacts(
        name=area.name,
        kind=area.kind,
        period=period,
        index=_figure(now),
        expected=now["expected"][0] if now.height else None,
        units=kind,
        earlier=_figure(then) if then.height else None,
        earlier_period=earlier_period,
        moved_borders=bool(then.height) and then["units"][0] != units,
        peers=tuple(Figure.of(row) for row in others.iter_rows(named=True)),
        peers_are=peers_are,
        ends=ends(release, area.area),
    )


def inequality(release: Release, level: str) -> pl.DataFrame:
    """The inequality index of every region of a level and period, with what chance does to it.

    The columns are `area`, `name`, `period`, `value`, `status`, `lower`, `upper`, `expected` and
    `units`; the last four are null where the release has no such index. Without the indicator the
    frame is empty.
    """
    schema = {
        "area": pl.String, "name": pl.String, "period": pl.String, "value": pl.Float64,
        "status": pl.String, "lower": pl.Float64, "upper": pl.Float64, "expected": pl.Float64,
        "units": pl.String,
    }  # fmt: skip
    try:
        values = release.values(INEQUALITY, level=level)
    except InputError:
        return pl.DataFrame(schema=schema)
    frames = []
    for units in UNITS:
        try:
            frames.append(
                release.indices(
                    GROUPING, units, level=level, index=DISSIMILARITY,
                    group=grouping(GROUPING).first_group,
                )
            )  # fmt: skip
        except InputError:
            continue  # the release has no indices on these units
    told = pl.DataFrame(
        schema={
            "area": pl.String, "period": pl.String, "value": pl.Float64, "lower": pl.Float64,
            "upper": pl.Float64, "expected": pl.Float64, "units": pl.String,
        }
    )  # fmt: skip
    if frames:
        told = (
            pl.concat(frames)
            .filter(pl.col("against") == grouping(GROUPING).first_against)
            .rename({"region": "area"})
            .select(told.columns)
            .drop_nulls("value")
        )
    # The indicator is one of these values as it stands: the value itself says on which units.
    return (
        values.join(told, on=["area", "period", "value"], how="left", maintain_order="left")
        .unique(["area", "period"], keep="first", maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in schema.items())
    )


def ends(release: Release, area: str, period: str = LATEST) -> Ends | None:
    """How many live in areas of each end type in an area; None where no area in it has a type."""
    found = people_by_type(release, area, period)
    if found.is_empty():
        return None
    first, last = (found.filter(pl.col("type") == end) for end in (1, 5))
    known = found["people"].null_count() == 0
    return Ends(
        areas=found.height,
        first_areas=first.height,
        last_areas=last.height,
        first=float(first["people"].sum()) if known else None,
        last=float(last["people"].sum()) if known else None,
        people=float(found["people"].sum()) if known else None,
        uncertain=int(pl.concat([first, last])["uncertain"].fill_null(False).sum()),
        published=bool(found["published"].all()),
        stand_in=bool((found["third_component"] == "unemployment_rate").any()),
    )


def people_by_type(release: Release, area: str, period: Periods = LATEST) -> pl.DataFrame:
    """The RegSO in an area with their type and how many live there.

    The columns are `area`, `name`, `period`, `type` (the published, else the computed),
    `published` (whether it is), `uncertain`, `third_component` and `people` (null where they are
    not known). Areas without a type have no row; with no type at all the frame is empty.
    """
    try:
        types = release.area_types(period, within=area)
    except InputError:
        types = pl.DataFrame()
    if types.is_empty():
        return pl.DataFrame(schema={"area": pl.String, "type": pl.Int8, "people": pl.Float64})
    when = sorted(types["period"].unique())
    try:
        people = release.values("population", level="regso", within=area, period=when)
    except InputError:
        people = None
    rows = types.with_columns(
        type=pl.coalesce("published", "computed"), published=pl.col("published").is_not_null()
    ).drop_nulls("type")
    told = (
        rows.with_columns(people=pl.lit(None, pl.Float64))
        if people is None
        else rows.join(
            people.select("area", "period", people="value"), on=["area", "period"], how="left"
        )
    )
    return told.select(
        "area", "name", "period", "type", "published", "uncertain", "third_component", "people"
    )


def _newest(figures: pl.DataFrame) -> str:
    """The newest period in which places of the level have a value."""
    known = figures.drop_nulls("value")["period"]
    return str((known if known.len() else figures["period"]).max() or "")


def _ten_years_before(period: str, own: pl.DataFrame, units: str | None) -> str | None:
    """The period about ten years before in which the place has a value on the same kind of unit."""
    there = own.drop_nulls("value").filter(
        pl.col("units").str.starts_with(f"{units}/") if units else pl.lit(False)
    )
    year = _year(period)
    off = [
        (abs(year - told - YEARS), other)
        for other in there["period"]
        if (told := _year(other)) and abs(year - told - YEARS) <= OFF
    ]
    return min(off, default=(0, None))[1]


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdecimal() else 0


def _figure(rows: pl.DataFrame) -> Figure:
    return Figure.of(rows.row(0, named=True)) if rows.height else Figure(None)


def _peers(release: Release, area: Area, similar: Sequence[str] | None) -> tuple[set[str], str]:
    """The places that an area is set beside, and which those are."""
    if similar is not None:
        return {release.area(one).area for one in similar} - {area.area}, "chosen"
    if area.kind == "county":
        return set(release.areas("county")["area"]) - {area.area}, "counties"
    if area.kind != "municipality":
        return set(), "municipalities"
    others = release.areas("municipality").filter(pl.col("area") != area.area)
    alike = others.filter(pl.col("type_group") == area.type_group)
    if alike.height >= FEWEST_OF_TYPE:
        return set(alike["area"]), "type"
    return set(others["area"]), "municipalities"
