"""Situation reports of the real national files: one at a time in each format, and all of a kind.

The release is built once, or stands in a store that is told:

    BENCH_STORE=~/samsyn-store   a store whose current release is the national one
    BENCH_KIND=county            try with these instead of all municipalities; prints only
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.environments import OURS, timed
from benchmarks.national import CORES, lacking, national_store, new_folder, on_two_cores
from benchmarks.page import duration, made, table
from benchmarks.reporting import SAMPLE

ALL = "municipality"
FORMATS = {"pdf": "PDF", "docx": "Word", "html": "HTML"}
GOALS = {"pdf": "4 s"}
JOBS = 2
EVERY = 0.25  # seconds between two looks at the memory


def run() -> str:
    """Measure, and say what came out."""
    if (absent := lacking()) is not None:
        return f"Tried, but there is no {absent}: BENCH_DATA names the folder that holds it"
    kind = os.environ.get("BENCH_KIND") or ALL
    store = national_store()
    on_two_cores()
    rows = []
    for form, name in FORMATS.items():
        _say(f"a report as {name}")
        figures = timed(OURS, "reporting", form, BENCH_STORE=store)
        if "seconds" not in figures:
            return f"Tried, but it failed: {figures.get('error')}"
        rows.append(_one(name, figures, GOALS.get(form, "")))
    rows += [_command(store), *_all(store, kind)]
    tried = "" if kind == ALL else f"Tried with {kind}.\n"
    return f"""{tried}{made("typst", "vl-convert-python", "python-docx", "polars")}

Reports of all sections with all comparisons, in Swedish. One at a time: {SAMPLE} municipalities of
all sizes, each for the first time in a process that has made one of another municipality; time is
the median, with the longest. All of them: `samsyn report --all {kind} --jobs {JOBS}` on {CORES}
cores, from its start to its end; memory is the largest sum of what all its processes held at one
time (proportional set size, the mapped files of the release included).

{table(["work", "time", "what comes out", "memory", "goal"], rows)}
"""


def _one(name: str, figures: dict[str, Any], goal: str) -> list[str]:
    pages = f"{_range(figures['pages'])} pages, " if any(figures["pages"]) else ""
    said = (
        f"{pages}{_range(figures['charts'])} charts, {_range(figures['maps'])} maps, "
        f"{_range([size / 1e6 for size in figures['sizes']], '.1f')} MB"
    )
    took = f"{duration(figures['seconds'])}, longest {duration(max(figures['each']))}"
    return [f"one report as {name}, warm", took, said, f"{figures['peak_mb']:,.0f} MB", goal]


def _command(store: Path) -> list[str]:
    _say("a report by the command")
    with new_folder() as folder:
        target = folder / "report.pdf"
        took, peak, _ = _watched("1488", "--output", target, "--store", store)
        size = target.stat().st_size / 1e6
    said = f"one PDF, {size:.1f} MB"
    return ["`samsyn report 1488`, a whole process", duration(took), said, _megabytes(peak), ""]


def _all(store: Path, kind: str) -> list[list[str]]:
    _say(f"the reports of all: {kind}")
    told = ("--all", kind, "--jobs", str(JOBS), "--store", store, "--output")
    with new_folder() as folder:
        took, peak, code = _watched(*told, folder)
        sizes = [path.stat().st_size / 1e6 for path in folder.glob("*.pdf")]
        again, _, _ = _watched(*told, folder)
    failed = "" if code == 0 else ", and some failed"
    said = f"{len(sizes)} PDFs{failed}, {sum(sizes):,.0f} MB"
    minutes = f"{took / 60:.1f} min ({duration(took / len(sizes))} each)"
    goal = "290 in 15 min, 1.5 GB"
    return [
        [f"all reports of a kind: {kind}", minutes, said, _megabytes(peak), goal],
        ["the same command when all are there", duration(again), "none made", "", ""],
    ]


def _watched(*told: object) -> tuple[float, float, int]:
    """Seconds, the peak of memory of all its processes in MB, and the exit code of a command."""
    command = [Path(sys.executable).with_name("samsyn"), "report", *map(str, told)]
    peak, began = 0.0, time.perf_counter()
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_held, _family(process.pid))))
            with suppress(subprocess.TimeoutExpired):
                process.wait(EVERY)
    return time.perf_counter() - began, peak, process.returncode


def _family(process: int) -> Iterator[int]:
    """The numbers of a process and of all that it has started."""
    yield process
    with suppress(OSError):
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
        for child in children.split():
            yield from _family(int(child))


def _held(process: int) -> float:
    """The proportional set size of a process in MB; 0 where it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _range(numbers: list[float], form: str = ",.0f") -> str:
    low, high = format(min(numbers), form), format(max(numbers), form)
    return low if low == high else f"{low} to {high}"


def _megabytes(size: float) -> str:
    return f"{size:,.0f} MB" if size else ""


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
