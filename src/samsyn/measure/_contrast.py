"""A group and those it is compared with: where every index of two sides starts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from operator import index

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, reciprocal, settle
from samsyn.measure._regions import Regions
from samsyn.measure._table import Counts, Table, tabulate
from samsyn.measure.errors import InputError


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
        return self.local_x * self.regions.spread(reciprocal(self.x_margin))

    @cached_property
    def y_share(self) -> Floats:
        """`local_y` as a share of the others' people in the region; 0 where there are none."""
        return self.local_y * self.regions.spread(reciprocal(self.y_margin))

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
