"""How a report looks in Word: styles for everything, so that nothing is formed by hand.

The letters are such as every Word has, and LibreOffice has others of the same widths for them:
Carlito for Calibri, Caladea for Cambria.
"""

from __future__ import annotations

from typing import Final

from docx.oxml.ns import nsdecls

from samsyn.publish.reports.word.forms import (
    border,
    character_style,
    letters,
    paragraph_style,
    space,
)
from samsyn.publish.theme import LIGHT

SANS, SERIF, MONO = "Calibri", "Cambria", "Consolas"
LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}
INK, SOFT, FAINT, ACCENT, GROUND = (
    colour.removeprefix("#")
    for colour in (LIGHT.ink, LIGHT.soft, LIGHT.faint, LIGHT.accent, LIGHT.missing)
)
FACT: Final = 2040  # twips from the name of a fact to what it is
VALUE, VALUE_WIDE = 2550, 3970  # and from a key figure, or a long one, to its name

TABLE_LETTERS, DENSE_LETTERS = 9.5, 8.0  # points
CELL_SIDE: Final = 80  # twips from a word to the side of its cell


def styles(language: str) -> str:
    """The document's styles, in the language that its words are spelt in."""
    return (
        f"<w:styles {nsdecls('w')}>{_defaults(LANGUAGES[language])}"
        f"{_text()}{_front()}{_headings()}{_boxes()}{_figures()}{_characters()}{_tables()}"
        "</w:styles>"
    )


def _defaults(code: str) -> str:
    told = (
        f'<w:rFonts w:ascii="{SANS}" w:hAnsi="{SANS}" w:eastAsia="{SANS}" w:cs="{SANS}"/>'
        '<w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="ar-SA"/>'
    )
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{told}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _text() -> str:
    return (
        paragraph_style(
            "Normal", "Normal", space(after=7, line=1.15), letters(colour=INK), based=""
        )
        + paragraph_style("Lead", "Lead", space(after=9, line=1.15), letters(size=12.5))
        + paragraph_style(
            "SmallPrint", "Small print", space(after=6, line=1.05), letters(size=8.5, colour=SOFT)
        )
        + paragraph_style(
            "ListBullet",
            "List Bullet",
            '<w:numPr><w:numId w:val="1"/></w:numPr>' + space(after=4, line=1.15),
        )
    )


def _front() -> str:
    """The title page, the table of contents, and what stands at the foot of every page."""
    hanging = f'<w:tabs><w:tab w:val="left" w:pos="{FACT}"/></w:tabs>'
    rule = border("top", 4, 6, FAINT)
    return (
        paragraph_style(
            "Kicker",
            "Kicker",
            space(before=150, after=2),
            letters(bold=True, colour=ACCENT, size=13),
        )
        + paragraph_style(
            "Title", "Title", space(after=8), letters(SERIF, bold=True, size=34), next_="Subtitle"
        )
        + paragraph_style("Subtitle", "Subtitle", space(after=120), letters(colour=SOFT, size=15))
        + paragraph_style(
            "Fact",
            "Fact",
            hanging + space(after=5) + f'<w:ind w:left="{FACT}" w:hanging="{FACT}"/>',
        )
        + paragraph_style(
            "TOCHeading",
            "TOC Heading",
            "<w:keepNext/><w:pageBreakBefore/>" + space(after=12),
            letters(SERIF, bold=True, size=20),
        )
        + paragraph_style("TOC1", "toc 1", space(before=7, after=3), letters(bold=True))
        + paragraph_style(
            "TOC2", "toc 2", space(after=2) + '<w:ind w:left="280"/>', letters(size=10)
        )
        + paragraph_style(
            "Footer",
            "footer",
            f'<w:pBdr>{rule}</w:pBdr><w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>',
            letters(colour=SOFT, size=8.5),
        )
    )  # fmt: skip


def _headings() -> str:
    hold = "<w:keepNext/><w:keepLines/>"
    calm = "<w:suppressAutoHyphens/>"
    forms = (
        (hold + calm + space(before=28, after=10), letters(SERIF, True, size=20)),
        (hold + calm + space(before=20, after=6), letters(SERIF, True, size=14)),
        (hold + calm + space(before=15, after=4), letters(SANS, True, size=11.5)),
    )
    return "".join(
        paragraph_style(
            f"Heading{level}",
            f"heading {level}",
            f'{form}<w:outlineLvl w:val="{level - 1}"/>',
            told,
            next_="Normal",
        )
        for level, (form, told) in enumerate(forms, start=1)
    )


def _boxes() -> str:
    """Notes, code and key figures, set off by a ground or by rules."""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUND}"/>'
    # Borders in the colour of the ground are the only padding that Word knows.
    above, below = border("top", 4, 6, GROUND), border("bottom", 4, 6, GROUND)
    side = border("left", 20, 9, ACCENT)
    return (
        paragraph_style(
            "Note",
            "Note",
            f"<w:keepLines/><w:pBdr>{above}{side}{below}</w:pBdr>{ground}"
            f'{space(before=12, after=16, line=1.15)}<w:ind w:left="240"/>',
        )
        + paragraph_style(
            "Code",
            "Code",
            f"<w:keepLines/><w:pBdr>{above}{border('left', 4, 6, GROUND)}{below}</w:pBdr>{ground}"
            f'<w:suppressAutoHyphens/>{space(before=10, after=14)}'
            '<w:ind w:left="140"/>',
            letters(MONO, size=8.5, plain=True),
        )
        + _key_figure("KeyFigure", "Key figure", VALUE)
        + _key_figure("KeyFigureWide", "Key figure wide", VALUE_WIDE)
        + paragraph_style("BlockEnd", "Block end", space(after=8, exact=2), letters(size=1))
    )  # fmt: skip


def _key_figure(style: str, name: str, value: int) -> str:
    """A rule above each: Word takes paragraphs of one form together and asks what is between."""
    rules = border("top", 6, 6, ACCENT) + border("between", 6, 6, ACCENT)
    return paragraph_style(
        style,
        name,
        f'<w:keepLines/><w:pBdr>{rules}</w:pBdr><w:tabs><w:tab w:val="left" w:pos="{value}"/>'
        f"</w:tabs>{space(before=6, after=8)}"
        f'<w:ind w:left="{value}" w:hanging="{value}"/>',
    )


def _figures() -> str:
    return (
        paragraph_style("Figure", "Figure", "<w:keepNext/>" + space(before=14))
        + paragraph_style(
            "Caption",
            "caption",
            "<w:keepNext/><w:keepLines/>" + space(before=8, after=4, line=1.08),
            letters(size=9.5),
        )
        + paragraph_style(
            "TableNote",
            "Table note",
            space(before=4, after=14, line=1.05),
            letters(size=8.5, colour=SOFT),
        )
        + paragraph_style(
            "Source", "Source", space(after=16), letters(size=8, colour=SOFT), based="SmallPrint"
        )
    )


def _characters() -> str:
    return (
        character_style("Strong", "Strong", letters(bold=True))
        + character_style(
            "Hyperlink", "Hyperlink", letters(colour=ACCENT, more='<w:u w:val="single"/>')
        )
        + character_style("CaptionLabel", "Caption label", letters(bold=True, colour=ACCENT))
        + character_style("FactName", "Fact name", letters(colour=SOFT))
        + character_style("KeyFigureValue", "Key figure value", letters(SERIF, True, size=17))
        + character_style("KeyFigureNote", "Key figure note", letters(size=9, colour=SOFT))
    )


def _tables() -> str:
    """A table's rules and its letters, usual and dense; numbers stand to the right."""
    found = []
    for dense, size in (("", TABLE_LETTERS), ("Dense", DENSE_LETTERS)):
        named = " dense" if dense else ""
        # Where each column begins and ends is seen by its words alone, so lines stay short of it.
        text = space(after=0, line=1.05) + '<w:jc w:val="left"/>'
        found += [
            paragraph_style(f"Table{dense}Text", f"Table text{named}", text, letters(size=size)),
            paragraph_style(
                f"Table{dense}Number", f"Table number{named}",
                '<w:suppressAutoHyphens/><w:jc w:val="right"/>', based=f"Table{dense}Text",
            ),
            paragraph_style(
                f"Table{dense}Heading", f"Table heading{named}", "<w:keepNext/>",
                letters(bold=True), based=f"Table{dense}Text",
            ),
            paragraph_style(
                f"Table{dense}HeadingNumber", f"Table heading of numbers{named}",
                '<w:jc w:val="right"/>', based=f"Table{dense}Heading",
            ),
        ]  # fmt: skip
    return "".join(found) + "".join(
        _table(f"Report{dense}Table", f"Report table{' dense' if dense else ''}", padding)
        for dense, padding in (("", 58), ("Dense", 32))
    )


def _table(style: str, name: str, padding: int) -> str:
    rules = (
        border("top", 4, 0, FAINT) + border("bottom", 4, 0, FAINT) + border("insideH", 4, 0, FAINT)
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (
            ("top", padding),
            ("left", CELL_SIDE),
            ("bottom", padding),
            ("right", CELL_SIDE),
        )
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        '</w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
        f'<w:top w:val="nil"/>{border("bottom", 8, 0, INK)}</w:tcBorders></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )
