"""A release of the real national files: building it, and reading its Excel files."""

from __future__ import annotations

import sys

from benchmarks.environments import OURS, PEERS, make_peers, peer_versions, timed
from benchmarks.national import DATA, EXCEL, paths
from benchmarks.page import duration, made, table


def run() -> str:
    """Measure, and say what came out."""
    lacking = [str(path) for path in paths() if not path.exists()]
    if lacking:
        return f"Tried, but there is no {lacking[0]}: BENCH_DATA names the folder that holds it"
    make_peers()
    _say("building the national release, four times")
    build, parts = timed(OURS, "national", "build"), timed(OURS, "national", "parts")
    _say("reading the Excel exports")
    ours, pandas = timed(OURS, "national", "read_excel"), timed(PEERS, "excel_peer", "read_excel")
    for figures in (build, parts, ours, pandas):
        if "seconds" not in figures:
            return f"Tried, but it failed: {figures.get('error')}"
    if (ours["cells"], ours["digest"]) != (pandas["cells"], pandas["digest"]):
        return (
            f"Tried, but what was read differs: {ours['cells']} numbers by Samsyn, "
            f"{pandas['cells']} by pandas"
        )
    peer = f"pandas with openpyxl, {_time(pandas)}"
    faster = f"{_number(pandas['seconds']) / _number(ours['seconds']):,.0f}"
    files = len(list(EXCEL.glob("*.xlsx")))
    rows = [
        ["samsyn release build", _time(build), _peak(build), "", "", "", "60 s and 2 GB"],
        [
            f"reading {files} Excel exports ({ours['cells']:,} numbers, the same by both)",
            _time(ours), _peak(ours), peer, _peak(pandas), faster, "5 times",
        ],
    ]  # fmt: skip
    steps = parts["parts"]
    assert isinstance(steps, dict)
    shown = [[name, duration(took), f"{peak:,.0f} MB"] for name, (took, peak) in steps.items()]
    heads = ["work", "Samsyn", "peak", "peer", "its peak", "times faster", "goal"]
    return f"""{made("polars", "fastexcel", "shapely", "numba")}
Peers: {peer_versions("pandas", "openpyxl")}.

From {", ".join(path.name for path in paths())} of `{DATA.name}`, with all indices derived, to a
release that is current. The build is a whole process on two cores; reading is done in a process
that did it once before. Time is the median of the repeats after a first call, memory the peak of
the process.

{table(heads, rows)}

The parts of one more build, each with the peak of memory while it lasted:

{table(["part", "time", "peak"], shown)}
"""


def _time(figures: dict[str, object]) -> str:
    return duration(_number(figures["seconds"]))


def _peak(figures: dict[str, object]) -> str:
    return f"{_number(figures['peak_mb']):,.0f} MB"


def _number(figure: object) -> float:
    return float(str(figure))


def _say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)
