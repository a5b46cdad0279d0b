"""Floor 1, the mathematics of segregation: arrays in, arrays out, every region in one pass."""

from samsyn.measure.errors import InputError
from samsyn.measure.evenness import (
    atkinson,
    dissimilarity,
    gini,
    hutchens,
    minmax,
    theil_h,
)

__all__ = [
    "InputError",
    "atkinson",
    "dissimilarity",
    "gini",
    "hutchens",
    "minmax",
    "theil_h",
]
