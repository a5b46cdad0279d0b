"""Scale bars: as long as they say, anywhere in Sweden, and where they cover least."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from samsyn.publish.about import about
from samsyn.publish.maps import by_value, choropleth, place_map
from samsyn.publish.maps.outlines import FINE, fitted, projected
from samsyn.publish.maps.scalebar import NARROWEST, PART, Bar, bar, round_metres
from samsyn.statistics.query import Release

SVG = "{http://www.w3.org/2000/svg}"
# The far ends of the country, and its middle: longitude and latitude.
PLACES = {
    "Smygehuk": (13.36, 55.34), "Strömstad": (11.17, 58.94), "Visby": (18.29, 57.64),
    "Sveg": (14.37, 62.03), "Haparanda": (24.13, 65.83), "Treriksröset": (20.55, 69.06),
}  # fmt: skip


def told(words: str) -> int:
    """The metres that the words of a bar say."""
    number, unit = words.split("\u00a0")
    return int(number) * {"km": 1000, "m": 1}[unit]


@given(st.floats(1, 1e6))
def test_a_bar_is_1_2_or_5_times_a_power_of_ten(most: float) -> None:
    metres = round_metres(most)
    assert re.fullmatch("[125]0*", str(metres))
    assert most / 2.5 <= metres <= most or metres == 1


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("degrees", [0.01, 0.1, 0.6])
def test_a_bar_is_as_long_on_the_ground_as_it_says(name: str, degrees: float) -> None:
    east, north = PLACES[name]
    region = shapely.box(east - degrees, north - degrees / 2, east + degrees, north + degrees / 2)
    areas = projected([shapely.to_wkb(region)])
    frame = fitted(areas, 480, 640)
    found = bar(frame, frame.placed(areas))
    assert found is not None
    assert found.length <= PART * frame.width
    back = Transformer.from_crs(3006, 4326, always_xy=True)
    ends = [
        back.transform(frame.west + x / frame.scale, frame.north - found.y / frame.scale)
        for x in (found.x, found.x + found.length)
    ]
    _, _, ground = Geod(ellps="GRS80").inv(*ends[0], *ends[1])
    assert ground == pytest.approx(told(found.label), rel=0.003)


def test_a_degree_of_latitude_is_as_many_bars_as_tables_say() -> None:
    # From 59.5 to 60.5 degrees north it is 111.412 km in the tables of the ellipsoid.
    areas = projected([shapely.to_wkb(shapely.box(15, 59.5, 15.4, 60.5))])
    frame = fitted(areas, 480, 640)
    found = bar(frame, frame.placed(areas))
    assert found is not None
    points = projected([shapely.to_wkb(shapely.Point(15, at)) for at in (59.5, 60.5)])
    low, high = (shapely.get_y(point) / FINE for point in frame.placed(points))
    assert (low - high) / found.length * found.metres == pytest.approx(111_412, rel=0.001)


def test_a_bar_stands_in_the_corner_where_it_covers_less() -> None:
    left = np.array([shapely.Polygon([(0, 0), (0, 10_000), (10_000, 10_000)])])
    right = np.array([shapely.Polygon([(0, 10_000), (10_000, 10_000), (10_000, 0)])])
    frame = fitted(left, 480, 640)
    for areas, expected in ((left, "right"), (right, "left")):
        found = bar(frame, frame.placed(areas))
        assert found is not None
        assert found.box[0] >= 0
        assert found.box[2] <= frame.width
        assert found.box[3] <= frame.height
        assert ("left" if found.x < frame.width / 2 else "right") == expected
        assert shapely.area(shapely.intersection(
            frame.placed(areas)[0], shapely.box(*(np.array(found.box) * FINE))
        )) == 0  # fmt: skip


def test_what_must_not_be_covered_weighs_more_than_areas() -> None:
    areas = np.array([shapely.Polygon([(0, 10_000), (10_000, 10_000), (10_000, 0)])])
    frame = fitted(areas, 480, 640)
    town = np.array([shapely.box(0, 0, 900, frame.height * FINE)])
    found = bar(frame, frame.placed(areas), town)
    assert found is not None
    assert found.x > frame.width / 2


def test_a_narrow_map_has_no_bar() -> None:
    areas = np.array([shapely.box(0, 0, 1000, 1000)])
    narrow = fitted(areas, NARROWEST - 1, 640)
    assert bar(narrow, narrow.placed(areas)) is None


def test_words_wider_than_their_bar_are_in_its_box() -> None:
    short = Bar(500, 20.0, 100.0, 12.0)
    assert short.label == "500\u00a0m"
    assert short.box[0] < 12
    assert short.box[2] > 40
    assert Bar(5000, 20.0, 100.0, 90.0).label == "5\u00a0km"


def bars(svg: str) -> list[tuple[int, float]]:
    """What each bar of a map says, with its length in pixels."""
    found = []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if group.get("class") == "scale":
            path, words = group.find(f"{SVG}path"), group.find(f"{SVG}text")
            assert path is not None
            assert words is not None
            length = re.search(r"h([\d.]+)", path.get("d") or "")
            assert length is not None
            found.append((told(words.text or ""), float(length[1])))
    return found


def test_every_view_of_a_map_has_its_own_bar(national_release: object) -> None:
    release = Release(national_release)  # type: ignore[arg-type]
    values = release.values("rental_share", level="regso/2020", within="1488", period="latest")
    of = about(release, "T", "sv", frames=[values])
    drawn = place_map(release, release.area("1488"), "regso/2020", by_value(values), of)
    whole, town = bars(drawn.svg)
    assert whole[0] / whole[1] > 1.5 * town[0] / town[1]  # the town is drawn larger


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("width", "count"), [(480, 1), (300, 1), (160, 0)])
def test_the_bar_of_a_map_is_read_from_the_picture(
    demo: Release, language: str, width: int, count: int
) -> None:
    shapes = demo.shapes("municipality", "coarse")
    values = demo.values("population", level="municipality", period="latest")
    of = about(demo, "T", language, frames=[values])
    drawn = choropleth(shapes, by_value(values, language), of, width=width)
    found = bars(drawn.svg)
    assert len(found) == count
    frame = fitted(projected(shapes["geometry"].to_list()), width, 640)
    for metres, pixels in found:
        assert pixels / frame.scale == pytest.approx(metres, rel=0.001)
