"""Releases of the made-up country, and the same rows in SQLite."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from benchmarks.page import FOLDER, ROOT

BLOCK = 200_000
TABLES = """
CREATE TABLE area (key TEXT PRIMARY KEY, kind TEXT, name TEXT, municipality TEXT);
CREATE TABLE observation (
    id INTEGER PRIMARY KEY, indicator TEXT, area TEXT REFERENCES area (key), period TEXT, sex TEXT,
    age TEXT, value REAL, status TEXT, numerator REAL, denominator REAL, method TEXT, source INTEGER
);
"""
INDEXES = """
CREATE INDEX area_municipality ON area (municipality);
CREATE INDEX about ON observation (indicator, area, period);
ANALYZE;
"""
COLUMNS = (
    "indicator", "area", "period", "sex", "age", "value", "status", "numerator", "denominator",
    "method", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Built:
    """A release, and what it took: seconds, MB (2^20 bytes) and bytes.

    `making` are the figures of making the files it is built from, None where they were there.
    """

    folder: Path
    observations: int
    seconds: float
    peak: float
    size: int
    source_size: int
    making: tuple[float, float] | None


def build(observations: int) -> Built:
    """Make the country and build its release anew, each in a process of its own."""
    source, store = FOLDER / f"country-{observations}", FOLDER / f"store-{observations}"
    making = None
    if not source.with_suffix(".ready").exists():
        command = [sys.executable, "-m", "benchmarks.observations", str(observations)]
        making = _ran(command)
    remove(store)
    command = [Path(sys.executable).with_name("samsyn"), "release", "build", source]
    seconds, peak = _ran([*command, "--store", store, "--name", "country"])
    folder = store / "releases/country"
    stored = sum(
        pl.scan_parquet(path).select(pl.len()).collect().item()
        for path in (folder / "observations").glob("*.parquet")
    )
    return Built(folder, stored, seconds, peak, _size(folder), _size(source), making)


def forget(observations: int) -> None:
    """Take away what was made for so many observations, unless BENCH_KEEP says otherwise."""
    if os.environ.get("BENCH_KEEP"):
        return
    for path in FOLDER.glob(f"*-{observations}*"):
        remove(path)


def remove(path: Path) -> None:
    """Remove a file or a folder, also of files that cannot be written."""
    if path.is_dir():
        for inner in path.rglob("*"):
            inner.chmod(0o755 if inner.is_dir() else 0o644)
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def database(release: Path, observations: int) -> Path:
    """The release's observations in SQLite, with the index that everybody would make."""
    path = FOLDER / f"sqlite-{observations}.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        areas = pl.read_parquet(release / "areas.parquet")
        file.executemany(
            "INSERT INTO area VALUES (?, ?, ?, ?)",
            areas.select("area", "kind", "name", "municipality").iter_rows(),
        )
        marks = ", ".join("?" * len(COLUMNS))
        for row in _blocks(release):
            file.executemany(
                f"INSERT INTO observation ({', '.join(COLUMNS)}) VALUES ({marks})", row.iter_rows()
            )
        file.executescript(INDEXES)
    file.close()
    return path


def _blocks(release: Path) -> Iterator[pl.DataFrame]:
    for path in sorted((release / "observations").glob("*.parquet")):
        frame = pl.read_parquet(path).select(COLUMNS)
        yield from frame.iter_slices(BLOCK)


def _ran(command: list[object]) -> tuple[float, float]:
    """Seconds and peak of a process. Raises CalledProcessError where it fails."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile("w+", encoding="utf-8", dir=FOLDER) as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            print(said.read(), file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, command)
    return took, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
