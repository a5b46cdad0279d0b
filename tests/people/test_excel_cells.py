"""Cells are read strictly, in either language, and what is written is read back the same."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.people.excel import CellError, Column, Sort, parse, written
from samsyn.people.excel.cells import data_of
from samsyn.people.excel.text import csv_of

WHOLE, NUMBER, DATE = (Column("x", "X", sort) for sort in (Sort.WHOLE, Sort.NUMBER, Sort.DATE))
TEXT = Column("x", "X")
LIST = {"a": "Bostad", "b": "Struktur, hela kommunen", "c": "Skola"}
KNOWN = {"bostad": "a", "housing": "a", "struktur, hela kommunen": "b", "skola": "c", "a": "a"}
ONE = Column("x", "X", Sort.ONE, LIST, KNOWN)
SEVERAL = Column("x", "X", Sort.SEVERAL, LIST, KNOWN)


@pytest.mark.parametrize(
    ("column", "text", "data"),
    [
        (WHOLE, "2026", "2026"), (WHOLE, "2026.0", "2026"), (WHOLE, "12 500", "12500"),
        (WHOLE, "007", "7"), (WHOLE, "", ""), (WHOLE, "\u22125", "-5"),
        (WHOLE, "1 200 000", "1200000"),
        (NUMBER, "3,5", "3.5"), (NUMBER, "1 234,5", "1234.5"), (NUMBER, "1E3", "1000"),
        (NUMBER, "12,5 %", "12.5"), (DATE, "2026-1-5", "2026-01-05"), (TEXT, "a\x0bb\x07", "a\nb"),
        (DATE, "2026-01-05", "2026-01-05"), (DATE, "2026-01-05 00:00:00", "2026-01-05"),
        (DATE, "20260105", "2026-01-05"),
        (TEXT, " 0123 ", "0123"), (TEXT, "a\r\nb", "a\nb"), (TEXT, "=1+1", "=1+1"),
        (ONE, "bostad", "a"), (ONE, "Housing", "a"), (ONE, "A", "a"), (ONE, "", ""),
        (SEVERAL, "Skola; Bostad;", ["a", "c"]), (SEVERAL, "Skola\nSkola", ["c"]),
        (SEVERAL, "Struktur, hela kommunen", ["b"]), (SEVERAL, "", []),
    ],
)  # fmt: skip
def test_cells_as_people_write_them(column, text, data):
    assert parse(column, text) == data


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        (WHOLE, "tolv", "inget heltal"), (WHOLE, "9" * 5_000, "inget heltal"),
        (WHOLE, "12 %", "inget heltal"), (WHOLE, "3.5", "inget heltal"), (WHOLE, "1 2", "inget"),
        (NUMBER, "1.234,5", "inget tal"), (NUMBER, "nan", "inget tal"), (NUMBER, "1e", "inget tal"),
        (DATE, "5/1 2026", "inget datum"), (DATE, "2026-02-30", "inget datum"),
        (DATE, "46027", "inget datum"),
        (ONE, "Bostäd", "Menar du ”Bostad”"), (ONE, "Hav", "Där finns: Bostad; Struktur"),
        (SEVERAL, "Bostad, Skola", "finns inte i listan"),
        (Column("x", "X", Sort.ONE), "a", "inget att välja"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(column, text, says):
    with pytest.raises(CellError, match=says):
        parse(column, text)


def as_cell(value) -> str:
    """What a reader of workbooks tells of a cell."""
    if value is None:
        return ""
    return f"{value} 00:00:00" if isinstance(value, date) else str(value)


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back(value):
    data = data_of(WHOLE, value)
    assert parse(WHOLE, as_cell(written(WHOLE, data))) == data


@given(st.floats(-1e300, 1e300))
def test_numbers_come_back(value):
    data = data_of(NUMBER, value)
    assert parse(NUMBER, f"{written(NUMBER, data):.15g}") == data


@given(st.dates())
def test_dates_come_back(value):
    data = data_of(DATE, value)
    assert parse(DATE, as_cell(written(DATE, data))) == data


@given(st.lists(st.sampled_from("abc"), unique=True))
def test_several_of_a_list_come_back(value):
    data = data_of(SEVERAL, value)
    assert parse(SEVERAL, as_cell(written(SEVERAL, data))) == data


@given(st.text())
def test_text_comes_back(value):
    data = data_of(TEXT, value)
    assert parse(TEXT, as_cell(written(TEXT, data))) == data


def test_no_text_of_a_csv_is_a_formula():
    texts = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "'=1", "text", "'citat"]
    (line,) = csv.reader([csv_of([[*texts, -7, 1.5, None]]).decode("utf-8-sig")])
    assert line == [*(f"'{text}" for text in texts[:7]), "text", "'citat", "-7", "1.5", ""]
