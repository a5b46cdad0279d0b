"""Who belongs to an organisation, as what. There is always somebody who leads it."""

from __future__ import annotations

from django.db import transaction

from samsyn.people.models import Membership, Organisation, Role


class LastLeadError(Exception):
    """Nobody else leads the organisation."""


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
