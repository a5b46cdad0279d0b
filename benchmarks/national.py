"""Work on the real national files by Samsyn: reading them, building a release of them.

They lie in ../shared/data beside the project, or where BENCH_DATA says.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.page import FOLDER, ROOT
from benchmarks.timing import Work, digest

DATA = Path(os.environ.get("BENCH_DATA") or ROOT.parent / "shared/data")
FOLDERS = ("scb_deso_2022", "scb_regso", "geo", "kolada_stockholm", "scb_turnout")
EXCEL = DATA / "scb_deso_2022"
CORES = 2


def paths() -> list[Path]:
    """What a national release is built from."""
    return [DATA / name for name in FOLDERS]


def lacking() -> Path | None:
    """A file that is needed and not there, where no store is told that has the release."""
    if os.environ.get("BENCH_STORE"):
        return None
    return next((path for path in paths() if not path.exists()), None)


def national_store() -> Path:
    """The store that BENCH_STORE tells, or one whose national release is built now."""
    told = os.environ.get("BENCH_STORE")
    if told:
        return Path(told).expanduser()
    store = FOLDER / "national-store"
    if not store.exists():
        print("building the national release", file=sys.stderr, flush=True)
        samsyn = Path(sys.executable).with_name("samsyn")
        command = [samsyn, "release", "build", *paths(), "--store", store, "--name", "national"]
        subprocess.run(command, check=True, capture_output=True)
    return store


def on_two_cores() -> None:
    """Keep this process, and what it starts, to two cores, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


@contextmanager
def new_folder() -> Iterator[Path]:
    """A folder that is taken away again, where there is room for large things."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        yield Path(folder)


def build() -> Work:
    """`samsyn release build` of all national files, a whole process, to a current release."""
    on_two_cores()

    def call() -> None:
        with new_folder() as store:
            command = [Path(sys.executable).with_name("samsyn"), "release", "build", *paths()]
            subprocess.run([*command, "--store", store], check=True, capture_output=True)

    return Work(call, repeat=2)


def parts() -> Work:
    """The same in this process, told apart: the seconds and the peak of each step."""
    on_two_cores()
    took: dict[str, list[float]] = {}

    def call() -> None:
        took.update(_steps())

    return Work(call, more=lambda: {"parts": took})


def _steps() -> dict[str, list[float]]:
    from samsyn.statistics.release.build import build_release
    from samsyn.statistics.release.store import Store

    began, step = time.perf_counter(), "Starting"
    found: dict[str, list[float]] = {}
    done = threading.Event()

    def tell(share: float, what: str) -> None:
        nonlocal began, step
        now = time.perf_counter()
        found.setdefault(step, [0.0, 0.0])[0] += now - began
        began, step = now, what.partition(":")[0] or step

    def watch() -> None:
        while not done.wait(0.01):
            figures = found.setdefault(step, [0.0, 0.0])
            figures[1] = max(figures[1], memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with new_folder() as folder, Store(folder / "store").building("parts") as building:
            report = build_release(paths(), building.folder, progress=tell)
            building.describe(report.sources, report.seed)
            tell(1.0, "Sealing and verifying")
    finally:
        done.set()
        watcher.join()
    tell(1.0, "")
    shutil.rmtree(folder, ignore_errors=True)
    found.pop("Starting", None)
    return found


def memory(*, own: bool = False) -> float:
    """The resident memory of this process in MB (2^20 bytes); `own` without mapped files.

    Pages of a mapped file are the system's cache: they are there for all processes and give way.
    """
    told = Path("/proc/self/statm")
    if not told.exists():
        return 0.0
    _, resident, shared, *_ = map(int, told.read_text(encoding="ascii").split())
    return (resident - shared * own) * os.sysconf("SC_PAGE_SIZE") / 2**20


def read_excel() -> Work:
    """Read the eleven Excel exports into tables that know what their labels are."""
    from samsyn.statistics.sources import read
    from samsyn.statistics.sources.forms import Cube

    on_two_cores()
    kept = []

    def call() -> None:
        kept[:] = [material for material in read([EXCEL]).materials if isinstance(material, Cube)]

    def more() -> dict[str, object]:
        cells = [
            (cube.provenance.file, row, value)
            for cube in kept
            for row, value in cube.frame.select("row", "value").drop_nulls("value").iter_rows()
        ]
        return {"cells": len(cells), "digest": digest(cells)}

    return Work(call, repeat=4, more=more)
