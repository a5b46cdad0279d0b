"""How readers and programs reach who runs a site, as the operator has told it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAIL: Final = re.compile(r"[^@\s/<>\"]+@[^@\s/<>\"]+\.[^@\s/<>\"]+")
PAGE: Final = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Contact:
    """Who runs the site and where to write; empty where the operator has not told.

    `text` is the address as people write it, `address` as a link has it.
    """

    operator: str
    text: str
    address: str

    @property
    def told(self) -> bool:
        """Whether there is somewhere to write."""
        return bool(self.address)

    @property
    def mail(self) -> bool:
        """Whether one writes by e-mail."""
        return self.address.startswith("mailto:")


def contact(operator: str, said: str) -> Contact:
    """What the operator told: an e-mail address, or the address of a page; others are not used."""
    text = said.strip().removeprefix("mailto:")
    if MAIL.fullmatch(text):
        return Contact(operator.strip(), text, f"mailto:{text}")
    if PAGE.fullmatch(text):
        return Contact(operator.strip(), text, text)
    return Contact(operator.strip(), "", "")
