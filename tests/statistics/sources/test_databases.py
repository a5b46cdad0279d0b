"""Databases and other tables by a declared mapping."""

import sqlite3
import tomllib

import polars as pl
import pytest

from samsyn.measure import InputError
from samsyn.statistics.sources import databases
from samsyn.statistics.sources.mapping import mapping_of, matching
from samsyn.statistics.sources.opening import opened
from samsyn.statistics.sources.settings import FileSettings
from tests.reference import shared

ROWS = [
    ("Ale", "kvinnor", "alla", 200, "50", 80.5),
    ("Ale", "män", "alla", 100, "..", 70),
    ("Ale", "kvinnor", "unga", 20, "1 000", 60),
    ("Åmål", "totalt", "alla", 300, None, 57),
]
COLUMNS = ("kommun", "kön", "grupp", "antal2022", "röster 2018", "andel2022")


@pytest.fixture
def database(tmp_path):
    def write(tables, name="votes.sqlite3"):
        path = tmp_path / name
        connection = sqlite3.connect(path)
        for table, (columns, rows) in tables.items():
            connection.execute(f'CREATE TABLE "{table}" ({", ".join(f"[{c}]" for c in columns)})')
            marks = ", ".join("?" for _ in columns)
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        connection.commit()
        connection.close()
        return opened(path)

    return write


def mapping(**more):
    told = {
        "table": "val",
        "area": "kommun",
        "sex": "kön",
        "where": {"grupp": "alla"},
        "values": [
            {
                "indicator": "turnout_municipal",
                "value": "andel{period}",
                "denominator": "antal{period}",
                "scale": 0.01,
            }
        ],
    }
    return {key: value for key, value in (told | more).items() if value is not None}


def read(file, told=None, **more):
    assert databases.recognises(file) is True
    return databases.read(file, FileSettings(mapping=told, **more))


def test_a_mapping_says_what_the_columns_are(database):
    (table,) = read(database({"val": (COLUMNS, ROWS)}), mapping(origin="Valmyndigheten", code="V1"))
    assert table.frame.columns == [
        "indicator", "area", "period", "sex", "age", "value", "status", "numerator", "denominator",
        "row",
    ]  # fmt: skip
    assert table.frame.rows() == [
        ("turnout_municipal", "Ale", "2022", "women", "total", 0.805, "ok", None, 200, 1),
        ("turnout_municipal", "Ale", "2022", "men", "total", 0.7, "ok", None, 100, 2),
        ("turnout_municipal", "Åmål", "2022", "total", "total", 0.57, "ok", None, 300, 4),
    ]
    about = table.provenance
    assert (about.origin, about.table, about.sheet) == ("Valmyndigheten", "V1", "val")


def test_numbers_may_be_text_and_signs_are_no_numbers(database):
    values = [{"grouping": "votes", "group": "cast", "value": "röster {period}"}]
    told = mapping(values=values, where=None, age="grupp", age_labels={"total": "alla"})
    (table,) = read(database({"val": (COLUMNS, ROWS)}), told)
    assert table.frame.rows() == [
        ("votes", "cast", "Ale", "2018", "women", "total", 50, "ok", 1),
        ("votes", "cast", "Ale", "2018", "men", "total", None, "missing", 2),
        ("votes", "cast", "Ale", "2018", "women", "unga", 1000, "ok", 3),
        ("votes", "cast", "Åmål", "2018", "total", "total", None, "missing", 4),
    ]


def test_a_numerator_from_a_share_or_from_a_column(database):
    share = {"indicator": "t", "value": "andel2022", "denominator": "antal2022", "scale": 0.01}
    file = database({"val": (COLUMNS, ROWS)})
    values = [share | {"numerator_from_share": True}]
    (table,) = read(file, mapping(values=values), period="2022")
    assert table.frame["numerator"].to_list() == pytest.approx([161, 70, 171])
    values = [share | {"numerator": "röster 2018"}]
    (table,) = read(file, mapping(values=values), period="2022")
    assert table.frame["numerator"].to_list() == [50, None, None]


def test_periods_may_stand_in_a_column(database):
    rows = [("0114", 2018, 5), ("0114", 2022, 6)]
    file = database({"t": (("kod", "valår", "n"), rows)})
    told = {"area": "kod", "period": "valår", "values": [{"indicator": "i", "value": "n"}]}
    (table,) = read(file, told)
    assert table.frame.select("area", "period", "sex", "value").rows() == [
        ("0114", "2018", "total", 5),
        ("0114", "2022", "total", 6),
    ]


def test_a_csv_with_columns_of_its_own(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text("Var;Hur många\n0114;1 234\n0115;..\n", "utf-8")
    assert isinstance(databases.recognises(opened(path)), str)
    (tmp_path / "odd.csv.mapping.toml").write_text(
        'area = "Var"\nvalues = [{ indicator = "i", value = "Hur många" }]', "utf-8"
    )
    (table,) = read(opened(path), period="2022")
    assert table.frame.select("area", "period", "value", "status", "row").rows() == [
        ("0114", "2022", 1234, "ok", 2),
        ("0115", "2022", None, "missing", 3),
    ]


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (mapping(area="ort"), r'table "val" has no column "ort", .* Its columns are: kommun, kön'),
        (mapping(values=[{"indicator": "i", "value": "x{period}"}]), r'no column "x{period}"'),
        (mapping(table="röster"), r'no table "röster": name one .* are: annat \(a\); val \(kommun'),
        (mapping(table=None), r"has several tables"),
        (mapping(where={"grupp": "äldre"}), r'"äldre" in column "grupp".* It has: "alla", "unga"'),
        (mapping(where=None), r"rows 1 and 3 are both of turnout_municipal, Ale, 2022, women"),
        (mapping(sex="grupp"), r'row 1, column "grupp" is "alla"|rows'),
        (mapping(values=[{"indicator": "i", "value": "andel2022"}]), r"names no period"),
        (mapping(values=[{"indicator": "i", "value": "kön"}], period="grupp"),
         r'row 1, column "kön" is "kvinnor"'),
        (mapping(values=[{"indicator": "i", "value": "andel{period}",
                          "denominator": "röster {period}"}]),
         r'has the column "andel2022" and lacks "röster 2022"'),
        (mapping(sort="x"), r'the mapping of votes.sqlite3 has an unknown key "sort"'),
        (mapping(area=None), r"must say which column holds the areas"),
        (mapping(values=[]), r"must list its columns of figures"),
        (mapping(values=[{"indicator": "i"}]), r"values 1 must name its column"),
        (mapping(values=[{"value": "v"}]), r"either an indicator, or a grouping and a group"),
        (mapping(values=[{"grouping": "g", "value": "v"}]), r"either an indicator"),
        (mapping(values=[{"indicator": "i", "value": "v", "scale": "1"}]), r"scale is '1'"),
        (mapping(values=[{"indicator": "i", "value": "v", "numerator_from_share": True}]),
         r"numerator_from_share needs a denominator"),
        (mapping(sex_labels={"woman": "kvinnor"}), r'sex_labels has "woman", and there are total'),
        (mapping(where={"grupp": 1}), r"where must be a table of texts"),
        (mapping(notes="x"), r"notes must be a list of texts"),
        (mapping(title=3), r"title must be text in quotation marks"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_is_told(database, told, message):
    tables = {"val": (COLUMNS, ROWS), "annat": (("a",), [(1,)])}
    with pytest.raises(InputError, match=message):
        read(database(tables), told)


def test_a_sex_that_is_none_and_an_area_that_is_not_there(database):
    file = database({"val": (COLUMNS, [("Ale", "okänt", "alla", 1, 2, 3)])})
    with pytest.raises(InputError, match=r'row 1, column "kön" is "okänt", which is no sex'):
        read(file, mapping())
    file = database({"val": (COLUMNS, [*ROWS, (None, "män", "alla", 1, 2, 3)])}, "b.sqlite3")
    with pytest.raises(InputError, match=r'row 5 has no area in column "kommun"'):
        read(file, mapping())


def test_a_database_that_no_mapping_fits_names_what_it_has(database):
    message = r'no mapping fits: val \(kommun, kön, .*match = "votes.sqlite3", mapping = { table'
    with pytest.raises(InputError, match=message):
        read(database({"val": (COLUMNS, ROWS)}))


def test_a_database_without_tables(database):
    file = database({"t": (("a",), [])})
    connection = sqlite3.connect(file.path)
    connection.execute("DROP TABLE t")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match=r"a database without tables"):
        read(opened(file.path))


def test_a_database_cut_off(database, tmp_path):
    whole = database({"val": (COLUMNS, ROWS * 400)}).path.read_bytes()
    cut = tmp_path / "cut.sqlite3"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"cut.sqlite3 cannot be read as an SQLite database"):
        read(opened(cut), mapping())


def test_a_mapping_beside_a_file_that_is_no_toml(database):
    file = database({"val": (COLUMNS, ROWS)})
    file.path.with_name("votes.sqlite3.mapping.toml").write_text("area =", "utf-8")
    with pytest.raises(InputError, match=r"votes.sqlite3.mapping.toml cannot be read as TOML"):
        read(file)


def test_a_geopackage_is_no_database_of_figures():
    path = shared("data", "geo", "deso_2018_dalarna.gpkg")
    assert databases.recognises(opened(path)) == "it is a GeoPackage"


@pytest.mark.parametrize(
    ("name", "columns", "periods"),
    [
        ("v{period}", ["v2018", "v2022", "w2018", "v"], ["2018", "2022"]),
        ("v{period}x", ["v2018x", "v2022"], ["2018"]),
        ("a.b{period}", ["aXb2018", "a.b2019-2020"], ["2019-2020"]),
        ("v", ["v", "v2018"], [""]),
        ("v", ["v2018"], []),
    ],
)
def test_a_name_with_a_period_stands_for_columns(name, columns, periods):
    found = matching(name, columns)
    assert list(found) == periods
    assert set(found.values()) <= set(columns)


def test_every_known_mapping_is_whole():
    known = databases.known_mappings()
    assert known
    for entry in known:
        assert entry.table
        assert entry.origin
        assert entry.code
        assert entry.title
        assert entry.licence


def test_the_mapping_in_the_manual_is_one():
    from samsyn.statistics.sources import mapping as described

    text = described.__doc__.partition("\n\n")[2].partition("In samsyn.toml")[0]
    assert mapping_of(tomllib.loads(text), "the manual").values[0].scale == 0.01


AGE = ("data", "scb_turnout", "municipality_eligibleVotersAge.sqlite3")
EDUCATION = ("data", "scb_turnout", "municipality_eligibleVotersEducation.sqlite3")
SEXES = {"totalt": "total", "kvinnor": "women", "män": "men"}


def test_real_turnout_row_by_row():
    path = shared(*AGE)
    (table,) = read(opened(path))
    found = {
        (row["area"], row["period"], row["sex"], row["age"]): row for row in table.frame.to_dicts()
    }
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT * FROM eligibleVotersAge").fetchall()
    connection.close()
    assert len(found) == table.frame.height == 2 * len(rows) == 8700
    for at, area, sex, age, then, now, percent_then, percent_now in rows:
        whose = "total" if age == "samtliga åldrar" else age
        for period, entitled, percent in (("2018", then, percent_then), ("2022", now, percent_now)):
            row = found[area, period, SEXES[sex], whose]
            assert row["row"] == at
            if percent == "..":
                assert (row["value"], row["status"], row["numerator"]) == (None, "missing", None)
                continue
            assert row["value"] == percent / 100
            assert row["denominator"] == entitled
            assert row["numerator"] == pytest.approx(percent * entitled / 100)


def test_real_totals_are_the_weighted_parts_within_the_rounding():
    (table,) = read(opened(shared(*AGE)))
    frame = table.frame.drop_nulls("value")
    assert table.frame.height - frame.height == 45
    for whole, parts in (
        (frame.filter(sex="total"), frame.filter(frame["sex"] != "total")),
        (frame.filter(age="total"), frame.filter(frame["age"] != "total")),
    ):
        left = "age" if whole["sex"].n_unique() == 1 else "sex"
        key = ["area", "period", left]
        sums = parts.group_by(key).agg(pl.sum("numerator", "denominator"))
        both = whole.join(sums, on=key, suffix="_of_parts").drop_nulls()
        assert both.height == whole.height
        assert (both["denominator"] == both["denominator_of_parts"]).all()
        share = both["numerator_of_parts"] / both["denominator_of_parts"]
        # Two roundings to whole per cent differ by one at most; one figure of the source does not.
        apart = (share - both["value"]).abs()
        assert (apart > 0.01).sum() <= 1
        assert apart.max() < 0.011


def test_real_turnout_by_education_says_the_same_in_total():
    (by_age,) = read(opened(shared(*AGE)))
    (by_education,) = read(opened(shared(*EDUCATION)))
    key = ["indicator", "area", "period", "sex", "age"]
    columns = [*key, "value", "status", "numerator", "denominator"]
    total = by_age.frame.filter(by_age.frame["age"] == "total").select(columns)
    assert total.sort(key).equals(by_education.frame.select(columns).sort(key))
    assert total["area"].n_unique() == 290
    assert by_education.provenance.table == "ME0105"
