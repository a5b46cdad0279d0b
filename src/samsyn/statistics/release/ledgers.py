"""The differences between two releases, worked out once and kept for all who ask.

Comparing two national releases takes some seconds and a gigabyte, which no page may take. So a
process of its own does it, and leaves the answer beside the releases, where every worker finds it:

    python -m samsyn.statistics.release.ledgers OLD NEW TARGET

Releases never change, so neither does what differs between two of them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from samsyn.statistics.release.ledger import diff
from samsyn.statistics.release.manifest import fingerprint

FOLDER: Final = "mapped/ledgers"
PATIENCE: Final = 5.0  # seconds that a reader waits before being told to come back

_lock = threading.Lock()
_running: dict[Path, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Kept:
    """What differs: a summary, the sources, and every value in a file that is read as needed."""

    summary: pl.DataFrame
    sources: pl.DataFrame
    path: Path

    @property
    def changes(self) -> pl.LazyFrame:
        """A row for each value that differs."""
        return pl.scan_parquet(self.path / "changes.parquet", glob=False)


@lru_cache(maxsize=64)
def _fingerprint(folder: Path) -> str:
    return fingerprint(folder)


@cache
def _place(store: Path) -> Path:
    """Where ledgers are kept: beside the releases, or where nothing may be written, for a while."""
    folder = store / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return Path(tempfile.mkdtemp(prefix="samsyn-ledgers-"))
    return folder


def ledger(store: Path, old: Path, new: Path, patience: float = PATIENCE) -> Kept | None:
    """What differs between the releases in two folders; None while it is being worked out.

    Waits at most `patience` seconds. One comparison runs at a time. Raises ChildProcessError where
    it failed, and then tries anew when asked again.
    """
    names = "-".join(_fingerprint(folder.resolve())[:16] for folder in (old, new))
    target = _place(store.resolve()) / names
    if not target.is_dir():
        _work(old, new, target, patience)
    return _opened(target) if target.is_dir() else None


@lru_cache(maxsize=16)
def _opened(target: Path) -> Kept:
    return Kept(
        pl.read_parquet(target / "summary.parquet", glob=False),
        pl.read_parquet(target / "sources.parquet", glob=False),
        target,
    )


def _work(old: Path, new: Path, target: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while not target.is_dir():
        with _lock:
            process = _running.get(target)
            if process is None and not _running:
                command = [sys.executable, "-m", __name__, str(old), str(new), str(target)]
                process = _running[target] = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            for path, other in list(_running.items()):
                if other.poll() is not None:
                    del _running[path]
        if process is not None and process.poll() not in {None, 0}:
            raise ChildProcessError(f"{old.name} and {new.name} could not be compared")
        if time.monotonic() >= until:
            return
        time.sleep(0.05)
    with _lock:
        done = _running.pop(target, None)
    if done is not None:
        done.wait()  # it has put the answer in place and is about to end


def write(old: Path, new: Path, target: Path) -> None:
    """Work the differences out and leave them in a folder, whole or not at all."""
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        with diff(old, new) as found:
            found.changes.sink_parquet(folder / "changes.parquet")
            found.summary.write_parquet(folder / "summary.parquet")
            found.sources.write_parquet(folder / "sources.parquet")
        folder.chmod(0o755)
        try:
            folder.rename(target)
        except OSError:
            if not target.is_dir():  # else another worker was first, with the same answer
                raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.nice(10)
    write(*(Path(argument) for argument in sys.argv[1:4]))
