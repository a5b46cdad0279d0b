"""What goes wrong between Samsyn and a service.

OSError
└── ServiceError      the service, or the way to it: the same command can succeed later
InputError
└── Refused           what was asked for: the service says that it is wrong
    └── TooManyCells  more than it gives in one answer
"""

from __future__ import annotations

from samsyn.measure.errors import InputError


class ServiceError(OSError):
    """A service did not answer as it should; the message says what was asked and what it said."""


class Refused(InputError):
    """A service says that the request is wrong; asking again would not help."""


class TooManyCells(Refused):
    """A service says that one answer would hold too many cells."""
