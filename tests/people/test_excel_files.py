"""Files as people send them: what is read, and what is refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from samsyn.people.excel import UnreadableError, read_file, read_pasted
from samsyn.people.excel.reading import MAX_BYTES
from tests.people.workbooks import book, with_part

FIRST = "xl/worksheets/sheet1.xml"


def refused(raw: bytes, name: str = "lista.xlsx") -> str:
    with pytest.raises(UnreadableError) as error:
        read_file(name, raw)
    return str(error.value)


def test_cells_are_text_where_they_stand():
    (sheet,) = read_file("x.xlsx", book([], [None, "0123", 12, 3.5], ["å\näö", None, True]))
    assert sheet.name == "Aktörer"
    assert sheet.rows == [["", "", "", ""], ["", "0123", "12", "3.5"], ["å\näö", "", "true", ""]]


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"", "x.xlsx", "Filen är tom"),
        (b"inte Excel", "x.xlsx", "ingen Excel-arbetsbok"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "x.xls", "äldre slag"),
        (b"PK\x03\x04 avklippt", "x.xlsx", "skadad eller avklippt"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "bild.png", "varken"),
        (b"x" * (MAX_BYTES + 1), "x.csv", "för stor"),
    ],
)
def test_what_is_no_workbook_is_refused(raw, name, says):
    assert says in refused(raw, name)


def test_another_zip_file_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    assert "ingen Excel-arbetsbok" in refused(out.getvalue())


def test_a_workbook_that_swells_is_refused():
    swelling = with_part(book(["a"]), FIRST, lambda _old: b" " * 70_000_000)
    assert len(swelling) < 200_000
    assert "för stor när den packas upp" in refused(swelling)


def test_a_workbook_that_lies_of_its_size_is_refused():
    raw = with_part(book(["a"]), "xl/styles.xml", lambda _old: b" " * 5_000_000)
    at = raw.rindex(b"xl/styles.xml") - 46  # in the directory at the end
    assert raw[at : at + 4] == b"PK\x01\x02"
    lying = raw[: at + 24] + (1000).to_bytes(4, "little") + raw[at + 28 :]
    assert "skadad" in refused(lying)


def test_a_cell_far_away_takes_no_room():
    cell = b'</row><row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>'
    far = with_part(book(["a"]), FIRST, lambda old: old.replace(b"</row>", cell, 1))
    assert "XFD1048576" in refused(far)


def test_entities_are_not_read():
    bomb = with_part(
        book(["a"]), FIRST,
        lambda old: old.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>', 1)
        if b"?>" in old else b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + old,
    )  # fmt: skip
    assert "skadad" in refused(bomb)


def test_what_values_do_not_tell_is_found():
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet("Blad")
    page.merge_range("A1:B2", "sammanfogat")
    page.write_formula("C1", "=1+1", None, 2)
    page.write_formula("C2", "=A9", None, "")
    page.write_formula("C3", "=1/0", None, "#DIV/0!")
    made.close()
    (sheet,) = read_file("x.xlsx", out.getvalue())
    assert sheet.rows[0][2] == "2"  # what a formula shows
    assert set(sheet.looked.merged) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert sheet.looked.unvalued == {(1, 2)}
    assert sheet.looked.errors == {(2, 2): "#DIV/0!"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_csv_is_read_as_excel_and_others_write_it(separator, encoding):
    lines = [["Namn", "Vad"], ["Skåne", 'säger "hej"\r\noch hå'], ["'=1+1", "'citat"]]
    text = "\r\n".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    (sheet,) = read_file("x.csv", text.encode(encoding))
    assert sheet.rows == [["Namn", "Vad"], ["Skåne", 'säger "hej"\noch hå'], ["=1+1", "'citat"]]


def test_pasted_rows_are_cells_between_tabs():
    (sheet,) = read_pasted('Namn\tVad\r\nPolisen\t"två\nrader"\r\n')
    assert sheet.rows == [["Namn", "Vad"], ["Polisen", "två\nrader"]]
    (loose,) = read_pasted('Ett "lokalt" namn\t5" rör\nnästa\t')
    assert loose.rows == [['Ett "lokalt" namn', '5" rör'], ["nästa", ""]]
    with pytest.raises(UnreadableError):
        read_pasted(" \n ")
