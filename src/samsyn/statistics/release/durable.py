"""Files that are on the disk, whole, when a function returns: also after a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def write_whole(path: Path, text: str, scratch: Path | None = None) -> None:
    """Write a text file in one step: a reader sees the old content or the new.

    Until then it lies in `scratch`, a folder of the same file system; by default beside its place.
    """
    handle, beside = tempfile.mkstemp(dir=scratch or path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to the disk."""
    if os.name == "nt":  # Windows opens no folders
        return
    _sync(folder, os.O_RDONLY)


def sync_tree(folder: Path) -> None:
    """Bring every file and folder below this one to the disk, this one last."""
    for inner in sorted(folder.rglob("*"), reverse=True):
        if inner.is_dir():
            sync_folder(inner)
        else:
            _sync(inner, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    sync_folder(folder)


def set_read_only(folder: Path) -> None:
    """Take the right to write from every file in the folder."""
    for inner in folder.rglob("*"):
        if inner.is_file():
            inner.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all in it, also what is read-only; nothing if absent."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, onerror=_once_writable)
    else:
        path.unlink(missing_ok=True)


def _once_writable(again: Callable[..., Any], path: str, error: Any) -> None:
    """Windows removes no read-only file."""
    if not Path(path).exists():
        return
    Path(path).chmod(stat.S_IRWXU)
    again(path)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def why_full(error: BaseException) -> int | None:
    """The number of the error where it says that there is no room for a file; else None.

    Polars and DuckDB tell it in their messages only.
    """
    if isinstance(error, OSError):
        return error.errno if error.errno in FULL else None
    said = str(error)
    return next((number for number in FULL if os.strerror(number) in said), None)
