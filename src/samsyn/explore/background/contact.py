"""How readers reach who runs the site, as the operator has told it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.conf import settings

MAIL: Final = re.compile(r"^[^@\s/]+@[^@\s/]+\.[^@\s/]+$")


@dataclass(frozen=True)
class Contact:
    """Who runs the site and where to write; empty where the operator has not told."""

    operator: str
    text: str
    address: str

    @property
    def told(self) -> bool:
        """Whether there is somewhere to write."""
        return bool(self.address)


def contact() -> Contact:
    """What the settings tell: an e-mail address, or the address of a page; others are not used."""
    said = settings.SAMSYN_CONTACT.removeprefix("mailto:")
    address = ""
    if MAIL.match(said):
        address = f"mailto:{said}"
    elif said.startswith(("https://", "http://")) and " " not in said:
        address = said
    return Contact(settings.SAMSYN_OPERATOR, said if address else "", address)
