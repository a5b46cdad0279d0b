"""What a situation report is asked for: place, period, comparisons, language and sections."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.publish.texts import Texts, require_language

# The sections in their order. A title page, a table of contents and the last page, which says how
# the report was made, belong to every report.
SECTIONS: Final[Texts] = {
    "summary": {"sv": "Sammanfattning", "en": "Summary"},
    "method": {
        "sv": "Vad segregation är och hur den mäts här",
        "en": "What segregation is, and how it is measured here",
    },
    "areas": {"sv": "Platsen och dess områden", "en": "The place and its areas"},
    "evenness": {"sv": "Hur ojämnt människor bor", "en": "How unevenly people live"},
    "housing": {"sv": "Boende", "en": "Housing"},
    "education": {"sv": "Utbildning", "en": "Education"},
    "labour": {"sv": "Arbetsmarknad", "en": "Labour market"},
    "democracy": {"sv": "Demokrati och civilsamhälle", "en": "Democracy and civil society"},
    "crime": {"sv": "Brottslighet", "en": "Crime"},
    "health": {"sv": "Hälsa", "en": "Health"},
    "perspectives": {
        "sv": "Agenda 2030 och andra perspektiv",
        "en": "Agenda 2030 and other perspectives",
    },
    "unknown": {"sv": "Vad vi inte vet", "en": "What we do not know"},
    "appendix": {"sv": "Bilaga: alla siffror", "en": "Appendix: every figure"},
}
COMPARISONS: Final[Texts] = {
    "county": {"sv": "länet", "en": "the county"},
    "country": {"sv": "riket", "en": "the country"},
    "similar": {"sv": "liknande platser", "en": "similar places"},
}


@dataclass(frozen=True)
class Choice:
    """What a report is asked for.

    `place` is a key, a code or a name. `period` is the last that may be shown; without it each
    figure is the newest. `own` are texts of whoever makes the report, by section, and `author` who
    that is. `site` is the address at which the release is served, for the permalinks.
    """

    place: str
    period: str | None = None
    compare: tuple[str, ...] = tuple(COMPARISONS)
    language: str = "sv"
    sections: tuple[str, ...] = tuple(SECTIONS)
    own: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    site: str = ""
    day: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        require_language(self.language)
        _require(self.sections, SECTIONS, "section")
        _require(self.compare, COMPARISONS, "comparison")
        _require(self.own, SECTIONS, "section")

    def has(self, section: str) -> bool:
        """Whether the report has a section."""
        return section in self.sections

    def has_comparison(self, name: str) -> bool:
        """Whether the place is set beside such places."""
        return name in self.compare

    def command(self, release: str, place: str) -> str:
        """The command that makes the same report of a place (its key) from the release."""
        told = ["samsyn", "report", place, "--release", release]
        if self.period:
            told += ["--period", self.period]
        if set(self.compare) != set(COMPARISONS):
            told += ["--compare", ",".join(self.compare) or "none"]
        if set(self.sections) != set(SECTIONS):
            told += ["--sections", ",".join(self.sections)]
        if self.author:
            told += ["--author", self.author]
        if any(text.strip() for text in self.own.values()):
            told += ["--text", "text.json"]
        if self.site:
            told += ["--site", self.site]
        return shlex.join([*told, "--lang", self.language])


def _require(asked: Iterable[str], known: Texts, what: str) -> None:
    """That all that is asked for is known. Raises InputError that lists what there is."""
    for name in asked:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            meant = f' (did you mean "{close[0]}"?)' if close else ""
            raise InputError(f'There is no {what} "{name}"{meant}: choose from {", ".join(known)}')
