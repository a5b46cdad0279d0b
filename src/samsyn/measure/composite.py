"""Composite indices: several shares of an area made into one number, and areas sorted into types.

`values` are areas by components (A, C), with replicates first (B, A, C). A missing value is nan;
an area that lacks a component has no composite index, because an index of what happens to be
known is another index. Higher means more of what is measured, `direction` -1 turns a component.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats
from samsyn.measure._replication import Seed, streams
from samsyn.measure.errors import InputError

METHODS = ("mean", "z", "minmax", "rank")

# Areas times components drawn at a time; bounds the memory when there are many replicates.
_BLOCK = 1_000_000


@dataclass(frozen=True)
class TypeUncertainty:
    """How sure the type of each area is when its components are measured anew.

    `types` (A,) are the types as observed, `probability` (A, K) the share of replicates in which
    the area has each of the K types, `change` (A,) the share in which it has another than the
    observed, or none since all areas came out alike; nan for areas without a type.
    `share_changed` is the mean of `change`: the share of areas whose type would be another.
    """

    types: NDArray[np.int64]
    probability: Floats
    change: Floats
    share_changed: float


def standardise(
    values: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    direction: ArrayLike | None = None,
    method: str = "z",
) -> Floats:
    """Components made comparable, (A, C); nan stays nan.

    - z: (x - mean) / standard deviation, with the deviation of the areas as a whole (divided by
      their number or weight, not by one less);
    - minmax: (x - min) / (max - min), from 0 to 1;
    - rank: the share of areas (or of weight) below plus half of those at the same value, strictly
      between 0 and 1;
    - mean: left as it is.

    Args:
        values: (A, C) or (B, A, C); nan is missing.
        weights: (A,), for instance the population; None weighs areas alike. Areas of weight 0
            are placed but do not count.
        direction: (C,) of 1 and -1; a component of -1 is negated first.
        method: one of the four.

    Raises:
        InputError: where a component has no spread (z, minmax), or where weights or directions are
            not what they should be. A replicate without spread among others that have it is nan.

    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, chapter 5.
    """
    if method not in METHODS:
        raise InputError(f"method is {method!r}: give one of {', '.join(METHODS)}")
    turned = _components(values) * _directions(direction, np.shape(values)[-1])
    mass = _weights(weights, turned.shape[-2])
    if method == "mean":
        return turned
    known = np.where(np.isnan(turned), 0.0, mass[:, np.newaxis])
    if method == "rank":
        return _rank(turned, known)
    if method == "z":
        middle, spread = _moments(turned, known, axis=-2)
    else:
        counted = np.where(known > 0, turned, np.nan)
        middle = np.fmin.reduce(counted, axis=-2, keepdims=True, initial=np.nan)
        spread = np.fmax.reduce(counted, axis=-2, keepdims=True, initial=np.nan) - middle
    flat = spread <= 0
    # A replicate without spread has nothing to say; a component that never has is a mistake.
    useless = flat.reshape(-1, flat.shape[-1]).all(axis=0) & (flat.size > 0)
    if np.any(useless):
        raise InputError(
            f"component {int(np.argmax(useless))} has the same value in every area and "
            "cannot tell them apart: leave it out"
        )
    return (turned - middle) / np.where(flat, np.nan, spread)


def composite_index(
    values: ArrayLike,
    *,
    method: str = "mean",
    weights: ArrayLike | None = None,
    direction: ArrayLike | None = None,
    population: ArrayLike | None = None,
) -> Floats:
    """One number for each area (A,): the weighted mean of its standardised components.

    index_a = sum_c w_c s_ac / sum_c w_c. With method "mean" the components are averaged as they
    are, which suits shares of people; with the others see `standardise`.

    Args:
        values: (A, C) or (B, A, C); nan is missing and makes the area's index nan.
        method: "mean", "z", "minmax" or "rank".
        weights: (C,) of the components, not negative; None weighs them alike.
        direction: (C,) of 1 and -1.
        population: (A,), the weights of the areas when standardising.

    Raises:
        InputError: as `standardise`, and where no component has a weight.

    Source: OECD and JRC (2008), Handbook on Constructing Composite Indicators, chapters 5 and 6.
    """
    scores = standardise(values, weights=population, direction=direction, method=method)
    shares = _weights(weights, scores.shape[-1])
    # A component of weight 0 is left out, so that where it is missing nothing is.
    used = shares > 0
    combined: Floats = scores[..., used] @ (shares[used] / shares.sum())
    return combined


def area_types(
    index: ArrayLike,
    *,
    limits: Sequence[float] = (2.0, 1.0, 0.0, -1.0),
    population: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """Sort areas into types by how many standard deviations their index lies from the mean.

    With K - 1 limits there are types 1 to K. Descending limits make type 1 the highest: an area
    has type k when its deviation is below limit k - 1 and at or above limit k. Ascending limits
    make type 1 the lowest; an area at a limit belongs above it. A single limit descends. By
    default type 1 is at least 2 standard deviations above the mean and type 5 more than 1 below.

    Args:
        index: (A,) or (B, A); nan is missing and gets type 0.
        limits: in standard deviations, strictly descending or strictly ascending.
        population: (A,), weights of the areas in mean and deviation; None weighs areas alike.

    Returns:
        Integers 1 to K, and 0 where the index is missing or all areas have the same.

    Raises:
        InputError: where limits are not in order.
    """
    steps = _limits(limits)
    values = np.asarray(index, dtype=np.float64)
    known = np.where(np.isnan(values), 0.0, _weights(population, values.shape[-1]))
    middle, spread = _moments(values, known, axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = (values - middle) / np.where(spread > 0, spread, np.nan)
    # An area at a limit is above it, also where rounding has it a last digit below.
    above = np.searchsorted(np.sort(steps) - 1e-12, deviation, side="right")
    types = 1 + (above if steps[0] < steps[-1] else steps.size - above)
    return np.where(np.isnan(deviation), 0, types).astype(np.int64)


def type_uncertainty(
    numerators: ArrayLike,
    denominators: ArrayLike,
    *,
    limits: Sequence[float] = (2.0, 1.0, 0.0, -1.0),
    method: str = "mean",
    weights: ArrayLike | None = None,
    direction: ArrayLike | None = None,
    population: ArrayLike | None = None,
    replicates: int = 1000,
    seed: Seed = None,
) -> TypeUncertainty:
    """How often an area's type would be another, were its components counted among other people.

    Each component is a share x_ac / n_ac. In every replicate the numerators are drawn anew,
    binomial with n_ac people (rounded to a whole number) and the observed share, the index and
    the types are computed as before, mean and standard deviation included. This is the noise of
    small numbers alone: for a register of everyone it says how much of a type could be chance, not
    how wrong it is. Components are drawn independently, though the same people stand behind them,
    and what is observed has noise already, so types near a limit look somewhat less sure than they
    are.

    Args:
        numerators: (A, C), whole or fractional.
        denominators: (A, C) or (A, 1), the people counted.
        limits: as for `area_types`.
        method: as for `composite_index`, and so are weights and direction.
        weights: (C,) of the components.
        direction: (C,) of 1 and -1.
        population: (A,), weights of the areas in both.
        replicates: how many are drawn.
        seed: an int, a SeedSequence, a Generator or None; each replicate has its own child, so
            that the answer does not depend on how many are drawn at a time.

    Raises:
        InputError: where a numerator is above its denominator or either is negative.
    """
    if replicates < 1:
        raise InputError(f"replicates is {replicates}: give at least 1")
    shares, people = _shares(numerators, denominators)

    def sort(values: Floats) -> NDArray[np.int64]:
        index = composite_index(
            values, method=method, weights=weights, direction=direction, population=population
        )
        return area_types(index, limits=limits, population=population)

    types = sort(shares)
    kinds = _limits(limits).size + 1
    seen = np.zeros((types.size, kinds + 1))
    chance = np.nan_to_num(shares)
    block = max(1, _BLOCK // max(shares.size, 1))
    stream = streams(seed, 0)
    for start in range(0, replicates, block):
        stop = min(start + block, replicates)
        drawn = np.stack([stream(b).binomial(people, chance) for b in range(start, stop)])
        again = np.where(people > 0, drawn / np.maximum(people, 1), np.nan)
        seen += (sort(again)[..., np.newaxis] == np.arange(kinds + 1)).sum(axis=0)
    typed = types > 0
    probability = np.where(typed[:, np.newaxis], seen[:, 1:] / replicates, np.nan)
    same = seen[np.arange(types.size), types] / replicates
    change = np.where(typed, 1.0 - same, np.nan)
    share = float(change[typed].mean()) if typed.any() else float("nan")
    return TypeUncertainty(types, probability, change, share)


def _shares(numerators: ArrayLike, denominators: ArrayLike) -> tuple[Floats, NDArray[np.int64]]:
    """The shares (A, C), nan where nobody is counted, and the people as whole numbers."""
    top = _components(numerators)
    people = np.broadcast_to(np.asarray(denominators, dtype=np.float64), top.shape)
    wrong = ~((top >= 0) & (top <= people) & (people < np.inf)) & ~np.isnan(top) & ~np.isnan(people)
    if np.any(wrong):
        area, component = (int(i) for i in np.argwhere(wrong)[0])
        raise InputError(
            f"area {area}, component {component}: {top[area, component]:g} of "
            f"{people[area, component]:g} is no share; numerators lie from 0 to their denominator"
        )
    whole = np.rint(np.nan_to_num(people)).astype(np.int64)
    whole[np.isnan(top)] = 0
    shares = np.where(whole > 0, top / np.where(people > 0, people, 1.0), np.nan)
    return shares, whole


def _components(values: ArrayLike) -> Floats:
    components = np.asarray(values, dtype=np.float64)
    if components.ndim not in (2, 3):
        raise InputError(f"values have shape {components.shape}: give (areas, components)")
    if np.any(np.isinf(components)):
        place = np.argwhere(np.isinf(components))[0]
        raise InputError(f"area {place[-2]}, component {place[-1]} is infinite; nan is missing")
    return components


def _directions(direction: ArrayLike | None, components: int) -> Floats:
    if direction is None:
        return np.ones(components)
    signs = np.asarray(direction, dtype=np.float64)
    if signs.shape != (components,) or not np.all(np.abs(signs) == 1):
        raise InputError(f"direction must be {components} numbers, each 1 or -1; got {direction}")
    return signs


def _weights(weights: ArrayLike | None, size: int) -> Floats:
    if weights is None:
        return np.ones(size)
    mass = np.asarray(weights, dtype=np.float64)
    if mass.shape != (size,) or not np.all((mass >= 0) & (mass < np.inf)) or mass.sum() == 0:
        raise InputError(f"weights must be {size} finite numbers from 0, and not all 0")
    return mass


def _limits(limits: Sequence[float]) -> Floats:
    steps = np.asarray(limits, dtype=np.float64)
    rising = np.diff(steps)
    if steps.ndim != 1 or steps.size == 0 or not (np.all(rising > 0) or np.all(rising < 0)):
        raise InputError(f"limits are {limits}: give them strictly descending or ascending")
    return steps


def _moments(values: Floats, mass: Floats, axis: int) -> tuple[Floats, Floats]:
    """Weighted mean and standard deviation along an axis, kept; nan where nothing is known."""
    total = mass.sum(axis=axis, keepdims=True)
    share = mass / np.where(total > 0, total, np.nan)
    known = np.where(mass > 0, values, 0.0)
    middle = (share * known).sum(axis=axis, keepdims=True)
    away = np.where(mass > 0, known - middle, 0.0)
    # Exactly 0 where all are equal, which the mean's rounding would hide.
    counted = np.where(mass > 0, values, middle)
    if counted.size:
        away = np.where(np.ptp(counted, axis=axis, keepdims=True) == 0, 0.0, away)
    spread = np.sqrt((share * away**2).sum(axis=axis, keepdims=True))
    return middle, np.where(total > 0, spread, np.nan)


def _rank(values: Floats, mass: Floats) -> Floats:
    """Share of mass below each value plus half of that at it, along the area axis."""
    order = np.argsort(values, axis=-2)
    placed = np.take_along_axis(values, order, axis=-2)
    weight = np.take_along_axis(mass, order, axis=-2)
    upto = np.cumsum(weight, axis=-2)
    areas = np.arange(values.shape[-2])[:, np.newaxis]
    first = np.ones(placed.shape, dtype=bool)
    first[..., 1:, :] = placed[..., 1:, :] != placed[..., :-1, :]
    last = np.ones(placed.shape, dtype=bool)
    last[..., :-1, :] = first[..., 1:, :]
    start = np.maximum.accumulate(np.where(first, areas, 0), axis=-2)
    end = np.flip(
        np.minimum.accumulate(np.flip(np.where(last, areas, areas.size - 1), axis=-2), axis=-2),
        axis=-2,
    )
    below = np.take_along_axis(upto - weight, start, axis=-2)
    ranks = (below + np.take_along_axis(upto, end, axis=-2)) / 2 / upto[..., -1:, :]
    answer = np.empty_like(ranks)
    np.put_along_axis(answer, order, ranks, axis=-2)
    return np.where(np.isnan(values), np.nan, answer)
