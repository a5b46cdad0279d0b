"""Texts in a PDF: every character as it was written, and none of them markup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from samsyn.publish.reports import (
    Block,
    Bullets,
    Code,
    Column,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    Paragraph,
    Picture,
    Strong,
    Swatch,
    Table,
)
from samsyn.publish.reports.pdf import UnknownLettersError, pdf
from samsyn.publish.situation import Choice, situation_report
from samsyn.statistics.query import Release
from tests.publish.reports.reading import flat, pages
from tests.publish.reports.sample import DAY, ODD, STRIP, single

PLACES: dict[str, Callable[[str], Block]] = {
    "paragraph": Paragraph,
    "lead": lambda text: Paragraph(text, "lead"),
    "strong": lambda text: Paragraph((Strong(text), " och ", text)),
    "link": lambda text: Paragraph((Link(text, "https://example.org/?a=1&b=#2"),)),
    "bullet": lambda text: Bullets((text,)),
    "note": lambda text: Note(text, (text, text)),
    "code": Code,
    "key figure": lambda text: KeyFigures((KeyFigure(text, text, text),)),
    "table": lambda text: Table(
        text, (Column(text), Column("b")),
        ((text, Swatch("#123456", text)), (Strong(text), Picture(STRIP, text, 60, 8))), text,
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_markup_comes_out_as_it_is_written(place: str) -> None:
    content = pdf(single(PLACES[place](ODD)))
    text = flat("".join(pages(content)[1:]))
    typographic = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-"})
    for part in ODD.split():
        assert flat(part).translate(typographic) in text.translate(typographic), part


def test_a_title_may_have_any_characters() -> None:
    odd = replace(
        single(Paragraph("x")),
        name=ODD, subtitle=ODD, creator=ODD, notice=ODD, facts=(("Plats", f"Åmål {ODD}"),),
    )  # fmt: skip
    content = pdf(odd)
    with pikepdf.open(BytesIO(content)) as file:
        assert str(file.docinfo.Title) == odd.title
        assert str(file.docinfo.Author) == ODD


@pytest.mark.parametrize("odd", ["\u202e", "\u200b", "\u00ad", "a\tb", "a\nb", "  ", "𝒳", "ﬁ"])
def test_odd_characters_break_nothing(odd: str) -> None:
    assert pdf(single(Paragraph(f"före{odd}efter"))).startswith(b"%PDF-")


def test_what_no_font_has_is_said_and_not_left_out() -> None:
    with pytest.raises(UnknownLettersError, match="😀"):
        pdf(single(Paragraph("Glad 😀")))


def test_a_comment_with_control_characters_is_printed_without_them(demo: Release) -> None:
    own = {"summary": f"Före\x00\x07\x1b\ufffe efter {ODD}"}
    choice = Choice("municipality/9901", day=DAY, sections=("summary",), own=own, author="Å & <b>")
    text = flat("".join(pages(pdf(situation_report(demo, choice)))))
    assert "Föreefter<b>Å</b>#" in text
    assert flat("Kommentar från Å & <b>") in text
