"""Figures in other formats: each read back by a reader of that format, and the same figures."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import polars as pl
import pytest

from samsyn.statistics.sources import read
from tests.api.asking import figures, got

TABLES = "/api/v2/tables"
# A table with values that are missing and secret, one with parts, counts, indices, large numbers.
SELECTIONS = {
    "distrust_share": "valuecodes[Region]=*&valuecodes[Tid]=*&valuecodes[ContentsCode]=*",
    "turnout_riksdag": "valuecodes[Region]=top(4)&valuecodes[Kon]=*&valuecodes[Tid]=*"
    "&valuecodes[ContentsCode]=*",
    "counts-education": "valuecodes[Region]=bottom(80)&valuecodes[Grupp]=*&valuecodes[Tid]=2019"
    "&valuecodes[ContentsCode]=count",
    "indices-tenure-evenness": "valuecodes[Region]=*&valuecodes[Enhet]=deso/2018"
    "&valuecodes[Index]=gini,minmax&valuecodes[Grupp]=*&valuecodes[Tid]=top(3)"
    "&valuecodes[ContentsCode]=value,expected",
}
STATUS = {":": "missing", "z": "not_applicable", "c": "secret", "e": "estimated"}


@pytest.fixture(params=SELECTIONS)
def asked(request, demo_site):
    """The address of a selection, and its figures as JSON-stat has them."""
    address = f"{TABLES}/{request.param}/data?{SELECTIONS[request.param]}"
    return address, got(demo_site, address)


def taken(client, address, form, more=""):
    answer = client.get(f"{address}&outputFormat={form}{more}")
    assert answer.status_code == 200, answer.content
    assert f".{form}" in answer["Content-Disposition"]
    return answer


def test_px(demo_site, asked, tmp_path):
    address, dataset = asked
    content = taken(demo_site, address, "px").content
    (tmp_path / "table.px").write_bytes(content)
    reading = read([tmp_path])
    assert not reading.unread
    (cube,) = reading.materials
    expected = figures(dataset)
    ids = dataset["id"]
    labels = [dataset["dimension"][name]["label"] for name in ids]
    assert list(cube.dimensions) == labels
    assert cube.frame.height == len(expected)
    columns = [f"{label}.code" for label in labels]
    for row in cube.frame.iter_rows(named=True):
        value, sign = expected[tuple(row[column] for column in columns)]
        assert row["value"] == value
        if value is None:
            # Of a cell that the release tells nothing of, a PX file says that it is missing.
            assert row["status"] == STATUS.get(sign, "missing")
    assert cube.provenance.table == dataset["extension"]["px"]["tableid"]
    assert cube.provenance.title == dataset["label"]
    assert cube.provenance.origin == dataset["source"]
    assert any("Samsyn" in note for note in cube.provenance.notes)


def test_a_px_file_is_as_readers_want_it(demo_site):
    address = f"{TABLES}/counts-tenure/data?{SELECTIONS['counts-education']}"
    text = taken(demo_site, address, "px").content.decode("utf-8")
    assert text.startswith('CHARSET="ANSI";\r\nAXIS-VERSION="2013";\r\nCODEPAGE="utf-8";\r\n')
    assert text.endswith(";\r\n")
    before, _, data = text.partition("DATA=\r\n")
    assert max(map(len, before.split("\r\n"))) < 256
    assert 'TIMEVAL("år")=TLIST(A1),"2019";' in before
    assert 'VARIABLECODE("region")="Region";' in before
    assert 'CONTVARIABLE="tabellinnehåll";' in before
    assert len(data.strip().split("\r\n")) == 80 * 3


def test_missing_values_stand_as_dots(demo_site, asked):
    address, dataset = asked
    text = taken(demo_site, address, "px").content.decode("utf-8").partition("DATA=")[2]
    signs = list(dataset.get("status", {}).values())
    cells = text.strip().rstrip(";").split()
    assert cells.count('".."') == signs.count(":")
    assert cells.count('"..."') == signs.count("c")
    nothing = sum(v is None for v in dataset["value"]) - len([s for s in signs if s != "e"])
    assert cells.count('"...."') == nothing


def test_csv(demo_site, asked):
    address, dataset = asked
    answer = taken(demo_site, address, "csv", "&outputFormatParams=UseCodes")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    frame = pd.read_csv(io.BytesIO(answer.content), dtype=str, keep_default_na=False)
    stub = dataset["extension"]["px"]["stub"]
    assert list(frame.columns[: len(stub)]) == stub
    long = frame.melt(id_vars=stub)
    expected = {}
    for key, (value, _) in figures(dataset).items():
        told = dict(zip(dataset["id"], key, strict=True))
        heading = " ".join(told[name] for name in dataset["extension"]["px"]["heading"])
        expected[(*(told[name] for name in stub), heading)] = value
    found = {tuple(row[:-1]): row[-1] for row in long.itertuples(index=False)}
    assert found.keys() == expected.keys()
    for key, value in expected.items():
        if value is None:
            assert set(found[key]) == {"."}
        else:
            assert float(found[key]) == value


def test_how_csv_is_written(demo_site):
    address = f"{TABLES}/turnout_riksdag/data?{SELECTIONS['turnout_riksdag']}"

    def lines(*parameters):
        more = "".join(f"&outputFormatParams={one}" for one in parameters)
        return taken(demo_site, address, "csv", more).content.decode("utf-8-sig").splitlines()

    assert lines()[0].startswith('"region","kön","Valdeltagande')
    assert lines("UseCodes", "SeparatorSemicolon")[0].startswith('"Region";"Kon";"value 2014"')
    assert lines("UseCodesAndTexts")[1].startswith(
        '"00","Vattland, ett påhittat land","total","totalt",'
    )
    assert "\t" in lines("SeparatorTab")[0]
    titled = lines("IncludeTitle")
    assert titled[0].startswith('"Valdeltagande')
    assert titled[2:] == lines()


def test_parquet(demo_site, asked):
    address, dataset = asked
    content = taken(demo_site, address, "parquet").content
    frame = pl.read_parquet(content)
    expected = figures(dataset)
    assert frame.height == len(expected)
    for row in frame.iter_rows(named=True):
        value, sign = expected[tuple(row[name] for name in dataset["id"])]
        assert row["value"] == value
        if sign:
            assert row["status"] == STATUS[sign]
    assert pl.read_parquet_metadata(content)["release"] == "demo"


def test_xlsx(demo_site):
    address = f"{TABLES}/turnout_riksdag/data?{SELECTIONS['turnout_riksdag']}"
    book = openpyxl.load_workbook(io.BytesIO(taken(demo_site, address, "xlsx").content))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Region", "region", "Kon", "kön")
    assert rows[1][:4] == ("00", "Vattland, ett påhittat land", "total", "totalt")
    dataset = got(demo_site, address)
    assert [value for row in rows[1:] for value in row[4:]] == pytest.approx(dataset["value"])
    assert any("demo" in str(cell.value) for cell in book.worksheets[1]["B"])
