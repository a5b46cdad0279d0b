"""Which indices are computed on which regions, with what, and for which something is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from samsyn.statistics.derive import places
from samsyn.statistics.derive.places import Placed
from samsyn.statistics.derive.stacks import Stack
from samsyn.statistics.indicators.groupings import Grouping

if TYPE_CHECKING:
    import polars as pl

    from samsyn.measure._index import Index

# The distance in metres at which nearness falls to 1/e.
SCALE: Final = 1000.0
# These two grow with the square of the units and are left out for larger regions.
GROWING: Final = ("spatial_proximity_profile", "global_distortion")
LARGEST: Final = 2000
# Of borders' lengths alone: the third index of the family needs outlines, which are not kept.
BORDERED: Final = ("boundary_dissimilarity", "length_dissimilarity")

# Nothing is drawn for indices that say who lives in a region and not how it is spread, and for
# those that are corrected already or take too long.
NOT_DRAWN_FAMILIES: Final = ("diversity", "corrected evenness")
NOT_DRAWN: Final = ("concentration_at_extremes", "concentration_profile")
# Without surroundings the divergence index is mutual information; of the two forms of Allen's
# correction the one by density is stored, which is not random and removes more of the bias.
SAME: Final = {
    "divergence": "mutual_information",
    "bias_corrected_dissimilarity": "density_corrected_dissimilarity",
}
# The column `corrected` of another index is the value of these.
CORRECTED: Final = {"modified_dissimilarity": "dissimilarity", "modified_gini": "gini"}


@dataclass(frozen=True, eq=False)
class Batch:
    """Indices that are computed on the same regions; whether to draw for them."""

    placed: Placed
    indices: tuple[Index, ...]
    drawn: bool = False

    def that_contrast(self) -> Batch:
        """The same with only the indices that can set one group against another."""
        able = tuple(index for index in self.indices if "against" in index.takes)
        return replace(self, indices=able)


def batches(grouping: Grouping, stack: Stack, neighbours: pl.DataFrame | None) -> Iterator[Batch]:
    """Every index of `measure` that the stack has the inputs for, each in one batch."""
    from samsyn.measure.catalogue import INDICES as CATALOGUE

    plain = not_spatial(grouping)
    drawn = tuple(
        index
        for index in plain
        if index.resampled
        and index.family not in NOT_DRAWN_FAMILIES
        and index.name not in {*NOT_DRAWN, *SAME}
    )
    yield Batch(Placed(stack, {}), drawn, drawn=True)
    rest = [i for i in plain if i not in drawn and i.name not in {*SAME, *CORRECTED}]
    yield Batch(Placed(stack, {}), tuple(rest))

    def of(family: str, *besides: str) -> tuple[Index, ...]:
        return tuple(i for i in CATALOGUE.values() if i.family == family and i.name not in besides)

    land = places.with_land(stack)
    yield Batch(land, of("concentration", "concentration_profile"))
    both = places.with_points_and_land(stack)
    yield Batch(both, of("centralisation"))
    if not stack.units.startswith("municipality/"):
        # Between whole municipalities nobody is near at a scale of neighbourhoods.
        near = Placed(both.stack, both.given | {"scale": SCALE})
        yield Batch(near, of("clustering", *GROWING))
    borders = places.with_borders(stack, neighbours)
    yield Batch(borders, tuple(CATALOGUE[name] for name in BORDERED))
    small = places.no_larger(stack, LARGEST)
    bordered = places.with_borders(small, neighbours)
    yield Batch(bordered, (CATALOGUE["spatial_proximity_profile"],))
    yield Batch(places.with_points(small), (CATALOGUE["global_distortion"],))


def not_spatial(grouping: Grouping) -> list[Index]:
    """The indices of regions that need counts alone, and an order where the groups have one."""
    from samsyn.measure.catalogue import sufficient

    return [i for i in sufficient({"ordered"} if grouping.ordered else set()) if not i.local]


def contrasts(grouping: Grouping) -> list[tuple[int | None, int | None]]:
    """Every group in turn against the others, and the two groups that are set against each other.

    Of two groups each is the others of the other already.
    """
    pairs: list[tuple[int | None, int | None]] = [(None, None)]
    if grouping.first_group and grouping.first_against and len(grouping.groups) > 2:
        first = grouping.groups.index(grouping.first_group)
        second = grouping.groups.index(grouping.first_against)
        pairs += [(first, second), (second, first)]
    return pairs
