"""Why a value differs, as the ledger says it in English, in the reader's language."""

from __future__ import annotations

import re
from typing import Final

# What the ledger writes, each with its Swedish; tried in order on each part of a reason.
SWEDISH: Final = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"^same file, read with others$", "samma fil, läst tillsammans med andra"),
        (r"^same file, another version of Samsyn$", "samma fil, en annan version av Samsyn"),
        (r"^(.+): another file with the same date, (.+)$", r"\1: en annan fil med samma datum, \2"),
        (r"^(.+) instead of one without a date$", r"\1 i stället för en utan datum"),
        (r"^(.+) instead of (.+)$", r"\1 i stället för \2"),
        (r"^was from (.+)$", r"kom från \1"),
        (r"^from (.+)$", r"från \1"),
        (r"^with (.+)$", r"tillsammans med \1"),
        (r"^computed by Samsyn (\S+)", r"beräknat av Samsyn \1"),
        (
            r"^other areas or borders, or values of other groups or periods$",
            "andra områden eller gränser, eller värden för andra grupper eller perioder",
        ),
    )
)
DATED: Final = re.compile(r" of (\d{4}-\d\d)")


def reason(text: str | None, language: str) -> str:
    """The reason in the language; empty where none is known."""
    if not text or language == "en":
        return text or ""
    return "; ".join(_swedish(part) for part in text.split("; "))


def _swedish(part: str) -> str:
    for pattern, said in SWEDISH:
        if pattern.search(part):
            part = pattern.sub(said, part)
            break
    part = part.replace("drawn with the seed", "slumpat med fröet")
    return DATED.sub(r" av den \1", part)
