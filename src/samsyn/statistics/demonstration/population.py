"""The people of the county: counts of every grouping in every DeSO and year.

Each DeSO has a standing, which says how poor or rich it is; a municipality's areas drift apart or
together over the years by its spread. Shares follow the standing by a logistic curve, with a small
noise that lasts some years. Counts are whole people and add up to the same population everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from samsyn.statistics.demonstration.design import (
    EFFECTS,
    FIRST_YEAR,
    LAST_YEAR,
    MUNICIPALITIES,
    Effect,
)
from samsyn.statistics.demonstration.geography import Geography

Floats = NDArray[np.float64]
YEARS: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
NOISE, LASTING = 0.04, 0.7


@dataclass(frozen=True)
class People:
    """Counts by grouping (D, Y, G), in the order of the groups; D are the DeSO of 2018.

    `standing` (D, Y) is how disadvantaged each DeSO is: 0 is the middle, 1 a standard deviation.
    """

    population: NDArray[np.int64]
    standing: Floats
    counts: Mapping[str, NDArray[np.int64]]


def people(rng: np.random.Generator, place: Geography) -> People:
    """The county's people in each year."""
    regso = place.old_regso
    standing = _standing(rng, place)
    size = rng.uniform(900, 2300, regso.size)
    growth = rng.normal(0.005, 0.006, regso.size)
    years = np.arange(len(YEARS))
    population = np.rint(size[:, np.newaxis] * (1 + growth[:, np.newaxis]) ** years).astype(int)
    town = np.repeat(place.urban[regso][:, np.newaxis], years.size, axis=1).astype(float)

    def wobble() -> Floats:
        return _lasting_noise(rng, standing.shape)

    def share(level: float | Floats, slope: float) -> Floats:
        """A share that follows the standing by a logistic curve, at a level of each year."""
        odds: Floats = 1 / (1 + np.exp(-(level + slope * standing + wobble())))
        return odds

    # Grows everywhere in proportion, so that no place's segregation changes by that alone.
    foreign = share(np.linspace(-1.55, -1.55 + 0.024 * years[-1], years.size), 0.95)
    abroad = 0.78 * foreign
    world = abroad * (0.52 + 0.06 * np.clip(standing, -2, 2))
    unemployed, outside = share(-3.25, 0.65), share(-1.75, 0.38)
    low, high = share(-1.95, 0.85), share(-2.5, -0.95)
    rental = share(-1.6, 1.0) * (0.35 + 0.75 * town)
    owner = (1 - rental) * (0.9 - 0.62 * town)
    basic, upper = share(-2.1, 0.75), share(-0.25, 0.1)
    long = share(-1.15, -0.75)
    multi = np.clip(0.9 * rental + 0.55 * (1 - rental - owner), 0.02, 0.95)
    shares: dict[str, tuple[Floats, list[Floats]]] = {
        "background": (np.ones_like(foreign), [1 - foreign, foreign]),
        "birth_country": (np.ones_like(foreign), [1 - abroad, abroad]),
        "birth_region": (np.ones_like(foreign), [1 - abroad, abroad - world, world]),
        "age": (np.ones_like(foreign), _normal([share(-1.3, 0.05), 0.055 + 0 * foreign, 0.75])),
        "tenure": (0.47 + 0 * foreign, _normal([rental, 1 - rental - owner, owner])),
        "building_type": (0.985 + 0 * foreign, _normal([1 - multi, multi, 0.012, 0.014])),
        "education": (
            0.51 + 0 * foreign,
            _normal([basic, upper * (1 - basic), 0.16 * (1 - basic), 0.8 * long]),
        ),
        "labour_status": (
            0.6 + 0 * foreign,
            [1 - unemployed - outside, unemployed, outside],
        ),
        "economic_standard": (0.975 + 0 * foreign, [low, 1 - low - high, high]),
        "household_type": (
            0.46 + 0 * foreign,
            _normal([0.24 - 0.2 * (low - 0.14), 0.25, share(-2.6, 0.4), 0.36 + 0.1 * town, 0.08]),
        ),
    }
    counts = {}
    for grouping, (base, parts) in shares.items():
        total = np.rint(population * base).astype(np.int64)
        stacked = np.stack(np.broadcast_arrays(*parts), axis=-1)
        counts[grouping] = shared_out(total, _with_effects(grouping, stacked, place))
    counts["population"] = population[..., np.newaxis]
    return People(population, standing, counts)


def effect_areas(effect: Effect, place: Geography) -> NDArray[np.intp]:
    """The DeSO of 2018 where an effect is planted."""
    municipality = [m.name for m in MUNICIPALITIES].index(effect.municipality)
    there = place.regso_municipality[place.old_regso] == municipality
    name = np.array(place.regso_names)[place.old_regso]
    return np.flatnonzero(there & (name == effect.regso))


def shared_out(total: NDArray[np.int64], shares: Floats) -> NDArray[np.int64]:
    """Whole people by shares, with the largest remainders rounded up, so that they add up."""
    exact = total[..., np.newaxis] * shares
    whole = np.floor(exact).astype(np.int64)
    left = total - whole.sum(axis=-1)
    rank = np.argsort(np.argsort(-(exact - whole), axis=-1, kind="stable"), axis=-1)
    return np.asarray(whole + (rank < left[..., np.newaxis]), dtype=np.int64)


def _standing(rng: np.random.Generator, place: Geography) -> Floats:
    """How disadvantaged each DeSO is in each year, with its municipality's spread."""
    number = len(place.regso_codes)
    of_regso = rng.normal(0, 0.85, number) + np.where(place.urban, 0.1, -0.25)
    for effect in EFFECTS:
        # Work is done where it is needed.
        of_regso[place.old_regso[effect_areas(effect, place)]] = 1.5
    fixed = of_regso[place.old_regso] + rng.normal(0, 0.45, place.old_regso.size)
    municipality = place.regso_municipality[place.old_regso]
    spread = np.array([m.spread for m in MUNICIPALITIES])[municipality]
    time = np.linspace(0, 1, len(YEARS))
    middle = np.array([fixed[municipality == i].mean() for i in range(len(MUNICIPALITIES))])
    here = middle[municipality][:, np.newaxis]
    factor = (1 + spread[:, np.newaxis] * time) / np.sqrt(1 + np.abs(spread[:, np.newaxis]))
    for effect in EFFECTS:
        # Nothing but the intervention happens there: a plain comparison finds what it did.
        factor[effect_areas(effect, place)] = 1.0
    standing: Floats = here + (fixed[:, np.newaxis] - here) * factor
    return standing


def _lasting_noise(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    noise = rng.normal(0, NOISE, shape)
    for year in range(1, shape[1]):
        noise[:, year] += LASTING * noise[:, year - 1]
    return noise


def _normal(parts: list[Floats | float]) -> list[Floats]:
    """Parts made to sum to 1."""
    spread = np.broadcast_arrays(*parts)
    total = np.sum(spread, axis=0)
    return [part / total for part in spread]


def _with_effects(grouping: str, shares: Floats, place: Geography) -> Floats:
    """The shares with what interventions did to them; the other groups give way in proportion."""
    from samsyn.statistics.indicators.groupings import groupings

    changed = shares.copy()
    for effect in EFFECTS:
        if effect.grouping != grouping:
            continue
        group = groupings()[grouping].groups.index(effect.group)
        areas = effect_areas(effect, place)
        years = np.arange(YEARS.index(effect.first_year), len(YEARS))
        here = changed[np.ix_(areas, years)]
        moved = here[..., group] + effect.points
        others = (1 - moved) / (1 - here[..., group])
        here *= others[..., np.newaxis]
        here[..., group] = moved
        changed[np.ix_(areas, years)] = here
    return changed
