"""Draw counts anew: resamples for the bootstrap, and populations under no segregation.

Each scheme is prepared once for a table, `SCHEMES[name](counts, regions)`, and gives a function
that makes one replicate (U, G) from a random generator, in the caller's order of the units.

Counts may be fractional. Whatever a scheme holds fixed (the unit's, the group's or the region's
total) is rounded to whole people, at least one where there is any, for drawing; the replicate is
then scaled back, so that totals are as given. With fixed margins on both sides every cell is
rounded first, and the replicate has the rounded margins.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from samsyn.measure._allocation import MOST_PEOPLE, Halving, Whole
from samsyn.measure._numbers import Floats
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError

Draw: TypeAlias = "Callable[[np.random.Generator], Floats]"


def people(counts: Floats, regions: Regions) -> Draw:
    """Each unit's people drawn anew with the unit's own shares; unit totals stay."""
    del regions
    totals = counts.sum(axis=-1)
    return _within_units(totals, counts / _positive(totals)[:, np.newaxis])


def units(counts: Floats, regions: Regions) -> Draw:
    """Populated units drawn with replacement within their region; drawn twice weighs twice."""
    populated = (counts.sum(axis=-1, keepdims=True) > 0).astype(np.float64)
    weights = _over_units(populated, populated, regions)
    return lambda rng: counts * weights(rng)


def table(counts: Floats, regions: Regions) -> Draw:
    """A region's people drawn over all its cells; only the region's total stays."""
    totals = counts.sum(axis=-1, keepdims=True)
    whole, scale = _whole(regions.sum(regions.sorted(totals, axis=0)))
    tree = Halving.of(regions)
    chances = tree.chances(totals)
    number, back = whole[regions.present], _to_units(scale, regions)
    shares = counts / _positive(totals)

    def draw(rng: np.random.Generator) -> Floats:
        drawn = tree.multinomial(rng, number, chances)[:, 0]
        return _scaled(_split(rng, drawn, shares), back)

    return draw


def groups(counts: Floats, regions: Regions) -> Draw:
    """Each group's people drawn over the region's units by its own distribution; groups stay."""
    return _over_units(counts, counts, regions)


def systematic(counts: Floats, regions: Regions) -> Draw:
    """Each group's people drawn over the region's units by all people's distribution."""
    return _over_units(counts, counts.sum(axis=-1, keepdims=True), regions)


def evenness(counts: Floats, regions: Regions) -> Draw:
    """Each unit's people drawn with the region's shares; unit totals stay."""
    whole = regions.sum(regions.sorted(counts, axis=0))
    shares = whole / _positive(whole.sum(axis=-1, keepdims=True))
    return _within_units(counts.sum(axis=-1), regions.restored(regions.spread(shares), axis=0))


def margins(counts: Floats, regions: Regions) -> Draw:
    """A region's people shuffled over its places: unit totals and group totals both stay."""
    tree = Halving.of(regions)
    cells = np.rint(counts).astype(np.int64)
    parts = np.asarray(tree.total(cells), dtype=np.int64)
    room = parts.sum(axis=-1)
    if room.size and room.max() > MOST_PEOPLE:
        raise InputError(
            f"a region has {room.max()} people: fixed margins can be drawn up to {MOST_PEOPLE}"
        )
    return lambda rng: tree.hypergeometric(rng, parts[tree.roots], room).astype(np.float64)


def permutation(counts: Floats, regions: Regions) -> Draw:
    """Populated and empty units alike change places within their region, people and all."""
    caller = np.arange(regions.index.size) if regions.order is None else regions.order

    def draw(rng: np.random.Generator) -> Floats:
        order = np.lexsort((rng.random(caller.size), regions.index))
        moved = np.empty_like(counts)
        moved[caller] = counts[caller[order]]
        return moved

    return draw


RESAMPLES = {"people": people, "units": units, "table": table, "groups": groups}
NULLS = {
    "systematic": systematic,
    "evenness": evenness,
    "margins": margins,
    "permutation": permutation,
}


def _within_units(totals: Floats, shares: Floats) -> Draw:
    """Each unit's people drawn into groups by the unit's `shares` (U, G)."""
    number, scale = _whole(totals[:, np.newaxis])
    return lambda rng: _scaled(_split(rng, number[:, 0], shares), scale)


def _over_units(counts: Floats, weights: Floats, regions: Regions) -> Draw:
    """The people of each column drawn over the units of their region by the units' `weights`."""
    whole, scale = _whole(regions.sum(regions.sorted(counts, axis=0)))
    tree = Halving.of(regions)
    chances = tree.chances(weights)
    number, back = whole[regions.present], _to_units(scale, regions)
    return lambda rng: _scaled(tree.multinomial(rng, number, chances), back)


def _split(rng: np.random.Generator, number: Whole, shares: Floats) -> Whole:
    """The people of each unit (U,) drawn into groups (U, G)."""
    if shares.shape[1] == 2:
        first = rng.binomial(number, shares[:, 0])
        return np.stack((first, number - first), axis=-1)
    return rng.multinomial(number, shares)


def _whole(totals: Floats) -> tuple[Whole, Floats | None]:
    """Totals as whole people, and what scales them back; None where they are whole already."""
    number = np.where(totals > 0, np.maximum(np.rint(totals), 1.0), 0.0)
    scale = None if np.array_equal(number, totals) else totals / _positive(number)
    return number.astype(np.int64), scale


def _to_units(scale: Floats | None, regions: Regions) -> Floats | None:
    return None if scale is None else regions.restored(regions.spread(scale), axis=0)


def _scaled(drawn: Whole, scale: Floats | None) -> Floats:
    return drawn.astype(np.float64) if scale is None else drawn * scale


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, 1.0)
