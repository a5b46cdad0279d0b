"""How a finished folder becomes a release, so that a reader sees it whole or not at all.

A folder is moved from `building` to `releases` and then made current: two steps, and a computer can
stop between them. So a mark is set before the first and taken away after the last. A release with a
mark that is not current was never published: nobody is shown it, and the next build removes it.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.release.durable import remove, sync_folder
from samsyn.statistics.release.pointer import POINTER, point, pointed

RELEASES, BUILDING, MARK = "releases", "building", ".publishing"
SIGN: Final = "samsyn-store.txt"
SIGN_TEXT: Final = """\
This folder is a store of Samsyn's releases. In releases/NAME lie the files of a release, which are
never changed; the file current names the one in use; what lies in building is being built, or was
when a build was interrupted, and the next build removes it.
"""
ABANDONED: Final = 3600.0  # seconds after which a file beside the pointer is left from an accident


def prepare(store: Path) -> None:
    """Make the folders of a store, or see that releases can be built in those there are.

    Raises InputError where the path is a file, cannot be written, or is a folder of other things.
    """
    refuse_file(store)
    try:
        store.mkdir(parents=True, exist_ok=True)
        if not (store / SIGN).exists():
            _refuse_other_things(store)
            (store / SIGN).write_text(SIGN_TEXT, encoding="utf-8")
        for name in (RELEASES, BUILDING):
            (store / name).mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=store / name):
                pass
    except OSError as error:
        raise InputError(
            f"{store} cannot be written ({error.strerror}), so no release can be built in it. "
            "Name a folder of your own with --store"
        ) from None


def refuse_file(store: Path) -> None:
    """Raise InputError where a store is a file, or would have to lie in one."""
    at = next((part for part in (store, *store.parents) if part.exists()), store)
    if at.exists() and not at.is_dir():
        raise InputError(
            f"{at} is a file, and a store is a folder: name another folder with --store"
        )


def _refuse_other_things(store: Path) -> None:
    """A build empties the folder `building` of its store: it must be the store's own."""
    there = [p.name for p in store.iterdir() if p.name[0] != "." and p.name != "lost+found"]
    if there and not any((store / RELEASES).glob("*/manifest.json")):
        raise InputError(
            f"{store} is no store of releases: there are other things in it, such as "
            f"{min(there)}. Name a new or an empty folder with --store"
        )


def clean(store: Path) -> None:
    """Remove what interrupted builds left. Only who holds the lock of the store may."""
    building = store / BUILDING
    now = pointed(store)
    for mark in building.glob(f"*{MARK}"):
        name = mark.name.removesuffix(MARK)
        if name != now and (store / RELEASES / name).exists():
            remove(building / name)
            (store / RELEASES / name).rename(building / name)
            remove(building / name)
        remove(mark)
    for left in building.iterdir():
        remove(left)
    for left in store.glob(f".{POINTER}.*"):  # another process may be switching this moment
        if left.is_file() and time.time() - left.stat().st_mtime > ABANDONED:
            remove(left)


def unpublished(store: Path, name: str) -> bool:
    """Whether a release was moved in place and its publication not finished."""
    return pointed(store) != name and _mark(store, name).exists()


def publish(store: Path, name: str, *, use: bool) -> None:
    """Move the folder of a release, which is on the disk, in place, and with `use` make it current.

    The release is published by one step: the pointer's, or without `use` the mark's.
    """
    mark = _mark(store, name)
    mark.touch()
    sync_folder(store / BUILDING)
    (store / BUILDING / name).rename(store / RELEASES / name)
    sync_folder(store / RELEASES)
    sync_folder(store / BUILDING)
    if use:
        point(store, name, store / BUILDING)
    mark.unlink(missing_ok=True)
    sync_folder(store / BUILDING)


def switch(store: Path, name: str) -> None:
    """Make another release current. Raises InputError where the store cannot be written."""
    try:
        now = pointed(store)
        if now is not None:
            # Only being current may have published it; see the head of this module.
            _mark(store, now).unlink(missing_ok=True)
        point(store, name)
    except OSError as error:
        raise InputError(
            f"{store} cannot be written ({error.strerror}): the current release stays"
        ) from None


def _mark(store: Path, name: str) -> Path:
    return store / BUILDING / f"{name}{MARK}"
