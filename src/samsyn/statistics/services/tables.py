"""Tables of a PxWeb server: what to ask for in parts that it allows, and having them come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from samsyn.measure.errors import InputError
from samsyn.statistics.services.client import Request
from samsyn.statistics.services.errors import TooManyCells
from samsyn.statistics.services.pxweb import (
    PxWeb,
    Selection,
    Table,
    missing_dimension,
    require_answer,
)
from samsyn.statistics.services.regions import by_level, by_vintage
from samsyn.statistics.services.selection import ALL, Years, matching, some, year_of
from samsyn.statistics.services.session import Fetched
from samsyn.statistics.services.shelf import Shelf
from samsyn.statistics.services.split import halve, split

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """What is wanted of a table; a dimension that is not named is wanted whole.

    `choose` leads from a dimension (code or label) to wishes (see `selection.matching`), of which
    with `anyone` one need be met. `codelists` leads from a dimension to a code list (vs_, agg_)
    whose codes are then meant. `levels` are kinds of areas, all where there are none.
    """

    choose: Mapping[str, Sequence[str]] = field(default_factory=dict)
    codelists: Mapping[str, str] = field(default_factory=dict)
    years: Years = field(default_factory=Years)
    levels: tuple[str, ...] = ()
    anyone: bool = False


@dataclass(frozen=True)
class Plan:
    """A table and the selections that together are what is wanted of it."""

    table: Table
    parts: tuple[Selection, ...]

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return sum(part.cells for part in self.parts)


def planned(px: PxWeb, table: Table, wish: Wish) -> Plan:
    """What to ask for to have a wish, in parts under the server's limit of cells.

    Raises InputError where the table lacks a dimension, code or year that is wished for.
    """
    for name in (*wish.choose, *wish.codelists):
        if table.dimension(name) is None:
            raise missing_dimension(table, name)
    lists = {
        dimension.code: list_id
        for name, list_id in wish.codelists.items()
        if (dimension := table.dimension(name)) is not None
    }
    codes = {d.code: _chosen(px, table, d.code, wish, lists) for d in table.dimensions}
    parts = [
        Selection(part, lists)
        for whole in _by_vintage(table, codes, wish, lists)
        for part in split(whole, px.config.max_cells)
    ]
    if not parts:
        raise InputError(f"Table {table.id} has nothing of what was asked for ({table.label})")
    return Plan(table, tuple(parts))


def fetch_table(px: PxWeb, shelf: Shelf, plan: Plan, told: Told | None = None) -> Fetched:
    """Have a table come, part by part, and put it in place. `told` hears of parts come, and of all.

    A part of which the server says that it holds too many cells is asked for in halves.
    Raises ServiceError or Refused; what has come stays for a fetch that resumes.
    """
    collection = f"scb/{plan.table.id}"
    waiting = [
        (f"{collection}/{number:03}", part) for number, part in enumerate(plan.parts, start=1)
    ]
    for name, part in waiting:
        shelf.note("planned", f"{name}.json", px.data(plan.table, part))
    had: list[tuple[str, Request]] = []
    while waiting:
        if told:
            told(len(had), len(had) + len(waiting))
        name, part = waiting.pop(0)
        request = px.data(plan.table, part)
        try:
            if shelf.was_too_large(request):
                raise TooManyCells(f"Table {plan.table.id}: one cell is more than the server gives")
            place = f"{name}.json"
            document = px.session.ask(request, px.facts(plan.table), place)
        except TooManyCells:
            if part.cells == 1:
                raise
            shelf.note("too large", f"{name}.json", request)
            halves = enumerate(halve(part.codes), start=1)
            waiting[:0] = [(f"{name}-{number}", part.of(codes)) for number, codes in halves]
            continue
        require_answer(document, plan.table, part)
        had.append((place, request))
    files = shelf.publish(collection, had)
    return Fetched(collection, plan.table.label, tuple(files))


def _chosen(px: PxWeb, table: Table, code: str, wish: Wish, lists: Mapping[str, str]) -> list[str]:
    """The codes of a dimension that are wished for."""
    dimension = next(d for d in table.dimensions if d.code == code)
    labels = px.codelist(lists[code]) if code in lists else dimension.labels
    names = [name for name in wish.choose if table.dimension(name) == dimension]
    wishes = [text for name in names for text in wish.choose[name]] or [ALL]
    try:
        chosen = matching(labels, wishes, wish.anyone)
    except KeyError as error:
        raise InputError(
            f'Table {table.id} has no "{error.args[0]}" in {dimension.label} ({code}). It has: '
            f"{some([f'{key} ({label})' for key, label in labels.items()])}"
        ) from None
    if code == table.time:
        years = [period for period in chosen if (year_of(period) or 0) in wish.years]
        if not years:
            raise InputError(
                f"Table {table.id} has none of the years asked for. It has: {some(chosen)}"
            )
        return years
    return chosen


def _by_vintage(
    table: Table, codes: Mapping[str, list[str]], wish: Wish, lists: Mapping[str, str]
) -> list[dict[str, list[str]]]:
    """The selection as one for each vintage of areas, with the periods that are its own."""
    region = table.dimension("region")
    if region is None or table.time is None or region.code in lists:
        return [dict(codes)]
    asked = codes[region.code], codes[table.time]
    told = table.levels
    groups = (
        by_vintage(*asked, wish.levels) if told is None else by_level(*asked, told, wish.levels)
    )
    return [{**codes, region.code: regions, table.time: periods} for regions, periods in groups]
