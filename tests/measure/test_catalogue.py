"""The catalogue says what is true of the functions."""

import inspect

import pytest

from samsyn import measure
from samsyn.measure import InputError
from samsyn.measure.catalogue import FAMILIES, INDICES, find, sufficient

# Functions of counts and region that answer in numbers and are no index.
OTHERS = {
    "exposure_matrix",
    "expected_dissimilarity",
    "proximity_matrix",
}
# Profiles, whose area is the index.
PROFILES = {"concentration_profile", "spatial_proximity_profile"}


def index_functions():
    """The public functions of counts and region that answer with one array."""
    for name in measure.__all__:
        function = getattr(measure, name)
        if not inspect.isfunction(function):
            continue
        signature = inspect.signature(function)
        first = list(signature.parameters)[:2]
        if first == ["counts", "region"] and signature.return_annotation == "Floats":
            yield name


def test_every_public_index_is_in_the_catalogue_and_the_other_way_round():
    assert set(index_functions()) - OTHERS == set(INDICES) - PROFILES
    assert set(measure.__all__) >= PROFILES


@pytest.mark.parametrize("name", INDICES)
def test_what_an_index_needs_are_its_required_keywords(name):
    index = INDICES[name]
    parameters = inspect.signature(index.function).parameters
    required = {
        parameter.name
        for parameter in parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty
    }
    for need in index.needs:
        assert required <= need
        assert need - {"ordered"} <= set(parameters)


@pytest.mark.parametrize("name", INDICES)
def test_what_is_said_of_an_index_is_short_and_plain(name):
    index = INDICES[name]
    assert index.function.__name__ == name or name in PROFILES
    assert 10 < len(index.meaning) <= 75
    assert index.lowest < index.highest
    # A location quotient is of all groups at once.
    by_group = index.answers.endswith("group") and name != "location_quotient"
    assert ("group" in index.takes) == by_group


def test_what_suffices_for_which_index():
    names = [index.name for index in sufficient([])]
    assert "dissimilarity" in names
    assert not {"delta", "rank_order_theil", "spatial_proximity"} & set(names)
    assert "delta" in [index.name for index in sufficient(["area"])]
    clustered = [index.name for index in sufficient(["xy"])]
    assert "spatial_proximity" not in clustered
    assert "spatial_proximity" in [index.name for index in sufficient(["xy", "scale"])]
    assert "spatial_proximity" in [index.name for index in sufficient(["contiguity"])]


def test_a_name_is_an_index_or_a_family_or_gets_suggestions():
    assert [index.name for index in find("gini")] == ["gini"]
    assert find("many-groups") == find("many groups")
    assert {index.family for index in find("exposure")} == {"exposure"}
    assert not set(FAMILIES) & set(INDICES)
    with pytest.raises(InputError, match="Did you mean dissimilarity"):
        find("disimilarity")
    with pytest.raises(InputError, match="theil_h"):
        find("theil")
    with pytest.raises(InputError, match="There are: dissimilarity, gini"):
        find("zzz")
