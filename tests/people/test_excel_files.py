"""Files as people send them: what is read, and what is refused in words."""

from __future__ import annotations

import io
import warnings
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


@pytest.mark.parametrize("before", [b"", b"<!--" + b" " * 5000 + b"-->"])
def test_entities_are_not_read(before):
    told = before + b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    bomb = with_part(book(["a"]), FIRST, lambda old: told + old.partition(b"?>")[2] or told + old)
    assert "skadad" in refused(bomb)


def test_one_long_text_in_many_cells_is_not_written_out():
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet("Blad")
    for row in range(100):
        page.write_string(row, 0, "x")
    made.close()
    text = b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    raw = with_part(out.getvalue(), "xl/sharedStrings.xml", lambda _old: text)
    assert "för stor när den packas upp" in refused(raw)


def test_many_sheets_with_a_cell_at_the_edge_take_no_room():
    raw = book(["a"], **{f"Blad {at}": [["a"]] for at in range(3)})
    cell = b'</row><row r="20000"><c r="OJ20000" t="n"><v>1</v></c></row>'
    for at in range(1, 5):
        raw = with_part(
            raw, f"xl/worksheets/sheet{at}.xml", lambda old: old.replace(b"</row>", cell, 1)
        )
    assert "för stor när den packas upp" in refused(raw)


def test_all_of_a_sheet_merged_takes_no_room():
    raw = with_part(book(["a"]), FIRST, lambda old: old.replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:OJ20000"/></mergeCells>'
    ))  # fmt: skip
    assert "för stor när den packas upp" in refused(raw)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/WORKSHEETS/SHEET1.XML"])
def test_two_parts_with_one_name_are_refused(name):
    out = io.BytesIO(book(["a"]))
    with zipfile.ZipFile(out, "a") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.writestr(name, "<worksheet/>")
    assert "skadad" in refused(out.getvalue())


def test_too_long_a_text_file_is_not_read_to_its_end():
    assert "högst 20000 rader" in refused(b"a;b\n" * 30_000, "x.csv")
    assert "högst" in refused(b"a;" * 30_000, "x.csv")
    assert "skadad" in refused(
        with_part(book(["a"]), FIRST, lambda old: old.replace(b'r="A1"', b"")), "x.xlsx"
    )


def test_numbers_are_read_with_all_their_decimals_and_shares_as_they_are_shown():
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet("Blad")
    page.write_number(1, 0, 1 / 3)
    page.write_number(1, 1, 0.1 + 0.2)
    page.write_number(1, 2, 1e15)
    for at, shown in enumerate(("0.0%", "0%", '0.0 "%"', "yyyy-mm-dd hh:mm", None)):
        page.write_number(0, at, 0.125, made.add_format({"num_format": shown} if shown else {}))
    made.close()
    (sheet,) = read_file("x.xlsx", out.getvalue())
    assert sheet.rows[0][:3] == ["12.5 %", "12.5 %", "0.125"]
    assert sheet.rows[0][3].endswith("03:00:00")
    assert sheet.rows[0][4] == "0.125"
    assert sheet.rows[1][:3] == ["0.333333333333333", "0.3", "1000000000000000"]


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
    lines = [["Namn", "Vad"], ["Skåne", 'säger "hej"\r\noch hå'], ["'=1+1", "'citat"], ["''=1", ""]]
    text = "\r\n".join(
        separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    (sheet,) = read_file("x.csv", text.encode(encoding))
    assert sheet.rows == [["Namn", "Vad"], ["Skåne", 'säger "hej"\noch hå'], ["=1+1", "'citat"],
                          ["'=1", ""]]  # fmt: skip


def test_pasted_rows_are_cells_between_tabs():
    (sheet,) = read_pasted('Namn\tVad\r\nPolisen\t"två\nrader"\r\n')
    assert sheet.rows == [["Namn", "Vad"], ["Polisen", "två\nrader"]]
    (loose,) = read_pasted('Ett "lokalt" namn\t5" rör\nnästa\t')
    assert loose.rows == [['Ett "lokalt" namn', '5" rör'], ["nästa", ""]]
    with pytest.raises(UnreadableError):
        read_pasted(" \n ")
