"""Tables as people keep them."""

import polars as pl
import pytest
import xlsxwriter

from samsyn.measure import InputError
from samsyn.statistics.tables import read_table


@pytest.fixture
def file(tmp_path):
    def write(content, name="t.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def numbers(path, column="b", **options):
    return read_table(path).numbers([column], **options)[column].to_list()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separator_encoding_and_line_ends_are_found(file, encoding, separator, end):
    rows = [["område", "b", "c"], ["Åby", "1", "2"], ["Ängsö", "3", "4"]]
    path = file(end.join(separator.join(row) for row in rows) + end, encoding=encoding)
    table = read_table(path)
    assert table.frame.columns == ["område", "b", "c"]
    assert table.names("område").to_list() == ["Åby", "Ängsö"]
    assert table.numbers(["b", "c"]).rows() == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1 234", "12 345 678"], [1234, 12345678]),
        (["1\u00a0234", "2\u202f500,5"], [1234, 2500.5]),
        (["1,5", "12,25"], [1.5, 12.25]),
        (["1,234", "0,5"], [1.234, 0.5]),
        (["1,234", "2.5"], [1234, 2.5]),
        (["1,234", "1,234,567"], [1234, 1234567]),
        (["1.234,5", "2"], [1234.5, 2]),
        (["1,234.5", "2"], [1234.5, 2]),
        (["1e3", " 7 "], [1000, 7]),
        (["−2", "-3"], [-2, -3]),
    ],
)
def test_numbers_as_they_are_written(file, cells, expected):
    assert numbers(file("a;b\n" + "".join(f"x;{cell}\n" for cell in cells))) == expected


def test_a_mark_that_nothing_settles_is_asked_for(file):
    path = file("a;b\nx;1,234\ny;2,345\n")
    with pytest.raises(InputError, match=r'"1,234" in column "b" .* --decimal'):
        numbers(path)
    assert numbers(path, decimal=",") == [1.234, 2.345]
    assert numbers(path, decimal=".") == [1234, 2345]


@pytest.mark.parametrize("cell", ["", "..", "-", "NA", "nan", "null", "  "])
def test_a_missing_value_is_not_0(file, cell):
    with pytest.raises(InputError, match=r't\.csv: row 3, column "b" has no value.*not 0'):
        numbers(file(f"a;b\nx;1\ny;{cell}\n"))


@pytest.mark.parametrize("cell", ["12x", "fem", "1 23", "inf", "1,2,3,", "--1", "12 5"])
def test_a_bad_cell_is_named_by_row_column_and_text(file, cell):
    with pytest.raises(InputError, match='row 3, column "b" is "') as error:
        numbers(file(f"a;b\nx;1\ny;{cell}\n"))
    assert cell in str(error.value)


def test_two_decimal_marks_in_one_file(file):
    with pytest.raises(InputError, match=r'"3.5", which is not a number with the decimal mark'):
        numbers(file("a;b\nx;12,5\ny;3.5\n"))


def test_a_count_below_0_is_refused_where_counts_are_wanted(file):
    path = file("a;b\nx;-5\n")
    assert numbers(path) == [-5]
    with pytest.raises(InputError, match=r"cannot be negative"):
        numbers(path, negative=False)


def test_rows_are_numbered_as_in_the_file(file):
    path = file('\n\na;b\n\n"x\nz";1\n;;\ny;q\n')
    with pytest.raises(InputError, match='row 7, column "b" is "q"'):
        numbers(path)


def test_quotation_marks_and_the_line_that_excel_reads(file):
    path = file('sep=;\na;b\n"Å; by";"1 200"\n')
    table = read_table(path)
    assert table.names("a").to_list() == ["Å; by"]
    assert numbers(path) == [1200]


def test_a_row_that_is_too_long_is_named(file):
    with pytest.raises(InputError, match="row 3 has 3 cells and the header 2"):
        read_table(file("a,b\nx,1\ny,2,3\n"))
    # Separators at the end of a row hold nothing.
    assert numbers(file("a,b\nx,1,,\n")) == [1]


def test_columns_that_are_missing_or_double(file):
    table = read_table(file("a,b,b\nx,1,2\n"))
    with pytest.raises(InputError, match=r'two columns named "b"'):
        table.numbers(["b"])
    with pytest.raises(InputError, match=r'no column "c". Its columns are: a, b'):
        table.names("c")
    with pytest.raises(InputError, match=r"nothing in column"):
        read_table(file("a,b\n,1\n")).names("a")


@pytest.mark.parametrize("content", ["", "\n\n", "a,b\n"])
def test_an_empty_file_is_told_of(file, content):
    with pytest.raises(InputError, match=r"is empty|no rows below"):
        read_table(file(content))


def test_what_is_no_table(file, tmp_path):
    with pytest.raises(InputError, match=r"no file"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match=r"is a folder"):
        read_table(tmp_path)
    with pytest.raises(InputError, match=r"not a text file"):
        read_table(file(b"\x00\x01\x02", "t.csv"))
    with pytest.raises(InputError, match=r"not a Parquet file"):
        read_table(file("a,b\n1,2\n", "t.parquet"))
    with pytest.raises(InputError, match=r"cannot be read as Parquet"):
        read_table(file(b"PAR1 and no more", "t.parquet"))
    with pytest.raises(InputError, match=r"cannot be read as Excel"):
        read_table(file("a,b\n1,2\n", "t.xlsx"))
    with pytest.raises(InputError, match=r"end in \.xlsx"):
        read_table(file(b"PK\x03\x04aaaa", "t.csv"))


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in {
            "Folkmängd": [["kod", "antal", "andel"], ["0114", 1234, 0.5], ["0115", 7, "1,5"]],
            "Annat": [["kod", "antal"], [17, "x"]],
        }.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_excel_keeps_codes_and_reads_numbers(workbook):
    table = read_table(workbook)
    assert table.names("kod").to_list() == ["0114", "0115"]
    assert table.numbers(["antal", "andel"]).rows() == [(1234, 0.5), (7, 1.5)]


def test_excel_sheets_are_chosen_by_name(workbook):
    table = read_table(workbook, "Annat")
    assert table.names("kod").to_list() == ["17"]
    with pytest.raises(InputError, match='row 2, column "antal" is "x"'):
        table.numbers(["antal"])
    with pytest.raises(InputError, match=r'no sheet "Tredje". Its sheets are: Folkmängd, Annat'):
        read_table(workbook, "Tredje")


def test_parquet_keeps_its_types(tmp_path):
    path = tmp_path / "t.parquet"
    frame = pl.DataFrame({"kod": [1.0, 2.0], "a": [1, None], "b": [1.5, float("nan")], "c": [1, 2]})
    frame.write_parquet(path)
    table = read_table(path)
    assert table.names("kod").to_list() == ["1", "2"]
    assert table.numbers(["c"]).rows() == [(1,), (2,)]
    for column in "ab":
        with pytest.raises(InputError, match=f'row 2, column "{column}" has no value'):
            table.numbers([column])
