"""The store: a folder with releases that are never edited, of which one is current."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from samsyn.measure.errors import InputError
from samsyn.statistics.release.durable import remove, why_full
from samsyn.statistics.release.lock import locked
from samsyn.statistics.release.manifest import read_manifest
from samsyn.statistics.release.names import check_name, free_name
from samsyn.statistics.release.pointer import pointed
from samsyn.statistics.release.publication import (
    BUILDING,
    RELEASES,
    clean,
    prepare,
    publish,
    refuse_file,
    switch,
    unpublished,
)
from samsyn.statistics.release.sealing import Building, seal


@dataclass(frozen=True)
class Listing:
    """A release in a store: when it was made (ISO 8601, UTC) and what is wrong if that is unknown.

    `created` is None where the manifest cannot be read; `problem` then says why.
    """

    name: str
    created: str | None
    current: bool
    problem: str | None = None


@dataclass(frozen=True)
class Store:
    """The releases in one folder.

    `releases/NAME` holds the Parquet files and the manifest of a release, `current` the name of the
    one that is current, `building` what is being built. Any number of readers may use a store while
    a release is built in it: they see a release whole or not at all.
    """

    path: Path

    @classmethod
    def at(cls, option: Path | None = None) -> Store:
        """The store in a folder; else in that of SAMSYN_STORE; else in the user's data folder."""
        told = option or os.environ.get("SAMSYN_STORE")
        if told:
            return cls(Path(told).expanduser())
        from platformdirs import user_data_path

        return cls(user_data_path("samsyn", appauthor=False))

    def names(self) -> list[str]:
        """The releases there are, by name."""
        refuse_file(self.path)
        folder = self.path / RELEASES
        if not folder.is_dir():
            return []
        names = sorted(inner.name for inner in folder.iterdir() if inner.is_dir())
        return [name for name in names if not unpublished(self.path, name)]

    def releases(self) -> list[Listing]:
        """The releases there are, the newest last."""
        now = self.current()
        found = []
        for name in self.names():
            try:
                created = read_manifest(self.path / RELEASES / name).created
                found.append(Listing(name, created, name == now))
            except InputError as error:
                found.append(Listing(name, None, name == now, str(error)))
        return sorted(found, key=lambda listing: (listing.created or "", listing.name))

    def current(self) -> str | None:
        """The name of the current release; None where there is none yet."""
        return pointed(self.path)

    def folder(self, name: str | None = None) -> Path:
        """The folder of a release, by default of the current one. Raises InputError for none."""
        names = self.names()
        asked = name or self.current()
        if not names:
            raise InputError(
                f"There is no release in {self.path} yet. `samsyn release build PATH...` makes "
                "one from files; --store DIR names another folder"
            )
        there = f"The releases in {self.path} are: {', '.join(names)}"
        if asked is None:
            raise InputError(f"No release is current. {there}; `samsyn release use NAME` takes one")
        if asked not in names:
            said = "" if name else ", though it is said to be current"
            raise InputError(f'There is no release "{asked}"{said}. {there}')
        return self.path / RELEASES / asked

    def use(self, name: str) -> None:
        """Make a release current, in one step. Raises InputError where there is none."""
        self.folder(name)
        switch(self.path, name)

    @contextmanager
    def building(
        self,
        name: str | None = None,
        *,
        parent: str | None = None,
        use: bool = True,
        wait: bool = True,
        say: Callable[[str], None] | None = None,
    ) -> Iterator[Building]:
        """A new release: a folder to fill, which is published when the block ends.

        The block fills `folder` with the files of `release.schema` and tells where they come from
        by `describe`. Then the manifest is written, everything is brought to the disk, verified and
        put in place; with `use` it becomes current. Where anything goes wrong, at whatever moment,
        the store stays as it was; what is left lying is removed by the next build.

        `name` is the date of today by default. While another build is at work, this one waits and
        tells `say` whose it is; without `wait` it raises StoreBusyError. Raises InputError for a
        name that there is already, before anything is done; RefusedError where the release's
        findings have errors; OSError where the disk is full.
        """
        if name is not None:
            check_name(name)
            self._refuse_taken(name)
        prepare(self.path)
        with locked(self.path, name or "of today", self.path / BUILDING, wait=wait, say=say):
            clean(self.path)
            name = name or free_name(self.names())
            self._refuse_taken(name)
            folder = self.path / BUILDING / name
            try:
                folder.mkdir()
                started = Building(name, folder, parent)
                yield started
                seal(started)
                publish(self.path, name, use=use)
            except Exception as error:
                number = why_full(error)
                if number is None:
                    raise
                raise OSError(
                    number,
                    f"{os.strerror(number)}: the release was not finished, and the store is as it "
                    "was. Make room, or name another folder with --store",
                    str(self.path),
                ) from error
            finally:
                # Published, it is no longer there.
                with contextlib.suppress(OSError):
                    remove(folder)

    def _refuse_taken(self, name: str) -> None:
        """A release is never edited: its name can be had once."""
        if name in self.names():  # what a killed build left half published does not count
            raise InputError(
                f'There is a release "{name}" in {self.path} already, and releases are never '
                "edited: give the new one another name with --name"
            )
