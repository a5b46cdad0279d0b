"""The store: a folder with releases that are never edited, of which one is current."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.release.pointer import point, pointed

RELEASES: Final = "releases"
BUILDING: Final = "building"
PUBLISHING: Final = ".publishing"


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
        folder = self.path / RELEASES
        if self.path.exists() and not self.path.is_dir():
            raise InputError(
                f"{self.path} is a file, and a store is a folder: give its folder with --store"
            )
        if not folder.is_dir():
            return []
        names = sorted(inner.name for inner in folder.iterdir() if inner.is_dir())
        now = pointed(self.path)
        # A release that is to be current but is not yet was interrupted, or is this instant put
        # in place.
        return [name for name in names if name == now or not self._unfinished(name)]

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
            said = "" if name else ", which is the current one"
            raise InputError(f'There is no release "{asked}"{said}. {there}')
        return self.path / RELEASES / asked

    def use(self, name: str) -> None:
        """Make a release current, in one step. Raises InputError where there is none."""
        self.folder(name)
        point(self.path, name)

    def _unfinished(self, name: str) -> bool:
        return (self.path / BUILDING / f"{name}{PUBLISHING}").exists()
