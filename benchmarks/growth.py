"""How building and asking grow with the observations: one, ten and a hundred million."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from benchmarks import country
from benchmarks.environments import OURS, timed
from benchmarks.page import duration, made, table
from benchmarks.questions import FORMS

SIZES = (1_000_000, 10_000_000, 100_000_000)
ASKED = ("one year", "all years")


def run() -> str:
    """Measure, and say what came out; with BENCH_SIZES other than the default only try."""
    told = os.environ.get("BENCH_SIZES")
    sizes = tuple(int(size) for size in told.split(",")) if told else SIZES
    found: list[tuple[country.Built, list[float]]] = []
    rows = []
    for wanted in sizes:
        _say(f"a release of {wanted:,} observations")
        built = country.build(wanted)
        asked = []
        for form in ASKED:
            _say(f"questions: {form}")
            ours = timed(OURS, "asking", "ask", BENCH_RELEASE=built.folder, BENCH_FORM=form)
            if "p50" not in ours:
                return f"Tried, but it failed: {ours.get('error')}"
            asked += [float(str(ours["p50"])), float(str(ours["p95"]))]
        found.append((built, asked))
        country.forget(wanted)
        made_in = "" if built.making is None else _pair(*built.making)
        rows.append(
            [
                f"{built.observations:,}", f"{built.source_size / 1e6:,.0f} MB", made_in,
                duration(built.seconds), f"{built.peak:,.0f} MB", f"{built.size / 1e6:,.0f} MB",
                _percentiles(asked[:2]), _percentiles(asked[2:]),
            ]
        )  # fmt: skip
        print(f"  {' | '.join(rows[-1])}", file=sys.stderr, flush=True)
    heads = [
        "stored observations", "files read", "making them", "build", "peak", "release",
        *(f"a municipality's {FORMS[form][1]}, {form}: p50, p95" for form in ASKED),
    ]  # fmt: skip
    tried = "" if sizes == SIZES else "Tried with other sizes.\n"
    return f"""{tried}{made("polars", "duckdb")}

The made-up country of `observations.py`: nine counties with 1,800 DeSO over 13 years and all
groupings, for which everything is derived at every size; what grows are observations by sex and
age, which the build checks, sums to larger areas and writes. Each build is one run of
`samsyn release build` in a process of its own, made current at its end; peaks are of processes.

{table(heads, rows)}

{table(["from to", "observations", "build", "peak", "release", *ASKED], _growth(found))}
"""


def _growth(found: list[tuple[country.Built, list[float]]]) -> list[list[str]]:
    """How many times more each size takes than the one before."""
    rows = []
    for (less, fast), (more, slow) in pairwise(found):
        pairs = [
            (more.observations, less.observations), (more.seconds, less.seconds),
            (more.peak, less.peak), (more.size, less.size), (slow[0], fast[0]), (slow[2], fast[2]),
        ]  # fmt: skip
        between = f"{less.observations / 1e6:,.1f} to {more.observations / 1e6:,.1f} million"
        rows.append([between, *(f"{big / small:.2g} times" for big, small in pairs)])
    return rows


def _percentiles(figures: list[float]) -> str:
    return f"{duration(figures[0])}, {duration(figures[1])}"


def _pair(seconds: float, peak: float) -> str:
    return f"{duration(seconds)}, {peak:,.0f} MB"


def _say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)
