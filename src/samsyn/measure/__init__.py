"""Floor 1, the mathematics of segregation: arrays in, arrays out, every region in one pass."""

from samsyn.measure._table import Table, tabulate
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
    "Table",
    "atkinson",
    "dissimilarity",
    "gini",
    "hutchens",
    "minmax",
    "tabulate",
    "theil_h",
]
