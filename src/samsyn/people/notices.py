"""Letters about what others have done: comments, what is shared, and changes of one's log-in.

Of the same talk, and of what the same organisation shares, a person gets one letter in an hour: the
page that it leads to has the rest. What was said stands on the page and not in the letter, since
mail goes unsealed. Letters about the work can be turned off; those about one's log-in cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from samsyn.people import letters
from samsyn.people.access import viewer_of
from samsyn.people.beside import of
from samsyn.people.models import (
    Account,
    Comment,
    Membership,
    Organisation,
    Record,
    Role,
    Visibility,
)
from samsyn.people.viewing import viewer

PAUSE: Final = 3600  # seconds between two letters of the same
NAMED: Final = 10  # records that a letter names

# What was changed, by the name that allauth has for its letter, or our own.
CHANGES: Final[Mapping[str, Any]] = {
    "account/email/password_changed": _("Lösenordet är ändrat."),
    "account/email/password_reset": _(
        "Lösenordet är ändrat, med en länk som skickades i ett brev."
    ),
    "account/email/password_set": _("Kontot har fått ett lösenord."),
    "mfa/email/totp_activated": _("Inloggning i två steg är på."),
    "mfa/email/totp_deactivated": _("Inloggning i två steg är avstängd."),
    "mfa/email/recovery_codes_generated": _("Det finns nya reservkoder. De gamla gäller inte."),
    "socialaccount/email/account_connected": _("Kontot går nu att nå genom en katalog."),
    "socialaccount/email/account_disconnected": _(
        "Kontot går inte längre att nå genom en katalog."
    ),
    "one step": _("En administratör har stängt av inloggning i två steg."),
    "address": _("En administratör har ändrat kontots e-postadress."),
}


def of_comment(request: HttpRequest, record: Record, by: Account) -> None:
    """Tell those who have the record, wrote it or talk about it that somebody else comments."""
    talking = set(of(record, Comment).values_list("account", flat=True))
    people = Account.objects.filter(
        pk__in={record.owner_id, record.created_by_id, *talking} - {None, by.pk},
        is_active=True, letters_of_work=True,
    )  # fmt: skip
    for account in people.order_by("pk"):
        if not viewer_of(account).hears(record):
            continue
        sent = _send(
            request, "comment", account, f"{record._meta.label}-{record.pk}",
            lambda: f"{record.get_absolute_url()}#kommentarer", record=record, by=by,
        )  # fmt: skip
        if not sent:
            return


def newly_shared(
    records: Iterable[Record], visibility: str, organisations: Sequence[Organisation]
) -> list[tuple[Organisation, list[Record]]]:
    """What each organisation is about to see that it was not given before; asked before sharing."""
    found: dict[Organisation, list[Record]] = {one: [] for one in organisations}
    for record in records if visibility == Visibility.SHARED else ():
        shared = record.visibility == Visibility.SHARED
        had = {one.pk for one in record.shared_with.all()} if shared else set()
        for organisation in organisations:
            if organisation.pk not in had:
                found[organisation].append(record)
    return [(organisation, new) for organisation, new in found.items() if new]


def of_sharing(
    request: HttpRequest, by: Account, new: Iterable[tuple[Organisation, Sequence[Record]]]
) -> None:
    """Tell those who lead organisations what has been shared with these."""
    for organisation, records in new:
        giver = records[0].organisation
        leads = Membership.objects.filter(
            organisation=organisation, role=Role.LEAD, account__is_active=True,
            account__letters_of_work=True,
        ).exclude(account=by)  # fmt: skip
        slug = organisation.slug
        for member in leads.select_related("account").order_by("pk"):
            sent = _send(
                request, "shared", member.account, f"shared-{giver.pk}-{organisation.pk}",
                lambda slug=slug: reverse("shared", args=[slug]),  # type: ignore[misc]
                by=by, giver=giver, organisation=organisation, records=records[:NAMED],
                more=max(0, len(records) - NAMED),
            )  # fmt: skip
            if not sent:
                return


def of_log_in(request: HttpRequest, account: Account, change: str, *also: str) -> None:
    """Tell a person, at `also` as well, that how they log in was changed, and what to do."""
    if not account.is_active:
        return
    address = _address(request, account, lambda: reverse("account_reset_password"))
    for to in dict.fromkeys([account.email, *also]):
        letters.send(
            "log_in", to, account.language, account=account, change=CHANGES[change],
            at=timezone.now(), address=address, contact=settings.SAMSYN_CONTACT,
        )  # fmt: skip


def of_administrator(
    request: HttpRequest, organisation: Organisation, what: Callable[[], str], *also: Account
) -> None:
    """Tell those who lead an organisation what somebody has done there who does not lead it.

    Those who keep the installation can decide who belongs to an organisation, and so who reads what
    it writes: that is never done unseen. `what` says it in the language of the reader.
    """
    who = viewer(request)
    if who.leads(organisation):
        return
    leads = Account.objects.filter(
        memberships__organisation=organisation, memberships__role=Role.LEAD, is_active=True
    )
    for account in dict.fromkeys([*leads.order_by("pk"), *(one for one in also if one.is_active)]):
        sent = letters.send(
            "administrator", account.email, account.language, account=account, by=who.account,
            organisation=organisation, what=what,
            address=_address(request, account, lambda: _members_page(organisation)),
        )  # fmt: skip
        if not sent:
            return


def _members_page(organisation: Organisation) -> str:
    return reverse("organisation-history", args=[organisation.slug])


def _send(
    request: HttpRequest, name: str, account: Account, of_what: str, path: Callable[[], str],
    **told: Any,
) -> bool:  # fmt: skip
    """Send a letter, if they had none of that within the hour; False where letters do not go."""
    if not cache.add(f"letter-{of_what}-{account.pk}", 1, PAUSE):
        return True
    return letters.send(
        name, account.email, account.language, account=account,
        address=_address(request, account, path),
        profile=_address(request, account, lambda: reverse("profile")), **told,
    )  # fmt: skip


def _address(request: HttpRequest, account: Account, path: Callable[[], str]) -> str:
    """The address of a page, in the language of the reader."""
    with translation.override(account.language):
        return request.build_absolute_uri(path())
