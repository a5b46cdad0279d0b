"""The facts that sentences rest on, from a release: of a municipality, a county or the country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.intervals import Figure
from samsyn.publish.wording.region_facts import Ends, RegionFacts
from samsyn.statistics.indicators import grouping
from samsyn.statistics.query import LATEST, Area, Release
from samsyn.statistics.query.periods import Periods
from samsyn.statistics.query.remembering import remembered

INEQUALITY: Final = "inequality_index"
GROUPING: Final = "economic_standard"
DISSIMILARITY: Final = "dissimilarity"
UNITS: Final = ("deso", "regso")

# About ten years ago: what lies nearest to ten, and no further from it than this.
YEARS, OFF = 10, 3
# A type of municipality of which there are fewer others says too little; all are taken then.
FEWEST_OF_TYPE: Final = 5


def region_facts(
    release: Release,
    area: Area,
    similar: Sequence[str] | None = None,
    until: str | None = None,
) -> RegionFacts:
    """What the sentences about a municipality, a county or the country rest on.

    `similar` are the keys of the places that it is set beside; without them those are the
    municipalities of the same type in the release, or all others, and for a county the others.
    Nothing later than `until` is told.
    """
    figures = _figures(release, area.kind)
    period = figures.newest(until)
    now = figures.rows.get((area.area, period), {})
    units = now.get("units")
    kind = units.partition("/")[0] if units else None
    earlier_period = _ten_years_before(period, figures.of(area.area), kind)
    then = figures.rows.get((area.area, earlier_period or ""))
    others, peers_are = peers(release, area, similar)
    there = [figures.rows.get((peer, period)) for peer in sorted(others)]
    return RegionFacts(
        name=area.name,
        kind=area.kind,
        period=period,
        index=Figure.of(now),
        expected=now.get("expected"),
        units=kind,
        earlier=Figure.of(then) if then else None,
        earlier_period=earlier_period,
        moved_borders=then is not None and then["units"] != units,
        peers=tuple(Figure.of(row) for row in there if row is not None),
        peers_are=peers_are,
        ends=ends(release, area.area, types_period(release, until)),
    )


@dataclass(frozen=True)
class _Figures:
    """The index of all places of a level, by area and period; `known` are those with a value."""

    known: Sequence[str]
    rows: Mapping[tuple[str, str], Mapping[str, Any]]
    periods: Mapping[str, Sequence[str]]

    def newest(self, until: str | None) -> str:
        """The last period with a value, or the last such until then; nothing without one."""
        return next((one for one in reversed(self.known) if until is None or one <= until), "")

    def of(self, area: str) -> list[Mapping[str, Any]]:
        """The rows of a place, in the order of periods."""
        return [self.rows[area, period] for period in self.periods.get(area, ())]


@remembered(8)
def _figures(release: Release, level: str) -> _Figures:
    frame = inequality(release, level)
    rows = {(row["area"], row["period"]): row for row in frame.iter_rows(named=True)}
    periods: dict[str, list[str]] = {}
    for area, period in rows:
        periods.setdefault(area, []).append(period)
    return _Figures(_known(frame), rows, periods)


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


def ends(release: Release, area: str, period: Periods = LATEST) -> Ends | None:
    """How many live in areas of each end type in an area; None where no area in it has a type."""
    # Every page of a place asks this: plain loops over some tens of rows are quicker than frames.
    found = _types(release, area, period)
    columns = ["area", "period", "published", "computed", "uncertain", "third_component"]
    rows = [] if found.is_empty() else list(_columns(found, *columns))
    typed = [row for row in rows if row[2] is not None or row[3] is not None]
    if not typed:
        return None
    people = _people(release, area, sorted({row[1] for row in rows}))
    living = [people.get(row[:2]) for row in typed]
    known = None not in living
    types = [computed if told is None else told for _, _, told, computed, *_ in typed]
    first, last = ([at for at, one in enumerate(types) if one == end] for end in (1, 5))

    def all_in(at: Iterable[int]) -> float | None:
        return float(sum(living[one] or 0.0 for one in at)) if known else None

    return Ends(
        areas=len(typed),
        first_areas=len(first),
        last_areas=len(last),
        first=all_in(first),
        last=all_in(last),
        people=all_in(range(len(typed))),
        uncertain=sum(bool(typed[at][4]) for at in (*first, *last)),
        published=all(row[2] is not None for row in typed),
        stand_in=any(row[5] == "unemployment_rate" for row in typed),
    )


def _types(release: Release, area: str, period: Periods) -> pl.DataFrame:
    """The types of the RegSO in an area; without columns where the release has none."""
    try:
        return release.area_types(period, within=area)
    except InputError:
        return pl.DataFrame()


def _people(
    release: Release, area: str, periods: Sequence[str]
) -> dict[tuple[str, str], float | None]:
    """How many live in each RegSO of an area, by its key and the period, where that is told."""
    try:
        values = release.values("population", level="regso", within=area, period=periods)
    except InputError:
        return {}
    return {(one, when): count for one, when, count in _columns(values, "area", "period", "value")}


def _columns(frame: pl.DataFrame, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(frame.get_column(name).to_list() for name in names), strict=True)


def people_by_type(release: Release, area: str, period: Periods = LATEST) -> pl.DataFrame:
    """The RegSO in an area with their type and how many live there.

    The columns are `area`, `name`, `period`, `type` (the published, else the computed),
    `published` (whether it is), `uncertain`, `third_component` and `people` (null where they are
    not known). Areas without a type have no row; with no type at all the frame is empty.
    """
    types = _types(release, area, period)
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


def types_period(release: Release, until: str | None) -> Periods:
    """The newest period of area types that is no later than `until`."""
    if until is None:
        return LATEST
    periods = _types_of(release)
    return max((one for one in periods if one <= until), default=until)


@remembered(1)
def _types_of(release: Release) -> Sequence[str]:
    try:
        return release.area_types()["period"].unique().to_list()
    except InputError:
        return ()


def _known(figures: pl.DataFrame) -> Sequence[str]:
    """The periods in which places of the level have a value; without any those that there are."""
    known = figures.drop_nulls("value")["period"]
    return (known if known.len() else figures["period"]).unique().sort().to_list()


def _ten_years_before(
    period: str, own: Sequence[Mapping[str, Any]], units: str | None
) -> str | None:
    """The period about ten years before in which the place has a value on the same kind of unit."""
    year = _year(period)
    off = [
        (abs(year - told - YEARS), row["period"])
        for row in own
        if units
        and row["value"] is not None
        and (row["units"] or "").startswith(f"{units}/")
        and (told := _year(row["period"]))
        and abs(year - told - YEARS) <= OFF
    ]
    return min(off, default=(0, None))[1]


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdecimal() else 0


def peers(release: Release, area: Area, similar: Sequence[str] | None) -> tuple[set[str], str]:
    """The places that an area is set beside, and which those are."""
    if similar is not None:
        return {release.area(one).area for one in similar} - {area.area}, "chosen"
    if area.kind == "county":
        return {key for key, _ in _groups(release, "county")} - {area.area}, "counties"
    if area.kind != "municipality":
        return set(), "municipalities"
    others = [pair for pair in _groups(release, "municipality") if pair[0] != area.area]
    alike = {key for key, group in others if group is not None and group == area.type_group}
    if len(alike) >= FEWEST_OF_TYPE:
        return alike, "type"
    return {key for key, _ in others}, "municipalities"


@remembered(2)
def _groups(release: Release, level: str) -> list[tuple[str, str | None]]:
    """The places of a level with the municipality type that each is of."""
    return release.areas(level).select("area", "type_group").rows()
