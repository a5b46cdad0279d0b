"""Two networks of the same place at two times: who has come and gone, which ties were won or lost.

The keys of two rounds have nothing to do with each other. Those who act are the same where they are
linked to the same organisation, else where their names are the same but for case and spaces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samsyn.cycle.network.network import Link, Network, Node


@dataclass(frozen=True)
class Between:
    """A tie of two nodes, as it stands in one of the networks."""

    first: Node
    second: Node
    link: Link


@dataclass(frozen=True)
class Compared:
    """What has changed from one network to a later one.

    `same` has the later key by the earlier key. A tie of somebody who has left is lost with them,
    and one of somebody new is gained; `ties_between_same` says how many of each are not so.
    `ambiguous` are names that several share in one network, of whom none is matched by name.
    """

    same: Mapping[int, int]
    gained: Sequence[Node]
    lost: Sequence[Node]
    ties_kept: Sequence[Between]
    ties_gained: Sequence[Between]
    ties_lost: Sequence[Between]
    steadier: Sequence[Between]  # rested on single persons, and does no longer
    frailer: Sequence[Between]  # rests on single persons now
    ambiguous: Sequence[str]

    @property
    def between_same(self) -> tuple[int, int]:
        """Ties gained and lost among those who are there both times."""
        before, after = set(self.same), set(self.same.values())
        return (
            sum({one.first.key, one.second.key} <= after for one in self.ties_gained),
            sum({one.first.key, one.second.key} <= before for one in self.ties_lost),
        )


def compare(earlier: Network, later: Network) -> Compared:
    """What has changed between two networks; ties of the later are told in its own nodes."""
    same, ambiguous = _same(earlier, later)
    back = {after: before for before, after in same.items()}
    then = {link.pair: link for link in earlier.links}
    now = {link.pair: link for link in later.links}
    moved = {
        frozenset((same[first], same[second])): link
        for (first, second), link in then.items()
        if first in same and second in same
    }
    kept = [link for link in now.values() if frozenset(link.pair) in moved]
    there = {frozenset(link.pair) for link in kept}
    lost = [
        link for (first, second), link in then.items()
        if first not in same or second not in same
        or frozenset((same[first], same[second])) not in there
    ]  # fmt: skip

    def was(link: Link) -> Link:
        return moved[frozenset(link.pair)]

    return Compared(
        same=same,
        gained=[node for node in later.nodes if node.key not in back],
        lost=[node for node in earlier.nodes if node.key not in same],
        ties_kept=_between(later, kept),
        ties_gained=_between(
            later, [link for link in now.values() if frozenset(link.pair) not in there]
        ),
        ties_lost=_between(earlier, lost),
        steadier=_between(
            later, [k for k in kept if k.basis and was(k).personal and not k.personal]
        ),
        frailer=_between(later, [k for k in kept if k.personal and not was(k).personal]),
        ambiguous=ambiguous,
    )


def plain(name: str) -> str:
    """A name as it is compared: without regard to case and to spaces."""
    return " ".join(name.casefold().split())


def _same(earlier: Network, later: Network) -> tuple[dict[int, int], list[str]]:
    same: dict[int, int] = {}
    by_organisation = _only({node.key: node.linked for node in later.nodes})
    for key, linked in _only({node.key: node.linked for node in earlier.nodes}).items():
        if key in by_organisation:
            same[linked] = by_organisation[key]
    taken = set(same.values())
    before = {node.key: plain(node.name) for node in earlier.nodes if node.key not in same}
    after = {node.key: plain(node.name) for node in later.nodes if node.key not in taken}
    names = _only(after)
    for name, key in _only(before).items():
        # Two that are linked to different organisations are not the same, whatever they are called.
        if name in names and _may_be(earlier.by_key[key], later.by_key[names[name]]):
            same[key] = names[name]
    several = {
        name
        for told in (before, after)
        for name, times in Counter(told.values()).items()
        if times > 1
    }
    return same, sorted(several)


def _may_be(one: Node, other: Node) -> bool:
    return one.linked is None or other.linked is None or one.linked == other.linked


def _only(told: Mapping[int, object]) -> dict[object, int]:
    """The keys by what is told of them, where it is told of one only."""
    times = Counter(told.values())
    return {value: key for key, value in told.items() if value is not None and times[value] == 1}


def _between(network: Network, links: Sequence[Link]) -> list[Between]:
    by_key = network.by_key
    return [Between(by_key[link.first], by_key[link.second], link) for link in links]
