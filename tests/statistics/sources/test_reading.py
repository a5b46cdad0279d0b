"""Folders read whole, with their settings."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest

from samsyn.measure import InputError
from samsyn.statistics.sources import read
from samsyn.statistics.sources.custom_areas import plain_name
from samsyn.statistics.sources.forms import AreaLayer, Cube, Links
from tests.reference import shared

TIDY = "area,indicator,period,value\n0114,x,2022,5\n"
CUBE = "region,år,value\n0114,2021,5\n"


@pytest.fixture
def folder(tmp_path):
    """A folder to be filled with {name: text or bytes}."""

    def fill(files):
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return fill


def test_all_of_the_real_data_is_read_and_what_is_not_is_said():
    reading = read([shared("data")])
    read_files = {material.provenance.file for material in reading.materials}
    said = {unread.file: unread.reason for unread in reading.unread}
    for name in (
        "scb_deso_2022/000005F8_20240813-152932.xlsx", "geo/regso_2025.gpkg",
        "scb_regso/koppling_deso2018_regso2020.csv", "kolada_stockholm/alla_invanare.xlsx",
        "api/px_files/TAB001.px", "api/scb_pxwebapi2_recorded/TAB6471_data.json",
        "scb_turnout/municipality_eligibleVotersAge.sqlite3", "counties.csv",
    ):  # fmt: skip
        assert name in read_files
    assert "is not recognised" in said["standards/360giving/360-giving-schema.json"]
    assert "is not recognised" in said["standards/360giving/codelists/currency.csv"]
    assert not any(name.startswith(("geo/", "scb_")) for name in said)
    assert "SOURCES.md" in reading.passed_over
    everything = {p.relative_to(shared("data")).as_posix() for p in shared("data").rglob("*")}
    files = {name for name in everything if (shared("data") / name).is_file()}
    assert files == {*read_files, *said, *reading.passed_over}
    assert reading.repeated == ()
    assert not reading.fictional


def test_folders_in_folders_and_what_is_passed_over(folder):
    path = folder(
        {
            "a.csv": TIDY,
            "sub/deep/b.csv": CUBE,
            "notes.md": "hej",
            "x.txt": "1",
            "~$a.xlsx": b"lock",
            ".hidden.csv": TIDY,
            ".git/c.csv": TIDY,
        }
    )
    reading = read([path])
    assert [m.provenance.file for m in reading.materials] == ["a.csv", "sub/deep/b.csv"]
    assert reading.unread == ()
    assert set(reading.passed_over) == {"notes.md", "x.txt"}


def test_a_failing_file_does_not_stop_the_others(folder):
    path = folder({
        "a.csv": "area,indicator,period,value\n0114,x,2022,fem\n", "b.xlsx": b"PK\x03\x04 cut",
        "c.csv": "", "d.csv": CUBE, "e.gpkg": b"not one", "f.parquet": b"PAR1",
    })  # fmt: skip
    reading = read([path])
    assert [type(m) for m in reading.materials] == [Cube]
    said = {unread.file: unread.reason for unread in reading.unread}
    assert set(said) == {"a.csv", "b.xlsx", "c.csv", "e.gpkg", "f.parquet"}
    assert '"fem"' in said["a.csv"]
    assert "cut off or damaged" in said["b.xlsx"]
    assert "c.csv is empty" in said["c.csv"]
    assert "cut off or damaged" in said["f.parquet"]
    for name, reason in said.items():
        assert reason.startswith(name), reason


def test_the_same_file_twice_is_read_once(folder):
    path = folder({"a.csv": CUBE, "copy.csv": CUBE, "other.csv": TIDY})
    reading = read([path])
    assert len(reading.materials) == 2
    assert reading.repeated == (("copy.csv", "a.csv"),)


def test_several_paths_and_single_files(folder):
    path = folder({"a/t.csv": CUBE, "b/t.csv": TIDY, "c.csv": CUBE.replace("5", "6")})
    reading = read([path / "a", path / "b", path / "c.csv"])
    assert [m.provenance.file for m in reading.materials] == ["a/t.csv", "b/t.csv", "c.csv"]
    with pytest.raises(InputError, match="There is no file or folder .*nowhere"):
        read([path / "nowhere"])


def test_progress_is_told_file_by_file(folder):
    told = []
    read([folder({"a.csv": CUBE, "b.csv": TIDY})], lambda share, what: told.append((share, what)))
    assert told == [(0.0, "a.csv"), (0.5, "b.csv")]


def test_a_file_is_known_by_its_content_and_not_its_name(folder):
    source = shared("data", "geo", "lan.parquet")
    path = folder({})
    shutil.copy(source, path / "x.pq")
    shutil.copy(shared("data", "scb_regso", "regso_tenure_2020_2023.csv"), path / "y.tab")
    kinds = {m.provenance.file: type(m) for m in read([path]).materials}
    assert kinds == {"x.pq": AreaLayer, "y.tab": Cube}


def test_provenance_of_a_file(folder):
    path = folder({"a.csv": CUBE})
    os.utime(path / "a.csv", (1_700_000_000, 1_700_000_000))
    (found,) = read([path]).materials
    about = found.provenance
    assert about.sha256 == hashlib.sha256(CUBE.encode()).hexdigest()
    assert about.retrieved == "2023-11-14T22:13:20+00:00"
    assert (about.origin, about.licence, about.table) == ("not told", None, None)


def beside(content, **told):
    return json.dumps({"sha256": hashlib.sha256(content.encode()).hexdigest(), **told})


def test_what_was_written_when_a_file_was_fetched(folder):
    path = folder({
        "a.csv": CUBE,
        "a.csv.provenance.json": beside(
            CUBE, address="https://example.org/x", retrieved="2026-01-01T00:00:00Z",
            licence="CC0", origin="SCB", table="TAB1",
        ),
    })  # fmt: skip
    (found,) = read([path]).materials
    about = found.provenance
    assert (about.address, about.retrieved) == ("https://example.org/x", "2026-01-01T00:00:00Z")
    assert (about.licence, about.origin, about.table) == ("CC0", "SCB", "TAB1")


def test_a_file_that_changed_since_it_was_fetched(folder):
    path = folder({"a.csv": CUBE, "a.csv.provenance.json": beside(TIDY)})
    (unread,) = read([path]).unread
    assert "a.csv is not as it was fetched" in unread.reason
    folder({"a.csv.provenance.json": "nej"})
    (unread,) = read([path]).unread
    assert "a.csv.provenance.json cannot be read" in unread.reason


def test_settings_hold_for_their_folder_and_those_in_it(folder):
    path = folder(
        {
            "samsyn.toml": 'publisher = "Yttre"\nlicence = "CC0"\nfictional = true\n'
            '[[file]]\nmatch = "*.csv"\ntable = "ALLA"\n'
            '[[file]]\nmatch = "in/b.csv"\ntable = "B"\n',
            "a.csv": CUBE,
            "in/b.csv": TIDY,
            "in/c.csv": CUBE + "0180,2021,7\n",
            "in/d.csv": CUBE + "0181,2021,7\n",
            "in/samsyn.toml": 'publisher = "Inre"\n[[file]]\nmatch = "d.csv"\nskip = true\n',
        }
    )
    reading = read([path])
    about = {m.provenance.file: m.provenance for m in reading.materials}
    assert {name: (p.origin, p.licence, p.table) for name, p in about.items()} == {
        "a.csv": ("Yttre", "CC0", "ALLA"),
        "in/b.csv": ("Inre", "CC0", "B"),
        "in/c.csv": ("Inre", "CC0", "ALLA"),
    }
    assert reading.passed_over == ("in/d.csv",)
    assert reading.fictional
    single = read([path / "a.csv"])
    assert single.materials[0].provenance.origin == "Yttre"


def test_what_a_file_says_of_itself_goes_before_what_is_set(folder):
    path = folder({"samsyn.toml": 'publisher = "Någon"\nlicence = "CC BY 4.0"\n'})
    shutil.copy(shared("data", "scb_regso", "regso2020_omradestyp_2022.csv"), path / "a.csv")
    about = read([path]).materials[0].provenance
    assert (about.origin, about.table, about.licence) == ("SCB", "000005QX", "CC BY 4.0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("publisher = 5", "in/samsyn.toml: publisher must be text in quotation marks"),
        ('publisers = "x"', 'in/samsyn.toml has an unknown setting "publisers". The settings are'),
        ('[[file]]\nperiod = "2022"', 'in/samsyn.toml: [[file]] 1 lacks "match"'),
        ('[[file]]\nmatch = "a"\nperiode = "1"', '[[file]] 1 has an unknown setting "periode"'),
        ('[[file]]\nmatch = "a"\nperiod = 2022', "[[file]] 1: period must be text in quotation"),
        ('[[file]]\nmatch = "a"\nkind = "ort"', 'kind is "ort" and must be one of deso, regso'),
        ('[file]\nmatch = "a"', "write [[file]] with two brackets"),
        ('[[custom]]\nname = "x"', '[[custom]] 1 lacks "municipality"'),
        ("publisher = ", "in/samsyn.toml cannot be read as TOML"),
    ],
)
def test_settings_that_are_wrong_are_named(folder, text, said):
    path = folder({"in/samsyn.toml": text, "a.csv": CUBE})
    with pytest.raises(InputError) as error:
        read([path])
    assert said in str(error.value)


CUSTOM = """
[[custom]]
name = "Kronogården"
municipality = "1488"
vintage = "{vintage}"
members = [{members}]
"""


def custom(members, vintage="2018"):
    return CUSTOM.format(vintage=vintage, members=", ".join(f'"{m}"' for m in members))


def test_areas_of_ones_own(folder):
    text = custom(["1488A0010", "1488A0020"]) + custom(["1488R001"]).replace("Kro", "Stora kro")
    layer, by_deso, by_regso = read([folder({"samsyn.toml": text})]).materials
    assert isinstance(layer, AreaLayer)
    assert (layer.kind, layer.vintage) == ("custom", "2018")
    assert layer.frame.rows() == [
        ("1488-kronogarden", "Kronogården", "1488"),
        ("1488-stora-kronogarden", "Stora kronogården", "1488"),
    ]
    assert isinstance(by_deso, Links)
    assert (by_deso.source, by_deso.target) == (("deso", "2018"), ("custom", "2018"))
    assert by_deso.frame.rows() == [
        ("1488A0010", "1488-kronogarden"), ("1488A0020", "1488-kronogarden"),
    ]  # fmt: skip
    assert isinstance(by_regso, Links)
    assert (by_regso.source, by_regso.target) == (("regso", "2020"), ("custom", "2018"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (custom(["1488X"]), 'the member "1488X" is no code of a DeSO or a RegSO'),
        (custom(["1480A0010"]), "1480A0010 lies in municipality 1480, not in 1488"),
        (custom(["1488A0010", "1488R001"]), "has both DeSO and RegSO as members"),
        (custom(["1488A0010"], "2020"), 'vintage is "2020", but deso has 2018 and 2025'),
        (custom(["1488A0010"]) * 2, "has the municipality and the name of another"),
        (custom([]), "members is a list of DeSO or RegSO codes"),
    ],
)
def test_areas_of_ones_own_that_are_wrong(folder, text, said):
    with pytest.raises(InputError) as error:
        read([folder({"samsyn.toml": text})])
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Kronogården", "kronogarden"), ("Södra Lextorp/Öst", "sodra-lextorp-ost"), ("É & Ü", "e-u")],
)
def test_names_in_plain_letters(name, plain):
    assert plain_name(name) == plain


def test_entering_the_door_imports_nothing_heavy():
    heavy = "{'pyogrio', 'shapely', 'duckdb', 'httpx', 'scipy', 'geopandas', 'pandas'}"
    script = f"import sys, samsyn.statistics.sources; print({heavy} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "set()"
