"""The empty document that a report is written into: A4, with styles, a list form and fonts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.oxml.ns import nsdecls

from samsyn.publish.reports.word.styles import ACCENT, LANGUAGES, MONO, SANS, SERIF, styles

# Lengths in twips, twenty to the point.
PAGE: Final = (11906, 16838)
MARGIN: Final = 1417
WIDTH, HEIGHT = (side - 2 * MARGIN for side in PAGE)  # of what is written
TWIP: Final = 635  # in the units of drawings

_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_PARTS: Final = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "fontTable": "fontTable",
}


def blank(language: str) -> Document:
    """A document without content.

    python-docx's own template has hundreds of styles and a picture of its first page, all of
    which would go with every report.
    """
    content = {
        "document": _body(),
        "styles": styles(language),
        "numbering": _numbering(),
        "settings": _settings(LANGUAGES[language]),
        "fontTable": _fonts(),
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("[Content_Types].xml", _content_types())
        made.writestr("_rels/.rels", _related({"word/document.xml": "officeDocument"}))
        made.writestr(
            "word/_rels/document.xml.rels",
            _related({f"{name}.xml": name for name in _PARTS if name != "document"}),
        )
        for name, text in content.items():
            made.writestr(f"word/{name}.xml", text)
    return docx.Document(file)


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in _PARTS.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _related(targets: dict[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for at, (target, kind) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _body() -> str:
    """A page whose first one, the title page, has a foot of its own, which is empty."""
    return (
        f"<w:document {nsdecls('w', 'r', 'wp', 'a', 'pic')}><w:body><w:sectPr>"
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" '
        f'w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="709" w:footer="624" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr></w:body></w:document>"
    )


def _numbering() -> str:
    return (
        f"<w:numbering {nsdecls('w')}>"
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        '<w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="284" w:hanging="227"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{SANS}" w:hAnsi="{SANS}" w:hint="default"/>'
        f'<w:color w:val="{ACCENT}"/></w:rPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _settings(code: str) -> str:
    """As a Word of today writes them: without them it opens the file as one of an older Word."""
    modern = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    decimal, lists = (",", ";") if code == "sv-SE" else (".", ",")
    return (
        f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="425"/>'
        f'<w:characterSpacingControl w:val="doNotCompress"/><w:compat>{modern}</w:compat>'
        f'<w:themeFontLang w:val="{code}"/>'
        f'<w:decimalSymbol w:val="{decimal}"/><w:listSeparator w:val="{lists}"/></w:settings>'
    )


def _fonts() -> str:
    """What stands in for a font where it is missing."""
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/></w:font>'
        for name, other, family, pitch in (
            (SANS, "Carlito", "swiss", "variable"),
            (SERIF, "Caladea", "roman", "variable"),
            (MONO, "Liberation Mono", "modern", "fixed"),
        )
    )
    return f"<w:fonts {nsdecls('w')}>{told}</w:fonts>"
