"""What the commands share that ask a release: their options, and where the figures come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.manual import F, Listed, flat, option
from samsyn.cli.store import STORE, opened_store, storing

if TYPE_CHECKING:
    import polars as pl

    from samsyn.statistics.query import Periods, Release
    from samsyn.statistics.sources.forms import Provenance

WHICH = "Which figures"
ALL = "all"


def releasing(command: F) -> F:
    """The options --release and --store."""
    for decorate in (
        storing,
        option(
            "--release",
            "release_name",
            metavar="NAME",
            subject=STORE,
            help="Of this release; default the current one.",
        ),
    ):
        command = decorate(command)
    return command


def placed(command: F) -> F:
    """The option --in: an area that the rows lie in, handed on as `within`."""
    return option(
        "--in",
        "within",
        metavar="AREA",
        subject=WHICH,
        help="In this area only: a key, a code or a name (municipality/1488, 1488, Trollhättan).",
    )(command)


def dated(command: F) -> F:
    """The option --period, handed on as lists; see `periods_of`."""
    return option(
        "--period",
        "period",
        type=Listed(what="period"),
        multiple=True,
        metavar="PERIOD",
        subject=WHICH,
        help="Of this period, of several with commas, or latest; default all.",
    )(command)


def opened_release(store: Path | None, name: str | None) -> Release:
    """The release that --release and --store name."""
    from samsyn.statistics.query import Release

    return Release.open(opened_store(store), name)


def periods_of(lists: tuple[list[str], ...]) -> Periods:
    """What --period says."""
    periods = flat(lists)
    if "latest" in periods and len(periods) > 1:
        raise click.UsageError("--period latest stands alone")
    return periods[0] if len(periods) == 1 else periods or None


def parts_of(lists: tuple[list[str], ...]) -> list[str] | str | None:
    """What --sex or --age says: by default the total, and None for all."""
    parts = flat(lists)
    if ALL in parts:
        return None
    return parts or "total"


def say_source(release: Release, what: str, sources: list[Provenance]) -> None:
    """What a table shows, of which release, and whose figures it is made from."""
    from samsyn.statistics.query import source_said

    told = f"; source: {source_said(sources)}" if sources else ""
    click.echo(f"{what}. Release {release.name}{told}.", err=True)


def say_none(release: Release) -> None:
    """That there is no row."""
    click.echo(f"The release {release.name} has no values of that in these areas.", err=True)


def constant_dropped(frame: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The frame without those of the columns that are the same in all rows."""
    return frame.drop([name for name in names if frame.get_column(name).n_unique() == 1])
