"""The end of a build: the manifest, and the last look before a release is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from samsyn.statistics.release.durable import set_read_only, sync_tree
from samsyn.statistics.release.manifest import describe, write_manifest
from samsyn.statistics.release.verification import verify
from samsyn.statistics.sources.forms import Provenance


class RefusedError(Exception):
    """A release whose figures would be wrong. `findings` is its table of findings."""

    def __init__(self, findings: pl.DataFrame) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        """The first error, and how many there are."""
        errors = self.findings.filter(pl.col("severity") == "error")
        more = f", and {errors.height - 1} more" if errors.height > 1 else ""
        return f"{errors['message'][0]}{more}"


@dataclass
class Building:
    """A release that is being built: its name, the folder to fill, and what it is made from."""

    name: str
    folder: Path
    parent: str | None = None
    sources: tuple[Provenance, ...] = ()
    seed: int | None = None

    def describe(self, sources: Sequence[Provenance], seed: int | None = None) -> None:
        """Tell where the content comes from, in the order in which the tables number it."""
        self.sources = tuple(sources)
        self.seed = seed


def seal(building: Building) -> None:
    """Write the manifest, bring everything to the disk, and see that the release is whole.

    Raises RefusedError where a finding is an error, RuntimeError where the files are not as the
    tables of a release are: that is a fault of the build and not of its input.
    """
    folder = building.folder
    manifest = describe(
        folder, building.name, building.sources, seed=building.seed, parent=building.parent
    )
    if manifest.findings.get("error"):
        raise RefusedError(pl.read_parquet(folder / "findings.parquet", glob=False))
    write_manifest(manifest, folder)
    set_read_only(folder)
    sync_tree(folder)
    problems = verify(folder)
    if problems:
        raise RuntimeError("the release is not whole: " + "; ".join(map(str, problems[:3])))
