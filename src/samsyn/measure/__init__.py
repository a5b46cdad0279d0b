"""Floor 1, the mathematics of segregation: arrays in, arrays out, every region in one pass."""

from samsyn.measure._table import Table, tabulate
from samsyn.measure.change import (
    Change,
    ChangeDecomposition,
    change_decomposition,
)
from samsyn.measure.composite import (
    TypeUncertainty,
    area_types,
    composite_index,
    standardise,
    type_uncertainty,
)
from samsyn.measure.decomposition import (
    GroupDecomposition,
    NestedDecomposition,
    NestedLevel,
    Within,
    group_decomposition,
    nested_decomposition,
)
from samsyn.measure.disclosure import (
    Suppression,
    round_to_base,
    suppress_small,
)
from samsyn.measure.errors import InputError
from samsyn.measure.evenness import (
    atkinson,
    dissimilarity,
    gini,
    hutchens,
    minmax,
    theil_h,
)
from samsyn.measure.fitting import (
    Fit,
    iterative_proportional_fit,
    karmel_maclachlan,
)

__all__ = [
    "Change",
    "ChangeDecomposition",
    "Fit",
    "GroupDecomposition",
    "InputError",
    "NestedDecomposition",
    "NestedLevel",
    "Suppression",
    "Table",
    "TypeUncertainty",
    "Within",
    "area_types",
    "atkinson",
    "change_decomposition",
    "composite_index",
    "dissimilarity",
    "gini",
    "group_decomposition",
    "hutchens",
    "iterative_proportional_fit",
    "karmel_maclachlan",
    "minmax",
    "nested_decomposition",
    "round_to_base",
    "standardise",
    "suppress_small",
    "tabulate",
    "theil_h",
    "type_uncertainty",
]
