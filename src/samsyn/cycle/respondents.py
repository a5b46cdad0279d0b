"""Who the respondents of interviews are: sealed with a key that lies outside the database.

In the database a respondent is a code and a role. Who it is stands there under seal (see
`samsyn.people.sealing`). A copy of the database without the key says nothing of anybody, and
neither do exports, history or pages: only leads and whoever held the interview can read it, on a
page that keeps who has done so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q

from samsyn.cycle.models import Interview, MappingRound, Respondent, RespondentReading
from samsyn.people import sealing
from samsyn.people.access import Viewer
from samsyn.people.models import Role

KEY: Final = "respondents.key"


@dataclass(frozen=True)
class Identity:
    """Who a respondent is, and how to reach them."""

    name: str = ""
    contact: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.contact)


def seal(identity: Identity) -> bytes:
    """Who somebody is, as it may lie in the database; nothing of nobody."""
    if not identity:
        return b""
    told = {"name": identity.name, "contact": identity.contact}
    return sealing.seal(json.dumps(told).encode(), KEY)


def unseal(sealed: bytes) -> Identity:
    """Who it is. Raises SealedError where no key that is here can read it."""
    if not sealed:
        return Identity()
    told = json.loads(sealing.unseal(bytes(sealed), KEY))
    return Identity(told["name"], told["contact"])


def add(
    round: MappingRound, role: str, perspective: str, identity: Identity | None = None
) -> Respondent:
    """A new respondent with the next code of the round: R1, R2 and so on."""
    with transaction.atomic():
        # Whoever else adds one to the same round waits here.
        MappingRound.objects.select_for_update().get(pk=round.pk)
        codes = round.respondents.values_list("code", flat=True)
        taken = [int(code[1:]) for code in codes if code[1:].isdecimal()]
        return Respondent.objects.create(
            round=round, code=f"R{max(taken, default=0) + 1}", role=role, perspective=perspective,
            sealed=seal(identity or Identity()),
        )  # fmt: skip


def may_read(viewer: Viewer, respondent: Respondent) -> bool:
    """Whether a viewer may know who a respondent is: leads, and who held the interview."""
    if viewer.has(respondent.round.organisation_id, Role.LEAD):
        return True
    if viewer.account is None or not viewer.has(respondent.round.organisation_id, Role.CONTRIBUTOR):
        return False
    mine = Q(owner=viewer.account) | Q(owner=None, created_by=viewer.account)
    return Interview.objects.filter(mine, respondent=respondent, removed=None).exists()


def read(viewer: Viewer, respondent: Respondent) -> Identity:
    """Who a respondent is; that it was read is kept first. Raises SealedError without the key."""
    RespondentReading.objects.create(respondent=respondent, account=viewer.account)
    return unseal(bytes(respondent.sealed))
