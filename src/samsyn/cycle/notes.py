"""Notes as they are typed in a meeting: a paragraph each, with the focus area first if wanted."""

from __future__ import annotations

import re
from typing import Final

from samsyn.cycle.models import Interview, InterviewNote
from samsyn.statistics.classifications import LANGUAGES, classification

LONGEST: Final = 20_000  # characters of a note
PARAGRAPHS: Final = re.compile(r"\n[ \t]*\n+")


def split(text: str) -> list[tuple[str, str]]:
    """The notes in a text, each with the code of its focus area, or nothing.

    An empty line ends a note. A note that begins with the name of a focus area and a colon
    (`Boende: trångt i Hamnen`) is of that area, and is kept without the name.
    """
    found = []
    for part in PARAGRAPHS.split(text.replace("\r\n", "\n")):
        told = part.strip()
        if told:
            found.append(_of_focus_area(told))
    return found


def _of_focus_area(text: str) -> tuple[str, str]:
    name, colon, rest = text.partition(":")
    asked = " ".join(name.split()).casefold()
    if not colon or not asked or not rest.strip():
        return "", text
    for code, entry in classification("focus_area").entries.items():
        labels = {entry.label(language).casefold() for language in LANGUAGES}
        # "Demokrati: ..." is enough for "Demokrati och civilsamhälle".
        if any(label == asked or label.startswith(f"{asked} ") for label in labels):
            return code, rest.strip()
    return "", text


def keep(interview: Interview, theme: str, text: str) -> list[InterviewNote]:
    """Keep the notes in a text as those of a theme of an interview."""
    made = [
        InterviewNote(interview=interview, theme=theme, focus_area=focus_area, text=note)
        for focus_area, note in split(text)
    ]
    for note in made:
        note.save()  # one by one: each has its history
    return made
