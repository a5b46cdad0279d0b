"""Measures of networks: against plain loops, published networks, and what always holds."""

from __future__ import annotations

import re
from collections import deque
from itertools import combinations

import pytest
from hypothesis import given

from samsyn.cycle.network import Link, Network, Node, measure
from tests.cycle.networks import FAMILIES, KITE, KITE_NAMES, MARRIAGES, named, networks


def neighbours(network: Network, without=(), without_tie=None):
    there = {node.key: set() for node in network.nodes if node.key not in without}
    for link in network.links:
        if link.pair != without_tie and {link.first, link.second} <= set(there):
            there[link.first].add(link.second)
            there[link.second].add(link.first)
    return there


def parts(there) -> list[set[int]]:
    left, found = set(there), []
    while left:
        part, ahead = set(), [min(left)]
        while ahead:
            at = ahead.pop()
            if at not in part:
                part.add(at)
                ahead.extend(there[at])
        found.append(part)
        left -= part
    return found


def ways(there, begin, end) -> list[list[int]]:
    """Every shortest way between two, found by walking all ways, the shorter first."""
    ahead, found = deque([[begin]]), []
    while ahead:
        way = ahead.popleft()
        if found and len(way) > len(found[0]):
            break
        if way[-1] == end:
            found.append(way)
            continue
        ahead.extend([*way, nearest] for nearest in there[way[-1]] if nearest not in way)
    return found


@given(networks())
def test_measures_are_those_that_plain_loops_find(network):
    told = measure(network)
    there = neighbours(network)
    whole = parts(there)
    between = dict.fromkeys(there, 0.0)
    for one, other in combinations(there, 2):
        found = ways(there, one, other)
        for key in there:
            if found and key not in (one, other):
                between[key] += sum(key in way for way in found) / len(found)
    count = len(there)
    others = (count - 1) * (count - 2) / 2
    assert told.betweenness == pytest.approx(
        {key: value / others if count > 2 else 0.0 for key, value in between.items()}
    )
    assert told.cut == {
        key: len(parts(neighbours(network, {key}))) - len(whole) + 1
        for key in there
        if len(parts(neighbours(network, {key}))) > len(whole)
    }
    assert set(told.bridges) == {
        link.pair
        for link in network.links
        if len(parts(neighbours(network, without_tie=link.pair))) > len(whole)
    }
    assert sorted(map(sorted, told.components)) == sorted(map(sorted, whole))
    assert set(told.alone) == {key for key, others in there.items() if not others}
    assert told.degree == {key: len(others) for key, others in there.items()}
    pairs = count * (count - 1) / 2
    assert told.density == (pytest.approx(len(network.links) / pairs) if pairs else None)
    sector = {node.key: node.sector for node in network.nodes}
    met = {tuple(sorted((sector[link.first], sector[link.second]))) for link in network.links}
    sectors = sorted(set(sector.values()) - {""})
    assert set(told.apart) == set(combinations(sectors, 2)) - met
    personal = {link.pair for link in network.links if link.basis == "personal"}
    assert set(told.personal) == personal
    assert set(told.held_personally) == {
        key for key, others in there.items()
        if others and all((min(key, o), max(key, o)) in personal for o in others)
    }  # fmt: skip


@given(networks())
def test_the_order_in_which_a_network_is_told_changes_nothing(network):
    turned = Network(
        network.nodes[::-1],
        [Link(one.second, one.first, one.basis) for one in network.links[::-1]],
    )
    assert measure(turned) == measure(network)


def test_the_kite_has_its_published_betweenness():
    """Krackhardt 1990: who has most ties is not who holds the network together."""
    network = named(KITE_NAMES, KITE)
    told = measure(network)
    names = {node.key: node.name for node in network.nodes}
    between = {names[key]: round(value, 3) for key, value in told.betweenness.items()}
    assert between == {
        "Heather": 0.389, "Fernando": 0.231, "Garth": 0.231, "Ike": 0.222, "Diane": 0.102,
        "Andre": 0.023, "Beverly": 0.023, "Carol": 0.0, "Ed": 0.0, "Jane": 0.0,
    }  # fmt: skip
    assert names[next(iter(told.degree))] == "Diane"
    assert names[next(iter(told.betweenness))] == "Heather"
    assert [names[key] for key in told.cut] == ["Heather", "Ike"]
    assert told.bridges == ((8, 9), (9, 10))


def test_the_families_of_florence_have_their_published_betweenness():
    """Jackson 2008, "Social and economic networks", section 1.2.1, for the fifteen that are one
    network: 0.522 of the ways go through Medici, and 0.255 through Guadagni.
    """
    fifteen = [name for name in FAMILIES if name != "Pucci"]
    network = named(fifteen, MARRIAGES)
    names = {node.key: node.name for node in network.nodes}
    between = {names[key]: round(value, 3) for key, value in measure(network).betweenness.items()}
    assert {name: between[name] for name in ("Medici", "Guadagni", "Albizzi", "Salviati")} == {
        "Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Salviati": 0.143,
    }  # fmt: skip
    whole = measure(named(FAMILIES, MARRIAGES))
    assert [FAMILIES[key - 1] for key in whole.alone] == ["Pucci"]
    assert [len(part) for part in whole.components] == [15, 1]
    assert whole.density == pytest.approx(20 / 120)
    assert {FAMILIES[key - 1]: parts for key, parts in whole.cut.items()} == {
        "Medici": 3, "Albizzi": 2, "Guadagni": 2, "Salviati": 2,
    }  # fmt: skip


def test_an_empty_network_and_one_of_one_have_no_density():
    assert measure(Network(())).density is None
    alone = measure(Network([Node(1, "Ensam", "civil")]))
    assert (alone.density, alone.alone, alone.apart, alone.cut) == (None, [1], [], {})


@pytest.mark.parametrize(
    ("nodes", "links", "says"),
    [
        ([Node(1, "a"), Node(1, "b")], [], "same key"),
        ([Node(1, "a")], [Link(1, 1)], "two who are there"),
        ([Node(1, "a")], [Link(1, 2)], "two who are there"),
        ([Node(1, "a"), Node(2, "b")], [Link(1, 2), Link(2, 1)], "have two ties"),
    ],
)
def test_what_is_no_network_is_refused(nodes, links, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Network(nodes, links)
