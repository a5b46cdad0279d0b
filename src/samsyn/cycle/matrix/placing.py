"""Interventions placed by level and horizon, counted and summed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from samsyn.cycle.gaps.picture import Intervention
from samsyn.statistics.classifications import classification

# What money can be: decided, applied for, missing. They are never summed into one.
STATUSES: Final = ("decided", "applied", "missing")


@dataclass(frozen=True)
class Cell:
    """Interventions that stand together, and their money by status in kronor."""

    interventions: tuple[Intervention, ...] = ()

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.interventions)

    @property
    def money(self) -> Mapping[str, int]:
        """The kronor by status."""
        return {
            status: sum(one.amount(status) for one in self.interventions) for status in STATUSES
        }


@dataclass(frozen=True)
class Matrix:
    """Interventions by level and horizon; what has no known place is `unplaced`, and not lost."""

    levels: Sequence[str]
    horizons: Sequence[str]
    all: Cell

    def cell(self, level: str, horizon: str) -> Cell:
        """The interventions of a level and a horizon."""
        return self._of(lambda one: (one.level, one.horizon) == (level, horizon))

    def level(self, level: str) -> Cell:
        """The placed interventions of a level."""
        return self._of(lambda one: one.level == level and one.horizon in self.horizons)

    def horizon(self, horizon: str) -> Cell:
        """The placed interventions of a horizon."""
        return self._of(lambda one: one.horizon == horizon and one.level in self.levels)

    @property
    def unplaced(self) -> Cell:
        """The interventions without a known level or horizon."""
        return self._of(
            lambda one: one.level not in self.levels or one.horizon not in self.horizons
        )

    def _of(self, fits: Callable[[Intervention], bool]) -> Cell:
        return Cell(tuple(one for one in self.all.interventions if fits(one)))


def placed(some: Iterable[Intervention], focus_area: str = "", target_group: str = "") -> Matrix:
    """The matrix of interventions, or of those of a focus area or for a target group only."""
    chosen = tuple(
        one
        for one in some
        if (not focus_area or focus_area in one.focus_areas)
        and (not target_group or target_group in one.target_groups)
    )
    return Matrix(
        tuple(classification("intervention_level").entries),
        tuple(classification("intervention_horizon").entries),
        Cell(chosen),
    )
