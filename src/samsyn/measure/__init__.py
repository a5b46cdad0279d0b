"""Floor 1, the mathematics of segregation: arrays in, arrays out, every region in one pass."""

from samsyn.measure._table import Table, tabulate
from samsyn.measure.boundary import (
    boundary_dissimilarity,
    length_dissimilarity,
    perimeter_area_dissimilarity,
)
from samsyn.measure.centralisation import (
    absolute_centralisation,
    relative_centralisation,
)
from samsyn.measure.change import (
    Change,
    ChangeDecomposition,
    change_decomposition,
)
from samsyn.measure.clustering import (
    absolute_clustering,
    distance_decay_interaction,
    distance_decay_isolation,
    relative_clustering,
    spatial_proximity,
)
from samsyn.measure.composite import (
    TypeUncertainty,
    area_types,
    composite_index,
    standardise,
    type_uncertainty,
)
from samsyn.measure.concentration import (
    ConcentrationProfile,
    absolute_concentration,
    concentration_profile,
    delta,
    relative_concentration,
)
from samsyn.measure.contiguity import (
    Contiguity,
    contiguity,
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
    "ConcentrationProfile",
    "Contiguity",
    "Fit",
    "GroupDecomposition",
    "InputError",
    "NestedDecomposition",
    "NestedLevel",
    "Suppression",
    "Table",
    "TypeUncertainty",
    "Within",
    "absolute_centralisation",
    "absolute_clustering",
    "absolute_concentration",
    "area_types",
    "atkinson",
    "boundary_dissimilarity",
    "change_decomposition",
    "composite_index",
    "concentration_profile",
    "contiguity",
    "delta",
    "dissimilarity",
    "distance_decay_interaction",
    "distance_decay_isolation",
    "gini",
    "group_decomposition",
    "hutchens",
    "iterative_proportional_fit",
    "karmel_maclachlan",
    "length_dissimilarity",
    "minmax",
    "nested_decomposition",
    "perimeter_area_dissimilarity",
    "relative_centralisation",
    "relative_clustering",
    "relative_concentration",
    "round_to_base",
    "spatial_proximity",
    "standardise",
    "suppress_small",
    "tabulate",
    "theil_h",
    "type_uncertainty",
]
