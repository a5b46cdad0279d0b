"""Indices of segregation that a release holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.asking import (
    WHICH,
    constant_dropped,
    dated,
    opened_release,
    periods_of,
    placed,
    releasing,
    say_none,
    say_source,
)
from samsyn.cli.manual import Listed, ManualCommand, flat, option
from samsyn.cli.output import Output, writing

if TYPE_CHECKING:
    import polars as pl


@click.command(
    cls=ManualCommand,
    short_help="Indices of segregation of a release, with their intervals.",
    examples="""
samsyn indices --grouping background --units deso --level municipality --period 2022 \\
    --index dissimilarity --group foreign
The national picture, on the units that tell most:
  samsyn indices --grouping tenure --units deso --level country --index many-groups
The same index on several scales:
  samsyn indices --grouping background --units regso --in Trollhättan --index dissimilarity
""",
)
@option(
    "--grouping",
    required=True,
    metavar="ID",
    subject=WHICH,
    help="Whose segregation: background, birth_region, tenure, education, economic_standard ...",
)
@option(
    "--units",
    required=True,
    metavar="KIND",
    subject=WHICH,
    help="Over which areas: deso, regso or municipality, or one vintage of them (deso/2018).",
)
@option(
    "--level",
    metavar="KIND",
    subject=WHICH,
    help="In regions of this kind: municipality, county or country; default all.",
)
@placed
@dated
@option(
    "--index",
    type=Listed(what="index"),
    multiple=True,
    metavar="NAME",
    subject=WHICH,
    help="These indices only, by name or family, with commas between; samsyn explain lists them.",
)
@option(
    "--group",
    metavar="NAME",
    subject=WHICH,
    help="Of this group only; without it, of each, and of all groups together.",
)
@releasing
@writing
def indices(
    grouping: str,
    units: str,
    level: str | None,
    within: str | None,
    period: tuple[list[str], ...],
    index: tuple[list[str], ...],
    group: str | None,
    release_name: str | None,
    store: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show the indices that a release holds: how differently the groups live, and how sure it is.

    `lower` and `upper` are the 95 % bootstrap interval, `expected` is what chance alone would give
    if nobody lived apart, `corrected` the value with chance taken off. `group` is the group whose
    segregation it is, against all others or against the group in `against`; both are empty for an
    index of all groups together.
    """
    target = Output.of(form, output)
    release = opened_release(store, release_name)
    found = release.indices(
        grouping, units, level, periods_of(period), flat(index) or None, within, group
    )
    if found.is_empty():
        say_none(release)
    if target.form != "table":
        target.write(found)
        return
    over = found.get_column("units").unique().sort()
    target.write(_shown(found))
    what = f"Segregation by {grouping} over {' and '.join(over) or units}"
    say_source(release, what, release.sources_of(grouping))


def _shown(found: pl.DataFrame) -> pl.DataFrame:
    """What differs between the rows; the rest is said below the table."""
    return constant_dropped(found.drop("grouping"), ("units",))
