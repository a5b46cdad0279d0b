"""What a release stores beside its counts and values: indices, their parts, types, quotients."""

from samsyn.statistics.derive.area_types import (
    Agreement,
    agreement,
    area_types,
    disagreements,
    socioeconomic_index,
)
from samsyn.statistics.derive.composition import (
    concentration_at_extremes,
    inequality_index,
    tenure_mix,
)
from samsyn.statistics.derive.decomposition import decompose
from samsyn.statistics.derive.derivation import Derivation, Derived, TypesOfAreas
from samsyn.statistics.derive.indices import derive_indices
from samsyn.statistics.derive.quotients import derive_quotients

__all__ = [
    "Agreement",
    "Derivation",
    "Derived",
    "TypesOfAreas",
    "agreement",
    "area_types",
    "concentration_at_extremes",
    "decompose",
    "derive_indices",
    "derive_quotients",
    "disagreements",
    "inequality_index",
    "socioeconomic_index",
    "tenure_mix",
]
