"""Distortion: how long, from where each unit lies, one must look around to see the region as it is.

From a unit the nearest others are added one by one until the whole region is in, and the
divergence of those who are in from the region is followed on the way. Where it stays high for
long, the view from the unit is distorted, whatever the scale.

Symbols: s is the share of the region's people who are in, P_g the region's share of group g and
D_u(s) = sum_g p_g ln(p_g / P_g) the divergence of those who are in, as seen from unit u.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from samsyn.measure._numbers import Floats, divide
from samsyn.measure._place import coordinates
from samsyn.measure._regions import Regions
from samsyn.measure._table import check_counts
from samsyn.measure.errors import InputError

Form: TypeAlias = Literal["normalised", "focal", "divergences"]


def local_distortion(
    counts: ArrayLike,
    region: ArrayLike | Regions | None = None,
    *,
    xy: ArrayLike,
    form: Form = "normalised",
) -> Floats:
    """Distortion coefficient (U,), or (B, U) for replicates, in the order of the units.

    For a threshold d, the focal distance f_u(d) is the share of the region's people who must be
    seen from u before the divergence falls to d for good. The coefficient is its integral over
    all thresholds, which is the area under the largest divergence still to come:

        C_u = int f_u(d) dd = sum_k (t_k / T) max over m >= k of D_u(s_m),

    over the units k in order of their distance from u, the unit itself first.

    - `normalised`: C_u / C_max, where C_max belongs to a member of the smallest group when every
      group lives by itself and joins in order of size; 0 (the view is right from the start) to 1;
    - `focal`: C_u itself, in nats;
    - `divergences`: sum_k D_u(s_k), one summand for each populated unit, whoever lives there. It
      grows with the number of units.

    Units at the same distance join together, so that their order does not matter. A unit without
    people is nan, and `normalised` is nan where the region has a single group. Every region is
    measured by itself, in U log U time for each of its units and with one sequence at a time in
    memory. Raises InputError for wrong coordinates or another form.

    Source: Olteanu, Randon-Furling and Clark (2019), PNAS 116, 12250-12254; `divergences`:
    de Bezenac et al. (2022), Geographical Analysis 54, 173-196.
    """
    values = check_counts(counts)
    regions = Regions.of(region, values.shape[-2])
    coefficients, _ = _distortion(values, regions, xy, form)
    return regions.restored(coefficients).reshape(values.shape[:-1])


def global_distortion(
    counts: ArrayLike,
    region: ArrayLike | Regions | None = None,
    *,
    xy: ArrayLike,
    form: Form = "normalised",
) -> Floats:
    """Global distortion (R,), or (B, R): the mean of `local_distortion` over the region's people.

    sum_u t_u C_u / T. Range, forms, errors and source as there; nan where nobody lives.
    """
    values = check_counts(counts)
    regions = Regions.of(region, values.shape[-2])
    coefficients, people = _distortion(values, regions, xy, form)
    mass = regions.sum(np.where(people > 0, people * coefficients, 0.0), axis=-1)
    mean = divide(mass, regions.sum(people, axis=-1))
    return mean.reshape(*values.shape[:-2], regions.size)


def _distortion(
    values: Floats, regions: Regions, xy: ArrayLike, form: Form
) -> tuple[Floats, Floats]:
    """Coefficients and people of the units (B, U), in the order of the regions."""
    if form not in get_args(Form):
        raise InputError(f"form is {form!r}: choose one of {', '.join(get_args(Form))}")
    units, groups = values.shape[-2:]
    places = coordinates(xy, regions)
    replicates = values.shape[0] if values.ndim == 3 else 1
    table = regions.sorted(values, axis=-2).reshape(replicates, units, groups)
    people = table.sum(axis=-1)
    if people.size == 0:
        return people, people
    from samsyn.measure.sweeps.accumulation import accumulate
    from samsyn.measure.sweeps.threads import in_turn

    margins = regions.sum(table)
    totals = margins.sum(axis=-1)
    composition = np.nan_to_num(divide(margins, totals[..., np.newaxis]))
    shares = np.nan_to_num(divide(table, regions.spread(margins)))
    seen = np.nan_to_num(divide(people, regions.spread(totals, axis=-1)))
    coefficients = np.empty(people.shape)
    in_turn(
        accumulate,
        units,
        np.ascontiguousarray(places[:, 0]),
        np.ascontiguousarray(places[:, 1]),
        regions.bounds[regions.index],
        regions.bounds[regions.index + 1],
        regions.index,
        np.ascontiguousarray(np.swapaxes(shares, -1, -2)),
        seen,
        composition,
        (people > 0).astype(np.float64) if form == "divergences" else seen,
        form != "divergences",
        coefficients,
    )
    if form == "normalised":
        coefficients = divide(coefficients, regions.spread(_largest(composition), axis=-1))
    return np.where(people > 0, coefficients, np.nan), people


def _largest(composition: Floats) -> Floats:
    """C_max (..., R): the coefficient of the smallest group when every group lives by itself.

    The groups join one after the other, the smallest first. With c_g the shares of those before
    group g, the area under the divergence is -sum_g c_g Li2(-P_g / c_g), Li2 the dilogarithm.
    """
    from scipy.special import spence

    shares = np.sort(composition, axis=-1)
    before = np.cumsum(shares, axis=-1) - shares
    rest = np.where(before > 0, shares / np.where(before > 0, before, 1.0), 0.0)
    # SciPy's spence(z) is Li2(1 - z).
    largest: Floats = -(before * spence(1.0 + rest)).sum(axis=-1)
    return largest
