"""Individualised neighbourhoods: the k people who live nearest, wherever borders run.

A neighbourhood of fixed borders is large for some and small for others, and none of it for those
at its edge. Here everyone's own neighbourhood is the k people nearest to them, for any k from the
stairwell to the city (Östh, Malmberg and Andersson 2014, in Lloyd, Shuttleworth and Wong (eds),
Social-Spatial Segregation; Östh's program for it is EquiPop).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._numbers import Floats, Indices, divide
from samsyn.measure._place import coordinates
from samsyn.measure._regions import Regions
from samsyn.measure._table import check_counts
from samsyn.measure.errors import InputError
from samsyn.measure.sweeps.lattice import on_lattice
from samsyn.measure.sweeps.strips import lay_out
from samsyn.measure.sweeps.threads import processors

Ring: TypeAlias = Literal["share", "whole"]

# Rounding may take this share from a sum of fractional counts, and it still counts as k.
_SLACK = 1e-9

# Places that are answered one after the other; fixed, so that threads change no answer.
_SPAN = 4096


@dataclass(frozen=True)
class Neighbourhoods:
    """The nearest people of every unit: K sizes, U units, G groups.

    `counts` (K, U, G) are the people of each group, `total` (K, U) all of them, and where
    distance decays both are weighted. `people` (K, U) were reached and `distance` (K, U) is how
    far away the farthest of them lives, both unweighted. A unit without population is nan
    throughout. Where a region has fewer than k people, all of them are the answer, and `reached`
    is False.
    """

    k: Floats
    counts: Floats
    total: Floats
    people: Floats
    distance: Floats

    @cached_property
    def shares(self) -> Floats:
        """Each group's share of the neighbourhood, (K, U, G)."""
        return divide(self.counts, self.total[..., None])

    @cached_property
    def reached(self) -> NDArray[np.bool_]:
        """Whether there were k people to reach, (K, U); False for a unit without population."""
        return self.people >= self.k[:, None] * (1 - _SLACK)

    @cached_property
    def environment(self) -> Floats:
        """The counts (K, U, G) with 0 for units without population.

        `environment[i]` is what an index takes as `environment` to answer for the size k[i].
        """
        return np.nan_to_num(self.counts, nan=0.0)


def nearest_neighbours(
    counts: ArrayLike,
    xy: ArrayLike,
    *,
    k: ArrayLike,
    ring: Ring = "share",
    decay: float | None = None,
    total: ArrayLike | None = None,
    region: ArrayLike | Regions | None = None,
) -> Neighbourhoods:
    """The composition of the k nearest people of every populated unit, for each k.

    A unit's own people come first, at distance 0, then those of the other units by the straight
    distance between `xy` (U, 2). Units at the same distance form a ring, which is never split
    between some of its units: in the ring that brings the sum to k, with n people of whom r are
    wanted, `ring="share"` takes r / n of every group, so that people == k, and `ring="whole"`
    takes them all, so that people >= k. With z_j the nearer rings and z the last,

        counts_g = sum_j z_jg + (r / n or 1) z_g.

    `k` (K,) are sizes above 0 in any order. `total` (U,) are all people of a unit where the
    groups are only some of them; without it, the groups' sum. With a `region` (U,), neighbours
    are sought within it alone. `decay` is a half-life in the unit of `xy`: the people at distance
    d then weigh 2^(-d / decay) in `counts` and in the result's `total`, while who belongs, and
    `people` and `distance`, stay unweighted.

    Distances on a lattice (grid cells) are compared as whole numbers, exactly. Elsewhere two
    distances are equal if their squares are, as double precision computes dx dx + dy dy. A sum
    of fractional counts reaches k when it is within 1e-9 of it.

    Memory grows with the result, K U (G + 3) numbers. Raises InputError for a k, a half-life, a
    ring, coordinates or totals that cannot be used. Source: Östh, Malmberg and Andersson (2014);
    the half-life is that of Östh, Lyhagen and Reggiani (2016), EJTIR 16, 344-363.
    """
    values = check_counts(counts)
    if values.ndim != 2:
        raise InputError(f"counts have shape {values.shape}: give (units, groups)")
    units, groups = values.shape
    everyone = _check_total(total, values)
    points = coordinates(xy, Regions.of(None, units))
    sizes = _check_sizes(k)
    if ring not in ("share", "whole"):
        raise InputError(f"ring is {ring!r}: give 'share' or 'whole'")
    if decay is not None and not 0 < decay < math.inf:
        raise InputError(f"decay is {decay}: give a half-life above 0, in the unit of xy")
    index = np.zeros(units, dtype=np.intp)
    if region is not None:
        regions = Regions.of(region, units)
        index = regions.restored(regions.index)

    shape = (sizes.size, units)
    answer = Neighbourhoods(
        sizes,
        np.full((*shape, groups), np.nan),
        np.full(shape, np.nan),
        np.full(shape, np.nan),
        np.full(shape, np.nan),
    )
    populated = np.flatnonzero(everyone > 0)
    if populated.size and sizes.size:
        people = np.column_stack([values, everyone])[populated]
        _fill(answer, points[populated], people, index[populated], populated, ring, decay)
    return answer


def _check_total(total: ArrayLike | None, counts: Floats) -> Floats:
    if total is None:
        return np.asarray(counts.sum(axis=1))
    given = np.asarray(total, dtype=np.float64)
    if given.shape != counts.shape[:1]:
        raise InputError(
            f"total has shape {given.shape} and counts have {counts.shape[0]} units: "
            "give the people of each unit"
        )
    wrong = np.flatnonzero(~((given >= 0) & (given < np.inf)))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(f"total[{row}] is {given[row]}: totals must be finite and not negative")
    wrong = np.flatnonzero((given == 0) & (counts > 0).any(axis=1))
    if wrong.size:
        row = int(wrong[0])
        raise InputError(f"total[{row}] is 0, but row {row} of counts has people")
    return given


def _check_sizes(k: ArrayLike) -> Floats:
    sizes = np.atleast_1d(np.asarray(k, dtype=np.float64))
    wrong = sizes[~((sizes > 0) & (sizes < np.inf))]
    if sizes.ndim != 1 or wrong.size:
        what = f"contains {wrong.flat[0]}" if wrong.size else f"has shape {sizes.shape}"
        raise InputError(f"k {what}: give numbers of people above 0")
    return sizes


def _fill(
    answer: Neighbourhoods,
    xy: Floats,
    people: Floats,
    region: Indices,
    unit: Indices,
    ring: Ring,
    decay: float | None,
) -> None:
    """Write the answer for the units (N,), all populated, at xy (N, 2) with people (N, G + 1)."""
    from concurrent.futures import ThreadPoolExecutor

    from samsyn.measure.sweeps.sweep import along_hilbert_curve, fade, sweep

    lattice = on_lattice(xy)
    points, spacing = (xy, 1.0) if lattice is None else lattice
    strips, first, place = lay_out(points, people, region)
    order = along_hilbert_curve(strips)
    spans = [order[at : at + _SPAN] for at in range(0, order.size, _SPAN)]
    ascending = np.argsort(answer.k, kind="stable")
    squared = answer.distance  # until the end
    share = np.empty_like(squared)
    # Whole numbers add without rounding.
    slack = 0.0 if np.array_equal(people[:, -1], np.floor(people[:, -1])) else _SLACK

    def nearest(span: Indices) -> None:
        sweep(
            strips,
            span,
            answer.k[ascending],
            slack,
            ring == "whole",
            ascending,
            unit[first],
            answer.counts,
            answer.people,
            squared,
            share,
        )
        if decay is not None:
            rate = math.log(2) * spacing / decay
            fade(
                strips,
                span,
                rate,
                ascending,
                unit[first],
                squared,
                share,
                answer.counts,
                answer.total,
            )

    with ThreadPoolExecutor(processors()) as pool:
        for _ in pool.map(nearest, spans):
            pass
    np.sqrt(squared, out=answer.distance)
    np.multiply(answer.distance, spacing, out=answer.distance)
    if decay is None:
        np.copyto(answer.total, answer.people)
    # Units at the same place share their answer.
    again = np.flatnonzero(first[place] != np.arange(unit.size))
    source = unit[first[place[again]]]
    for array in (answer.counts, answer.total, answer.people, answer.distance):
        array[:, unit[again]] = array[:, source]
