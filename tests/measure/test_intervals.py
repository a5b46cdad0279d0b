"""Intervals and p values of given replicates, against plain loops."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from samsyn.measure import InputError
from samsyn.measure.intervals import bounds
from samsyn.measure.significance import chance_corrected, p_value
from tests.measure.oracles import chance as oracle

KINDS = ["percentile", "basic", "bca"]
# Coarse values, so that ties are common.
values = st.one_of(st.integers(0, 20).map(lambda n: n / 20), st.just(nan))


@st.composite
def replicates(draw):
    """Values (R, G) with their replicates (B, R, G)."""
    regions, groups, times = (
        draw(st.integers(1, 3)),
        draw(st.integers(1, 2)),
        draw(st.integers(1, 9)),
    )
    size = regions * groups
    value = draw(st.lists(values, min_size=size, max_size=size))
    drawn = draw(st.lists(values, min_size=size * times, max_size=size * times))
    shape = (regions, groups)
    return np.array(value).reshape(shape), np.array(drawn).reshape(times, *shape)


@pytest.mark.parametrize("kind", KINDS)
@given(given_=replicates(), level=st.sampled_from([0.5, 0.9, 0.95]), rate=st.sampled_from([0, 0.1]))
def test_intervals(kind, given_, level, rate):
    value, drawn = given_
    found = np.stack(bounds(kind, value, drawn, level, rate), axis=-1)
    for place in np.ndindex(value.shape):
        expected = oracle.interval(kind, value[place], drawn[:, *place].tolist(), level, rate)
        assert_allclose(found[place], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("alternative", ["greater", "less", "two-sided"])
@given(given_=replicates())
def test_p_values(alternative, given_):
    value, drawn = given_
    found = p_value(value, drawn, alternative)
    for place in np.ndindex(value.shape):
        own = drawn[:, *place].tolist()
        expected = nan if np.isnan(value[place]) else oracle.p_value(value[place], own, alternative)
        assert_allclose(found[place], expected)


def test_an_interval_of_a_complete_separation_is_a_point():
    for kind in KINDS:
        assert bounds(kind, np.array([1.0]), np.ones((50, 1))) == ([1.0], [1.0])


def test_bca_has_no_value_where_all_replicates_lie_above():
    assert np.isnan(bounds("bca", np.array([0.1]), np.full((50, 1), 0.2))).all()


def test_corrected_is_zero_at_chance_one_at_the_maximum_and_minus_one_at_zero():
    value = np.array([0.2, 1.0, 0.0, 0.6, nan])
    found = chance_corrected(value, np.full(5, 0.2))
    assert_allclose(found, [0, 1, -1, 0.5, nan], atol=1e-12)
    assert_allclose(chance_corrected(value, np.full(5, 0.2), None), value - 0.2)


def test_wrong_choices_are_refused():
    value, drawn = np.array([0.5]), np.full((3, 1), 0.5)
    with pytest.raises(InputError, match="level is 95"):
        bounds("basic", value, drawn, 95)
    with pytest.raises(InputError, match="choose percentile, basic or bca"):
        bounds("normal", value, drawn)
    with pytest.raises(InputError, match="alternative is 'both'"):
        p_value(value, drawn, "both")
