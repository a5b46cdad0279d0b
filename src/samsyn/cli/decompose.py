"""Take segregation apart: between and within nested areas, or from one time to another."""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli.manual import Listed, ManualCommand, flat, option
from samsyn.cli.output import Output, writing
from samsyn.cli.progress import bar
from samsyn.cli.source import FILE, GROUPS, chosen, frame_of, numbered, reading, require_unique

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from samsyn.statistics.tables import SourceTable

WHO = "Who is measured"
HOW = "How it is taken apart"
METHODS = ["shapley", "karmel-maclachlan", "mora-ruiz-castillo"]


@click.command(
    cls=ManualCommand,
    short_help="Take segregation apart by nested areas, or over time.",
    examples="""
How much lies between counties, between their municipalities and within these:
  samsyn decompose areas.csv --unit deso --within county,municipality --groups a,b,c
What changed from 2012 to 2022: the sizes of groups and areas, or how people live:
  samsyn decompose 2012.csv --with 2022.csv --unit area --region municipality --groups a,b,c
""",
)
@click.argument("file", type=FILE)
@option("--unit", metavar="COL", required=True, subject=WHO, help="The column of area names.")
@option("--region", metavar="COL", subject=WHO, help="Take each region apart by itself.")
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
    "--within",
    type=Listed(what="column"),
    metavar="COL,COL",
    multiple=True,
    subject=HOW,
    help="Columns of larger areas, the largest first.",
)
@option("--with", "other", type=FILE, metavar="FILE", subject=HOW, help="The same table, later.")
@option(
    "--method",
    type=click.Choice(METHODS),
    default="shapley",
    show_default=True,
    subject=HOW,
    help="How a change is taken apart.",
)
@writing
@reading
def decompose(
    file: Path,
    unit: str,
    region: str | None,
    groups: tuple[list[str], ...],
    within: tuple[list[str], ...],
    other: Path | None,
    method: str,
    form: str | None,
    output: Path | None,
    sheet: str | None,
    decimal: str | None,
) -> None:
    """Take the segregation in FILE apart without remainder.

    With --within, mutual information M and Theil's H are split between and within nested areas:
    the parts add up to the total. With --with, the change of M, H and the Karmel-Maclachlan index
    from FILE to a later table is split into what came and went, the sizes of areas and of groups,
    and structure: how people would live differently had all sizes stayed.
    """
    names, levels = chosen(groups), flat(within)
    if bool(levels) == (other is not None):
        raise click.UsageError(
            "give --within for nested areas, or --with FILE for a change"
            + (", not both" if levels else "")
        )
    target = Output.of(form, output)

    from samsyn.statistics.tables import read_table

    table = read_table(file, sheet)
    with bar("Taking apart") as progress:
        if progress is not None:
            progress(0.0, file.name)
        if other is None:
            result = _nested(table, unit, region, names, levels, decimal)
        else:
            later = read_table(other, sheet)
            result = _change(table, later, unit, region, names, method, decimal)
    target.write(result)


def _nested(
    table: SourceTable,
    unit: str,
    region: str | None,
    groups: list[str],
    levels: list[str],
    decimal: str | None,
) -> pl.DataFrame:
    import polars as pl

    from samsyn.measure import nested_decomposition

    frame = frame_of(table, [unit, region, *levels], groups, decimal=decimal)
    require_unique(table, frame[unit])
    _check_nested(table, frame, [column for column in (region, *levels) if column is not None])
    where, regions = (None, ["all"]) if region is None else numbered(frame[region].to_list())
    found = nested_decomposition(
        frame.select(groups).to_numpy(),
        [numbered(frame[level].to_list())[0] for level in levels],
        region=where,
    )
    rows: list[tuple[Any, ...]] = []
    steps = [*levels, unit]
    for r, name in enumerate(regions):
        whole = region or "all"
        for step, above, level in zip(steps, [whole, *levels], found.levels, strict=True):
            m, h = float(level.m[r]), float(level.h[r])
            rows.append((name, f"between {step}", f"within {above}", m, h, m / found.m[r]))
        rows.append((name, "total", None, float(found.m[r]), float(found.h[r]), 1.0))
    columns = ["region", "part", "where", "mutual_information", "theil_h", "share"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def _check_nested(table: SourceTable, frame: pl.DataFrame, levels: list[str]) -> None:
    """Each area must lie in one larger area; both rows are named where it lies in two."""
    from samsyn.measure import InputError

    for coarse, fine in pairwise(levels):
        first: dict[str, tuple[str, int]] = {}
        for at, (above, area) in enumerate(zip(frame[coarse], frame[fine], strict=True)):
            before, row = first.setdefault(area, (above, at))
            if above != before:
                raise InputError(
                    f'{table.name}: "{area}" in column "{fine}" lies in "{before}" '
                    f'(row {table.rows[row]}) and in "{above}" (row {table.rows[at]}) of '
                    f'"{coarse}". Name the largest areas first, and areas that are not the same '
                    "differently"
                )


def _change(
    before: SourceTable,
    after: SourceTable,
    unit: str,
    region: str | None,
    groups: list[str],
    method: str,
    decimal: str | None,
) -> pl.DataFrame:
    import numpy as np
    import polars as pl

    from samsyn.measure import Change, change_decomposition

    sides = []
    for table in (before, after):
        frame = frame_of(table, [unit, region], groups, decimal=decimal)
        require_unique(table, frame[unit])
        sides.append(frame)
    units, labels = _both(sides, unit, region)
    where, regions = numbered(labels)
    old, new = (_aligned(frame, unit, groups, units) for frame in sides)
    found = change_decomposition(old, new, where, method=method)
    parts = [field.name for field in fields(Change)]
    rows = []
    for r, name in enumerate(regions):
        for index in ("mutual_information", "theil_h", "karmel_maclachlan"):
            change = getattr(found, index)
            if change is not None:
                rows.append((name, index, *(float(getattr(change, part)[r]) for part in parts)))
    unmet = [str(regions[r]) for r in np.flatnonzero(~found.converged)]
    if unmet:
        click.echo(
            f"Note: the sizes could not all be met in {', '.join(unmet)}; there, the parts still "
            "add up, but sizes and structure are not cleanly apart.",
            err=True,
        )
    return pl.DataFrame(rows, schema=["region", "index", *parts], orient="row")


def _both(
    sides: list[pl.DataFrame], unit: str, region: str | None
) -> tuple[dict[str, int], list[str]]:
    """The units of both tables, each once with its place, and the region of each."""
    from samsyn.measure import InputError

    units: dict[str, int] = {}
    labels: list[str] = []
    for frame in sides:
        regions = ["all"] * frame.height if region is None else frame[region].to_list()
        for name, label in zip(frame[unit], regions, strict=True):
            place = units.setdefault(name, len(labels))
            if place == len(labels):
                labels.append(label)
            elif labels[place] != label:
                raise InputError(
                    f'the unit "{name}" lies in "{labels[place]}" in the first table and in '
                    f'"{label}" in the second: a change needs the same regions'
                )
    return units, labels


def _aligned(
    frame: pl.DataFrame, unit: str, groups: list[str], units: dict[str, int]
) -> NDArray[np.float64]:
    """The counts in the order of the units of both tables, 0 for a unit that is not there."""
    import numpy as np

    counts: Any = np.zeros((len(units), len(groups)))
    counts[[units[name] for name in frame[unit]]] = frame.select(groups).to_numpy()
    return counts  # type: ignore[no-any-return]
