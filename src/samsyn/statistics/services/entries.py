"""Named lists of what to fetch, and how an entry finds its table or key figure.

An entry gives an id where it is known for certain. Also then, what the service has under the id
must be what the entry describes; where it is not, and where there is no id, the service's search
is asked, and exactly one of what it finds must fit. Nothing is guessed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from samsyn.measure.errors import InputError
from samsyn.statistics.services.errors import Refused
from samsyn.statistics.services.kolada import KeyFigure, Kolada
from samsyn.statistics.services.pxweb import PxWeb, Table
from samsyn.statistics.services.selection import Years, plain, some
from samsyn.statistics.services.tables import Wish


@dataclass(frozen=True)
class TableEntry:
    """A table of a PxWeb server.

    `words` stand in its title, `dimensions` are the labels of its dimensions (of all of them where
    it is searched for), and it has each of the labels that `holds` names in a dimension.
    `choose` is what is wanted of it.
    """

    name: str
    query: str
    words: tuple[str, ...]
    dimensions: tuple[str, ...]
    id: str | None
    holds: Mapping[str, Sequence[str]]
    choose: Mapping[str, Sequence[str]]

    def wish(self, years: Years, levels: tuple[str, ...] = ()) -> Wish:
        """What is wanted of the table in these years."""
        return Wish(self.choose, {}, years, levels, anyone=True)


@dataclass(frozen=True)
class FigureEntry:
    """A key figure of Kolada: `words` stand in its title; `indicator` is whom it serves."""

    indicator: str
    query: str
    words: tuple[str, ...]
    id: str | None


@dataclass(frozen=True)
class Preset:
    """A named list of tables and key figures."""

    tables: tuple[TableEntry, ...]
    figures: tuple[FigureEntry, ...]


@cache
def preset(name: str) -> Preset:
    """A preset by its name."""
    path = files("samsyn.statistics.services") / "presets" / f"{name}.toml"
    told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Preset(
        tuple(
            TableEntry(
                entry["name"],
                entry["query"],
                tuple(entry["words"]),
                tuple(entry["dimensions"]),
                entry.get("id"),
                entry.get("holds", {}),
                entry.get("choose", {}),
            )
            for entry in told["table"]
        ),
        tuple(
            FigureEntry(entry["indicator"], entry["query"], tuple(entry["words"]), entry.get("id"))
            for entry in told["key_figure"]
        ),
    )


def find_table(px: PxWeb, entry: TableEntry) -> Table:
    """The table that an entry describes. Raises InputError where not exactly one fits."""
    there = _by_id(px, entry)
    if there is not None and not _faults(there, entry):
        return there
    listed = [
        table
        for table in px.search(entry.query)
        if _worded(table.label, entry.words) and _alike(table.variables, entry.dimensions)
    ]
    tables = [px.table(table.id) for table in listed]
    fitting = [table for table in tables if not _faults(table, entry)]
    if len(fitting) == 1:
        return fitting[0]
    known = ""
    if entry.id:
        why = f"it {_faults(there, entry)}" if there else "the service does not have it"
        known = f" Known as {entry.id}, but {why}."
    fits = _how_many([f"{table.id} ({table.label})" for table in fitting])
    raise InputError(
        f'Table "{entry.name}" was not found: {fits} the search for "{entry.query}" that has the '
        f'dimensions {", ".join(entry.dimensions)} and "{", ".join(entry.words)}" in its title.'
        f"{known} `samsyn fetch scb --search TEXT` lists tables, and `samsyn fetch scb TABLE` "
        "fetches one by its id"
    )


def find_figure(kolada: Kolada, entry: FigureEntry) -> KeyFigure:
    """The key figure that an entry describes. Raises InputError where not exactly one fits."""
    there = None
    if entry.id:
        try:
            there = kolada.figure(entry.id)
        except InputError:
            there = None
        if there is not None and _worded(there.title, entry.words):
            return there
    fitting = [f for f in kolada.search(entry.query) if _worded(f.title, entry.words)]
    if len(fitting) == 1:
        return fitting[0]
    known = ""
    if entry.id:
        why = f'it is now "{there.title}"' if there else "Kolada does not have it"
        known = f" Known as {entry.id}, but {why}."
    raise InputError(
        f'The key figure for "{entry.indicator}" was not found: '
        f'{_how_many([f"{f.id} ({f.title})" for f in fitting])} the search for "{entry.query}" '
        f'whose title has "{", ".join(entry.words)}".{known} `samsyn fetch kolada --search TEXT` '
        "lists key figures, and `samsyn fetch kolada ID` fetches one"
    )


def _by_id(px: PxWeb, entry: TableEntry) -> Table | None:
    if entry.id is None:
        return None
    try:
        return px.table(entry.id)
    except Refused:
        return None


def _faults(table: Table, entry: TableEntry) -> str:
    """Where a table is not what an entry describes; nothing where it is."""
    if not _worded(table.label, entry.words):
        return f'is called "{table.label}"'
    there = [dimension.label for dimension in table.dimensions]
    if not {plain(name) for name in entry.dimensions} <= {plain(name) for name in there}:
        return f"has the dimensions {', '.join(there)}"
    for name, labels in entry.holds.items():
        dimension = table.dimension(name)
        have = {plain(label) for label in dimension.labels.values()} if dimension else set()
        for label in labels:
            if plain(label) not in have:
                return f'has no "{label}" in {name}'
    return ""


def _worded(title: str, words: Sequence[str]) -> bool:
    return all(plain(word) in plain(title) for word in words)


def _alike(names: Sequence[str], others: Sequence[str]) -> bool:
    return {plain(name) for name in names} == {plain(name) for name in others}


def _how_many(found: Sequence[str]) -> str:
    return f"{len(found)} ({some(found)}) fit in" if found else "there is none in"
