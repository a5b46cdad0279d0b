"""Kolada: its Excel exports with what people did to them, and the answers of its API."""

import json
import math
from collections import defaultdict

import openpyxl
import pytest
import xlsxwriter

from samsyn.measure import InputError
from samsyn.statistics.sources import kolada, kolada_answers
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.settings import FileSettings
from tests.reference import shared

MARK = "Kolada nyckeltal"


@pytest.fixture
def book(tmp_path):
    """A workbook of sheets of rows."""

    def write(sheets, name="export.xlsx"):
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as made:
            for title, rows in sheets.items():
                sheet = made.add_worksheet(title)
                for at, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        if cell is not None:
                            sheet.write(at, column, cell)
        return opened(path)

    return write


def read(file, settings=None):
    assert kolada.recognises(file) is True
    return kolada.read(file, settings or FileSettings())


EXPORT = [
    [MARK],
    [None, None, 2020, 2021],
    ["Invånare  totalt, antal", "Ale", 31000, 31402],
    ["Invånare  totalt, antal", "Alla kommuner", 35000.5, 35612.25],
    ["Andel (%)", "Ale", 12.5, None],
    ["Andel (%)", "Alla kommuner", ".", 13],
]


def test_an_export_as_it_comes(book):
    (cube,) = read(book({MARK: EXPORT}))
    assert cube.dimensions == ("nyckeltal", "kommun", "år")
    assert cube.roles == {"measure": "nyckeltal", "area": "kommun", "period": "år"}
    assert sorted(cube.frame.rows(), key=lambda row: (row[-1], row[2])) == [
        ("Invånare  totalt, antal", "Ale", "2020", 31000, "ok", 3),
        ("Invånare  totalt, antal", "Ale", "2021", 31402, "ok", 3),
        ("Invånare  totalt, antal", "Alla kommuner", "2020", 35000.5, "ok", 4),
        ("Invånare  totalt, antal", "Alla kommuner", "2021", 35612.25, "ok", 4),
        ("Andel (%)", "Ale", "2020", 12.5, "ok", 5),
        ("Andel (%)", "Ale", "2021", None, "missing", 5),
        ("Andel (%)", "Alla kommuner", "2020", None, "not_applicable", 6),
        ("Andel (%)", "Alla kommuner", "2021", 13, "ok", 6),
    ]
    about = cube.provenance
    assert (about.origin, about.sheet, about.table) == ("Kolada", MARK, None)
    assert "Kolada" in about.licence


def test_sexes_ids_and_codes_are_found_by_what_is_in_the_columns(book):
    rows = [
        [None, None, "Kommunkod", "Kommun", "Kön", 2020],
        ["N00945", "Andel", "1440", "Ale", "Kvinnor", 1],
        ["N00945", "Andel", "1440", "Ale", "Män", 2],
        ["N00945", "Andel", "1440", "Ale", "Totalt", 3],
    ]
    (cube,) = read(book({MARK: rows}))
    assert cube.dimensions == ("nyckeltal", "kommun", "kön", "år")
    assert cube.roles["sex"] == "kön"
    assert cube.frame.select("nyckeltal.code", "kommun.code", "kön", "value").rows() == [
        ("N00945", "1440", "Kvinnor", 1),
        ("N00945", "1440", "Män", 2),
        ("N00945", "1440", "Totalt", 3),
    ]


def test_a_sheet_of_areas_alone_is_not_guessed_at(book):
    rows = [["Municipality", 2019, 2020], ["Ale", 1, 2], ["Åmål", 3, 4]]
    file = book({MARK: rows}, "invanare.xlsx")
    with pytest.raises(InputError, match=r'does not say which .*match = "invanare.xlsx", table ='):
        read(file)
    (by_id,) = read(file, FileSettings(table="N01951"))
    assert set(by_id.frame["nyckeltal.code"]) == {"N01951"}
    assert by_id.provenance.table == "N01951"
    (by_title,) = read(file, FileSettings(table="Invånare totalt, antal"))
    assert set(by_title.frame["nyckeltal"]) == {"Invånare totalt, antal"}
    assert "nyckeltal.code" not in by_title.frame.columns
    (told,) = read(book({MARK: [[MARK], ["Invånare totalt, antal"], [], *rows]}))
    assert set(told.frame["nyckeltal"]) == {"Invånare totalt, antal"}
    assert told.frame["row"].to_list() == [5, 6, 5, 6]


def test_what_is_left_out_is_named(book):
    rows = [
        ["", "Kommun", 2020],
        [None, "Länets kommuner (ovägt medel)", 5],
        ["Andel", "Ale", 1],
        ["Andel", "Ale", 1],
        ["Andel", None, 7],
        ["Andel", None, None],
        ["Andel", "Åmål", 2],
    ]
    sheets = {
        "Blad2": [["Kommun", "Ale"], [2019, 1], [2020, 2]],
        MARK: rows,
        "Blad1": [["Andel"], ["Andel"]],
        "Blad3": [],
    }
    (cube,) = read(book(sheets))
    assert cube.frame.select("kommun", "value", "row").rows() == [("Ale", 1, 3), ("Åmål", 2, 7)]
    notes = "\n".join(cube.provenance.notes)
    assert "row 2 was left out, with figures but no key figure" in notes
    assert "row 5 was left out, with figures but no municipality" in notes
    assert "row 4 was left out, for the same stands above" in notes
    assert 'Sheet "Blad2" was left out: its years stand below one another' in notes
    assert 'Sheet "Blad1" was left out: it has no heading of years' in notes
    assert 'Sheet "Blad3" was left out: it is empty' in notes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r[2].__setitem__(3, "tusen"), r'sheet "Kolada nyckeltal", row 3, column D'),
        (lambda r: r[1].__setitem__(3, 2020), r"has the year 2020 twice"),
        (lambda r: r.append(["Andel (%)", "Ale", 13, 1]), r"rows 5 and 7 both say"),
        (lambda r: r.__delitem__(slice(2, None)), r"it has no rows below its years"),
        (lambda r: r.__delitem__(slice(1, None)), r"it has no heading of years"),
        (lambda r: [row.insert(0, "x") for row in r[2:]] and r[1].insert(0, None),
         r"has 3 columns of texts before its years \(A, B, C\)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(book, change, message):
    rows = [list(row) for row in EXPORT]
    change(rows)
    with pytest.raises(InputError, match=message):
        read(book({MARK: rows}))


def test_an_empty_sheet_and_a_workbook_cut_off(book, tmp_path):
    with pytest.raises(InputError, match=r'export.xlsx: sheet "Kolada nyckeltal": it is empty'):
        read(book({MARK: []}))
    whole = book({MARK: EXPORT}).path.read_bytes()
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "cut off" in kolada.recognises(opened(cut))


def test_other_workbooks_are_not_taken(book):
    assert isinstance(kolada.recognises(book({"Blad1": [["Region", "2020"], ["Ale", 1]]})), str)


REAL = {
    "Kolada_2005.xlsx": (1560, 4, 26),
    "Kolada_3.xlsx": (1080, 5, 27),
    "Kommuner.xlsx": (9913, 16, 27),
    "alla_invanare.xlsx": (96030, 15, 291),
}


@pytest.mark.parametrize("name", [name for name in REAL if name != "alla_invanare.xlsx"])
def test_real_exports_cell_by_cell(name):
    path = shared("data", "kolada_stockholm", name)
    (cube,) = kolada.read(opened(path), FileSettings())
    rows = list(openpyxl.load_workbook(path).worksheets[0].values)
    head = next(at for at, row in enumerate(rows) if str(row[2] or "").isdigit())
    years = [str(int(year)) for year in rows[head][2:]]
    wanted = {}
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if row[0] and row[1] and (row[0].strip(), row[1].strip(), years[0]) not in wanted:
            for year, cell in zip(years, row[2:], strict=True):
                wanted[row[0].strip(), row[1].strip(), year] = (cell, number)
    found = {row[:3]: row[3:] for row in cube.frame.rows()}
    assert (len(found), *(cube.frame[d].n_unique() for d in ("nyckeltal", "kommun"))) == REAL[name]
    assert found.keys() == wanted.keys()
    for key, (value, status, row) in found.items():
        cell, number = wanted[key]
        assert row == number
        if cell is None:
            assert (value, status) == (None, "missing")
        else:
            assert math.isclose(value, cell, rel_tol=1e-12)


def test_real_population_of_every_municipality_in_two_exports():
    """One export names its key figure, the other does not: they say the same."""
    folder = ("data", "kolada_stockholm")
    (named,) = kolada.read(opened(shared(*folder, "alla_invanare.xlsx")), FileSettings())
    bare = opened(shared(*folder, "kommuner_invanare.xlsx"))
    with pytest.raises(InputError, match=r'samsyn.toml.*match = "kommuner_invanare.xlsx"'):
        kolada.read(bare, FileSettings())
    (told,) = kolada.read(bare, FileSettings(table="N01951"))
    assert told.frame["kommun"].n_unique() == 290
    people = named.frame.filter(named.frame["nyckeltal"] == "Invånare  totalt, antal")
    both = people.join(told.frame, on=["kommun", "år"], suffix="_bare").drop_nulls("value")
    assert both["kommun"].n_unique() == 290
    assert (both["value"] == both["value_bare"]).all()
    assert (named.frame.height, *(named.frame[d].n_unique() for d in ("nyckeltal", "kommun"))) == (
        REAL["alla_invanare.xlsx"]
    )
    assert named.provenance.retrieved == "2020-04-17T10:37:00Z"
    assert any("and 12 more were left out" in note for note in named.provenance.notes)


def test_a_real_transposed_sheet_says_the_same_as_the_one_that_is_read():
    path = shared("data", "kolada_stockholm", "Kommuner.xlsx")
    (cube,) = kolada.read(opened(path), FileSettings())
    sheet = openpyxl.load_workbook(path, data_only=True)["Blad2"]
    across = list(sheet.iter_rows(min_row=2, min_col=2, values_only=True))
    by_place = defaultdict(list)
    for column, place in enumerate(across[0][1:], start=1):
        if "medel" not in place:
            by_place[place].append({str(row[0]): row[column] for row in across[1:]})
    titles = cube.frame["nyckeltal"].unique(maintain_order=True).to_list()
    checked = 0
    for title, place, year, value, *_ in cube.frame.rows():
        if place in by_place:
            other = by_place[place][titles.index(title)][year]
            assert value == other if other is None else math.isclose(value, other, rel_tol=1e-12)
            checked += other is not None
    assert checked > 5000


# --- the API -------------------------------------------------------------------------------------


def figure(gender, value, status="", **more):
    return {"gender": gender, "value": value, "status": status, "count": 1, **more}


def value(*figures, kpi="N00945", municipality="1860", period=2009):
    return {"kpi": kpi, "municipality": municipality, "period": period, "values": list(figures)}


@pytest.fixture
def answer(tmp_path):
    def write(values, name="2000-2024-001.json"):
        path = tmp_path / name
        told = values if isinstance(values, (str, dict)) else {"values": values, "count": 1}
        path.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
        return opened(path)

    return write


def answered(file, settings=None):
    assert kolada_answers.recognises(file) is True
    (cube,) = kolada_answers.read(file, settings or FileSettings())
    return cube


def test_an_answer_has_sexes_and_statuses(answer):
    cube = answered(
        answer(
            [
                value(figure("T", 3.5), figure("K", 4), figure("M", 3, isdeleted=False)),
                value(figure("T", None, "Missing"), figure("K", None, "Private"), period=2010),
                value(figure("T", None, None), municipality="0001"),
                value(figure("T", 1), figure("M", 9, isdeleted=True), municipality="0000"),
            ]
        )
    )
    assert cube.dimensions == ("nyckeltal", "kommun", "kön", "år")
    columns = ["kommun", "kommun.code", "kön", "år", "value", "status"]
    assert cube.frame.select(columns).rows() == [
        ("1860", "1860", "Totalt", "2009", 3.5, "ok"),
        ("1860", "1860", "Kvinnor", "2009", 4, "ok"),
        ("1860", "1860", "Män", "2009", 3, "ok"),
        ("1860", "1860", "Totalt", "2010", None, "missing"),
        ("1860", "1860", "Kvinnor", "2010", None, "secret"),
        ("0001", "01", "Totalt", "2009", None, "missing"),
        ("0000", "00", "Totalt", "2009", 1, "ok"),
    ]
    assert set(cube.frame["nyckeltal.code"]) == {"N00945"}
    assert cube.provenance.table == "N00945"


def test_the_title_stands_beside_or_in_what_was_fetched(answer, tmp_path):
    file = answer([value(figure("T", 1))])
    assert set(answered(file).frame["nyckeltal"]) == {"N00945"}
    told = FileSettings(fetched={"table": "N00945", "title": "Andel"})
    assert set(answered(file, told).frame["nyckeltal"]) == {"Andel"}
    about = {"values": [{"id": "N00945", "title": "Andel (%)", "description": "Så  räknas det."}]}
    (tmp_path / "kpi.json").write_text(json.dumps(about), "utf-8")
    cube = answered(file)
    assert set(cube.frame["nyckeltal"]) == {"Andel (%)"}
    assert cube.provenance.notes == ("Så räknas det.",)


def test_the_same_value_twice_is_one(answer):
    cube = answered(answer([value(figure("T", 1)), value(figure("T", 1), period="2009")]))
    assert cube.frame.height == 1


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ([value(figure("T", 1)), value(figure("T", 2))],
         r"two different values for N00945, 1860, 2009, T"),
        ([value(figure("X", 1))], r'the sex "X" is none of T, K and M'),
        ([value(figure("T", 1)), {"kpi": "N1"}], r"value 2 lacks period"),
        ([{"kpi": "N1", "ou": "V15", "period": 2009, "values": []}], r"organisational units"),
        ([value()], r"has no figures"),
        (json.dumps({"values": [value(figure("T", 1))]})[:-9], r"the file seems to be cut off"),
        ([{**value(), "values": 5}], r"a value is not as Kolada writes it"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_answer_is_told(answer, told, message):
    with pytest.raises(InputError, match=message):
        answered(answer(told))


@pytest.mark.parametrize(
    "told",
    [
        {"values": [{"id": "N00945", "title": "Andel"}]},
        {"values": []},
        {"values": [1, 2]},
        {"tables": []},
        {"values": {"a": 1}},
    ],
)
def test_other_answers_are_not_taken(answer, told):
    assert isinstance(kolada_answers.recognises(answer(told)), str)
