"""The ledger: which values differ between two releases, by how much, and why.

A value is revised where old and new differ by more than one part in 10^9 (and by more than 10^-12,
which is where sums that should be 0 lie); below that it is the rounding of floating numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.release.comparison import (
    COMPARISONS,
    COMPONENTS,
    CREATE,
    Comparison,
    Range,
    pattern,
    statement,
    text,
)
from samsyn.statistics.release.manifest import Manifest, read_manifest
from samsyn.statistics.release.reasons import changed_sources, of_derived, reasons
from samsyn.statistics.release.schema import COUNTS_FOLDER, OBSERVATIONS_FOLDER

if TYPE_CHECKING:
    import duckdb

BLOCK: Final = 1_000_000  # rows that are joined at a time
SAMPLE: Final = 2_000  # areas that the ranges are found from
MEMORY: Final = "1GB"  # what DuckDB may take before it goes to the disk

# Raw tables give the reasons of their values. Derived ones give what changed with them: the counts
# of the same grouping and period, and for area types the parts of their index.
_SUMMARY: Final = """
WITH told AS (
    SELECT "table", subject, period, change, count(*) AS "values",
        max(abs(difference)) AS largest, max(abs(relative)) AS largest_relative,
        array_to_string(list_slice(list_sort(list_distinct(list(reason))), 1, 3), '; ') AS reasons
    FROM ledger GROUP BY ALL
), parts AS (
    SELECT 'area_types' AS "table", NULL::VARCHAR AS subject, period, measure AS part,
        count(*) AS changes
    FROM ledger WHERE "table" = 'area_types' AND measure IN ({components}) GROUP BY ALL
    UNION ALL
    SELECT derived, subject, period, subject, count(*)
    FROM ledger CROSS JOIN unnest(['indices', 'decomposition', 'quotients']) AS _(derived)
    WHERE "table" = 'counts' GROUP BY ALL
), causes AS (
    SELECT "table", subject, period,
        'with ' || array_to_string(list_sort(list(part || ' (' || changes || ')')), ', ') AS said
    FROM parts GROUP BY ALL
)
SELECT told.* EXCLUDE (reasons),
    coalesce(causes.said, nullif(told.reasons, ''), {otherwise}) AS reason
FROM told
LEFT JOIN causes ON causes."table" = told."table" AND causes.period IS NOT DISTINCT FROM told.period
    AND causes.subject IS NOT DISTINCT FROM told.subject
ORDER BY list_position({tables}, told."table"), told.subject, told.period, told.change
"""
_SORTED: Final = """
SELECT * FROM ledger ORDER BY list_position({tables}, "table"),
    subject, period, area, units, level, "index", "group", against, sex, age, measure
"""


@dataclass(frozen=True)
class Ledger:
    """What differs between two releases.

    `changes` has a row for each value: `table`, `change` (revised, added, removed, status), what it
    is about (`subject` is its indicator or grouping), `measure` (the column of the table), `old`,
    `new`, `difference` (new − old), `relative` (difference by the old value's size), the statuses,
    and the `reason`. It lies on the disk, is read as it is needed, and goes when the block of
    `diff` ends. `summary` counts the changes by table, subject, period and kind of change. For
    derived tables its reason is which counts or parts changed with them. `sources` are the sources
    that were added, removed, updated, or changed without a new date.
    """

    summary: pl.DataFrame
    sources: pl.DataFrame
    changes: pl.LazyFrame


@contextmanager
def diff(old: Path, new: Path, indicator: str | None = None) -> Iterator[Ledger]:
    """What differs between the releases in two folders; of one indicator or grouping if told.

    Files with the same checksum are not opened; the others are compared by DuckDB, in memory that
    does not grow with them. Raises InputError where a folder holds no release, or neither has the
    indicator.
    """
    before, after = read_manifest(old), read_manifest(new)
    if indicator is not None:
        _require_subject(indicator, before, after)
    with TemporaryDirectory(prefix="samsyn-ledger-", ignore_cleanup_errors=True) as folder:
        target = Path(folder) / "changes.parquet"
        summary = _compare((old, before), (new, after), indicator, target)
        changes = pl.scan_parquet(target, glob=False)
        yield Ledger(summary, changed_sources(before, after), changes)


def _compare(
    old: tuple[Path, Manifest], new: tuple[Path, Manifest], subject: str | None, target: Path
) -> pl.DataFrame:
    """Write every change into a file; the summary of them."""
    import duckdb

    before, after = old[1], new[1]
    tables = "[" + ", ".join(text(name) for name in COMPARISONS) + "]"
    components = ", ".join(text(name) for name in COMPONENTS)
    otherwise = text(of_derived(before, after))
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = {text(str(target.parent))}")
        connection.execute("SET preserve_insertion_order = false")
        # DuckDB trusts the least and largest values that Parquet tells of a column, and these leave
        # out what is no number; an older release may have such values.
        connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        connection.execute(CREATE)
        connection.register("reasons", reasons(before, after))
        for comparison, file in _files(before, after, subject):
            one, other = (
                folder / file if file in manifest.files else None for folder, manifest in (old, new)
            )
            rows, larger = max(
                (manifest.files[file].rows, folder / file)
                for folder, manifest in (old, new)
                if file in manifest.files
            )
            for areas in _ranges(connection, comparison, larger, rows):
                connection.execute(statement(comparison, one, other, subject, areas))
        connection.execute(
            f"COPY ({_SORTED.format(tables=tables)}) TO {text(str(target))} (FORMAT parquet)"
        )
        summary: pl.DataFrame = connection.sql(
            _SUMMARY.format(tables=tables, components=components, otherwise=otherwise)
        ).pl()
    return summary


def _ranges(
    connection: duckdb.DuckDBPyConnection, comparison: Comparison, path: Path, rows: int
) -> Iterator[Range]:
    """Ranges of areas that each have about `BLOCK` rows, so that a join fits in memory."""
    parts = -(-rows // BLOCK)
    if parts <= 1:
        yield None, None
        return
    area = comparison.column("area")
    found = connection.execute(
        f"SELECT {area} FROM read_parquet({pattern(path)}) USING SAMPLE {SAMPLE} ROWS "
        "(reservoir, 1)"
    ).fetchall()
    sample = sorted({str(one) for (one,) in found if one is not None})
    edges = sorted({sample[len(sample) * part // parts] for part in range(1, parts) if sample})
    yield from zip([None, *edges], [*edges, None], strict=True)


def _files(
    before: Manifest, after: Manifest, subject: str | None
) -> Iterator[tuple[Comparison, str]]:
    """The files to compare: those that either release has and that are not the same in both."""
    for file in sorted(before.files.keys() | after.files.keys()):
        name, _, rest = file.partition("/")
        comparison = COMPARISONS.get(name.removesuffix(".parquet"))
        if comparison is None:
            continue
        if subject is not None and rest and rest != f"{subject}.parquet":
            continue
        if subject is not None and not rest and name == "area_types.parquet":
            continue
        one, other = before.files.get(file), after.files.get(file)
        if one is None or other is None or one.sha256 != other.sha256:
            yield comparison, file


def _require_subject(subject: str, before: Manifest, after: Manifest) -> None:
    there = {
        path.rpartition("/")[2].removesuffix(".parquet")
        for path in before.files.keys() | after.files.keys()
        if path.startswith(tuple(f"{folder}/" for folder in (COUNTS_FOLDER, OBSERVATIONS_FOLDER)))
    }
    if subject not in there:
        raise InputError(
            f'Neither release has an indicator or a grouping "{subject}". They have '
            f"{', '.join(sorted(there)) or 'none'}"
        )
