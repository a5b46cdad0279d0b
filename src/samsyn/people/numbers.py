"""Swedish organisation numbers."""

from __future__ import annotations

import re
from typing import Final

WRITTEN: Final = re.compile(r"(?:16)?(\d{6})-?(\d{4})")
LEGAL: Final = 20  # the third and fourth digit of an organisation; those of a person are a month


def organisation_number(text: str) -> str | None:
    """The number as it is written (`212000-1520`), or None where it is not one.

    Ten digits, of which the third and fourth are at least 20, so that it is not a person's, and the
    last is a check digit by Luhn's method (ISO/IEC 7812-1, annex B). Source: the Swedish Tax Agency
    (SKV 709).
    """
    found = WRITTEN.fullmatch("".join(text.split()))
    if found is None:
        return None
    digits = found[1] + found[2]
    if int(digits[2:4]) < LEGAL or _luhn(digits) != 0:
        return None
    return f"{found[1]}-{found[2]}"


def _luhn(digits: str) -> int:
    """The sum modulo 10 of the digits, of which each second from the right is doubled."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10
