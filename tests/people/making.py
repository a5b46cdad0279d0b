"""Accounts, organisations and clients for tests of what people write."""

from __future__ import annotations

from django.test import Client

from samsyn.people.models import Account, Membership, Organisation, Role

PASSWORD = "ett långt lösenord 7"


def account(name: str = "anna", **more) -> Account:
    """The account of somebody, made if it is not there."""
    email = f"{name}@example.org".lower()
    known = Account.objects.filter(email=email).first()
    return known or Account.objects.create_user(email, PASSWORD, name=name.capitalize(), **more)


def organisation(
    name: str = "Vattstads kommun", kind: str = "municipality", **more
) -> Organisation:
    """The organisation of that name, made if it is not there."""
    known = Organisation.objects.filter(name=name).first()
    return known or Organisation.objects.create(name=name, kind=kind, **more)


def member(name: str, of: Organisation, role: Role = Role.EDITOR) -> Account:
    """Somebody who has a role in an organisation."""
    person = account(name)
    Membership.objects.update_or_create(organisation=of, account=person, defaults={"role": role})
    return person


def client(person: Account | None = None) -> Client:
    """A browser in which somebody is logged in; nobody where none is named."""
    made = Client()
    if person is not None:
        made.force_login(person)
    return made
