"""The areas of a release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.asking import WHICH, opened_release, placed, releasing
from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.output import Output, writing

if TYPE_CHECKING:
    import polars as pl


@click.command(
    cls=ManualCommand,
    short_help="Find areas: their keys, names and where they lie.",
    examples="""
samsyn areas --search trollhattan
samsyn areas --kind regso --in Trollhättan
samsyn areas --kind regso/2020 --in municipality/1488 --format csv
samsyn areas --kind custom
""",
)
@option(
    "--kind",
    metavar="KIND",
    subject=WHICH,
    help="deso, regso, municipality, county, country or custom; regso/2020 is of one vintage.",
)
@placed
@option(
    "--search",
    metavar="TEXT",
    subject=WHICH,
    help="By a part of the name, or a code: trollhattan finds Trollhättan. The best match first.",
)
@releasing
@writing
def areas(
    kind: str | None,
    within: str | None,
    search: str | None,
    release_name: str | None,
    store: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """List the areas of a release: key, name and the area that each lies in.

    A key is kind/vintage/code, as in regso/2020/1488R007: the same code can mean other borders in
    another vintage. CSV, JSON and Parquet hold all that is known of an area: its parent,
    municipality, county and municipality type, centroid, bounding box and land area.
    """
    target = Output.of(form, output)
    release = opened_release(store, release_name)
    found = release.areas(kind, within, search)
    if found.is_empty():
        click.echo(f"No area of the release {release.name} is like that.", err=True)
    target.write(_shown(found, release.areas()) if target.form == "table" else found)


def _shown(found: pl.DataFrame, every: pl.DataFrame) -> pl.DataFrame:
    """Key, name, and the names of what an area lies in."""
    import polars as pl

    names = every.select(key="area", lies="name")
    shown = found.select("area", "name", "kind", "parent", "municipality", "county")
    for at in ("parent", "municipality", "county"):
        shown = shown.join(
            names.rename({"lies": f"{at}_name"}), left_on=at, right_on="key", how="left",
            maintain_order="left",
        )  # fmt: skip
    small = pl.col("kind").is_in(["deso"])
    return shown.select(
        "area",
        "name",
        pl.when(small & (pl.col("parent") != pl.col("municipality")))
        .then("parent_name")
        .alias("regso"),
        pl.when(pl.col("kind") != "municipality").then("municipality_name").alias("municipality"),
        pl.when(pl.col("kind") != "county").then("county_name").alias("county"),
    )
