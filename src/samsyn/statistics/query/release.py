"""A release and the questions that it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.search import search as search_areas
from samsyn.statistics.indicators import Indicator, indicators
from samsyn.statistics.query.contents import Contents
from samsyn.statistics.query.derived import Derived
from samsyn.statistics.query.periods import Periods
from samsyn.statistics.query.places import Area, Places
from samsyn.statistics.query.reader import Reader
from samsyn.statistics.query.rows import Rows
from samsyn.statistics.query.said import listed
from samsyn.statistics.query.series import with_breaks
from samsyn.statistics.query.similar import Similar, similar
from samsyn.statistics.query.values import TOTAL, Parts, Question, answer
from samsyn.statistics.release.definitions import definitions_in
from samsyn.statistics.release.manifest import MANIFEST, Manifest, fingerprint, read_manifest
from samsyn.statistics.release.publication import RELEASES
from samsyn.statistics.release.schema import (
    COUNTS_FOLDER,
    FILES,
    OBSERVATIONS_FOLDER,
    RESOLUTIONS,
    SHAPES_FOLDER,
)
from samsyn.statistics.release.store import Store
from samsyn.statistics.sources.forms import Provenance

if TYPE_CHECKING:
    from samsyn.statistics.derive import Agreement

MAPPED: Final = "mapped"
VALUES: Final = (
    "area", "name", "indicator", "period", "value", "status", "numerator", "denominator", "unit",
    "sex", "age", "method", "source",
)  # fmt: skip
COUNTS: Final = (
    "area", "name", "grouping", "group", "period", "count", "status", "sex", "age", "method",
    "source",
)  # fmt: skip


class Release:
    """One release, open for any number of readers; nothing is ever written.

    Answers are Polars frames. An area is named by its key, by a key without the vintage
    (`municipality/1488`), by its code or by its name. A level is a kind of area, or one vintage of
    it (`regso/2020`). A period is one, several, "latest" (the newest of each level with a known
    value) or None for all. What is asked for and not there at all raises InputError, which says
    what there is; areas without a value have no row.

    It may be used from many threads at once, and goes on answering from its own folder when
    another release becomes current.
    """

    def __init__(self, folder: Path, *, mapped: bool = False) -> None:
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        self._reader = Reader(folder.resolve(), _beside(folder) if mapped else None)
        self._contents = Contents(self.manifest)

    @classmethod
    def open(
        cls,
        place: Path | str | Store | None = None,
        name: str | None = None,
        *,
        mapped: bool = False,
    ) -> Release:
        """The release in a folder, or in a store: the one of that name, else the current.

        Without a place the store is that of SAMSYN_STORE, else the user's own. With `mapped`, for
        a process that asks many questions, the values of an indicator are laid out beside the
        releases of the store the first time that they are asked for. Raises InputError where there
        is no release, or none of that name.
        """
        if isinstance(place, str | Path):
            folder = Path(place)
            if (folder / MANIFEST).is_file() and name is None:
                return cls(folder, mapped=mapped)
            place = Store.at(folder)
        return cls((place or Store.at()).folder(name), mapped=mapped)

    @property
    def name(self) -> str:
        """What the release is called."""
        return self.manifest.name

    # --- what there is ----------------------------------------------------------------------------

    @property
    def indicators(self) -> list[str]:
        """The ids of the indicators that it has values of."""
        return self._contents.names(OBSERVATIONS_FOLDER)

    @property
    def groupings(self) -> list[str]:
        """The ids of the groupings that it has counts of."""
        return self._contents.names(COUNTS_FOLDER)

    def indicator(self, name: str) -> Indicator | None:
        """What the catalogue says of an indicator, or the release of one of its users' own.

        None where neither says anything.
        """
        return indicators().get(name) or self._own.get(name)

    @cached_property
    def _own(self) -> Mapping[str, Indicator]:
        return definitions_in(self.folder)

    @cached_property
    def coverage(self) -> pl.DataFrame:
        """For each indicator and grouping, level and period: areas, and areas with a value."""
        return self._table("coverage")

    @cached_property
    def findings(self) -> pl.DataFrame:
        """What the checks found when the release was built."""
        return self._table("findings")

    def sources(self, numbers: pl.Series | None = None) -> list[Provenance]:
        """Where everything comes from, or the sources that a column `source` numbers."""
        if numbers is None:
            return list(self.manifest.sources)
        wanted = numbers.drop_nulls().unique().sort().to_list()
        return [self.manifest.sources[number] for number in wanted]

    def sources_of(self, name: str) -> list[Provenance]:
        """Where the values of an indicator or the counts of a grouping come from."""
        folder = OBSERVATIONS_FOLDER if name in self.indicators else COUNTS_FOLDER
        numbers = self._reader.numbers(self._contents.file(folder, name), "source")
        return [self.manifest.sources[number] for number in numbers]

    # --- areas ------------------------------------------------------------------------------------

    @cached_property
    def _places(self) -> Places:
        known = self.coverage.filter(pl.col("known") > 0).select("kind", "vintage").unique()
        return Places(
            self._table("areas").sort("area"), self._table("members"), set(known.rows()), self.name
        )

    def area(self, text: str) -> Area:
        """The area that a text means; where a vintage is not told, the newest that has values.

        Raises InputError that names those that may be meant.
        """
        return self._places.find(text)

    def areas(
        self, kind: str | None = None, within: str | None = None, search: str | None = None
    ) -> pl.DataFrame:
        """Areas with all that is known of them, by key; with `search` the best match first.

        `kind` is a level; `within` an area that they lie in, and that lies in itself. `search` is a
        part of a name, in which accents and capitals do not matter, or a code.
        """
        places = self._places
        selection = places.selection(kind, within)
        if search is None:
            return places.frame[selection.at]
        # All areas are searched: the names of municipalities help.
        found = search_areas(places.frame, search, limit=places.frame.height)
        chosen = set(selection.at.tolist())
        kept = [at for at, key in enumerate(found["area"]) if places.positions[key] in chosen]
        return found[kept]

    def members(self, area: str | None = None) -> pl.DataFrame:
        """The areas that users' own areas consist of: `area`, `member`, `weight`."""
        return self._about(self._places.members, area)

    def neighbours(self, area: str | None = None) -> pl.DataFrame:
        """Which areas share a border, and its length in metres: `area`, `neighbour`, `border`."""
        return self._of_area("neighbours", area)

    def crosswalk(self, area: str | None = None) -> pl.DataFrame:
        """What part of an area of one vintage lies in which areas of another, with the error."""
        return self._of_area("crosswalk", area)

    def shapes(
        self,
        kind: str | None = None,
        resolution: str = "medium",
        within: str | None = None,
        areas: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """Polygons: `area`, `name`, `kind`, `vintage` and `geometry` (WKB, degrees), by key.

        `resolution` is fine, medium or coarse. Of a kind without a vintage, those of the newest
        that has values.
        """
        if resolution not in RESOLUTIONS:
            raise InputError(
                f'There is no resolution "{resolution}": it is {listed(RESOLUTIONS, "or")}'
            )
        places = self._places
        if kind is not None:
            places.level(kind)
            if "/" not in kind:
                kind = f"{kind}/{places.vintages[kind][0]}"
        selection = places.selection(kind, within, areas)
        file = f"{SHAPES_FOLDER}/{resolution}.parquet"
        return self._reader.answer(file, Rows(selection), ["kind", "vintage", "geometry"], [])[0]

    # --- values -----------------------------------------------------------------------------------

    def values(
        self,
        indicator: str,
        level: str | None = None,
        within: str | None = None,
        period: Periods = None,
        sex: Parts = TOTAL,
        age: Parts = TOTAL,
        areas: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """Values of an indicator, by area and period.

        The columns are `area`, `name`, `indicator`, `period`, `value`, `status`, `numerator`,
        `denominator`, `unit`; then `sex` and `age` where others than the total are asked for (None
        asks for all); then `method`, how the value came to be, and `source`, a position in the
        manifest's sources, null where it is of several.
        """
        question = Question(
            indicator, self._contents.file(OBSERVATIONS_FOLDER, indicator), "value",
            self._places.selection(level, within, areas), level, period, sex, age,
        )  # fmt: skip
        columns = ["value", "status", "numerator", "denominator", "method", "source"]
        told = self.indicator(indicator)
        found = answer(question, columns, self._reader, self._places)
        said = {"indicator": indicator, "unit": None if told is None else told.unit}
        every = dict(zip(found.columns, found.get_columns(), strict=True))
        for name, text in said.items():
            every[name] = pl.Series(name, [text], pl.String).new_from_index(0, found.height)
        return pl.DataFrame([every[column] for column in VALUES if column in every])

    def series(
        self, indicator: str, area: str, sex: Parts = TOTAL, age: Parts = TOTAL
    ) -> pl.DataFrame:
        """An indicator in one area over time, in all vintages of its borders.

        Areas of the same kind and code are taken for the same. Beside the columns of `values` are
        `vintage`, `overlap` (the share of the earlier area that lies in the new one) and `break`:
        "borders" where they became others, "definition" where the indicator did, or both.
        """
        place = self.area(area)
        every = [f"{place.kind}/{of}/{place.code}" for of in self._places.vintages[place.kind]]
        keys = [key for key in every if key in self._places.positions]
        found = self.values(indicator, areas=keys, sex=sex, age=age)
        if len(keys) > 1:
            found = found.sort("period", "area", maintain_order=True)
        told = self.indicator(indicator)
        breaks = tuple(period for period, _ in told.breaks) if told is not None else ()
        return with_breaks(found, self._between(keys), breaks)

    def _between(self, keys: Sequence[str]) -> pl.DataFrame | None:
        """The crosswalk between areas; None of one area."""
        if len(keys) < 2:
            return None
        rows = Rows(self._places.selection(areas=keys), {"target": keys})
        shares = ["target", "area_share", "population_share"]
        return self._reader.answer("crosswalk.parquet", rows, shares, ["target"])[0]

    def counts(
        self,
        grouping: str,
        level: str | None = None,
        within: str | None = None,
        period: Periods = None,
        sex: Parts = TOTAL,
        age: Parts = TOTAL,
        areas: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """People, homes or households of each group, by area, period and group.

        The columns are `area`, `name`, `grouping`, `group`, `period`, `count`, `status`, `sex` and
        `age` where they are asked for, `method` and `source`.
        """
        question = Question(
            grouping, self._contents.file(COUNTS_FOLDER, grouping), "count",
            self._places.selection(level, within, areas), level, period, sex, age,
        )  # fmt: skip
        columns = ["group", "count", "status", "method", "source"]
        found = answer(question, columns, self._reader, self._places).with_columns(
            grouping=pl.lit(grouping)
        )
        return found.select(column for column in COUNTS if column in found.columns)

    # --- what is derived --------------------------------------------------------------------------

    @cached_property
    def _derived(self) -> Derived:
        return Derived(self._reader, self._places)

    def indices(
        self,
        grouping: str,
        units: str,
        level: str | None = None,
        period: Periods = None,
        index: str | Sequence[str] | None = None,
        within: str | None = None,
        group: str | None = None,
    ) -> pl.DataFrame:
        """Indices of segregation of a grouping's groups over units, in regions.

        `units` are the areas that people are counted in, such as deso or deso/2018; `level` is the
        kind of the regions: municipality, county or country; `within` an area that they lie in. An
        `index` may be a family, such as evenness; `group` is the group whose segregation it is. The
        columns are `region`, `name`, `grouping`, `units`, `period`, `index`, `group`, `against`
        (null where it is of all groups, or against all others), `value`, `lower`, `upper`,
        `expected` and `corrected`.
        """
        return self._derived.indices(grouping, units, level, period, index, within, group)

    def decomposition(
        self, grouping: str, units: str, within: str | None = None, period: Periods = None
    ) -> pl.DataFrame:
        """How much of M and Theil's H lies between areas of each size, within the next larger.

        The columns are `region`, `name`, `grouping`, `units`, `period`, `index`, `between`,
        `within`, `value` and `share`.
        """
        return self._derived.decomposition(grouping, units, within, period)

    def quotients(
        self,
        grouping: str,
        level: str | None = None,
        within: str | None = None,
        period: Periods = None,
        against: str | None = None,
    ) -> pl.DataFrame:
        """How over-represented each group is in areas, against the larger areas they lie in.

        `against` takes those against municipality, county or country only. The columns are `area`,
        `name`, `grouping`, `period`, `group`, `region` and `value`.
        """
        return self._derived.quotients(grouping, level, within, period, against)

    def area_types(self, period: Periods = None, within: str | None = None) -> pl.DataFrame:
        """The type of each RegSO, computed and published, with the index and its components."""
        return self._derived.area_types(period, within)

    def similar(
        self, area: str, weights: Mapping[str, float] | None = None, limit: int | None = None
    ) -> Similar:
        """The places of the same kind that are most like one, the nearest first.

        `weights` say how much each trait counts: an indicator's id, or `density`; without them
        those of `similar.WEIGHTS`. Raises InputError for a trait that there is not, and where none
        can be used.
        """
        return similar(self, area, weights, limit)

    def agreement(self, period: Periods = None, within: str | None = None) -> Agreement | None:
        """How well computed and published area types agree; None where none are published."""
        from samsyn.statistics.derive import agreement

        return agreement(self.area_types(period, within))

    def disagreements(self, period: Periods = None, within: str | None = None) -> pl.DataFrame:
        """The area types that differ from the published, the surest first, with `distance`.

        That is how many standard deviations the index lies from the published type.
        """
        from samsyn.statistics.derive import disagreements

        return disagreements(self.area_types(period, within))

    # --- files ------------------------------------------------------------------------------------

    def _table(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.folder / f"{name}.parquet", glob=False)

    def _of_area(self, table: str, area: str | None) -> pl.DataFrame:
        rows = Rows(self._places.selection(areas=None if area is None else [area]))
        columns = list(FILES[table])[1:]
        return self._reader.answer(f"{table}.parquet", rows, columns, columns[:1])[0].drop("name")

    def _about(self, frame: pl.DataFrame, area: str | None) -> pl.DataFrame:
        return frame if area is None else frame.filter(pl.col("area") == self.area(area).area)


def _beside(folder: Path) -> Path | None:
    """Where the values of a release in a store are laid out: never in the release itself."""
    here = folder.resolve()
    if here.parent.name != RELEASES:
        return None
    return here.parent.parent / MAPPED / f"{here.name}-{fingerprint(here)[:12]}"
