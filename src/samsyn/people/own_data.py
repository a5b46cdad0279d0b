"""What Samsyn knows of a person, to take along; and the erasure of who it was."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction
from django.utils import timezone

from samsyn.people.accounts import refuse_last_administrator
from samsyn.people.belonging import LastLeadError
from samsyn.people.kinds import kinds
from samsyn.people.models import (
    Account,
    Attachment,
    Comment,
    Draft,
    Invitation,
    Membership,
    Organisation,
    Record,
    Role,
)

FORMAT = "samsyn-account/1"
TOLD = (Attachment, Comment, Draft, Invitation, Membership, Authenticator, SocialAccount)


def as_data(account: Account) -> dict[str, Any]:
    """All that is kept of a person, and what they have written, by name and address."""
    memberships = Membership.objects.filter(account=account).select_related("organisation")
    return {
        "format": FORMAT,
        "exported": timezone.now().isoformat(),
        "account": {
            "email": account.email, "name": account.name, "language": account.language,
            "letters_of_work": account.letters_of_work,
            "standing": account.standing, "joined": account.joined.isoformat(),
            "last_login": account.last_login and account.last_login.isoformat(),
            "second_step": list(
                Authenticator.objects.filter(user=account).values_list("type", flat=True)
            ),
            "directories": [
                {"provider": one.provider, "uid": one.uid, "told": one.extra_data}
                for one in SocialAccount.objects.filter(user=account)
            ],
        },
        "memberships": [
            {"organisation": str(one.organisation), "role": one.role,
             "since": one.since.isoformat()}
            for one in memberships
        ],
        "invitations": [
            {"organisation": str(one.organisation), "role": one.role,
             "at": one.created.isoformat()}
            for one in Invitation.objects.filter(email__iexact=account.email)
            .select_related("organisation")
        ],
        "records": list(_written(account)),
        "comments": [
            {"at": one.created.isoformat(), "text": one.text}
            for one in Comment.objects.filter(account=account)
        ],
        "attachments": [
            {"at": one.created.isoformat(), "name": one.name, "size": one.size}
            for one in Attachment.objects.filter(account=account)
        ],
        "drafts": [
            {"form": one.form, "at": one.saved.isoformat(), "typed": one.typed}
            for one in Draft.objects.filter(account=account)
        ],
        "elsewhere": _elsewhere(account),
    }  # fmt: skip


def _elsewhere(account: Account) -> dict[str, int]:
    """How many rows of other tables name a person, by the table's name: histories, readings."""
    found: dict[str, int] = {}
    every: Any = account._meta.get_fields(include_hidden=True)
    for relation in every:
        if not relation.auto_created or not relation.one_to_many:
            continue
        model = relation.related_model
        count = model._base_manager.filter(**{relation.field.attname: account.pk}).count()
        if count and model not in TOLD and not issubclass(model, Record):
            found[model._meta.label_lower] = found.get(model._meta.label_lower, 0) + count
    return found


def _written(account: Account) -> Any:
    for kind in kinds().values():
        mine = models.Q(created_by=account) | models.Q(owner=account)
        changed = kind.model.history.filter(history_user=account).values("id")
        rows = kind.model._default_manager.filter(mine | models.Q(pk__in=changed))
        for record in rows.select_related("organisation").order_by("pk"):
            mine_then = record.history.filter(history_user=account)
            yield {
                "kind": kind.word, "id": record.pk, "title": str(record),
                "organisation": str(record.organisation),
                "written": record.created_by_id == account.pk,
                "responsible": record.owner_id == account.pk,
                "changed": sorted({
                    row.history_date.isoformat() for row in mine_then.only("history_date")
                }),
            }  # fmt: skip


def left_without_lead(account: Account) -> list[Organisation]:
    """The organisations where others work that would have no lead without this person."""
    led = Organisation.objects.filter(memberships__account=account, memberships__role=Role.LEAD)
    others = Membership.objects.exclude(account=account)
    return [
        one for one in led
        if others.filter(organisation=one).exists()
        and not others.filter(organisation=one, role=Role.LEAD, account__is_active=True).exists()
    ]  # fmt: skip


@transaction.atomic
def erase(account: Account) -> None:
    """Erase who a person was. What they wrote stays, as written by somebody who is erased.

    The history of records names people by their account only, so that it is erased there as well.
    Every log-in of theirs ends, since the password of the account is another. Raises LastLeadError
    and LastAdministratorError where others would be left without anybody who leads or administers.
    """
    # Two who lead the same and go at once wait here for each other.
    list(Organisation.objects.select_for_update().filter(memberships__account=account))
    if left_without_lead(account):
        raise LastLeadError
    refuse_last_administrator(account)
    email = account.email
    Invitation.objects.filter(email__iexact=email).delete()
    Draft.objects.filter(account=account).delete()
    Membership.objects.filter(account=account).delete()
    for table in (EmailAddress, Authenticator, SocialAccount):
        table.objects.filter(user=account).delete()
    account.email = f"{account.pk}@erased.invalid"
    account.name = ""
    account.is_active = False
    account.erased = timezone.now()
    account.last_login = None
    account.set_unusable_password()
    account.standing = Account._meta.get_field("standing").default
    account.save()
