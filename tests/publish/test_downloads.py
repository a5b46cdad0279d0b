"""What is taken home: the same figures in every format, each with where it comes from."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math

import openpyxl
import polars as pl
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.charts import Chart, ranking
from samsyn.publish.downloads import PICTURES, TABLES, dataset, download, picture, sidecar
from samsyn.publish.maps import by_type, place_map
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release

ADDRESS = "https://samsyn.example/omrade/kommun/9901/?release=demo"


@pytest.fixture(scope="session")
def indices(demo: Release) -> pl.DataFrame:
    return demo.indices("economic_standard", "deso", within="9901", index="dissimilarity")


@pytest.fixture(scope="session")
def told(demo: Release, indices: pl.DataFrame) -> About:
    return about(
        demo, "Ojämlikhet i Vattstad", "sv", frames=[indices], subjects=["economic_standard"]
    )


@pytest.mark.parametrize("form", TABLES)
def test_the_same_figures_are_the_same_bytes(indices: pl.DataFrame, told: About, form: str) -> None:
    one, other = (download(indices, told, form, name="vattstad", address=ADDRESS) for _ in "ab")
    assert one == other
    assert one.name == f"vattstad.{form}"
    assert one.media_type == TABLES[form]
    assert one.headers["Link"] == f'<{ADDRESS}>; rel="cite-as"'
    assert all(value.isascii() for value in one.headers.values())


def test_csv_is_data_alone(indices: pl.DataFrame, told: About) -> None:
    content = download(indices, told, "csv").content
    assert content.startswith(b"\xef\xbb\xbfregion,name,")
    back = pl.read_csv(io.BytesIO(content), schema=indices.schema)
    assert back.equals(indices)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {indices.width}


def test_no_text_of_a_csv_is_a_formula(told: About) -> None:
    frame = pl.DataFrame({"name": ["=1+1", "+x", "-x", "@x", "A=1", None], "value": [-1.0] * 6})
    rows = download(frame, told, "csv").content.decode("utf-8-sig").splitlines()[1:]
    assert rows == ["'=1+1,-1.0", "'+x,-1.0", "'-x,-1.0", "'@x,-1.0", "A=1,-1.0", ",-1.0"]


def test_the_text_beside_says_everything(told: About) -> None:
    text = sidecar(told, name="vattstad", address=ADDRESS)
    said = text.content.decode()
    assert text.name == "vattstad.txt"
    for part in (told.title, told.release, "CC0", ADDRESS, "Källa: Samsyn: påhittade", "@misc{",
                 told.retrieved or "?"):  # fmt: skip
        assert part in said


def test_parquet_keeps_types_and_tells_its_source(indices: pl.DataFrame, told: About) -> None:
    content = download(indices, told, "parquet", address=ADDRESS).content
    assert pl.read_parquet(io.BytesIO(content)).equals(indices)
    metadata = pyarrow.parquet.read_metadata(io.BytesIO(content)).metadata
    assert metadata[b"release"].decode() == told.release
    assert metadata[b"licence"] == b"CC0"
    assert ADDRESS in metadata[b"citation"].decode()


def test_a_workbook_has_the_figures_and_what_they_are(demo: Release) -> None:
    values = demo.values("low_economic_standard_share", level="regso", period="latest")
    values = values.with_columns(
        value=pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise("value"),
        name=pl.when(pl.int_range(pl.len()) == 1).then(pl.lit("=1+1")).otherwise("name"),
    )
    of = about(demo, "Låg standard", "sv", frames=[values])
    content = download(
        values, of, "xlsx", address=ADDRESS, headings={"value": "Värde"}, units={"value": "share"}
    ).content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Uppgifter", "Om uppgifterna"]
    rows = list(book["Uppgifter"].values)
    at = values.columns.index("value")
    assert rows[0][at] == "Värde"
    assert [row[at] for row in rows[1:]] == [
        None if v is None else pytest.approx(v) for v in values["value"]
    ]
    assert book["Uppgifter"].cell(3, at + 1).number_format == "0.0%"
    formula = book["Uppgifter"].cell(3, values.columns.index("name") + 1)
    assert (formula.value, formula.data_type) == ("=1+1", "s")
    said = {row[0]: row[1] for row in book["Om uppgifterna"].values}
    assert said["Licens"] == "CC0"
    assert said["Utgåva"] == demo.name
    assert ADDRESS in said["Hänvisa så här"]
    english = about(demo, "Low", "en", frames=[values])
    book = openpyxl.load_workbook(io.BytesIO(download(values, english, "xlsx").content))
    assert book.sheetnames == ["Figures", "About the figures"]


def test_a_dataset_has_every_figure_in_its_cell(indices: pl.DataFrame, told: About) -> None:
    found = json.loads(download(indices, told, "json", address=ADDRESS).content)
    ids, size = found["id"], found["size"]
    codes = [found["dimension"][name]["category"]["index"] for name in ids]
    assert [len(one) for one in codes] == size
    assert math.prod(size) == len(found["value"])
    cells = dict(zip(itertools.product(*codes), found["value"], strict=True))
    seen = 0
    for row in indices.iter_rows(named=True):
        for measure in ("value", "lower", "upper", "expected", "corrected"):
            keys = [measure if name == "measure" else row[name] or "_" for name in ids]
            assert cells[tuple(keys)] == row[measure]
            seen += row[measure] is not None
    assert seen == sum(value is not None for value in found["value"])
    assert found["role"] == {"metric": ["measure"], "geo": ["region"], "time": ["period"]}
    labels = found["dimension"]["region"]["category"]["label"]
    assert labels["municipality/2025/9901"] == "Vattstad"
    assert found["extension"]["samsyn"]["licence"] == ["CC0"]


def test_statuses_are_signs(told: About) -> None:
    frame = pl.DataFrame(
        {"area": ["regso/2020/1", "regso/2020/2"], "name": ["A", "B"], "period": ["2022"] * 2,
         "value": [None, 2.0], "status": ["secret", "ok"]},
        schema_overrides={"value": pl.Float64},
    )  # fmt: skip
    found = dataset(frame, told)
    assert found["value"] == [None, 2.0]
    assert found["status"] == {"0": "c"}


def test_the_table_of_a_chart_is_a_dataset_by_names(told: About) -> None:
    frame = pl.DataFrame(
        {
            "rank": ["1", "2", "1"], "name": ["A", "B", "A"], "period": ["2021", "2021", "2022"],
            "value": [3.0, 2.0, 4.0],
        }
    )  # fmt: skip
    found = dataset(frame, told)
    assert found["id"] == ["name", "period", "measure"]
    assert found["size"] == [2, 2, 1]
    assert found["value"] == [3.0, 4.0, 2.0, None]


def test_rows_with_the_same_keys_are_no_dataset(told: About) -> None:
    frame = pl.DataFrame({"area": ["a", "a"], "period": ["1", "1"], "value": [1.0, 2.0]})
    with pytest.raises(InputError, match="same keys"):
        dataset(frame, told)
    with pytest.raises(InputError, match="one of numbers"):
        dataset(frame.drop("value"), told)
    wide = pl.DataFrame(
        {"area": [str(n) for n in range(3000)], "group": [str(n) for n in range(3000)],
         "value": [1.0] * 3000}
    )  # fmt: skip
    with pytest.raises(InputError, match="9,000,000 cells"):
        dataset(wide, told)


@given(st.text(max_size=30))
def test_any_name_of_a_file_gives_plain_headers(name: str) -> None:
    source = About("T", "sv", "r", "2026-01-01T00:00:00+00:00", "0", ())
    headers = download(pl.DataFrame({"a": [1]}), source, "csv", name=name).headers
    said = headers["Content-Disposition"]
    assert said.isascii()
    assert said.count('"') == 2
    assert not {"\r", "\n"} & set(said)


def test_an_unknown_format_is_refused_with_those_there_are(told: About) -> None:
    with pytest.raises(InputError, match="choose csv, json, parquet, xlsx"):
        download(pl.DataFrame({"a": [1]}), told, "xls")


@pytest.fixture(scope="session")
def chart(demo: Release) -> Chart:
    values = demo.values("median_net_income", level="municipality", period="latest")
    return ranking(values, about(demo, "Medianinkomst", "sv", frames=[values]))


def test_pictures_of_a_chart_and_a_map(demo: Release, chart: Chart) -> None:
    starts = {"svg": b"<svg", "png": b"\x89PNG", "vl.json": b"{"}
    for form in PICTURES:
        found = picture(chart, form, name="inkomst", address=ADDRESS)
        assert found.content.startswith(starts[form])
        assert found.name == f"inkomst.{form}"
    types = people_by_type(demo, "municipality/2025/9901")
    of = about(demo, "Områdestyper", "sv", frames=[types])
    drawn = place_map(demo, demo.area("9901"), "regso/2025", by_type(types), of)
    assert picture(drawn, "svg").content.decode() == drawn.svg
    assert picture(drawn, "png").content.startswith(b"\x89PNG")
    with pytest.raises(InputError, match="choose svg, png$"):
        picture(drawn, "vl.json")
    with pytest.raises(InputError, match="choose svg, png, vl.json"):
        picture(chart, "pdf")
