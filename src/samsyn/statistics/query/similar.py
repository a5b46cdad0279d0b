"""Which places are similar: by chosen traits and weights that whoever asks can see and change.

Nothing is trained. A trait is an indicator of the release, or how densely people live; the distance
between two places is `measure.structural_distances`, and what each trait adds to it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure import structural_distances
from samsyn.measure.errors import InputError
from samsyn.statistics.indicators.codes import Text
from samsyn.statistics.query.said import unknown

if TYPE_CHECKING:
    from samsyn.statistics.query.places import Area
    from samsyn.statistics.query.release import Release

POPULATION: Final = "population"
DENSITY: Final = "density"
# What makes places alike where nobody has said otherwise: how large and dense they are, who lives
# there and in what homes. Circumstances, as far as can be, and not what one compares places for.
WEIGHTS: Final[Mapping[str, float]] = {
    POPULATION: 2.0,
    DENSITY: 1.0,
    "foreign_born_share": 1.0,
    "post_secondary_share": 1.0,
    "employment_rate": 1.0,
    "rental_share": 1.0,
    "owned_share": 1.0,
}
# Numbers that differ by factors: twice as many is as far from one place as from another.
BY_FACTORS: Final = frozenset({POPULATION, DENSITY})
DENSITY_NAME: Final = {"sv": "Invånare per km²", "en": "Inhabitants per km²"}
FEWEST: Final = 3  # places among which one can be like another
LEAST: Final = 0.5  # of the places that a trait must be known for, to say how far apart places are
EXACT: Final = 9  # decimals of a distance; places closer than these are tied


@dataclass(frozen=True)
class Trait:
    """What places can be alike in.

    `id` is an indicator's, or `density`; `period` that of its values, `known` the places that have
    one. `by_factors` says that its logarithm is compared. `value` is that of the place asked for.
    """

    id: str
    name: Text
    unit: str | None
    period: str
    known: int
    by_factors: bool
    weight: float = 0.0
    value: float | None = None


@dataclass(frozen=True)
class Similar:
    """The places of the same kind that are most like one.

    `traits` are those with a weight, `lacking` those with a weight that cannot be used: the place
    has no value, or all places have the same. `others` are all that could be weighed too. `places`
    has `rank` (the same where distances are), `area`, `name`, `distance` in standard deviations and
    `known`, the share of the weight whose traits are known of both. `parts` has for each of these
    and each trait `area`, `trait`, `value`, `difference` (from the place, in standard deviations)
    and `contribution`, the part of the squared distance. `number` are the places compared,
    `unknown` those of which too little is known.
    """

    area: Area
    traits: tuple[Trait, ...]
    lacking: tuple[Trait, ...]
    others: tuple[Trait, ...]
    places: pl.DataFrame
    parts: pl.DataFrame
    number: int
    unknown: int


def similar(
    release: Release,
    area: str,
    weights: Mapping[str, float] | None = None,
    limit: int | None = None,
) -> Similar:
    """The places most like an area; see `Release.similar`."""
    place = release.area(area)
    known = _known(release, f"{place.kind}/{place.vintage}")
    if known is None:
        raise InputError(
            f"There are too few areas of the kind {place.kind} in {release.name} to say which are "
            "alike"
        )
    asked = WEIGHTS if weights is None else weights
    names = list(known.traits)
    for name in asked:
        if weights is not None and name not in known.traits:
            raise unknown("trait", name, names, f"the release {release.name}")
    at = known.position[place.area]
    every = [
        replace(trait, weight=float(asked.get(name, 0.0)), value=_number(known.values[at, column]))
        for column, (name, trait) in enumerate(known.traits.items())
    ]
    weighed = [column for column, trait in enumerate(every) if trait.weight > 0]
    used = [c for c in weighed if every[c].value is not None and known.spread[c]]
    if not used:
        raise InputError(f"No trait of {place.name} has both a weight and a value: weigh another")
    found = structural_distances(
        known.scores[:, used], at, weights=[every[column].weight for column in used]
    )
    distance = np.round(found.distance, EXACT)
    distance[at] = np.nan  # a place is not similar to itself, it is itself
    order = np.argsort(distance, kind="stable")  # those of the same distance by their keys
    order = order[~np.isnan(distance[order])]
    places = pl.DataFrame(
        {
            "rank": np.searchsorted(distance[order], distance[order], side="left") + 1,
            "area": known.areas[order],
            "name": known.names[order],
            "distance": distance[order],
            "known": found.known[order],
        }
    ).head(known.areas.len() if limit is None else limit)
    chosen = order[: places.height]
    number = len(used)
    parts = pl.DataFrame(
        {
            "area": known.areas[np.repeat(chosen, number)],
            "trait": [every[column].id for column in used] * len(chosen),
            "value": known.values[chosen][:, used].ravel(),
            "difference": found.differences[chosen].ravel(),
            "contribution": found.contributions[chosen].ravel(),
        },
        nan_to_null=True,
    )
    return Similar(
        area=place,
        traits=tuple(every[column] for column in used),
        lacking=tuple(every[column] for column in weighed if column not in used),
        others=tuple(trait for trait in every if trait.weight <= 0),
        places=places,
        parts=parts,
        number=len(order),
        unknown=known.areas.len() - 1 - len(order),
    )


def traits(release: Release, level: str) -> tuple[Trait, ...]:
    """What places of a level (`municipality/2025`) can be alike in; nothing where they are few."""
    known = _known(release, level)
    return () if known is None else tuple(known.traits.values())


@dataclass(frozen=True, eq=False)
class _Known:
    """What is known of the areas of a level: areas by traits, as values and as compared."""

    areas: pl.Series
    names: pl.Series
    position: Mapping[str, int]
    traits: Mapping[str, Trait]
    values: NDArray[np.float64]
    scores: NDArray[np.float64]
    spread: NDArray[np.bool_]


@lru_cache(maxsize=8)
def _known(release: Release, level: str) -> _Known | None:
    kind, _, vintage = level.partition("/")
    areas = release.areas(level).sort("area")
    if areas.height < FEWEST:
        return None
    traits: dict[str, Trait] = {}
    columns: list[NDArray[np.float64]] = []
    for name, period in _periods(release, kind, vintage, areas.height).items():
        told = release.indicator(name)
        if told is None or told.unit == "class":
            continue
        rows = release.values(name, level=level, period=period).select("area", "value")
        column = _column(areas, rows)
        traits[name] = Trait(name, told.name, told.unit, period, _count(column), name in BY_FACTORS)
        columns.append(column)
        if name == POPULATION:
            land = areas["land_area"].to_numpy() / 1e6
            with np.errstate(invalid="ignore", divide="ignore"):
                dense = np.where(land > 0, column / land, np.nan)
            if _count(dense) >= LEAST * areas.height:
                traits[DENSITY] = Trait(
                    DENSITY, DENSITY_NAME, None, period, _count(dense), by_factors=True
                )
                columns.append(dense)
    if not columns:
        return None
    values = np.column_stack(columns)
    scores = values.copy()
    for at, name in enumerate(traits):
        if name in BY_FACTORS:
            positive = scores[:, at] > 0
            scores[:, at] = np.log(np.where(positive, scores[:, at], np.nan))
    keys = areas["area"]
    return _Known(
        areas=keys,
        names=areas["name"],
        position={key: at for at, key in enumerate(keys)},
        traits=traits,
        values=values,
        scores=scores,
        spread=np.nanmax(scores, axis=0) > np.nanmin(scores, axis=0),
    )


def _periods(release: Release, kind: str, vintage: str, number: int) -> dict[str, str]:
    """Of each indicator with values for enough areas of a level, the newest period that has them.

    Those that weigh something by themselves come first, the others in the order of the release.
    """
    there = release.coverage.filter(
        pl.col("kind") == kind,
        pl.col("vintage") == vintage,
        pl.col("known") >= LEAST * number,
        pl.col("subject").is_in(release.indicators),
    )
    newest = dict(there.group_by("subject").agg(pl.col("period").max()).iter_rows())
    return {name: newest[name] for name in [*WEIGHTS, *sorted(newest)] if name in newest}


def _column(areas: pl.DataFrame, rows: pl.DataFrame) -> NDArray[np.float64]:
    """The values of the areas in their order; nan where there is none."""
    joined = areas.select("area").join(rows, on="area", how="left", maintain_order="left")
    return joined["value"].cast(pl.Float64).fill_null(np.nan).to_numpy().copy()


def _count(column: NDArray[np.float64]) -> int:
    return int(np.isfinite(column).sum())


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
