"""Every index of a grouping, in every region and period, with what chance can do to it.

What is computed of what, and what is drawn for it, is told in docs/methods/derived.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from zlib import crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.derive import places
from samsyn.statistics.derive.places import Placed
from samsyn.statistics.derive.stacks import Stack, stacks
from samsyn.statistics.indicators.groupings import Grouping
from samsyn.statistics.release.schema import INDICES

if TYPE_CHECKING:
    from samsyn.measure import Estimate
    from samsyn.measure._index import Index

# What share of the work is done, and what is being done.
Report: TypeAlias = Callable[[float, str], None]

REPLICATES: Final = 40
# A mean, such as that under no segregation, needs fewer draws than the ends of an interval.
MEAN_PART: Final = 3
# The distance in metres at which nearness falls to 1/e.
SCALE: Final = 1000.0
# These two grow with the square of the units and are left out for larger regions.
GROWING: Final = ("spatial_proximity_profile", "global_distortion")
LARGEST: Final = 2000

# Nothing is drawn for indices that say who lives in a region and not how it is spread, and for
# those that are corrected already or take too long.
NOT_DRAWN_FAMILIES: Final = ("diversity", "corrected evenness")
NOT_DRAWN: Final = ("concentration_at_extremes", "concentration_profile")
# Without surroundings the divergence index is mutual information.
SAME: Final = {"divergence": "mutual_information"}
# Already in the column `corrected` of another index.
CORRECTED: Final = {"modified_dissimilarity": "dissimilarity", "modified_gini": "gini"}
# Of borders' lengths alone: the third index of the family needs outlines, which are not kept.
BORDERED: Final = ("boundary_dissimilarity", "length_dissimilarity")

Columns: TypeAlias = dict[str, "NDArray[np.float64] | None"]


def derive_indices(
    grouping: Grouping,
    counts: pl.DataFrame,
    areas: pl.DataFrame,
    neighbours: pl.DataFrame | None = None,
    *,
    seed: int = 1,
    replicates: int = REPLICATES,
    progress: Report | None = None,
) -> pl.DataFrame:
    """The indices of a grouping as a frame of the schema INDICES, sorted by its first columns.

    `counts`, `areas` and `neighbours` have the schemas of a release. The same counts and seed give
    the same numbers, whatever the order of the rows. A grouping of one group has no indices.
    Regions of which too little is known have rows without values; see `stacks`.
    """
    found = []
    if len(grouping.groups) > 1:
        every = list(stacks(grouping, counts, areas))
        # What is drawn takes most of the time, and grows with the rows.
        whole = sum(stack.rows.height for stack in every) or 1
        done = 0
        for stack in every:
            if progress is not None:
                progress(done / whole, stack.units)
            root = np.random.SeedSequence([seed, crc32(f"{grouping.id} {stack.units}".encode())])
            found += list(_of_stack(grouping, stack, neighbours, root, replicates))
            done += stack.rows.height
        if progress is not None:
            progress(1.0, "")
    if not found:
        return pl.DataFrame(schema=INDICES)
    numbers = ("value", "lower", "upper", "expected", "corrected")
    return (
        pl.concat(found)
        .with_columns(pl.when(pl.col(name).is_finite()).then(name) for name in numbers)
        .select(pl.col(name).cast(kind) for name, kind in INDICES.items())
        .sort(list(INDICES)[:8], nulls_last=False)
    )


def _of_stack(
    grouping: Grouping,
    stack: Stack,
    neighbours: pl.DataFrame | None,
    seed: np.random.SeedSequence,
    replicates: int,
) -> Iterator[pl.DataFrame]:
    """The rows of each index, and rows without values for the regions that cannot be measured."""
    asked: list[tuple[str, str | None, str | None]] = []
    for placed, indices, drawn in _batches(grouping, stack, neighbours):
        for group, against in _contrasts(grouping):
            taken = [i for i in indices if against is None or "against" in i.takes]
            if not taken or not placed.stack.regions.height:
                continue
            pair = {} if against is None else {"group": group, "against": against}
            values = _values(placed, taken, pair, drawn, seed, replicates)
            for name, columns in values.items():
                yield from _rows(grouping, placed.stack, name, group, against, columns)
    for index in _not_spatial(grouping):
        of_groups = index.answers == "group"
        asked += [(index.name, g, None) for g in (grouping.groups if of_groups else [None])]
    names = pl.DataFrame(asked, schema=["index", "group", "against"], orient="row").cast(pl.String)
    yield stack.unmeasured.join(names, how="cross").select(
        pl.lit(grouping.id).alias("grouping"),
        pl.lit(stack.units).alias("units"),
        *["level", "region", "period", "index", "group", "against"],
        *[pl.lit(None, dtype=pl.Float64).alias(name) for name in NUMBERS],
    )


NUMBERS: Final = ("value", "lower", "upper", "expected", "corrected")


def _contrasts(grouping: Grouping) -> list[tuple[int | None, int | None]]:
    """Every group in turn against the others, and the two groups that are set against each other.

    Of two groups each is the others of the other already.
    """
    pairs: list[tuple[int | None, int | None]] = [(None, None)]
    if grouping.first_group and grouping.first_against and len(grouping.groups) > 2:
        first = grouping.groups.index(grouping.first_group)
        second = grouping.groups.index(grouping.first_against)
        pairs += [(first, second), (second, first)]
    return pairs


def _not_spatial(grouping: Grouping) -> list[Index]:
    """The indices that need counts alone, and an order where the groups have one."""
    from samsyn.measure.catalogue import sufficient

    return [i for i in sufficient({"ordered"} if grouping.ordered else set()) if not i.local]


def _batches(
    grouping: Grouping, stack: Stack, neighbours: pl.DataFrame | None
) -> Iterator[tuple[Placed, list[Index], bool]]:
    """Indices that are computed on the same regions with the same inputs; whether to draw."""
    from samsyn.measure.catalogue import INDICES as CATALOGUE

    plain = _not_spatial(grouping)
    drawn = [
        i
        for i in plain
        if i.resampled and i.family not in NOT_DRAWN_FAMILIES and i.name not in {*NOT_DRAWN, *SAME}
    ]
    yield Placed(stack, {}), drawn, True
    rest = [i for i in plain if i not in drawn and i.name not in {*SAME, *CORRECTED}]
    yield Placed(stack, {}), rest, False

    def of(family: str, *besides: str) -> list[Index]:
        return [i for i in CATALOGUE.values() if i.family == family and i.name not in besides]

    land = places.with_land(stack)
    yield land, of("concentration", "concentration_profile"), False
    both = places.with_points_and_land(stack)
    yield both, of("centralisation"), False
    if not stack.units.startswith("municipality/"):
        # Between whole municipalities nobody is near at a scale of neighbourhoods.
        near = Placed(both.stack, both.given | {"scale": SCALE})
        yield near, of("clustering", *GROWING), False
    borders = places.with_borders(stack, neighbours)
    yield borders, [CATALOGUE[name] for name in BORDERED], False
    small = places.with_borders(places.no_larger(stack, LARGEST), neighbours)
    yield small, [CATALOGUE["spatial_proximity_profile"]], False
    points = places.with_points(places.no_larger(stack, LARGEST))
    yield points, [CATALOGUE["global_distortion"]], False


def _values(
    placed: Placed,
    indices: Sequence[Index],
    pair: dict[str, Any],
    drawn: bool,
    seed: np.random.SeedSequence,
    replicates: int,
) -> dict[str, Columns]:
    """The numbers of each index, (R,) or (R, G)."""
    if not drawn:
        return {
            index.name: {"value": value}
            for index in indices
            if (value := _value(placed, index, pair, seed, replicates)) is not None
        }
    from samsyn.measure import chance_corrected, estimate

    functions = [index.function for index in indices]
    counts, region, options = placed.stack.counts, placed.stack.region, {**placed.given, **pair}
    # Names of functions, not of the catalogue, are the keys of estimates.
    sure: dict[str, Estimate] = estimate(
        functions, counts, region, replicates=replicates, seed=seed, **options
    )
    chance: dict[str, Estimate] = estimate(
        functions,
        counts,
        region,
        interval=None,
        null="evenness",
        replicates=_for_mean(replicates),
        seed=seed,
        **options,
    )
    found: dict[str, Columns] = {}
    for index in indices:
        name = index.function.__name__
        value, expected = sure[name].value, chance[name].expected
        assert expected is not None
        lower, upper = _interval(sure[name], replicates)
        found[index.name] = {
            "value": value,
            "lower": lower,
            "upper": upper,
            "expected": expected,
            "corrected": chance_corrected(value, expected, index.maximum),
        }
    found |= {name: found[other] for name, other in SAME.items() if other in found}
    for name, other in CORRECTED.items():
        if other in found:
            found[name] = {"value": found[other]["corrected"]}
    return found


def _value(
    placed: Placed,
    index: Index,
    pair: dict[str, Any],
    seed: np.random.SeedSequence,
    replicates: int,
) -> NDArray[np.float64] | None:
    """An index without what is drawn; None where it cannot be said of any region."""
    from samsyn.measure import InputError

    given = {name: v for name, v in {**placed.given, **pair}.items() if name in index.takes}
    if "seed" in index.takes:
        given |= {"seed": seed, "replicates": _for_mean(replicates)}
    try:
        return index.function(placed.stack.counts, placed.stack.region, **given)
    except InputError:
        # Units so far apart that nobody is near anybody.
        if "scale" in given:
            return None
        raise


def _for_mean(replicates: int) -> int:
    """How many are drawn for a mean."""
    return max(2, replicates // MEAN_PART)


def _interval(found: Estimate, replicates: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The bootstrap's normal interval: value - bias -+ t se, of 95 %.

    With few replicates their mean and deviation are surer than their outermost quantiles.
    """
    from scipy.special import stdtrit

    assert found.debiased is not None
    assert found.standard_error is not None
    reach = float(stdtrit(replicates - 1, 0.975)) * found.standard_error
    return found.debiased - reach, found.debiased + reach


def _rows(
    grouping: Grouping,
    stack: Stack,
    name: str,
    group: int | None,
    against: int | None,
    columns: Columns,
) -> Iterator[pl.DataFrame]:
    """An index as rows, for each group that it answers for."""
    value = columns["value"]
    assert value is not None
    each = range(value.shape[1]) if value.ndim == 2 else [None]
    for g in each:
        chosen = group if g is None else g
        numbers = [
            pl.Series(number, column if g is None else column[:, g], dtype=pl.Float64)
            if (column := columns.get(number)) is not None
            else pl.lit(None, dtype=pl.Float64).alias(number)
            for number in NUMBERS
        ]
        yield stack.regions.select(
            pl.lit(grouping.id).alias("grouping"),
            pl.lit(stack.units).alias("units"),
            *["level", "region", "period"],
            pl.lit(name).alias("index"),
            pl.lit(None if chosen is None else grouping.groups[chosen], pl.String).alias("group"),
            pl.lit(None if against is None else grouping.groups[against], pl.String).alias(
                "against"
            ),
            *numbers,
        )
