"""samsyn neighbours."""

import json

import numpy as np
import polars as pl

from samsyn.measure import nearest_neighbours
from tests.cli.conftest import VATTLAND

GROUPS = "foreign_background,swedish_background"
EXAMPLE = ["neighbours", VATTLAND, "--x", "x", "--y", "y", "--groups", GROUPS]


def test_a_row_for_each_place_and_size(samsyn):
    outcome = samsyn(*EXAMPLE, "--unit", "area", "--k", "400,6400", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    rows = json.loads(outcome.out)
    frame = pl.read_csv(VATTLAND)
    expected = nearest_neighbours(
        frame.select(GROUPS.split(",")).to_numpy(), frame.select("x", "y").to_numpy(), k=[400, 6400]
    )
    assert [row["k"] for row in rows] == [400, 6400] * frame.height
    shares = np.reshape([row["share_foreign_background"] for row in rows], (-1, 2)).T
    assert np.allclose(shares, expected.shares[..., 0])
    assert np.allclose([row["distance"] for row in rows[1::2]], expected.distance[1])
    assert [row["area"] for row in rows[::2]] == frame["area"].to_list()


def test_some_groups_of_all_people(samsyn, table):
    path = table("x,y,a,people\n0,0,10,100\n1,0,50,100\n9,0,0,0\n")
    outcome = samsyn("neighbours", path, "--x", "x", "--y", "y", "--groups", "a",
                     "--total", "people", "--k", "200", "--format", "json")  # fmt: skip
    rows = json.loads(outcome.out)
    assert [row["share_a"] for row in rows] == [0.3, 0.3, None]


def test_wrong_sizes(samsyn):
    for size in ("0", "many", "-5"):
        outcome = samsyn(*EXAMPLE, "--k", size)
        assert outcome.code == 2
        assert outcome.err.count("\n") == 1
