"""Vector tiles as bytes: the Mapbox Vector Tile format, version 2.1, by whole arrays.

All rings of a layer are made into commands at once, and a geometry that is lost in the grid of the
tile is drawn as a dot of it; see docs/decisions.md for why no library does this.

https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

EXTENT: Final = 4096
MEDIA_TYPE: Final = "application/vnd.mapbox-vector-tile"

POINT, POLYGON = 1, 3
MOVE_ONE: Final = 1 << 3 | 1
LINE: Final = 2
CLOSE: Final = 1 << 3 | 7
# Fields of the messages, with how they are written: 0 is a number, 2 bytes with their length.
LAYERS, NAME, FEATURES, KEYS, VALUES, SIZE, VERSION = 0x1A, 0x0A, 0x12, 0x1A, 0x22, 0x28, 0x78
ID, TAGS, KIND, GEOMETRY, TEXT, WHOLE = 0x08, 0x12, 0x18, 0x22, 0x0A, 0x28

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Layer:
    """Areas or points of a tile, in its units with y downwards; `ids` and `told` go with each."""

    name: str
    kind: Literal["polygons", "points"]
    geometries: NDArray[Any]
    ids: Sequence[int]
    told: Sequence[Mapping[str, str | int | None]]


def tile(layers: Sequence[Layer]) -> bytes:
    """The layers as one tile; one that is empty is left out."""
    return b"".join(_field(LAYERS, _layer(layer)) for layer in layers if len(layer.ids))


def _layer(layer: Layer) -> bytes:
    commands = _polygons if layer.kind == "polygons" else _points
    kind = POLYGON if layer.kind == "polygons" else POINT
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    parts = [_field(NAME, layer.name.encode())]
    for number, told, drawn in zip(layer.ids, layer.told, commands(layer.geometries), strict=True):
        tags: list[int] = []
        for key, value in told.items():
            if value is not None:
                tags += (keys.setdefault(key, len(keys)), values.setdefault(value, len(values)))
        packed = b"".join(map(_number, tags))
        feature = (
            bytes([ID]) + _number(number) + _field(TAGS, packed) + bytes([KIND, kind])
            + _field(GEOMETRY, drawn)
        )  # fmt: skip
        parts.append(_field(FEATURES, feature))
    parts += [_field(KEYS, key.encode()) for key in keys]
    parts += [_field(VALUES, _value(value)) for value in values]
    parts.append(bytes([SIZE]) + _number(EXTENT) + bytes([VERSION, 2]))
    return b"".join(parts)


def _polygons(geometries: NDArray[Any]) -> list[bytes]:
    """The commands of each polygon or multipolygon; one too small for the grid is a dot of it."""
    polygons, of_polygon = shapely.get_parts(geometries, return_index=True)
    turned = shapely.orient_polygons(polygons)
    rings, of_ring = shapely.get_rings(turned, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    whole = np.rint(points).astype(np.int64)
    owner = of_polygon[of_ring] if len(of_ring) else of_ring
    # The last point of a ring is its first, and one like the point before says nothing.
    last = np.append(ring[1:] != ring[:-1], True) if len(ring) else np.zeros(0, bool)
    same = np.zeros(len(whole), bool)
    same[1:] = (ring[1:] == ring[:-1]) & np.all(whole[1:] == whole[:-1], axis=1)
    kept = ~last & ~same
    count = np.bincount(ring[kept], minlength=len(rings))
    kept &= count[ring] >= 3
    whole, ring = whole[kept], ring[kept]
    lost = np.setdiff1d(np.arange(len(geometries)), owner[np.unique(ring)])
    whole, ring, owner = _with_dots(whole, ring, owner, lost, geometries)
    return _commands(whole, ring, owner, len(geometries))


def _with_dots(
    whole: Ints, ring: Ints, owner: Ints, lost: Ints, geometries: NDArray[Any]
) -> tuple[Ints, Ints, Ints]:
    """With a square of one unit for each geometry that has lost all its rings."""
    if not len(lost):
        return whole, ring, owner
    at = shapely.get_coordinates(shapely.centroid(geometries[lost]))
    lost = lost[: len(at)]
    corner = np.floor(at).astype(np.int64)
    square = np.array([[0, 0], [0, 1], [1, 1], [1, 0]])
    dots = (corner[:, None, :] + square[None, :, :]).reshape(-1, 2)
    numbers = np.repeat(np.arange(len(lost)) + len(owner), 4)
    whole, ring = np.concatenate([whole, dots]), np.concatenate([ring, numbers])
    owner = np.concatenate([owner, lost])
    order = np.argsort(owner[ring], kind="stable")
    return whole[order], ring[order], owner


def _commands(whole: Ints, ring: Ints, owner: Ints, count: int) -> list[bytes]:
    """Rings in the order of their geometries as bytes of commands, for each geometry."""
    start = np.flatnonzero(np.append(True, ring[1:] != ring[:-1])) if len(ring) else ring
    size = np.diff(np.append(start, len(ring)))
    of = owner[ring[start]] if len(ring) else ring
    # Each point is told by its step from the one before; a geometry starts from the corner.
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int64))
    first = start[np.append(True, of[1:] != of[:-1])] if len(of) else start
    steps[first] = whole[first]
    told = (steps << 1) ^ (steps >> 63)
    # Per ring: move, x, y, line, x and y of the others, close.
    begin = np.concatenate([[0], np.cumsum(2 * size + 3)]).astype(np.int64)
    stream = np.zeros(begin[-1], np.int64)
    stream[begin[:-1]] = MOVE_ONE
    stream[begin[:-1] + 3] = (size - 1) << 3 | LINE
    stream[begin[1:] - 1] = CLOSE
    within = np.arange(len(whole)) - np.repeat(start, size)
    place = np.repeat(begin[:-1], size) + 1 + 2 * within + (within > 0)
    stream[place], stream[place + 1] = told[:, 0], told[:, 1]
    return _cut(stream, np.repeat(of, 2 * size + 3), count)


def _points(geometries: NDArray[Any]) -> list[bytes]:
    whole = np.rint(shapely.get_coordinates(geometries)).astype(np.int64)
    told = (whole << 1) ^ (whole >> 63)
    stream = np.column_stack([np.full(len(whole), MOVE_ONE), told]).ravel()
    return _cut(stream, np.repeat(np.arange(len(whole)), 3), len(whole))


def _cut(stream: Ints, owner: Ints, count: int) -> list[bytes]:
    """Numbers as variable-length bytes, for each owner; `owner` is sorted."""
    rank = np.arange(5)
    length = 1 + (stream[:, None] >= 1 << 7 * rank[1:]).sum(axis=1)
    spelt = (stream[:, None] >> 7 * rank) & 0x7F
    spelt |= np.where(rank < length[:, None] - 1, 0x80, 0)
    written = spelt[rank < length[:, None]].astype(np.uint8).tobytes()
    ends = np.cumsum(np.bincount(owner, weights=length, minlength=count)).astype(np.int64)
    begins = np.concatenate([[0], ends[:-1]])
    return [written[a:b] for a, b in zip(begins.tolist(), ends.tolist(), strict=True)]


def _number(value: int) -> bytes:
    spelt = bytearray()
    while value > 0x7F:
        spelt.append(value & 0x7F | 0x80)
        value >>= 7
    spelt.append(value)
    return bytes(spelt)


def _field(tag: int, content: bytes) -> bytes:
    return bytes([tag]) + _number(len(content)) + content


def _value(value: str | int) -> bytes:
    if isinstance(value, str):
        return _field(TEXT, value.encode())
    return bytes([WHOLE]) + _number(value)
