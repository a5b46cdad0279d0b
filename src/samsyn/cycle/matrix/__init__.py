"""The intervention matrix of the national strategy: level by horizon, with counts and money."""

from samsyn.cycle.matrix.leaning import leaning
from samsyn.cycle.matrix.placing import STATUSES, Cell, Matrix, placed

__all__ = ["STATUSES", "Cell", "Matrix", "leaning", "placed"]
