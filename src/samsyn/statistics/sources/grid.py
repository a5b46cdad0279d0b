"""A table whose cells follow one another in the order of its dimensions, made into long form."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from samsyn.measure.errors import InputError


@dataclass(frozen=True)
class Dimension:
    """A dimension's name, the labels of its values in order, and their codes where told."""

    name: str
    labels: Sequence[str]
    codes: Sequence[str] | None = None


def shape_of(dimensions: Sequence[Dimension]) -> str:
    """How many cells there must be, said so that the owner sees where from."""
    parts = " × ".join(f"{len(d.labels)} {d.name}" for d in dimensions)
    return f"{math.prod(len(d.labels) for d in dimensions):,} ({parts})"


def check_dimensions(dimensions: Sequence[Dimension], name: str) -> None:
    """Raise InputError for values that cannot be told apart, or dimensions that cannot."""
    _unique([d.name for d in dimensions], f"{name}: the dimension", "names")
    for dimension in dimensions:
        where = f'{name}: in the dimension "{dimension.name}" the'
        if dimension.codes is None:
            _unique(dimension.labels, f"{where} value", "values")
            continue
        if len(dimension.codes) != len(dimension.labels):
            raise InputError(
                f'{name}: the dimension "{dimension.name}" has {len(dimension.labels)} labels and '
                f"{len(dimension.codes)} codes. Fetch the file again"
            )
        _unique(dimension.codes, f"{where} code", "codes")


def long_form(dimensions: Sequence[Dimension], cells: pl.DataFrame, name: str) -> pl.DataFrame:
    """The `value` and `status` of cells with the labels and codes that each stands under.

    Cells follow one another with the last dimension running fastest. Raises InputError where
    their number is another than the dimensions ask for, or labels and codes are not unique.
    """
    check_dimensions(dimensions, name)
    size = math.prod(len(d.labels) for d in dimensions)
    if cells.height != size:
        cut = ": the file seems to be cut off" if cells.height < size else ""
        raise InputError(
            f"{name} has {cells.height:,} values, and its dimensions ask for "
            f"{shape_of(dimensions)}{cut}. Fetch or save it again"
        )
    columns: dict[str, pl.Series] = {}
    inner = size
    for dimension in dimensions:
        count = len(dimension.labels)
        inner //= max(count, 1)
        at = np.tile(np.repeat(np.arange(count), inner), size // max(count * inner, 1))
        columns[dimension.name] = pl.Series(dimension.labels, dtype=pl.String).gather(at)
        if dimension.codes is not None:
            codes = pl.Series(dimension.codes, dtype=pl.String)
            columns[f"{dimension.name}.code"] = codes.gather(at)
    return pl.DataFrame(columns).with_columns(
        cells["value"].cast(pl.Float64).alias("value"),
        cells["status"].cast(pl.String).alias("status"),
        pl.lit(None, pl.UInt32).alias("row"),
    )


def _unique(values: Sequence[str], what: str, plural: str) -> None:
    value, times = Counter(values).most_common(1)[0] if values else ("", 1)
    if times > 1:
        raise InputError(
            f'{what} "{value}" stands {times} times, and {plural} must differ. Fetch the file again'
        )
