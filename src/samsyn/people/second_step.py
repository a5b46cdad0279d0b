"""The second step of log-in: its secrets lie in the database under seal only.

Whoever could read the secret of an app there could make its codes. What older versions kept as it
is still works, until the tables are brought up to this version.
"""

from __future__ import annotations

from typing import Any, Final

from samsyn.people import sealing

KEY: Final = "second-step.key"
SEALED: Final = "sealed:"  # what a sealed text begins with, and no secret does


def sealed(text: str) -> str:
    """A secret as it lies in the database; what is sealed already stays as it is."""
    if text.startswith(SEALED):
        return text
    return SEALED + sealing.seal(text.encode(), KEY).decode("ascii")


def unsealed(text: str) -> str:
    """A secret as its owner has it. Raises SealedError where no key that is here can read it."""
    if not text.startswith(SEALED):
        return text
    return sealing.unseal(text.removeprefix(SEALED).encode("ascii"), KEY).decode()


def under_seal(data: dict[str, Any]) -> dict[str, Any]:
    """What allauth keeps of one way to log in, with every secret in it sealed."""
    told = dict(data)
    for name in ("secret", "seed"):
        if name in told:
            told[name] = sealed(told[name])
    if "migrated_codes" in told:
        told["migrated_codes"] = [sealed(one) for one in told["migrated_codes"]]
    return told
