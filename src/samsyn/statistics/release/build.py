"""From files to the tables of a release, in a folder that somebody else puts in its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import polars as pl

from samsyn.statistics.areas.findings import Finding, findings_frame
from samsyn.statistics.assembly.assembled import Assembly
from samsyn.statistics.assembly.checks import coverage
from samsyn.statistics.assembly.gathering import Gathered, gather
from samsyn.statistics.assembly.merging import Ranked
from samsyn.statistics.derive import Derivation
from samsyn.statistics.indicators import groupings, indicators, own_indicators
from samsyn.statistics.release.definitions import entries_in, write_definitions
from samsyn.statistics.release.drawing import bordering, crosswalks, drawn_areas, placed_areas
from samsyn.statistics.release.inheritance import Inheritance, inherited
from samsyn.statistics.release.memory import give_back
from samsyn.statistics.release.refusal import require_figures
from samsyn.statistics.release.report import BuildReport
from samsyn.statistics.release.schema import COUNTS_FOLDER, OBSERVATIONS_FOLDER, SHAPES_FOLDER
from samsyn.statistics.release.tables import Tables, stacked
from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import Provenance

Report: TypeAlias = Callable[[float, str], None]

SEED: Final = 1
ASIDE: Final = ".aside"  # what large tables say, until it is put together
DERIVED: Final = ("indices", "decomposition", "quotients")
# Which area types need; they are looked at together.
TYPED: Final = (
    "low_economic_standard_share", "pre_upper_secondary_share", "unemployment_rate", "area_type",
)  # fmt: skip


def build_release(
    paths: Sequence[Path],
    folder: Path,
    *,
    base: Path | None = None,
    progress: Report | None = None,
) -> BuildReport:
    """Read files and folders and write the tables of a release into `folder`.

    With `base`, the folder of a release, its values are there before the new files and give way to
    them. What was found on the way is written too; whether the release may stand is for the store
    to say; where an error is among it, nothing is derived. Raises InputError where a path or a
    samsyn.toml is wrong, or there are no figures.
    """
    return _Build(folder, base, progress or _silent).of(paths)


@dataclass
class _Build:
    """The steps of a build, each of which writes what it makes and keeps what the next need."""

    folder: Path
    base: Path | None
    progress: Report
    findings: list[Finding] = field(default_factory=list)
    covered: list[pl.DataFrame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = Tables(self.folder)
        self.aside = self.folder / ASIDE

    def of(self, paths: Sequence[Path]) -> BuildReport:
        """Read, interpret, add up, draw, derive and write."""
        reading = read(paths, self._step(0.0, 0.12, "Reading files"))
        own = entries_in(self.base)
        catalogue = {**indicators(), **own_indicators(own, f"the release {self.base}")}
        for settings in reading.settings:
            catalogue |= own_indicators(settings.indicators, settings.file)
            own |= settings.indicators
        write_definitions(self.folder, own)
        older = inherited(self.base)
        gathered = gather(
            reading.materials,
            catalogue,
            self._step(0.12, 0.2, "Interpreting tables"),
            older_layers=older.layers,
            older_links=older.links,
            aside=self.aside,
        )
        told = gathered.counts or gathered.observations or older.counts or older.observations
        require_figures(reading, gathered.findings, figures=bool(told))
        assembly = Assembly(
            areas=gathered.registry.areas,
            members=gathered.members,
            catalogue=catalogue,
            sources=_ranked(gathered.sources, older.sources),
            count_parts=_parts(gathered.counts, older.counts, len(gathered.sources)),
            observation_parts=_parts(
                gathered.observations, older.observations, len(gathered.sources)
            ),
        )
        counts = self._counts(assembly)
        areas, neighbours = self._areas(gathered, older, counts)
        self.findings += gathered.findings
        sources = (*gathered.sources, *older.sources)
        unread = reading.unread
        # Geometry and tables as they were read are large, and nothing that follows needs them.
        del reading, gathered, older
        give_back()
        derivation = Derivation(areas, neighbours, seed=SEED)
        # What is refused needs no indices, and what cannot be has none.
        wrong = any(f.severity == "error" for f in (*self.findings, *assembly.findings))
        values = self._derived(derivation, {} if wrong else counts)
        self._observations(assembly, derivation, values)
        self.findings += assembly.findings
        self.tables.table("coverage", stacked("coverage", self.covered))
        self.tables.table("findings", findings_frame(_ordered(self.findings)))
        shutil.rmtree(self.aside, ignore_errors=True)
        return BuildReport(sources=sources, unread=unread, seed=SEED)

    def _step(self, start: float, end: float, what: str) -> Report:
        """Progress of a step, told as that of the whole."""

        def tell(done: float, detail: str) -> None:
            label = f"{what}: {detail}" if detail else what
            self.progress(start + done * (end - start), label)

        tell(0.0, "")
        return tell

    def _counts(self, assembly: Assembly) -> dict[str, pl.DataFrame]:
        """The counts of each grouping, as they are needed by what follows."""
        tell = self._step(0.2, 0.3, "Adding up")
        counts = {}
        for number, (grouping, frame) in enumerate(assembly.counts()):
            tell(number / len(assembly.count_parts), grouping)
            named = frame.with_columns(grouping=pl.lit(grouping))
            self.tables.part(COUNTS_FOLDER, grouping, named)
            self.covered.append(coverage(grouping, frame, "count", assembly.areas))
            counts[grouping] = named
        return counts

    def _areas(
        self, gathered: Gathered, older: Inheritance, counts: Mapping[str, pl.DataFrame]
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The areas with their places, and their neighbours."""
        self._step(0.3, 0.4, "Drawing the areas")
        shapes = drawn_areas(gathered, counts)
        self.findings += shapes.findings
        areas = placed_areas(gathered, shapes)
        for resolution, polygons in shapes.polygons.items():
            self.tables.part(SHAPES_FOLDER, resolution, polygons)
        self._step(0.4, 0.45, "Comparing the borders of different years")
        self.tables.table("areas", areas)
        self.tables.table("members", gathered.members)
        neighbours = bordering(shapes)
        self.tables.table("neighbours", neighbours)
        self.tables.table("crosswalk", crosswalks(gathered, older))
        return areas, neighbours

    def _derived(
        self, derivation: Derivation, counts: Mapping[str, pl.DataFrame]
    ) -> dict[str, list[pl.DataFrame]]:
        """Derived tables, and the observations of the indicators that come of counts."""
        tell = self._step(0.45, 0.9, "Computing indices")
        values: dict[str, list[pl.DataFrame]] = {}
        in_order = dict(sorted(groupings().items()))
        with ExitStack() as files:
            growing = {name: files.enter_context(self.tables.growing(name)) for name in DERIVED}
            for one in derivation.of_groupings(in_order, counts, tell):
                for name, write in growing.items():
                    write(getattr(one, name))
                give_back()
                for (indicator,), frame in one.observations.group_by(
                    "indicator", maintain_order=True
                ):
                    values.setdefault(str(indicator), []).append(frame)
        return values

    def _observations(
        self,
        assembly: Assembly,
        derivation: Derivation,
        values: dict[str, list[pl.DataFrame]],
    ) -> None:
        """The observations of every indicator, and the area types that come of some of them."""
        self._step(0.9, 1.0, "Writing the indicators")
        total = (pl.col("sex") == "total") & (pl.col("age") == "total")
        typed = []
        for indicator, frame in assembly.observations():
            named = frame.with_columns(indicator=pl.lit(indicator))
            if indicator in TYPED:
                typed.append(named.filter(total))
            if indicator not in values:
                self._write_observations(indicator, named, assembly.areas)
        wrong = any(f.severity == "error" for f in (*self.findings, *assembly.findings))
        types = derivation.of_values(stacked(OBSERVATIONS_FOLDER, [] if wrong else typed))
        self.tables.table("area_types", types.types)
        if not types.observations.is_empty():
            values.setdefault("socioeconomic_index", []).append(types.observations)
        for indicator, frames in values.items():
            frame = stacked(OBSERVATIONS_FOLDER, frames)
            self._write_observations(indicator, frame, assembly.areas)

    def _write_observations(self, indicator: str, frame: pl.DataFrame, areas: pl.DataFrame) -> None:
        self.tables.part(OBSERVATIONS_FOLDER, indicator, frame)
        self.covered.append(coverage(indicator, frame, "value", areas))


def _silent(done: float, what: str) -> None:
    """Progress that nobody asked for."""


def _ranked(sources: Sequence[Provenance], older: Sequence[Provenance]) -> list[Ranked]:
    """How messages call each source, and how new it is; what is inherited gives way."""
    return [
        *(Ranked(source.file, f"new {source.updated or ''}") for source in sources),
        *(Ranked(source.file, f"inherited {source.updated or ''}") for source in older),
    ]


def _parts(
    new: Mapping[str, Sequence[pl.LazyFrame]],
    older: Sequence[tuple[str, pl.DataFrame]],
    numbered_from: int,
) -> dict[str, list[pl.LazyFrame]]:
    """The parts of each grouping or indicator; inherited sources are numbered after the new."""
    parts = {name: list(frames) for name, frames in new.items()}
    for name, frame in older:
        moved = frame.lazy().with_columns(pl.col("source") + numbered_from)
        parts.setdefault(name, []).append(moved)
    return parts


def _ordered(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Each finding once, the worst first."""
    rank = {"error": 0, "warning": 1, "note": 2}
    yield from sorted(dict.fromkeys(findings), key=lambda finding: rank[finding.severity])
