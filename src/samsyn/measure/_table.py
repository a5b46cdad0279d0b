"""Counts by unit and group, checked once and laid out region by region.

Every index of this package starts here: `tabulate` checks the counts and brings the units of a
region together, `Regions` sums over them, and `contrast` chooses the group that is measured and
what it is measured against. Nothing here loops over regions, groups or replicates in Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import index
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure.errors import InputError

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Regions:
    """Which region each unit belongs to, with the units of a region next to each other.

    `index` (U,) holds the region of each unit in ascending order; `size` is R, the number of
    regions, which counts those that have no unit; `order` (U,) gives the caller's positions of
    the units in that order, None where the caller's order is already ascending.
    """

    index: Indices
    size: int
    order: Indices | None = None

    @classmethod
    def of(cls, region: ArrayLike | Regions | None, units: int) -> Regions:
        """Lay out `units` units by their `region`: integers from 0, or None for one region.

        Raises InputError where a region is negative or not whole, or where the length differs.
        """
        if isinstance(region, Regions):
            if region.index.size != units:
                raise InputError(
                    f"region has {region.index.size} units and counts {units}: "
                    "give one region for each unit"
                )
            return region
        if region is None:
            return cls(np.zeros(units, dtype=np.intp), 1)
        given = np.asarray(region)
        if given.shape != (units,):
            raise InputError(
                f"region has shape {given.shape} and counts have {units} units: "
                "give one region for each unit"
            )
        whole = given.dtype.kind in "iu" or (
            given.dtype.kind == "f"
            and bool(np.isfinite(given).all())
            and np.array_equal(given, np.floor(given))
        )
        if not whole:
            raise InputError(
                f"region must be whole numbers from 0, one for each unit; got {given.dtype}"
            )
        index = given.astype(np.intp, copy=False)
        if units == 0:
            return cls(index, 0)
        if index.min() < 0:
            row = int(np.argmax(index < 0))
            raise InputError(f"region[{row}] is {index[row]}: regions are numbered from 0")
        size = int(index.max()) + 1
        if np.all(index[1:] >= index[:-1]):
            return cls(index, size)
        order = np.argsort(index, kind="stable")
        return cls(index[order], size, order)

    @cached_property
    def present(self) -> Indices:
        """The regions that have at least one unit, ascending."""
        return self.index[self.starts]

    @cached_property
    def starts(self) -> Indices:
        """Where each present region's units start."""
        if self.index.size == 0:
            return np.zeros(0, dtype=np.intp)
        return np.flatnonzero(np.concatenate(([True], self.index[1:] != self.index[:-1])))

    @cached_property
    def bounds(self) -> Indices:
        """Start and end of every region's units, (R + 1,): region r has `bounds[r]:bounds[r+1]`."""
        return np.searchsorted(self.index, np.arange(self.size + 1)).astype(np.intp)

    def sorted(self, values: NDArray[Any], axis: int = -1) -> NDArray[Any]:
        """`values` with the unit axis in the order of the regions."""
        return values if self.order is None else np.take(values, self.order, axis=axis)

    def restored(self, values: NDArray[Any], axis: int = -1) -> NDArray[Any]:
        """`values` in the order of the regions, brought back to the caller's order."""
        if self.order is None:
            return values
        back = np.empty_like(self.order)
        back[self.order] = np.arange(self.order.size)
        return np.take(values, back, axis=axis)

    def sum(self, values: Floats, axis: int = -2) -> Floats:
        """Sum over the units of each region: the unit axis (sorted) becomes one of length R."""
        if self.starts.size == 0:
            shape = list(values.shape)
            shape[axis] = self.size
            return np.zeros(shape)
        sums: Floats = np.add.reduceat(values, self.starts, axis=axis)
        return self._fill(sums, axis, 0.0)

    def max(self, values: Floats, axis: int = -2) -> Floats:
        """The largest value of each region; nan where a region has no unit."""
        if self.starts.size == 0:
            shape = list(values.shape)
            shape[axis] = self.size
            return np.full(shape, np.nan)
        return self._fill(np.maximum.reduceat(values, self.starts, axis=axis), axis, np.nan)

    def _fill(self, values: Floats, axis: int, empty: float) -> Floats:
        """Make room for the regions that have no unit."""
        if self.starts.size == self.size:
            return values
        shape = list(values.shape)
        shape[axis] = self.size
        whole = np.full(shape, empty)
        at: list[Any] = [slice(None)] * len(shape)
        at[axis] = self.present
        whole[tuple(at)] = values
        return whole

    def spread(self, values: Floats, axis: int = -2) -> Floats:
        """Give each unit (sorted) the value of its region."""
        return np.take(values, self.index, axis=axis)

    def cumulate(self, values: Floats, axis: int = -2) -> Floats:
        """Running sum within each region along the sorted unit axis, the unit itself included."""
        if self.starts.size < 2:
            running: Floats = np.cumsum(values, axis=axis)
            return running
        # What a region sums to is taken off where the next one begins. The running sum stays small
        # then, and thousands of regions at once are as exact as each by itself.
        sums = np.add.reduceat(values, self.starts, axis=axis)
        fresh = np.array(values, dtype=np.float64)
        at: list[Any] = [slice(None)] * fresh.ndim
        at[axis] = self.starts[1:]
        fresh[tuple(at)] -= np.take(sums, np.arange(self.starts.size - 1), axis=axis)
        running = np.cumsum(fresh, axis=axis)
        before = np.take(running, self.starts, axis=axis) - np.take(values, self.starts, axis=axis)
        which = np.repeat(np.arange(self.starts.size), np.diff(self.starts, append=self.index.size))
        return running - np.take(before, which, axis=axis)


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


@dataclass(frozen=True)
class Contrast:
    """The group that is measured, x, against the others, y; all (..., U, K).

    K is 1 where one group was chosen and G where every group is measured in turn. `x` and `y` are
    the people; `local_x` and `local_y` spread x + y over the composition of the surroundings.
    """

    x: Floats
    y: Floats
    local_x: Floats
    local_y: Floats
    regions: Regions
    single: bool

    @cached_property
    def x_margin(self) -> Floats:
        """The group's people in each region, (..., R, K)."""
        return self.regions.sum(self.x)

    @cached_property
    def y_margin(self) -> Floats:
        """The others' people in each region, (..., R, K)."""
        return self.regions.sum(self.y)

    @cached_property
    def x_share(self) -> Floats:
        """`local_x` as a share of the group's people in the region; 0 where there are none."""
        return self.local_x * self.regions.spread(_reciprocal(self.x_margin))

    @cached_property
    def y_share(self) -> Floats:
        """`local_y` as a share of the others' people in the region; 0 where there are none."""
        return self.local_y * self.regions.spread(_reciprocal(self.y_margin))

    @cached_property
    def gini(self) -> Floats:
        """Gini index (..., R, K), from the units in the order of their segregation curve."""
        # The unit axis last, so that sorting and cumulating run along memory.
        x, y = (
            np.ascontiguousarray(np.swapaxes(part, -1, -2)) for part in (self.x_share, self.y_share)
        )
        both = x + y
        # Shares lie in [0, 1], so steps of 2 keep the regions apart within a single sort. Both
        # sides are of one size, so that what a step rounds away is no area, however small a group.
        share = x / np.where(both > 0, both, 1.0)
        order = np.argsort(share + 2.0 * self.regions.index, axis=-1)
        x, y = (np.take_along_axis(part, order, axis=-1) for part in (x, y))
        sum_units = partial(self.regions.sum, axis=-1)
        area = sum_units(x * (2.0 * self.regions.cumulate(y, axis=-1) - y))
        gini = np.maximum(area - sum_units(x) * sum_units(y), 0.0)
        return np.swapaxes(self.settle(gini), -1, -2)

    def settle(self, values: Floats) -> Floats:
        """Keep rounding out of an index from 0 to 1, see `settle`."""
        return settle(values, self.local_x is self.x)

    def answer(self, values: Floats, *, alone: bool = False) -> Floats:
        """Set nan where either side has nobody; drop the group axis where one group was asked for.

        `values` (..., R, K) becomes (..., R) for a single group. An index that measures the group
        by itself, `alone`, needs nobody else in the region.
        """
        there = self.x_margin > 0
        values = np.where(there if alone else there & (self.y_margin > 0), values, np.nan)
        return values[..., 0] if self.single else values


def group_at(group: int, groups: int, name: str = "group") -> int:
    """The position of a group, checked."""
    try:
        place = index(group)
    except TypeError:
        raise InputError(f"{name} is {group!r}: give the group's position, from 0") from None
    if not 0 <= place < groups:
        raise InputError(f"{name} is {group} and there are {groups} groups, numbered from 0")
    return place


def contrast(
    counts: Counts,
    region: ArrayLike | Regions | None = None,
    group: int | None = None,
    against: int | None = None,
    environment: ArrayLike | None = None,
) -> Contrast:
    """Choose who is compared with whom.

    `group` None measures every group in turn; `against` None compares with all others together.
    A group against itself has no one to be compared with: its y is 0 and its index nan.
    """
    table = tabulate(counts, region, environment)
    groups = table.counts.shape[-1]
    group = None if group is None else group_at(group, groups)
    against = None if against is None else group_at(against, groups, "against")
    if (group, against) not in table.contrasts:
        table.contrasts[group, against] = _contrast(table, group, against)
    return table.contrasts[group, against]


def _contrast(table: Table, group: int | None, against: int | None) -> Contrast:
    groups = table.counts.shape[-1]
    measured = np.arange(groups) if group is None else np.array([group])
    # y is a product with zeros and ones and not a total less x: where nobody else lives it is 0
    # exactly, also when counts are fractional.
    if against is None:
        others = 1.0 - np.eye(groups)[:, measured]
    else:
        others = np.zeros((groups, measured.size))
        others[against, measured != against] = 1.0
    x = table.counts[..., measured]
    y = table.counts @ others
    if table.local is table.counts:
        return Contrast(x, y, x, y, table.regions, group is not None)
    around_x = table.local[..., measured]
    around = around_x + table.local @ others
    scale = (x + y) / np.where(around > 0, around, 1.0)
    local_x = around_x * scale
    return Contrast(x, y, local_x, (around - around_x) * scale, table.regions, group is not None)


def divide(numerator: Floats, denominator: Floats) -> Floats:
    """The ratio, and nan where the denominator is 0: what is absent has no share."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.true_divide(numerator, denominator)
    return np.where(denominator == 0, np.nan, ratio)


def _reciprocal(values: Floats) -> Floats:
    """1 / values, and 0 for 0: a nan would run on through sums that cross regions."""
    return np.where(values > 0, 1.0 / np.where(values > 0, values, 1.0), 0.0)


def xlogx(values: Floats) -> Floats:
    """The product x ln x, continued to 0 at x = 0."""
    product: Floats = values * np.log(np.where(values > 0, values, 1.0))
    return product


def diversity_mass(counts: Floats) -> Floats:
    """Entropy times people, sum_g n_g ln(n / n_g), of cells (..., G); 0 exactly for one group.

    The logarithm is that of 1 + (n - n_g) / n_g, which keeps its digits where one group is nearly
    everyone; n ln n - sum_g n_g ln n_g would lose them.
    """
    others = counts.sum(axis=-1, keepdims=True) - counts
    logs = np.log1p(others / np.where(counts > 0, counts, 1.0))
    mass: Floats = (counts * logs).sum(axis=-1)
    return mass


def settle(values: Floats, bounded: bool, highest: float = 1.0) -> Floats:
    """Keep rounding out of an index that is 0 at evenness and cannot leave its range.

    Only where it is `bounded`: over surroundings most indices may leave it by more than rounding.
    """
    return np.clip(values, 0.0, highest) if bounded else values
