"""Counts by unit and group, checked once and laid out region by region.

Every index of this package starts here: `tabulate` checks the counts and brings the units of a
region together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, diversity_mass, settle
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError

if TYPE_CHECKING:
    from samsyn.measure._contrast import Contrast


def check_counts(counts: ArrayLike) -> Floats:
    """The counts as floats, (U, G) or (B, U, G): U units, G groups, B replicates.

    Raises InputError that names the row and the group of the first count that is negative,
    infinite or nan.
    """
    if isinstance(counts, Table):
        raise InputError("this takes counts and their region, not a table made of them")
    if isinstance(counts, np.ma.MaskedArray):
        # What is masked is missing, and its data are anything.
        counts = np.ma.filled(counts.astype(np.float64), np.nan)
    try:
        values = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"counts must be numbers: {error}") from None
    if values.ndim not in (2, 3):
        raise InputError(
            f"counts have shape {values.shape}: give (units, groups) or (replicates, units, groups)"
        )
    # One pass finds nan and negatives, since a comparison with nan is false.
    if values.size and not (values.min() >= 0 and values.max() < np.inf):
        place = tuple(int(i) for i in np.argwhere(~((values >= 0) & (values < np.inf)))[0])
        where = f"row {place[-2]}, group {place[-1]}"
        if values.ndim == 3:
            where += f", replicate {place[0]}"
        raise InputError(
            f"the count in {where} is {values[place]}: counts must be finite and not negative"
        )
    return values


@dataclass(frozen=True)
class Table:
    """Counts in the order of the regions, with what each unit's surroundings look like.

    `counts` (..., U, G) are the people; `local` (..., U, G) spreads the unit's own total over the
    composition of its surroundings. Without an environment a unit is its own surroundings and
    both are the same array.
    """

    counts: Floats
    local: Floats
    regions: Regions
    contrasts: dict[tuple[int | None, int | None], Contrast] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def totals(self) -> Floats:
        """The people of each unit, (..., U)."""
        totals: Floats = self.counts.sum(axis=-1)
        return totals

    @cached_property
    def margins(self) -> Floats:
        """The people of each group in each region, (..., R, G)."""
        return self.regions.sum(self.counts)

    @cached_property
    def diversity_mass(self) -> Floats:
        """Entropy of each region times its people, T E, (..., R)."""
        return diversity_mass(self.margins)

    @cached_property
    def information(self) -> Floats:
        """T M (..., R): the region's diversity mass less that of its units or surroundings."""
        within = self.regions.sum(diversity_mass(self.local), axis=-1)
        return settle(self.diversity_mass - within, self.local is self.counts, np.inf)


def tabulate(
    counts: Counts,
    region: ArrayLike | Regions | None = None,
    environment: ArrayLike | None = None,
) -> Table:
    """Check the counts, bring the units of a region together and attach the surroundings.

    `environment` (..., U, G) holds the people in each unit's surroundings (see `smoothing`), of
    any scale: only its composition is used.

    A table can be given to any index in place of its counts: several indices of one table then
    share the work that is common to them. Region and surroundings are the table's own.
    """
    if isinstance(counts, Table):
        if region is not None or environment is not None:
            raise InputError("a table has its region and environment: give them to tabulate")
        return counts
    values = check_counts(counts)
    regions = Regions.of(region, values.shape[-2])
    values = regions.sorted(values, axis=-2)
    if environment is None:
        return Table(values, values, regions)
    totals = values.sum(axis=-1, keepdims=True)
    around = regions.sorted(_check_environment(environment, values), axis=-2)
    whole = around.sum(axis=-1, keepdims=True)
    if np.any((whole == 0) & (totals > 0)):
        row = int(np.argwhere((whole == 0) & (totals > 0))[0][-2])
        row = row if regions.order is None else int(regions.order[row])
        raise InputError(
            f"unit {row} has people and nobody in its surroundings: count the unit's own in"
        )
    return Table(values, around * (totals / np.where(whole > 0, whole, 1.0)), regions)


# What every index takes for its counts.
Counts: TypeAlias = ArrayLike | Table


def _check_environment(environment: ArrayLike, counts: Floats) -> Floats:
    around = check_counts(environment)
    if around.shape not in (counts.shape, counts.shape[-2:]):
        raise InputError(
            f"environment has shape {around.shape} and counts {counts.shape}: give the "
            "surroundings of each unit by the same groups, once or for each replicate"
        )
    return around
