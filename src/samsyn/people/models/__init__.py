"""Tables of organisations, people and what belongs to every record."""

from samsyn.people.models.account import Account, Standing
from samsyn.people.models.attached import Attachment, Comment
from samsyn.people.models.organisation import Invitation, Membership, Organisation, Role
from samsyn.people.models.record import Draft, Record, RecordQuerySet, Visibility

__all__ = [
    "Account",
    "Attachment",
    "Comment",
    "Draft",
    "Invitation",
    "Membership",
    "Organisation",
    "Record",
    "RecordQuerySet",
    "Role",
    "Standing",
    "Visibility",
]
