"""How a style of Word is put together: its letters, its room, its rules."""

from __future__ import annotations

from typing import Final

# Styles that Word knows itself, by the names that it has for them.
OWN_OF_WORD: Final = frozenset(
    ("Normal", "List Bullet", "Title", "Subtitle", "TOC Heading", "toc 1", "toc 2", "footer",
     "heading 1", "heading 2", "heading 3", "caption", "Strong", "Hyperlink")
)  # fmt: skip


def paragraph_style(
    style: str, name: str, form: str = "", letters: str = "", based: str = "Normal", next_: str = ""
) -> str:
    """A style of paragraphs: their form, their letters, and what comes after one of them."""
    return _style("paragraph", style, name, based, next_, f"<w:pPr>{form}</w:pPr>{letters}")


def character_style(style: str, name: str, letters: str) -> str:
    """A style of letters within a paragraph."""
    return _style("character", style, name, "DefaultParagraphFont", "", letters)


def _style(kind: str, style: str, name: str, based: str, next_: str, content: str) -> str:
    own = "" if name in OWN_OF_WORD else ' w:customStyle="1"'
    first = ' w:default="1"' if style == "Normal" else ""
    return (
        f'<w:style w:type="{kind}"{first}{own} w:styleId="{style}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{next_}"/>' if next_ else "")
        + f"<w:qFormat/>{content}</w:style>"
    )


def letters(
    font: str = "",
    bold: bool = False,
    *,
    size: float = 0,
    colour: str = "",
    plain: bool = False,
    more: str = "",
) -> str:
    """Letters of a font, a size in points and a colour; `plain` ones are not spelt."""
    return (
        "<w:rPr>"
        + (f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else "")
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:noProof/>" if plain else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:sz w:val="{2 * size:.0f}"/><w:szCs w:val="{2 * size:.0f}"/>' if size else "")
        + f"{more}</w:rPr>"
    )


def space(before: float = 0, after: float = 0, line: float = 1.0, exact: float = 0) -> str:
    """Room above and below in points, and between lines as a part of their height."""
    rule = (
        f'w:line="{20 * exact:.0f}" w:lineRule="exact"' if exact
        else f'w:line="{240 * line:.0f}" w:lineRule="auto"'
    )  # fmt: skip
    return f'<w:spacing w:before="{20 * before:.0f}" w:after="{20 * after:.0f}" {rule}/>'


def border(side: str, eighths: int, room: int, colour: str) -> str:
    """A rule so many eighths of a point thick, so many points from what it is the border of."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{room}" w:color="{colour}"/>'
