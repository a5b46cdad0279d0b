"""Scale: the same index over surroundings of growing size.

Segregation between large areas and between the blocks within them are different things. An index
over surroundings of several bandwidths shows which of them a place has: where the curve falls
fast, unlike people live near each other; where it stays up, whole districts differ.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, divide
from samsyn.measure._regions import Regions
from samsyn.measure.errors import InputError
from samsyn.measure.smoothing import Index, Kernel, smoothed


def segregation_profile(
    index: Index,
    counts: ArrayLike,
    region: ArrayLike | Regions | None = None,
    *,
    xy: ArrayLike,
    bandwidths: ArrayLike,
    kernel: Kernel = "biweight",
    across: bool = False,
    reach: float | None = None,
    **options: Any,
) -> Floats:
    """An index by the bandwidth of the surroundings: the segregation profile.

    `bandwidths` (K,) are distances in the unit of `xy`, in any order; the other parameters are
    those of `smoothed`. The answer has the index's shape with K in front: (K, R), or (K, R, G)
    where the index measures each group. Raises InputError as `smoothed` does.
    Source: Reardon et al. (2008), Demography 45, 489-514.
    """
    sizes = np.asarray(bandwidths, dtype=np.float64)
    if sizes.ndim != 1 or sizes.size == 0:
        raise InputError("bandwidths must be one or more distances, such as [500, 1000, 2000]")
    return np.stack(
        [
            smoothed(
                index,
                counts,
                region,
                xy=xy,
                bandwidth=float(size),
                kernel=kernel,
                across=across,
                reach=reach,
                **options,
            )
            for size in sizes
        ]
    )


def macro_micro_ratio(
    index: Index,
    counts: ArrayLike,
    region: ArrayLike | Regions | None = None,
    *,
    xy: ArrayLike,
    micro: float = 500.0,
    macro: float = 4000.0,
    kernel: Kernel = "biweight",
    across: bool = False,
    **options: Any,
) -> Floats:
    """The part of segregation between small surroundings that is there between large ones too.

    The index over surroundings of bandwidth `macro` by the index over those of bandwidth `micro`,
    in the shape that the index has. Near 0 where unlike blocks lie next to each other, near 1
    where whole districts differ; nan where there is no segregation at the small scale. The
    defaults, 500 m and 4 km, are the source's, which used the information theory index H.
    Source: Lee et al. (2008), American Sociological Review 73, 766-791; Reardon et al. (2008),
    Demography 45, 489-514.
    """
    if not micro < macro:
        raise InputError(f"micro is {micro} and macro {macro}: macro must be the larger distance")
    small, large = segregation_profile(
        index,
        counts,
        region,
        xy=xy,
        bandwidths=[micro, macro],
        kernel=kernel,
        across=across,
        **options,
    )
    return divide(large, small)
