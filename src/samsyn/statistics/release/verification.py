"""Whether a release is as it was built: every file, checksum, column, type and order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.release.layout import DEFINITIONS, REQUIRED, Table, table_of
from samsyn.statistics.release.manifest import (
    MANIFEST,
    FileEntry,
    Manifest,
    checksum,
    read_manifest,
)

BLOCK: Final = 1_000_000  # rows whose order is looked at together


@dataclass(frozen=True)
class Problem:
    """Something wrong with a release: the file by its path in the release, and what it is."""

    file: str
    message: str

    def __str__(self) -> str:
        """The problem in one line."""
        return f"{self.file}: {self.message}"


def verify(folder: Path) -> list[Problem]:
    """Everything that is wrong with the release in a folder; nothing where it is whole.

    Looked at are: the manifest; that each of its files is there with its size and SHA-256, and no
    other; that every table there must be is there; columns and types; the order of rows; that a
    missing value is null. The memory that this takes does not grow with the release.
    """
    if not folder.is_dir():
        return [Problem(folder.name, "there is no such folder")]
    try:
        manifest = read_manifest(folder)
    except InputError as error:
        return [Problem(MANIFEST, str(error))]
    return list(_problems(folder, manifest))


def _problems(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    if manifest.name != folder.name:
        yield Problem(
            MANIFEST, f'is that of the release "{manifest.name}", in a folder "{folder.name}"'
        )
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()
    } - {MANIFEST}
    for file in sorted(there - manifest.files.keys()):
        yield Problem(file, "is not in the manifest: it was put there later")
    for file in REQUIRED:
        if file not in manifest.files:
            yield Problem(file, "is missing, and every release has this table")
    for file, entry in manifest.files.items():
        if file not in there:
            yield Problem(file, "is missing")
            continue
        damage = _damage(folder / file, entry)
        if damage is not None:
            yield Problem(file, damage)
            continue
        if file == DEFINITIONS:
            continue
        table = table_of(file)
        if table is None:
            yield Problem(file, "is no table of a release")
            continue
        for message in _misfits(folder / file, table, manifest):
            yield Problem(file, message)


def _damage(path: Path, entry: FileEntry) -> str | None:
    """How a file differs from what the manifest says of it; None where it does not."""
    try:
        size = path.stat().st_size
        if size != entry.bytes:
            return f"has {size} bytes and should have {entry.bytes}"
        found = checksum(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if found != entry.sha256:
        return f"has changed: its SHA-256 is {found} and should be {entry.sha256}"
    return None


def _misfits(path: Path, table: Table, manifest: Manifest) -> Iterator[str]:
    """How the content of an undamaged file is not what its table says."""
    try:
        schema = pl.scan_parquet(path, glob=False).collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        yield f"cannot be read as Parquet: {error}"
        return
    expected = pl.Schema(table.columns)
    if list(schema) != list(expected):
        yield (
            f"has the columns {', '.join(schema)} and should have the columns {', '.join(expected)}"
        )
        return
    wrong = [name for name, kind in expected.items() if schema[name] != kind]
    if wrong:
        for name in wrong:
            yield f'column "{name}" has the type {schema[name]} and should have {expected[name]}'
        return
    row = _first_unordered(path, table.order)
    if row is not None:
        yield f"is not sorted by {', '.join(table.order)}: row {row} stands before its turn"
    for name in _with_nan(path):
        yield f'column "{name}" holds what is no number (NaN): a missing value is null'
    if "source" in expected:
        last = pl.scan_parquet(path, glob=False).select(pl.col("source").max()).collect().item()
        if last is not None and last >= len(manifest.sources):
            yield f"cites source {last}, and the manifest has {len(manifest.sources)}"


def _with_nan(path: Path) -> list[str]:
    """The columns with NaN. Readers of Parquet treat it in different ways, and null in one."""
    frame = pl.scan_parquet(path, glob=False).select(pl.selectors.float().is_nan().any())
    return [name for name, found in frame.collect().to_dict(as_series=False).items() if found[0]]


def _first_unordered(path: Path, order: tuple[str, ...]) -> int | None:
    """The first row, counted from 1, that is less than the row before it; None where none is."""
    if not order:
        return None
    frame = pl.scan_parquet(path, glob=False).select(order)
    height = frame.select(pl.len()).collect().item()
    for start in range(0, height, BLOCK):
        # One row more, so that the last of this block is held against the first of the next.
        block = frame.slice(start, BLOCK + 1).collect()
        descends = block.select(_less(order)).to_series()
        if descends.any():
            return start + int(descends.arg_max() or 0) + 1
    return None


def _less(order: tuple[str, ...]) -> pl.Expr:
    """Whether a row is less than the one before, by the columns in turn; nulls come first."""
    less = pl.lit(False)
    for name in reversed(order):
        now, before = pl.col(name), pl.col(name).shift()
        smaller = (now < before).fill_null(now.is_null() & before.is_not_null())
        less = smaller | (now.eq_missing(before) & less)
    return less
