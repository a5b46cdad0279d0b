"""Names on a map: none on another, each at its area, long ones in lines that lose nothing."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.fonts import PACKAGES
from samsyn.publish.maps.labels import Label, labels, middle
from samsyn.publish.maps.letters import LINES, PREFIX, across, extent, forms
from samsyn.publish.maps.outlines import FINE
from samsyn.publish.theme import SMALL
from samsyn.statistics.query import Release

WIDTH, HEIGHT = 480.0, 360.0
NAMES = (
    "Hamnen", "Kvarnbacken", "Södra Skoftebyn", "Å", "Norra Lextorp-Västra Kronogården",
    "Tolsbo-Strandbo-Sörbo-Repbäcken-Idkerberget-Halvarsgårdarna", "1488C1010",
)  # fmt: skip
TAKEN = [(8.0, 330.0, 110.0, 356.0), (200.0, 100.0, 260.0, 150.0)]

Box = tuple[float, float, float, float]


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes have nothing in common, but for what rounding to a tenth may do."""
    slack = 0.11
    return (
        one[0] > other[2] - slack
        or other[0] > one[2] - slack
        or one[1] > other[3] - slack
        or other[1] > one[3] - slack
    )


def checked(found: list[Label], taken: list[Box], width: float, height: float) -> None:
    """What holds for all names of a pane, asked one by one."""
    for label in found:
        left, top, right, bottom = label.box
        assert min(left, top) >= 0
        assert right <= width
        assert bottom <= height
        assert (right - left, bottom - top) == pytest.approx(extent(label.lines), abs=0.21)
        assert all(apart(label.box, box) for box in taken)
    for one, other in combinations(found, 2):
        assert apart(one.box, other.box)
    for one in found:
        if one.leader is not None:
            line = shapely.LineString([one.leader[:2], one.leader[2:]])
            boxes = [other.box for other in found if other is not one] + taken
            for box in boxes:
                # A line may touch a corner between two of the points where it was tried.
                assert shapely.length(shapely.intersection(line, shapely.box(*box))) < 4


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.floats(0, WIDTH - 5), st.floats(0, HEIGHT - 5), st.floats(1, 200), st.floats(1, 150),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_names_never_collide_and_stay_in_the_pane(
    drawn: list[tuple[str, float, float, float, float]],
) -> None:
    wanted = [
        (name, shapely.box(x * FINE, y * FINE, min(x + w, WIDTH) * FINE, min(y + h, HEIGHT) * FINE))
        for name, x, y, w, h in drawn
    ]
    found = labels(wanted, TAKEN, WIDTH, HEIGHT)
    checked(found, TAKEN, WIDTH, HEIGHT)
    there = ["".join(label.lines) for label in found]
    assert len(there) <= len(wanted)


def square(x: float, y: float, side: float) -> Any:
    return shapely.box(x * FINE, y * FINE, (x + side) * FINE, (y + side) * FINE)


def test_a_name_stands_in_its_area_where_that_has_room() -> None:
    (label,) = labels([("Hamnen", square(100, 100, 120))], [], WIDTH, HEIGHT)
    assert label.lines == ("Hamnen",)
    assert label.leader is None
    assert (label.box[0] + label.box[2]) / 2 == pytest.approx(160, abs=2)
    assert (label.box[1] + label.box[3]) / 2 == pytest.approx(160, abs=2)


def test_the_name_of_a_small_area_stands_beside_it_with_a_line_to_its_middle() -> None:
    (label,) = labels([("Kvarnbacken", square(100, 100, 8))], [], WIDTH, HEIGHT)
    assert label.leader is not None
    assert label.leader[2:] == pytest.approx((104, 104), abs=0.5)
    assert label.box[0] > 104  # at the right, where it is read best
    (label,) = labels([("Kvarnbacken", square(470, 100, 8))], [], WIDTH, HEIGHT)
    assert label.box[2] < 474  # at the left, where the pane ends


def test_the_first_name_has_the_place_and_one_without_a_place_is_left_out() -> None:
    same = square(2, 2, 30)
    for names in (("Hamnen", "Bruket"), ("Bruket", "Hamnen")):
        (only,) = labels([(name, same) for name in names], [], 56, 24)
        assert only.lines == names[:1]
    assert labels([("Stationen", same)], [(0, 0, 56, 40)], 56, 40) == []


def test_the_middle_is_in_the_widest_part_of_an_area() -> None:
    arm = shapely.union(square(0, 0, 100), shapely.box(1000, 480, 4000, 520))
    x, y = middle(arm)
    assert (x, y) == pytest.approx((50, 50), abs=3)


@given(st.text(alphabet="abÅö -–", min_size=1, max_size=40))
def test_a_broken_name_loses_nothing(name: str) -> None:
    for lines in forms(name):
        assert len(lines) <= LINES
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")


def test_names_are_broken_at_spaces_and_hyphens() -> None:
    assert forms("Hamnen") == (("Hamnen",),)
    assert forms("Södra Skoftebyn")[0] == ("Södra Skoftebyn",)
    assert forms("Kronogårds Torg-Frälsegården")[0] == ("Kronogårds Torg-", "Frälsegården")
    assert len(forms("Norra Lextorp-Västra Kronogården-Östra Kronogården")[0]) == 3
    assert forms(f"{PREFIX}Sege öst")[0] == ("Sege öst",)


def test_every_letter_of_the_registers_names_has_a_width(demo: Release) -> None:
    for level in ("regso/2025", "municipality"):
        for name in demo.areas(level)["name"]:
            assert 0 < across(name) < len(name) * SMALL * 0.95


def test_names_are_measured_no_narrower_than_reports_print_them() -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    package = pytest.importorskip(PACKAGES[0])
    file = next(iter(sorted(Path(package.__path__[0], "files").glob("*Regular.ttf"))))
    font = fonts.TTFont(file)
    letters, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for name in (*NAMES, "Östra Göinge", "Mjölby", "Lilla Edet", "Vårby gård-Masmo", "500\u00a0m"):
        printed = sum(widths[letters[ord(letter)]][0] for letter in name) * SMALL / em
        assert printed <= across(name)


def test_many_names_of_one_place_get_a_free_place(demo: Release) -> None:
    from samsyn.publish.maps.outlines import fitted, projected

    shapes = demo.shapes("regso/2025", "medium", within="9901")
    geometries = projected(shapes["geometry"].to_list())
    frame = fitted(geometries, WIDTH, 640)
    placed = frame.placed(geometries)
    found = labels(list(zip(shapes["name"], placed, strict=True)), [], frame.width, frame.height)
    checked(found, [], frame.width, frame.height)
    assert len(found) == shapes.height
    by_name = dict(zip(shapes["name"], placed, strict=True))
    for label in found:
        at = np.array(
            label.leader[2:] if label.leader else [label.x, (label.box[1] + label.box[3]) / 2]
        )
        area = by_name[" ".join(label.lines)]
        assert shapely.distance(area, shapely.Point(at * FINE)) < 10 * FINE


def test_the_register_has_no_name_that_cannot_be_written(national_release: Path) -> None:
    names = Release(national_release).areas("regso/2020").select("name").to_series()
    wide = pl.Series([extent(forms(name)[0])[0] for name in names])
    assert (wide < 180).all()
