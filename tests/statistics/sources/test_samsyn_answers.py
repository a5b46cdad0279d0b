"""Answers of another Samsyn that are whole, and that are not."""

import copy
import json

import polars as pl
import pytest

from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import AreaLayer, TidyTable

ANSWER = {
    "version": "2.0", "class": "dataset", "label": "Andel", "source": "SCB (X)",
    "updated": "2026-01-01T00:00:00Z", "note": ["En utgåva."],
    "id": ["Tid", "ContentsCode", "Region"], "size": [2, 2, 3],
    "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    "dimension": {
        "Tid": {"label": "år", "category": {"index": {"2020": 0, "2021": 1}}},
        "ContentsCode": {"label": "x", "category": {"index": {"numerator": 0, "value": 1}}},
        "Region": {
            "label": "region",
            "category": {
                "index": {"1488": 0, "1488R007_RegSO2025": 1, "custom/2018/mitt": 2},
                "label": {
                    "1488": "Trollhättan", "1488R007_RegSO2025": "Torget",
                    "custom/2018/mitt": "Mitt",
                },
            },
        },
    },
    "extension": {
        "px": {"tableid": "employment_rate"},
        "samsyn": {
            "table": "values", "indicator": "employment_rate", "licence": ["CC0"],
            "vintages": {"municipality": "2025"},
        },
    },
    #         numerators          values           numerators         values
    "value": [10.0, None, 1.0, 0.5, None, 0.1, None, None, None, None, 0.25, None],
    "status": {"4": "c", "10": "e"},
}  # fmt: skip


def reading(folder, answer):
    (folder / "answer.json").write_text(json.dumps(answer), "utf-8")
    return read([folder])


def test_observations_and_names(tmp_path):
    table, *layers = reading(tmp_path, ANSWER).materials
    assert isinstance(table, TidyTable)
    columns = ["area", "period", "value", "status", "numerator", "denominator", "sex", "indicator"]
    rows = table.frame.select(columns).sort("period", "area").rows()
    assert rows == [
        ("municipality/2025/1488", "2020", 0.5, "ok", 10.0, None, "total", "employment_rate"),
        ("regso/2025/1488R007", "2020", None, "secret", None, None, "total", "employment_rate"),
        ("regso/2025/1488R007", "2021", 0.25, "estimated", None, None, "total", "employment_rate"),
    ]
    assert table.provenance.origin == "SCB (X)"
    assert table.provenance.licence == "CC0"
    assert all(isinstance(layer, AreaLayer) for layer in layers)
    names = {(layer.kind, layer.vintage, *row) for layer in layers for row in layer.frame.rows()}
    assert names == {
        ("municipality", "2025", "1488", "Trollhättan"), ("regso", "2025", "1488R007", "Torget"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer["value"].pop(),
        lambda answer: answer["size"].reverse(),
        lambda answer: answer["status"].update({"99": "c"}),
        lambda answer: answer["status"].update({"0": "?"}),
        lambda answer: answer["dimension"].pop("Region"),
        lambda answer: answer["id"].remove("ContentsCode"),
        lambda answer: answer["extension"]["samsyn"].pop("vintages"),
        lambda answer: answer["extension"]["samsyn"].pop("indicator"),
        lambda answer: answer["value"].__setitem__(0, "ten"),
    ],
)
def test_what_is_not_whole_is_told(tmp_path, change):
    answer = copy.deepcopy(ANSWER)
    change(answer)
    found = reading(tmp_path, answer)
    assert not found.materials
    assert "Fetch it again" in found.unread[0].reason


def test_counts_of_groups(tmp_path):
    answer = copy.deepcopy(ANSWER)
    answer["extension"]["samsyn"] = {
        "table": "counts", "grouping": "tenure", "licence": [],
        "vintages": {"municipality": "2025"},
    }  # fmt: skip
    answer["id"][1] = "Grupp"
    answer["dimension"]["Grupp"] = {
        "label": "grupp", "category": {"index": {"rental": 0, "owned": 1}},
    }  # fmt: skip
    answer["dimension"]["ContentsCode"]["category"]["index"] = {"count": 0}
    answer["id"].append("ContentsCode")
    answer["size"].append(1)
    table = reading(tmp_path, answer).materials[0]
    frame = table.frame.filter(pl.col("area") == "municipality/2025/1488")
    assert sorted(frame.select("period", "group", "value").rows()) == [
        ("2020", "owned", 0.5), ("2020", "rental", 10.0),
    ]  # fmt: skip
