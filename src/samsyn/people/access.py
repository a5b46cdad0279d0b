"""Who may do what: the one rule, of which every page and every query asks.

A viewer is a person with their roles, or nobody. What they may do with a record follows from its
visibility and from their role in the organisation that wrote it:

| action | who |
|---|---|
| SEE | public: anybody; shared: members of it and of those it is shared with; private: members |
| COMMENT | contributors of it, and of those it is shared with |
| EDIT, REMOVE | editors of it; contributors what they wrote or own themselves; none if locked |
| DECIDE, SHARE | leads of it |

Nobody writes in an organisation that is closed: whoever has a role there, or sees what is shared
with it, goes on reading.

What cannot be seen does not exist: pages answer that there is no such thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from samsyn.people.models import Membership, Organisation, Record, Role, Standing, Visibility

if TYPE_CHECKING:
    from samsyn.people.models import Account

RANK: Final = {role: at for at, role in enumerate(Role)}


class Action(Enum):
    """What can be done with a record."""

    SEE = "see"
    COMMENT = "comment"
    EDIT = "edit"
    REMOVE = "remove"
    DECIDE = "decide"
    SHARE = "share"


@dataclass(frozen=True)
class Viewer:
    """A person with their role in each organisation by its id; nobody where there is no account.

    `closed` are those of the organisations where nobody writes any longer.
    """

    account: Account | None = None
    roles: Mapping[int, Role] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()

    @property
    def standing(self) -> Standing:
        """What they are to the installation."""
        return Standing.NONE if self.account is None else Standing(self.account.standing)

    @property
    def administers(self) -> bool:
        """Whether they keep the installation: accounts and organisations, not what these write."""
        return self.standing is Standing.ADMINISTRATOR

    def has(self, organisation: Organisation | int, least: Role) -> bool:
        """Whether they have that role in an organisation, or a higher one.

        In one that is closed everybody is a reader.
        """
        key = organisation if isinstance(organisation, int) else organisation.pk
        role = self.roles.get(key)
        if role is None:
            return False
        return RANK[Role.READER if key in self.closed else role] >= RANK[least]

    def leads(self, organisation: Organisation) -> bool:
        """Whether they lead an organisation, closed or not: they take along what it has written."""
        return self.roles.get(organisation.pk) is Role.LEAD

    def may_manage(self, organisation: Organisation) -> bool:
        """Whether they decide who belongs to an organisation, and whether it is closed."""
        return self.leads(organisation) or self.administers

    def may(self, action: Action, record: Record) -> bool:
        """Whether they may do that with a record. What is locked nobody changes or takes away."""
        return not (action in THEIRS and record.locked) and self.may_unlocked(action, record)

    def may_unlocked(self, action: Action, record: Record) -> bool:
        """Whether they might do that with a record if it were not locked."""
        least = LEAST[action]
        own = record.organisation_id
        if action is Action.SEE and record.visibility == Visibility.PUBLIC:
            return True
        if self.has(own, least):
            return True
        if action in THEIRS and self.has(own, Role.CONTRIBUTOR) and self._wrote(record):
            return True
        return (
            action in OTHERS
            and record.visibility == Visibility.SHARED
            and any(self.has(one.pk, least) for one in record.shared_with.all())
            and (action is Action.SEE or record.organisation.closed is None)
        )

    def hears(self, record: Record) -> bool:
        """Whether they take part in the talk about a record: its comments and its files.

        That is for members, and for those of organisations that it is shared with: what is
        published is the record, and not what was said of it while it was written.
        """
        return self.has(record.organisation_id, Role.READER) or (
            record.visibility == Visibility.SHARED and self.may(Action.SEE, record)
        )

    def _wrote(self, record: Record) -> bool:
        return self.account is not None and self.account.pk in {
            record.created_by_id, record.owner_id,
        }  # fmt: skip


NOBODY: Final = Viewer()
LEAST: Final = {
    Action.SEE: Role.READER,
    Action.COMMENT: Role.CONTRIBUTOR,
    Action.EDIT: Role.EDITOR,
    Action.REMOVE: Role.EDITOR,
    Action.DECIDE: Role.LEAD,
    Action.SHARE: Role.LEAD,
}
THEIRS: Final = frozenset({Action.EDIT, Action.REMOVE})  # what one wrote oneself
OTHERS: Final = frozenset({Action.SEE, Action.COMMENT})  # what one was given to see


def viewer_of(account: Account | None) -> Viewer:
    """The viewer that a person is; nobody without an account, or with one that is closed."""
    if account is None or not account.is_active:
        return NOBODY
    rows = list(
        Membership.objects.filter(account=account).values_list(
            "organisation", "role", "organisation__closed"
        )
    )
    roles = {organisation: Role(role) for organisation, role, _closed in rows}
    return Viewer(account, roles, frozenset(key for key, _role, closed in rows if closed))
