"""Tables of codes: which areas lie in which others, and what they are called."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS, LEVELS
from samsyn.statistics.sources.code_columns import (
    CodeColumn,
    as_codes,
    code_columns,
    names_of,
    vintage_of,
)
from samsyn.statistics.sources.forms import AreaLayer, Links, Material, Provenance
from samsyn.statistics.sources.headed import Headed, headed_tables
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.sources.values import values_of

WEIGHTS: Final = ("weight", "vikt", "andel", "share")
NUMBER: Final = r"^[-+]?[\d\s]*\d(?:[.,]\d+)?$"


def recognises(file: Opened) -> bool | str:
    """Whether there are codes of two kinds or vintages, or of one with their names, and no more."""
    tables = headed_tables(file)
    if isinstance(tables, bool):
        return False
    if isinstance(tables, str):
        return tables
    answers = [_answer(table) for table in tables]
    return True if True in answers else str(answers[0])


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The areas of each kind that the table has, and which lie in which.

    Raises InputError where one area lies in two of a larger kind, or has two names, and where
    nothing tells the vintage.
    """
    tables = headed_tables(file)
    materials: list[Material] = []
    for table in tables if isinstance(tables, list) else ():
        if _answer(table) is True:
            materials += _materials(table, file, settings)
    return materials


def _answer(table: Headed) -> bool | str:
    frame = _all_of(table)
    if pl.Binary in frame.dtypes:
        return "it has columns that are no text"
    codes = code_columns(frame)
    if not codes:
        return "no column holds codes of areas alone"
    names = {names_of(frame, coded) for coded in codes} - {None}
    if len(codes) < 2 and not names:
        return f'it has codes of {codes[0].kind} in column "{codes[0].column}", but no names'
    for column in frame.columns:
        if column in names or column in {c.column for c in codes} or column == "row":
            continue
        cells = frame.get_column(column).drop_nulls()
        numeric = cells.dtype.is_numeric() or (
            cells.dtype == pl.String and len(cells) and cells.str.contains(NUMBER).all()
        )
        if numeric and column.casefold() not in WEIGHTS:
            return f'it has numbers in column "{column}", of which nothing tells what they are'
    return True


def _all_of(table: Headed) -> pl.DataFrame:
    return table.select({column: column for column in table.columns})


def _materials(table: Headed, file: Opened, settings: FileSettings) -> list[Material]:
    frame = _all_of(table)
    provenance = file.provenance(settings, sheet=table.sheet)
    found = code_columns(frame)
    hints = [settings.vintage, table.sheet, file.path.stem if len(found) == 1 else None]
    columns: list[CodeColumn] = []
    for coded in found:
        others = [*columns, *found]
        try:
            told = vintage_of(coded, others, [*hints, _beside_kind(file.path.stem, coded.kind)])
        except InputError as error:
            raise InputError(f"{table.name}: {error}") from None
        columns.append(CodeColumn(coded.column, coded.kind, told))
    read = as_codes_of(frame, columns)
    layers = [
        _layer(read, coded, columns, table, provenance)
        for i, coded in enumerate(columns)
        if (coded.kind, coded.vintage) not in {(c.kind, c.vintage) for c in columns[:i]}
    ]
    telling = [layer for layer in layers if layer.frame.width > 1]
    return [*telling, *_links(read, columns, table, provenance)]


def as_codes_of(frame: pl.DataFrame, columns: list[CodeColumn]) -> pl.DataFrame:
    """The frame with its columns of codes as text with the zeros they begin with."""
    fixed = [(coded.column, as_codes(frame, coded.column)) for coded in columns]
    return frame.with_columns(codes[1].alias(column) for column, codes in fixed if codes)


def _beside_kind(stem: str, kind: str) -> str | None:
    """What follows a kind in a file's name: the 2020 of koppling_deso2018_regso2020."""
    _, there, after = stem.casefold().partition(kind)
    return after.lstrip("_- ")[:4] if there else None


def _layer(
    frame: pl.DataFrame,
    coded: CodeColumn,
    columns: list[CodeColumn],
    table: Headed,
    provenance: Provenance,
) -> AreaLayer:
    parent = next((c for c in columns if c.kind == KINDS[coded.kind].parent), None)
    told = {"code": coded.column}
    named = names_of(frame, coded)
    if named is not None:
        told["name"] = named
    if parent is not None:
        told["parent"] = parent.column
        _refuse_two(frame, coded, parent, table)
    areas = (
        frame.select(pl.col(old).alias(new) for new, old in told.items())
        .filter(pl.col("code").is_not_null())
        .unique("code", keep="first", maintain_order=True)
    )
    return AreaLayer(coded.kind, coded.vintage or "", areas, provenance)


def _links(
    frame: pl.DataFrame, columns: list[CodeColumn], table: Headed, provenance: Provenance
) -> list[Links]:
    """Links between DeSO and RegSO and between vintages: other areas are told by their codes."""
    small = [c for c in columns if c.kind in {"deso", "regso"}]
    weights = [c for c in table.columns if c.casefold() in WEIGHTS]
    links = []
    for one, other in combinations(small, 2):
        if (one.kind, one.vintage) == (other.kind, other.vintage):
            continue
        source, target = sorted((one, other), key=lambda c: (LEVELS.index(c.kind), c.vintage or ""))
        if source.kind != target.kind and not weights:
            _refuse_two(frame, source, target, table)
        pairs = frame.select(
            pl.col(source.column).alias("source"), pl.col(target.column).alias("target"), "row",
            *weights[:1],
        ).drop_nulls(["source", "target"])  # fmt: skip
        if weights:
            rows = pairs.get_column("row")
            place = table.place(weights[0])
            share, _ = values_of(
                pairs.get_column(weights[0]),
                table.name,
                lambda at, rows=rows, place=place: f"row {rows[at]}, {place}",  # type: ignore[misc]
                typed=table.typed,
            )
            pairs = pairs.with_columns(weight=share).select("source", "target", "weight")
        else:
            pairs = pairs.select("source", "target")
        links.append(
            Links(
                (source.kind, source.vintage or ""),
                (target.kind, target.vintage or ""),
                pairs.unique(maintain_order=True),
                provenance,
            )
        )
    return links


def _refuse_two(frame: pl.DataFrame, coded: CodeColumn, parent: CodeColumn, table: Headed) -> None:
    """Raise InputError for an area that is said to lie in two of the same kind."""
    pairs = frame.drop_nulls([coded.column, parent.column]).unique(
        [coded.column, parent.column], maintain_order=True
    )
    twice = pairs.get_column(coded.column).is_duplicated()
    if twice.any():
        code = pairs.item(int(twice.arg_max() or 0), coded.column)
        two = pairs.filter(pl.col(coded.column) == code)
        raise InputError(
            f"{table.name}: {code} lies in {two.item(0, parent.column)} according to row "
            f"{two.item(0, 'row')} and in {two.item(1, parent.column)} according to row "
            f"{two.item(1, 'row')}: it can lie in one {parent.kind} only"
        )
