"""Two rounds of a network: who is the same, and which ties were won and lost."""

from __future__ import annotations

from hypothesis import given

from samsyn.cycle.network import Link, Network, Node, compare
from tests.cycle.networks import networks


def ends(ties):
    return {frozenset((one.first.name, one.second.name)) for one in ties}


def test_those_who_act_are_the_same_by_organisation_and_else_by_name():
    earlier = Network(
        [Node(1, "Socialtjänsten"), Node(2, "AMF", linked=7), Node(3, "Polisen"), Node(4, "Borta")],
        [Link(1, 2, "personal"), Link(2, 3), Link(3, 4), Link(1, 3, "formal")],
    )
    later = Network(
        [
            Node(11, " socialtjänsten "), Node(12, "Arbetsmarknadsförvaltningen", linked=7),
            Node(13, "Polisen"), Node(15, "Ny förening"),
        ],
        [Link(12, 11, "formal"), Link(11, 13, "personal"), Link(13, 15)],
    )  # fmt: skip
    told = compare(earlier, later)
    assert told.same == {1: 11, 2: 12, 3: 13}
    assert [node.name for node in told.gained] == ["Ny förening"]
    assert [node.name for node in told.lost] == ["Borta"]
    assert ends(told.ties_gained) == {frozenset(("Polisen", "Ny förening"))}
    assert ends(told.ties_lost) == {frozenset(("AMF", "Polisen")), frozenset(("Polisen", "Borta"))}
    assert told.between_same == (0, 1)
    assert [one.link.pair for one in told.steadier] == [(11, 12)]
    assert [one.link.pair for one in told.frailer] == [(11, 13)]


def test_a_name_that_two_share_is_matched_with_nobody():
    earlier = Network([Node(1, "Föreningen"), Node(2, "Föreningen")])
    later = Network([Node(1, "föreningen")])
    told = compare(earlier, later)
    assert not told.same
    assert told.ambiguous == ["föreningen"]
    assert (len(told.gained), len(told.lost)) == (1, 2)


def test_two_that_are_different_organisations_are_not_the_same_by_name():
    told = compare(Network([Node(1, "Skolan", linked=1)]), Network([Node(1, "Skolan", linked=2)]))
    assert not told.same


@given(networks())
def test_a_network_has_lost_and_gained_nothing_against_itself(network):
    told = compare(network, network)
    assert not any((told.gained, told.lost, told.ties_gained, told.ties_lost, told.steadier))
    assert len(told.ties_kept) == len(network.links)


@given(networks(5), networks(5))
def test_what_one_way_is_gained_is_lost_the_other_way(earlier, later):
    told, back = compare(earlier, later), compare(later, earlier)
    assert ends(told.ties_gained) == ends(back.ties_lost)
    assert told.gained == back.lost
    assert len(told.ties_kept) + len(told.ties_gained) == len(later.links)
    assert len(told.ties_kept) + len(told.ties_lost) == len(earlier.links)
