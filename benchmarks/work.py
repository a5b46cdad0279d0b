"""People at work: fifty at once over HTTP, and lists of an installation that many have filled.

`samsyn serve` with two workers and PostgreSQL with its usual care for the disk run on the same two
cores as those who ask (`working.py`). What is in the database is made up (`written.py`).

    BENCH_SIZE=small    30 organisations and 6,000 records in place of 500 and 200,000, 20 seconds
    BENCH_SECONDS=120   how long people work
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.postgresql import cluster, programs

from benchmarks.page import FOLDER, ROOT, duration, made, table

SMALL = os.environ.get("BENCH_SIZE") == "small"
ORGANISATIONS, RECORDS = (30, 6_000) if SMALL else (500, 200_000)
SECONDS = float(os.environ.get("BENCH_SECONDS") or (20 if SMALL else 120))
PEOPLE, PAUSE = 50, 5.0
PAGE_GOAL, LIST_GOAL, EXCEL_GOAL = 0.5, 0.3, 2.0
ROWS = 1_000  # of a list from Excel
TIMES = 5  # that each list is asked for
WORKERS = 2
PORT = 8_320
SAMSYN = Path(sys.executable).with_name("samsyn")


def run() -> str:
    """Measure, and say what came out."""
    binaries = programs()
    if binaries is None:
        return "Tried, but there is no PostgreSQL: `make postgresql`"
    store = _store()
    with (
        TemporaryDirectory() as folder,
        cluster(binaries, {"listen_addresses": ""}) as running,
    ):
        address = f"postgresql://{running.user}@/{running.database}?host={running.host}"
        told = {
            "SAMSYN_DATABASE": address, "SAMSYN_WORK": folder, "SAMSYN_STORE": str(store),
            "SAMSYN_SECRET": "s" * 50, "DJANGO_SETTINGS_MODULE": "samsyn.site.settings",
        }  # fmt: skip
        begun = time.perf_counter()
        filled = _filled(told)
        took = time.perf_counter() - begun
        with _served(told):
            lists = _lists(filled)
            views = _worked(filled)
        excel = _excel(told)
    text = f"""{made("django", "granian", "psycopg")}

{filled["organisations"]:,} organisations with {filled["records"]:,} records ({filled["rows"]:,}
rows with links and history), {filled["largest"]:,} of them in one organisation; made up in
{duration(took)}. `samsyn serve` with {WORKERS} workers, PostgreSQL {filled["postgresql"]} with its
usual settings and those who ask share the two cores.

{PEOPLE} people worked for {SECONDS:g} seconds, each opening a page every {PAUSE:g} seconds on
average:

{_views(views)}

{_kinds(views)}

Lists, each asked for {TIMES} times by one reader, the slowest first (the goal is
{duration(LIST_GOAL)}): {_under(lists)}

{_slowest(lists)}

{excel}
"""
    return f"Tried small:\n\n{text}" if SMALL else text


def _store() -> Path:
    """A store with the demonstration, made once."""
    store, data = FOLDER / "demo-store", FOLDER / "demo-data"
    if not (store / "current").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        _say("a release of the demonstration")
        quiet = {"stdout": subprocess.DEVNULL}
        if not data.exists():
            subprocess.run([SAMSYN, "demo-data", data], check=True, **quiet)  # type: ignore[call-overload]
        subprocess.run(
            [SAMSYN, "release", "build", data, "--name", "demo", "--store", store], check=True,
            **quiet,  # type: ignore[call-overload]
        )  # fmt: skip
    return store


def _filled(told: dict[str, str]) -> dict[str, Any]:
    _say(f"{ORGANISATIONS} organisations with {RECORDS:,} records")
    subprocess.run(
        [sys.executable, "-m", "samsyn.site.preparing"], env=os.environ | told, check=True
    )
    command = [sys.executable, "-m", "benchmarks.written", str(ORGANISATIONS), str(RECORDS),
               str(PEOPLE)]  # fmt: skip
    ran = subprocess.run(
        command, env=os.environ | told, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    filled: dict[str, Any] = json.loads(ran.stdout)
    return filled


@contextmanager
def _served(told: dict[str, str]) -> Iterator[None]:
    command = [SAMSYN, "serve", "--port", str(PORT), "--workers", str(WORKERS)]
    process = subprocess.Popen(command, env=os.environ | told, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/robots.txt", timeout=60).read()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
        time.sleep(5)  # each worker makes pages of all kinds before it is ready
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _excel(told: dict[str, str]) -> str:
    """What a long list from Excel takes, beside a reader that does nothing with its cells."""
    _say(f"an Excel of {ROWS:,} actors")
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.listed", str(ROWS)], env=os.environ | told, cwd=ROOT,
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    took = json.loads(ran.stdout)
    shown, saved, only = took["shown"], took["saved"], took["openpyxl"]
    return (
        f"An Excel of {ROWS:,} actors is shown in **{duration(shown)}** and saved in "
        f"**{duration(saved)}** (the goal is {duration(EXCEL_GOAL)} each): "
        f"{shown / only:.1f} and {saved / only:.1f} times what openpyxl takes to read its cells, "
        f"{duration(only)}."
    )


def _asked(module: str, told: object) -> Any:
    ran = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}"], input=json.dumps(told), cwd=ROOT,
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


def _lists(filled: dict[str, Any]) -> dict[str, list[float]]:
    """Seconds that each list took, by its address; a first round of asking is not counted."""
    _say("lists")
    found: dict[str, list[float]] = defaultdict(list)
    for at in range(TIMES + 1):
        for path, seconds, status in _asked(
            "working", {"port": PORT, "session": filled["session"], "paths": filled["lists"]}
        ):
            if status != 200:
                raise ValueError(f"{path} answered {status}")
            if at:
                found[path].append(seconds)
    return found


def _worked(filled: dict[str, Any]) -> list[Any]:
    _say(f"{PEOPLE} people for {SECONDS:g} seconds")
    told = {"port": PORT, "people": filled["people"], "seconds": SECONDS, "pause": PAUSE}
    views: list[Any] = _asked("working", told)
    return views


def _views(views: list[Any]) -> str:
    pages = [seconds for _, seconds, _ in views]
    wrong = [f"{what} {status}" for what, _, status in views if not 200 <= status < 400]
    under = sum(seconds < PAGE_GOAL for seconds in pages) / len(pages)
    cuts = statistics.quantiles(pages, n=100)
    return (
        f"- {len(pages):,} pages and saves, {len(pages) / SECONDS:.1f} a second\n"
        f"- **{under:.1%} under {duration(PAGE_GOAL)}** (goal 95 %); half under "
        f"{duration(cuts[49])}, 95 % under {duration(cuts[94])}\n"
        f"- **{len(wrong)} errors** (goal 0)"
        + (f": {', '.join(sorted(set(wrong)))}" if wrong else "")
    )


def _kinds(views: list[Any]) -> str:
    by_kind: dict[str, list[float]] = defaultdict(list)
    for what, seconds, _ in views:
        by_kind[what].append(seconds)
    rows = [
        [what, f"{len(took):,}", duration(statistics.median(took)), duration(max(took)),
         f"{sum(one < PAGE_GOAL for one in took) / len(took):.1%}"]
        for what, took in sorted(by_kind.items())
    ]  # fmt: skip
    return table(["page", "times", "median", "slowest", f"under {duration(PAGE_GOAL)}"], rows)


def _under(lists: dict[str, list[float]]) -> str:
    kept = sum(max(took) < LIST_GOAL for took in lists.values())
    return f"**{kept} of {len(lists)} lists were always under it**."


def _slowest(lists: dict[str, list[float]]) -> str:
    medians = sorted(lists, key=lambda path: -statistics.median(lists[path]))
    rows = [
        [f"`{path}`", duration(statistics.median(lists[path])), duration(max(lists[path]))]
        for path in medians[:12]
    ]
    return table(["list", "median", "slowest"], rows)


def _say(what: str) -> None:
    print(f"work: {what} ...", file=sys.stderr, flush=True)
