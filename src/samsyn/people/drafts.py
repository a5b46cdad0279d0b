"""What somebody has typed and not yet saved: kept by the form's address until it is.

A draft belongs to an account. What is sent by somebody whose log-in has run out is held in the
browser's session until they have logged in, and is then their draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from samsyn.people.kinds import kinds
from samsyn.people.models import Account, Draft

LARGEST: Final = 300_000  # letters of one draft
MOST: Final = 200  # drafts of one account
HELD: Final = "typed"  # in the session
MOST_HELD: Final = 100  # forms from one place on the net in an hour
HOUR: Final = 3600  # seconds
NOT_TYPED: Final = ("csrfmiddlewaretoken", "password", "sealed")
LENGTH: Final = 500  # letters of an address
ASKED: Final = "utkast"  # by which an address asks for the draft itself

Typed = dict[str, list[str]]


def key_of(address: str) -> str:
    """What a form is kept by: its address with what it is filled in with, in no language."""
    parts = urlsplit(address)
    query = urlencode([(name, one) for name, one in parse_qsl(parts.query) if name != ASKED])
    path = parts.path.removeprefix("/en")
    whole = f"{path}?{query}" if query else path
    return whole if len(whole) <= LENGTH else path[:LENGTH]


def typed_in(data: Mapping[str, Any]) -> Typed | None:
    """What was typed, by the names of its fields; None for what is no such thing or too much."""
    told: Typed = {}
    size = 0
    for name, values in data.items():
        if any(word in name.lower() for word in NOT_TYPED):
            continue
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            return None
        size += len(name) + sum(map(len, values))
        told[name] = values
    return told if size <= LARGEST else None


def keep(account: Account, form: str, typed: Typed) -> Draft:
    """Keep a draft of a form, instead of the one before it."""
    draft, _made = Draft.objects.update_or_create(
        account=account, form=form, defaults={"typed": typed, "saved": timezone.now()}
    )
    old = account.drafts.order_by("-saved").values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(old)).delete()
    return draft


def draft_of(account: Account | None, address: str) -> Draft | None:
    """The draft of a form at an address; None where there is none."""
    return Draft.objects.filter(account=account, form=key_of(address)).first() if account else None


def under(account: Account, root: str) -> dict[str, Typed]:
    """What was typed in the forms whose addresses begin so, by address."""
    there = Draft.objects.filter(account=account, form__startswith=root)
    return dict(there.values_list("form", "typed"))


def forget(account: Account | None, address: str) -> None:
    """Forget the draft of a form: it is saved, or given up."""
    Draft.objects.filter(account=account, form=key_of(address)).delete()


@dataclass(frozen=True)
class Waiting:
    """A draft as a list of drafts tells it: what it is of, what it says first, and where it is."""

    draft: Draft
    name: str
    title: str

    @property
    def address(self) -> str:
        """The page of its form, filled in with it, in the language of the reader."""
        language = "" if (get_language() or "sv").startswith("sv") else "/en"
        return f"{language}{self.draft.form}{'&' if '?' in self.draft.form else '?'}{ASKED}=1"


def waiting(account: Account, root: str = "/arbete/") -> list[Waiting]:
    """The drafts of an account in forms whose addresses begin so, the newest first."""
    found = []
    there = Draft.objects.filter(account=account, form__startswith=root)
    for draft in there.order_by("-saved"):
        parts = draft.form.split("/")
        kind = kinds().get(parts[3]) if len(parts) > 3 else None
        said = ((draft.typed.get(name) or [""])[0] for name in ("title", "text", "description"))
        title = next((text for text in said if text.strip()), "")
        found.append(Waiting(draft, kind.name if kind else "", title[:80]))
    return found


def hold(request: HttpRequest) -> bool:
    """Hold what was sent, for whoever logs in next in this browser; whether it is held.

    It is somebody unknown who sends it, so that no more is held from one place than people type.
    """
    typed = typed_in(dict(request.POST.lists()))
    if not typed:
        return False
    place = get_adapter(request).get_client_ip(request)
    counted = f"held-{hashlib.sha256(place.encode()).hexdigest()}"
    count = int(cache.get(counted, 0)) + 1
    cache.set(counted, count, HOUR)
    if count > MOST_HELD:
        return False
    request.session[HELD] = {"form": key_of(request.get_full_path()), "typed": typed}
    return True


def settle(request: HttpRequest, account: Account | None, address: str) -> bool:
    """Make what is held for an address a draft of who has logged in; whether there was any."""
    held = request.session.get(HELD) if account is not None else None
    if account is None or not held or held["form"] != key_of(address):
        return False
    keep(account, held["form"], held["typed"])
    del request.session[HELD]
    return True


def settle_under(request: HttpRequest, account: Account | None) -> bool:
    """Make what is held for a form on a page a draft of who has logged in; whether there was any.

    For pages with forms that are sent to addresses of their own, below that of the page.
    """
    held = request.session.get(HELD) if account is not None else None
    if account is None or not held or not held["form"].startswith(key_of(request.path)):
        return False
    keep(account, held["form"], held["typed"])
    del request.session[HELD]
    return True


def fill(form: BaseForm, typed: Typed) -> None:
    """Fill a form that is not sent with what was typed in it before."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(form.add_prefix(name), values)
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
