"""Every index in one table: its function, its family, what it answers and what it needs.

The command, `Composition` and the tests read this table; a test keeps it true to the functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from math import inf
from types import MappingProxyType
from typing import Any

from numpy.typing import ArrayLike

from samsyn.measure import (
    boundary,
    centralisation,
    clustering,
    concentration,
    corrected,
    distortion,
    diversity,
    evenness,
    exposure,
    extremes,
    fitting,
    local,
    multigroup,
    ordered,
    proximity_profile,
    sorting,
)
from samsyn.measure._index import AREA, BORDERS, LAND, NEARNESS, ORDERED, XY, Answers, Index
from samsyn.measure._numbers import Floats
from samsyn.measure._table import Counts
from samsyn.measure.contiguity import Contiguity
from samsyn.measure.errors import InputError


def concentration_area(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    group: int | None = None,
    against: int | None = None,
    thresholds: ArrayLike | None = None,
) -> Floats:
    """The index of `concentration_profile`: the area between the profile and that of evenness."""
    return concentration.concentration_profile(
        counts, region, group=group, against=against, thresholds=thresholds
    ).index


def proximity_area(
    counts: Counts,
    region: ArrayLike | None = None,
    *,
    contiguity: Contiguity,
    group: int | None = None,
    against: int | None = None,
    thresholds: ArrayLike | None = None,
) -> Floats:
    """The index of `spatial_proximity_profile`: nearness above the region's share less below it."""
    return proximity_profile.spatial_proximity_profile(
        counts,
        region,
        contiguity=contiguity,
        group=group,
        against=against,
        thresholds=thresholds,
    ).index


def _table() -> Iterable[Index]:
    yield from _family(
        "evenness",
        "group",
        ("dissimilarity", evenness, "share of a group that would have to move for evenness"),
        ("gini", evenness, "mean difference between units' shares, the segregation curve's area"),
        ("atkinson", evenness, "evenness with a chosen weight on low or high shares (shape)"),
        ("hutchens", evenness, "square root index, which decomposes without remainder"),
        ("minmax", evenness, "what two distributions do not share, as a part of their union"),
        ("theil_h", evenness, "part of two groups' diversity that lies between units"),
        ("gorard", evenness, "share of a group that would have to move, others staying"),
        (
            "karmel_maclachlan",
            fitting,
            "share of all people who would move, with replacement",
            {"highest": 0.5},
        ),
    )
    yield from _family(
        "corrected evenness",
        "group",
        (
            "modified_dissimilarity",
            corrected,
            "dissimilarity on a scale where chance alone is 0",
            {"lowest": -1.0},
        ),
        (
            "modified_gini",
            corrected,
            "Gini on a scale where chance alone is 0",
            {"lowest": -1.0, "resampled": False},
        ),
        (
            "density_corrected_dissimilarity",
            corrected,
            "dissimilarity less what sampling noise explains, unit by unit",
        ),
        (
            "bias_corrected_dissimilarity",
            corrected,
            "dissimilarity less its bootstrap bias",
            {"lowest": -1.0, "highest": 2.0, "resampled": False},
        ),
    )
    yield from _family(
        "many groups",
        "region",
        ("multigroup_dissimilarity", multigroup, "dissimilarity of all groups at once"),
        ("multigroup_gini", multigroup, "Gini of all groups at once"),
        ("multigroup_theil_h", multigroup, "part of all groups' diversity between units (H)"),
        (
            "mutual_information",
            multigroup,
            "what the unit tells of the group, in nats (M)",
            {"highest": inf},
        ),
        ("relative_diversity", multigroup, "part of the chance to differ that is between units"),
        ("squared_coefficient_of_variation", multigroup, "variation of groups' shares over units"),
        ("normalised_exposure", multigroup, "isolation above evenness, mean of all groups"),
        (
            "divergence",
            multigroup,
            "mean divergence of units from their region, in nats",
            {"highest": inf},
        ),
    )
    yield from _family(
        "diversity",
        "region",
        ("entropy", diversity, "diversity of the region, in nats", {"highest": inf}),
        (
            "simpson_interaction",
            diversity,
            "chance that two people of the region differ in group",
        ),
        ("simpson_concentration", diversity, "chance that two people of the region are alike"),
        (
            "renyi_diversity",
            diversity,
            "diversity of a chosen order, in nats",
            {"highest": inf},
        ),
        (
            "hill_diversity",
            diversity,
            "effective number of groups",
            {"lowest": 1.0, "highest": inf},
        ),
    )
    yield from _family(
        "ordered groups",
        "region",
        ("rank_order_theil", ordered, "information theory index over income ranks (H^R)"),
        ("rank_order_variance_ratio", ordered, "variance ratio over income ranks (R^R)"),
        ("rank_order_square_root", ordered, "square root index over ranks (S^R)"),
        ("ordinal_theil", ordered, "information theory index of ordered classes"),
        ("ordinal_variance_ratio", ordered, "variance ratio of ordered classes"),
        ("ordinal_square_root", ordered, "square root index of ordered classes"),
        ("ordinal_absolute_difference", ordered, "absolute difference of ordered classes"),
        ("neighbourhood_sorting_index", sorting, "how far units are apart in their mean class"),
        (
            "concentration_at_extremes",
            extremes,
            "share in the highest class less share in the lowest (ICE)",
            {"lowest": -1.0},
        ),
        needs=ORDERED,
    )
    yield from _family(
        "exposure",
        "group",
        ("isolation", exposure, "chance that a group's member meets another of the unit"),
        (
            "interaction",
            exposure,
            "chance that a group's member meets the others in the unit",
            {"falls": True},
        ),
        ("correlation_ratio", exposure, "isolation above evenness, as a share of what is possible"),
    )
    yield from _family(
        "concentration",
        "group",
        ("delta", concentration, "share of a group that would move for equal density"),
        (
            "absolute_concentration",
            concentration,
            "how little land a group lives on; 0 most and 1 least, or a little beyond",
            {"lowest": -inf, "highest": inf},
        ),
        (
            "relative_concentration",
            concentration,
            "a group's land per person against the others'; 0 is alike",
            {"lowest": -inf, "highest": inf},
        ),
        needs=AREA,
    )
    yield Index(
        "concentration_profile",
        concentration_area,
        "concentration",
        "group",
        "how much of a group lives where its share is high, over all shares",
        # Not 1: a group of more than half of the people can be further from evenness below it.
        highest=inf,
    )
    yield from _family(
        "centralisation",
        "group",
        (
            "absolute_centralisation",
            centralisation,
            "a group's nearness to the centre against the land's",
            {"lowest": -1.0, "needs": LAND},
        ),
        (
            "relative_centralisation",
            centralisation,
            "a group's nearness to the centre against the others'",
            {"lowest": -1.0, "needs": XY},
        ),
    )
    yield from _family(
        "clustering",
        "group",
        (
            "absolute_clustering",
            clustering,
            "how much a group's units lie next to each other",
            {"lowest": -inf, "highest": inf},
        ),
        (
            "relative_clustering",
            clustering,
            "nearness within a group against that of the others; 0 is alike",
            {"lowest": -inf, "highest": inf},
        ),
        (
            "spatial_proximity",
            clustering,
            "nearness to one's own group against all; 1 is no clustering",
            {"highest": inf},
        ),
        ("distance_decay_isolation", clustering, "isolation where the near count more"),
        (
            "distance_decay_interaction",
            clustering,
            "interaction where the near count more",
            {"falls": True},
        ),
        needs=NEARNESS,
    )
    yield Index(
        "spatial_proximity_profile",
        proximity_area,
        "clustering",
        "group",
        "how near each other the units lie where a group is strong",
        highest=inf,
        needs=BORDERS,
    )
    yield from _family(
        "spatial evenness",
        "group",
        ("boundary_dissimilarity", boundary, "dissimilarity less what neighbours even out"),
        ("length_dissimilarity", boundary, "the same, by the length of shared borders"),
        ("perimeter_area_dissimilarity", boundary, "the same, by length and compactness"),
        needs=BORDERS,
        lowest=-1.0,
    )
    yield Index(
        "global_distortion",
        distortion.global_distortion,
        "spatial evenness",
        "region",
        "how far people must look to see the region as it is",
        needs=XY,
        resampled=False,
    )
    yield from _family(
        "local",
        "unit",
        (
            "location_quotient",
            local,
            "a group's share in the unit over its share in the region",
            {"answers": "unit and group", "highest": inf},
        ),
        ("local_entropy", local, "diversity of the unit, in nats", {"highest": inf}),
        ("local_simpson", local, "chance that two people of the unit differ in group"),
        (
            "local_divergence",
            local,
            "divergence of the unit from its region, in nats",
            {"highest": inf},
        ),
        (
            "local_mutual_information",
            local,
            "the unit's part of its region's mutual information",
            {"highest": inf},
        ),
        (
            "local_concentration_at_extremes",
            extremes,
            "share in the unit's highest class less share in its lowest",
            {"lowest": -1.0, "needs": ORDERED},
        ),
        (
            "local_relative_centralisation",
            centralisation,
            "a group's nearness to the unit, out of those around it, against the others'",
            {"answers": "unit and group", "lowest": -1.0, "needs": XY},
        ),
        (
            "local_distortion",
            distortion,
            "how far one must look from the unit to see the region as it is",
            {"needs": XY, "resampled": False},
        ),
    )


def _family(
    family: str, answers: Answers, *rows: tuple[Any, ...], **common: Any
) -> Iterable[Index]:
    """The indices of a family: name, module, meaning and what is particular to each."""
    for name, module, meaning, *particular in rows:
        function = getattr(module, name)
        own: dict[str, Any] = {
            "answers": answers,
            **common,
            **(particular[0] if particular else {}),
        }
        yield Index(name, function, family, meaning=meaning, **own)


INDICES: Mapping[str, Index] = MappingProxyType({index.name: index for index in _table()})


FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(index.family for index in INDICES.values()))


def find(name: str) -> list[Index]:
    """The index of that name, or the indices of the family (`many-groups` or `many groups`).

    Raises InputError that suggests names that are near.
    """
    if name in INDICES:
        return [INDICES[name]]
    family = name.replace("-", " ")
    if family in FAMILIES:
        return [index for index in INDICES.values() if index.family == family]
    near = get_close_matches(name, [*INDICES, *FAMILIES], n=3, cutoff=0.6)
    near += [other for other in INDICES if name and name in other and other not in near][:3]
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(INDICES)}"
    raise InputError(f'There is no index "{name}". {hint}')


def sufficient(have: Iterable[str]) -> list[Index]:
    """The indices that can be computed where these inputs are at hand."""
    there = set(have)
    return [index for index in INDICES.values() if index.fed_by(there) is not None]
