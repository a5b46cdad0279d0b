"""What the network of those who act says: who holds it together, who is alone, what is fragile.

The graph is undirected and unweighted: a tie is there or not. Computed by networkx, in its order of
keys, so that the same network gives the same answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from samsyn.cycle.network.network import Network, Pair

if TYPE_CHECKING:
    import networkx

N = TypeVar("N", int, float)


@dataclass(frozen=True)
class Measures:
    """What a network says; keys are those of its nodes, in falling order of what is measured.

    `betweenness`: for each, the share of all pairs of others whose shortest ways go through it,
    0 to 1: 1 where every pair of others needs it. Where a pair has several shortest ways, each
    counts for its part: b(v) = 2 / ((n-1)(n-2)) * sum over s<t of g_st(v) / g_st, with g_st the
    number of shortest ways between s and t (Freeman 1977, "A set of measures of centrality based on
    betweenness", Sociometry 40, equation 3; computed as Brandes 2001). 0 for fewer than three.

    `cut`: those without whom their part of the network falls apart: cut vertices (Harary 1969,
    "Graph theory", chapter 3), each with how many parts remain of theirs.

    `bridges`: the ties whose end would part those who now reach each other (Harary 1969, ibid.).

    `density`: ties that there are, of all that there could be, 2m / (n(n-1)) (Wasserman and Faust
    1994, "Social network analysis", equation 4.3); None for fewer than two, where none could be.

    `components`: the parts within which all reach each other, the largest first.

    `alone`: those without any tie. `degree`: ties of each.

    `meet`: ties within and between sectors, by pair of codes in alphabetical order; `apart`: pairs
    of two sectors that both are there and have no tie between them.

    `personal`: ties that depend on single persons; `held_personally`: those whose every tie does.
    """

    nodes: int
    links: int
    degree: Mapping[int, int]
    betweenness: Mapping[int, float]
    cut: Mapping[int, int]
    bridges: Sequence[Pair]
    density: float | None
    components: Sequence[Sequence[int]]
    alone: Sequence[int]
    meet: Mapping[tuple[str, str], int]
    apart: Sequence[tuple[str, str]]
    personal: Sequence[Pair]
    held_personally: Sequence[int]


def measure(network: Network) -> Measures:
    """All that is measured of a network, see `Measures`."""
    import networkx

    graph = network.graph
    count = graph.number_of_nodes()
    degree = dict(graph.degree)
    between = networkx.betweenness_centrality(graph) if count > 2 else dict.fromkeys(graph, 0.0)
    components = sorted(
        (sorted(part) for part in networkx.connected_components(graph)),
        key=lambda part: (-len(part), part),
    )
    meet = _meet(network)
    personal = sorted(link.pair for link in network.links if link.personal)
    mine = Counter(key for two in personal for key in two)
    return Measures(
        nodes=count,
        links=graph.number_of_edges(),
        degree=_falling(degree),
        betweenness=_falling(between),
        cut=_falling(_cut(graph)),
        bridges=tuple(sorted((min(two), max(two)) for two in networkx.bridges(graph))),
        density=networkx.density(graph) if count > 1 else None,
        components=components,
        alone=[key for key, ties in degree.items() if not ties],
        meet=meet,
        apart=_apart(network, meet),
        personal=personal,
        held_personally=[key for key, ties in degree.items() if ties and mine[key] == ties],
    )


def _falling(values: Mapping[int, N]) -> dict[int, N]:
    return dict(sorted(values.items(), key=lambda one: (-one[1], one[0])))


def _cut(graph: networkx.Graph) -> dict[int, int]:
    """The cut vertices, each with the number of parts that its own part becomes without it."""
    import networkx

    told = {}
    for key in networkx.articulation_points(graph):
        rest = networkx.node_connected_component(graph, key) - {key}
        told[key] = networkx.number_connected_components(graph.subgraph(rest))
    return told


def _meet(network: Network) -> dict[tuple[str, str], int]:
    """How many ties there are between sectors, and within them; only of nodes with a sector."""
    sector = {node.key: node.sector for node in network.nodes}
    found: Counter[tuple[str, str]] = Counter()
    for link in network.links:
        one, other = sorted((sector[link.first], sector[link.second]))
        if one and other:
            found[one, other] += 1
    return dict(sorted(found.items()))


def _apart(network: Network, meet: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """The pairs of different sectors that both are there and have no tie."""
    there = sorted({node.sector for node in network.nodes if node.sector})
    return [two for two in combinations(there, 2) if not meet.get(two)]
