"""Rows with their labels and values as a cube: names, roles, codes and the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from samsyn.statistics.sources.forms import Role
from samsyn.statistics.sources.roles import looks_like_periods, role_of_name, roles_of
from samsyn.statistics.sources.rows import ROW

# Columns of a cube's frame that are no dimensions.
OWN: Final = frozenset({"value", "status", "row"})
CODE_AND_NAME: Final = r"^(\d{4}[ABC]\d{4}|\d{4}R\d{3}|\d{4}|\d{2})\s+(\S.*)$"
PERIOD: Final = "år"


class LongForm(NamedTuple):
    """See `Cube` for each."""

    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    roles: Mapping[Role, str]


def long_form(
    rows: pl.DataFrame,
    dimensions: Sequence[str],
    value: pl.Series,
    status: pl.Series | pl.Expr,
    name: str,
    period: str | None,
) -> LongForm:
    """A cube of rows that have their labels under their dimensions and their number in ROW.

    `period` is that of all values where no dimension is of periods. Raises InputError where there
    are no areas or no periods.
    """
    names = [dimension_name(dimension) for dimension in dimensions]
    labels = [pl.col(old).alias(new) for old, new in zip(dimensions, names, strict=True)]
    if period is not None and not any(_has_periods(rows, d) for d in dimensions):
        names.append(PERIOD)
        labels.append(pl.lit(period).alias(PERIOD))
    frame = rows.select(*labels, value=value, status=status, row=ROW)
    roles = roles_of(names, frame, name)
    return LongForm(_with_codes(frame, roles["area"]), tuple(names), roles)


def dimension_name(name: str) -> str:
    """A dimension's name in a cube, where some names are taken."""
    return f"{name} (dimension)" if name in OWN else name


def _has_periods(rows: pl.DataFrame, dimension: str) -> bool:
    return role_of_name(dimension) == "period" or looks_like_periods(rows.get_column(dimension))


def _with_codes(frame: pl.DataFrame, area: str) -> pl.DataFrame:
    """Codes in a column of their own, where every area's label is its code and its name."""
    labels = pl.col(area)
    if not frame.select(labels.str.contains(CODE_AND_NAME).all()).item():
        return frame
    return frame.with_columns(
        labels.str.extract(CODE_AND_NAME, 2).alias(area),
        labels.str.extract(CODE_AND_NAME, 1).alias(f"{area}.code"),
    )
