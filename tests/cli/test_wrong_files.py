"""Whoever gives a wrong file is told what is wrong, where, what was kept and what to do."""

from __future__ import annotations

import hashlib
import shutil

import polars as pl
import pytest
import xlsxwriter

from samsyn.statistics.release.store import Store
from tests.cli import downloads
from tests.cli.downloads import DESO, FIRST, GROUPS, background, cells, edited, links, renamed
from tests.releases import built_once

TIDY = "area,indicator,period,value\n"
COUNTED = "area,grouping,group,period,value\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with the table that says which area lies in which."""
    made = tmp_path / "downloads"
    made.mkdir()
    links(made / "links.csv")
    return made


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A store with a good release, which is current."""
    made = tmp_path_factory.mktemp("good")
    links(made / "links.csv")
    background(made / "background.xlsx")
    return built_once(tmp_path_factory.mktemp("stores"), "good", [made])


@pytest.fixture
def store(tmp_path, good):
    """The same for a test of its own."""
    shutil.copytree(good.path, tmp_path / "store")
    return Store(tmp_path / "store")


def everything_in(store):
    """Checksums of all files of a store that say something."""
    return {
        path.relative_to(store.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in store.path.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


@pytest.fixture
def build(samsyn, store):
    """Build from paths into the store."""

    def run(*paths, options=()):
        return samsyn("release", "build", *paths, "--store", store.path, "--name", "new", *options)

    return run


@pytest.fixture
def refused(build, store):
    """Build what must not become a release; everything that was said."""

    def run(*paths, options=()):
        before = everything_in(store)
        outcome = build(*paths, options=options)
        assert outcome.code != 0
        assert "Traceback" not in outcome.err
        assert "fault in Samsyn" not in outcome.err
        assert everything_in(store) == before
        assert store.current() == "good"
        return outcome.out + outcome.err

    return run


@pytest.fixture
def built(build, store):
    """Build what can become a release; everything that was said, and its folder."""

    def run(*paths, options=()):
        outcome = build(*paths, options=options)
        assert outcome.code == 0, outcome.out + outcome.err
        assert store.current() == "new"
        return outcome.out + outcome.err, store.folder("new")

    return run


def tidy(folder, rows, heading=TIDY, name="figures.csv", encoding="utf-8"):
    (folder / name).write_bytes((heading + rows).encode(encoding))
    return folder


def counts(release, grouping="background"):
    return pl.read_parquet(release / "counts" / f"{grouping}.parquet")


# --- files that are damaged or something else -----------------------------------------------------


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_a_workbook_that_is_cut_off(refused, built, folder, part):
    whole = background(folder / "background.xlsx").read_bytes()
    (folder / "background.xlsx").write_bytes(whole[: int(part * len(whole))])
    said = refused(folder)
    assert "background.xlsx cannot be read as Excel" in said
    assert "cut off or damaged" in said
    assert "Fetch or save it again" in said
    # Beside a file that is whole, the rest is built and the cut one is told of.
    tidy(folder, "1488,rental_share,2022,0.4\n")
    said, release = built(folder)
    assert "background.xlsx cannot be read as Excel" in said.split("Not read:")[1]
    assert not (release / "counts").exists()


def test_a_workbook_that_is_named_and_cut_off_stops_the_build(refused, built, folder):
    path = background(folder / "background.xlsx")
    path.write_bytes(path.read_bytes()[:2000])
    other = tidy(folder, "1488,rental_share,2022,0.4\n") / "figures.csv"
    said = refused(path, other)
    assert said.count("background.xlsx cannot be read") == 1
    assert "Nothing was built" in said
    assert "--allow-unread" in said
    said, _ = built(path, other, options=["--allow-unread"])
    assert "background.xlsx cannot be read" in said


def test_a_csv_that_is_cut_off_in_a_row(refused, folder):
    rows = "1488,rental_share,2022,0.4\n1487,rental_share,2022,0.35\n1480,rental_sh"
    said = refused(tidy(folder, rows))
    assert "figures.csv: row 4 has 2 of the header's 4 cells" in said
    assert "cut off" in said


def test_a_workbook_of_other_things(refused, folder):
    book = xlsxwriter.Workbook(str(folder / "budget.xlsx"))
    for name in ("Budget 2022", "Noter"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Post", "Belopp"])
        sheet.write_row(1, 0, ["Hyra", 100])
    book.close()
    said = refused(folder)
    assert "budget.xlsx is not recognised" in said
    assert 'sheet "Budget 2022"' in said
    assert 'sheet "Noter"' in said
    assert "skip = true" in said


def test_the_right_table_on_the_second_sheet_is_found(built, folder, tmp_path):
    path = background(tmp_path / "one.xlsx")
    source = downloads.openpyxl.load_workbook(path)
    book = downloads.openpyxl.Workbook()
    book.active.title = "Läs mig"
    book.active["A1"] = "Tabellen är på nästa blad"
    sheet = book.create_sheet("Tabell")
    for row in source.worksheets[0].iter_rows(values_only=True):
        sheet.append(row)
    book.save(folder / "two.xlsx")
    source.close()
    book.close()
    _, release = built(folder)
    assert counts(release).filter(area=f"deso/2018/{FIRST}").height == 2


def test_an_empty_file(refused, folder):
    (folder / "figures.csv").write_bytes(b"")
    assert "figures.csv is empty" in refused(folder)


# --- headings -------------------------------------------------------------------------------------


def test_a_group_that_was_renamed(refused, built, folder):
    made = renamed(cells(), "utländsk bakgrund", "utländsk bakgr.")
    background(folder / "b.xlsx", made, groups=[GROUPS[0], "utländsk bakgr.", GROUPS[2]])
    said = refused(folder)
    assert "b.xlsx: this seems to be the table" in said
    assert 'lacks "utländsk bakgrund"' in said
    assert 'has "utländsk bakgr.", which the catalogue does not know' in said
    assert "export the table again" in said
    tidy(folder, "1488,rental_share,2022,0.4\n")
    said, release = built(folder)
    assert "warning: b.xlsx: this seems to be the table" in said
    findings = pl.read_parquet(release / "findings.parquet")
    assert findings.filter(file="b.xlsx", severity="warning").height == 1


def test_a_column_that_was_dropped(refused, folder):
    background(folder / "b.xlsx", groups=[GROUPS[0], GROUPS[2]])
    said = refused(folder)
    assert 'lacks "utländsk bakgrund"' in said
    assert "column taken away" in said


def test_a_group_beside_those_that_are_known(built, folder):
    made = dict(cells())
    for deso in DESO:
        made[deso, "2022", "okänd bakgrund", "totalt"] = 1
    background(folder / "b.xlsx", made, groups=[*GROUPS, "okänd bakgrund"])
    said, release = built(folder)
    assert 'warning: b.xlsx: the catalogue does not know "okänd bakgrund"' in said
    assert set(counts(release)["group"]) == {"swedish", "foreign"}


def test_a_title_that_was_taken_away_is_not_needed(built, store, folder):
    background(folder / "b.xlsx")
    edited(folder / "b.xlsx", lambda sheet: sheet.delete_rows(1))
    _, release = built(folder)
    assert counts(release).equals(counts(store.folder("good")))


def test_a_heading_that_was_emptied(refused, folder):
    def empty(sheet):
        assert sheet.cell(4, 3).value == GROUPS[1]
        sheet.cell(4, 3).value = None
        sheet.cell(5, 3).value = None

    background(folder / "b.xlsx")
    edited(folder / "b.xlsx", empty)
    said = refused(folder)
    assert "b.xlsx: row 5, column C has no heading above its values" in said


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_numbers_as_text_with_spaces_work(built, store, folder, space):
    def spaced(sheet):
        for row in sheet.iter_rows(min_row=downloads.HEADING + 1, min_col=2, max_col=4):
            for cell in row:
                if cell.value is not None:
                    cell.value = f"{cell.value:,}".replace(",", space) + " "

    background(folder / "b.xlsx")
    edited(folder / "b.xlsx", spaced)
    _, release = built(folder)
    assert counts(release).equals(counts(store.folder("good")))


def test_a_word_among_the_numbers(refused, folder):
    background(folder / "b.xlsx")
    edited(folder / "b.xlsx", lambda sheet: sheet.cell(7, 3, "många"))
    said = refused(folder)
    assert 'b.xlsx: row 7, column C ("2022, utländsk bakgrund, totalt") is "många"' in said
    assert "Write the number, or .. where there is none" in said


def test_a_negative_count(refused, folder):
    made = dict(cells())
    made[FIRST, "2022", "utländsk bakgrund", "totalt"] = -5
    background(folder / "b.xlsx", made)
    said = refused(folder)
    assert (
        "error: b.xlsx, row 6: the count of background of deso/2018/1480A0011 in 2022 is -5" in said
    )
    assert "never below 0" in said


@pytest.mark.parametrize(
    ("heading", "row", "message"),
    [
        (
            TIDY,
            "1488,rental_share,2022,1.4",
            "rental_share of municipality/2025/1488 in 2022 is 1.4",
        ),
        (TIDY, "1488,rental_share,2022,14", "divide a percentage by 100"),
        (TIDY, "1488,rental_share,2022,-0.1", "a share is between 0 and 1"),
        (TIDY, "1488,population,2022,-3", "a count is never below 0"),
        (COUNTED, "1488,background,foreign,2022,-3", "a count is never below 0"),
    ],
)
def test_a_value_that_cannot_be(refused, folder, heading, row, message):
    good = "1487,rental_share,2022,0.4\n" if heading == TIDY else ""
    said = refused(tidy(folder, f"{good}{row}\n", heading))
    line = 3 if good else 2
    assert f"error: figures.csv, row {line}: " in said
    assert message in said


def test_percentages_of_a_table_above_100(refused, folder):
    from tests.statistics.sources.exports import NOTES, write_export

    labels = [
        "Låg ekonomisk standard, procent", "Hög ekonomisk standard, procent",
        "Antal personer totalt",
    ]  # fmt: skip
    made = {
        (deso, label, "2022", "totalt ålder"): number
        for deso in DESO
        for label, number in zip(labels, (12, 21, 800), strict=True)
    }
    made[FIRST, labels[0], "2022", "totalt ålder"] = 120
    write_export(
        folder / "standard.xlsx",
        {"region": list(DESO)},
        {"tabellinnehåll": labels, "år": ["2022"], "ålder": ["totalt ålder"]},
        made,
        subject="Låg resp. hög ekonomisk standard",
        notes=["000006TA" if note == "00000XYZ" else note for note in NOTES],
    )
    said = refused(folder)
    assert "is 120, and a percentage is between 0 and 100" in said


def test_groups_that_are_more_than_the_total(refused, folder):
    made = dict(cells())
    made[FIRST, "2022", "svensk bakgrund", "totalt"] = 9000
    background(folder / "b.xlsx", made)
    said = refused(folder)
    assert "the groups of background are more than the table's total" in said
    assert f"deso/2018/{FIRST}" in said


# --- areas ----------------------------------------------------------------------------------------


def test_a_code_that_does_not_exist(refused, folder):
    deso = ["1480A9990", *list(DESO)[1:]]
    background(folder / "b.xlsx", renamed(cells(), FIRST, "1480A9990"), deso)
    said = refused(folder)
    assert 'b.xlsx, row 6 (3 values): "1480A9990" is no known area' in said
    assert "Nearest: 1480A00" in said
    # And the one that should have stood there is missed.
    assert f'warning: b.xlsx lacks 1 of 18 areas of deso/2018: "{FIRST}"' in said


def test_a_municipality_that_does_not_exist_is_told_where_nothing_says_what_there_is(built, folder):
    deso = ["1450A0010", *list(DESO)[1:]]
    path = background(folder / "b.xlsx", renamed(cells(), FIRST, "1450A0010"), deso)
    said, _ = built(path)
    assert 'There is no municipality "1450" in Sweden today, of "1450A0010"' in said


def test_a_municipality_that_is_missing_is_told_by_its_name(built, folder):
    background(folder / "b.xlsx", deso=[code for code in DESO if code[:4] != "1487"])
    said, release = built(folder)
    assert 'warning: b.xlsx lacks all deso areas of the municipalities "1487 Vänersborg"' in said
    assert "Larger areas that hold them get no value" in said
    found = counts(release)
    assert not found["area"].str.contains("1487").any()
    assert found.filter(area="municipality/2025/1488").height == 2


def test_a_municipality_that_no_file_has_is_missed_too(built, folder):
    from samsyn.statistics.areas.sweden import MUNICIPALITIES

    codes = [code for of in MUNICIPALITIES.values() for code in sorted(of) if code != "1488"]
    rows = "".join(f"{code},rental_share,2022,0.4\n" for code in codes)
    said, _ = built(tidy(folder, rows) / "figures.csv")
    assert 'figures.csv lacks the municipalities "1488"' in said


def test_a_county_is_not_made_of_some_of_its_municipalities(built, folder):
    background(folder / "b.xlsx")
    said, release = built(folder)
    assert "Only a part of Sweden is in these files (3 of 290 municipalities)" in said
    kinds = set(counts(release)["area"].str.split("/").list.first())
    assert kinds == {"deso", "regso", "municipality"}


def test_a_regso_that_is_spelled_differently_is_found_and_told(built, folder):
    rows = (
        "Trollhättan (Trollhattan  NORRA),rental_share,2022,0.4\n"
        "Trollhättan (Trollhättan södra),rental_share,2022,0.3\n"
    )
    said, release = built(tidy(folder, rows))
    assert (
        'names and codes mended to find their areas (1): "Trollhättan (Trollhattan  NORRA)"' in said
    )
    found = pl.read_parquet(release / "observations/rental_share.parquet")
    assert found.filter(area="regso/2020/1488R001")["value"].to_list() == [0.4]


def test_a_regso_that_is_in_no_municipality(refused, folder):
    rows = (
        "Trollhättan (Trollhättan södra),rental_share,2022,0.3\n"
        "Vänersborg (Storgården),rental_share,2022,0.2\n"
    )
    said = refused(tidy(folder, rows))
    assert 'figures.csv, row 3: "Vänersborg (Storgården)" is no known area' in said
    assert "Its values were left out" in said


def test_names_without_anything_that_says_which_areas_there_are(refused, folder):
    path = tidy(folder, "Narnia,rental_share,2022,0.4\n") / "figures.csv"
    said = refused(path)
    assert 'figures.csv, row 2: "Narnia" is no known area' in said
    # Beside figures of areas that are known, they are not let go silently either.
    tidy(folder, "1488,turnout_riksdag,2022,0.8\n", name="turnout.csv")
    said = refused(folder)
    assert 'error: figures.csv, row 2: "Narnia" is no known area' in said


# --- the same again, or other than another --------------------------------------------------------


def test_an_area_twice_in_a_workbook(refused, folder):
    def doubled(sheet):
        sheet.insert_rows(7)
        for column in range(1, 5):
            sheet.cell(7, column).value = sheet.cell(6, column).value

    background(folder / "b.xlsx")
    edited(folder / "b.xlsx", doubled)
    said = refused(folder)
    assert f'b.xlsx: rows 6 and 7 both say "{FIRST}"' in said


def test_a_value_twice_in_a_tidy_table(refused, folder):
    rows = "1488,rental_share,2022,0.4\n1487,rental_share,2022,0.4\n1488,rental_share,2022,0.5\n"
    said = refused(tidy(folder, rows))
    assert "one value stands more than once" in said
    assert "municipality/2025/1488 in 2022 (rows 2 and 4)" in said


def test_a_file_of_another_year_among_the_others(refused, folder):
    """Municipalities a third larger than the areas in them: of 2022, it is said."""
    made = cells()
    rows = ""
    for code in downloads.MUNICIPALITIES:
        for group, label in (("swedish", GROUPS[0]), ("foreign", GROUPS[1])):
            of = [n for (deso, _, name, _), n in made.items() if deso[:4] == code and name == label]
            rows += f"{code},background,{group},2022,{round(1.3 * sum(of))}\n"
    background(folder / "b.xlsx")
    said = refused(tidy(folder, rows, COUNTED))
    assert "background: 6 of 6 published counts are not the sum of the areas in them" in said
    assert "published in figures.csv" in said
    assert "summed in b.xlsx" in said
    assert "is a file of another year?" in said


def test_two_files_that_say_the_same_differently(built, folder):
    tidy(folder, "1488,rental_share,2022,0.4\n", name="one.csv")
    tidy(folder, "1488,rental_share,2022,0.5\n", name="two.csv")
    said, _ = built(folder)
    assert "one.csv" in said.split("Findings")[1]
    assert "two.csv" in said.split("Findings")[1]
    assert "differ in" in said


# --- tidy tables ----------------------------------------------------------------------------------


def test_an_indicator_that_is_misspelt(refused, folder):
    said = refused(tidy(folder, "1488,rental_shar,2022,0.4\n"))
    assert 'the indicator "rental_shar" is not in the catalogue' in said
    assert 'Is "rental_share" meant?' in said


def test_a_table_without_periods(refused, built, folder):
    path = tidy(folder, "1488,rental_share,0.4\n", "area,indicator,value\n")
    said = refused(path)
    assert 'figures.csv has no column "period"' in said
    assert 'period = "2022"' in said
    (folder / "samsyn.toml").write_text('[[file]]\nmatch = "figures.csv"\nperiod = "2022"\n')
    _, release = built(folder)
    found = pl.read_parquet(release / "observations/rental_share.parquet")
    assert found["period"].to_list() == ["2022"]


def test_a_latin_1_table_with_semicolons_and_commas_works(built, folder):
    rows = "Trollhättan;rental_share;2022;0,4\nGöteborg;rental_share;2022;0,55\n"
    tidy(folder, rows, "område;indikator;år;värde\n", encoding="latin-1")
    _, release = built(folder)
    found = pl.read_parquet(release / "observations/rental_share.parquet")
    assert dict(found.select("area", "value").iter_rows()) == {
        "municipality/2025/1488": 0.4,
        "municipality/2025/1480": 0.55,
    }


# --- folders and settings -------------------------------------------------------------------------


def test_an_empty_folder(refused, tmp_path):
    (tmp_path / "nothing").mkdir()
    said = refused(tmp_path / "nothing")
    assert "nothing to make a release of" in said
    assert "There is no file to read" in said


def test_a_folder_of_unknown_files_only(refused, tmp_path):
    made = tmp_path / "other"
    made.mkdir()
    (made / "minutes.docx").write_bytes(b"PK\x03\x04")
    (made / "list.csv").write_text("hej,du\n1,2\n", encoding="utf-8")
    said = refused(made)
    assert "nothing that can be read" in said
    assert "list.csv is not recognised" in said
    assert "Passed over by their names or by samsyn.toml: minutes.docx" in said


def test_areas_alone_make_no_release(refused, folder):
    assert "no figures that Samsyn knows" in refused(folder)


def test_nothing_new_from_an_older_release(refused, tmp_path):
    (tmp_path / "nothing").mkdir()
    said = refused(tmp_path / "nothing", options=["--from", "good"])
    assert "nothing that can be read" in said


def test_a_path_that_does_not_exist(refused, tmp_path):
    said = refused(tmp_path / "nowhere")
    assert f"'{tmp_path / 'nowhere'}' does not exist" in said


def test_a_setting_that_is_misspelt(refused, folder):
    background(folder / "b.xlsx")
    (folder / "samsyn.toml").write_text('pubisher = "Mitt län"\n', encoding="utf-8")
    said = refused(folder)
    assert 'samsyn.toml has an unknown setting "pubisher"' in said
    assert "publisher" in said.split("The settings are")[1]


def test_settings_that_are_no_toml(refused, folder):
    background(folder / "b.xlsx")
    (folder / "samsyn.toml").write_text('publisher = "Mitt län\n', encoding="utf-8")
    said = refused(folder)
    assert "samsyn.toml cannot be read as TOML" in said
    assert "line 1" in said


def test_settings_for_a_file_that_is_not_there(built, folder):
    background(folder / "b.xlsx")
    text = '[[file]]\nmatch = "backgrund.xlsx"\nlicence = "CC0"\n'
    (folder / "samsyn.toml").write_text(text, encoding="utf-8")
    said, _ = built(folder)
    assert '[[file]] 1 matches no file: match = "backgrund.xlsx"' in said
