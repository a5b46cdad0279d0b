"""How wide text is before it is drawn, and how a picture keeps that with any reader's letters.

Pictures are measured with Arial or a font made to its measure. A reader without one gets another,
often wider, and then names run over the edge or into each other. So each text of a picture for the
screen says how long it is, and whoever draws it makes its letters fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Final


def _each(groups: Mapping[int, str]) -> Mapping[str, int]:
    return {letter: width for width, letters in groups.items() for letter in letters}


# Advance widths of Arial, in thousandths of the size.
REGULAR: Final = _each({
    191: "'", 201: "\u202f", 222: "ijl’", 260: "|", 278: " !,./:;I[\\]ftÍíï\u00a0",
    333: "-()`r{}”·", 355: '"', 389: "*", 400: "°", 469: "^", 500: "Jcksvxyzç↓↑", 549: "±≥≤",
    556: "#$0123456789?L_abdeghnopquåäöéüèàáëñó–§", 584: "+<=>~−×", 611: "FTZøß",
    667: "&ABEKPSVXYÅÄÉÈÁ", 722: "CDHNRUwÜ", 778: "GOQÖØ", 833: "Mm½", 889: "%æ", 944: "W",
    1000: "Æ…→", 1015: "@",
})  # fmt: skip
BOLD: Final = _each({
    201: "\u202f", 238: "'", 278: " ,./I\\ijlÍíï’\u00a0", 280: "|", 333: "!()-:;[]`ft·",
    389: "*r{}", 400: "°", 474: '"', 500: "z”↓↑", 549: "±≥≤",
    556: "#$0123456789J_aceksvxyåäéèàáçë–§", 584: "+<=>^~−×", 611: "?FLTZbdghnopquöüñóøß",
    667: "EPSVXYÉÈ", 722: "&ABCDHKNRUÅÄÜÁ", 778: "GOQwÖØ", 833: "M½", 889: "%mæ", 944: "W",
    975: "@", 1000: "Æ…→",
})  # fmt: skip
WIDEST: Final = 1000  # of letters that are not told above

TEXT: Final = re.compile(r"<text\b([^>]*)>(.*?)</text>", re.DOTALL)
LINE: Final = re.compile(r"<tspan\b([^>]*)>(.*?)</tspan>", re.DOTALL)
SIZE: Final = re.compile(r'font-size="([\d.]+)(?:px)?"')
HEAVY: Final = re.compile(r'font-weight="(?:bold|[6-9]00)"')
STARTS: Final = re.compile(r'\s(?:x|dy)="')  # a line of its own, not a part of one


def across(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels wide a text is."""
    widths = BOLD if bold else REGULAR
    return sum(widths.get(letter, WIDEST) for letter in text) * size / 1000


def held(svg: str) -> str:
    """The picture with the length of each text told, so that any letters take the same room.

    A text with letters whose width is not known is left as it is.
    """
    return TEXT.sub(_text, svg)


def _text(found: re.Match[str]) -> str:
    told, inner = found.groups()
    size = SIZE.search(told)
    if size is None:
        return found[0]
    pixels, bold = float(size[1]), HEAVY.search(told) is not None
    if not any(STARTS.search(line[1]) for line in LINE.finditer(inner)):
        return f"<text{told}{_length(inner, pixels, bold)}>{inner}</text>"
    first, opened, rest = inner.partition("<tspan")
    if first.strip():
        first = f"<tspan{_length(first, pixels, bold)}>{first}</tspan>"
    lines = LINE.sub(
        lambda line: f"<tspan{line[1]}{_length(line[2], pixels, bold)}>{line[2]}</tspan>",
        opened + rest,
    )
    return f"<text{told}>{first}{lines}</text>"


def _length(markup: str, size: float, bold: bool) -> str:
    """The attributes that tell how long a text is."""
    text = unescape(re.sub(r"<[^>]*>", "", markup))
    widths = BOLD if bold else REGULAR
    if not text.strip() or any(letter not in widths for letter in text):
        return ""
    return f' textLength="{across(text, size, bold=bold):.1f}" lengthAdjust="spacingAndGlyphs"'
