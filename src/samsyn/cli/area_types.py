"""The socioeconomic index and area types of a release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.asking import (
    WHICH,
    dated,
    opened_release,
    periods_of,
    placed,
    releasing,
    say_none,
    say_source,
)
from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.output import Output, writing

if TYPE_CHECKING:
    import polars as pl

    from samsyn.statistics.query import Periods, Release

SHOWN = ("area", "name", "period", "index", "z", "computed", "published", "uncertain", "distance")
MADE_OF = ("low_economic_standard_share", "pre_upper_secondary_share", "area_type")


@click.command(
    "area-types",
    cls=ManualCommand,
    short_help="Socioeconomic index and area types, computed and published.",
    examples="""
samsyn area-types --period 2022 --in Trollhättan
samsyn area-types --period latest --disagreements
samsyn area-types --format csv --output area-types.csv
""",
)
@placed
@dated
@option(
    "--disagreements",
    is_flag=True,
    subject=WHICH,
    help="Only areas whose computed type is not the published one, the surest difference first.",
)
@releasing
@writing
def area_types(
    within: str | None,
    period: tuple[list[str], ...],
    disagreements: bool,
    release_name: str | None,
    store: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show the type of each RegSO, from 1 (great challenges) to 5 (very good conditions).

    `index` is the mean of three shares: low economic standard, pre-upper-secondary education, and
    long-term assistance or unemployment, for which the unemployed stand in where it is not
    published. `z` is how many standard deviations it lies from the mean of all RegSO, from which
    the type is computed; `uncertain` says that chance could well have given another. `distance` is
    how far z lies from the published type.
    """
    target = Output.of(form, output)
    release = opened_release(store, release_name)
    asked = periods_of(period)
    ask = release.disagreements if disagreements else release.area_types
    found = ask(asked, within)
    if target.form != "table":
        target.write(found)
        return
    if found.is_empty():
        _say_nothing(release, disagreements)
        return
    target.write(_shown(found))
    _say(release, found, asked, within)


def _shown(found: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    said = {True: "yes", False: "no"}
    words = pl.col("uncertain").replace_strict(said, return_dtype=pl.String)
    return found.select(name for name in SHOWN if name in found.columns).with_columns(words)


def _say_nothing(release: Release, disagreements: bool) -> None:
    if disagreements:
        click.echo("No computed type is other than the published one.", err=True)
    else:
        say_none(release)


def _say(release: Release, found: pl.DataFrame, period: Periods, within: str | None) -> None:
    agreed = release.agreement(period, within)
    if agreed is not None:
        click.echo(
            f"Of {agreed.areas} areas with both types {agreed.share:.1%} have the same, and "
            f"{agreed.neighbouring:.1%} the same or the next.",
            err=True,
        )
    thirds = found.get_column("third_component").unique().drop_nulls().sort().to_list()
    sources = {
        source: None
        for name in (*MADE_OF, *thirds)
        if name in release.indicators
        for source in release.sources_of(name)
    }
    stood = f"Third component: {' and '.join(thirds)}" if thirds else "Area types"
    say_source(release, stood, list(sources))
