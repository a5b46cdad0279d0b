"""The tables of a release: one for each indicator, grouping, and family of indices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import polars as pl

from samsyn.api.problems import ProblemError
from samsyn.measure.catalogue import INDICES
from samsyn.statistics.query import Release
from samsyn.statistics.query.said import near

Form = Literal["values", "counts", "indices"]
KEPT: Final = 4  # releases


@dataclass(frozen=True)
class Subject:
    """What a table is about: `name` is the indicator or grouping, `family` that of the indices."""

    id: str
    form: Form
    name: str
    family: str = ""


def subjects(release: Release) -> Mapping[str, Subject]:
    """The tables of a release by their ids: indicators first, then groupings, then indices."""
    return _subjects(release.folder, release)


def subject(release: Release, name: str) -> Subject:
    """The table of that id, however its letters are written. Raises ProblemError that suggests."""
    there = subjects(release)
    found = there.get(name) or {key.casefold(): one for key, one in there.items()}.get(
        name.casefold()
    )
    if found is None:
        close = near(name, there)
        hint = f"Did you mean {' or '.join(close)}?" if close else "/tables lists those there are"
        raise ProblemError(404, f'There is no table "{name}" in the release {release.name}. {hint}')
    return found


@lru_cache(KEPT)
def _subjects(folder: object, release: Release) -> Mapping[str, Subject]:
    found = [Subject(name, "values", name) for name in release.indicators]
    found += [Subject(f"counts-{name}", "counts", name) for name in release.groupings]
    rows = pl.scan_parquet(release.folder / "indices.parquet", glob=False, hive_partitioning=False)
    pairs = rows.select("grouping", "index").unique().collect().rows()
    families = {(grouping, INDICES[index].family) for grouping, index in pairs if index in INDICES}
    order = list(dict.fromkeys(index.family for index in INDICES.values()))
    for grouping, family in sorted(families, key=lambda pair: (pair[0], order.index(pair[1]))):
        name = f"indices-{grouping}-{family.replace(' ', '-')}"
        found.append(Subject(name, "indices", grouping, family))
    return {one.id: one for one in found}
