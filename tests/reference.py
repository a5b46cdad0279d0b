"""Reference data that lies beside the project and is read in place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A file beside the project; the test is skipped where it is absent."""
    path = FOLDER.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"reference data is not beside the project: {Path(*parts)}")
    return path


def reference(name: str) -> Path:
    """A file of reference data for the indices."""
    return shared("reference", name)


def reference_values(package: str, dataset: str) -> dict[str, float]:
    """The values that a package gives on a data set, by the index's name there."""
    with reference("values.csv").open(encoding="utf-8") as file:
        return {
            row["index"]: float(row["value"])
            for row in csv.DictReader(file)
            if row["package"].startswith(package) and row["dataset"] == dataset
        }


def patterns(letter: str) -> list[list[float]]:
    """Morrill's 10 x 10 pattern as (minority, majority) of each cell in row order of the grid."""
    with reference("segdata.csv").open(encoding="utf-8") as file:
        return [
            [float(row[f"{letter}1"]), float(row[f"{letter}2"])] for row in csv.DictReader(file)
        ]
