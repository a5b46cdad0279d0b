"""Files and folders read whole: what is in them, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.custom_areas import custom_areas
from samsyn.statistics.sources.folder import files_in
from samsyn.statistics.sources.forms import Material, Unread
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.recognition import read_file
from samsyn.statistics.sources.settings import (
    FolderSettings,
    read_fetched,
    settings_for,
    unmatched,
)

Report: TypeAlias = Callable[[float, str], None]


@dataclass(frozen=True)
class Reading:
    """What came of reading.

    `unread` are the files that failed or are not known, `passed_over` those whose names say that
    they hold neither statistics nor areas, or that samsyn.toml skips, `repeated` those that are
    the same as another (each with that other).
    """

    materials: tuple[Material, ...]
    unread: tuple[Unread, ...]
    settings: tuple[FolderSettings, ...]
    passed_over: tuple[str, ...]
    repeated: tuple[tuple[str, str], ...]

    @property
    def fictional(self) -> bool:
        """Whether a samsyn.toml says that what was read is made up."""
        return any(settings.fictional for settings in self.settings)


def read(paths: Sequence[str | Path], progress: Report | None = None) -> Reading:
    """Read files and folders, each file by what its content shows it to be.

    A file that cannot be read does not stop the others: it is among `unread`, with what to do, and
    so is what a samsyn.toml sets for a file that is not there.
    `progress` is told the share that is done and the file in hand. Raises InputError where a path
    does not exist, and for what is wrong in a `samsyn.toml`.
    """
    found = files_in([Path(path) for path in paths])
    materials: list[Material] = []
    unread: list[Unread] = []
    passed_over = list(found.passed_over)
    repeated = []
    seen: dict[str, str] = {}
    folders = [Path(path).resolve() for path in paths if Path(path).is_dir()]
    for settings in found.settings:
        if settings.custom:
            materials += custom_areas(settings)
        if any(settings.folder.resolve().is_relative_to(folder) for folder in folders):
            unread += unmatched(settings)
    for number, (name, path) in enumerate(found.files.items()):
        if progress is not None:
            progress(number / len(found.files), name)
        try:
            told = settings_for(path, found.settings, read_fetched(path, name))
            if told.skip:
                passed_over.append(name)
                continue
            file = opened(path, name)
        except InputError as error:
            unread.append(Unread(name, str(error)))
            continue
        if file.sha256 in seen:
            repeated.append((name, seen[file.sha256]))
            continue
        seen[file.sha256] = name
        answer = read_file(file, told)
        if isinstance(answer, Unread):
            unread.append(answer)
        else:
            materials += answer
    return Reading(
        tuple(materials), tuple(unread), tuple(found.settings), tuple(passed_over), tuple(repeated)
    )
