"""The mathematics of floor 1 against the packages that people use today."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from benchmarks.environments import OURS, PEERS, make_peers, peer_versions, timed
from benchmarks.page import duration, made, table

HEADS = ["work", "Samsyn", "peak", "peer", "its peak", "times faster", "goal"]
ABOUT = """\
Input: 6,160 areas of about 1,700 people in 290 regions, 20 groups, made from a seed
(`inputs.py`); points at about seven to a square kilometre; cells of 100 m with 10.5 million
people on 500,000 of them (`population.py`).

Each figure comes from a fresh interpreter. Time is the median of the repeats after a first call;
import and first Gini include the interpreter's start. Memory is the process's peak. A peer that
would take too long did the part of the work that is named, and its time is scaled up. Times of R
and of PySAL at 100,000 points were not measured in this run but on another two-core machine:
their ratios are approximate.
"""


@dataclass(frozen=True)
class Row:
    """A line of the table: our work, a peer's (None: the peer cannot be run here), the goal.

    `stated` is a peer's time, in seconds, that was measured on another machine with two cores.
    """

    title: str
    ours: str
    peer: str | None
    name: str
    goal: str
    stated: float | None = None


ROWS = [
    Row("import", "import_package", "import_package", "PySAL", "10 times, under 0.4 s"),
    Row("first Gini of a process", "first_gini", "first_gini", "PySAL", "under 1 s"),
    Row(
        "18 aspatial indices, 290 regions, 20 groups, 10 years",
        "aspatial",
        "aspatial",
        "PySAL in a loop",
        "2,000 times, under 1 s",
    ),
    Row(
        "dissimilarity, 290 regions",
        "dissimilarity",
        "dissimilarity",
        "PySAL in a loop",
        "1,000 times",
    ),
    Row("M and H within 290 regions", "within", None, "R segregation", "10 times", stated=0.08),
    Row(
        "500 bootstrap replicates of D, M and H over units, 290 regions",
        "bootstrap_units",
        "bootstrap",
        "PySAL SingleValueTest",
        "300 times, under 500 MB",
    ),
    Row(
        "the same, over the cells of the table",
        "bootstrap_table",
        None,
        "R segregation",
        "100 times",
        stated=490,
    ),
    Row(
        "bias-corrected D, 500 resamples, 290 regions",
        "bias_corrected",
        "bias_corrected",
        "PySAL in a loop",
        "100 times",
    ),
    Row(
        "smoothed H, five distances, 6,160 points",
        "smoothed_6160",
        "smoothed_6160",
        "PySAL",
        "100 times, under 1 GB",
    ),
    Row(
        "smoothed H, five distances, 20,000 points",
        "smoothed_20000",
        "smoothed_20000",
        "PySAL",
        "100 times, under 1 GB",
    ),
    Row(
        "smoothed H, 2 km, 100,000 points",
        "smoothed_100000",
        None,
        "PySAL, 17.9 GB",
        "100 times, under 1 GB",
        stated=225,
    ),
    Row("smoothed H, 2 km, 1,000,000 points", "smoothed_1000000", None, "", "under 4 GB"),
    Row(
        "clustering, proximity and distance decay, 100,000 units",
        "clustering",
        "clustering",
        "PySAL SpatialProximity",
        "finishes, under 2 GB",
    ),
    Row(
        "local distortion, 6,160 units",
        "distortion",
        "distortion",
        "PySAL",
        "50 times, under 300 MB",
    ),
    Row(
        "neighbours, 500,000 cells, ten k to 51,200",
        "neighbours_500000",
        "equipop",
        "equipop run_knn_counts",
        "30 times, under 20 s and 1.5 GB",
    ),
    Row(
        "the same, against a k-d tree",
        "neighbours_500000",
        "kd_tree",
        "SciPy cKDTree, chunked",
        "30 times",
    ),
    Row("neighbours, 250,000 cells", "neighbours_250000", None, "", "grows as n log n"),
    Row("neighbours, 1,000,000 cells", "neighbours_1000000", None, "", "grows as n log n"),
    Row(
        "Shapley decomposition of change with IPF, 284 regions",
        "change",
        None,
        "R segregation",
        "50 times",
        stated=48,
    ),
]


def run(words: list[str] | None = None) -> str:
    """Measure the rows whose title contains one of the words, or all; the section."""
    rows = [row for row in ROWS if not words or any(word in row.title for word in words)]
    if any(row.peer for row in rows):
        make_peers()
    lines = []
    done: dict[str, dict[str, object]] = {}
    for row in rows:
        print(f"{row.title} ...", file=sys.stderr, flush=True)
        if row.ours not in done:
            done[row.ours] = timed(OURS, "ours", row.ours)
        theirs = timed(PEERS, "peers", row.peer) if row.peer else {}
        lines.append(line(row, done[row.ours], theirs))
    peers = peer_versions("segregation", "numpy", "equipop") if any(r.peer for r in rows) else ""
    about = f"{made('numpy', 'scipy', 'numba')}\nPeers: {peers}." if peers else made("numpy")
    return f"{about}\n\n{ABOUT}\n{table(HEADS, lines)}"


def titles() -> list[str]:
    """What can be named."""
    return [row.title for row in ROWS]


def line(row: Row, ours: dict[str, object], theirs: dict[str, object]) -> list[str]:
    """One line of the table."""
    if "seconds" not in ours:
        return [row.title, f"failed: {ours.get('error')}", "", "", "", "", row.goal]
    seconds, peak = float(str(ours["seconds"])), float(str(ours["peak_mb"]))
    peer, ratio, peer_peak = row.name, "", ""
    if "seconds" in theirs:
        took = float(str(theirs["seconds"]))
        peer_peak = f"{float(str(theirs['peak_mb'])):,.0f} MB"
        note = f"; from {theirs['note']}" if theirs.get("note") else ""
        peer += f", {duration(took)}{note}"
        ratio = f"{took / seconds:,.0f}"
    elif theirs:
        peer += f": {theirs.get('error')}"
    elif row.stated:
        peer += f", {duration(row.stated)} on another machine"
        ratio = f"about {row.stated / seconds:,.0f}"
    return [row.title, duration(seconds), f"{peak:,.0f} MB", peer, peer_peak, ratio, row.goal]
