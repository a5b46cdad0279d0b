"""How a report looks in Word: styles for everything, so that nothing is formed by hand.

The letters are such as every Word has, and LibreOffice has others of the same widths for them:
Carlito for Calibri, Caladea for Cambria.
"""

from __future__ import annotations

from typing import Final

from docx.oxml.ns import nsdecls

from samsyn.publish.theme import LIGHT

SANS, SERIF, MONO = "Calibri", "Cambria", "Consolas"
LANGUAGES: Final = {"sv": "sv-SE", "en": "en-GB"}
INK, SOFT, FAINT, ACCENT, GROUND = (
    colour.removeprefix("#")
    for colour in (LIGHT.ink, LIGHT.soft, LIGHT.faint, LIGHT.accent, LIGHT.missing)
)
FACT: Final = 2040  # twips from the name of a fact to what it is
VALUE, VALUE_WIDE = 2550, 3970  # and from a key figure, or a long one, to its name


def styles(language: str) -> str:
    """The document's styles, in the language that its words are spelt in."""
    return (
        f"<w:styles {nsdecls('w')}>{_defaults(LANGUAGES[language])}"
        f"{_text()}{_front()}{_headings()}{_boxes()}{_figures()}{_characters()}{_tables()}"
        "</w:styles>"
    )


def _defaults(code: str) -> str:
    letters = (
        f'<w:rFonts w:ascii="{SANS}" w:hAnsi="{SANS}" w:eastAsia="{SANS}" w:cs="{SANS}"/>'
        f'<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/>'
        f'<w:lang w:val="{code}" w:eastAsia="{code}" w:bidi="ar-SA"/>'
    )
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{letters}</w:rPr></w:rPrDefault>"
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
        _paragraph("Normal", "Normal", _space(after=7, line=1.15), based="")
        + _paragraph("Lead", "Lead", _space(after=9, line=1.15), _letters(size=12.5))
        + _paragraph(
            "SmallPrint", "Small print", _space(after=6, line=1.05), _letters(size=8.5, colour=SOFT)
        )
        + _paragraph(
            "ListBullet",
            "List Bullet",
            '<w:numPr><w:numId w:val="1"/></w:numPr>' + _space(after=4, line=1.15),
        )
    )


def _front() -> str:
    """The title page, the table of contents, and what stands at the foot of every page."""
    hanging = f'<w:tabs><w:tab w:val="left" w:pos="{FACT}"/></w:tabs>'
    rule = _border("top", 4, 6, FAINT)
    return (
        _paragraph(
            "Kicker",
            "Kicker",
            _space(before=150, after=2),
            _letters(bold=True, colour=ACCENT, size=13),
        )
        + _paragraph(
            "Title", "Title", _space(after=8), _letters(SERIF, bold=True, size=34), next_="Subtitle"
        )
        + _paragraph("Subtitle", "Subtitle", _space(after=120), _letters(colour=SOFT, size=15))
        + _paragraph(
            "Fact",
            "Fact",
            hanging + _space(after=5) + f'<w:ind w:left="{FACT}" w:hanging="{FACT}"/>',
        )
        + _paragraph(
            "TOCHeading",
            "TOC Heading",
            "<w:keepNext/><w:pageBreakBefore/>" + _space(after=12),
            _letters(SERIF, bold=True, size=20),
        )
        + _paragraph("TOC1", "toc 1", _space(before=7, after=3), _letters(bold=True))
        + _paragraph(
            "TOC2", "toc 2", _space(after=2) + '<w:ind w:left="280"/>', _letters(size=10)
        )
        + _paragraph(
            "Footer",
            "footer",
            f'<w:pBdr>{rule}</w:pBdr><w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>',
            _letters(colour=SOFT, size=8.5),
        )
    )  # fmt: skip


def _headings() -> str:
    """The first begins a page, as it does in the PDF."""
    hold = "<w:keepNext/><w:keepLines/>"
    calm = "<w:suppressAutoHyphens/>"
    forms = (
        (hold + "<w:pageBreakBefore/>" + calm + _space(after=12), _letters(SERIF, True, size=20)),
        (hold + calm + _space(before=20, after=6), _letters(SERIF, True, size=14)),
        (hold + calm + _space(before=15, after=4), _letters(SANS, True, size=11.5)),
    )
    return "".join(
        _paragraph(
            f"Heading{level}",
            f"heading {level}",
            f'{form}<w:outlineLvl w:val="{level - 1}"/>',
            letters,
            next_="Normal",
        )
        for level, (form, letters) in enumerate(forms, start=1)
    )


def _boxes() -> str:
    """Notes, code and key figures, set off by a ground or by rules."""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{GROUND}"/>'
    # Borders in the colour of the ground are the only padding that Word knows.
    above, below = _border("top", 4, 6, GROUND), _border("bottom", 4, 6, GROUND)
    side = _border("left", 20, 9, ACCENT)
    return (
        _paragraph(
            "Note",
            "Note",
            f"<w:keepLines/><w:pBdr>{above}{side}{below}</w:pBdr>{ground}"
            f'{_space(before=12, after=16, line=1.15)}<w:ind w:left="240"/>',
        )
        + _paragraph(
            "Code",
            "Code",
            f"<w:keepLines/><w:pBdr>{above}{_border('left', 4, 6, GROUND)}{below}</w:pBdr>{ground}"
            f'<w:suppressAutoHyphens/>{_space(before=10, after=14)}'
            '<w:ind w:left="140"/>',
            _letters(MONO, size=8.5, plain=True),
        )
        + _key_figure("KeyFigure", "Key figure", VALUE)
        + _key_figure("KeyFigureWide", "Key figure wide", VALUE_WIDE)
        + _paragraph("BlockEnd", "Block end", _space(after=8, exact=2), _letters(size=1))
    )  # fmt: skip


def _key_figure(style: str, name: str, value: int) -> str:
    """A rule above each: Word takes paragraphs of one form together and asks what is between."""
    rules = _border("top", 6, 6, ACCENT) + _border("between", 6, 6, ACCENT)
    return _paragraph(
        style,
        name,
        f'<w:keepLines/><w:pBdr>{rules}</w:pBdr><w:tabs><w:tab w:val="left" w:pos="{value}"/>'
        f"</w:tabs>{_space(before=6, after=8)}"
        f'<w:ind w:left="{value}" w:hanging="{value}"/>',
    )


def _figures() -> str:
    return (
        _paragraph("Figure", "Figure", "<w:keepNext/>" + _space(before=14))
        + _paragraph(
            "Caption",
            "caption",
            "<w:keepNext/><w:keepLines/>" + _space(before=8, after=4, line=1.08),
            _letters(size=9.5),
        )
        + _paragraph(
            "TableNote",
            "Table note",
            _space(before=4, after=14, line=1.05),
            _letters(size=8.5, colour=SOFT),
        )
        + _paragraph(
            "Source", "Source", _space(after=16), _letters(size=8, colour=SOFT), based="SmallPrint"
        )
    )


def _characters() -> str:
    return (
        _character("Strong", "Strong", _letters(bold=True))
        + _character(
            "Hyperlink", "Hyperlink", _letters(colour=ACCENT, more='<w:u w:val="single"/>')
        )
        + _character("CaptionLabel", "Caption label", _letters(bold=True, colour=ACCENT))
        + _character("FactName", "Fact name", _letters(colour=SOFT))
        + _character("KeyFigureValue", "Key figure value", _letters(SERIF, True, size=17))
        + _character("KeyFigureNote", "Key figure note", _letters(size=9, colour=SOFT))
    )


def _tables() -> str:
    """A table's rules and its letters, usual and dense; numbers stand to the right."""
    letters = []
    for dense, size in (("", 9.5), ("Dense", 8)):
        named = " dense" if dense else ""
        # Where each column begins and ends is seen by its words alone, so lines stay short of it.
        text = _space(after=0, line=1.05) + '<w:jc w:val="left"/>'
        letters += [
            _paragraph(f"Table{dense}Text", f"Table text{named}", text, _letters(size=size)),
            _paragraph(
                f"Table{dense}Number", f"Table number{named}",
                '<w:suppressAutoHyphens/><w:jc w:val="right"/>', based=f"Table{dense}Text",
            ),
            _paragraph(
                f"Table{dense}Heading", f"Table heading{named}", "<w:keepNext/>",
                _letters(bold=True), based=f"Table{dense}Text",
            ),
            _paragraph(
                f"Table{dense}HeadingNumber", f"Table heading of numbers{named}",
                '<w:jc w:val="right"/>', based=f"Table{dense}Heading",
            ),
        ]  # fmt: skip
    return "".join(letters) + "".join(
        _table(f"Report{dense}Table", f"Report table{' dense' if dense else ''}", padding)
        for dense, padding in (("", 58), ("Dense", 32))
    )


def _table(style: str, name: str, padding: int) -> str:
    rules = (
        _border("top", 4, 0, FAINT)
        + _border("bottom", 4, 0, FAINT)
        + _border("insideH", 4, 0, FAINT)
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", padding), ("left", 70), ("bottom", padding), ("right", 70))
    )
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        '</w:tblPr><w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
        f'<w:top w:val="nil"/>{_border("bottom", 8, 0, INK)}</w:tcBorders></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


# --- how a style is put together ------------------------------------------------------------------

# Styles that Word knows itself, by the names that it has for them.
OWN_OF_WORD: Final = frozenset(
    ("Normal", "List Bullet", "Title", "Subtitle", "TOC Heading", "toc 1", "toc 2", "footer",
     "heading 1", "heading 2", "heading 3", "caption", "Strong", "Hyperlink")
)  # fmt: skip


def _paragraph(
    style: str, name: str, form: str = "", letters: str = "", based: str = "Normal", next_: str = ""
) -> str:
    return _style("paragraph", style, name, based, next_, f"<w:pPr>{form}</w:pPr>{letters}")


def _character(style: str, name: str, letters: str) -> str:
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


def _letters(
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


def _space(before: float = 0, after: float = 0, line: float = 1.0, exact: float = 0) -> str:
    """Room above and below in points, and between lines as a part of their height."""
    rule = (
        f'w:line="{20 * exact:.0f}" w:lineRule="exact"' if exact
        else f'w:line="{240 * line:.0f}" w:lineRule="auto"'
    )  # fmt: skip
    return f'<w:spacing w:before="{20 * before:.0f}" w:after="{20 * after:.0f}" {rule}/>'


def _border(side: str, eighths: int, room: int, colour: str) -> str:
    """A rule so many eighths of a point thick, so many points from what it is the border of."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{room}" w:color="{colour}"/>'
