"""Tables of codes: links between areas, and what areas are called."""

from __future__ import annotations

import csv

import polars as pl
import pytest

from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import AreaLayer, Links
from tests.reference import shared


def taken(path):
    reading = read([path])
    assert reading.unread == ()
    layers = {(m.kind, m.vintage): m.frame for m in reading.materials if isinstance(m, AreaLayer)}
    links = {(m.source, m.target): m.frame for m in reading.materials if isinstance(m, Links)}
    return layers, links


def written(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path):
    (unread,) = read([path]).unread
    return unread.reason


def test_the_real_links_from_deso_to_regso():
    path = shared("data", "scb_regso", "koppling_deso2018_regso2020.csv")
    layers, links = taken(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert set(layers) == {("deso", "2018"), ("regso", "2020"), ("municipality", "2025")}
    (((source, target), pairs),) = links.items()
    assert (source, target) == (("deso", "2018"), ("regso", "2020"))
    assert set(pairs.rows()) == {(row["DeSO_2018"], row["RegSOkod_2020"]) for row in rows}
    regso = layers["regso", "2020"]
    assert set(regso.select("code", "name", "parent").rows()) == {
        (row["RegSOkod_2020"], row["RegSO_2020"], row["Kommun"]) for row in rows
    }
    assert regso.height == 3363
    assert layers["deso", "2018"].height == 5984
    assert ("1480", "Göteborg") in layers["municipality", "2025"].select("code", "name").rows()


def test_real_tables_of_names():
    layers, links = taken(shared("data", "municipality_county.csv"))
    assert links == {}
    assert layers["municipality", "2025"].height == 290
    assert ("0114", "Upplands Väsby", "01") in layers["municipality", "2025"].rows()
    assert ("01", "Stockholms län") in layers["county", "2025"].rows()
    layers, _ = taken(shared("data", "municipalities.csv"))
    assert ("0114", "Upplands Väsby", "01") in layers["municipality", "2025"].rows()
    layers, _ = taken(shared("data", "counties.csv"))
    assert layers["county", "2025"].height == 21


def test_links_between_vintages_with_their_weights(tmp_path):
    path = written(
        tmp_path,
        "DeSO_2018;DeSO_2025;andel\n0114A0010;0114A0010;0,75\n0114A0010;0114A0030;0,25\n",
    )
    layers, links = taken(path)
    assert layers == {}
    assert links[("deso", "2018"), ("deso", "2025")].rows() == [
        ("0114A0010", "0114A0010", 0.75), ("0114A0010", "0114A0030", 0.25),
    ]  # fmt: skip


def test_zeros_lost_in_excel_come_back(tmp_path):
    path = tmp_path / "t.xlsx"
    pl.DataFrame(
        {"kommunkod": [114, 1480], "kommunnamn": ["Upplands Väsby", "Göteborg"]}
    ).write_excel(path)
    layers, _ = taken(path)
    assert layers["municipality", "2025"].rows() == [
        ("0114", "Upplands Väsby"), ("1480", "Göteborg"),
    ]  # fmt: skip


def test_a_vintage_from_the_column_beside_or_from_samsyn_toml(tmp_path):
    path = written(tmp_path, "deso,regsokod_2025\n0114A0010,0114R001\n")
    assert set(taken(path)[1]) == {(("deso", "2025"), ("regso", "2025"))}
    path = written(tmp_path, "regsokod,regsonamn\n0114R001,Bollstanäs\n")
    assert refused(path) == (
        't.csv: it has codes of regso in column "regsokod", and nothing tells of which vintage: '
        'write vintage = "2025" (or 2020) for the file in samsyn.toml'
    )
    written(tmp_path, '[[file]]\nmatch = "*.csv"\nvintage = "2020"\n', "samsyn.toml")
    assert set(taken(path)[0]) == {("regso", "2020")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "DeSO_2018,RegSOkod_2020\n0114A0010,0114R001\n0114A0020,0114R001\n0114A0010,0114R002\n",
            "0114A0010 lies in 0114R001 according to row 2 and in 0114R002 according to row 4",
        ),
        ("DeSO_2018,sort\n0114A0010,a\n", 'codes of deso in column "DeSO_2018", but no names'),
        ("DeSO_2018,RegSOkod_2020\n0114A0010,0114R001\n0114A00", "row 3 has 1 of the header's 2"),
        (
            "RegSOkod_2020,RegSO_2020,hundar\n0114R001,Bollstanäs,17\n",
            'it has numbers in column "hundar", of which nothing tells what they are',
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, said):
    assert said in refused(written(tmp_path, text))
