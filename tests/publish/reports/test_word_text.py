"""Texts in a Word file: as they were written, and in styles that a template can replace."""

from __future__ import annotations

from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.reports import KeyFigure, KeyFigures, Paragraph
from samsyn.publish.reports.word.elements import clean
from tests.publish.reports.reading import W, as_word, texts
from tests.publish.reports.sample import ODD, single


def test_nothing_is_markup_and_what_xml_forbids_is_left_out(opened: Document) -> None:
    assert texts(opened, "Note")[1:] == [f"Egen text\nRad ett\nrad två {ODD}", "Sedan"]


@given(st.text())
def test_any_text_is_written(text: str) -> None:
    document = as_word(single(Paragraph(text)))
    assert document.paragraphs[-1].text == clean(text)


def test_forms_are_styles(opened: Document) -> None:
    """A reader's own template takes over what no run and no paragraph has of its own."""
    assert texts(opened, "Lead") == ["Skillnaderna ökar."]
    assert texts(opened, "List Bullet") == ["Ett", "Två gånger"]
    assert texts(opened, "Code") == ["samsyn report '9901'  --lang sv"]
    assert texts(opened, "Small print") == ["Fint."]
    assert texts(opened, "Key figure") == [
        "17,4 %\tLåg standard\nRiket 14,7 %", "59\u00a0249\tInvånare",
    ]  # fmt: skip
    own = {form.tag for holder in ("rPr", "pPr") for one in opened.element.body.iter(f"{W}{holder}")
           for form in one}  # fmt: skip
    colour_of_data = {f"{W}bdr", f"{W}shd"}
    assert own - colour_of_data == {f"{W}rStyle", f"{W}pStyle", f"{W}keepNext",
                                    f"{W}pageBreakBefore", f"{W}spacing"}  # fmt: skip


def test_every_style_that_is_asked_for_is_there(opened: Document) -> None:
    there = {style.style_id for style in opened.styles}
    asked = {one.get(f"{W}val") for kind in ("rStyle", "pStyle", "tblStyle")
             for one in opened.element.body.iter(f"{W}{kind}")}  # fmt: skip
    assert asked <= there
    assert {one.get(f"{W}val") for kind in ("basedOn", "next")
            for one in opened.styles.element.iter(f"{W}{kind}")} <= there  # fmt: skip


def test_a_long_key_figure_has_room() -> None:
    figures = KeyFigures((KeyFigure("Lön", "312,4 tusen kronor"), KeyFigure("Ålder", "41")))
    document = as_word(single(figures))
    assert len(texts(document, "Key figure wide")) == 2
