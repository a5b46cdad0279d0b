"""The manifest: what a release holds, where it comes from, and the checksum of every file in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.release.durable import write_whole
from samsyn.statistics.sources.forms import Provenance

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1  # of the manifest and the tables; a release of another format is not read


@dataclass(frozen=True)
class FileEntry:
    """A file of a release: its SHA-256, its size in bytes and its rows."""

    sha256: str
    bytes: int
    rows: int


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself.

    `created` is a time in UTC (ISO 8601), `parent` the release that it was built from where it was
    built from one, `seed` that of everything drawn in it, `version` that of Samsyn. `sources` are
    numbered from 0, as the tables' column `source` does. `files` are by their path in the release.
    `findings` are how many of each severity.
    """

    name: str
    created: str
    version: str
    sources: tuple[Provenance, ...]
    files: Mapping[str, FileEntry]
    seed: int | None = None
    parent: str | None = None
    findings: Mapping[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table; what is split into files of a folder is added up."""
        rows: dict[str, int] = {}
        for path, entry in self.files.items():
            table = path.split("/", maxsplit=1)[0].removesuffix(".parquet")
            rows[table] = rows.get(table, 0) + entry.rows
        return rows

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(entry.bytes for entry in self.files.values())


def describe(
    folder: Path,
    name: str,
    sources: Sequence[Provenance],
    *,
    seed: int | None = None,
    parent: str | None = None,
) -> Manifest:
    """The manifest of the files in a folder as they lie there."""
    from samsyn import __version__

    files = {
        path.relative_to(folder).as_posix(): _entry(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    return Manifest(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        version=__version__,
        sources=tuple(sources),
        files=files,
        seed=seed,
        parent=parent,
        findings=_findings(folder / "findings.parquet"),
    )


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest into the folder of its release, whole."""
    content = {"samsyn": "release", **asdict(manifest)}
    write_whole(
        folder / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    )


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release. Raises InputError where it is absent, broken or of another age."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise InputError(
                f"The release {folder.name} has format {content.get('format')}, and this version "
                f"of Samsyn reads format {FORMAT}: build it again from its sources"
            )
        known = {field.name for field in fields(Manifest)}
        parts: dict[str, Any] = {key: value for key, value in content.items() if key in known}
        parts["sources"] = tuple(
            Provenance(**{**source, "notes": tuple(source["notes"])})
            for source in content["sources"]
        )
        parts["files"] = {name: FileEntry(**entry) for name, entry in content["files"].items()}
        return Manifest(**parts)
    except FileNotFoundError:
        raise InputError(f"The release {folder.name} has no {MANIFEST}: it is not whole") from None
    except InputError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"{path} cannot be read ({error}): it is not as Samsyn wrote it. Build the release "
            "again from its sources, or copy it anew from where it came"
        ) from None


def fingerprint(folder: Path) -> str:
    """The SHA-256 of the manifest, and so of the whole release: two with the same are the same."""
    return checksum(folder / MANIFEST)


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(path: Path) -> FileEntry:
    rows = 0
    if path.suffix == ".parquet":
        import pyarrow.parquet

        rows = pyarrow.parquet.read_metadata(path).num_rows
    return FileEntry(checksum(path), path.stat().st_size, rows)


def _findings(path: Path) -> dict[str, int]:
    if not path.is_file():
        return {}
    counts = pl.read_parquet(path, columns=["severity"], glob=False)["severity"].value_counts()
    found = dict(counts.iter_rows())
    return {level: found.get(level, 0) for level in ("error", "warning", "note")}
