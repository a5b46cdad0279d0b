"""Everything derived of a release at once."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from samsyn.measure.errors import InputError
from samsyn.statistics.derive import Derivation, derive_indices
from tests.statistics.derive import county

PLACES = county.areas()
GROUPINGS = {g.id: g for g in (county.BACKGROUND, county.TENURE, county.INCOME, county.EVERYONE)}
COUNTS = {name: county.counts(grouping, PLACES) for name, grouping in GROUPINGS.items()}


def test_each_grouping_in_order_as_by_itself() -> None:
    borders = county.neighbours(PLACES)
    found = list(Derivation(PLACES, borders, seed=4).of_groupings(GROUPINGS, COUNTS))
    assert [derived.grouping for derived in found] == ["background", "tenure", "economic_standard"]
    for derived in found:
        grouping = GROUPINGS[derived.grouping]
        alone = derive_indices(grouping, COUNTS[grouping.id], PLACES, borders, seed=4)
        assert_frame_equal(derived.indices, alone, check_exact=True)
        assert set(derived.quotients["group"]) == set(grouping.groups)
        assert derived.decomposition["grouping"].unique().to_list() == [grouping.id]
    indicators = [sorted(set(derived.observations["indicator"])) for derived in found]
    assert indicators == [[], ["tenure_mix"], ["concentration_at_extremes", "inequality_index"]]


def test_progress_of_all_goes_up_to_1() -> None:
    told: list[tuple[float, str]] = []
    derivation = Derivation(PLACES, replicates=2)
    list(derivation.of_groupings(GROUPINGS, COUNTS, lambda share, what: told.append((share, what))))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert {what.split(",")[0] for _, what in told} == {"background", "tenure", "economic_standard"}


def test_a_wrong_count_is_an_error_and_ends_the_work() -> None:
    wrong = COUNTS["tenure"].with_columns(
        count=pl.when(pl.col("area") != "deso/2018/9101C0001").then("count").otherwise(-1.0)
    )
    with pytest.raises(InputError, match="-1"):
        list(Derivation(PLACES).of_groupings(GROUPINGS, COUNTS | {"tenure": wrong}))


def test_an_interval_needs_two_draws() -> None:
    with pytest.raises(InputError, match="at least 2"):
        derive_indices(county.BACKGROUND, COUNTS["background"], PLACES, replicates=1)
