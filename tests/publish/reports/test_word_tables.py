"""Tables in a Word file: what they say of themselves, and how wide their columns are."""

from __future__ import annotations

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.reports import Column, Table
from samsyn.publish.reports.word.columns import widths
from tests.publish.reports.reading import W, texts

WIDTH = 5_760_720  # of the text on a page


def test_tables_say_what_they_are(opened: Document) -> None:
    first, second = opened.tables
    for table, caption, rows in ((first, "Områden och typer", 2), (second, "Alla siffror", 90)):
        (named,) = table._tbl.iter(f"{W}tblCaption")
        (told,) = table._tbl.iter(f"{W}tblDescription")
        assert named.get(f"{W}val") == caption
        assert f"{rows} rader" in told.get(f"{W}val")
        (look,) = table._tbl.iter(f"{W}tblLook")
        assert look.get(f"{W}firstRow") == look.get(f"{W}firstColumn") == "1"
        head, *others = table._tbl.tr_lst
        assert list(head.iter(f"{W}tblHeader"))
        assert not any(list(row.iter(f"{W}tblHeader")) for row in others)
        assert all(list(row.iter(f"{W}cantSplit")) for row in (head, *others))
    assert [cell.text for cell in first.rows[1].cells] == [
        "Norr", "\u00a0\u00a0\u00a0 Stora utmaningar", "", "17,4 %",
    ]  # fmt: skip
    assert "4966A8" in first.rows[1].cells[1]._tc.xml
    assert texts(opened, "Table note") == ["Typen följer av indexet."]


def test_columns_are_as_wide_as_their_parts_and_numbers_stand_to_the_right(
    opened: Document,
) -> None:
    first, second = opened.tables
    assert sum(column.width or 0 for column in first.columns) == WIDTH
    wide, _, _, narrow = (column.width or 0 for column in first.columns)
    assert wide == pytest.approx(2 * narrow, rel=0.01)
    styles = [cell.paragraphs[0].style.name for cell in second.rows[1].cells]
    assert styles == ["Table text dense", "Table number dense", "Table number dense"]
    assert opened.styles["Table number"].paragraph_format.alignment == 2


def table_of(*columns: Column, rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table("x", columns, rows)


def test_a_word_has_room_where_others_have_room_to_give() -> None:
    rows = (("x" * 40, "Trollhättan", "1"),)
    wide, town, year = widths(
        table_of(Column("a", width=8), Column("b"), Column("c"), rows=rows), 9000, 9.5, 160
    )
    assert town >= 160 + 11 * 9.5 * 20 * 0.5
    assert wide > town > year
    assert wide + town + year == 9000


@given(st.lists(st.tuples(st.floats(0.1, 9), st.text("ab ", max_size=30)), min_size=1, max_size=12))
def test_columns_fill_the_page_whatever_is_in_them(found: list[tuple[float, str]]) -> None:
    columns = [Column(text, width=width) for width, text in found]
    made = widths(table_of(*columns, rows=()), 9072, 8, 160)
    assert sum(made) == 9072
    assert min(made) > 0
