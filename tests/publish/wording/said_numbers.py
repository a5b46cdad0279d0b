"""The numbers that a sentence says, whichever language it is in."""

import re

from samsyn.publish.numbers import SPACE

SWEDISH = re.compile(rf"\d+(?:{SPACE}\d{{3}})*(?:,\d+)?")
ENGLISH = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
WORDS = {"ingen": "0", "inget": "0", "nobody": "0"}


def numbers(text: str, language: str) -> list[float]:
    """Every number in a sentence, in rising order, words for none as 0."""
    if language == "sv":
        found = [n.replace(SPACE, "").replace(",", ".") for n in SWEDISH.findall(text)]
    else:
        found = [n.replace(",", "") for n in ENGLISH.findall(text)]
    return sorted(map(float, found))
