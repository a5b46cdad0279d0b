"""The friendly door: who lives where, with names, from any frame and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samsyn.measure._evaluation import Inference, Question, Report, evaluate
from samsyn.measure._frames import Source, frame_of, numbered
from samsyn.measure._numbers import Floats, Indices
from samsyn.measure.contiguity import Contiguity, contiguity
from samsyn.measure.errors import InputError
from samsyn.measure.inference import Null, Resample
from samsyn.measure.intervals import Interval
from samsyn.measure.smoothing import Kernel, surroundings

REST = "other"  # the group of those whom `total` counts and no group does


@dataclass(frozen=True, eq=False)
class Composition:
    """People by unit and group, with the names of units, groups and regions.

    `counts` (U, G) and `region` (U,) are what the functions of this package take. `xy` (U, 2),
    `area` (U,) and `contiguity` are None where nothing gives them; the last two are derived from
    the `geometry` when first asked for. Made by `from_frame`; results are frames of the kind that
    came in.
    """

    counts: Floats
    groups: tuple[str, ...]
    units: tuple[Any, ...]
    region: Indices
    regions: tuple[Any, ...]
    xy: Floats | None = None
    given_area: Floats | None = None
    geometry: NDArray[Any] | None = None
    backend: Any = "polars"

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        unit: str | None = None,
        groups: Sequence[str] | None = None,
        region: str | None = None,
        group: str | None = None,
        count: str | None = None,
        total: str | None = None,
        x: str | None = None,
        y: str | None = None,
        area: str | None = None,
        geometry: ArrayLike | None = None,
        rows: Sequence[int] | None = None,
    ) -> Composition:
        """Read a frame of pandas, Polars or Arrow, or a GeoDataFrame, by the names of its columns.

        Args:
            frame: one row for each unit, or, with `group` and `count`, for each unit and group.
            unit: names the units; without it they are numbered from 0.
            groups: the columns of counts; in long form which groups, and in what order.
            region: what the index is computed for; without it all units are the region "all".
            group: in long form, the column that names the group.
            count: in long form, the column of counts. A unit without a row for a group has 0.
            total: everyone in the unit: the total less the groups becomes the group "other".
            x: with `y`, coordinates in a length such as metres.
            y: see `x`.
            area: the unit's area.
            geometry: (U,) shapely geometries in row order; a GeoDataFrame brings its own. They
                give centroids, areas and contiguity where nothing else does.
            rows: what rows are called in messages, where the frame comes from a file.

        Raises:
            InputError: for a missing column (it lists those there are), a unit that stands
                twice, and a count that is missing, negative or no number; rows are named.
        """
        source = Source.of(frame, rows)
        shapes = _geometry(frame) if geometry is None else np.asarray(geometry, dtype=object)
        if (group is None) != (count is None):
            raise InputError("a frame in long form needs both group and count")
        if group is not None and count is not None:
            if unit is None:
                raise InputError("a frame in long form needs the unit")
            first, names, counts = _pivot(source, unit, group, count, groups)
        else:
            if not groups:
                raise InputError("name the columns of the groups: groups=[...]")
            names = _distinct(groups)
            first = np.arange(len(source.frame))
            counts = np.column_stack([source.numbers(name) for name in names])
        units = tuple(first.tolist()) if unit is None else source.names(unit)
        if unit is not None and group is None:
            source.unique(unit, units)
        label, regions = (
            (np.zeros(len(units), dtype=np.intp), ("all",))
            if region is None
            else numbered(source.names(region))
        )
        if (x is None) != (y is None):
            raise InputError("coordinates need both x and y")
        columns = [
            None if name is None else source.numbers(name, negative=name in {x, y})
            for name in (x, y, area, total)
        ]
        if group is not None and unit is not None:
            for name in (region, x, y, area, total):
                _agree(source, unit, name)
        xs, ys, areas, people = (None if c is None else c[first] for c in columns)
        if people is not None:
            counts, names = _with_rest(source, str(total), first, counts, names, people)
        return cls(
            counts,
            tuple(names),
            tuple(units[i] for i in first),
            label[first],
            regions,
            None if xs is None or ys is None else np.column_stack([xs, ys]),
            areas,
            None if shapes is None else shapes[first],
            source.frame.implementation,
        )._placed()

    def _placed(self) -> Composition:
        """With the centroids of the geometry where there are no coordinates."""
        if self.xy is not None or self.geometry is None:
            return self
        import shapely

        missing = np.flatnonzero(
            shapely.is_missing(self.geometry) | shapely.is_empty(self.geometry)
        )
        if missing.size:
            raise InputError(f'the unit "{self.units[missing[0]]}" has no geometry')
        middle = shapely.centroid(self.geometry)
        return replace(self, xy=np.column_stack([shapely.get_x(middle), shapely.get_y(middle)]))

    def __repr__(self) -> str:
        groups = ", ".join(self.groups)
        people, units, regions = self.counts.sum(), len(self.units), len(self.regions)
        return (
            f"<Composition of {people:,.0f} people in {units:,} units and {regions:,} regions: "
            f"{groups}>"
        )

    @cached_property
    def area(self) -> Floats | None:
        """Areas of the units (U,), given or of the geometry."""
        if self.given_area is not None or self.geometry is None or not self.has_borders:
            return self.given_area
        import shapely

        areas: Floats = shapely.area(self.geometry)
        return areas

    @cached_property
    def has_borders(self) -> bool:
        """Whether the units are polygons."""
        if self.geometry is None:
            return False
        import shapely

        return bool(np.all(shapely.get_dimensions(self.geometry) == 2))

    @cached_property
    def contiguity(self) -> Contiguity | None:
        """Which units are neighbours, from the geometry."""
        return contiguity(self.geometry) if self.has_borders and self.geometry is not None else None

    def group(self, name: str) -> int:
        """The position of a group. Raises InputError that lists the groups."""
        if name not in self.groups:
            raise InputError(
                f'there is no group "{name}". The groups are: {", ".join(map(str, self.groups))}'
            )
        return self.groups.index(name)

    def index(self, name: str, **question: Any) -> Any:
        """One index as a frame; everything else as in `indices`."""
        if not isinstance(name, str):
            raise InputError("index takes one name: for several call indices")
        return self.indices([name], **question)

    def indices(
        self,
        names: str | Sequence[str] = "all",
        *,
        group: str | None = None,
        against: str | None = None,
        bandwidth: float | Sequence[float] | None = None,
        kernel: Kernel = "biweight",
        ordered: bool = False,
        interval: Interval | Literal["bootstrap"] | None = None,
        null: Null | None = None,
        level: float = 0.95,
        replicates: int = 500,
        resample: Resample = "people",
        seed: Any = None,
        progress: Report | None = None,
        **options: Any,
    ) -> Any:
        """Indices by region as a tidy frame: region, index, group, against, value.

        Indices of units (the family "local") add the column unit, several bandwidths the column
        bandwidth, `interval` the columns lower and upper, and `null` the columns expected,
        corrected and p. What cannot be said (an absent group, an empty region) is nan.

        Args:
            names: from `samsyn.measure.catalogue.INDICES`, or "all": every index that the columns
                given to `from_frame` suffice for.
            group: measure this group only; None measures each in turn.
            against: compare with this group; None compares with everyone else.
            bandwidth: measure everyone's surroundings out to this distance instead of the units;
                several give a segregation profile.
            kernel: how weight falls with distance, see `surroundings`.
            ordered: for "all": the groups are classes in ascending order.
            interval: "basic" (or "bootstrap", the same), "percentile" or "bca".
            null: what chance is, see `randomise`: "evenness", "systematic", "margins" or
                "permutation".
            level: of the interval.
            replicates: how many are drawn, for the interval and for chance.
            resample: what is drawn for the interval, see `bootstrap`.
            seed: makes what is drawn repeatable.
            progress: called with the share that is done and what is being done.
            options: parameters of the indices, such as `shape`, `centre`, `limits` or `scale`.

        Raises:
            InputError: for an unknown index or group, or where an index lacks what it needs.
        """
        return frame_of(
            evaluate(
                self,
                Question(
                    names,
                    group,
                    against,
                    _widths(bandwidth),
                    kernel,
                    ordered,
                    Inference(interval, null, level, replicates, resample, seed),
                    options,
                    progress,
                ),
            ),
            self.backend,
            texts=("index", "group", "against"),
        )

    def surroundings(self, bandwidth: float, kernel: Kernel = "biweight") -> Floats:
        """The people in each unit's surroundings by group, (U, G); see `measure.surroundings`."""
        return self.around(self.counts, bandwidth, kernel)

    def around(self, counts: Floats, bandwidth: float, kernel: Any = "biweight") -> Floats:
        """The surroundings of other counts (..., U, G) in the same places."""
        if self.xy is None:
            raise InputError("a bandwidth needs places: give x and y, or the geometry")
        return surroundings(counts, self.xy, bandwidth=bandwidth, kernel=kernel, region=self.region)

    def plot(self, kind: Literal["curve", "profile", "intervals"], **question: Any) -> Any:
        """An Altair chart; needs the extra `plot`.

        "curve" draws the segregation curve of a `group` (`against` another) for each region,
        "profile" an `index` over several `bandwidth`s, and "intervals" an `index` by region with
        its interval. Other arguments are those of `indices`.
        """
        from samsyn.measure import plotting

        return plotting.chart(self, kind, **question)


def _widths(bandwidth: float | Sequence[float] | None) -> tuple[float | None, ...]:
    if bandwidth is None or np.ndim(bandwidth) == 0:
        return (bandwidth,)  # type: ignore[return-value]
    widths = tuple(float(width) for width in np.asarray(bandwidth).ravel())
    if not widths:
        raise InputError("bandwidth is an empty list: give one or more distances")
    return widths


def _distinct(groups: Sequence[str]) -> list[str]:
    if isinstance(groups, str):
        raise InputError(f'groups is the text "{groups}": give a list of columns')
    for name in groups:
        if list(groups).count(name) > 1:
            raise InputError(f'the group "{name}" is named twice')
    return list(groups)


def _geometry(frame: Any) -> NDArray[Any] | None:
    """The geometries of a GeoDataFrame, which must lie on a plane."""
    if not (hasattr(frame, "geometry") and hasattr(frame, "crs")):
        return None
    if frame.crs is not None and frame.crs.is_geographic:
        raise InputError(
            "the geometry is in degrees: bring it to a projected system in metres "
            "with frame.to_crs(...)"
        )
    return np.asarray(frame.geometry, dtype=object)


def _pivot(
    source: Source, unit: str, group: str, count: str, groups: Sequence[str] | None
) -> tuple[Indices, list[str], Floats]:
    """First row of each unit, the groups, and the counts (U, G) of a frame in long form."""
    row_units, row_groups = source.names(unit), source.names(group)
    numbers = source.numbers(count)
    u, units = numbered(row_units)
    g, found = numbered(row_groups)
    names = list(found) if groups is None else _distinct(groups)
    for name in names:
        if name not in found:
            raise InputError(
                f'column "{group}" has no group "{name}". '
                f"The groups are: {', '.join(map(str, found))}"
            )
    cell = u * len(found) + g
    _, first, inverse = np.unique(cell, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[inverse] != np.arange(cell.size))
    if again.size:
        at, before = int(again[0]), int(first[inverse[again[0]]])
        raise InputError(
            f'the unit "{row_units[at]}" has the group "{row_groups[at]}" twice: '
            f"in {source.row(before)} and in {source.row(at)}"
        )
    counts = np.zeros((len(units), len(found)))
    counts[u, g] = numbers
    return np.unique(u, return_index=True)[1], names, counts[:, [found.index(n) for n in names]]


def _agree(source: Source, unit: str, column: str | None) -> None:
    """In long form, the rows of a unit must say the same of it."""
    if column is None:
        return
    said: dict[Any, tuple[int, Any]] = {}
    pairs = zip(source.names(unit), source.column(column).to_list(), strict=True)
    for at, (name, value) in enumerate(pairs):
        before, first = said.setdefault(name, (at, value))
        if value != first:
            raise InputError(
                f'the unit "{name}" has two values of "{column}": {first} in '
                f"{source.row(before)} and {value} in {source.row(at)}"
            )


def _with_rest(
    source: Source, total: str, first: Indices, counts: Floats, names: list[str], people: Floats
) -> tuple[Floats, list[str]]:
    """The counts with the group of everyone else."""
    if REST in names:
        raise InputError(f'the total less the groups becomes the group "{REST}": rename yours')
    rest = people - counts.sum(axis=1)
    wrong = np.flatnonzero(rest < -1e-9 * np.maximum(people, 1.0))
    if wrong.size:
        at = int(wrong[0])
        raise InputError(
            f'{source.row(int(first[at]))}: the groups sum to {counts[at].sum():g} and "{total}" '
            f"is {people[at]:g}: the total counts everyone"
        )
    return np.column_stack([counts, np.maximum(rest, 0.0)]), [*names, REST]
