"""Polygons of areas on one plane, as a coverage: shared borders are the same points on both sides.

All lengths are metres in SWEREF 99 TM (EPSG:3006), all coordinates whole millimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.findings import Finding, some
from samsyn.statistics.sources.forms import AreaLayer

Geometries = NDArray[Any]
Positions = NDArray[np.intp]

PLANE: Final = "EPSG:3006"
STEP: Final = 1e-3
POLYGON, MULTIPOLYGON = 3, 6


@dataclass(frozen=True, eq=False)
class Coverage:
    """The polygons (U,) of areas of one kind and vintage, by their codes (U,)."""

    kind: str
    vintage: str
    codes: tuple[str, ...]
    shapes: Geometries

    def keys(self) -> list[str]:
        """The area keys, in the order of the shapes."""
        return [f"{self.kind}/{self.vintage}/{code}" for code in self.codes]


def on_the_plane(wkb: Sequence[bytes | None], crs: str | None, file: str) -> Geometries:
    """Geometries in metres, from any reference system; what is missing stays None.

    Raises InputError where the system is not told or unknown, or the geometry cannot be read.
    """
    import pyproj
    import shapely

    if crs is None:
        raise InputError(
            f"{file} has polygons and does not say in which coordinate system they are: "
            f"write the file again with its system, such as {PLANE}"
        )
    try:
        system = pyproj.CRS.from_user_input(crs)
        shapes: Geometries = shapely.from_wkb(np.asarray(wkb, dtype=object))
    except pyproj.exceptions.CRSError:
        raise InputError(f'{file}: "{crs[:80]}" is no known coordinate system') from None
    except shapely.errors.ShapelyError as error:
        raise InputError(f"{file}: a geometry cannot be read: {error}") from None
    shapes = shapely.force_2d(shapes)
    change = None
    if system != pyproj.CRS.from_user_input(PLANE):
        change = pyproj.Transformer.from_crs(system, PLANE, always_xy=True)
    coordinates = shapely.get_coordinates(shapes)
    if change is not None:
        coordinates = np.column_stack(change.transform(coordinates[:, 0], coordinates[:, 1]))
    if not np.isfinite(coordinates).all():
        raise InputError(f"{file}: there are coordinates outside of the system that it names")
    moved: Geometries = shapely.set_coordinates(shapes.copy(), rounded(coordinates, STEP))
    return moved


def rounded(coordinates: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Coordinates to the nearest whole step, a power of ten."""
    return np.round(coordinates, round(-np.log10(step)))


def polygonal(shapes: Geometries) -> tuple[Geometries, Positions]:
    """The shapes as valid polygons, and which of them had to be mended."""
    import shapely

    wrong = np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes))
    shapes = shapes.copy()
    if wrong.size:
        shapes[wrong] = shapely.make_valid(shapes[wrong], method="structure", keep_collapsed=False)
    mixed = np.flatnonzero(~np.isin(shapely.get_type_id(shapes), (POLYGON, MULTIPOLYGON)))
    for at in mixed:
        parts = shapely.get_parts(shapes[at]) if shapes[at] is not None else np.empty(0, object)
        parts = parts[shapely.get_type_id(parts) == POLYGON]
        shapes[at] = shapely.union_all(parts) if parts.size else None
    return shapes, wrong


def coverages(layers: Iterable[AreaLayer]) -> tuple[list[Coverage], list[Finding]]:
    """The coverage of each kind and vintage among the layers, and notes of what was mended.

    Of several layers of one kind and vintage the one with the most areas is taken, at equal numbers
    the one with the most points; the others add areas that it lacks. An area without a polygon is
    left out.
    """
    import shapely

    groups: dict[tuple[str, str], list[tuple[AreaLayer, Geometries]]] = {}
    for layer in layers:
        if "geometry" in layer.frame.columns:
            binary = layer.frame.get_column("geometry").to_list()
            shapes = on_the_plane(binary, layer.crs, layer.provenance.file)
            groups.setdefault((layer.kind, layer.vintage), []).append((layer, shapes))
    found: list[Coverage] = []
    notes: list[Finding] = []
    for (kind, vintage), members in groups.items():
        members.sort(key=lambda one: (one[1].size, int(shapely.get_num_coordinates(one[1]).sum())))
        codes: list[str] = []
        kept: list[Geometries] = []
        seen: set[str] = set()
        for layer, shapes in reversed(members):
            mended, wrong = polygonal(shapes)
            names = layer.frame.get_column("code").to_list()
            if wrong.size:
                crossed = some([names[at] for at in wrong])
                notes.append(
                    Finding(
                        "shapes",
                        "note",
                        f"{wrong.size} polygons crossed themselves and were mended: {crossed}",
                        subject=kind,
                        file=layer.provenance.file,
                    )
                )
            there = ~(shapely.is_missing(mended) | shapely.is_empty(mended))
            new = [at for at in np.flatnonzero(there) if names[at] not in seen]
            several = pl.Series([names[at] for at in new], dtype=pl.String)
            if several.is_duplicated().any():
                twice = several.filter(several.is_duplicated())[0]
                raise InputError(
                    f"{layer.provenance.file}: the area {twice} stands twice: join its polygons "
                    "to one, or remove what is wrong"
                )
            codes += [names[at] for at in new]
            kept.append(mended[new])
            seen.update(names[at] for at in new)
        if codes:
            found.append(Coverage(kind, vintage, tuple(codes), np.concatenate(kept)))
    return found, notes
