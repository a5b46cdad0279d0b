"""What is chosen of a table: codes along each dimension, and which stand in rows or in columns."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from samsyn.api.limits import most_cells
from samsyn.api.problems import ProblemError
from samsyn.api.pxweb.codelists import codelist
from samsyn.api.pxweb.expressions import chosen
from samsyn.api.pxweb.tables import Dimension, Table
from samsyn.statistics.query import Release

HEADING: Final = ("ContentsCode", "Tid")
FEW: Final = 25  # regions that a default selection has at most


@dataclass(frozen=True)
class Wish:
    """What is asked for, as it was written: expressions and code lists by dimension.

    `heading` and `stub` are dimensions in columns and in rows.
    """

    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    codelists: Mapping[str, str] = field(default_factory=dict)
    heading: Sequence[str] = ()
    stub: Sequence[str] = ()


@dataclass(frozen=True)
class Side:
    """A dimension with the codes that are chosen of it; one that is left out has its total."""

    dimension: Dimension
    codes: Sequence[str]
    shown: bool = True

    @property
    def labels(self) -> list[str]:
        """The labels of its codes."""
        told = self.dimension.labels
        return [told[code] for code in self.codes]


@dataclass(frozen=True)
class Chosen:
    """A cube of a table: `sides` in the table's order, `stub` and `heading` in that of the answer.

    `codelists` are those that were applied.
    """

    table: Table
    sides: tuple[Side, ...]
    stub: tuple[str, ...]
    heading: tuple[str, ...]
    codelists: Mapping[str, str]

    def side(self, code: str) -> Side | None:
        """The side of a dimension; None where the table has none such."""
        return next((side for side in self.sides if side.dimension.code == code), None)

    @property
    def shown(self) -> list[Side]:
        """The sides of the answer, in its order: rows, then columns."""
        by_code = {side.dimension.code: side for side in self.sides}
        return [by_code[code] for code in (*self.stub, *self.heading)]

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return math.prod(len(side.codes) for side in self.sides)


def choose(release: Release, table: Table, wish: Wish) -> Chosen:
    """What a wish chooses of a table; where it wishes for nothing, the default.

    A dimension that is not named is left out where it has a total. Raises ProblemError for what
    there is not, for a dimension that must be named and is not, and for too many cells.
    """
    wish = _named(table, wish)
    if not any(wish.codes.values()) and not wish.codelists:
        wish = default(table, wish)
    sides = []
    for own in table.dimensions:
        code, dimension = own.code, own
        expressions = list(wish.codes.get(code, ()))
        if code in wish.codelists:
            dimension = codelist(release, own, wish.codelists[code])
            expressions = expressions or ["*"]
        if expressions:
            sides.append(Side(dimension, chosen(dimension, expressions)))
        elif dimension.elimination is not None:
            sides.append(Side(dimension, [dimension.elimination], shown=False))
        else:
            raise ProblemError(
                400, f"Nothing is chosen of {code}, which cannot be left out: * chooses all of it"
            )
    shown = [side.dimension.code for side in sides if side.shown]
    stub, heading = placed(shown, wish)
    picked = Chosen(table, tuple(sides), stub, heading, wish.codelists)
    most = most_cells()
    if picked.cells > most:
        raise ProblemError(
            403,
            f"The selection has {picked.cells} cells, and an answer holds at most {most}: ask for "
            "it in parts",
        )
    return picked


def default(table: Table, wish: Wish) -> Wish:
    """What is shown of a table where nothing is chosen: its newest period, and the whole country.

    Without the country it is the first regions.
    """
    codes: dict[str, list[str]] = {}
    for dimension in table.dimensions:
        if dimension.code == "Tid":
            codes["Tid"] = [dimension.codes[-1]]
        elif dimension.elimination is not None:
            codes[dimension.code] = [dimension.elimination]
        elif dimension.code == "Region":
            codes["Region"] = list(dimension.codes[:FEW])
        elif dimension.code in {"ContentsCode", "Enhet"}:
            codes[dimension.code] = [dimension.codes[0]]
        else:
            codes[dimension.code] = ["*"]
    return Wish(codes, {}, wish.heading, wish.stub)


def placed(shown: Sequence[str], wish: Wish) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The dimensions in rows and in columns. Raises ProblemError for what cannot be placed so."""
    stub, heading = list(wish.stub), list(wish.heading)
    if not stub and not heading:
        heading = [code for code in HEADING if code in shown]
    named = [*stub, *heading]
    unknown = [code for code in named if code not in shown]
    if unknown:
        raise ProblemError(400, f"{unknown[0]} cannot be placed: it is not in the selection")
    if len(set(named)) < len(named):
        raise ProblemError(400, "A dimension is placed once, in stub or in heading")
    left = [code for code in shown if code not in named]
    if left and wish.stub and wish.heading:
        raise ProblemError(400, f"{left[0]} must be placed too, in stub or in heading")
    if wish.stub and not wish.heading:
        return tuple(stub), tuple(left)
    return (*stub, *left), tuple(heading)


def _named(table: Table, wish: Wish) -> Wish:
    """The wish with the dimensions' own codes, whose capitals do not matter; `time` is Tid."""
    own = {dimension.code.casefold(): dimension.code for dimension in table.dimensions}
    own["time"] = "Tid"

    def known(code: str) -> str:
        found = own.get(code.casefold())
        if found is None:
            there = ", ".join(dimension.code for dimension in table.dimensions)
            raise ProblemError(400, f'{table.id} has no dimension "{code[:80]}". It has {there}')
        return found

    codes: dict[str, list[str]] = {}
    for name, told in wish.codes.items():
        codes.setdefault(known(name), []).extend(told)
    lists = {known(name): told for name, told in wish.codelists.items() if told}
    return Wish(codes, lists, [known(one) for one in wish.heading], [known(o) for o in wish.stub])
