"""Releases that many tests look at, each built once in a run, whichever worker asks first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from samsyn.statistics.release.store import Store

# The national files, and which of them the reference folder must have.
NATIONAL = (
    "scb_deso_2022", "scb_regso", "geo", "kolada_stockholm", "scb_turnout",
    "counties.csv", "municipalities.csv", "municipality_county.csv",
)  # fmt: skip


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of the whole run, which its workers share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def built_once(folder: Path, name: str, paths: Sequence[Path]) -> Store:
    """A store in `folder` with the release `name` of these files, built by whoever comes first."""
    from samsyn.statistics.release.build import build_release
    from samsyn.statistics.release.store import Store

    store = Store(folder / f"{name}-store")
    with FileLock(folder / f"{name}.lock"):
        if name not in store.names():
            with store.building(name) as building:
                report = build_release(paths, building.folder)
                building.describe(report.sources, report.seed)
    return store


def demonstration_once(folder: Path) -> Path:
    """The folder of the demonstration data."""
    from samsyn.statistics.demonstration import write_demonstration

    data = folder / "vattland"
    with FileLock(folder / "vattland.lock"):
        if not data.exists():
            write_demonstration(data)
    return data
