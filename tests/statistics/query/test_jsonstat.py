"""JSON-stat: read back by the reader that reads that of agencies."""

import json
import re

import pytest

from samsyn.statistics.query import jsonstat
from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import Cube
from tests.statistics.query import small


def read_back(dataset, folder) -> Cube:
    path = folder / "values.json"
    path.write_text(json.dumps(dataset, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    reading = read([path])
    assert not reading.unread
    (cube,) = reading.materials
    return cube


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_written_is_what_is_read(release, tmp_path, language):
    values = release.values("employment_rate", within="Upplands Väsby", sex=None, age=None)
    cube = read_back(jsonstat(release, values, language), tmp_path)
    assert set(cube.roles) == {"area", "period", "measure", "sex", "age"}
    roles = cube.roles
    found = {
        (row[f"{roles['area']}.code"], row[roles["period"]], row[roles["sex"]], row[roles["age"]]):
            (row["value"], row["status"])
        for row in cube.frame.to_dicts()
    }  # fmt: skip
    known = ("area", "period", "sex", "age", "value", "status")
    expected = {row[:4]: row[4:] for row in values.select(known).iter_rows()}
    for key, cell in found.items():
        # A cell of the cube that no row tells is missing.
        assert cell == expected.get(key, (None, "missing")), key
    assert set(expected) <= set(found)
    assert ("deso/2018/0114A0010", "2022", "total", "total") in found
    assert set(cube.units.values()) == {"share"}


def test_names_sources_and_notes(release, tmp_path):
    values = release.values("employment_rate", "regso", period=["2021", "2022"])
    dataset = jsonstat(release, values)
    assert dataset["version"] == "2.0"
    assert dataset["class"] == "dataset"
    assert dataset["role"] == {"geo": ["area"], "time": ["period"], "metric": ["indicator"]}
    assert dataset["size"] == [len(dataset["dimension"][d]["category"]["index"])
                               for d in dataset["id"]] == [3, 1, 2]  # fmt: skip
    assert dataset["updated"] == "2024-02-22"
    assert dataset["source"] == "SCB (000006TC)"
    assert dataset["label"].endswith(", 2021–2022")
    assert any("small" in note for note in dataset["note"])
    assert any(re.match(r"2020: Från 2020 bygger", note) for note in dataset["note"])
    assert dataset["extension"]["samsyn"]["release"] == "small"
    assert dataset["extension"]["samsyn"]["licence"] == ["CC0"]
    labels = dataset["dimension"]["area"]["category"]["label"]
    assert labels["regso/2020/1488R002"] == "Lextorp"
    cube = read_back(dataset, tmp_path)
    assert cube.provenance.origin == "SCB"
    assert cube.provenance.updated == "2024-02-22"
    # Two areas are called Centrum: their keys tell them apart.
    assert cube.frame["value"].null_count() == 0


def test_every_status_has_its_sign(release, tmp_path):
    values = release.values("employment_rate", "custom", period="2022")
    dataset = jsonstat(release, values, "en")
    assert dataset["status"] == {"0": "e"}
    assert dataset["extension"]["status"]["label"]["e"] == "estimated"
    assert read_back(dataset, tmp_path).frame["status"].to_list() == ["estimated"]


def test_an_indicator_of_ones_own_has_its_id(release):
    dataset = jsonstat(release, release.values("meeting_places"))
    assert dataset["label"] == "meeting_places, 2021–2022"
    assert dataset["source"] == "meeting_places.csv"
    assert dataset["updated"] == release.manifest.created
    assert dataset["value"] == [4.0, 5.0]


def test_no_values_at_all(release):
    empty = release.values("employment_rate", areas=["regso/2020/1488R003"])
    dataset = jsonstat(release, empty)
    assert dataset["size"] == [0, 0, 0]
    assert dataset["value"] == []
    assert small.NAMES["regso/2020/1488R003"] not in json.dumps(dataset)
