"""What the checks of a release found, in the language of the page.

A release keeps each finding as the English sentence that its check wrote. Here every sentence that
can stand in a release is known by its form, and told in Swedish with the same blanks filled in. A
sentence of no known form, as a later Samsyn may write it, is told as it stands and as English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from samsyn.measure.errors import InputError
from samsyn.publish.finding_forms import FORMS
from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.indicators import LEVEL_NAMES, groupings
from samsyn.statistics.query import Release

BLANK: Final = re.compile(r"\{(\w+)\}")
MORE: Final = re.compile(r" and (\d+) more\b")
KEY: Final = re.compile(rf"\b(?:{'|'.join(KINDS)})/\d{{4}}/[^\s,:;()]+")
# What stands in a blank of that name; in all others any text may.
SHAPES: Final[Mapping[str, str]] = {
    "count": r"\d+",
    "of": r"\d+",
    "vintage": r"\d{4}",
    "kind": "|".join(KINDS),
    "value": r"-?(?:[\d.]+(?:e[+-]?\d+)?|inf)",
    "other_value": r"-?(?:[\d.]+(?:e[+-]?\d+)?|inf)",
    "where": r"(?: in .+?)??",
    "by": r"(?: in .+?)??",
    "meant": r'\.|\. Is ".+" meant\?',
    "whose": r"(?:, of .+)?",
}

# Kinds of areas that are called otherwise when there are several.
MANY: Final[Mapping[str, str]] = {"municipality": "kommuner", "custom": "egna områden"}


@dataclass(frozen=True)
class Told:
    """A finding as it is told, and in which language that is."""

    text: str
    language: str


def told(message: str, language: str, release: Release | None = None) -> Told:
    """The finding in the language, where it can be; the release knows what areas are called."""
    found = in_swedish(message, release) if language == "sv" else None
    return Told(message, "en") if found is None else Told(found, "sv")


def in_swedish(message: str, release: Release | None = None) -> str | None:
    """The finding in Swedish; None where its form is not known."""
    for pattern, swedish in _patterns():
        if found := pattern.fullmatch(message):
            blanks = {name: _said(name, text, release) for name, text in found.groupdict().items()}
            return swedish.format_map(blanks)
    return None


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(_pattern(form.english), form.swedish) for form in FORMS]


def _pattern(form: str) -> re.Pattern[str]:
    """The form as a pattern; a blank that stands twice has the same text both times."""
    seen: set[str] = set()
    parts = []
    for at, part in enumerate(BLANK.split(form)):
        if at % 2 == 0:
            parts.append(re.escape(part))
        elif part in seen:
            parts.append(f"(?P={part})")
        else:
            seen.add(part)
            parts.append(f"(?P<{part}>{SHAPES.get(part, '.+?')})")
    return re.compile("".join(parts), re.DOTALL)


def _said(blank: str, text: str, release: Release | None) -> str:
    """What stands in a blank, as it is said in Swedish."""
    say = SAYS.get(blank)
    if say is not None:
        return say(text)
    if blank == "subject":
        return _subject(text, release)
    if blank in {"file", "title", "text"}:
        return text
    text = MORE.sub(r" och \1 till", text).replace('"', "”")
    return KEY.sub(lambda key: _area(key[0], release), text)


def _area(key: str, release: Release | None) -> str:
    """An area by its name and code where it has both, else by its code."""
    kind, vintage, code = key.split("/", 2)
    name = ""
    if release is not None:
        try:
            name = release.area(key).name
        except InputError:
            name = ""
    level = LEVEL_NAMES[kind]["sv"] if kind in LEVEL_NAMES else "eget område"
    dated = len(KINDS[kind].vintages) > 1
    if not name or name == code:
        return f"{level} {code} ({vintage})" if dated else f"{level} {code}"
    return f"{name} ({level} {code}{', gränser från ' + vintage if dated else ''})"


def _subject(name: str, release: Release | None) -> str:
    """An indicator or a grouping as it is called, with its id."""
    entry = release.indicator(name) if release is not None else None
    if entry is not None:
        return f"{entry.name['sv']} ({name})"
    if name in groupings():
        return f"{groupings()[name].name['sv']} ({name})"
    return name


def _place(text: str) -> str:
    return text.replace(" in ", " i ", 1)


def _number(text: str) -> str:
    return text.replace("-", "−", 1).replace(".", ",") if "e" not in text else text


def _kind(name: str) -> str:
    return MANY.get(name, LEVEL_NAMES.get(name, {}).get("sv", name))


def _meant(text: str) -> str:
    found = re.search('"(.+)"', text)
    return f" Menas ”{found[1]}”?" if found else ""


def _whose(text: str) -> str:
    return MORE.sub(r" och \1 till", text.replace(", of ", ", den för ", 1).replace('"', "”"))


SAYS: Final[Mapping[str, Callable[[str], str]]] = {
    "value": _number,
    "other_value": _number,
    "where": _place,
    "by": _place,
    "kind": _kind,
    "meant": _meant,
    "whose": _whose,
}
