"""The areas of a release: which one a text means, which lie in another, which have a level."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS, kind_of_code
from samsyn.statistics.areas.names import MUNICIPAL, search_text
from samsyn.statistics.areas.search import search
from samsyn.statistics.query.reader import any_of, between
from samsyn.statistics.query.said import listed, near

# Up to so many areas are named one by one; of more the ranges of their keys are read.
NAMED: Final = 6
LAST: Final = "\U0010ffff"  # sorts after any character of a code
SUGGESTED: Final = 5
KEPT: Final = 1_000  # selections that are kept: the parts of every municipality, and more
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


@dataclass(frozen=True, eq=False)
class Selection:
    """Areas that are asked for: `frame` has `area`, `name` and `kind`; the condition finds them.

    The condition may let some others through: join with `frame`.
    """

    frame: pl.DataFrame
    condition: pl.Expr | None


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
        row = self._row(text.strip())
        return Area(*self.frame.select(FIELDS).row(row))

    def key(self, text: str) -> str:
        """The key of the area that a text means; see `find`."""
        return str(self.frame.get_column("area")[self._row(text.strip())])

    def within(self, text: str) -> pl.Expr:
        """Which areas lie in that which a text means; it lies in itself.

        In a custom area lie its members and the DeSO in these.
        """
        area = self.find(text)
        if area.kind in {"municipality", "county"}:
            return pl.col(area.kind) == area.area
        if area.kind == "country":
            return pl.lit(True)
        parts = [area.area]
        if area.kind == "custom":
            own = self.members.filter(pl.col("area") == area.area)
            parts += own.get_column("member").to_list()
        return pl.col("area").is_in(parts) | pl.col("parent").is_in(parts)

    def level(self, text: str) -> pl.Expr:
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
        told = pl.col("kind") == kind
        return told & (pl.col("vintage") == vintage) if vintage else told

    def selection(
        self,
        level: str | None = None,
        within: str | None = None,
        areas: Sequence[str] | None = None,
        column: str = "area",
    ) -> Selection:
        """The areas of a level that lie in another area, or those that `areas` names.

        The condition is on `column`. Raises InputError for a level or an area that is not there.
        """
        return self._selected(level, within, None if areas is None else tuple(areas), column)

    def _select(
        self, level: str | None, within: str | None, areas: tuple[str, ...] | None, column: str
    ) -> Selection:
        wanted = pl.lit(True)
        if level is not None:
            level = level.strip()
            wanted &= self.level(level)
        if within is not None:
            wanted &= self.within(within)
        if areas is not None:
            wanted &= pl.col("area").is_in([self.key(area) for area in areas])
        frame = self.frame.filter(wanted).select("area", "name", "kind", "vintage")
        return Selection(
            frame.drop("vintage"),
            _condition(column, frame, level, whole=within is None and areas is None),
        )

    def _row(self, text: str) -> int:
        """The position of the area that a text means."""
        if not text:
            raise InputError("No area is named: write a key, a code or a name")
        keys = self._positions
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
    def _positions(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.frame.get_column("area").to_list())}


def _condition(
    column: str, frame: pl.DataFrame, level: str | None, *, whole: bool
) -> pl.Expr | None:
    """What finds the keys of the areas in a table that is sorted by them, reading little."""
    if whole:
        return None if level is None else between(column, f"{level}/", f"{level}/{LAST}")
    if frame.height <= NAMED:
        return any_of([pl.col(column) == key for key in frame.get_column("area")])
    ranges = frame.group_by("kind", "vintage").agg(
        low=pl.col("area").min(), high=pl.col("area").max()
    )
    return any_of(
        [between(column, low, high) for low, high in ranges.select("low", "high").iter_rows()]
    )
