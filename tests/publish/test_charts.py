"""What charts say and draw: checked against the frames that they show."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import altair as alt
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.publish.about import AREA_TYPE_SUBJECTS, About, about
from samsyn.publish.charts import (
    Chart,
    area_types,
    composition,
    line,
    ranking,
    scales,
    spread,
    strip,
    with_ranks,
)
from samsyn.publish.charts.area_types import by_type
from samsyn.publish.charts.chart import apart
from samsyn.publish.charts.composition import ink_on
from samsyn.publish.charts.ranking import _chosen as chosen
from samsyn.publish.charts.swarm import levels, swarm
from samsyn.publish.intervals import Figure, difference, with_intervals
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release
from tests.publish.colours import contrast

LOW = "low_economic_standard_share"
TOWN, COUNTY, COUNTRY = "municipality/2025/9901", "county/2025/99", "country/2025/00"


def told(release: Release, *frames: pl.DataFrame, language: str = "sv") -> About:
    return about(release, "Titel", language, frames=frames)


def rows_of(spec: Any) -> Iterator[dict[str, Any]]:
    """Every row of data in a specification."""
    if isinstance(spec, dict):
        for name, part in spec.items():
            if name == "data":
                yield from part["values"]
            else:
                yield from rows_of(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from rows_of(part)


def series(release: Release, *areas: str) -> pl.DataFrame:
    return pl.concat([with_intervals(release.series(LOW, area)) for area in areas])


def every_chart(release: Release, language: str, dark: bool) -> list[Chart]:
    low = series(release, "9901", "country/00")
    parts = release.values(LOW, level="deso", within="9901", period="latest")
    context = release.values(LOW, areas=[TOWN, COUNTY, COUNTRY], period="2024")
    towns = with_intervals(release.values(LOW, level="municipality", period="latest"))
    index = pl.concat(
        release.indices("economic_standard", units, index="dissimilarity", group="low",
                        within="9901", level="municipality", period="2024")
        for units in ("deso", "regso")
    ).filter(against="high")  # fmt: skip
    types = people_by_type(release, TOWN)
    tenure = release.counts("tenure", areas=[TOWN, COUNTRY], period="2024")

    def of(*frames: pl.DataFrame) -> About:
        return told(release, *frames, language=language)

    return [
        line(low, of(low), dark=dark),
        spread(parts, of(parts), context=context, highlight=(parts["area"][0],), dark=dark),
        ranking(towns, of(towns), place="municipality/2025/9902", dark=dark),
        scales(index, of(index), dark=dark),
        area_types(types, about(release, "Typer", language, frames=[types],
                                subjects=AREA_TYPE_SUBJECTS), dark=dark),
        composition(tenure, of(tenure), dark=dark),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "dark"), [("sv", False), ("en", True)])
def test_every_chart_is_whole(demo: Release, language: str, dark: bool) -> None:
    for chart in every_chart(demo, language, dark):
        spec = json.loads(json.dumps(chart.spec, allow_nan=False))
        alt.Chart.from_dict({**spec, "config": {}}, validate=True)
        assert chart.caption.strip().endswith(".")
        assert "None" not in chart.caption
        assert " nan" not in chart.caption
        assert ("Källa: " if language == "sv" else "Source: ") in chart.source
        assert chart.source.endswith(f" {demo.name}")
        assert "2024" in chart.source
        rows = chart.rows()
        assert len(rows) == chart.table.height
        assert {len(row) for row in rows} == {len(chart.headings)}
        assert set(chart.units) <= set(chart.table.columns)


def test_a_line_has_every_year_and_marks_breaks(demo: Release) -> None:
    frame = series(demo, "9901")
    chart = line(frame, told(demo, frame))
    drawn = [row for row in rows_of(chart.spec) if "value" in row and "name" in row]
    assert {row["period"]: row["value"] for row in drawn} == dict(
        frame.select("period", "value").iter_rows()
    )
    breaks = frame.drop_nulls("break")["period"].to_list()
    assert breaks
    marks = [row for row in rows_of(chart.spec) if row.get("said") == "ny definition"]
    assert {row["period"] for row in marks} == set(breaks)
    assert f"Serien bryts {breaks[0]}" in chart.caption
    # Across a break no change is claimed.
    assert "slumpen" not in chart.caption


def flat(values: list[float | None], reach: float = 0.01) -> pl.DataFrame:
    rows = [
        {"area": "municipality/2025/0001", "name": "Byn", "period": str(2010 + at), "value": v,
         "lower": None if v is None else v - reach, "upper": None if v is None else v + reach,
         "status": "secret" if v is None else "ok", "unit": "share"}
        for at, v in enumerate(values)
    ]  # fmt: skip
    return pl.DataFrame(rows)


@pytest.fixture
def source() -> About:
    return About("Titel", "sv", "r1", "2026-01-02T03:04:05+00:00", "0.1.0", ())


@given(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.001, 0.3))
def test_a_line_claims_no_change_inside_the_noise(one: float, other: float, reach: float) -> None:
    source = About("Titel", "sv", "r1", "2026-01-02T03:04:05+00:00", "0.1.0", ())
    chart = line(flat([one, other], reach), source)
    claimed = "större än slumpen." in chart.caption and "inte att säga" not in chart.caption
    assert claimed == (
        difference(Figure(other, other - reach, other + reach),
                   Figure(one, one - reach, one + reach)) in {"higher", "lower"}
    )  # fmt: skip


def test_a_missing_year_is_a_gap_and_not_0(source: About) -> None:
    chart = line(flat([0.2, None, 0.3]), source)
    drawn = {row["period"]: row["value"] for row in rows_of(chart.spec) if "name" in row}
    assert drawn == {"2010": 0.2, "2011": None, "2012": 0.3}
    assert [row[2] for row in chart.rows()] == ["20,0\u00a0%", "sekretess", "30,0\u00a0%"]
    nothing = line(flat([None, None]), source)
    assert nothing.caption == "Byn: uppgift saknas."


def test_a_line_keeps_the_order_asked_and_refuses_too_many(demo: Release) -> None:
    frame = series(demo, "9901", "country/00", "county/99")
    assert line(frame, told(demo, frame)).caption.startswith("Vattstad: ")
    about_land = line(frame, told(demo, frame, language="en"), place="county/2025/99")
    assert about_land.caption.startswith("Vattland county: ")
    towns = series(demo, *(f"990{n}" for n in range(1, 7)))
    with pytest.raises(InputError, match="6 lines cannot be told apart"):
        line(towns, told(demo, towns))
    with pytest.raises(InputError, match="not among the places"):
        line(frame, told(demo, frame), place="municipality/2025/9908")


def test_a_spread_draws_every_known_part(demo: Release) -> None:
    parts = demo.values(LOW, level="deso", within="9901", period="latest")
    hidden = parts.with_columns(
        value=pl.when(pl.int_range(pl.len()) < 3).then(None).otherwise("value"),
        status=pl.when(pl.int_range(pl.len()) < 3).then(pl.lit("secret")).otherwise("status"),
    )
    chart = spread(hidden, told(demo, parts))
    dots = [row for row in rows_of(chart.spec) if "off" in row]
    assert sorted(row["value"] for row in dots) == hidden["value"].drop_nulls().sort().to_list()
    assert "Uppgift saknas för 3 av områdena." in chart.caption
    assert [row[2] for row in chart.rows()[-3:]] == ["sekretess"] * 3


def test_parts_are_called_what_they_are(demo: Release) -> None:
    towns = demo.values("rental_share", level="municipality", period="latest")
    hidden = towns.with_columns(value=pl.when(pl.int_range(pl.len()) > 0).then("value"))
    assert f"{towns.height} kommuner går från" in spread(towns, told(demo, towns)).caption
    assert "Uppgift saknas för 1 av kommunerna." in spread(hidden, told(demo, hidden)).caption
    unknown = towns.with_columns(value=pl.lit(None, pl.Float64))
    assert "Ingen kommun har någon uppgift." in spread(unknown, told(demo, unknown)).caption


def test_many_parts_are_a_histogram_of_all(source: About) -> None:
    parts = pl.DataFrame(
        {"area": [f"deso/2018/{n}" for n in range(1000)], "name": [str(n) for n in range(1000)],
         "period": ["2022"] * 1000, "value": [n / 1000 for n in range(1000)],
         "unit": ["share"] * 1000}
    )  # fmt: skip
    bars = [row for row in rows_of(spread(parts, source).spec) if "areas" in row]
    assert sum(row["areas"] for row in bars) == 1000


@given(st.lists(st.floats(0, 300), max_size=80).map(sorted))
def test_no_dot_lies_on_another(at: list[float]) -> None:
    placed = list(zip(at, swarm(at, 9.0, 1e6), strict=True))
    for i, (x, y) in enumerate(placed):
        for px, py in placed[:i]:
            assert math.hypot(x - px, y - py) >= 9.0 - 1e-6


@given(st.lists(st.floats(0, 60).map(lambda x: round(x, 2)), max_size=60).map(sorted))
def test_a_dot_takes_the_nearest_free_place(at: list[float]) -> None:
    placed = list(zip(at, swarm(at, 9.0, 1e6), strict=True))
    for i, (x, y) in enumerate(placed):
        near = [(px, py) for px, py in placed[:i] if x - px < 9.0]
        rises = [(py, math.sqrt(81.0 - (x - px) ** 2)) for px, py in near]
        tries = [0.0, *(py + rise for py, rise in rises), *(py - rise for py, rise in rises)]
        free = [
            abs(one)
            for one in tries
            if all(math.hypot(x - px, one - py) >= 9.0 - 1e-7 for px, py in near)
        ]
        assert abs(y) == pytest.approx(min(free), abs=1e-4)


def test_dots_lie_on_others_where_there_is_no_room() -> None:
    assert swarm([5.0] * 5, 9.0, 10.0) == [0.0, 9.0, -9.0, 0.0, 0.0]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=5, unique=True))
def test_no_name_crosses_the_line_of_another(at: list[float]) -> None:
    placed, leftwards = levels(at, 50)
    assert sorted(placed) == list(range(1, len(at) + 1))
    for i, x in enumerate(at):
        for j, other in enumerate(at):
            # A name runs over the lines on its side, and these must be lower.
            if (other < x) if leftwards else (other > x):
                assert placed[j] < placed[i]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_are_moved_apart(at: list[float]) -> None:
    placed = sorted(apart(at, 0.05))
    assert all(b - a >= 0.05 - 1e-3 for a, b in pairwise(placed))


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2)), min_size=1, max_size=12))
def test_ranks_that_cannot_be_told_apart_are_shared(pairs: list[tuple[float, float]]) -> None:
    frame = pl.DataFrame(
        {"area": [f"municipality/2025/{n:04}" for n in range(len(pairs))],
         "value": [v for v, _ in pairs], "lower": [v - r for v, r in pairs],
         "upper": [v + r for v, r in pairs]}
    )  # fmt: skip
    ranked = with_ranks(frame)
    figures = [Figure.of(row) for row in ranked.iter_rows(named=True)]
    for own, row in zip(figures, ranked.iter_rows(named=True), strict=True):
        found = [difference(own, other) for other in figures]
        assert row["best"] == 1 + found.count("lower")
        assert row["worst"] == len(figures) - found.count("higher")


def test_equal_values_without_intervals_are_tied() -> None:
    frame = pl.DataFrame(
        {"area": ["a", "b", "c", "d"], "value": [3.0, 5.0, 3.0, None]},
        schema={"area": pl.String, "value": pl.Float64},
    )
    ranked = with_ranks(frame)
    assert ranked.select("area", "best", "worst").rows() == [
        ("b", 1, 1), ("a", 2, 3), ("c", 2, 3), ("d", None, None),
    ]  # fmt: skip


def test_a_ranking_shows_ends_and_the_place_and_has_all_in_the_table(source: About) -> None:
    frame = pl.DataFrame(
        {"area": [f"municipality/2025/{n:04}" for n in range(100)],
         "name": [f"Ort {n}" for n in range(100)], "period": ["2022"] * 100,
         "value": [float(n) for n in range(100)], "unit": ["days"] * 100}
    )  # fmt: skip
    chart = ranking(frame, source, place="municipality/2025/0050", shown=20)
    drawn = [row for row in rows_of(chart.spec) if not row["gap"]]
    assert len(drawn) == 20
    labels = " ".join(row["label"] for row in drawn)
    assert all(f"Ort {n}" in labels for n in (99, 0, 50, 49, 51))
    assert [row["label"] for row in drawn if row["own"]] == ["50  Ort 50"]
    assert chart.table.height == 100
    assert "plats 50 av 100" in chart.caption
    assert "visar 20 av 100" in chart.caption


@given(st.integers(1, 60), st.integers(0, 59), st.integers(5, 30))
def test_a_ranking_shows_as_many_as_asked(number: int, position: int, shown: int) -> None:
    rows = chosen(number, position if position < number else None, shown)
    assert len(rows) == min(number, shown)
    assert {0, number - 1} <= set(rows)
    assert position >= number or position in rows


def test_axes_have_their_unit(demo: Release) -> None:
    frame = demo.values("median_net_income", areas=[TOWN])
    (said,) = set(titles(line(frame, told(demo, frame)).spec)) - {None}
    assert said == "tusen kronor"
    shares = series(demo, "9901")
    assert set(titles(line(shares, told(demo, shares)).spec)) == {None}


def titles(spec: Any) -> Iterator[Any]:
    """The titles of all axes of a specification."""
    for layer in spec["layer"]:
        yield layer["encoding"].get("y", {}).get("title")


def test_a_value_outside_its_interval_is_drawn_in_its_middle(source: About) -> None:
    frame = pl.DataFrame(
        {"area": ["municipality/2025/0001"], "name": ["A"], "period": ["2022"], "value": [0.369],
         "lower": [0.366], "upper": [0.368], "unit": ["index"]}
    )  # fmt: skip
    chart = ranking(frame, source)
    (row,) = rows_of(chart.spec)
    assert row["value"] == pytest.approx(0.367)
    assert row["said"] == "0,369"


def test_scales_show_what_chance_gives(demo: Release) -> None:
    index = pl.concat(
        demo.indices("background", units, index="dissimilarity", group="foreign",
                     within="county/99", level="county", period="2024")
        for units in ("municipality", "deso", "regso")
    )  # fmt: skip
    chart = scales(index, told(demo, index))
    drawn = list(rows_of(chart.spec))
    assert [row["label"] for row in drawn] == ["DeSO", "RegSO", "Kommuner"]
    assert [row["expected"] for row in drawn] == [
        index.filter(pl.col("units").str.starts_with(kind))["expected"][0]
        for kind in ("deso", "regso", "municipality")
    ]
    twice = pl.concat([index, index])
    with pytest.raises(InputError, match="choose one index"):
        scales(twice, told(demo, index))


def test_bars_of_types_hold_everyone(demo: Release) -> None:
    types = people_by_type(demo, TOWN)
    table = by_type(types)
    assert table["type"].to_list() == [1, 2, 3, 4, 5]
    assert table["people"].sum() == types["people"].sum()
    assert table["share"].sum() == pytest.approx(1)
    unknown = types.with_columns(
        people=pl.when(pl.int_range(pl.len()) == 0).then(None).otherwise("people")
    )
    counted = by_type(unknown)
    assert counted["people"].null_count() == 5
    assert counted["share"].to_list() == pytest.approx([n / types.height for n in counted["areas"]])
    chart = area_types(unknown, told(demo, types))
    assert "Hur många som bor där är inte känt" in chart.caption


def test_a_composition_with_a_gap_is_none(demo: Release) -> None:
    counts = demo.counts("tenure", areas=[TOWN, COUNTRY], period="2024")
    gap = (pl.col("area") == TOWN) & (pl.col("group") == "owned")
    counts = counts.with_columns(
        count=pl.when(gap).then(None).otherwise("count"),
        status=pl.when(gap).then(pl.lit("secret")).otherwise("status"),
    )
    chart = composition(counts, told(demo, counts))
    drawn = {row["name"] for row in rows_of(chart.spec) if "share" in row}
    assert drawn == {"Vattland"}
    assert "För Vattstad saknas uppgift" in chart.caption
    assert "sekretess" in [cell for row in chart.rows() for cell in row]
    whole = [row["share"] for row in rows_of(chart.spec) if "middle" in row and "group" in row]
    assert sum(whole[:3]) == pytest.approx(1)


@given(st.integers(0, 0xFFFFFF))
def test_numbers_on_colours_can_be_read(colour: int) -> None:
    assert contrast(ink_on(f"#{colour:06x}"), f"#{colour:06x}") >= 4.5


def test_a_strip_is_small_and_says_what_it_shows(demo: Release) -> None:
    parts = demo.values(LOW, level="regso", within="9901", period="latest")
    context = demo.values(LOW, areas=[TOWN], period="2024")
    drawn = strip(parts, context, "sv")
    assert len(drawn.encode()) < 2000
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    value = context["value"][0] * 100
    assert f"Vattstad {value:.1f}".replace(".", ",") in (root.get("aria-label") or "")
    dots = next(path for path in root if path.get("class") == "part")
    assert (dots.get("d") or "").count("M") == parts.height
    many = strip(pl.concat([parts] * 10), context, "en", dark=True)
    assert "The parts go from" in many
    assert strip(parts.clear(), context.clear(), "sv").count("Uppgift saknas") == 1
