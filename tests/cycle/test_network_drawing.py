"""The picture of a network: the same every time, readable, and well-formed whatever names say."""

from __future__ import annotations

import math
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from samsyn.cycle.network import Link, Network, Node, Words, draw, measure
from samsyn.cycle.network.drawing import WIDTH
from samsyn.cycle.network.labels import Box, broken, placed
from samsyn.cycle.network.layout import places
from samsyn.publish.theme import theme
from tests.cycle.networks import FAMILIES, KITE, KITE_NAMES, MARRIAGES, SECTORS, named, networks

WORDS = Words("Nätverk & <tecken>", "Beskrivning", {s: s.title() for s in SECTORS}, "p", "b", "o")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(network: Network, dark: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(draw(network, measure(network), WORDS, theme(dark)))


@settings(max_examples=10, deadline=None)
@given(networks(6))
def test_every_one_who_acts_is_drawn_within_the_picture(network):
    picture = drawn(network)
    _left, _top, wide, high = (float(part) for part in picture.get("viewBox").split())
    at, _height = places(network, WIDTH)
    assert set(at) == {node.key for node in network.nodes}
    assert all(0 <= x <= wide and 0 <= y <= high and math.isfinite(x + y) for x, y in at.values())
    assert len(picture.findall(f".//{SVG}g[@class='ties']/*")) == len(network.links)


def test_a_network_is_drawn_the_same_every_time():
    network = named(FAMILIES, MARRIAGES)
    once, again = (draw(network, measure(network), WORDS, theme()) for _time in range(2))
    assert once == again


@pytest.mark.parametrize(("names", "ties"), [(KITE_NAMES, KITE), (FAMILIES, MARRIAGES)])
def test_names_of_small_networks_cover_neither_each_other_nor_nodes(names, ties):
    network = named(names, ties)
    at, height = places(network, WIDTH)
    labels = placed(
        {node.key: node.name for node in network.nodes}, at, 12, 8, Box(0, 0, WIDTH, height)
    )
    boxes = [label.box for label in labels.values()]
    assert not any(one.over(other) for one, other in combinations(boxes, 2))
    nodes = {key: Box(x - 8, y - 8, x + 8, y + 8) for key, (x, y) in at.items()}
    assert not any(box.over(node) for box in boxes for node in nodes.values())


def test_what_is_typed_stays_text_in_the_picture():
    network = Network(
        [Node(1, '<script>alert("1")</script> & co', "civil"), Node(2, "Två")], [Link(1, 2)]
    )
    picture = drawn(network)
    assert picture.find(f".//{SVG}script") is None
    assert picture.find(f"{SVG}title").text == "Nätverk & <tecken>"
    assert picture.get("role") == "img"


def test_lines_tell_what_a_tie_rests_on():
    network = Network(
        [Node(1, "a"), Node(2, "b"), Node(3, "c")], [Link(1, 2, "personal"), Link(2, 3)]
    )
    kinds = [line.get("class") for line in drawn(network).findall(f".//{SVG}g[@class='ties']/*")]
    assert kinds == ["tie personal bridge", "tie bridge"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Polisen", ["Polisen"]),
        ("Föreningen för ett öppet Hamnen", ["Föreningen för ett", "öppet Hamnen"]),
        ("Arbetsmarknadsförvaltningen", ["Arbetsmarknadsförvaltningen"]),
        ("A" * 60, ["A" * 28 + "…"]),
        ("Kort " + "lång " * 12, ["Kort lång lång lång", "lång lång lång lång l…"]),
    ],
)
def test_a_long_name_is_broken_in_two_lines(name, lines):
    assert broken(name) == lines
