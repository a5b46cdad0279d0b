"""Build a release in children that are killed, one after the other, each at another point.

Run as a process of its own: `python -m tests.statistics.release.killed STORE FILES HOW COUNT`. It
imports everything once and computes nothing, so that its children start fast and clean. For each
child it prints, as a line of JSON, where the child was killed and what a reader then finds.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pyarrow.parquet  # noqa: F401  (what a build imports as it goes, before the first child)

from samsyn.statistics.release.store import Store
from tests.statistics.release import made

# What a build does to one file or folder, and what it does alike to each of many.
RARE = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "fsync"}
FREQUENT = {"open", "os.chmod", "shutil.copyfile"}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def build(store: Store, files: Path) -> None:
    with store.building("new", wait=False) as building:
        shutil.copytree(files, building.folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        building.describe([made.SOURCE])


def kill_at(point: int) -> None:
    """Kill this process just before its file operation of this number."""
    seen = Counter()

    def watch(event: str, arguments: tuple) -> None:
        seen.update({"rare": event in RARE, "frequent": event in FREQUENT})
        # Of four operations that are alike, one.
        counts = event in RARE or (event in FREQUENT and seen["frequent"] % 4 == 0)
        if counts and seen["rare"] + seen["frequent"] // 4 == point:
            say(event)
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    real = os.fsync

    def fsync(handle: int) -> None:
        watch("fsync", ())
        real(handle)

    os.fsync = fsync


def child(store: Store, files: Path, point: int | None = None) -> int:
    """Start a build in a child; its process number."""
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            if point is not None:
                kill_at(point)
            build(store, files)
            code = 0
        finally:
            os._exit(code)
    return process


def report(store: Store, status: int) -> bool:
    """Print what a reader finds; make the store again what it was. Whether the child ended well."""
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    found = {
        "killed": killed,
        "code": None if killed else os.waitstatus_to_exitcode(status),
        "names": store.names(),
        "current": store.current(),
        "files": sorted(p.name for p in store.folder().rglob("*")),
        "left": sorted(p.name for p in (store.path / "building").iterdir()),
        "hidden": sorted(p.name for p in store.path.glob(".*")),
    }
    say(json.dumps(found))
    if "new" in found["names"]:
        store.use("old")
        shutil.rmtree(store.folder("new"))
    return not killed


def main(store: Store, files: Path, how: str, count: int) -> None:
    if how == "points":
        for point in range(1, count + 1):
            _, status = os.waitpid(child(store, files, point), 0)
            if report(store, status):
                return
            if point % 3 == 0:  # and the next one while it cleans up
                _, status = os.waitpid(child(store, files, 6 + point % 60), 0)
                report(store, status)
    chance = random.Random(count)
    began = time.monotonic()
    _, status = os.waitpid(child(store, files), 0)
    report(store, status)
    whole = time.monotonic() - began
    for _ in range(count):
        process = child(store, files)
        time.sleep(chance.uniform(0, whole))
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        report(store, status)


if __name__ == "__main__":
    main(Store(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
