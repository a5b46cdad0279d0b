"""The nearest people of every place: individualised neighbourhoods."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli.manual import Listed, ManualCommand, flat, option
from samsyn.cli.output import Output, writing
from samsyn.cli.progress import bar
from samsyn.cli.source import FILE, GROUPS, chosen, frame_of, numbered, reading

if TYPE_CHECKING:
    import polars as pl

    from samsyn.measure.neighbours import Neighbourhoods

WHO = "Who lives where"
WHAT = "How far to look"


@click.command(
    cls=ManualCommand,
    short_help="Find who the k nearest people of every place are.",
    examples="""
The 100, 400 and 1,600 nearest people of every grid cell:
  samsyn neighbours cells.csv --x x --y y --groups low,middle,high --k 100,400,1600 -o near.parquet
One group among all people:
  samsyn neighbours cells.csv --x x --y y --groups foreign --total people --k 400
""",
)
@click.argument("file", type=FILE)
@option("--x", metavar="COL", required=True, subject=WHO, help="Coordinate eastwards, in metres.")
@option("--y", metavar="COL", required=True, subject=WHO, help="Coordinate northwards, in metres.")
@option(
    "--groups",
    type=GROUPS,
    metavar="A,B,C",
    required=True,
    multiple=True,
    subject=WHO,
    help="The columns of counts; a name that holds a comma in quotation marks.",
)
@option(
    "--total",
    metavar="COL",
    subject=WHO,
    help="Everyone at the place, where the groups are only some; default their sum.",
)
@option("--unit", metavar="COL", subject=WHO, help="Names of the places, kept in the result.")
@option("--region", metavar="COL", subject=WHO, help="Look for neighbours within the region only.")
@option(
    "--k",
    "sizes",
    type=Listed(float, "number"),
    metavar="K,K,K",
    required=True,
    multiple=True,
    subject=WHAT,
    help="How many people a neighbourhood has, such as 100,200,400.",
)
@option(
    "--ring",
    type=click.Choice(["share", "whole"]),
    default="share",
    show_default=True,
    subject=WHAT,
    help="Take of the last places at one distance the share that makes k, or the whole.",
)
@option(
    "--decay",
    type=float,
    metavar="METRES",
    subject=WHAT,
    help="Halve the weight of people for every so many metres.",
)
@writing
@reading
def neighbours(
    file: Path,
    x: str,
    y: str,
    groups: tuple[list[str], ...],
    total: str | None,
    unit: str | None,
    region: str | None,
    sizes: tuple[list[float], ...],
    ring: str,
    decay: float | None,
    form: str | None,
    output: Path | None,
    sheet: str | None,
    decimal: str | None,
) -> None:
    """Find the composition of the k nearest people of every populated place in FILE.

    FILE is CSV, Excel or Parquet with a row for each place (an address, a grid cell or a small
    area). The result has a row for each place and k: its coordinates, k, the people who were
    reached and how far away the farthest of them lives, and for each group their number and, as
    share_GROUP, their share. A place without people has no neighbourhood.
    """
    names = chosen(groups)
    target = Output.of(form, output)
    ks = flat(sizes)

    import numpy as np

    from samsyn.measure import nearest_neighbours
    from samsyn.statistics.tables import read_table

    table = read_table(file, sheet)
    frame = frame_of(table, [unit, region], [*names, total], [x, y], decimal)
    counts = frame.select(names).to_numpy().astype(np.float64)
    with bar("Looking for neighbours") as progress:
        if progress is not None:
            progress(0.0, f"{frame.height:,} places")
        found = nearest_neighbours(
            counts,
            frame.select(x, y).to_numpy(),
            k=ks,
            ring=ring,  # type: ignore[arg-type]
            decay=decay,
            total=None if total is None else frame[total].to_numpy(),
            region=None if region is None else numbered(frame[region].to_list())[0],
        )
        result = _tidy(frame, [c for c in (unit, region) if c is not None], (x, y), names, found)
    target.write(result)


def _tidy(
    frame: pl.DataFrame,
    labels: list[str],
    places: tuple[str, str],
    groups: list[str],
    found: Neighbourhoods,
) -> pl.DataFrame:
    """A row for each place and size, place by place."""
    import numpy as np
    import polars as pl

    sizes, units = found.people.shape

    def column(values: Any) -> Any:
        return np.ascontiguousarray(np.asarray(values).T).ravel()

    repeated = np.repeat(np.arange(units), sizes)
    columns: dict[str, Any] = {}
    for name in (*labels, *places):
        columns[name] = frame[name][repeated]
    whole = bool(np.all(found.k == np.floor(found.k)))
    columns["k"] = np.tile(found.k.astype(np.int64) if whole else found.k, units)
    columns["people"] = column(found.people)
    columns["distance"] = column(found.distance)
    shares = found.shares
    for position, group in enumerate(groups):
        columns[group] = column(found.counts[..., position])
        columns[f"share_{group}"] = column(shares[..., position])
    return pl.DataFrame(columns)
