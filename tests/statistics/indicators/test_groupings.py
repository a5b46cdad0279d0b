"""Groupings: every group has its label, and the index to show first can be computed."""

import math

import numpy as np
import pytest

from samsyn.measure.catalogue import INDICES
from samsyn.measure.errors import InputError
from samsyn.statistics.indicators import LANGUAGES, grouping, groupings
from samsyn.statistics.indicators.tables import table_meanings

EVERY = pytest.mark.parametrize("found", groupings().values(), ids=lambda found: found.id)


@EVERY
def test_every_group_has_its_label_in_both_languages(found):
    assert set(found.labels) == {*found.groups, *found.beside}
    for text in (found.name, *found.labels.values()):
        assert set(text) == set(LANGUAGES)
        assert all(told.strip() for told in text.values())
    for language in LANGUAGES:
        labels = [label[language] for label in found.labels.values()]
        assert len(set(labels)) == len(labels)


@EVERY
def test_groups_are_named_once(found):
    columns = found.columns
    assert len(set(columns)) == len(columns)
    assert columns[: len(found.groups)] == tuple(f"{found.id}.{g}" for g in found.groups)


@EVERY
def test_the_first_index_exists_and_fits(found):
    if len(found.groups) == 1:
        assert found.first_index is None
        return
    index = INDICES[found.first_index]
    assert found.first_group in found.groups
    assert found.first_against in {None, *found.groups} - {found.first_group}
    counts = np.random.default_rng(7).integers(5, 90, (30, len(found.groups)))
    which = {}
    if index.answers == "group":
        which["group"] = found.groups.index(found.first_group)
        if found.first_against is not None:
            which["against"] = found.groups.index(found.first_against)
    else:
        # An index of all groups together leaves none out.
        assert found.first_against is None
    assert all(need <= {"ordered"} for need in index.needs)
    assert any("ordered" in need for need in index.needs) <= found.ordered
    value = float(np.squeeze(index.function(counts, **which)))
    assert math.isfinite(value)
    assert index.lowest <= value <= index.highest


def test_every_grouping_has_a_table_that_gives_it():
    given = {meaning.grouping for meaning in table_meanings()}
    assert set(groupings()) <= given
    for meaning in table_meanings():
        if meaning.grouping is not None:
            found = grouping(meaning.grouping)
            targets = meaning.targets | {meaning.remainder, meaning.whole} - {None}
            assert set(found.groups) <= targets <= {*found.groups, *found.beside}


def test_a_grouping_that_does_not_exist_gets_those_that_are_near():
    with pytest.raises(InputError, match='no grouping "tenur".*tenure'):
        grouping("tenur")
    with pytest.raises(InputError, match="There are: background"):
        grouping("qqq")
