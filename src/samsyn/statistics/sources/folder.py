"""Folders and files to read: which there are, and what is set for each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.settings import BESIDE, FILE, FolderSettings, read_settings

# What a file's name ends in that can hold statistics or areas; its content tells what it is.
TRIED: Final = frozenset(
    {
        ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".pq",
        ".geoparquet", ".px", ".json", ".jsonstat", ".geojson", ".gpkg", ".zip", ".shz", ".shp",
        ".sqlite", ".sqlite3", ".db",
    }
)  # fmt: skip
# What is read together with the file that it lies beside.
COMPANIONS: Final = (BESIDE, ".mapping.toml", "kpi.json")
TEMPORARY: Final = ("~$", ".", "._")  # what Excel, editors and systems leave beside a file


@dataclass(frozen=True)
class Found:
    """The files to read, by what messages call them; those passed over; and what is set."""

    files: dict[str, Path] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)
    settings: list[FolderSettings] = field(default_factory=list)


def files_in(paths: Sequence[Path]) -> Found:
    """Every file in folders and the folders in them, in the order of their names.

    Files are called by their path within the folder, which goes before where there are several. A
    file that is named itself is tried whatever its name ends in. Raises InputError where a path
    does not exist, and where a `samsyn.toml` cannot be read.
    """
    found = Found()
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {path}")
        if path.is_dir():
            _add_folder(path, f"{path.resolve().name}/" if len(paths) > 1 else "", found)
        else:
            _add_beside(path, found)
            found.files.setdefault(path.name if path.name not in found.files else str(path), path)
    return found


def _add_folder(folder: Path, before: str, found: Found) -> None:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(TEMPORARY))
        for file in sorted(files):
            path = Path(root, file)
            name = before + path.relative_to(folder).as_posix()
            if file == FILE:
                found.settings.append(read_settings(path, name))
            elif file.startswith(TEMPORARY) or file.endswith(COMPANIONS):
                continue
            elif path.suffix.lower() in TRIED:
                found.files[name if name not in found.files else str(path)] = path
            else:
                found.passed_over.append(name)


def _add_beside(path: Path, found: Found) -> None:
    """The settings of the folder that a single file lies in."""
    beside = path.parent / FILE
    known = {settings.folder for settings in found.settings}
    if beside.exists() and path.parent not in known:
        found.settings.append(read_settings(beside))
