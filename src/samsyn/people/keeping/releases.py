"""The release that work rests on: a backup points to it, and may bring it along."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from samsyn.measure import InputError
from samsyn.people.keeping.archive import Archive, Writer
from samsyn.statistics.release import publication
from samsyn.statistics.release.durable import remove, set_read_only, sync_tree
from samsyn.statistics.release.lock import locked
from samsyn.statistics.release.manifest import fingerprint
from samsyn.statistics.release.names import check_name
from samsyn.statistics.release.store import Store
from samsyn.statistics.release.verification import verify

RELEASE: Final = "release"


@dataclass(frozen=True)
class Pointer:
    """A release by its folder and the SHA-256 of its manifest; nothing where there is none."""

    folder: Path | None = None
    sha256: str = ""

    @classmethod
    def of(cls, store: Store | None) -> Pointer:
        """The one that is current in a store."""
        try:
            folder = None if store is None else store.folder()
            return cls() if folder is None else cls(folder, fingerprint(folder))
        except (InputError, OSError):
            return cls()

    def told(self, *, along: bool) -> dict[str, Any] | None:
        """What the manifest of a backup says of it."""
        if self.folder is None:
            return None
        return {"name": self.folder.name, "sha256": self.sha256, "along": along}

    def put_into(self, writer: Writer) -> None:
        """Copy its files into a backup. Raises InputError where there is none."""
        if self.folder is None:
            raise InputError("There is no release to take along: leave out --with-release")
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(self.folder).as_posix()
                with path.open("rb") as source:
                    writer.copy(f"{RELEASE}/{name}", source)


def put_back(archive: Archive, store: Store) -> str | None:
    """Put the release of a backup into a store that lacks it; what to say of it."""
    told = archive.manifest.release
    if told is None:
        return None
    if told["name"] in store.names():
        if fingerprint(store.folder(told["name"])) == told["sha256"]:
            return None
        return (
            f"The release {told['name']} in {store.path} is another than the one of the backup: "
            "figures that the work cites may not be in it"
        )
    if not told["along"]:
        return (
            f"The work rests on the release {told['name']}, which is not in {store.path}: build "
            "it there, or copy it from where it is"
        )
    _copy(archive, store, told)
    return f"The release {told['name']} was put into {store.path}"


def _copy(archive: Archive, store: Store, told: Mapping[str, Any]) -> None:
    """The release as it was, byte for byte: figures that are cited name it and its checksum."""
    name = told["name"]
    check_name(name)
    publication.prepare(store.path)
    building = store.path / publication.BUILDING
    with locked(store.path, name, building):
        folder = building / name
        remove(folder)
        try:
            for part in archive.names(RELEASE):
                path = folder / part.removeprefix(f"{RELEASE}/")
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.part(part) as source, path.open("wb") as out:
                    shutil.copyfileobj(source, out)
            set_read_only(folder)
            sync_tree(folder)
            problems = verify(folder)
            if problems or fingerprint(folder) != told["sha256"]:
                raise InputError(f"The release {name} in the backup is not whole: {problems[:1]}")
            publication.publish(store.path, name, use=store.current() is None)
        finally:
            remove(folder)
