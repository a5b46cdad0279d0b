"""Excel exports of Statistikdatabasen, real and made up, whole and broken."""

from __future__ import annotations

import re
import shutil
import string
from contextlib import closing
from itertools import product

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from samsyn.statistics.sources import excel_exports, read
from samsyn.statistics.sources.cells import letters
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.sources.titles import title_with
from tests.reference import shared
from tests.statistics.sources.exports import NOTES, write_export

AREAS = ["1488A0010", "1488A0020", "1488C1030"]


def cube(path):
    file = opened(path)
    assert excel_exports.recognises(file) is True
    (found,) = excel_exports.read(file, FileSettings())
    return found


def refused(path):
    (unread,) = read([path]).unread
    return unread.reason


def slowly(path, stub, headings, first, last):
    """The cells of a real export by openpyxl, one after the other: {labels: value}."""
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        book.worksheets[0].reset_dimensions()
        rows = list(book.worksheets[0].values)
    width = len(rows[first - 1])
    spans = []
    for row in rows[first - 1 - headings : first - 1]:
        labels, label = [], None
        for cell in (*row, *[None] * width)[stub:width]:
            label = cell or label
            labels.append(str(label).strip())
        spans.append(labels)
    found, left = {}, [None] * stub
    for row in rows[first - 1 : last]:
        left = [row[c] or left[c] for c in range(stub)]
        for i, cell in enumerate(row[stub:]):
            found[*map(str, left), *(labels[i] for labels in spans)] = float(cell)
    return found


@pytest.mark.parametrize(
    ("file", "stub", "headings", "first", "last", "dimensions", "code"),
    [
        ("000005FB_20240813-152341", 1, 3, 6, 5989, "region,år,födelseregion,kön", "000005FB"),
        ("000005FC_20240806-102837", 2, 1, 4, 5987, "år,region,kön", "000005FC"),
        ("000006TA_20240813-153551", 1, 3, 6, 5989, "region,tabellinnehåll,år,ålder", "000006TA"),
    ],
)
def test_every_cell_of_a_real_export(file, stub, headings, first, last, dimensions, code):
    path = shared("data", "scb_deso_2022", f"{file}.xlsx")
    found = cube(path)
    assert found.dimensions == tuple(dimensions.split(","))
    assert found.provenance.table == code
    got = {row[:-1]: row[-1] for row in found.frame.select(*found.dimensions, "value").iter_rows()}
    assert got == slowly(path, stub, headings, first, last)


def test_all_real_exports_say_what_they_are():
    folder = shared("data", "scb_deso_2022")
    reading = read([folder])
    assert reading.unread == ()
    cubes = {m.provenance.table: m for m in reading.materials}
    assert len(cubes) == 11
    for code, found in cubes.items():
        assert found.provenance.file.startswith(code)
        assert found.frame.get_column(found.roles["area"]).n_unique() == 5984
        assert found.provenance.origin == "SCB"
        assert found.provenance.licence == "CC0"
        assert found.provenance.updated.startswith("2024-0")
        assert found.frame.get_column("status").unique().to_list() == ["ok"]
    work = cubes["000007A8"]
    assert work.roles == {
        "area": "region", "measure": "tabellinnehåll", "sex": "kön", "age": "ålder", "period": "år",
    }  # fmt: skip
    income = cubes["000005FM"]
    assert income.units["Medianvärde, tkr"] == "tusentals kronor"
    assert income.units["Antal personer totalt"] == "antal"
    assert cubes["000005FC"].frame.get_column("år").unique().to_list() == ["2023"]
    household = " ".join(cubes["000005F8"].provenance.notes)
    assert "definieras som barn" in household
    assert "Referenstid: 31 december respektive år" in household


LABEL = st.text(string.ascii_letters + "åäö/ ", min_size=1, max_size=8).map(str.strip)
LABELS = st.lists(LABEL.filter(bool), min_size=1, max_size=3, unique=True)


@settings(max_examples=25)
@given(
    stub=st.lists(LABELS, max_size=1),
    head=st.lists(LABELS, min_size=0, max_size=2),
    years=st.lists(st.sampled_from(["2019", "2020", "2021"]), min_size=1, unique=True),
    data=st.data(),
)
def test_whatever_is_across_and_down_is_found(tmp_path_factory, stub, head, years, data):
    left = {f"sort {i}": labels for i, labels in enumerate(stub)} | {"region": AREAS}
    above = {"år": years} | {f"kod/{i}": labels for i, labels in enumerate(head)}
    keys = list(product(*left.values(), *above.values()))
    values = data.draw(
        st.lists(st.integers(0, 10**6), min_size=len(keys), max_size=len(keys)), label="values"
    )
    cells = dict(zip(keys, values, strict=True))
    path = write_export(tmp_path_factory.mktemp("t") / "t.xlsx", left, above, cells)
    found = cube(path)
    assert found.dimensions == (*left, *above)
    got = {row[:-1]: row[-1] for row in found.frame.select(*found.dimensions, "value").iter_rows()}
    assert got == {key: float(value) for key, value in cells.items()}


def small(path, changed=None, **options):
    """Three areas, two years, two sexes; `changed` has other cells by area, year and sex."""
    stub, head = {"region": AREAS}, {"år": ["2021", "2022"], "kön": ["män", "kvinnor"]}
    cells = {key: 100.0 + i for i, key in enumerate(product(AREAS, *head.values()))}
    return write_export(path, stub, head, {**cells, **(changed or {})}, **options)


def test_what_stands_below_is_kept(tmp_path):
    found = cube(small(tmp_path / "t.xlsx"))
    about = found.provenance
    assert (about.table, about.updated, about.origin) == ("00000XYZ", "2024-03-22", "SCB")
    assert about.title == "Folkmängden efter region, år och kön"
    assert about.notes == (
        "En anmärkning om tabellen.",
        "kön: totalt: Alla oavsett kön.",
        "Referenstid: 31 december respektive år",
    )
    assert found.units == {"": "antal"}


def test_the_newest_of_several_dates_and_the_unit_of_each_measure(tmp_path):
    notes = [
        "Latest update:", "antal:", "20240101 08:00", "andel:", "20240501 08:00", None,
        "Sort:", "antal:", "personer", "andel:", "procent",
    ]  # fmt: skip
    head = {"tabellinnehåll": ["antal", "andel"], "år": ["2022"]}
    cells = dict.fromkeys(product(AREAS, *head.values()), 1)
    found = cube(write_export(tmp_path / "t.xlsx", {"region": AREAS}, head, cells, "X", notes))
    assert found.provenance.updated == "2024-05-01"
    assert found.units == {"antal": "personer", "andel": "procent"}


def test_symbols_and_empty_cells_are_statuses_and_never_0(tmp_path):
    key = [(area, "2021", "män") for area in AREAS] + [(AREAS[0], "2022", "män")]
    path = small(tmp_path / "t.xlsx", {key[0]: "..", key[1]: ".", key[2]: None, key[3]: "-"})
    got = cube(path).frame.filter(pl.col("status") != "ok")
    assert dict(zip(got.select("region", "år", "kön").rows(), got["status"], strict=True)) == {
        key[0]: "missing", key[1]: "not_applicable", key[2]: "missing", key[3]: "missing",
    }  # fmt: skip
    assert got["value"].null_count() == 4


def test_notes_say_what_a_symbol_means(tmp_path):
    key = (AREAS[0], "2021", "män")
    path = small(
        tmp_path / "t.xlsx", {key: ".."}, notes=[".. = Uppgiften är sekretessbelagd", *NOTES]
    )
    got = cube(path).frame.filter(pl.col("status") != "ok")
    assert got["status"].to_list() == ["secret"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234", 1234), ("1\u00a0234", 1234), ("12\u202f345,5", 12345.5), ("7,25", 7.25),
        (" 88 ", 88), ("−3", -3),
    ],
)  # fmt: skip
def test_numbers_kept_as_text_are_numbers(tmp_path, text, value):
    key = (AREAS[1], "2022", "kvinnor")
    got = cube(small(tmp_path / "t.xlsx", {key: text})).frame
    assert got.filter(pl.concat_list("region", "år", "kön") == list(key))["value"].item() == value


def test_a_cell_that_is_no_number_is_found_by_row_and_column(tmp_path):
    path = small(tmp_path / "t.xlsx", {(AREAS[1], "2022", "kvinnor"): "tolv"})
    assert refused(path).startswith(
        't.xlsx: row 6, column E ("2022, kvinnor") is "tolv", which is neither a number nor'
    )


def test_the_table_need_not_be_on_the_first_sheet(tmp_path):
    found = cube(small(tmp_path / "t.xlsx", before=["Om", "Innehåll"]))
    assert found.provenance.sheet == "00000XYZ"
    assert found.frame.height == 12


def test_a_workbook_without_a_table_says_what_each_sheet_lacks(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Anteckningar"
    book.active.append(["hej", "du"])
    book.active.append(["ett", "två"])
    book.active.append(["tre", "fyra"])
    book.save(tmp_path / "t.xlsx")
    reason = refused(tmp_path / "t.xlsx")
    assert "t.xlsx is not recognised" in reason
    assert 'sheet "Anteckningar": it has no title' in reason


def edited(tmp_path, change):
    path = small(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return refused(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda s: s.delete_rows(3),
            r"title .* does not name 2 dimensions, but there are 1 columns of labels and 1 rows",
        ),
        (
            lambda s: (s.insert_cols(2), [s.cell(r, 2, f"namn {r}") for r in (5, 6, 7)]),
            r"does not name 4 dimensions, but there are 2 columns of labels and 2 rows",
        ),
        (lambda s: s.insert_rows(6), "row 6 is empty, and there are values below it, in row 7"),
        (lambda s: s.__setitem__("A6", AREAS[0]), f'rows 5 and 6 both say "{AREAS[0]}"'),
        (lambda s: s.__setitem__("A6", None), 'row 6 has no label in column A \\("region"\\)'),
        (lambda s: s.__setitem__("D4", None), "row 4, column D has no heading above its values"),
        (lambda s: s.__setitem__("E4", None), "row 5 has a value in column E, which has no"),
        (lambda s: s.__setitem__("C4", "män"), "columns B and C have the same headings"),
        (lambda s: s.__setitem__("H6", 5), "row 6 has a value in column H, which has no heading"),
        (
            lambda s: s.__setitem__("A1", "Folkmängden efter sort, kön och slag"),
            "no column or heading of periods",
        ),
    ],
)
def test_a_changed_sheet_is_told_of_where_it_was_changed(tmp_path, change, said):
    assert re.search(said, edited(tmp_path, change))


def test_a_deleted_code_column_is_told_of(tmp_path):
    reason = edited(tmp_path, lambda sheet: sheet.delete_cols(1))
    assert "t.xlsx is not recognised" in reason


def test_a_period_that_the_table_does_not_tell_is_taken_from_samsyn_toml(tmp_path):
    cells = {(area, "män"): 1 for area in AREAS}
    path = write_export(tmp_path / "t.xlsx", {"region": AREAS}, {"kön": ["män"]}, cells)
    assert 'write period = "2022" for the file in samsyn.toml' in refused(path)
    (tmp_path / "samsyn.toml").write_text('[[file]]\nmatch = "*.xlsx"\nperiod = "2019"\n')
    (found,) = read([path]).materials
    assert found.frame["år"].unique().to_list() == ["2019"]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_file_that_was_cut_off(tmp_path, share):
    whole = shared("data", "scb_deso_2022", "000005F8_20240813-152932.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: int(len(whole) * share)])
    reason = refused(tmp_path / "cut.xlsx")
    assert "cut.xlsx cannot be read as Excel: the file seems to be cut off or damaged" in reason
    assert "Fetch or save it again" in reason


def test_a_real_export_with_one_cell_spoilt(tmp_path):
    path = tmp_path / "f.xlsx"
    shutil.copy(shared("data", "scb_deso_2022", "000005FC_20240806-102837.xlsx"), path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["C1000"] = "1 5x0"
    sheet["C1001"] = "1 234"
    book.save(path)
    assert refused(path).startswith('f.xlsx: row 1000, column C ("totalt") is "1 5x0"')
    sheet["C1000"] = "1 560"
    book.save(path)
    frame = cube(path).frame
    assert frame.filter(pl.col("row").is_in([1000, 1001]))["value"].to_list() == [1560, 1234]


@pytest.mark.parametrize(
    ("title", "number", "dimensions"),
    [
        ("A efter region, år och hushållstyp", 3, "region|år|hushållstyp"),
        ("A efter region, år, utländsk/svensk bakgrund och kön", 4, None),
        ("A efter in- och utvandring efter region och år", 2, "region|år"),
        ("Antal efter region, in- och utvandring och år", 3, "region|in- och utvandring|år"),
        ("Antal efter region, år och in- och utvandring", 3, "region|år|in- och utvandring"),
        ("Antal efter region, typ av hus, ny och år", 3, "region|typ av hus, ny|år"),
        ("Population by region, sex and year", 3, "region|sex|year"),
        ("Antal efter år", 1, "år"),
    ],
)
def test_titles_are_parted_as_many_ways_as_there_are_dimensions(title, number, dimensions):
    found = title_with(title, number)
    expected = dimensions or "region|år|utländsk/svensk bakgrund|kön"
    assert found is not None
    assert found.dimensions == tuple(expected.split("|"))


def test_a_title_that_does_not_fit_is_none():
    assert title_with("Antal efter region och år", 3) is None
    assert title_with("Antal hushåll", 1) is None


@given(st.integers(0, 16_383))
def test_columns_have_the_letters_that_excel_gives_them(position):
    assert letters(position) == get_column_letter(position + 1)
