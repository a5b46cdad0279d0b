"""What the indices of the measure room are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from samsyn.cli.manual import ManualCommand

if TYPE_CHECKING:
    from samsyn.measure._index import Index


@click.command(
    cls=ManualCommand,
    short_help="List the indices that measure knows: what they mean and need.",
    examples="""
samsyn explain
samsyn explain clustering
samsyn explain gini
""",
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
def explain(names: tuple[str, ...]) -> None:
    """List the indices by family: name, range, meaning and what they need beside counts.

    NAME is an index or a family, such as evenness or many-groups; without one, all are listed.
    """
    from samsyn.measure.catalogue import INDICES, find

    chosen = list(dict.fromkeys(index for name in names for index in find(name)))
    chosen = chosen or list(INDICES.values())
    width = max(len(index.name) for index in chosen)
    families = dict.fromkeys(index.family for index in chosen)
    for position, family in enumerate(families):
        click.echo(f"\n{family}" if position else family)
        for index in chosen:
            if index.family == family:
                click.echo(f"  {index.name:<{width}}  {_range(index):<9}  {_meaning(index)}")


def _range(index: Index) -> str:
    return f"{index.lowest:g} to {index.highest:g}"


# What an index needs, by the options that give it.
GIVEN_BY = {
    "xy": "--x and --y",
    "area": "--area",
    "contiguity": "--geometry",
    "scale": "--scale",
    "ordered": "groups in order",
}


def _meaning(index: Index) -> str:
    ways = [", ".join(GIVEN_BY[name] for name in GIVEN_BY if name in need) for need in index.needs]
    needs = " or ".join(way for way in ways if way)
    return f"{index.meaning} [{needs}]" if needs else index.meaning
