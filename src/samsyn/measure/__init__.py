"""Floor 1, the mathematics of segregation: arrays in, arrays out, every region in one pass."""

from samsyn.measure._table import Table, tabulate
from samsyn.measure.boundary import (
    boundary_dissimilarity,
    length_dissimilarity,
    perimeter_area_dissimilarity,
)
from samsyn.measure.centralisation import (
    absolute_centralisation,
    local_relative_centralisation,
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
    proximity_matrix,
    relative_clustering,
    spatial_proximity,
)
from samsyn.measure.comparison import (
    Difference,
    compare,
    compare_regions,
)
from samsyn.measure.composite import (
    TypeUncertainty,
    area_types,
    composite_index,
    standardise,
    type_uncertainty,
)
from samsyn.measure.composition import Composition
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
from samsyn.measure.corrected import (
    bias_corrected_dissimilarity,
    density_corrected_dissimilarity,
    expected_dissimilarity,
    modified_dissimilarity,
    modified_gini,
)
from samsyn.measure.decomposition import (
    GroupDecomposition,
    NestedDecomposition,
    NestedLevel,
    SimpsonDecomposition,
    Within,
    group_decomposition,
    nested_decomposition,
    simpson_decomposition,
)
from samsyn.measure.disclosure import (
    Suppression,
    round_to_base,
    suppress_small,
)
from samsyn.measure.distortion import (
    global_distortion,
    local_distortion,
)
from samsyn.measure.diversity import (
    entropy,
    hill_diversity,
    renyi_diversity,
    simpson_concentration,
    simpson_interaction,
)
from samsyn.measure.errors import InputError
from samsyn.measure.evenness import (
    atkinson,
    dissimilarity,
    gini,
    gorard,
    hutchens,
    minmax,
    theil_h,
)
from samsyn.measure.exposure import (
    correlation_ratio,
    exposure_matrix,
    interaction,
    isolation,
)
from samsyn.measure.extremes import (
    concentration_at_extremes,
    local_concentration_at_extremes,
)
from samsyn.measure.fitting import (
    Fit,
    iterative_proportional_fit,
    karmel_maclachlan,
)
from samsyn.measure.inference import (
    Estimate,
    bootstrap,
    estimate,
    randomise,
)
from samsyn.measure.intervals import (
    basic_interval,
    bca_interval,
    percentile_interval,
)
from samsyn.measure.local import (
    local_divergence,
    local_entropy,
    local_mutual_information,
    local_simpson,
    location_quotient,
)
from samsyn.measure.multigroup import (
    divergence,
    multigroup_dissimilarity,
    multigroup_gini,
    multigroup_theil_h,
    mutual_information,
    normalised_exposure,
    relative_diversity,
    squared_coefficient_of_variation,
)
from samsyn.measure.neighbours import (
    Neighbourhoods,
    nearest_neighbours,
)
from samsyn.measure.ordered import (
    ordinal_absolute_difference,
    ordinal_square_root,
    ordinal_theil,
    ordinal_variance_ratio,
    rank_order_square_root,
    rank_order_theil,
    rank_order_variance_ratio,
)
from samsyn.measure.percentiles import (
    NeighbourhoodProfile,
    neighbourhood_profile,
    weighted_percentiles,
)
from samsyn.measure.profile import (
    macro_micro_ratio,
    segregation_profile,
)
from samsyn.measure.proximity_profile import (
    SpatialProximityProfile,
    spatial_proximity_profile,
)
from samsyn.measure.significance import (
    chance_corrected,
    p_value,
)
from samsyn.measure.similarity import (
    StructuralDistances,
    structural_distances,
)
from samsyn.measure.smoothing import (
    smoothed,
    surroundings,
)
from samsyn.measure.sorting import (
    neighbourhood_sorting_index,
)

__all__ = [
    "Change",
    "ChangeDecomposition",
    "Composition",
    "ConcentrationProfile",
    "Contiguity",
    "Difference",
    "Estimate",
    "Fit",
    "GroupDecomposition",
    "InputError",
    "NeighbourhoodProfile",
    "Neighbourhoods",
    "NestedDecomposition",
    "NestedLevel",
    "SimpsonDecomposition",
    "SpatialProximityProfile",
    "StructuralDistances",
    "Suppression",
    "Table",
    "TypeUncertainty",
    "Within",
    "absolute_centralisation",
    "absolute_clustering",
    "absolute_concentration",
    "area_types",
    "atkinson",
    "basic_interval",
    "bca_interval",
    "bias_corrected_dissimilarity",
    "bootstrap",
    "boundary_dissimilarity",
    "chance_corrected",
    "change_decomposition",
    "compare",
    "compare_regions",
    "composite_index",
    "concentration_at_extremes",
    "concentration_profile",
    "contiguity",
    "correlation_ratio",
    "delta",
    "density_corrected_dissimilarity",
    "dissimilarity",
    "distance_decay_interaction",
    "distance_decay_isolation",
    "divergence",
    "entropy",
    "estimate",
    "expected_dissimilarity",
    "exposure_matrix",
    "gini",
    "global_distortion",
    "gorard",
    "group_decomposition",
    "hill_diversity",
    "hutchens",
    "interaction",
    "isolation",
    "iterative_proportional_fit",
    "karmel_maclachlan",
    "length_dissimilarity",
    "local_concentration_at_extremes",
    "local_distortion",
    "local_divergence",
    "local_entropy",
    "local_mutual_information",
    "local_relative_centralisation",
    "local_simpson",
    "location_quotient",
    "macro_micro_ratio",
    "minmax",
    "modified_dissimilarity",
    "modified_gini",
    "multigroup_dissimilarity",
    "multigroup_gini",
    "multigroup_theil_h",
    "mutual_information",
    "nearest_neighbours",
    "neighbourhood_profile",
    "neighbourhood_sorting_index",
    "nested_decomposition",
    "normalised_exposure",
    "ordinal_absolute_difference",
    "ordinal_square_root",
    "ordinal_theil",
    "ordinal_variance_ratio",
    "p_value",
    "percentile_interval",
    "perimeter_area_dissimilarity",
    "proximity_matrix",
    "randomise",
    "rank_order_square_root",
    "rank_order_theil",
    "rank_order_variance_ratio",
    "relative_centralisation",
    "relative_clustering",
    "relative_concentration",
    "relative_diversity",
    "renyi_diversity",
    "round_to_base",
    "segregation_profile",
    "simpson_concentration",
    "simpson_decomposition",
    "simpson_interaction",
    "smoothed",
    "spatial_proximity",
    "spatial_proximity_profile",
    "squared_coefficient_of_variation",
    "standardise",
    "structural_distances",
    "suppress_small",
    "surroundings",
    "tabulate",
    "theil_h",
    "type_uncertainty",
    "weighted_percentiles",
]
