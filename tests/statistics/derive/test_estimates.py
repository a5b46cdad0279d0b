"""How often the stored interval holds the index behind the counts."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from samsyn.measure.catalogue import INDICES
from samsyn.statistics.derive.batches import Batch
from samsyn.statistics.derive.estimates import REPLICATES, estimates
from samsyn.statistics.derive.places import Placed
from samsyn.statistics.derive.stacks import Stack

TOWNS, UNITS, PEOPLE = 400, 20, 1700


def towns(shares: np.ndarray, seed: int) -> Stack:
    """People of towns whose units have these shares of the group."""
    drawn = np.random.default_rng(seed).binomial(PEOPLE, shares)
    at = np.repeat(np.arange(TOWNS), UNITS)
    return Stack(
        "deso/2018",
        pl.DataFrame({"at": at}),
        np.column_stack([drawn, PEOPLE - drawn]).astype(float),
        pl.DataFrame({"period": ["2022"] * TOWNS}),
        pl.DataFrame(),
    )


@pytest.mark.parametrize("name", ["dissimilarity", "theil_h", "isolation"])
def test_the_interval_holds_the_true_index_about_as_often_as_it_says(name: str) -> None:
    shares = np.random.default_rng(1).beta(2.0, 6.0, TOWNS * UNITS)
    stack = towns(shares, seed=2)
    index = INDICES[name]
    truth = index.function(np.column_stack([shares, 1.0 - shares]), stack.region)[:, 0]
    batch = Batch(Placed(stack, {}), (index,), drawn=True)
    numbers = estimates(batch, {}, np.random.SeedSequence(3), REPLICATES)[name]
    held = (numbers["lower"][:, 0] <= truth) & (truth <= numbers["upper"][:, 0])
    assert 0.91 < held.mean() < 0.98
    # Neither too wide nor off to one side.
    missed = ~held
    above = (truth > numbers["upper"][:, 0])[missed].mean()
    assert 0.15 < above < 0.85


def test_a_town_without_segregation_has_what_chance_gives_and_nothing_beyond() -> None:
    stack = towns(np.full(TOWNS * UNITS, 0.25), seed=4)
    batch = Batch(Placed(stack, {}), (INDICES["dissimilarity"], INDICES["gini"]), drawn=True)
    found = estimates(batch, {}, np.random.SeedSequence(5), REPLICATES)
    for name in ("dissimilarity", "gini"):
        value, expected = found[name]["value"], found[name]["expected"]
        assert value.mean() == pytest.approx(expected.mean(), rel=0.02)
        assert abs(found[name]["corrected"].mean()) < 0.1
    assert np.array_equal(found["modified_gini"]["value"], found["gini"]["corrected"])
