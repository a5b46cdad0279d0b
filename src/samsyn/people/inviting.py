"""Asking people to join an organisation, and their answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from samsyn.people import letters
from samsyn.people.access import RANK
from samsyn.people.models import Account, Invitation, Membership, Organisation, Role
from samsyn.people.models.organisation import INVITED_DAYS, hashed

A_DAY: Final = 100  # letters that a person may send in a day: no one floods others with them
PAUSE: Final = timedelta(minutes=2)  # between two letters to the same person


def open_invitations(organisation: Organisation) -> list[Invitation]:
    """Those that nobody has answered; also the ones whose time is out, so that they can be sent
    again.
    """
    there = Invitation.objects.filter(organisation=organisation, answered=None)
    return list(there.select_related("invited_by").order_by("-created"))


def room_for(by: Account, letters_more: int) -> bool:
    """Whether a person may send so many letters more today, of whichever organisation."""
    return int(cache.get(_counted(by), 0)) + letters_more <= A_DAY


def _counted(by: Account) -> str:
    return f"invitations-{by.pk}-{timezone.localdate()}"


def invite(
    request: HttpRequest, organisation: Organisation, email: str, role: Role, by: Account
) -> bool:
    """Ask somebody to join, in place of what they may have been asked before.

    False where the letter could not be sent; the invitation stands and can be sent again.
    """
    address = email.strip().lower()
    with transaction.atomic():
        Invitation.objects.filter(organisation=organisation, email=address, answered=None).delete()
        asked = Invitation(organisation=organisation, email=address, role=role, invited_by=by)
        key = asked.draw_key()
        asked.save()
    return _send(request, asked, key, by)


def waits(asked: Invitation) -> bool:
    """Whether it was sent so lately that the letter may still be on its way."""
    return timezone.now() < asked.created + PAUSE


def again(request: HttpRequest, asked: Invitation, by: Account) -> bool:
    """Send the letter once more, with a new key and a new time; the old key opens nothing."""
    key = asked.draw_key()
    asked.created = timezone.now()
    asked.save()
    return _send(request, asked, key, by)


def found(key: str) -> Invitation | None:
    """The invitation that a key belongs to, answered or not; None for any other key."""
    there = Invitation.objects.select_related("organisation", "invited_by")
    return there.filter(key_hash=hashed(key)).first()


@transaction.atomic
def accept(asked: Invitation, account: Account) -> Membership | None:
    """Let a person in. Who is in already keeps a higher role. None where it no longer holds."""
    held = Invitation.objects.select_for_update().filter(pk=asked.pk).first()
    if held is None or not held.open:
        return None
    held.answered = timezone.now()
    held.save()
    member, new = Membership.objects.get_or_create(
        organisation=held.organisation, account=account, defaults={"role": held.role}
    )
    if not new and RANK[Role(held.role)] > RANK[Role(member.role)]:
        member.role = held.role
        member.save()
    return member


def _send(request: HttpRequest, asked: Invitation, key: str, by: Account) -> bool:
    cache.set(_counted(by), int(cache.get(_counted(by), 0)) + 1, timedelta(days=1).total_seconds())
    reader = Account.objects.filter(email=asked.email).first()
    language = reader.language if reader else translation.get_language() or "sv"
    with translation.override(language):
        address = request.build_absolute_uri(reverse("invitation", args=[key]))
    return letters.send(
        "invitation", asked.email, language, invitation=asked, address=address, days=INVITED_DAYS
    )
