"""`samsyn account`: the accounts of an installation, for whoever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samsyn.cli import installation
from samsyn.cli.manual import ManualCommand, option

if TYPE_CHECKING:
    from samsyn.people.models import Account

ADDRESS = "http://127.0.0.1:8000"


@click.group(short_help="Make, list and change the accounts of people who log in.")
def account() -> None:
    """The accounts of an installation.

    The first administrator is made here; from then on people come by invitation, and
    administrators keep accounts on a page of the site.
    """


@account.command(
    "create",
    cls=ManualCommand,
    short_help="Make an account and print a link to its password.",
    examples="""
samsyn account create anna@example.org --name "Anna Ek" --administrator
samsyn account create bo@example.org --address https://samsyn.example.org
""",
)
@click.argument("email")
@option("--name", default="", help="What others see of the person.")
@option("--administrator", is_flag=True, help="Keeps the accounts and organisations.")
@option("--officer", is_flag=True, help="Is an officer of the agency.")
@option("--language", type=click.Choice(["sv", "en"]), default="sv", help="Of letters to them.")
@option("--address", metavar="URL", default=ADDRESS, show_default=True, help="Of the site.")
def create(
    email: str, name: str, administrator: bool, officer: bool, language: str, address: str
) -> None:
    """Make an account for an e-mail address.

    The link that is printed leads to a page where a password is chosen. It works once, and for
    three days.
    """
    from samsyn.measure import InputError

    if administrator and officer:
        raise InputError("Choose --administrator or --officer: an administrator sees no less")
    _ready()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from samsyn.people.models import Account, Standing

    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise InputError(f'"{email}" is no e-mail address') from error
    if Account.objects.filter(email=email.strip().lower()).exists():
        raise InputError(
            f"{email} has an account: `samsyn account link {email}` prints a new link, "
            f"and `samsyn account standing {email} administrator` changes what it may do"
        )
    chosen = Standing.ADMINISTRATOR if administrator else Standing.OFFICER if officer else None
    made = Account.objects.create_user(
        email, name=name.strip(), language=language, standing=chosen or Standing.NONE
    )
    click.echo(f"{made.email} has an account. The password is chosen here, within three days:")
    click.echo(_link(made, address))


@account.command(
    "link",
    cls=ManualCommand,
    short_help="Print a link to a new password.",
    examples="""
samsyn account link anna@example.org
""",
)
@click.argument("email")
@option("--address", metavar="URL", default=ADDRESS, show_default=True, help="Of the site.")
def link(email: str, address: str) -> None:
    """Print the address of the page where somebody who has an account chooses a new password.

    Give it only to the person: who opens it first has the account. It works once, for three days.
    """
    click.echo(_link(_found(email), address))


@account.command(
    "standing",
    cls=ManualCommand,
    short_help="Say what somebody is to the installation.",
    examples="""
samsyn account standing anna@example.org administrator
samsyn account standing bo@example.org none
""",
)
@click.argument("email")
@click.argument("standing", type=click.Choice(["none", "officer", "administrator"]))
def change(email: str, standing: str) -> None:
    """Make somebody who has an account an administrator, an officer or neither."""
    from samsyn.measure import InputError

    found = _found(email)
    from samsyn.people import accounts

    found.standing = standing
    try:
        accounts.change(found)
    except accounts.LastAdministratorError as error:
        raise InputError(f"{email} is the last administrator: make another one first") from error
    click.echo(f"{found.email}: {standing}")


@account.command(
    "one-step",
    cls=ManualCommand,
    short_help="Turn off the second step of somebody's log-in.",
    examples="""
samsyn account one-step anna@example.org
""",
)
@click.argument("email")
def one_step(email: str) -> None:
    """Let somebody who has lost their phone, or whose key is lost, log in with the password alone.

    They turn the second step on again on their own page.
    """
    found = _found(email)
    from samsyn.people import accounts

    accounts.without_second_step(found)
    click.echo(f"{found.email} logs in with the password alone")


@account.command(
    "list",
    cls=ManualCommand,
    short_help="List the accounts.",
    examples="""
samsyn account list
""",
)
def listed() -> None:
    """List the accounts: address, name, what they are to the installation, last log-in.

    The columns have a tabulator between them, for other programs.
    """
    _ready()
    from samsyn.people.models import Account

    click.echo("email\tname\tstanding\tstate\tlast log-in\torganisations")
    for one in Account.objects.prefetch_related("memberships").order_by("email"):
        seen = one.last_login.date().isoformat() if one.last_login else "never"
        state = "open" if one.is_active else "closed"
        places = len(one.memberships.all())
        name = " ".join(one.name.split())
        click.echo(f"{one.email}\t{name}\t{one.standing}\t{state}\t{seen}\t{places}")


def _ready() -> None:
    installation.prepare(lambda line: click.echo(line, err=True))


def _found(email: str) -> Account:
    from samsyn.measure import InputError

    _ready()
    from samsyn.people.models import Account

    found = Account.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise InputError(f"{email} has no account; `samsyn account list` lists those there are")
    return found


def _link(found: Account, address: str) -> str:
    from django.utils import translation

    from samsyn.people.accounts import password_path

    with translation.override(found.language):
        return f"{address.rstrip('/')}{password_path(found)}"
