"""`samsyn backup` and `samsyn restore`: all that people have written, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samsyn.cli import installation
from samsyn.cli.manual import ManualCommand, option
from samsyn.cli.store import opened_store, storing

if TYPE_CHECKING:
    from samsyn.people.keeping import Places

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    cls=ManualCommand,
    short_help="Write all that people have written into one file.",
    examples="""
samsyn backup samsyn-2027-01-31.zip
samsyn backup whole.zip --with-release
""",
)
@click.argument("file", type=FILE)
@option("--with-release", is_flag=True, help="Take the files of the current release along.")
@option("--with-keys", is_flag=True, help="Take along the keys that names are sealed with.")
@storing
def backup(file: Path, with_release: bool, with_keys: bool, store: Path | None) -> None:
    """Write the database and the files of an installation into one new FILE.

    It is of one moment, and people can go on working meanwhile. It can be restored into SQLite and
    PostgreSQL alike, by this version of Samsyn and later ones. The current release is named in it
    by its name and checksum.

    Not in it are the keys that respondents' names are sealed with: whoever came across the file
    could else read who was interviewed. Keep a copy of their folder somewhere else, or ask for them
    with --with-keys and guard the file accordingly. Who is logged in is not in it either.
    """
    places = _places()
    from samsyn.people.keeping import back_up

    told = back_up(
        file, places, store=opened_store(store), with_release=with_release, with_keys=with_keys,
        tell=lambda line: click.echo(line, err=True),
    )  # fmt: skip
    size = file.stat().st_size / 1e6
    files = sum(name.startswith("attachments/") for name in told.parts)
    click.echo(f"{told.rows:,} rows and {files:,} files are in {file} ({size:.1f} MB)")
    if not with_keys and places.keys.is_dir() and any(places.keys.iterdir()):
        click.echo(f"The keys of sealed names are not: they are in {places.keys}", err=True)


@click.command(
    cls=ManualCommand,
    short_help="Put a backup back.",
    examples="""
samsyn restore samsyn-2027-01-31.zip
samsyn restore samsyn-2027-01-31.zip --force
""",
)
@click.argument("file", type=FILE)
@option("--force", is_flag=True, help="Also where people have written something since.")
@storing
def restore(file: Path, force: bool, store: Path | None) -> None:
    """Put the database and the files of a backup in the place of those that are here.

    The whole FILE is looked through first; one that is damaged, or made by a newer version, is
    refused. Where something is written here already that is refused too; with --force a backup of
    it is kept in the folder SAMSYN_WORK. Either all of the backup is here afterwards, or everything
    is as it was. Stop the site meanwhile: what people write during a restore is lost.
    """
    places = _places()
    from samsyn.people.keeping import restore as put_back

    told = put_back(file, places, store=opened_store(store), force=force, tell=click.echo)
    click.echo(f"{told.rows:,} rows are back as they were at {told.made}")


def _places() -> Places:
    """Where this installation keeps its work. Nothing is made or changed."""
    installation.use()
    from samsyn.people.keeping import Places

    return Places.of_settings()
