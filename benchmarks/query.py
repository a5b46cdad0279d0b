"""Values of one municipality's areas among ten million, against SQLite read by Django's ORM."""

from __future__ import annotations

import os
import sys

from benchmarks import country
from benchmarks.environments import OURS, PEERS, make_peers, peer_versions, timed
from benchmarks.page import duration, made, table
from benchmarks.questions import FORMS, WARM

OBSERVATIONS = 10_000_000
# What a form of question is called, and what is asked for.
GOALS = {"one year": "15 ms, 10 times"}


def run() -> str:
    """Measure, and say what came out; with BENCH_OBSERVATIONS other than the default only try."""
    wanted = int(os.environ.get("BENCH_OBSERVATIONS") or OBSERVATIONS)
    make_peers()
    _say(f"a release of {wanted:,} observations")
    built = country.build(wanted)
    _say("the same in SQLite")
    database = country.database(built.folder, wanted)
    rows = []
    for form, (number, level, *_) in FORMS.items():
        _say(f"questions: {form}")
        ours = timed(OURS, "asking", "ask", BENCH_RELEASE=built.folder, BENCH_FORM=form)
        objects, values = (
            timed(
                PEERS, "django_peer", "ask",
                BENCH_DATABASE=database, BENCH_FORM=form, BENCH_AS=what,
            )
            for what in ("objects", "values")
        )  # fmt: skip
        for figures in (ours, objects, values):
            if "p50" not in figures:
                return f"Tried, but it failed: {figures.get('error')}"
        if not ours["sums"] == objects["sums"] == values["sums"]:
            return f"Tried, but the answers differ ({form})"
        said = f"{level}, {form}: {_number(ours['rows']):,.0f} rows, {number:,} questions"
        rows.append(
            [
                said, _percentiles(ours), _percentiles(objects), _percentiles(values),
                f"{_faster(ours, objects)}, {_faster(ours, values)}",
                _resident(ours), _resident(objects), GOALS.get(form, ""),
            ]
        )  # fmt: skip
    size = database.stat().st_size
    country.forget(wanted)
    heads = [
        "a municipality's", "Samsyn p50, p95", "Django's objects", "Django's dictionaries",
        "times faster than these (p50)",
        "memory, Samsyn", "memory, Django", "goal",
    ]  # fmt: skip
    tried = "" if wanted == OBSERVATIONS else "Tried with fewer observations.\n"
    return f"""{tried}{made("polars", "duckdb")}
Peer: {peer_versions("django")}.

{built.observations:,} stored observations, made by `observations.py`: the release has
{built.size / 1e6:,.0f} MB and the same rows in SQLite, with an index on indicator, area and period,
{size / 1e6:,.0f} MB. Each question is about another municipality or indicator than the one before;
both answer with all the columns that `samsyn values` shows, Django as objects with their areas and
as dictionaries, which are quicker. The answers are compared. Samsyn has the release open as a web
site would (`mapped`). {WARM} questions go before; memory is the resident memory after these, and
when all are answered, without the pages of mapped files, which are the system's cache.

{table(heads, rows)}
"""


def _faster(ours: dict[str, object], theirs: dict[str, object]) -> str:
    return f"{_number(theirs['p50']) / _number(ours['p50']):.2g}"


def _percentiles(figures: dict[str, object]) -> str:
    return f"{duration(_number(figures['p50']))}, {duration(_number(figures['p95']))}"


def _resident(figures: dict[str, object]) -> str:
    resident = figures["resident"]
    assert isinstance(resident, list)
    return f"{resident[0]:,.0f}, {resident[1]:,.0f} MB"


def _number(figure: object) -> float:
    return float(str(figure))


def _say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)
