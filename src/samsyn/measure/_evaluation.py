"""Indices of a composition, with intervals and chance where asked, as the columns of a tidy table.

Indices that need the same inputs are computed together, so that they share their replicates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from samsyn.measure._index import Index
from samsyn.measure._numbers import Floats
from samsyn.measure.catalogue import INDICES, find, sufficient
from samsyn.measure.errors import InputError
from samsyn.measure.inference import Estimate, Null, Resample, estimate
from samsyn.measure.intervals import Interval
from samsyn.measure.significance import chance_corrected

if TYPE_CHECKING:
    from samsyn.measure.composition import Composition

# What share of the work is done, and what is being done.
Report: TypeAlias = Callable[[float, str], None]
Columns: TypeAlias = dict[str, list[Any]]

EXTRA = {"interval": ("lower", "upper"), "null": ("expected", "corrected", "p")}


@dataclass(frozen=True)
class Inference:
    """How sure a value is: what is drawn, and how often."""

    interval: Interval | Literal["bootstrap"] | None = None
    null: Null | None = None
    level: float = 0.95
    replicates: int = 500
    resample: Resample = "people"
    seed: Any = None

    @property
    def wanted(self) -> bool:
        """Whether anything is drawn."""
        return self.interval is not None or self.null is not None

    @property
    def columns(self) -> list[str]:
        """The columns that it adds."""
        asked = (("interval", self.interval), ("null", self.null))
        return [column for name, value in asked if value is not None for column in EXTRA[name]]


@dataclass(frozen=True)
class Question:
    """Which indices, of whom, over which surroundings; each index gets the `options` it takes."""

    names: str | Sequence[str]
    group: str | None = None
    against: str | None = None
    bandwidths: tuple[float | None, ...] = (None,)
    kernel: str = "biweight"
    ordered: bool = False
    inference: Inference = field(default_factory=Inference)
    options: dict[str, Any] = field(default_factory=dict)
    report: Report | None = None


@dataclass(frozen=True)
class Batch:
    """Indices that are computed at once, over one surroundings."""

    indices: tuple[Index, ...]
    needs: frozenset[str]
    bandwidth: float | None


def evaluate(composition: Composition, question: Question) -> Columns:
    """The tidy table: region by region, index by index, group by group."""
    inputs = _inputs(composition, question)
    indices = _chosen(question, inputs)
    options = _options(composition, question, indices)
    if question.inference.seed is None:
        # One seed for all batches, so that they are drawn alike.
        fresh = replace(question.inference, seed=np.random.SeedSequence())
        question = replace(question, inference=fresh)
    batches = _batches(question, indices, inputs)
    tables = []
    for number, batch in enumerate(batches):
        report = _part(question.report, number, len(batches), batch)
        found = _compute(composition, question, batch, inputs, options, report)
        tables += [
            _rows(composition, question, index, batch.bandwidth, found[index.name])
            for index in batch.indices
        ]
    order = {index.name: position for position, index in enumerate(indices)}
    return _joined(tables, composition, question, order)


def _inputs(composition: Composition, question: Question) -> dict[str, Any]:
    """What there is for the indices that need more than counts."""
    needed = {name for index in _named(question) for need in index.needs for name in need}
    inputs: dict[str, Any] = {}
    if composition.xy is not None:
        inputs["xy"] = composition.xy
    if needed & {"area", "xy"} and composition.area is not None:
        inputs["area"] = composition.area
    if "contiguity" in needed and composition.has_borders:
        inputs["contiguity"] = composition.contiguity
    if "scale" in question.options:
        inputs["scale"] = question.options["scale"]
    if question.ordered or question.names != "all":
        # Who asks for an index of ordered groups by name has put them in order.
        inputs["ordered"] = True
    return inputs


def _named(question: Question) -> list[Index]:
    """The indices that are named, each once."""
    if question.names == "all":
        return list(INDICES.values())
    names = [question.names] if isinstance(question.names, str) else question.names
    if not names:
        raise InputError("no index is named: name one or more, or all")
    return list(dict.fromkeys(index for name in names for index in find(name)))


def _chosen(question: Question, inputs: dict[str, Any]) -> list[Index]:
    """The indices that were asked for, each with all that it needs."""
    smoothed = any(width is not None for width in question.bandwidths)
    if question.names == "all":
        indices = sufficient(inputs)
        if question.inference.interval is not None and question.inference.resample == "units":
            # Units that are drawn with replacement have no place.
            indices = [
                index
                for index in indices
                if index.local or not (index.fed_by(inputs) or frozenset()) - {"ordered"}
            ]
        return [index for index in indices if "environment" in index.takes or not smoothed]
    indices = _named(question)
    for index in indices:
        if index.fed_by(inputs) is None:
            ways = [
                " and ".join(SAID[n] for n in SAID if n in need - set(inputs))
                for need in index.needs
            ]
            raise InputError(f"{index.name} needs more: give {', or '.join(ways)}")
        if smoothed and "environment" not in index.takes:
            raise InputError(
                f"{index.name} has no form over surroundings: ask for it without a bandwidth"
            )
        if question.inference.wanted and not index.resampled:
            raise InputError(
                f"{index.name} cannot be drawn anew: ask for it without interval and null"
            )
    return indices


# What gives an index its inputs, as the users of frames and of the command know it.
SAID = {
    "xy": "x and y (or the geometry)",
    "area": "the area (or the geometry)",
    "contiguity": "the geometry (polygons)",
    "scale": "the scale (the distance at which nearness falls to 1/e)",
    "ordered": "ordered groups",
}


def _options(
    composition: Composition, question: Question, indices: Sequence[Index]
) -> dict[str, Any]:
    """Keywords for the functions; one that none of the indices takes is an error."""
    taken = frozenset().union(*(index.takes for index in indices))
    for name in question.options:
        if name not in taken:
            raise InputError(
                f"{name} is not an option of {', '.join(index.name for index in indices)}"
            )
    options = {name: value for name, value in question.options.items() if name != "scale"}
    for end in {"low", "high"} & set(options):
        ends = [options[end]] if isinstance(options[end], str) else options[end]
        if not isinstance(ends, int):
            options[end] = [composition.group(e) if isinstance(e, str) else e for e in ends]
    if question.group is not None:
        options["group"] = composition.group(question.group)
    if question.against is not None:
        options["against"] = composition.group(question.against)
        if question.group == question.against:
            raise InputError(f'the group "{question.group}" cannot be compared with itself')
    return options


def _batches(question: Question, indices: Sequence[Index], inputs: dict[str, Any]) -> list[Batch]:
    batches: dict[tuple[Any, ...], list[Index]] = {}
    for width in question.bandwidths:
        for index in indices:
            # Every clustering index gets the same places, whichever of them it needs.
            needs = index.fed_by(inputs) or frozenset()
            alone = index.name if not index.resampled or index.local else ""
            batches.setdefault((width, needs, index.falls, alone), []).append(index)
    return [Batch(tuple(members), needs, width) for (width, needs, *_), members in batches.items()]


def _part(report: Report | None, number: int, parts: int, batch: Batch) -> Report | None:
    """Progress of one of several parts, told as progress of the whole."""
    if report is None:
        return None
    label = batch.indices[0].name if len(batch.indices) == 1 else f"{len(batch.indices)} indices"
    if batch.bandwidth is not None:
        label += f", bandwidth {batch.bandwidth:g}"
    report(number / parts, label)
    return lambda done, _: report((number + done) / parts, label)


def _compute(
    composition: Composition,
    question: Question,
    batch: Batch,
    inputs: dict[str, Any],
    options: dict[str, Any],
    report: Report | None,
) -> dict[str, Estimate]:
    """Values of a batch, with what is drawn for them."""
    asked = question.inference
    taken = frozenset().union(*(index.takes for index in batch.indices))
    places = {name: inputs[name] for name in batch.needs - {"ordered"}}
    if "area" in taken and "area" in inputs and "contiguity" not in places:
        places["area"] = inputs["area"]
    given = places | {name: value for name, value in options.items() if name in taken}
    progress = None if report is None else lambda done, total: report(done / total, "")
    if not batch.indices[0].resampled:
        (index,) = batch.indices
        if "seed" in index.takes:
            drawing = {"seed": asked.seed, "replicates": asked.replicates, "progress": progress}
            given |= drawing
        return {
            index.name: Estimate(index.function(composition.counts, composition.region, **given))
        }
    if batch.bandwidth is not None:
        width = batch.bandwidth
        given["environment"] = lambda counts: composition.around(counts, width, question.kernel)
    # Chance and intervals of every unit are drawn where a local index was asked for by name.
    drawn = question.names != "all" or not batch.indices[0].local
    found = estimate(
        [index.function for index in batch.indices],
        composition.counts,
        composition.region,
        interval=("basic" if asked.interval == "bootstrap" else asked.interval) if drawn else None,
        null=asked.null if drawn else None,
        level=asked.level,
        replicates=asked.replicates,
        resample=asked.resample,
        seed=asked.seed,
        alternative="less" if batch.indices[0].falls else "greater",
        progress=progress,
        **given,
    )
    return {
        index.name: _corrected(found[index.function.__name__], index) for index in batch.indices
    }


def _corrected(found: Estimate, index: Index) -> Estimate:
    """The estimate corrected for chance on the index's own scale."""
    if found.expected is None:
        return found
    return replace(found, corrected=chance_corrected(found.value, found.expected, index.maximum))


def _rows(
    composition: Composition,
    question: Question,
    index: Index,
    bandwidth: float | None,
    found: Estimate,
) -> dict[str, Any]:
    """The answer of one index as columns of numbers; region, unit and group are positions."""
    values = np.asarray(found.value)
    each_group = values.ndim == 2
    keep = np.ones(values.shape, dtype=bool)
    place = np.indices(values.shape)
    local = index.local
    if not each_group and index.answers.endswith("group"):
        groups = np.full(values.shape, composition.group(str(question.group)))
    else:
        groups = place[1] if each_group else np.full(values.shape, -1)
    if each_group and question.group is not None:
        keep &= groups == composition.group(question.group)
    against = question.against if "against" in index.takes else None
    if against is not None:
        keep &= groups != composition.group(against)
    # Group by group, and within it place by place.
    order = np.flatnonzero(keep.T.ravel())

    def column(array: Any) -> Any:
        return np.asarray(array).T.ravel()[order]

    place_of = column(place[0])
    extra = {
        name: column(getattr(found, name)) if getattr(found, name) is not None else None
        for name in question.inference.columns
    }
    return {
        "region": composition.region[place_of] if local else place_of,
        "unit": place_of if local else None,
        "index": index.name,
        "group": column(groups),
        "against": against,
        "bandwidth": bandwidth,
        "value": column(values),
        **extra,
    }


def _joined(
    tables: Sequence[dict[str, Any]],
    composition: Composition,
    question: Question,
    order: dict[str, int],
) -> Columns:
    """The tables of all indices as one, region by region, with names in place of positions."""
    sizes = [len(table["value"]) for table in tables]

    def numbers(name: str) -> Floats:
        missing = [
            np.full(size, np.nan) if table[name] is None else table[name]
            for table, size in zip(tables, sizes, strict=True)
        ]
        return np.concatenate(missing).astype(np.float64)

    region = np.concatenate([table["region"] for table in tables])
    rank = np.repeat([order[table["index"]] for table in tables], sizes)
    sequence = np.lexsort((rank, region))
    index = [table["index"] for table, size in zip(tables, sizes, strict=True) for _ in range(size)]
    against = [
        table["against"] for table, size in zip(tables, sizes, strict=True) for _ in range(size)
    ]
    columns: Columns = {"region": [composition.regions[r] for r in region[sequence]]}
    if any(table["unit"] is not None for table in tables):
        unit = numbers("unit")[sequence]
        columns["unit"] = [None if np.isnan(u) else composition.units[int(u)] for u in unit]
    columns["index"] = [index[i] for i in sequence]
    group = np.concatenate([table["group"] for table in tables])[sequence]
    columns["group"] = [None if g < 0 else composition.groups[g] for g in group]
    columns["against"] = [against[i] for i in sequence]
    if question.bandwidths != (None,):
        width = np.repeat([table["bandwidth"] for table in tables], sizes)[sequence]
        columns["bandwidth"] = [float(w) for w in width]
    for name in ["value", *question.inference.columns]:
        columns[name] = numbers(name)[sequence].tolist()
    return columns
