"""What the sentences about a municipality, a county or the country rest on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from samsyn.publish.intervals import Figure, Tally, difference, tally, within_chance
from samsyn.publish.wording.figures import STEP


@dataclass(frozen=True)
class Ends:
    """How many live in areas of type 1 and of type 5, of all whose area has a type.

    People are None where they are not known; `first_areas` and `last_areas` are of `areas`, and
    `uncertain` of the areas at the ends may well be of another type. `stand_in` says that the
    unemployed share stands in for the third component, `published` that types are the official.
    """

    areas: int
    first_areas: int
    last_areas: int
    first: float | None = None
    last: float | None = None
    people: float | None = None
    uncertain: int = 0
    published: bool = False
    stand_in: bool = False


@dataclass(frozen=True)
class RegionFacts:
    """What the sentences rest on.

    `index` is the inequality index in `period`, `expected` what chance alone would give, over
    areas of the kind `units`. `earlier` is the same about ten years before, in `earlier_period`;
    `moved_borders` says that the areas' borders are others since. `peers` are the figures of the
    places that it is set beside, `peers_are` which those are.
    """

    name: str
    kind: str
    period: str
    index: Figure
    expected: float | None = None
    units: str | None = None
    earlier: Figure | None = None
    earlier_period: str | None = None
    moved_borders: bool = False
    peers: tuple[Figure, ...] = ()
    peers_are: str = "municipalities"
    ends: Ends | None = None

    @cached_property
    def standing(self) -> Tally:
        """Where the place stands among its peers."""
        return tally(self.index, self.peers, STEP)

    @property
    def change(self) -> str:
        """How the index lies to the earlier one; "none" without one."""
        if self.earlier is None or not self.earlier.known or not self.index.known:
            return "none"
        return difference(self.index, self.earlier, STEP)

    @property
    def by_chance(self) -> bool:
        """Whether chance alone could give as uneven a picture."""
        return within_chance(self.index, self.expected)
