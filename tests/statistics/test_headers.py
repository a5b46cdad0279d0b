"""The table within a sheet: titles above, headings that span columns, notes below."""

import csv

import pytest

from samsyn.measure import InputError
from samsyn.statistics.headers import layout_of
from samsyn.statistics.tables import read_table
from tests.reference import shared

EXPORT = [
    ["Population by region, year, background and sex", None, None, None],
    [None, "2022", None, None],
    [None, "Swedish", "foreign", "total"],
    [None, "total", "total", "total"],
    ["0114A0010", "669", "194", "863"],
    ["0114C1010", "1133", "429", "1562"],
    ["Small counts are adjusted.", None, None, None],
    ["Source:", None, None, None],
]


def test_a_plain_table_has_one_row_of_headings():
    layout = layout_of([["area", "", "b"], ["A", "1", "2"], ["B", None, None]])
    assert (layout.names, layout.first, layout.end) == (["area", "column 2", "b"], 1, 3)


def test_an_export_has_a_title_headings_that_span_and_notes():
    layout = layout_of(EXPORT)
    assert layout.names == ["column 1", "Swedish", "foreign", "total"]
    assert (layout.first, layout.end) == (4, 6)


def test_headings_say_what_tells_columns_apart():
    rows = [["Title", None, None], [None, "2021", "2022"], [None, "men", None], ["A", "1", "2"]]
    assert layout_of(rows).names == ["column 1", "2021", "2022"]


def test_headings_may_name_the_first_column_too():
    rows = [["Title", None], ["region", "2022"], ["A", "1"], ["Note", None]]
    layout = layout_of(rows)
    assert (layout.names, layout.first, layout.end) == (["region", "2022"], 2, 3)


def test_a_row_without_figures_between_others_is_not_a_note(tmp_path):
    rows = [*EXPORT[:5], ["0114C1010", None, None, None], ["0114C1020", "1", "2", "3"]]
    path = tmp_path / "gap.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    with pytest.raises(InputError, match='row 6, column "foreign" has no value'):
        read_table(path).numbers(["foreign"])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_an_exported_sheet_saved_as_csv_reads_as_the_sheet_does(encoding, tmp_path):
    (path,) = shared("data", "scb_deso_2022").glob("000005FE*.xlsx")
    sheet = read_table(path)
    assert sheet.frame.columns == ["column 1", "svensk bakgrund", "utländsk bakgrund", "totalt"]
    assert sheet.frame.height == 5984
    counts = sheet.numbers(sheet.frame.columns[1:])
    assert (
        counts["svensk bakgrund"] + counts["utländsk bakgrund"] == counts["totalt"]
    ).mean() > 0.9
    saved = tmp_path / "sheet.csv"
    with saved.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Folkmängden efter region, år och bakgrund", "", "", ""])
        writer.writerows([["", "", "", ""], ["", "2022", "", ""]])
        writer.writerow(["", *sheet.frame.columns[1:]])
        writer.writerows(sheet.frame.rows())
        writer.writerow(["Statistiken är justerad.", "", "", ""])
    again = read_table(saved)
    assert again.frame.equals(sheet.frame)
    assert again.texts("column 1:4").n_unique() == 290


def test_every_export_of_the_agency_has_its_areas_and_headings():
    for path in shared("data", "scb_deso_2022").glob("*.xlsx"):
        table = read_table(path)
        # One export has the year, written once, before the area.
        key = table.frame.columns[1 if path.name.startswith("000005FC") else 0]
        assert table.frame.height == 5984, path.name
        assert table.names(key).n_unique() == 5984, path.name
