"""The network of those who act: who works together with whom, and what that rests on.

Pure functions over plain data; nothing here knows of a database or a page.
"""

from samsyn.cycle.network.comparing import Compared, compare
from samsyn.cycle.network.drawing import Words, draw
from samsyn.cycle.network.measures import Measures, measure
from samsyn.cycle.network.network import Link, Network, Node, Pair, pair

__all__ = [
    "Compared",
    "Link",
    "Measures",
    "Network",
    "Node",
    "Pair",
    "Words",
    "compare",
    "draw",
    "measure",
    "pair",
]
