"""Surroundings: who lives around each unit, weighted by distance.

Borders between units are accidents of administration. Reardon and O'Sullivan (2004, Sociological
Methodology 34, 121-162) therefore put the composition of everyone's surroundings in the place of
the unit's own, and every index that takes `environment` can do so. `surroundings` makes that
array; `smoothed` makes it and calls the index.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, Indices
from samsyn.measure._place import coordinates
from samsyn.measure._regions import Regions
from samsyn.measure._table import check_counts
from samsyn.measure.errors import InputError

if TYPE_CHECKING:
    from samsyn.measure.sweeps.kernel_sums import Strips

Kernel: TypeAlias = Literal[
    "uniform", "triangular", "epanechnikov", "biweight", "gaussian", "exponential"
]
Index: TypeAlias = str | Callable[..., Any]

# How many bandwidths the kernels without a border of their own reach: there, the weight has
# fallen to 3e-4 (gaussian) and 5e-5 (exponential).
_REACH = {"gaussian": 4.0, "exponential": 10.0}

# Numbers that are sorted and weighed at a time: 128 MiB of counts.
_BLOCK = 2**24


def surroundings(
    counts: ArrayLike,
    xy: ArrayLike,
    *,
    bandwidth: float,
    kernel: Kernel = "biweight",
    region: ArrayLike | Regions | None = None,
    across: bool = False,
    reach: float | None = None,
) -> Floats:
    """People in each unit's surroundings by group, weighted by distance; the unit itself included.

    e_ug = sum_v w(d_uv) t_vg, with d the straight distance between `xy` (U, 2) and h = `bandwidth`
    in the same unit (metres). The weight w is 1 at distance 0, where the unit itself is and others
    at the same place are:

    - `uniform`: 1 for d <= h;
    - `triangular`: 1 - d / h;
    - `epanechnikov`: 1 - (d / h)^2;
    - `biweight`: (1 - (d / h)^2)^2, the choice of Reardon et al. (2008);
    - `gaussian`: exp(-(d / h)^2 / 2), up to d = 4 h;
    - `exponential`: exp(-d / h), up to d = 10 h.

    Beyond h the first four are 0. `reach` is another distance beyond which nobody counts:
    infinity takes the last two to the end of the region.

    With a `region` (U,), surroundings end at its border, so that many regions at once give what
    each gives alone. With `across` they go on beyond it.

    Answers (U, G), or (B, U, G) for replicates, in the order of the units: what the parameter
    `environment` of an index takes. Pairs of units are visited and not stored; memory grows with
    the counts alone, and time with the pairs within reach. Raises InputError for coordinates,
    a bandwidth, a kernel or a reach that cannot be used.
    """
    values = check_counts(counts)
    units = values.shape[-2]
    code = _code(kernel)
    bandwidth = _positive(bandwidth, "bandwidth")
    limit = _REACH.get(kernel, 1.0) * bandwidth
    if reach is None:
        reach = limit
    elif kernel not in _REACH:
        reach = min(reach, limit)
    reach = _positive(reach, "reach", np.inf)
    regions = Regions.of(None if across else region, units)
    places = coordinates(xy, regions)
    if values.size == 0:
        return values.copy()
    from samsyn.measure.sweeps.kernel_sums import lay_out

    # Nobody is further away than this, and a finite number can be laid out in strips.
    reach = min(reach, 2.0 * float(np.ptp(places, axis=0).sum()) + bandwidth)
    strips, within = lay_out(places, regions, reach)
    order = within if regions.order is None else regions.order[within]
    return _sum(values, strips, order, code, bandwidth, reach)


def smoothed(
    index: Index,
    counts: ArrayLike,
    region: ArrayLike | Regions | None = None,
    *,
    xy: ArrayLike,
    bandwidth: float,
    kernel: Kernel = "biweight",
    across: bool = False,
    reach: float | None = None,
    **options: Any,
) -> Any:
    """An index of the surroundings of everyone in place of the units: its spatial version.

    `index` is a function of `samsyn.measure` that takes `environment`, or its name; `options`
    (such as `group`) are handed on to it, and its answer comes back. The other parameters are
    those of `surroundings`. Raises InputError where the index is unknown or takes no environment.
    Source: Reardon and O'Sullivan (2004), Sociological Methodology 34, 121-162.
    """
    measure = index_of(index)
    around = surroundings(
        counts, xy, bandwidth=bandwidth, kernel=kernel, region=region, across=across, reach=reach
    )
    return measure(counts, region, environment=around, **options)


def index_of(index: Index) -> Callable[..., Any]:
    """The function of an index that takes an environment, from the function or its public name."""
    function: Any = index
    if isinstance(index, str):
        from samsyn import measure

        if index not in measure.__all__:
            raise InputError(f"there is no index {index!r} in samsyn.measure")
        function = getattr(measure, index)
    if "environment" not in inspect.signature(function).parameters:
        raise InputError(
            f"{getattr(function, '__name__', function)} takes no environment: choose an index "
            "that can be measured over surroundings"
        )
    return function  # type: ignore[no-any-return]


def _sum(
    values: Floats, strips: Strips, order: Indices, code: int, bandwidth: float, reach: float
) -> Floats:
    """Weighted sums in the units' own order, over blocks of columns of bounded size."""
    from samsyn.measure.sweeps.kernel_sums import kernel_sums
    from samsyn.measure.sweeps.threads import in_turn

    units, groups = values.shape[-2:]
    # Replicates become further columns: each pair of units is weighed once for all in a block.
    columns = np.swapaxes(values, -1, -2).reshape(-1, units)
    sums = np.empty((units, columns.shape[0]))
    block = max(1, _BLOCK // units)
    for begin in range(0, columns.shape[0], block):
        part = np.ascontiguousarray(columns[begin : begin + block, order])
        found = np.empty((units, part.shape[0]))
        in_turn(kernel_sums, units, code, bandwidth, reach, strips, part, found)
        sums[order, begin : begin + block] = found
    if values.ndim == 2:
        return sums
    return np.ascontiguousarray(np.swapaxes(sums.reshape(units, -1, groups), 0, 1))


def _code(kernel: Kernel) -> int:
    """The number of a kernel in `sweeps.kernel_sums`."""
    names = get_args(Kernel)
    if kernel not in names:
        raise InputError(f"kernel is {kernel!r}: choose one of {', '.join(names)}")
    return names.index(kernel)


def _positive(value: float, name: str, limit: float = np.finfo(np.float64).max) -> float:
    if not 0 < value <= limit:
        raise InputError(f"{name} is {value}: give a distance above 0, in the unit of xy")
    return float(value)
