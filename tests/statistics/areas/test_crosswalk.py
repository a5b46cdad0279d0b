"""The crosswalk between vintages: shares, errors and the transfer of counts."""

import itertools
import math

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.measure import InputError
from samsyn.statistics.areas.crosswalk import SLIVER, changed, crosswalk, transfer
from samsyn.statistics.release.schema import CROSSWALK
from tests.statistics.areas.geography import dalarna, dalarna_grid, drawn, squares

A, B = "0114A0010", "0114A0020"


def rows(walk, column="area_share"):
    return {
        (area.split("/")[2], target.split("/")[2]): value
        for area, target, value in walk.select("area", "target", column).iter_rows()
    }


@pytest.fixture
def moved():
    """A border that goes from x = 2 km to x = 3 km between two areas of 4 km by 2 km together."""
    old = drawn("deso", {A: shapely.box(0, 0, 2000, 2000), B: shapely.box(2000, 0, 4000, 2000)},
                "2018")  # fmt: skip
    new = drawn("deso", {A: shapely.box(0, 0, 3000, 2000), B: shapely.box(3000, 0, 4000, 2000)})
    return old, new


def test_without_a_grid_land_tells_the_shares_and_the_error_is_that_of_one_place(moved):
    walk = crosswalk(*moved)
    assert walk.schema == pl.Schema(CROSSWALK)
    assert rows(walk) == pytest.approx({(A, A): 1.0, (B, A): 0.5, (B, B): 0.5})
    assert walk.get_column("population_share").null_count() == 3
    assert rows(walk, "error") == pytest.approx({(A, A): 0.0, (B, A): 0.5, (B, B): 0.5})


def test_with_a_grid_people_tell_the_shares_and_only_squares_that_are_cut_make_an_error(moved):
    # The new border runs along squares: of B's 100 people 90 and 10 are surely on either side.
    grid = squares({(0, 0): 50, (2, 0): 60, (2, 1): 30, (3, 0): 10})
    walk = crosswalk(*moved, [grid])
    assert rows(walk, "population_share") == pytest.approx({(A, A): 1, (B, A): 0.9, (B, B): 0.1})
    assert rows(walk, "error") == pytest.approx({(A, A): 0, (B, A): 0, (B, B): 0}, abs=1e-9)
    # A square of 2 km holds all of B: the border halves it.
    whole = squares({(0, 0): 50, (1, 0): 100}, size=2000)
    walk = crosswalk(*moved, [whole])
    assert rows(walk, "population_share")[B, A] == pytest.approx(0.5)
    assert rows(walk, "error")[B, A] == pytest.approx(0.5)


def test_a_piece_where_nobody_lives_gets_nobody(moved):
    walk = crosswalk(*moved, [squares({(0, 0): 5, (0, 1): 5, (3, 0): 10, (3, 1): 10, (1, 0): 1})])
    assert rows(walk, "population_share")[B, A] == 0
    assert rows(walk)[B, A] == pytest.approx(0.5)


def test_shares_are_those_of_points_thrown_at_random():
    """An independent oracle: 200,000 points, each looked up in both vintages."""
    rng = np.random.default_rng(7)
    places = rng.uniform(0, 10_000, (40, 2))
    seeds = {"2018": places[:14], "2025": places[20:30]}
    layers = {}
    for vintage, points in seeds.items():
        cells = shapely.voronoi_polygons(
            shapely.MultiPoint(points), extend_to=shapely.box(0, 0, 10_000, 10_000), ordered=True
        )
        square = shapely.box(0, 0, 10_000, 10_000)
        shapes = shapely.intersection(shapely.get_parts(cells), square)
        layers[vintage] = drawn(
            "deso", {f"0114A{n:04}": shape for n, shape in enumerate(shapes)}, vintage
        )
    walk = rows(crosswalk(layers["2018"], layers["2025"]))
    thrown = rng.uniform(0, 10_000, (200_000, 2))
    near = {
        vintage: ((thrown[:, None, :] - points[None]) ** 2).sum(axis=2).argmin(axis=1)
        for vintage, points in seeds.items()
    }
    hits = np.zeros((14, 10))
    np.add.at(hits, (near["2018"], near["2025"]), 1)
    expected = hits / hits.sum(axis=1, keepdims=True)
    for (i, j), share in np.ndenumerate(expected):
        found = walk.get((f"0114A{i:04}", f"0114A{j:04}"), 0.0)
        chance = math.sqrt(found * (1 - found) / hits[i].sum())
        assert abs(found - share) <= 5 * chance + 2 * SLIVER


def test_the_error_is_the_spread_of_people_who_live_in_one_place_of_each_square(moved):
    """An independent oracle: the squares' people put in random places, again and again."""
    people = {(1, 0): 80, (2, 0): 50, (2, 1): 30, (3, 0): 20, (3, 1): 10}
    size, trials = 1250, 40_000
    walk = crosswalk(*moved, [squares(people, size=size)])
    rng = np.random.default_rng(3)
    gone, total = np.zeros(trials), 0.0
    for (x, _), n in people.items():
        # Of a square's people those are B's who would live in it if they were evenly spread over
        # the land; they all live at one place, which is A's now if it lies west of 3 km.
        west, east = max(2000, x * size), min(4000, (x + 1) * size)
        here = n * (east - west) / (min(4000, (x + 1) * size) - x * size)
        gone += here * (rng.uniform(west, east, trials) < 3000)
        total += here
    share = gone / total
    assert rows(walk, "population_share")[B, A] == pytest.approx(share.mean(), abs=0.01)
    assert rows(walk, "error")[B, A] == pytest.approx(share.std(), abs=0.01)
    assert share.std() > 0.1


def test_slivers_are_no_overlap(moved):
    old, _ = moved
    width = 2000 * SLIVER * 0.9
    near = drawn("deso", {A: shapely.box(0, 0, 2000 + width, 2000),
                          B: shapely.box(2000 + width, 0, 4000, 2000)})  # fmt: skip
    assert rows(crosswalk(old, near)) == {(A, A): 1.0, (B, B): 1.0}
    # What is little of a large area can be much of a small one.
    small = drawn("deso", {A: shapely.box(0, 0, 3999, 2000), B: shapely.box(3999, 0, 4000, 2000)})
    assert (B, B) in rows(crosswalk(old, small))


def test_an_area_that_the_new_layer_does_not_cover_is_left_out(moved):
    old, _ = moved
    west = drawn("deso", {A: shapely.box(0, 0, 2500, 2000)})
    assert set(rows(crosswalk(old, west))) == {(A, A)}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 39), min_size=1, max_size=6, unique=True),
    st.lists(st.integers(1, 39), min_size=1, max_size=6, unique=True),
    st.lists(st.floats(0, 1e4), min_size=7, max_size=7),
)
def test_totals_are_the_same_before_and_after(first, second, counts):
    def strips(cuts, vintage):
        ends = [0, *sorted(cuts), 40]
        return drawn(
            "deso",
            {f"0114A{n:04}": shapely.box(a * 100, 0, b * 100, 1000)
             for n, (a, b) in enumerate(itertools.pairwise(ends))},
            vintage,
        )  # fmt: skip

    old = strips(first, "2018")
    walk = crosswalk(old, strips(second, "2025"))
    before = pl.DataFrame(
        {"area": [f"deso/2018/{c}" for c in old.frame["code"]], "count": counts[: len(old.frame)]}
    )
    after = transfer(before, walk)
    assert after["count"].sum() == pytest.approx(before["count"].sum(), rel=1e-9, abs=1e-9)
    assert (after["error"] >= 0).all()
    # And back again.
    back = transfer(after, crosswalk(strips(second, "2025"), old))
    assert back["count"].sum() == pytest.approx(before["count"].sum(), rel=1e-9, abs=1e-9)


def test_groups_and_periods_are_moved_apart_and_errors_add_up_as_squares(moved):
    walk = crosswalk(*moved)
    counts = pl.DataFrame(
        {
            "area": [f"deso/2018/{A}", f"deso/2018/{B}"] * 2,
            "group": ["x", "x", "y", "y"],
            "count": [100.0, 40.0, 10.0, None],
            "error": [3.0, 0.0, 0.0, 0.0],
        }
    )
    found = {(a.split("/")[2], g): (c, e) for a, g, c, e in transfer(counts, walk).iter_rows()}
    assert found[A, "x"] == pytest.approx((120.0, math.hypot(40 * 0.5, 3.0)))
    assert found[B, "x"] == pytest.approx((20.0, 20.0))
    assert found[A, "y"] == found[B, "y"] == (None, None)


def test_counts_that_have_nowhere_to_go_are_named(moved):
    counts = pl.DataFrame({"area": ["deso/2018/0114A0099"], "count": [1.0]})
    with pytest.raises(InputError, match=r"deso/2018/0114A0099.*Leave them out"):
        transfer(counts, crosswalk(*moved))
    with pytest.raises(InputError, match=r"deso.*regso.*same kind"):
        crosswalk(moved[0], drawn("regso", {"0114R001": shapely.box(0, 0, 1, 1)}))


def test_dalarna_has_48_areas_with_other_borders():
    assert len(changed(dalarna("2018"), dalarna("2025"))) == 48


def test_dalarna_is_transferred_with_its_people():
    old, new, grid = dalarna("2018"), dalarna("2025"), dalarna_grid()
    walk = crosswalk(old, new, [grid])
    sums = walk.group_by("area").agg(pl.col("area_share", "population_share").sum())
    assert sums.height == 175
    assert sums["area_share"].to_numpy() == pytest.approx(np.ones(175))
    known = walk.filter(pl.col("population_share").is_not_null())
    assert known["area"].n_unique() >= 170
    by_people = known.group_by("area").agg(pl.col("population_share").sum())
    assert by_people["population_share"].to_numpy() == pytest.approx(np.ones(by_people.height))
    # What land alone says differs from the people's shares by no more than its stated error.
    land = crosswalk(old, new).select("area", "target", pl.col("error").alias("stated"))
    apart = known.join(land, on=["area", "target"]).filter(pl.col("stated") > 0.01)
    off = (apart["population_share"] - apart["area_share"]).abs()
    assert (off <= 2 * apart["stated"]).mean() > 0.95
    assert known["error"].mean() < land["stated"].mean()
