"""The areas of a release: which one a text means, which lie in another, which have a level."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS, kind_of_code
from samsyn.statistics.areas.names import MUNICIPAL, search_text
from samsyn.statistics.areas.search import search
from samsyn.statistics.query.conditions import any_of, begins, between
from samsyn.statistics.query.said import listed, near

# Up to so many areas are named one by one; of more the ranges of their keys are read.
NAMED: Final = 6
SUGGESTED: Final = 5
KEPT: Final = 4_000  # areas and selections that are kept: a page asks for the same ones often
ABSENT, NOWHERE = -2, -1  # the number of a text that no area has, and of no text
LARGE: Final = ("municipality", "county", "country")


@dataclass(frozen=True)
class Area:
    """An area of a release, with the fields of the table of areas (see `release.schema`).

    `area` is its key; `municipality`, `county` and `parent` are keys too.
    """

    area: str
    kind: str
    vintage: str
    code: str
    name: str
    parent: str | None
    municipality: str | None
    county: str | None
    main_group: str | None
    type_group: str | None
    x: float | None
    y: float | None
    lon: float | None
    lat: float | None
    weighted: bool | None
    west: float | None
    south: float | None
    east: float | None
    north: float | None
    land_area: float | None
    shape_from: str | None


FIELDS: Final = tuple(Area.__dataclass_fields__)
Mask: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Selection:
    """Areas that are asked for: `at` are their positions in the table of areas, ascending."""

    places: Places
    at: NDArray[np.intp]
    level: str | None
    whole: bool  # whether all areas of the level are asked for

    @property
    def frame(self) -> pl.DataFrame:
        """The areas: `area`, `name` and `kind`."""
        return self.places.frame.select("area", "name", "kind")[self.at]

    def condition(self, column: str) -> pl.Expr | None:
        """What finds the areas in a column of keys by which rows are sorted, reading little.

        It may let some others through: join with `frame`.
        """
        frame = self.places.frame.select("area", "kind", "vintage")[self.at]
        return _condition(column, frame, self.level, whole=self.whole)


class Places:
    """The table of areas of a release, in memory.

    `covered` are the kinds and vintages for which the release has values.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        members: pl.DataFrame,
        covered: Collection[tuple[str, str]],
        release: str,
    ) -> None:
        self.frame = frame
        self.members = members
        self.release = release
        self._covered = covered
        # Pages ask of the same areas again and again.
        self._found = lru_cache(KEPT)(self._find)
        self._selected = lru_cache(KEPT)(self._select)

    @cached_property
    def vintages(self) -> dict[str, list[str]]:
        """Of each kind its vintages, the preferred first: the newest with values, then by age."""
        pairs = (
            self.frame.select("kind", "vintage").unique().sort("kind", "vintage", descending=True)
        )
        found: dict[str, list[str]] = {}
        for kind, vintage in pairs.iter_rows():
            found.setdefault(kind, []).append(vintage)
        return {
            kind: sorted(there, key=lambda of: (kind, of) not in self._covered)
            for kind, there in found.items()
        }

    def find(self, text: str) -> Area:
        """The area that a text means.

        A key, or one without the vintage (`regso/1488R007`), which is then the newest that has
        values; a code; or a name that one area has, where that of a municipality goes before those
        of smaller areas. Raises InputError that names the areas that may be meant.
        """
        return self._found(text.strip())

    def _find(self, text: str) -> Area:
        return Area(*self._fields.row(self._row(text)))

    def key(self, text: str) -> str:
        """The key of the area that a text means; see `find`."""
        return self.find(text).area

    def within(self, text: str) -> Mask:
        """Which areas lie in that which a text means; it lies in itself.

        In a custom area lie its members and the DeSO in these.
        """
        area = self.find(text)
        if area.kind in {"municipality", "county"}:
            return self._is(area.kind, area.area)
        if area.kind == "country":
            return np.ones(self.frame.height, dtype=bool)
        parts = [area.area]
        if area.kind == "custom":
            own = self.members.filter(pl.col("area") == area.area)
            parts += own.get_column("member").to_list()
        found = np.zeros(self.frame.height, dtype=bool)
        for part in parts:
            found |= self._is("parent", part)
        found[[self.positions[part] for part in parts if part in self.positions]] = True
        return found

    def level(self, text: str) -> Mask:
        """Which areas have a level: a kind, such as regso, or one vintage of it: regso/2020."""
        kind, _, vintage = text.strip().partition("/")
        if kind not in self.vintages:
            close = near(kind, self.vintages)
            hint = f"Did you mean {listed(close, 'or')}? " if close else ""
            raise InputError(
                f'There is no level "{text}" in the release {self.release}. {hint}'
                f"Its levels are {listed(self._by_size())}"
            )
        if vintage and vintage not in self.vintages[kind]:
            raise InputError(
                f'There are no areas "{text}" in the release {self.release}: '
                f"it has {listed(f'{kind}/{of}' for of in sorted(self.vintages[kind]))}"
            )
        told = self._is("kind", kind)
        return told & self._is("vintage", vintage) if vintage else told

    def selection(
        self,
        level: str | None = None,
        within: str | None = None,
        areas: Sequence[str] | None = None,
    ) -> Selection:
        """The areas of a level that lie in another area, or those that `areas` names.

        Raises InputError for a level or an area that is not there.
        """
        level = None if level is None else level.strip()
        within = None if within is None else self.key(within)
        if areas is None:
            return self._selected(level, within)
        found = np.unique([self.positions[self.key(area)] for area in areas]).astype(np.intp)
        if level is not None or within is not None:
            found = found[np.isin(found, self._selected(level, within).at)]
        return Selection(self, found, level, whole=False)

    def _select(self, level: str | None, within: str | None) -> Selection:
        wanted = np.ones(self.frame.height, dtype=bool)
        if level is not None:
            wanted &= self.level(level)
        if within is not None:
            wanted &= self.within(within)
        return Selection(self, np.flatnonzero(wanted), level, whole=within is None)

    def _is(self, column: str, text: str) -> Mask:
        """Which areas have that text in a column of few different ones."""
        places, codes = self._coded[column]
        return np.asarray(codes == places.get(text, ABSENT))

    def _row(self, text: str) -> int:
        """The position of the area that a text means."""
        if not text:
            raise InputError("No area is named: write a key, a code or a name")
        keys = self.positions
        if text in keys:
            return keys[text]
        kind, _, code = text.partition("/")
        if kind not in KINDS or not code:
            kind, code = kind_of_code(text.upper()) or "custom", text
        for vintage in self.vintages.get(kind, []):
            for written in (code, code.upper()):
                at = keys.get(f"{kind}/{vintage}/{written}")
                if at is not None:
                    return at
        return self._named(text)

    def _named(self, text: str) -> int:
        """The only place of that name, in the vintage that is preferred."""
        if not text.partition("/")[2]:
            alike = self._called(text)
            exact = alike.filter(pl.col("name").str.to_lowercase() == text.lower())
            alike = exact if exact.height else alike
            # Where a town gives its name to its municipality, the municipality is meant.
            large = alike.filter(pl.col("kind").is_in(LARGE))
            alike = large if large.height else alike
            alike = self._in_one_vintage(alike)
            if alike.height == 1:
                return int(alike["at"][0])
            if alike.height > 1:
                raise InputError(
                    f'"{text}" is the name of {alike.height} areas in the release {self.release}: '
                    f"{self._said(alike)}. Write the key of the one that is meant"
                )
        raise InputError(
            f'There is no area "{text}" in the release {self.release}.{self._hint(text)}'
        )

    def _called(self, text: str) -> pl.DataFrame:
        """The areas of a name; a municipality's may be written "Trollhättans kommun"."""
        areas = self.frame.with_row_index("at")
        found = areas.filter(pl.col("search") == search_text(text))
        short = re.sub(MUNICIPAL, "", text)
        if short != text and found.is_empty():
            forms = [search_text(form) for form in (short, short.removesuffix("s"))]
            of_towns = pl.col("search").is_in(forms) & (pl.col("kind") == "municipality")
            found = areas.filter(of_towns)
        return found

    def _in_one_vintage(self, areas: pl.DataFrame) -> pl.DataFrame:
        """The areas in their order, each only in the vintage that is preferred of those it has."""
        order = [f"{kind}/{of}" for kind, there in self.vintages.items() for of in there]
        rank = pl.format("{}/{}", "kind", "vintage").replace_strict(
            order, range(len(order)), return_dtype=pl.Int64
        )
        return areas.filter(rank == rank.min().over("kind", "code"))

    def _hint(self, text: str) -> str:
        """What may be meant: areas of the kind that is told with such a name or code."""
        kind, _, rest = text.partition("/")
        vintage, _, code = rest.rpartition("/")
        if kind not in KINDS or not code:
            found = search(self.frame, text, self.frame.height)
        else:
            of = self.frame.filter(pl.col("kind") == kind)
            of = of.filter(pl.col("vintage") == vintage) if vintage in of["vintage"] else of
            found = search(of, code, of.height)
            if found.is_empty():
                close = near(code, of.get_column("code").unique().to_list())
                found = of.filter(pl.col("code").is_in(close))
        found = self._in_one_vintage(found)
        if found.is_empty():
            return " `samsyn areas --search TEXT` finds areas by a part of their names"
        return f" Did you mean {self._said(found, 'or')}?"

    def _said(self, areas: pl.DataFrame, word: str = "and") -> str:
        places = self.frame.select(municipality="area", place="name")
        named = areas.head(SUGGESTED).join(
            places, on="municipality", how="left", maintain_order="left"
        )
        said = []
        for name, area, kind, place in named.select("name", "area", "kind", "place").iter_rows():
            where = f" in {place}" if place and kind != "municipality" else ""
            said.append(area if area.endswith(f"/{name}") else f"{name}{where} ({area})")
        if areas.height > SUGGESTED:
            said.append(f"{areas.height - SUGGESTED} more")
        return listed(said, word)

    def _by_size(self) -> list[str]:
        return [kind for kind in KINDS if kind in self.vintages]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each area stands in the table."""
        return {key: at for at, key in enumerate(self.keys.to_list())}

    @cached_property
    def keys(self) -> pl.Series:
        """The keys of the areas, in the order of the table."""
        return self.frame.get_column("area")

    @cached_property
    def names(self) -> pl.Series:
        """What the areas are called, in the order of the table."""
        return self.frame.get_column("name")

    @cached_property
    def kinds(self) -> NDArray[np.int32]:
        """A number for the kind of each area, in the order of the table."""
        return self._coded["kind"][1]

    @cached_property
    def _fields(self) -> pl.DataFrame:
        return self.frame.select(FIELDS)

    @cached_property
    def _coded(self) -> dict[str, tuple[dict[str, int], NDArray[np.int32]]]:
        """Columns as numbers, and the number of each text in them."""
        found = {}
        for name in ("kind", "vintage", "municipality", "county", "parent"):
            column = self.frame.get_column(name)
            there = column.unique().drop_nulls().sort().to_list()
            numbers = column.replace_strict(
                there, range(len(there)), default=NOWHERE, return_dtype=pl.Int32
            )
            places = {text: at for at, text in enumerate(there)}
            found[name] = (places, numbers.to_numpy())
        return found


def _condition(
    column: str, frame: pl.DataFrame, level: str | None, *, whole: bool
) -> pl.Expr | None:
    """What finds the keys of the areas in a table that is sorted by them, reading little."""
    if whole:
        return None if level is None else begins(column, f"{level}/")
    if frame.height <= NAMED:
        return any_of([pl.col(column) == key for key in frame.get_column("area")])
    ranges = frame.group_by("kind", "vintage").agg(
        low=pl.col("area").min(), high=pl.col("area").max()
    )
    return any_of(
        [between(column, low, high) for low, high in ranges.select("low", "high").iter_rows()]
    )
