"""Fetch figures from the agencies' own services into a folder that a release is built from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli.fetching import running
from samsyn.cli.manual import F, Listed, ManualCommand, flat, option
from samsyn.cli.store import storing

if TYPE_CHECKING:
    from samsyn.statistics.services import Plan, TableEntry

WHAT, WHERE, HOW = "What is fetched", "Where it is kept", "How it is fetched"


@click.group(short_help="Fetch figures from Statistics Sweden, other PxWeb servers and Kolada.")
def fetch() -> None:
    """Fetch figures from the agencies' own services.

    Every answer is kept as it came, with what was asked, when, and under which licence, in a folder
    that `samsyn release build` reads. A fetch that was interrupted goes on with --resume, and asks
    for nothing that has come.
    """


def fetching(command: F) -> F:
    """The options of every fetch."""
    for decorate in (
        option(
            "--dry-run",
            is_flag=True,
            subject=HOW,
            help="Say what would be fetched, and fetch none of it.",
        ),
        option(
            "--resume",
            is_flag=True,
            subject=HOW,
            help="Go on with an interrupted fetch: what has come is not asked for again.",
        ),
        storing,
        option(
            "--to",
            type=click.Path(path_type=Path),
            metavar="DIR",
            subject=WHERE,
            help="Folder to keep it in; default the folder fetched beside the releases.",
        ),
        option(
            "--years",
            metavar="YEARS",
            subject=WHAT,
            help="Such as 2022, 2012-2023, 2020- or 2015,2020-2022; default all.",
        ),
    ):
        command = decorate(command)
    return command


def pxweb_address(command: F) -> F:
    """The option that says where the PxWeb server is."""
    return option(
        "--pxweb-url",
        metavar="URL",
        subject=HOW,
        help="A PxWebApi 2; default SAMSYN_PXWEB_URL, else Statistics Sweden.",
    )(command)


def kolada_address(command: F) -> F:
    """The option that says where Kolada is."""
    return option(
        "--kolada-url",
        metavar="URL",
        subject=HOW,
        help="A Kolada API v3; default SAMSYN_KOLADA_URL, else Kolada.",
    )(command)


@fetch.command(
    cls=ManualCommand,
    short_help="Fetch all tables and key figures that the catalogue needs.",
    examples="""
samsyn fetch sweden --to fetched --years 2020-
samsyn fetch sweden --to fetched --years 2020- --resume
samsyn release build fetched
""",
)
@fetching
@pxweb_address
@kolada_address
def sweden(
    years: str | None,
    to: Path | None,
    store: Path | None,
    resume: bool,
    dry_run: bool,
    pxweb_url: str | None,
    kolada_url: str | None,
) -> None:
    """Fetch what the catalogue of indicators needs, for all of Sweden.

    These are tables of Statistics Sweden for DeSO, RegSO, municipalities and counties, and key
    figures of Kolada. What cannot be found any more is named at the end; the rest is fetched.
    """
    from samsyn.statistics.services import find_figure, find_table, planned, preset

    listed = preset("sweden")
    with running(years, to, store, resume, dry_run) as run:
        px, kolada = run.pxweb(pxweb_url), run.kolada(kolada_url)

        def plan(entry: TableEntry) -> Plan:
            return planned(px, find_table(px, entry), entry.wish(run.years))

        tables = [run.table(px, partial(plan, entry)) for entry in listed.tables]
        figures = [run.figure(kolada, partial(find_figure, kolada, e)) for e in listed.figures]
        run.all([*tables, *figures])


@fetch.command(
    cls=ManualCommand,
    short_help="Fetch tables of Statistics Sweden, or of another PxWeb server.",
    examples="""
samsyn fetch scb --search "upplåtelseform DeSO"
samsyn fetch scb TAB6571 --years 2020- --level regso --select "kön=totalt"
samsyn fetch scb TAB6471 --codelist ålder=agg_Ålder10årJ --select "region=01*" --dry-run
""",
)
@click.argument("tables", nargs=-1, metavar="[TABLE]...")
@option("--search", metavar="TEXT", subject=WHAT, help="List the tables that match instead.")
@option(
    "--select",
    metavar="DIM=A,B",
    multiple=True,
    subject=WHAT,
    help="Codes or labels of a dimension, with * and ? as patterns, or first..last; default all.",
)
@option(
    "--level",
    "levels",
    type=Listed(what="level"),
    metavar="A,B",
    multiple=True,
    subject=WHAT,
    help="Kinds of areas: deso, regso, municipality, county, country; default all there are.",
)
@option(
    "--codelist",
    metavar="DIM=ID",
    multiple=True,
    subject=WHAT,
    help="Take a dimension's codes from a value set (vs_) or an aggregation (agg_).",
)
@option("--language", default="sv", show_default=True, subject=WHAT, help="Of labels.")
@fetching
@pxweb_address
def scb(
    tables: tuple[str, ...],
    search: str | None,
    select: tuple[str, ...],
    levels: tuple[list[str], ...],
    codelist: tuple[str, ...],
    language: str,
    years: str | None,
    to: Path | None,
    store: Path | None,
    resume: bool,
    dry_run: bool,
    pxweb_url: str | None,
) -> None:
    """Fetch TABLEs by their ids, split into requests that the server allows.

    An id is such as TAB6571; --search finds it. Areas of two vintages in one table are asked for in
    the years that each is published for.
    """
    from samsyn.statistics.services import Wish, planned

    _one_of(tables, search, "TABLE")
    choose = {name: Listed()(values, None, None) for name, values in _pairs(select, "--select")}
    lists = dict(_pairs(codelist, "--codelist"))
    with running(years, to, store, resume, dry_run or search is not None) as run:
        px = run.pxweb(pxweb_url, language)
        if search is not None:
            found = px.search(search)
            _listing(
                search,
                [(t.id, t.label, f"{t.first or ''}–{t.last or ''}", t.updated) for t in found],
                ("table", "title", "periods", "updated"),
            )
            return
        wish = Wish(choose, lists, run.years, tuple(flat(levels)))

        def plan(table: str) -> Plan:
            return planned(px, px.table(table), wish)

        run.all([run.table(px, partial(plan, table)) for table in dict.fromkeys(tables)])


@fetch.command(
    cls=ManualCommand,
    short_help="Fetch key figures of Kolada.",
    examples="""
samsyn fetch kolada --search "ekonomiskt bistånd"
samsyn fetch kolada N15428 U01413 --years 2015-
samsyn fetch kolada N15428 --in Trollhättan,1480
""",
)
@click.argument("figures", nargs=-1, metavar="[KPI]...")
@option("--search", metavar="TEXT", subject=WHAT, help="List the key figures that match instead.")
@option(
    "--in",
    "within",
    type=Listed(what="municipality"),
    metavar="A,B",
    multiple=True,
    subject=WHAT,
    help="Municipalities and regions by code or name; default all.",
)
@fetching
@kolada_address
def kolada(
    figures: tuple[str, ...],
    search: str | None,
    within: tuple[list[str], ...],
    years: str | None,
    to: Path | None,
    store: Path | None,
    resume: bool,
    dry_run: bool,
    kolada_url: str | None,
) -> None:
    """Fetch KPIs, key figures such as N15428, for all municipalities and regions."""
    _one_of(figures, search, "KPI")
    with running(years, to, store, resume, dry_run or search is not None) as run:
        service = run.kolada(kolada_url)
        if search is not None:
            found = service.search(search)
            rows = [(f.id, f.title, f.updated) for f in found]
            _listing(search, rows, ("key_figure", "title", "published"))
            return
        codes = service.codes(flat(within))
        run.all(
            [
                run.figure(service, partial(service.figure, figure), codes)
                for figure in dict.fromkeys(figures)
            ]
        )


def _one_of(names: Sequence[str], search: str | None, what: str) -> None:
    if bool(names) == (search is not None):
        raise click.UsageError(
            f"give {what} to fetch, or --search TEXT to find them" + (", not both" if names else "")
        )


def _pairs(given: Sequence[str], name: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        left, equals, right = (part.strip() for part in text.partition("="))
        if not (left and equals and right):
            raise click.UsageError(f'{name} is written DIM=..., and "{text}" is not')
        pairs.append((left, right))
    return pairs


def _listing(text: str, rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> None:
    import polars as pl

    from samsyn.cli.output import Output

    if not rows:
        click.echo(f'Nothing matches "{text}".', err=True)
        return
    frame = pl.DataFrame(list(rows), schema=list(columns), orient="row")
    Output.of(None, None).write(frame)
