"""When two figures are said to differ."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samsyn.publish.intervals import Figure, difference, tally, with_intervals


def figures() -> st.SearchStrategy[Figure]:
    """Figures with and without intervals, the value inside or a little outside."""

    def figure(middle: float, reach: float, off: float, sure: bool) -> Figure:
        value = middle + off * reach
        return Figure(value, middle - reach, middle + reach) if sure else Figure(value)

    return st.builds(
        figure, st.floats(0, 1), st.floats(0, 0.3), st.floats(-1.5, 1.5), st.booleans()
    )


OPPOSITE = {"higher": "lower", "lower": "higher", "alike": "alike", "unknown": "unknown"}


@given(figures(), figures(), st.sampled_from([0.0, 0.01, 0.001]))
def test_nothing_inside_the_noise_is_a_difference(one: Figure, other: Figure, step: float) -> None:
    found = difference(one, other, step)
    if found in {"higher", "lower"}:
        assert one.value is not None
        assert other.value is not None
        assert abs(one.middle - other.middle) > math.hypot(one.reach, other.reach)
        assert (one.value > other.value) == (found == "higher")
        if step:
            assert round(one.value / step) != round(other.value / step)


@given(figures(), figures())
def test_a_difference_is_the_opposite_seen_from_the_other_side(one: Figure, other: Figure) -> None:
    assert difference(other, one) == OPPOSITE[difference(one, other)]


@given(figures())
def test_nothing_differs_from_itself(figure: Figure) -> None:
    assert difference(figure, figure) in {"alike", "unknown"}


@given(figures(), figures())
def test_intervals_far_apart_are_a_difference(one: Figure, other: Figure) -> None:
    if one.sure and other.sure and one.value > other.value and one.lower > other.upper:  # type: ignore[operator]
        assert difference(one, other) == "higher"


def test_without_two_intervals_nothing_is_said() -> None:
    sure, alone = Figure(0.9, 0.89, 0.91), Figure(0.1)
    assert difference(sure, alone) == "unknown"
    assert difference(alone, sure) == "unknown"
    assert difference(Figure(None), sure) == "unknown"
    assert difference(Figure(math.nan, 0.1, 0.2), sure) == "unknown"


def test_a_value_above_its_own_interval_is_compared_by_the_middle() -> None:
    # 0.369 with the interval 0.366 to 0.368, and one that lies within the first's shadow.
    noisy, other = Figure(0.369, 0.366, 0.368), Figure(0.3675, 0.3665, 0.3685)
    assert difference(noisy, other) == "alike"


@given(figures(), st.lists(figures(), max_size=8))
def test_a_tally_counts_everyone_once(one: Figure, others: list[Figure]) -> None:
    found = tally(one, others)
    assert found.compared + found.unknown == len(others)
    assert found.below == sum(difference(one, other) == "higher" for other in others)


def test_intervals_of_shares_are_wilsons() -> None:
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
    published = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)]
    values = pl.DataFrame(
        {
            "value": [n / d for n, d, _, _ in published],
            "numerator": [float(n) for n, _, _, _ in published],
            "denominator": [float(d) for _, d, _, _ in published],
            "unit": ["share"] * 3,
        }
    )
    found = with_intervals(values)
    for row, (_, _, lower, upper) in zip(found.iter_rows(named=True), published, strict=True):
        assert row["lower"] == pytest.approx(lower, abs=5e-5)
        assert row["upper"] == pytest.approx(upper, abs=5e-5)


@pytest.mark.parametrize(("share", "lost"), [(0.84, 0.005), (0.843, 0.0005), (0.8431, 0.0)])
def test_what_a_source_lost_in_rounding_is_added(share: float, lost: float) -> None:
    """The count behind a share in whole per cent is not whole, and the share may be half off."""
    voters = 21_634.0
    values = pl.DataFrame(
        {
            "value": [share, round(share * voters) / voters],
            "numerator": [share * voters, float(round(share * voters))],
            "denominator": [voters] * 2,
            "unit": ["share"] * 2,
        }
    )
    rounded, counted = with_intervals(values).iter_rows(named=True)
    reach = (counted["upper"] - counted["lower"]) / 2
    assert (rounded["upper"] - rounded["lower"]) / 2 == pytest.approx(reach + lost, abs=1e-5)


def test_rounded_shares_a_per_cent_apart_may_be_the_same() -> None:
    values = pl.DataFrame(
        {
            "value": [0.84, 0.85],
            "numerator": [0.84 * 21_634, 0.85 * 21_634],
            "denominator": [21_634.0] * 2,
            "unit": ["share"] * 2,
        }
    )
    one, other = (Figure.of(row) for row in with_intervals(values).iter_rows(named=True))
    assert difference(one, other) == "alike"


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "unit"),
    [
        (None, 3.0, 10.0, "share"), (0.3, None, 10.0, "share"), (0.3, 3.0, 0.0, "share"),
        (-0.3, -3.0, 10.0, "index"), (1.1, 11.0, 10.0, "share"), (30.0, 3.0, 10.0, "per_100000"),
    ],
)  # fmt: skip
def test_other_values_have_no_interval(
    value: float | None, numerator: float | None, denominator: float, unit: str
) -> None:
    frame = pl.DataFrame(
        {"value": [value], "numerator": [numerator], "denominator": [denominator], "unit": [unit]},
        schema={"value": pl.Float64, "numerator": pl.Float64, "denominator": pl.Float64,
                "unit": pl.String},
    )  # fmt: skip
    assert with_intervals(frame).select("lower", "upper").row(0) == (None, None)
