"""Who belongs to an organisation, as what. There is always somebody who leads it."""

from __future__ import annotations

from django.db import models, transaction

from samsyn.people.models import Account, Membership, Organisation, Role


class LastLeadError(Exception):
    """Nobody else leads the organisation."""


def memberships_of(account: Account) -> models.QuerySet[Membership]:
    """The organisations that a person works in with their role, by name; last those closed."""
    open_first = models.F("organisation__closed").asc(nulls_first=True)
    mine = Membership.objects.filter(account=account).select_related("organisation")
    return mine.order_by(open_first, "organisation__name")


@transaction.atomic
def change_role(member: Membership, role: Role) -> None:
    """Give a member another role. Raises LastLeadError where nobody would lead any longer."""
    if role is not Role.LEAD:
        _somebody_else_leads(member)
    member.role = role
    member.save()


@transaction.atomic
def remove(member: Membership) -> None:
    """Let a member go; what they wrote stays. Raises LastLeadError where nobody would lead."""
    _somebody_else_leads(member)
    member.delete()


def _somebody_else_leads(member: Membership) -> None:
    # Two who lead and leave at once wait here for each other.
    Organisation.objects.select_for_update().get(pk=member.organisation_id)
    leads = Membership.objects.filter(
        organisation=member.organisation_id, role=Role.LEAD, account__is_active=True
    )
    held = Membership.objects.filter(pk=member.pk).values_list("role", flat=True).first()
    if held == Role.LEAD and not leads.exclude(pk=member.pk).exists():
        raise LastLeadError
