"""How figures are written in sentences: rounded, with their interval, with "about"."""

from __future__ import annotations

from typing import Final

from samsyn.publish.intervals import Figure
from samsyn.publish.numbers import DASH, SPACE, about, number

STEP: Final = 0.01  # indices and shares are said in hundredths

ABOUT: Final = {"sv": "omkring", "en": "about"}
CORRECTED: Final = {"sv": "slumpen borträknad", "en": "with chance taken out"}


def index(value: float | None, language: str, decimals: int = 2) -> str:
    """An index with two decimals, where it is not in a table of all that is known."""
    return number(value, "index", language, decimals)


def per_cent(value: float | None, language: str) -> str:
    """A share in whole per cent; a share below half a per cent is said as less than one."""
    if value is not None and 0 < value < 0.005:
        return f"mindre än 1{SPACE}%" if language == "sv" else "less than 1%"
    return number(value, "share", language, decimals=0)


def interval(figure: Figure, language: str, decimals: int = 2) -> str:
    """The interval of an index after its value: " (0,55–0,57)"; nothing where there is none.

    Where the value lies above its interval, that is told: chance lifts an index of small areas.
    """
    if not figure.sure:
        return ""
    lower, upper = (index(end, language, decimals) for end in (figure.lower, figure.upper))
    if lower == upper == index(figure.value, language, decimals):
        return ""  # surer than the decimals tell
    span = lower if lower == upper else f"{lower}{DASH}{upper}"
    assert figure.value is not None
    assert figure.lower is not None
    assert figure.upper is not None
    lowest, value, highest = (
        round(one, decimals) for one in (figure.lower, figure.value, figure.upper)
    )
    if lowest <= value <= highest:
        return f" ({span})"
    return f" ({CORRECTED[language]} {span})"


def people(count: float, language: str) -> str:
    """So many people, in two figures, with "about": "omkring 4 200 personer"."""
    if count <= 0:
        return {"sv": "ingen", "en": "nobody"}[language]
    return f"{ABOUT[language]} {number(about(count), 'persons', language)}"


def share(figure: Figure, language: str) -> str:
    """A share, with "about" where the source says that it is estimated."""
    shown = per_cent(figure.value, language)
    return f"{ABOUT[language]} {shown}" if figure.estimated else shown


def running(name: str, language: str) -> str:
    """An indicator's name inside a sentence: "andelen med låg ekonomisk standard"."""
    bare = f"{name[:1].lower()}{name[1:]}"
    if language == "sv":
        return f"andelen{bare.removeprefix('andel')}" if bare.startswith("andel ") else bare
    return bare if name[:1].isdigit() else f"the {bare}"
