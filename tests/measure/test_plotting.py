"""Charts: what is drawn, and where it begins and ends."""

import sys
from itertools import pairwise

import polars as pl
import pytest

from samsyn.measure import Composition, InputError, gini

pytest.importorskip("altair")

FRAME = pl.DataFrame(
    {
        "u": range(4), "r": ["Ö", "Ö", "Å", "Å"], "x": [0, 1, 0, 1], "y": [0, 0, 1, 1],
        "a": [90, 10, 50, 40], "b": [10, 90, 50, 60],
    }
)  # fmt: skip


@pytest.fixture
def composition():
    return Composition.from_frame(FRAME, unit="u", region="r", groups=["a", "b"], x="x", y="y")


def values(layer):
    return layer.data.values


def test_the_curve_runs_from_nobody_to_everybody_and_holds_the_gini_index(composition):
    chart = composition.plot("curve", group="a")
    even, curves = chart.layer
    assert len(values(even)) == 2
    for position, region in enumerate(["Ö", "Å"]):
        points = [(v["others"], v["group"]) for v in values(curves) if v["region"] == region]
        assert (points[0], points[-1]) == ((0, 0), (1, 1))
        steps = pairwise(points)
        below = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in steps)
        expected = gini(FRAME.select("a", "b").to_numpy(), [0, 0, 1, 1], group=0)[position]
        assert 1 - 2 * below == pytest.approx(expected)
    assert chart.to_dict()["layer"][1]["encoding"]["y"]["title"] == "Share of a"


def test_the_profile_has_a_point_for_each_region_and_bandwidth(composition):
    chart = composition.plot("profile", index="theil_h", group="a", bandwidth=[1, 2, 4])
    lines, names = chart.layer
    assert len(values(lines)) == 6
    assert chart.to_dict()["layer"][0]["encoding"]["y"]["title"] == "Theil h"
    assert [label["region"] for label in values(names)] == ["Ö", "Å"]


def test_names_at_the_ends_of_lines_do_not_lie_on_each_other(composition):
    same = FRAME.with_columns(r=pl.Series(["Å", "Å", "Ö", "Ö"]), b=pl.lit(20), a=pl.lit(20))
    same = Composition.from_frame(same, unit="u", region="r", groups=["a", "b"], x="x", y="y")
    for one in (composition, same):
        chart = one.plot("profile", index="theil_h", group="a", bandwidth=[1, 2])
        low, high = sorted(label["at"] for label in values(chart.layer[1]))
        spread = [row["value"] for row in values(chart.layer[0])]
        assert high - low >= (max(spread) - min(spread)) * 0.049


def test_intervals_stand_around_their_values(composition):
    chart = composition.plot("intervals", index="dissimilarity", group="a", seed=1, replicates=50)
    rows = values(chart)
    assert [row["region"] for row in rows] == ["Ö", "Å"]
    assert len(chart.layer) == 2
    chance = {"null": "evenness", "seed": 1, "replicates": 50}
    chart = composition.plot("intervals", index="dissimilarity", group="a", **chance)
    assert chart.to_dict()["layer"][2]["encoding"]["x"]["field"] == "expected"
    assert all(row["lower"] <= row["value"] <= row["upper"] for row in rows)
    facets = composition.plot("intervals", index="isolation", seed=1, replicates=50)
    assert "facet" in facets.to_dict()


def test_what_cannot_be_drawn(composition, monkeypatch):
    with pytest.raises(InputError, match="choose curve, profile, intervals"):
        composition.plot("pie")
    many = FRAME.select(u=pl.int_range(40), r=pl.int_range(40), a=1, b=2)
    crowd = Composition.from_frame(many, unit="u", region="r", groups=["a", "b"])
    with pytest.raises(InputError, match="40 regions cannot be told apart"):
        crowd.plot("curve", group="a")
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(InputError, match=r"pip install 'samsyn\[plot\]'"):
        composition.plot("curve", group="a")
