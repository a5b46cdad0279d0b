"""Files that the commands read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.manual import F, Listed, option

if TYPE_CHECKING:
    import polars as pl

    from samsyn.statistics.tables import SourceTable

FILE = click.Path(path_type=Path)
GROUPS = Listed(what="group")
READING = "Reading the file"


def reading(command: F) -> F:
    """The options that say how a file is read."""
    for decorate in (
        option(
            "--decimal",
            type=click.Choice([",", "."]),
            subject=READING,
            help="The decimal mark, where the cells leave it open.",
        ),
        option("--sheet", metavar="NAME", subject=READING, help="Excel sheet; default the first."),
    ):
        command = decorate(command)
    return command


def frame_of(
    table: SourceTable,
    names: Sequence[str | None],
    counts: Sequence[str | None],
    places: Sequence[str | None] = (),
    decimal: str | None = None,
) -> pl.DataFrame:
    """The columns that a command uses: names as text, counts from 0, places as any numbers."""
    import polars as pl

    wanted_names, wanted_counts, wanted_places = (
        list(dict.fromkeys(name for name in part if name is not None))
        for part in (names, counts, places)
    )
    table.require([*wanted_names, *wanted_counts, *wanted_places])
    both = set(wanted_names) & {*wanted_counts, *wanted_places}
    if both:
        raise click.UsageError(f'column "{both.pop()}" cannot be both a name and a number')
    texts = pl.DataFrame({name: table.names(name) for name in wanted_names})
    numbers = table.numbers(wanted_counts, decimal, negative=False)
    where = table.numbers([p for p in wanted_places if p not in wanted_counts], decimal)
    return pl.concat([part for part in (texts, numbers, where) if part.width], how="horizontal")


def chosen(groups: tuple[list[str], ...]) -> list[str]:
    """The groups of an option that may be given several times, each once."""
    names = [name for part in groups for name in part]
    for name in names:
        if names.count(name) > 1:
            raise click.UsageError(f'the group "{name}" is named twice in --groups')
    return names


def require_unique(table: SourceTable, units: pl.Series) -> None:
    """Raise InputError that names both rows where a unit stands twice."""
    again = units.is_first_distinct().not_()
    if again.any():
        at = int(again.arg_max() or 0)
        first = int((units == units[at]).arg_max() or 0)
        from samsyn.measure import InputError

        raise InputError(
            f'{table.name}: the unit "{units[at]}" stands twice, in row {table.rows[first]} and in '
            f"row {table.rows[at]}. Each unit has one row"
        )


def numbered(names: Sequence[str]) -> tuple[list[int], list[str]]:
    """Each name as a number from 0 in order of first appearance, and the names in that order."""
    seen: dict[str, int] = {}
    return [seen.setdefault(name, len(seen)) for name in names], list(seen)
