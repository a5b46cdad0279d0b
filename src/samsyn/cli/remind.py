"""`samsyn remind`: letters about follow-ups that are due and projects that have ended."""

from __future__ import annotations

from datetime import datetime

import click

from samsyn.cli import installation
from samsyn.cli.manual import ManualCommand, option

ADDRESS = "http://127.0.0.1:8000"


@click.command(
    cls=ManualCommand,
    short_help="Send letters about follow-ups that are due and projects that have ended.",
    examples="""
samsyn remind --dry-run
samsyn remind --address https://samsyn.example.org
Each morning, by cron:
  0 7 * * *  samsyn remind --address https://samsyn.example.org
""",
)
@option("--address", metavar="URL", default=ADDRESS, show_default=True, help="Of the site.")
@option("--date", "day", metavar="DAY", help="As of this day (2027-03-01); default today.")
@option("--dry-run", is_flag=True, help="Say what would be sent, and send and keep nothing.")
def remind(address: str, day: str | None, dry_run: bool) -> None:
    """Write to those who have something to do: each is told of the same thing once.

    A follow-up is told of when it is due within 14 days, and when it is late; what a group has
    decided when it is late; what another organisation asks when it has come, and when its answer is
    late. 12, 24 and 36 months after a project has ended somebody is asked what became of it.
    Projects that have ended are put into their organisation's inventory first. To be run once a
    day.
    """
    from samsyn.measure import InputError

    if not address.startswith(("http://", "https://")):
        raise InputError(f'"{address}" is no address of a site: begin with https://')
    installation.prepare(lambda line: click.echo(line, err=True))
    from django.utils import timezone

    from samsyn.cycle.followed.projects import ended, enter_ended
    from samsyn.cycle.followed.reminding import letters, send

    try:
        today = datetime.strptime(day, "%Y-%m-%d").date() if day else timezone.localdate()
    except ValueError as error:
        raise InputError(f'"{day}" is no day: write it as 2027-03-01') from error
    entered = list(ended(None, today)) if dry_run else enter_ended(today)
    if entered:
        said = "to put" if dry_run else "put"
        click.echo(f"Projects that have ended, {said} into the inventories: {len(entered)}")
    sent = failed = 0
    for letter in letters(today):
        if dry_run:
            told = ", ".join(f"{one.about} ({one.occasion})" for one in letter.of)
            click.echo(f"{letter.account.email}: {told}")
            sent += 1
            continue
        try:
            sent += bool(send(letter, address))
        except OSError as error:
            failed += 1
            click.echo(f"{letter.account.email}: not sent ({error})", err=True)
    click.echo(f"Letters {'to send' if dry_run else 'sent'}: {sent}")
    if failed:
        raise click.ClickException(
            f"Letters that could not be sent: {failed}. They are tried again at the next run"
        )
