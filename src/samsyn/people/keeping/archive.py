"""The file of a backup: a zip whose parts are written and read as streams, each with its SHA-256.

While it is written it lies under another name in the same folder: under its own name it is whole.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from samsyn.measure import InputError
from samsyn.people.keeping.manifest import Manifest, Part, read
from samsyn.statistics.release.durable import sync_folder, why_full

MANIFEST: Final = "manifest.json"
CHUNK: Final = 2**20
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError,
    ValueError, OverflowError,
)  # fmt: skip


class Sink:
    """A part that is being written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._sum = hashlib.sha256()
        self._size = 0

    def write(self, content: bytes) -> None:
        """Write more of it."""
        self._out.write(content)
        self._sum.update(content)
        self._size += len(content)

    @property
    def part(self) -> Part:
        """What has been written."""
        return Part(self._size, self._sum.hexdigest())


class Writer:
    """A backup that is being written; see `writing`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.parts: dict[str, Part] = {}

    @contextmanager
    def part(self, name: str, *, packed: bool = True) -> Iterator[Sink]:
        """A new part; files of people are most often packed already."""
        told = zipfile.ZipInfo(name)
        told.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zip.open(told, "w", force_zip64=True) as out:
            sink = Sink(out)
            yield sink
        self.parts[name] = sink.part

    def copy(self, name: str, source: IO[bytes], *, packed: bool = False) -> None:
        """A new part with what is read from an open file."""
        with self.part(name, packed=packed) as sink:
            while content := source.read(CHUNK):
                sink.write(content)

    def end(self, manifest: Manifest) -> None:
        """Write the manifest; nothing can be written after it."""
        self._zip.writestr(MANIFEST, manifest.text())
        self._zip.close()

    def abandon(self) -> None:
        """Write nothing more."""
        self._zip.fp = None


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new backup, which has its name when the block ends and is on the disk; else nothing is.

    Raises InputError where the name is taken, and OSError where there is no room.
    """
    _refuse_taken(path)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            writer = Writer(file)
            try:
                yield writer
            except BaseException:
                writer.abandon()
                raise
            file.flush()
            os.fsync(file.fileno())
        _refuse_taken(path)
        scratch.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        number = why_full(error)
        if number is None:
            raise
        said = f"{os.strerror(number)}: no backup was made. Make room, or write to another disk"
        raise OSError(number, said, str(path)) from error
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise InputError(f"{path} is there already and is left as it is: choose another name")


class Archive:
    """A backup that is being read; see `reading`."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.path = path
        self._zip = opened
        try:
            self.manifest = read(opened.read(MANIFEST), str(path))
        except KeyError as error:
            raise InputError(f"{path} is no backup of Samsyn: it has no manifest") from error
        except BROKEN as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"{path} is damaged: its manifest cannot be read") from error

    def names(self, folder: str) -> list[str]:
        """The parts in a folder, by name."""
        return sorted(name for name in self.manifest.parts if name.startswith(f"{folder}/"))

    @contextmanager
    def part(self, name: str) -> Iterator[IO[bytes]]:
        """A part, to be read."""
        with self._zip.open(name) as opened:
            yield opened

    def verify(self) -> None:
        """Read all of it. Raises InputError where a part is not as it was written."""
        there = set(self._zip.namelist()) - {MANIFEST}
        if there != set(self.manifest.parts):
            odd = min(there ^ set(self.manifest.parts))
            raise InputError(f"{self.path} is damaged: {odd} is missing, or does not belong there")
        for name, told in self.manifest.parts.items():
            if not _safe(name):
                raise InputError(f"{self.path} is damaged: a part is called {name!r}")
            if self._sum(name) != told:
                raise InputError(
                    f"{self.path} is damaged: {name} is not as it was written. "
                    "Take another copy of it, or an older backup; nothing was changed"
                )

    def _sum(self, name: str) -> Part | None:
        found, size = hashlib.sha256(), 0
        try:
            with self.part(name) as opened:
                while content := opened.read(CHUNK):
                    found.update(content)
                    size += len(content)
        except BROKEN:
            return None
        return Part(size, found.hexdigest())


@contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """A backup, to be read. Raises InputError for what is none."""
    with path.open("rb") as file:
        begins = file.read(4)
        try:
            opened: Any = zipfile.ZipFile(file)
        except BROKEN as error:
            if begins == b"PK\x03\x04":
                raise InputError(f"{path} is damaged: a part of it is missing") from error
            raise InputError(f"{path} is no backup of Samsyn") from error
        with opened:
            yield Archive(path, opened)


def _safe(name: str) -> bool:
    """Whether a part stays within the folder that it is put into."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name
