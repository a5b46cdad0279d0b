"""What the pages of the chain show: the picture, the table and the list of the same records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samsyn.cycle.chain.drawn import svg
from samsyn.cycle.chain.model import Branch, Chain, Node, Step, branches
from samsyn.cycle.chain.words import lack_name, one_name, step_name


@dataclass(frozen=True)
class Row:
    """A record in the table of the chain."""

    node: Node
    step: str
    before: list[Node]
    after: list[Node]
    lacks: list[str]


@dataclass(frozen=True)
class Item:
    """A record in the list of the chain, in the lists of what leads to it."""

    node: Node
    step: str
    lacks: list[str]
    again: bool
    items: list[Item]


def rows(chain: Chain) -> Iterator[Row]:
    """The records in the order of the chain."""
    for key, node in chain.nodes.items():
        lacks = [lack_name(one) for one in chain.lacks.get(key, ())]
        yield Row(node, one_name(node.step), chain.before(key), chain.after(key), lacks)


def items(chain: Chain) -> list[Item]:
    """The chain as a list in lists."""

    def item(branch: Branch) -> Item:
        lacks = [lack_name(one) for one in chain.lacks.get(branch.node.key, ())]
        inner = [item(one) for one in branch.branches]
        return Item(branch.node, one_name(branch.node.step), lacks, branch.again, inner)

    return [item(one) for one in branches(chain)]


def page(chain: Chain, name: str, begun: str | None = None) -> dict[str, Any]:
    """What a page of the chain is made of."""
    broken = len(chain.lacks)
    return {
        "chain": chain,
        "picture": mark_safe(svg(chain, name, _("Inget än"), begun)),
        "rows": list(rows(chain)),
        "items": items(chain),
        "counts": [(step_name(step), len(chain.at(step))) for step in Step],
        "broken": broken,
        "begun": chain.nodes.get(begun) if begun else None,
    }
