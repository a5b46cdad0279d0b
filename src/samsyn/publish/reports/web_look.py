"""How a report looks as a file of its own: `report.css` with the colours of charts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from samsyn.publish.theme import DARK, LIGHT, Theme

GROUNDS: Final = {
    False: {"raised": "#f6f4ef", "notice": "#fbf1dc"},
    True: {"raised": "#1c2127", "notice": "#33291a"},
}


@cache
def sheet() -> str:
    """The style sheet. On paper the colours are the light ones, whatever the screen has."""
    rules = files("samsyn.publish.reports").joinpath("report.css").read_text(encoding="utf-8")
    return (
        f":root{{color-scheme:light dark;{_colours(LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}\n{rules}"
    )


def _colours(look: Theme) -> str:
    told = {
        "paper": look.background, "ink": look.ink, "soft": look.soft, "faint": look.faint,
        "line": look.others, "accent": look.accent, "notice-edge": look.series[1],
        **GROUNDS[look.dark],
    }  # fmt: skip
    return "".join(f"--{name}:{colour};" for name, colour in told.items())
