"""Values of an indicator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli.asking import (
    WHICH,
    dated,
    opened_release,
    parts_of,
    periods_of,
    placed,
    releasing,
    say_none,
    say_source,
)
from samsyn.cli.manual import Listed, ManualCommand, option
from samsyn.cli.output import FORMATS, WRITING, Output, writing_as

if TYPE_CHECKING:
    import polars as pl

    from samsyn.statistics.query import Release

JSONSTAT = "jsonstat"


@click.command(
    cls=ManualCommand,
    short_help="Values of an indicator: which area, which period.",
    examples="""
samsyn values rental_share --level municipality --period latest
samsyn values low_economic_standard_share --level regso --in municipality/1488 --period 2022
samsyn values turnout_riksdag --in Trollhättan --age all --format csv
samsyn values employment_rate --level deso --format jsonstat --output employment.json
""",
)
@click.argument("indicator")
@option(
    "--level",
    metavar="KIND",
    subject=WHICH,
    help="Of areas of this kind: deso, regso, municipality, county, country or custom, or of one "
    "vintage (regso/2020); default all.",
)
@placed
@dated
@option(
    "--sex",
    type=Listed(what="sex"),
    multiple=True,
    metavar="SEX",
    subject=WHICH,
    help="men, women or total, or all for all three; default total.",
)
@option(
    "--age",
    type=Listed(what="age"),
    multiple=True,
    metavar="AGE",
    subject=WHICH,
    help="An age as the source calls it, or all; default total.",
)
@option(
    "--language",
    type=click.Choice(("sv", "en")),
    default="sv",
    show_default=True,
    subject=WRITING,
    help="Of names and notes in JSON-stat, and of the indicator's name below a table.",
)
@releasing
@writing_as(*FORMATS, JSONSTAT)
def values(
    indicator: str,
    level: str | None,
    within: str | None,
    period: tuple[list[str], ...],
    sex: tuple[list[str], ...],
    age: tuple[list[str], ...],
    language: str,
    release_name: str | None,
    store: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Show the values of an INDICATOR; `samsyn indicators` lists those that there are.

    A share is a number from 0 to 1. A value that is missing, secret or not applicable is empty, and
    its status says which; it is never 0. CSV, JSON and Parquet have the columns area, name,
    indicator, period, value, status, numerator, denominator, unit, sex and age where they are asked
    for, method (how the value came to be) and source.
    """
    target = Output.of(form, output)
    release = opened_release(store, release_name)
    found = release.values(
        indicator, level, within, periods_of(period), parts_of(sex), parts_of(age)
    )
    if found.is_empty():
        say_none(release)
    if target.form == JSONSTAT:
        target.put(_jsonstat(release, found, language))
    elif target.form == "table":
        target.write(_shown(found))
        _say(release, found, indicator, language)
    else:
        target.write(_with_sources(release, found))


def _jsonstat(release: Release, found: pl.DataFrame, language: str) -> bytes:
    from samsyn.statistics.query import jsonstat

    dataset: dict[str, Any] = jsonstat(release, found, language)
    return f"{json.dumps(dataset, ensure_ascii=False)}\n".encode()


def _shown(found: pl.DataFrame) -> pl.DataFrame:
    """What differs between the rows; the rest is said below the table."""
    shown = found.drop("indicator", "unit", "method", "source")
    parts = [name for name in ("sex", "age") if name in shown.columns]
    others = shown.columns[3 : -len(parts)] if parts else shown.columns[3:]
    shown = shown.select("area", "name", "period", *parts, *others)
    if (shown.get_column("status") == "ok").all():
        shown = shown.drop("status")
    codes = shown.get_column("area").str.split("/").list.last()
    if (codes == shown.get_column("name")).all():
        shown = shown.drop("name")
    return shown.drop([name for name in parts if set(shown.get_column(name)) == {"total"}])


def _say(release: Release, found: pl.DataFrame, indicator: str, language: str) -> None:
    told = release.indicator(indicator)
    what = indicator if told is None else f"{told.name[language]} ({indicator}, {told.unit})"
    sources = release.sources(found.get_column("source")) or release.sources_of(indicator)
    say_source(release, what, sources)


def _with_sources(release: Release, found: pl.DataFrame) -> pl.DataFrame:
    """The sources by name: the number is of use with the manifest only."""
    import polars as pl

    from samsyn.statistics.query import source_named

    names = [source_named(source) for source in release.sources()]
    return found.with_columns(
        pl.col("source").replace_strict(
            range(len(names)), names, default=None, return_dtype=pl.String
        )
    )
