"""Which indicators and groupings a release has, and the file of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import Grouping, Indicator, groupings, indicators
from samsyn.statistics.query.said import listed, near
from samsyn.statistics.release.manifest import Manifest
from samsyn.statistics.release.schema import COUNTS_FOLDER, OBSERVATIONS_FOLDER

WHAT: Final = {OBSERVATIONS_FOLDER: "indicator", COUNTS_FOLDER: "grouping"}


class Contents:
    """What the folders of a release hold, by its manifest."""

    def __init__(self, manifest: Manifest) -> None:
        self._release = manifest.name
        self._names: dict[str, list[str]] = {}
        for file in sorted(manifest.files):
            folder, _, name = file.removesuffix(".parquet").rpartition("/")
            self._names.setdefault(folder, []).append(name)

    def names(self, folder: str) -> list[str]:
        """The indicators or groupings that a folder has a file of."""
        return list(self._names.get(folder, ()))

    def file(self, folder: str, name: str) -> str:
        """The file about an indicator or a grouping. Raises InputError that suggests others."""
        there = self.names(folder)
        if name in there:
            return f"{folder}/{name}.parquet"
        known = _catalogue(folder)
        if name in known:
            raise InputError(
                f"The release {self._release} has no values of {name}: none of the files that it "
                f"was built from has them. It has {listed(there)}"
            )
        titles = {title: one for one in there if one in known for title in known[one].name.values()}
        close = near(name, there) or [titles[title] for title in near(name, titles)]
        hint = f"Did you mean {listed(close, 'or')}?" if close else f"There are: {listed(there)}"
        raise InputError(
            f'There is no {WHAT[folder]} "{name}" in the release {self._release}. {hint}'
        )


def _catalogue(folder: str) -> Mapping[str, Indicator] | Mapping[str, Grouping]:
    return indicators() if folder == OBSERVATIONS_FOLDER else groupings()
