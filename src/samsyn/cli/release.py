"""Build releases from files, look at them, check them and compare them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.output import Output, writing
from samsyn.cli.store import opened_store, storing

if TYPE_CHECKING:
    from samsyn.statistics.release.report import BuildReport

WHAT = "What is built"
HOW = "How it is built"


@click.group(
    short_help="Build releases of statistics from files, check and compare them.",
    epilog="samsyn release COMMAND --help says more about each.",
)
def release() -> None:
    """Build releases of statistics from files, look at them, check and compare them.

    A release is a folder of Parquet files with a manifest that says where everything in it comes
    from. It is never edited: what is new comes in a new release, and any figure can be cited with
    the release that it stands in.
    """


@release.command(
    cls=ManualCommand,
    short_help="Build a release from files and folders.",
    examples="""
Everything in a folder:
  samsyn release build downloads --name sweden-2022
The same with a newer file, beside the old one and not in use until it has been looked at:
  samsyn release build new.xlsx --from sweden-2022 --name sweden-2022b --no-use
""",
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(True, path_type=Path)
)
@option("--name", metavar="NAME", subject=WHAT, help="Its name; default today's date.")
@option(
    "--from",
    "base",
    metavar="RELEASE",
    subject=WHAT,
    help="Start from this release, and add or replace what the new files hold.",
)
@option(
    "--no-use",
    "use",
    flag_value=False,
    default=True,
    type=bool,
    subject=HOW,
    help="Leave the release that is current as it is.",
)
@option(
    "--no-wait",
    "wait",
    flag_value=False,
    default=True,
    type=bool,
    subject=HOW,
    help="Say who is building, instead of waiting, where another build is at work.",
)
@option(
    "--allow-unread",
    is_flag=True,
    subject=HOW,
    help="Go on without a file that is named here and cannot be read.",
)
@storing
def build(
    paths: tuple[Path, ...],
    name: str | None,
    base: str | None,
    use: bool,
    wait: bool,
    allow_unread: bool,
    store: Path | None,
) -> None:
    """Build a release from the files in each PATH, a file or a folder that is read whole.

    Each file is recognised by its content; what is not is listed with what was tried. The release
    is built beside those there are, checked, and made current in one step: until then, and if it is
    stopped at any moment, they stay as they are. A release that a check finds wrong is refused, and
    its findings are shown.
    """
    from samsyn.cli.release_texts import show_built, show_findings
    from samsyn.cli.steps import steps
    from samsyn.statistics.release.build import build_release
    from samsyn.statistics.release.sealing import RefusedError

    began = time.monotonic()
    target = opened_store(store)
    parent = None if base is None else target.folder(base)
    try:
        with (
            steps("Building") as progress,
            target.building(name, parent=base, use=use, wait=wait, say=_said) as building,
        ):
            report = build_release(paths, building.folder, base=parent, progress=progress)
            if not allow_unread:
                _require_read(paths, report)
            building.describe(report.sources, report.seed)
            progress(1.0, "Checking what was written")
    except RefusedError as error:
        show_findings(error.findings)
        raise click.ClickException(
            "The release is refused, as its figures would be wrong: the findings above that are "
            "errors say where. Mend or leave out these files; the store is as it was"
        ) from None
    show_built(target, building.name, report, time.monotonic() - began)


@release.command("list", cls=ManualCommand, examples="  samsyn release list")
@storing
@writing
def list_releases(store: Path | None, form: str | None, output: Path | None) -> None:
    """List the releases, the newest last."""
    target = Output.of(form, output)

    import polars as pl

    opened = opened_store(store)
    found = opened.releases()
    if not found:
        _said(f"There is no release in {opened.path} yet")
    rows = [(r.name, r.created, "current" if r.current else None, r.problem) for r in found]
    columns = ["name", "created", "current", "problem"]
    target.write(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"))


@release.command(
    cls=ManualCommand,
    examples="""
  samsyn release show
  samsyn release show sweden-2022
""",
)
@click.argument("name", required=False)
@storing
def show(name: str | None, store: Path | None) -> None:
    """Show what a release holds and where it comes from; by default the current one."""
    from samsyn.cli.release_texts import show_release

    show_release(opened_store(store), name)


@release.command(cls=ManualCommand, examples="  samsyn release verify sweden-2022")
@click.argument("name", required=False)
@storing
def verify(name: str | None, store: Path | None) -> None:
    """Check that every file of a release is as it was built; by default of the current one.

    Looked at are checksums, sizes, columns, types and order, and that nothing is missing or was
    added. Leaves with 1 where something is wrong, and names each thing.
    """
    from samsyn.statistics.release.manifest import read_manifest
    from samsyn.statistics.release.verification import verify as problems_of

    folder = opened_store(store).folder(name)
    problems = problems_of(folder)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise click.ClickException(
            f"The release {folder.name} is not as it was built ({len(problems)} "
            f"problem{'s' * (len(problems) > 1)}). Build it again from its sources, or copy it "
            "anew from where it came"
        )
    files = read_manifest(folder).files
    click.echo(f"The release {folder.name} is as it was built: {len(files)} files.")


@release.command(cls=ManualCommand, examples="  samsyn release use sweden-2022")
@click.argument("name")
@storing
def use(name: str, store: Path | None) -> None:
    """Make a release current: the one that other commands read where they are told none."""
    opened_store(store).use(name)
    click.echo(f"The release {name} is current.")


@release.command(
    cls=ManualCommand,
    examples="""
What changed, counted by indicator and year:
  samsyn release diff sweden-2022 sweden-2022b
Every value that changed:
  samsyn release diff sweden-2022 sweden-2022b --output ledger.csv
""",
)
@click.argument("old")
@click.argument("new")
@option("--indicator", metavar="ID", subject=WHAT, help="Of this indicator or grouping only.")
@storing
@writing
def diff(
    old: str,
    new: str,
    indicator: str | None,
    store: Path | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Compare two releases: which values were revised, added or removed, by how much, and why.

    As a table, the changes are counted by indicator and period, with what became of their sources,
    and for derived values with which counts changed with them; with --indicator each value follows.
    CSV, JSON and Parquet have a row for each value. Differences below one part in 10⁹ are the
    rounding of floating numbers and do not count.
    """
    target = Output.of(form, output)

    from samsyn.cli.release_texts import show_ledger
    from samsyn.statistics.release.ledger import diff as compared

    opened = opened_store(store)
    with compared(opened.folder(old), opened.folder(new), indicator) as ledger:
        if target.form == "table" and target.path is None:
            show_ledger(ledger, each=indicator is not None)
        else:
            target.write(ledger.changes.collect())


def _require_read(paths: tuple[Path, ...], report: BuildReport) -> None:
    """A file that the user named must be read; what lies in a folder may be something else."""
    named = {path.name for path in paths if path.is_file()}
    unread = [u for u in report.unread if u.sheet is None and Path(u.file).name in named]
    if unread:
        from samsyn.measure import InputError

        raise InputError(
            f"{unread[0].reason}. Nothing was built; --allow-unread goes on without the file"
        )


def _said(message: str) -> None:
    click.echo(f"{message}.", err=True)
