"""What the columns of an agency's tables mean: `tables.toml`, and which entries fit a cube."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from samsyn.statistics.sources.forms import Cube

MEASURE = "tabellinnehåll"
TOTAL, IGNORED = "total", "ignored"


@dataclass(frozen=True)
class TableMeaning:
    """How a table's labels become counts of a grouping or values of indicators.

    `labels` leads from a label (see `plain`) to a group, to an indicator, to "total" or to
    "ignored". Several labels of one group are its parts. `whole` is the group or indicator that a
    table without such a dimension is about. `only` keeps the rows that have these labels.
    """

    codes: tuple[str, ...]
    title: str
    form: Literal["counts", "percent", "values"]
    grouping: str | None
    dimension: str | None
    dimensions: tuple[str, ...]
    labels: Mapping[str, str]
    base: str | None
    remainder: str | None
    whole: str | None
    only: Mapping[str, str]

    @property
    def targets(self) -> set[str]:
        """The groups or indicators that the labels lead to."""
        return set(self.labels.values()) - {TOTAL, IGNORED}


def plain(label: str) -> str:
    """A label as it is compared: without regard to case and to how much space is in it."""
    return " ".join(label.split()).casefold()


@cache
def table_meanings() -> tuple[TableMeaning, ...]:
    """Every entry of `tables.toml`, in its order."""
    text = (files("samsyn.statistics.indicators") / "tables.toml").read_text(encoding="utf-8")
    return tuple(
        TableMeaning(
            codes=tuple(entry["codes"]),
            title=entry["title"],
            form=entry["form"],
            grouping=entry.get("grouping"),
            dimension=entry.get("dimension"),
            dimensions=tuple(plain(name) for name in entry.get("dimensions", ())),
            labels={
                plain(label): target
                for target, labels in entry.get("labels", {}).items()
                for label in labels
            },
            base=plain(entry["base"]) if "base" in entry else None,
            remainder=entry.get("remainder"),
            whole=entry.get("whole"),
            only={plain(name): plain(label) for name, label in entry.get("only", {}).items()},
        )
        for entry in tomllib.loads(text)["table"]
    )


def meanings_of(cube: Cube) -> list[TableMeaning]:
    """The entries that fit a cube; none where the catalogue does not know it."""
    return [meaning for meaning in table_meanings() if _fits(meaning, cube)]


def nearly_meant(cube: Cube) -> TableMeaning | None:
    """The first entry that a cube was probably meant for, where none fits.

    It has its code, or a dimension that is called the same; labels that it needs are lacking.
    """
    for meaning in table_meanings():
        coded = cube.provenance.table in meaning.codes
        called = meaning.dimension not in {None, MEASURE} and _named(cube, str(meaning.dimension))
        if meaning.dimension is not None and (coded or called):
            return meaning
    return None


def needed_labels(meaning: TableMeaning) -> set[str]:
    """The labels that a cube must have: without one, a group would be counted wrongly."""
    return {
        label
        for label, target in meaning.labels.items()
        if target not in {"unknown", "other", IGNORED}
        and (target != TOTAL or meaning.remainder is not None)
    }


def dimension_of(meaning: TableMeaning, cube: Cube) -> str | None:
    """The cube's dimension that holds the groups or indicators.

    It is known by its name, and in a table that is known by its code by its labels as well: a title
    that names the dimensions can be lost.
    """
    if meaning.dimension is None:
        return None
    named = (
        cube.roles.get("measure")
        if meaning.dimension == MEASURE
        else _named(cube, meaning.dimension)
    )
    if named is None and cube.provenance.table in meaning.codes:
        needed = needed_labels(meaning)
        return next((d for d in cube.dimensions if needed <= labels_of(cube, d)), None)
    return named


def labels_of(cube: Cube, dimension: str) -> set[str]:
    """The labels of a dimension, as they are compared."""
    return {plain(label) for label in cube.frame.get_column(dimension).unique().drop_nulls()}


def _named(cube: Cube, name: str) -> str | None:
    return next((d for d in cube.dimensions if plain(d) == plain(name)), None)


def _codes(cube: Cube) -> set[str | None]:
    """The table's code, and that of its only measure: the API names the table so."""
    column = f"{cube.roles.get('measure')}.code"
    if column not in cube.frame.columns:
        return {cube.provenance.table}
    measures = cube.frame.get_column(column).unique().to_list()
    return {cube.provenance.table, *(measures if len(measures) == 1 else ())}


def _fits(meaning: TableMeaning, cube: Cube) -> bool:
    coded = not set(meaning.codes).isdisjoint(_codes(cube))
    if meaning.dimension is None:
        # A table of one number for each area says by its code alone what it is; its dimensions can
        # be those of many others.
        return coded
    column = dimension_of(meaning, cube)
    if column is None or not all(_named(cube, name) for name in meaning.only):
        return False
    there = labels_of(cube, column)
    found = {meaning.labels[label] for label in there if label in meaning.labels}
    if meaning.form != "counts":
        return bool(found & meaning.targets)
    return needed_labels(meaning) <= there
