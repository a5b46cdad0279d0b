"""CSV of Statistikdatabasen: pivoted, long, and saved from Excel; real and made up."""

from __future__ import annotations

import csv

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.statistics.sources import read
from tests.reference import shared

PIVOTED = """"region","kön","Antal 2021","Antal 2022"
"Ängby (Norra)","män",1,2
"Ängby (Norra)","kvinnor",3,4
"Åby (Östra, med komma)","män",5,..
"Åby (Östra, med komma)","kvinnor",7,8
"""
LONG = """region;kön;år;Folkmängd;Medelålder
0114;män;2021;1 234;40,5
0114;kvinnor;2021;2 345;41,5
0180;män;2021;3;.
0180;kvinnor;2021;4;39
"""


def cube(path):
    reading = read([path])
    assert reading.unread == ()
    (found,) = reading.materials
    return found


def written(tmp_path, text, encoding="utf-8", name="t.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def refused(path):
    reading = read([path])
    assert reading.materials == ()
    (unread,) = reading.unread
    return unread.reason


@pytest.mark.parametrize(
    ("file", "measure", "rows"),
    [
        ("regso_foreign_born_2020_2023.csv", "Antal", 6726 * 4),
        ("regso_tenure_2020_2023.csv", "Antal", 13452 * 4),
        ("regso_mean_wage_income_2020_2023.csv", "Medelvärde för samtliga, tkr", 3363 * 4),
    ],
)
def test_every_cell_of_real_pivoted_files(file, measure, rows):
    path = shared("data", "scb_regso", file)
    found = cube(path)
    assert found.frame.height == rows
    assert found.provenance.table is None
    assert set(found.roles) >= {"area", "period", "measure"}
    left = [d for d in found.dimensions if d not in {"år", "tabellinnehåll"}]
    got = {row[:-1]: row[-1] for row in found.frame.select(*left, "år", "value").iter_rows()}
    expected = {}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(line for line in stream if line.strip()):
            labels = [row[name].strip() for name in left]
            for name, cell in row.items():
                if name not in left:
                    assert name[:-5] == measure
                    expected[*labels, name[-4:]] = float(cell)
    assert got == expected


def test_an_excel_export_that_was_saved_as_csv():
    found = cube(shared("data", "scb_regso", "regso2020_omradestyp_2022.csv"))
    assert found.provenance.table == "000005QX"
    assert found.provenance.updated == "2025-01-31"
    assert found.provenance.origin == "SCB"
    assert found.units == {"": "områdestyp"}
    assert found.dimensions == ("region", "år")
    assert any("standardavvikelse" in note for note in found.provenance.notes)
    counts = found.frame.group_by("value").len().sort("value")["len"].to_list()
    assert counts == [160, 289, 855, 1770, 289]  # the official distribution of 2022


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_line_ends_and_separators(tmp_path, encoding, end, separator):
    text = PIVOTED
    if separator != ",":
        rows = list(csv.reader(PIVOTED.splitlines()))
        text = "".join(separator.join(row) + "\n" for row in rows)
    frame = cube(written(tmp_path, text.replace("\n", end), encoding)).frame
    assert frame.filter((pl.col("region") == "Ängby (Norra)") & (pl.col("år") == "2022"))[
        "value"
    ].to_list() == [2, 4]
    secret = frame.filter(pl.col("status") != "ok")
    assert secret.select("region", "kön", "år", "status", "row").rows() == [
        ("Åby (Östra, med komma)", "män", "2022", "missing", 4)
    ]


def test_the_long_form_with_several_measures(tmp_path):
    found = cube(written(tmp_path, LONG))
    assert found.dimensions == ("region", "kön", "år", "tabellinnehåll")
    assert found.roles == {
        "area": "region", "sex": "kön", "period": "år", "measure": "tabellinnehåll",
    }  # fmt: skip
    got = {row[:-2]: row[-2:] for row in found.frame.drop("row").iter_rows()}
    assert got["0114", "män", "2021", "Folkmängd"] == (1234, "ok")
    assert got["0114", "kvinnor", "2021", "Medelålder"] == (41.5, "ok")
    assert got["0180", "män", "2021", "Medelålder"] == (None, "not_applicable")
    assert len(got) == 8


def test_one_column_of_values_is_no_measure(tmp_path):
    found = cube(written(tmp_path, "region,år,value\n0114,2021,5\n0114,2022,6\n"))
    assert found.dimensions == ("region", "år")
    assert found.frame["value"].to_list() == [5, 6]


def test_codes_that_stand_before_names_are_set_apart(tmp_path):
    text = "region,år,value\n0114 Upplands Väsby,2021,5\n01 Stockholms län,2021,6\n"
    found = cube(written(tmp_path, text))
    assert found.dimensions == ("region", "år")
    assert found.frame.select("region", "region.code").rows() == [
        ("Upplands Väsby", "0114"), ("Stockholms län", "01"),
    ]  # fmt: skip
    mixed = cube(written(tmp_path, text + "Riket,2021,7\n"))
    assert "region.code" not in mixed.frame.columns
    assert mixed.frame["region"][0] == "0114 Upplands Väsby"


def test_values_that_look_like_years_are_values_where_another_column_is_the_year(tmp_path):
    found = cube(written(tmp_path, "region,år,Antal\n0114,2021,1800\n0115,2021,1801\n"))
    assert found.frame["value"].to_list() == [1800, 1801]


def test_names_that_a_cube_uses_itself_are_set_apart(tmp_path):
    found = cube(written(tmp_path, "region,status,row,år,value\n0114,gift,1,2021,5\n"))
    assert found.dimensions == ("region", "status (dimension)", "row (dimension)", "år")
    assert found.frame.row(0) == ("0114", "gift", "1", "2021", 5, "ok", 2)


@given(
    areas=st.lists(
        st.text("abcåäö ,\"'()", min_size=1).map(str.strip).filter(bool),
        min_size=1, max_size=5, unique=True,
    ),
    years=st.lists(st.integers(1990, 2030), min_size=1, max_size=4, unique=True),
    data=st.data(),
)  # fmt: skip
def test_pivoted_and_long_hold_the_same(tmp_path_factory, areas, years, data):
    number = st.integers(0, 10**7) | st.none()
    values = {
        (f"{area} ({area})", str(year)): data.draw(number) for area in areas for year in years
    }
    folder = tmp_path_factory.mktemp("t")
    with (folder / "pivoted.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream, quoting=csv.QUOTE_ALL)
        out.writerow(["region", "kön", *(f"Antal {year}" for year in years)])
        for area in areas:
            row = [values[f"{area} ({area})", str(year)] for year in years]
            out.writerow([f"{area} ({area})", "totalt", *("" if v is None else v for v in row)])
    with (folder / "long.csv").open("w", newline="", encoding="latin-1") as stream:
        out = csv.writer(stream, delimiter=";")
        out.writerow(["region", "kön", "år", "Antal"])
        for (area, year), value in values.items():
            out.writerow([area, "totalt", year, ".." if value is None else value])
    for name in ("pivoted.csv", "long.csv"):
        frame = cube(folder / name).frame
        got = {row[:2]: row[2] for row in frame.select("region", "år", "value").iter_rows()}
        assert got == {key: None if v is None else float(v) for key, v in values.items()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("1,2", "1,två"), 't.csv: row 2, column D ("Antal 2022") is "två", which is neither'),
        (('"kvinnor",3,4', '"män",3,4'), 'rows 2 and 3 both say "Ängby (Norra), män"'),
        (('"Ängby (Norra)","kvinnor"', ',"kvinnor"'), 'row 3 has no label in column A ("region")'),
        ((",7,8\n", ",7"), "row 5 has 3 of the header's 4 cells: the file seems to be cut off"),
        ((",7,8\n", ",7,8,9\n"), "row 5 has 5 cells and the header 4"),
        (('"kvinnor",7,8\n', '"kvin'), "row 5: a cell that begins with a quotation mark"),
        (('"region",', '"plats",'), "t.csv has no column or heading of areas (region)"),
        (("Antal 2021", "Antal 2022"), 'two of its columns are named "Antal 2022"'),
        (("\n\"Åby (Östra, med komma)\",\"män\"", "\n\n\"Åby (Östra, med komma)\",\"män\""),
         "row 4 is empty, and there are values below it, in row 5"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_row_and_column(tmp_path, change, said):
    assert PIVOTED.replace(*change) != PIVOTED
    assert said in refused(written(tmp_path, PIVOTED.replace(*change)))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_real_file_cut_off(tmp_path, share):
    whole = shared("data", "scb_regso", "regso_tenure_2020_2023.csv").read_bytes()
    (tmp_path / "cut.csv").write_bytes(whole[: int(len(whole) * share)])
    assert "cut off" in refused(tmp_path / "cut.csv")


def test_a_table_without_periods_is_told_how_to_get_one(tmp_path):
    path = written(tmp_path, "kommun,kön,antal\n0114,män,5\n")
    assert refused(path) == (
        "t.csv has no column or heading of periods (år). It has: kommun, kön. Save the table with "
        'its periods, or write period = "2022" for the file in samsyn.toml'
    )
    written(tmp_path, '[[file]]\nmatch = "t.csv"\nperiod = "2021"\n', name="samsyn.toml")
    found = cube(path)
    assert found.dimensions == ("kommun", "kön", "år")
    assert found.frame.row(0) == ("0114", "män", "2021", 5, "ok", 2)


def test_a_table_of_neither_areas_nor_periods_says_what_it_lacks(tmp_path):
    reason = refused(written(tmp_path, "plats,kön,antal\nhär,män,5\n"))
    assert "as CSV of Statistikdatabasen, it has no column of areas (region) or periods" in reason
