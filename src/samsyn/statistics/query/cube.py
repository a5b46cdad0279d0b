"""The values of an indicator or a grouping as a cube, found by position: many cells at once."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from samsyn.statistics.query.mapped import Mapped, in_memory
from samsyn.statistics.query.release import Release
from samsyn.statistics.release.schema import COUNTS_FOLDER, OBSERVATIONS_FOLDER

HELD: Final = 4  # files in memory where none can be laid out on disk


def indicator_rows(release: Release, name: str) -> Mapped:
    """The observations of an indicator. Raises InputError where the release has none."""
    return _rows(release, release._contents.file(OBSERVATIONS_FOLDER, name))


def grouping_rows(release: Release, name: str) -> Mapped:
    """The counts of a grouping. Raises InputError where the release has none."""
    return _rows(release, release._contents.file(COUNTS_FOLDER, name))


def index_rows(release: Release, grouping: str) -> Mapped:
    """The indices of a grouping, by the regions that they are of."""
    only = ("grouping", grouping)
    found = release._reader.mapped("indices.parquet", release._places, "region", only)
    return found if found is not None else _held(release, "indices.parquet", "region", only)


def _rows(release: Release, file: str) -> Mapped:
    laid_out = release._reader.mapped(file, release._places)
    return laid_out if laid_out is not None else _held(release, file)


@lru_cache(HELD)
def _held(
    release: Release, file: str, key: str = "area", only: tuple[str, str] | None = None
) -> Mapped:
    return in_memory(release.folder / file, key, release._places, only)
