"""The end of an organisation that has ceased or become another, and its beginning again.

What it has written stays, for those who could read it before; nobody writes there any longer. The
rule is in `samsyn.people.access`.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from samsyn.people.models import Organisation


@transaction.atomic
def close(organisation: Organisation, why: str, successor: Organisation | None = None) -> None:
    """Close an organisation, with whoever takes over; one that is closed already stays as it is."""
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if kept.closed is None:
        kept.closed, kept.closed_why, kept.successor = timezone.now(), why, successor
        kept.save()


@transaction.atomic
def reopen(organisation: Organisation) -> None:
    """Let people write in an organisation again, as the roles say that they still have."""
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    kept.closed, kept.closed_why, kept.successor = None, "", None
    kept.save()
