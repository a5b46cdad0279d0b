"""What a folder's `samsyn.toml` says that its files cannot.

    publisher = "Exempel län"
    licence = "CC0"
    fictional = true

    [[file]]
    match = "turnout_*.sqlite3"
    period = "2022"
    mapping = { table = "votes", area = "municipality", ... }

    [[custom]]
    name = "Kronogården"
    municipality = "1488"
    vintage = "2018"
    members = ["1488A0010", "1488A0020"]

    [indicator.meeting_places]
    name = { sv = "Mötesplatser", en = "Meeting places" }
    unit = "persons"

A folder's settings hold for the folders in it too; the nearest goes first.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.sources.forms import Unread

FILE: Final = "samsyn.toml"
BESIDE: Final = ".provenance.json"
ORIGIN_FACTS: Final = (
    "origin", "table", "title", "updated", "address", "retrieved", "licence", "sha256",
)  # fmt: skip
FOLDER_KEYS: Final = {"publisher": str, "licence": str, "fictional": bool}
FILE_KEYS: Final = {
    "match": str, "publisher": str, "licence": str, "fictional": bool, "period": str,
    "vintage": str, "kind": str, "table": str, "mapping": dict, "skip": bool,
}  # fmt: skip
CUSTOM_KEYS: Final = {"name": str, "municipality": str, "vintage": str, "members": list}
WRITTEN: Final = {
    str: "text in quotation marks", bool: "true or false", dict: "a table", list: "a list",
}  # fmt: skip


@dataclass(frozen=True)
class FileSettings:
    """What is set for one file; None where nothing is.

    `mapping` is the declared meaning of a database's tables, as it stands in the file. `fetched`
    is what was written beside the file when it was fetched. `skip` says that it is not to be read.
    """

    publisher: str | None = None
    licence: str | None = None
    fictional: bool = False
    period: str | None = None
    vintage: str | None = None
    kind: str | None = None
    table: str | None = None
    mapping: Mapping[str, Any] | None = None
    skip: bool = False
    fetched: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CustomArea:
    """An area that its users draw themselves: DeSO or RegSO of one vintage that belong together."""

    name: str
    municipality: str
    vintage: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class FolderSettings:
    """A `samsyn.toml`: `file` is what messages call it, `folder` where it holds."""

    file: str
    folder: Path
    publisher: str | None = None
    licence: str | None = None
    fictional: bool = False
    files: tuple[Mapping[str, Any], ...] = ()
    custom: tuple[CustomArea, ...] = ()
    indicators: Mapping[str, Any] = field(default_factory=dict)

    def holds_for(self, path: Path) -> bool:
        """Whether a file lies in this folder or in one that is in it."""
        return path.is_relative_to(self.folder)


def settings_for(
    path: Path, folders: Sequence[FolderSettings], fetched: Mapping[str, str] | None = None
) -> FileSettings:
    """What is set for a file, where the nearest folder goes before those that hold it."""
    found: dict[str, Any] = {}
    told = {field.name for field in fields(FileSettings)}
    for folder in sorted(folders, key=lambda f: len(f.folder.parts)):
        if not folder.holds_for(path):
            continue
        for key in FOLDER_KEYS:
            if getattr(folder, key):
                found[key] = getattr(folder, key)
        for entry in folder.files:
            if _matches(entry, path, folder.folder):
                found |= {key: value for key, value in entry.items() if key in told}
    return FileSettings(**found, fetched=fetched or {})


def unmatched(settings: FolderSettings) -> list[Unread]:
    """Entries of a samsyn.toml that match no file of its folder: what they say has no effect."""
    there = [path for path in settings.folder.rglob("*") if path.is_file()]
    return [
        Unread(
            settings.file,
            f'{settings.file}: [[file]] {number} matches no file: match = "{entry["match"]}". '
            "Write the name of one that is there, or take the entry away",
        )
        for number, entry in enumerate(settings.files, start=1)
        if not any(_matches(entry, path, settings.folder) for path in there)
    ]


def _matches(entry: Mapping[str, Any], path: Path, folder: Path) -> bool:
    """Whether an entry is about a file, by its name or by its path in the folder."""
    within = path.relative_to(folder).as_posix()
    return fnmatch(path.name, entry["match"]) or fnmatch(within, entry["match"])


def read_settings(path: Path, name: str = FILE) -> FolderSettings:
    """Read a `samsyn.toml`. Raises InputError that names the file and the key that is wrong."""
    try:
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{name} cannot be read as TOML: {error}") from None
    files, custom = told.pop("file", []), told.pop("custom", [])
    own = told.pop("indicator", {})
    _checked(told, FOLDER_KEYS, name, "", also="[[file]], [[custom]] and [indicator.ID]")
    for what, entries in (("file", files), ("custom", custom)):
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            raise InputError(f"{name}: write [[{what}]] with two brackets: there can be several")
    for number, entry in enumerate(files, start=1):
        where = f"[[file]] {number}"
        _checked(entry, FILE_KEYS, name, where, needed=("match",))
        if entry.get("kind", "deso") not in KINDS:
            raise InputError(
                f'{name}: {where}: kind is "{entry["kind"]}" and must be one of {", ".join(KINDS)}'
            )
    areas = tuple(_custom(entry, name, i) for i, entry in enumerate(custom, start=1))
    return FolderSettings(
        name, path.parent, **told, files=tuple(files), custom=areas, indicators=own
    )


def read_fetched(path: Path, name: str) -> dict[str, str]:
    """What was written beside a file when it was fetched; nothing where nothing was.

    Raises InputError where it cannot be read.
    """
    beside = path.with_name(path.name + BESIDE)
    if not beside.exists():
        return {}
    try:
        told = json.loads(beside.read_text("utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(
            f"{name}{BESIDE} cannot be read ({error}). Fetch the file again, or take "
            f"{beside.name} away"
        ) from None
    if not isinstance(told, dict):
        raise InputError(f"{name}{BESIDE} is not a JSON object: take it away")
    return {key: str(told[key]) for key in ORIGIN_FACTS if told.get(key)}


def _custom(entry: Mapping[str, Any], name: str, number: int) -> CustomArea:
    where = f"[[custom]] {number}"
    _checked(entry, CUSTOM_KEYS, name, where, needed=tuple(CUSTOM_KEYS))
    members = entry["members"]
    if not members or not all(isinstance(member, str) for member in members):
        raise InputError(
            f'{name}: {where}: members is a list of DeSO or RegSO codes, ["1488A0010", ...]'
        )
    return CustomArea(**{**entry, "members": tuple(dict.fromkeys(members))})


def _checked(
    entry: Mapping[str, Any],
    keys: Mapping[str, type],
    name: str,
    where: str,
    needed: Sequence[str] = (),
    also: str = "",
) -> None:
    """Raise InputError for a key that is unknown, lacking or of another type than it must be."""
    at = f"{name}: {where}" if where else name
    for key, value in entry.items():
        if key not in keys:
            there = ", ".join(keys) + (f", {also}" if also else "")
            raise InputError(f'{at} has an unknown setting "{key}". The settings are: {there}')
        if not isinstance(value, keys[key]):
            raise InputError(f"{at}: {key} must be {WRITTEN[keys[key]]}")
    for key in needed:
        if key not in entry:
            raise InputError(f'{at} lacks "{key}"')
