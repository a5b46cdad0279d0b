"""The report's files: their types and names, own texts in them, and one at a time."""

from __future__ import annotations

import io
import threading

import pypdfium2
import pytest
from docx import Document

from samsyn.explore.report import making
from samsyn.explore.report.views import WORD

HERE = "/omrade/municipality/9901/rapport"
FEW = "section=summary"


def said_in_pdf(content):
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def said_in_word(content):
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def test_a_pdf_to_take_home(demo_site):
    response = demo_site.get(f"{HERE}.pdf?{FEW}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    named = 'attachment; filename="lagesbild-vattstad-demo.pdf"'
    assert response.headers["Content-Disposition"] == named
    assert response.content.startswith(b"%PDF-")
    assert "Vattstad" in said_in_pdf(response.content)


def test_a_word_document_in_english(demo_site):
    response = demo_site.get(f"/en{HERE}.docx?{FEW}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == WORD
    assert "situation-report-vattstad" in response.headers["Content-Disposition"]
    assert "Vattstad" in said_in_word(response.content)


@pytest.mark.parametrize(("ending", "said"), [("pdf", said_in_pdf), ("docx", said_in_word)])
def test_own_texts_come_with_the_file(demo_site, ending, said):
    told = {"own-summary": "Det här\x00 är vårt.\r\nOch <b>detta</b>.", "section": "summary"}
    response = demo_site.post(f"{HERE}.{ending}", told)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    text = said(response.content)
    assert "Det här är vårt." in text
    assert "<b>detta</b>" in text


def test_what_anyone_may_ask_for_is_had_at_an_address(demo_site):
    response = demo_site.post(f"{HERE}.pdf", {"section": "summary", "own-housing": "  "})
    assert response.status_code == 303
    assert response.headers["Location"] == f"{HERE}.pdf?section=summary"
    first = demo_site.get(f"{HERE}.pdf?{FEW}")
    again = demo_site.get(f"{HERE}.pdf?{FEW}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_place_that_is_not_there_has_no_file(demo_site):
    assert demo_site.get("/omrade/municipality/9999/rapport.pdf").status_code == 404


def test_who_would_wait_too_long_is_told_when_to_come_again(demo_site, monkeypatch):
    monkeypatch.setattr(making.writing, "patience", 0.05)
    with making.writing.turn():
        response = demo_site.get(f"{HERE}.pdf?section=health")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Försök igen" in response.content.decode()
    assert demo_site.get(f"{HERE}.pdf?section=health").status_code == 200


def test_one_at_a_time_and_no_more_wait_than_leave_room_for_other_pages():
    turns = making.Turns(patience=5, waiting=1)
    inside, most, refused = [], [], []
    begin, go = threading.Event(), threading.Event()

    def enter():
        try:
            with turns.turn():
                inside.append(1)
                most.append(len(inside))
                begin.set()
                go.wait(5)
                inside.pop()
        except making.BusyError:
            refused.append(1)
            go.set()

    threads = [threading.Thread(target=enter) for _ in range(3)]
    threads[0].start()
    assert begin.wait(5)
    for thread in threads[1:]:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == [1, 1]
    assert refused == [1]
    with turns.turn():
        pass
