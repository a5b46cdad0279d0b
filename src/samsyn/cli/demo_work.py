"""`samsyn demo-work`: what people would have written, to try the work with."""

from __future__ import annotations

import os
from pathlib import Path

import click

from samsyn.cli import installation
from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.store import opened_store, storing


@click.command(
    "demo-work",
    cls=ManualCommand,
    short_help="Load a made-up municipality's work, to try Samsyn with.",
    examples="""
samsyn demo-data vattland
samsyn release build vattland --name vattland
samsyn demo-work
samsyn serve
""",
)
@option("--release", metavar="NAME", help="Figures of this release; default the current one.")
@option("--anyway", is_flag=True, help="Also where the release is of real figures.")
@storing
def demo_work(release: str | None, anyway: bool, store: Path | None) -> None:
    """Load a whole cycle of the made-up municipality Vattstad, and Trollhättan's actors in 2018.

    It goes with the figures of `samsyn demo-data`, and comes with accounts whose password everybody
    knows: it is not for an installation where people work. What is there already is left as it is.
    """
    from samsyn.measure import InputError
    from samsyn.publish.fiction import fictional
    from samsyn.statistics.query import Release

    shelf = opened_store(store)
    folder = shelf.folder(release)
    if not anyway and not fictional(Release.open(folder)):
        raise InputError(
            f"The release {folder.name} is of real figures, and the demonstration is made up, with "
            "accounts that everybody can log in to: build a release of `samsyn demo-data`, or say "
            "--anyway"
        )
    os.environ["SAMSYN_STORE"] = str(shelf.path.absolute())
    if release is not None:
        os.environ["SAMSYN_RELEASE"] = release
    _load()


def _load() -> None:
    installation.prepare(click.echo)
    from samsyn.cycle.demonstration import PASSWORD, load, log_ins

    if not load(lambda name: click.echo(f"Loaded: {name}")):
        click.echo("The demonstration is there already")
    click.echo("Log in as one of these, with the password " + PASSWORD)
    for told in log_ins():
        click.echo(f"  {told.email:<24} {told.name}, {told.role} of {told.organisation}")
