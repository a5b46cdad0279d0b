"""A network as plain data: those who act, and the ties between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

Pair = tuple[int, int]
# The basis of a tie that ends when somebody changes jobs.
PERSONAL: Final = "personal"


def pair(first: int, second: int) -> Pair:
    """Two keys as the one tie that there can be between them, the lower first."""
    return (first, second) if first < second else (second, first)


@dataclass(frozen=True)
class Node:
    """One who acts. `linked` is the organisation that it is in Samsyn, where that is known."""

    key: int
    name: str
    sector: str = ""
    linked: int | None = None


@dataclass(frozen=True)
class Link:
    """That two work together, and what it rests on; `quality` is 1 to 5 where it is judged."""

    first: int
    second: int
    basis: str = ""
    quality: int | None = None

    @property
    def pair(self) -> Pair:
        """The two, the lower key first."""
        return pair(self.first, self.second)

    @property
    def personal(self) -> bool:
        """Whether it depends on single persons."""
        return self.basis == PERSONAL


@dataclass(frozen=True)
class Network:
    """Those who act and their ties. A tie goes both ways, and two have one or none.

    Raises ValueError for a key that stands twice, a tie of somebody with themselves or with one who
    is not there, and a second tie of the same two.
    """

    nodes: Sequence[Node]
    links: Sequence[Link] = field(default=())

    def __post_init__(self) -> None:
        keys = {node.key for node in self.nodes}
        if len(keys) != len(self.nodes):
            raise ValueError("two of those who act have the same key")
        seen: set[Pair] = set()
        for link in self.links:
            if link.first == link.second or not {link.first, link.second} <= keys:
                raise ValueError(f"a tie must be of two who are there, not of {link.pair}")
            if link.pair in seen:
                raise ValueError(f"{link.pair} have two ties")
            seen.add(link.pair)

    @cached_property
    def by_key(self) -> dict[int, Node]:
        """Those who act by key."""
        return {node.key: node for node in self.nodes}

    @cached_property
    def graph(self) -> networkx.Graph:
        """The same as networkx has it, in the order of keys so that answers never depend on it."""
        import networkx

        made = networkx.Graph()
        made.add_nodes_from(sorted(self.by_key))
        made.add_edges_from(sorted(link.pair for link in self.links))
        return made
