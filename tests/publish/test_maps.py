"""Maps: every area there, in its class, small, and valid."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samsyn.measure.errors import InputError
from samsyn.publish.about import About, about
from samsyn.publish.maps import Map, by_type, by_value, choropleth, place_map
from samsyn.publish.maps.classes import jenks, quantiles, shade
from samsyn.publish.maps.naming import ends
from samsyn.publish.maps.outlines import FINE, centre, fitted, paths, projected
from samsyn.publish.maps.sizes import sizes
from samsyn.publish.theme import LIGHT
from samsyn.publish.wording import people_by_type
from samsyn.statistics.query import Release

SVG = "{http://www.w3.org/2000/svg}"
LOW = "low_economic_standard_share"
TOWN = "municipality/2025/9901"


@pytest.fixture(scope="session")
def types(demo: Release) -> pl.DataFrame:
    return people_by_type(demo, TOWN)


def typed(demo: Release, types: pl.DataFrame, language: str = "sv", **how: object) -> Map:
    of = about(demo, "Områdestyper i Vattstad", language, frames=[types])
    return place_map(demo, demo.area("9901"), "regso/2025", by_type(types, language), of, **how)  # type: ignore[arg-type]


def areas(drawn: Map) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(drawn.svg)
    return [path for path in root.iter(f"{SVG}path") if path.get("data-key")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_area_is_there_in_its_class(
    demo: Release, types: pl.DataFrame, language: str
) -> None:
    drawn = typed(demo, types, language)
    of = dict(types.select("area", "type").iter_rows())
    found = {path.get("data-key"): path.get("class") for path in areas(drawn)}
    assert found == {area: f"t{one}" for area, one in of.items()}
    for path in areas(drawn):
        title = path.find(f"{SVG}title")
        assert title is not None
        assert ": " in (title.text or "")
        assert path.get("fill") == LIGHT.area_types[int((path.get("class") or "t0")[1]) - 1]


def test_a_map_is_small_and_accessible(demo: Release, types: pl.DataFrame) -> None:
    drawn = typed(demo, types)
    assert len(drawn.svg.encode()) < 60_000
    root = ElementTree.fromstring(drawn.svg)
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    there = {one.get("id"): one.text for one in root if one.get("id")}
    assert [there[name] for name in named] == [drawn.title, drawn.caption]
    assert drawn.source in re.sub(r"\s+", " ", " ".join(root.itertext()))
    outside = set(re.findall(r"https?://[^\"'\s<]+", drawn.svg))
    assert outside == {"http://www.w3.org/2000/svg"}


def test_the_national_maps_are_small(national_release: object) -> None:
    release = Release(national_release)  # type: ignore[arg-type]
    for town in ("1488", "0180", "2584"):
        area = release.area(town)
        found = people_by_type(release, area.area)
        level = "/".join(found["area"][0].split("/")[:2])
        of = about(release, area.name, "sv", frames=[found])
        drawn = place_map(release, area, level, by_type(found), of)
        assert len(drawn.svg.encode()) < 60_000
        assert {p.get("data-key") for p in areas(drawn)} == set(
            release.shapes(level, within=area.area)["area"]
        )


def test_caption_and_table_say_what_the_map_shows(demo: Release, types: pl.DataFrame) -> None:
    drawn = typed(demo, types)
    for end in (1, 5):
        for name in types.filter(type=end)["name"].head(3):
            assert name in drawn.caption
    assert drawn.table.height == len(areas(drawn))
    assert set(drawn.headings) == set(drawn.table.columns)


def test_the_legend_counts_the_areas(demo: Release, types: pl.DataFrame) -> None:
    root = ElementTree.fromstring(typed(demo, types).svg)
    rows = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    for one in range(1, 6):
        (row,) = [row for row in rows if row.startswith(f"{one} ")]
        assert row.endswith(f"({types.filter(type=one).height})")
    bare = typed(demo, types, legend=False, bare=True, width=160)
    assert not list(ElementTree.fromstring(bare.svg).iter(f"{SVG}text"))


def test_an_area_without_a_figure_is_hatched_and_told(demo: Release) -> None:
    values = demo.values(LOW, level="regso/2025", within="9901", period="latest")
    lacking = values["area"][0]
    values = values.with_columns(
        value=pl.when(pl.col("area") == lacking).then(None).otherwise("value")
    )
    of = about(demo, LOW, "sv", frames=[values])
    drawn = place_map(demo, demo.area("9901"), "regso/2025", by_value(values), of)
    (path,) = [p for p in areas(drawn) if p.get("data-key") == lacking and p.find(f"{SVG}title")
               is not None][:1]  # fmt: skip
    assert path.get("class") == "none"
    assert (path.get("fill") or "").startswith("url(#")
    title = path.find(f"{SVG}title")
    assert title is not None
    assert (title.text or "").endswith(": uppgift saknas")
    assert "uppgift saknas" in " ".join(ElementTree.fromstring(drawn.svg).itertext())
    assert drawn.table.filter(pl.col("value").is_null()).height == 1


def test_a_map_without_any_figure_has_no_classes_in_its_legend(demo: Release) -> None:
    values = demo.values(LOW, level="regso/2025", within="9901", period="latest")
    values = values.with_columns(value=pl.lit(None, pl.Float64))
    drawn = place_map(
        demo,
        demo.area("9901"),
        "regso/2025",
        by_value(values),
        about(demo, LOW, "sv", frames=[values]),
    )
    rows = [words for words in texts(drawn) if words.endswith(")")]
    assert rows == [f"uppgift saknas ({len(areas(drawn))})"]


@pytest.mark.parametrize(("language", "unit"), [("sv", "personer"), ("en", "people")])
def test_the_unit_stands_in_the_legend_and_with_every_value(
    demo: Release, language: str, unit: str
) -> None:
    values = demo.values("population", level="regso/2025", within="9901", period="latest")
    of = about(demo, "T", language, frames=[values])
    classes = by_value(values, language)
    drawn = place_map(demo, demo.area("9901"), "regso/2025", classes, of)
    assert unit in classes.labels[0]
    assert unit in classes.labels[-1]
    assert not any(unit in label for label in classes.labels[1:-1])
    assert drawn.caption.count(unit) == 2
    for path in areas(drawn):
        assert unit in (path.findtext(f"{SVG}title") or "")
    assert not any(unit in value for value in drawn.table["value"])


def texts(drawn: Map) -> list[str]:
    """What stands in the picture, text by text."""
    root = ElementTree.fromstring(drawn.svg)
    return ["".join(text.itertext()).replace("\u00a0", " ") for text in root.iter(f"{SVG}text")]


def test_areas_with_the_highest_and_the_lowest_values_are_named(demo: Release) -> None:
    values = demo.values(LOW, level="regso/2025", within="9901", period="latest").sort("value")
    of = about(demo, LOW, "sv", frames=[values])
    drawn = place_map(demo, demo.area("9901"), "regso/2025", by_value(values), of)
    names = values["name"].to_list()
    for name in (*names[:3], *names[-3:]):
        assert texts(drawn).count(name) == 1
    assert not {*names[3:-3]} & {*texts(drawn)}
    quiet = place_map(demo, demo.area("9901"), "regso/2025", by_value(values), of, named=())
    assert not {*names} & {*texts(quiet)}


def test_both_ends_take_turns() -> None:
    values = frame_of([n / 10 for n in range(9)])
    keys = values["area"].to_list()
    found = ends(by_value(values), keys)
    assert found == (keys[8], keys[0], keys[7], keys[1], keys[6], keys[2])
    # Areas that are not drawn have no name to take a place with.
    assert ends(by_value(values), keys[2:5]) == (keys[4], keys[2])
    assert ends(by_value(values), keys[2:3]) == (keys[2],)
    assert ends(by_value(values), []) == ()
    typed = pl.DataFrame({"area": ["a", "b", "c", "d"], "type": [5, 1, 5, 3]})
    assert ends(by_type(typed), ["a", "b", "c", "d"]) == ("b", "a", "c")


def test_an_area_is_named_in_one_view_only(national_release: object) -> None:
    release = Release(national_release)  # type: ignore[arg-type]
    for town in ("1488", "1280", "0180"):
        area = release.area(town)
        found = people_by_type(release, area.area)
        of = about(release, area.name, "sv", frames=[found])
        drawn = place_map(release, area, "regso/2020", by_type(found), of)
        root = ElementTree.fromstring(drawn.svg)
        names = [
            "".join(text.itertext()) for text in root.iter(f"{SVG}text")
            if text.get("paint-order") and "km" not in "".join(text.itertext())
        ]  # fmt: skip
        assert len(names) == len(set(names))
        assert len(names) >= min(20, found.filter(pl.col("type").is_in([1, 5])).height - 1)


def test_a_hole_shows_what_lies_in_it_after_clipping() -> None:
    """Clipped rings turn either way: a hole must not depend on that."""
    shapes = pl.DataFrame(
        {
            "area": ["regso/2020/1", "regso/2020/2"],
            "name": ["Staden", "Landet"],
            "geometry": [
                shapely.to_wkb(shapely.box(15.1, 59.1, 15.2, 59.2)),
                shapely.to_wkb(shapely.difference(
                    shapely.box(15, 59, 15.3, 59.3), shapely.box(15.1, 59.1, 15.2, 59.2)
                )),
            ],
        }
    )  # fmt: skip
    source = About("T", "sv", "r", "2026-01-01T00:00:00+00:00", "0", ())
    root = ElementTree.fromstring(choropleth(shapes, by_value(frame_of([])), source).svg)
    (group,) = [g for g in root.iter(f"{SVG}g") if g.find(f"{SVG}path[@data-key]") is not None]
    assert group.get("fill-rule") == "evenodd"


def test_sizes_are_those_of_the_pictures(demo: Release, national_release: object) -> None:
    for release, level in (
        (demo, "regso/2025"), (Release(national_release), "regso/2020"),  # type: ignore[arg-type]
    ):  # fmt: skip
        told = sizes(release, [("municipality", level)])
        for (place, _), size in list(told.items())[::40]:
            shapes = release.shapes(level, within=place)
            values = pl.DataFrame({"area": shapes["area"], "value": 0.5, "unit": "share"})
            of = about(release, "T", "sv", frames=[values])
            drawn = place_map(
                release, release.area(place), level, by_value(values), of, bare=True, legend=False
            )
            root = ElementTree.fromstring(drawn.svg)
            assert float(root.get("width") or 0) == size.width
            assert round(float(root.get("height") or 0)) == size.height


def test_the_town_is_the_closest_of_the_small_areas() -> None:
    town = [shapely.box(x, y, x + 1, y + 1) for x in range(10, 13) for y in range(10, 12)]
    far = [shapely.box(90, 5, 91, 6), shapely.box(5, 90, 6, 91)]
    land = [shapely.box(0, 0, 50, 10), shapely.box(50, 0, 100, 100), shapely.box(0, 13, 50, 100),
            shapely.box(13, 10, 50, 13), shapely.box(0, 10, 10, 13)]  # fmt: skip
    found = centre(np.array([*land, *far, *town]))
    assert found is not None
    assert shapely.total_bounds(found).tolist() == [10, 10, 13, 12]
    assert centre(np.array(town)) is None


def test_a_map_of_nothing_is_refused(demo: Release) -> None:
    empty = demo.shapes("regso/2025", within="9901").clear()
    source = About("T", "sv", "r", "2026-01-01T00:00:00+00:00", "0", ())
    with pytest.raises(InputError, match="no borders are known"):
        choropleth(empty, by_value(pl.DataFrame({"area": [], "value": []})), source)


def test_areas_keep_their_size_and_their_shared_borders(demo: Release) -> None:
    shapes = demo.shapes("regso/2025", "medium", within="9901")
    metres = projected(shapes["geometry"].to_list())
    land = dict(demo.areas("regso/2025", within="9901").select("area", "land_area").iter_rows())
    for area, polygon in zip(shapes["area"], metres, strict=True):
        # Drawn borders are simplified, and at sea they differ from land.
        assert shapely.area(polygon) == pytest.approx(land[area], rel=0.12)
    frame = fitted(metres, 480, 640)
    drawn = [polygons(d) for d in paths(frame.placed(metres), 0.6)]
    whole = shapely.union_all(drawn)
    total = sum(shapely.area(one) for one in drawn)
    assert shapely.area(whole) == pytest.approx(total, rel=1e-3)  # nothing lies on another
    expected = shapely.area(shapely.union_all(metres)) * (frame.scale * FINE) ** 2
    assert shapely.area(whole) == pytest.approx(expected, rel=0.01)


def polygons(d: str) -> shapely.Geometry:
    """The area of a path of relative lines, read as a browser does."""
    rings = []
    for part in filter(None, d.split("z")):
        start, _, steps = part[1:].partition("l")
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        at = np.array([int(n) for n in start.split()])
        moves = np.array(numbers).reshape(-1, 2)
        rings.append(shapely.Polygon(np.vstack([at, at + np.cumsum(moves, axis=0)])))
    found = rings[0]
    for ring in rings[1:]:
        found = found.symmetric_difference(ring)
    return found


def test_an_area_too_small_to_draw_is_a_dot() -> None:
    tiny = np.array([shapely.box(0, 0, 0.1, 0.1), shapely.box(5, 5, 500, 500)])
    first, second = paths(tiny, 0.6)
    assert first.startswith("M")
    assert f"h{FINE}v{FINE}" in first
    assert polygons(second).area == 495 * 495


# --- classes --------------------------------------------------------------------------------------


def inner_squares(values: np.ndarray, limits: list[float]) -> float:
    at = np.searchsorted(np.array(limits), values, side="right")
    return float(sum(((v := values[at == k]) - v.mean()) @ (v - v.mean()) for k in set(at)))


@given(
    st.lists(st.integers(0, 60), min_size=1, max_size=14), st.integers(2, 4)
)  # small whole numbers, so that every way to part them can be tried
def test_jenks_is_the_best_of_all_ways(whole: list[int], classes: int) -> None:
    values = np.array(whole, dtype=float)
    found = jenks(values, classes)
    distinct = np.unique(values)
    ways = [list(cut) for cut in combinations(distinct[1:], min(classes, distinct.size) - 1)]
    best = min(inner_squares(values, way) for way in ways)
    assert inner_squares(values, found) == pytest.approx(best, abs=1e-6)


def frame_of(values: list[float | None], unit: str = "share") -> pl.DataFrame:
    return pl.DataFrame(
        {"area": [f"regso/2020/{n:04}" for n in range(len(values))], "value": values,
         "unit": [unit] * len(values)},
        schema={"area": pl.String, "value": pl.Float64, "unit": pl.String},
    )  # fmt: skip


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=60),
    st.sampled_from(["quantile", "jenks"]),
)
def test_every_value_is_in_the_class_that_is_said(values: list[float | None], method: str) -> None:
    found = by_value(frame_of(values), "en", method=method)  # type: ignore[arg-type]
    assert len(found.labels) == len(found.breaks) + 1
    assert set(found.of) == {f"regso/2020/{n:04}" for n, v in enumerate(values) if v is not None}
    limits = [-np.inf, *found.breaks, np.inf]
    for n, value in enumerate(values):
        if value is not None:
            at = found.of[f"regso/2020/{n:04}"]
            assert limits[at] - 1e-9 <= value <= limits[at + 1] + 1e-9
    if found.of:
        assert set(found.of.values()) == set(range(len(found.labels)))  # no class is empty
        assert len(shade(found, LIGHT.sequential)) == len(found.labels)


def test_quantiles_share_the_areas_alike() -> None:
    found = by_value(frame_of([n / 100 for n in range(100)]), "sv")
    counts = np.bincount(list(found.of.values()))
    assert counts.tolist() == [20] * 5
    assert found.labels[0] == "under 19,8\u00a0%"
    assert quantiles(np.array([]), 5) == []


def test_set_limits_are_kept_and_said() -> None:
    found = by_value(frame_of([0.05, 0.15, 0.95]), "sv", breaks=[0.1, 0.2, 0.3])
    assert found.of == {"regso/2020/0000": 0, "regso/2020/0001": 1, "regso/2020/0002": 3}
    assert found.labels == (
        "under 10,0\u00a0%", "10,0\u00a0%–20,0\u00a0%", "20,0\u00a0%–30,0\u00a0%",
        "30,0\u00a0% och mer",
    )  # fmt: skip
    assert "bestämda i förväg" in found.method


def test_a_middle_gives_two_directions() -> None:
    found = by_value(frame_of([-0.7, 0.0, 0.7], "index"), "en", middle=0.0)
    assert found.palette == "diverging"
    assert [found.of[f"regso/2020/000{n}"] for n in range(3)] == [0, 3, 6]


def test_fixed_classes_need_limits_and_colours_must_suffice() -> None:
    with pytest.raises(InputError, match="give breaks"):
        by_value(frame_of([0.1]), method="fixed")
    many = by_value(frame_of([0.1]), breaks=[n / 10 for n in range(1, 8)])
    with pytest.raises(InputError, match="more than the 5 colours"):
        shade(many, LIGHT.sequential)


def test_on_paper_views_stand_beside_each_other_and_take_less_height(
    national_release: Path,
) -> None:
    release = Release.open(national_release)
    area = release.area("municipality/1488")
    types = people_by_type(release, area.area)
    told = about(release, "Områdestyper", frames=[types])
    classes = by_type(types)
    page, paper = (
        ElementTree.fromstring(
            place_map(release, area, "regso/2020", classes, told, bare=True, paper=paper).svg
        )
        for paper in (False, True)
    )
    whole, town = paper.findall(f".//{SVG}svg")
    assert float(town.get("x", 0)) >= float(whole.get("width", 0))
    assert whole.get("y") == town.get("y")
    assert float(paper.get("height", 0)) < 0.6 * float(page.get("height", 0))
    assert 0 < float(town.get("x", 0)) + float(town.get("width", 0)) <= float(paper.get("width", 0))
    # The legend says the same wherever it stands.
    assert [one.text for one in paper.iter(f"{SVG}tspan")] == [
        one.text for one in page.iter(f"{SVG}tspan")
    ]
