"""A table read by a declared mapping: observations or counts that say what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.mapping import (
    PERIOD,
    SEXES,
    TOTALS,
    ColumnMapping,
    ValueColumns,
    matching,
)
from samsyn.statistics.sources.values import values_of

KEY = ("area", "period", "sex", "age")


def tidy(
    table: pl.DataFrame, mapping: ColumnMapping, name: str, period: str | None = None
) -> pl.DataFrame:
    """The rows of a `TidyTable`: see there for the columns.

    `table` has each row's number in `row`, its cells as text or numbers. `period` is that of all
    figures where the mapping tells none. Raises InputError that names the column, the label or the
    row that is wrong.
    """
    columns = [column for column in table.columns if column != "row"]
    lacking = mapping.lacking(columns)
    if lacking:
        raise InputError(
            f'{name} has no column "{lacking[0]}", which its mapping names. Its columns are: '
            f"{', '.join(columns)}"
        )
    rows = _chosen(table, mapping, name)
    keys = rows.select(
        _area(rows, mapping.area, name),
        _sexes(rows, mapping, name),
        _ages(rows, mapping),
        pl.col("row").cast(pl.UInt32),
    )
    parts = []
    for entry in mapping.values:
        for told, column in matching(entry.value, columns).items():
            periods = _periods(rows, mapping, told or period, name)
            figures = _figures(rows, entry, column, told, name)
            parts.append(keys.with_columns(periods, *figures))
    whole = pl.concat(parts)
    what = [c for c in ("indicator", "grouping", "group") if whole.get_column(c).count()]
    if "indicator" in what and len(what) > 1:
        raise InputError(f"{name}: a mapping is of indicators or of groups, not of both")
    figures_of = ["value", "status", "numerator", "denominator"]
    if "indicator" not in what:
        figures_of = ["value", "status"]
    found = whole.select(*what, *KEY, *figures_of, "row")
    _refuse_twice(found, [*what, *KEY], name)
    return found


def _chosen(table: pl.DataFrame, mapping: ColumnMapping, name: str) -> pl.DataFrame:
    """The rows that the mapping is about."""
    rows = table
    for column, wanted in mapping.where.items():
        texts = rows.get_column(column).cast(pl.String).str.strip_chars()
        if wanted not in texts:
            there = ", ".join(f'"{text}"' for text in texts.drop_nulls().unique().sort()[:8])
            raise InputError(
                f'{name}: no row has "{wanted}" in column "{column}", which its mapping asks for. '
                f"It has: {there}"
            )
        rows = rows.filter(texts == wanted)
    if not rows.height:
        raise InputError(f"{name} has no rows")
    return rows


def _area(rows: pl.DataFrame, column: str, name: str) -> pl.Series:
    texts = rows.get_column(column).cast(pl.String).str.strip_chars().replace("", None)
    if texts.has_nulls():
        row = rows.get_column("row")[int(texts.is_null().arg_max() or 0)]
        raise InputError(f'{name}: row {row} has no area in column "{column}"')
    return texts.alias("area")


def _sexes(rows: pl.DataFrame, mapping: ColumnMapping, name: str) -> pl.Expr | pl.Series:
    if mapping.sex is None:
        return pl.lit("total").alias("sex")
    known = {label: sex for sex, labels in SEXES.items() for label in labels}
    known |= {label.casefold(): sex for sex, label in mapping.sex_labels.items()}
    texts = rows.get_column(mapping.sex).cast(pl.String).str.strip_chars()
    sexes = texts.str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String)
    if sexes.has_nulls():
        at = int(sexes.is_null().arg_max() or 0)
        raise InputError(
            f'{name}: row {rows.get_column("row")[at]}, column "{mapping.sex}" is "{texts[at]}", '
            "which is no sex. Say which it is in the mapping: sex_labels = { women = ... }"
        )
    return sexes.alias("sex")


def _ages(rows: pl.DataFrame, mapping: ColumnMapping) -> pl.Expr | pl.Series:
    if mapping.age is None:
        return pl.lit("total").alias("age")
    texts = rows.get_column(mapping.age).cast(pl.String).str.strip_chars()
    known = dict.fromkeys(TOTALS, "total")
    known |= {label.casefold(): age for age, label in mapping.age_labels.items()}
    meant = texts.str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.String)
    return meant.fill_null(texts).fill_null("total").alias("age")


def _periods(
    rows: pl.DataFrame, mapping: ColumnMapping, told: str | None, name: str
) -> pl.Expr | pl.Series:
    if mapping.period is not None:
        return rows.get_column(mapping.period).cast(pl.String).str.strip_chars().alias("period")
    if not told:
        raise InputError(
            f'{name}: its mapping names no period. Name its column (period = "year"), write '
            f'{PERIOD} in the names of columns, or set period = "2022" beside match in samsyn.toml'
        )
    return pl.lit(told).alias("period")


def _figures(
    rows: pl.DataFrame, entry: ValueColumns, column: str, period: str, name: str
) -> list[pl.Series | pl.Expr]:
    """Value, status, numerator and denominator of one column of figures."""

    def cells(asked: str | None) -> tuple[pl.Series, pl.Series] | None:
        if asked is None:
            return None
        at_period = asked.replace(PERIOD, period)
        if at_period not in rows.columns:
            raise InputError(f'{name} has the column "{column}" and lacks "{at_period}" beside it')
        numbers = rows.get_column("row")
        return values_of(
            rows.get_column(at_period).cast(pl.String),
            name,
            lambda at: f'row {numbers[at]}, column "{at_period}"',
        )

    given, status = values_of(
        rows.get_column(column).cast(pl.String),
        name,
        lambda at: f'row {rows.get_column("row")[at]}, column "{column}"',
    )
    # Rounded where no source has a digit: 0.01 times 57 is not 0.57 in binary.
    value = given if entry.scale == 1 else (given * entry.scale).round(12)
    empty = pl.Series([None], dtype=pl.Float64).new_from_index(0, rows.height)
    below, above = cells(entry.denominator), cells(entry.numerator)
    denominator = below[0] if below else empty
    numerator = above[0] if above else empty
    if entry.numerator_from_share:
        numerator = value * denominator
    return [
        value.alias("value"),
        status.alias("status"),
        numerator.alias("numerator"),
        denominator.alias("denominator"),
        pl.lit(entry.indicator, pl.String).alias("indicator"),
        pl.lit(entry.grouping, pl.String).alias("grouping"),
        pl.lit(entry.group, pl.String).alias("group"),
    ]


def _refuse_twice(found: pl.DataFrame, key: Sequence[str], name: str) -> None:
    twice = found.filter(pl.struct(list(key)).is_duplicated())
    if not twice.height:
        return
    first: Mapping[str, object] = twice.row(0, named=True)
    alike = pl.all_horizontal(pl.col(k).eq_missing(pl.lit(first[k])) for k in key)
    rows = twice.filter(alike).get_column("row").to_list()[:2]
    raise InputError(
        f"{name}: rows {' and '.join(map(str, rows))} are both of "
        f"{', '.join(str(first[k]) for k in key)}. Where another column divides them, choose its "
        'total in the mapping: where = { column = "total" }'
    )
