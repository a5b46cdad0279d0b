"""Puts the files of a backup in place, and takes them away again where a restore fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from samsyn.people.keeping.archive import Archive
from samsyn.people.keeping.backing_up import ATTACHMENTS, KEYS
from samsyn.people.keeping.places import Places
from samsyn.statistics.release.durable import remove, sync_folder

PRIVATE: Final = 0o600
STAGE: Final = ".restoring"  # a folder among the files


@contextmanager
def put(archive: Archive, places: Places) -> Iterator[None]:
    """The folder of files is that of the backup when the block ends; else it stays as it was.

    Inside the block the new files lie beside the old ones: whichever of the two databases there is
    after a power cut, the files that it names are there.
    """
    folder = places.attachments
    stage = folder / STAGE
    remove(stage)
    names = [name.removeprefix(f"{ATTACHMENTS}/") for name in archive.names(ATTACHMENTS)]
    added: list[Path] = []
    try:
        for name in names:
            copy(archive, f"{ATTACHMENTS}/{name}", stage / name)
        for name in names:
            path = folder / name
            if not path.exists():
                added.append(path)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            (stage / name).replace(path)
            sync_folder(path.parent)
        yield
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
        raise
    finally:
        remove(stage)
        _remove_empty(folder)
    _keep_only(folder, {folder / name for name in names})


def _keep_only(folder: Path, wanted: set[Path]) -> None:
    for path in list(folder.rglob("*")):
        if path.is_file() and path not in wanted:
            path.unlink()
    _remove_empty(folder)


def _remove_empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            with suppress(OSError):
                path.rmdir()


def copy(archive: Archive, name: str, path: Path) -> None:
    """Write a part of a backup into a file that only this account reads."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with archive.part(name) as source, os.fdopen(handle, "wb") as out:
        shutil.copyfileobj(source, out)
        out.flush()
        os.fsync(out.fileno())


def put_keys(archive: Archive, places: Places) -> None:
    """Add the keys of a backup to those that are here: what either can read, both can then."""
    for name in archive.names(KEYS):
        path = places.keys / name.removeprefix(f"{KEYS}/")
        if not path.exists():
            copy(archive, name, path)
            continue
        with archive.part(name) as source:
            theirs = source.read().splitlines()
        ours = path.read_bytes().splitlines()
        lines = [*ours, *(line for line in theirs if line not in ours)]
        beside = path.with_name(f".{path.name}.restoring")
        beside.touch(mode=PRIVATE)
        beside.write_bytes(b"".join(line + b"\n" for line in lines if line))
        beside.replace(path)
