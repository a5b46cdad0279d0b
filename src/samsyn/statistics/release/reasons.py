"""Why a value differs between two releases: what became of the source that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from samsyn.statistics.release.manifest import Manifest
from samsyn.statistics.sources.forms import Provenance

SOURCES_SCHEMA = {
    "change": pl.String, "origin": pl.String, "table": pl.String, "title": pl.String,
    "old_updated": pl.String, "new_updated": pl.String, "old_file": pl.String,
    "new_file": pl.String,
}  # fmt: skip
REASONS_SCHEMA = {"old_source": pl.Int32, "new_source": pl.Int32, "reason": pl.String}


def changed_sources(old: Manifest, new: Manifest) -> pl.DataFrame:
    """Sources that were added, removed, updated, or changed without a new date."""
    before, after = _by_identity(old.sources), _by_identity(new.sources)
    rows = []
    for identity in sorted(before.keys() | after.keys()):
        one, other = before.get(identity), after.get(identity)
        change = _change(one, other)
        if change is not None:
            told = other or one
            rows.append(
                (
                    change,
                    identity[0],
                    told.table if told else None,
                    told.title if told else None,
                    one.updated if one else None,
                    other.updated if other else None,
                    one.file if one else None,
                    other.file if other else None,
                )
            )
    return pl.DataFrame(rows, schema=SOURCES_SCHEMA, orient="row")


def reasons(old: Manifest, new: Manifest) -> pl.DataFrame:
    """For each pair of sources, one of each release or none, why values from them differ."""
    same_version = old.version == new.version
    pairs = [
        (i, j, _reason(one, other, same_version))
        for i, one in _numbered(old.sources)
        for j, other in _numbered(new.sources)
    ]
    return pl.DataFrame(pairs, schema=REASONS_SCHEMA, orient="row")


def of_derived(old: Manifest, new: Manifest) -> str:
    """Why derived values may differ where no value that they derive from was revised."""
    if old.version != new.version:
        return f"computed by Samsyn {new.version} instead of {old.version}"
    if old.seed != new.seed:
        return f"drawn with the seed {new.seed} instead of {old.seed}"
    return "other areas or borders, or values of other groups or periods"


def _numbered(sources: Sequence[Provenance]) -> Iterator[tuple[int | None, Provenance | None]]:
    yield None, None
    yield from enumerate(sources)


def _by_identity(sources: Sequence[Provenance]) -> dict[tuple[str, str, str], Provenance]:
    """The sources by what makes them the same source: the publisher's table, else the file.

    A table may come in several files, one for each year say: then the files are told apart too.
    """
    tables = [(source.origin, source.table) for source in sources]
    found = {}
    for source in sources:
        split = not source.table or tables.count((source.origin, source.table)) > 1
        place = f"{source.file} {source.sheet or ''}".strip() if split else ""
        found[source.origin, source.table or "", place] = source
    return found


def _change(one: Provenance | None, other: Provenance | None) -> str | None:
    if one is None:
        return "added"
    if other is None:
        return "removed"
    if one.sha256 == other.sha256:
        return None
    return "updated" if one.updated != other.updated else "changed"


def _reason(one: Provenance | None, other: Provenance | None, same_version: bool) -> str | None:
    if one is None or other is None:
        if other is not None:
            return f"from {_said(other)}"
        return None if one is None else f"was from {_said(one)}"
    if one.sha256 == other.sha256:
        return "same file, " + ("read with others" if same_version else "another version of Samsyn")
    same_table = one.table is not None or one.file == other.file
    if (one.origin, one.table) != (other.origin, other.table) or not same_table:
        return f"{_said(other)} instead of {_said(one)}"
    if one.updated != other.updated:
        return f"{_said(other)} instead of {one.updated or 'one without a date'}"
    return f"{_said(other)}: another file with the same date, {other.file}"


def _said(source: Provenance) -> str:
    """A source in a few words: who, which table, of which date."""
    said = source.file if source.table is None else f"{source.origin} {source.table}"
    return f"{said} of {source.updated}" if source.updated else said
