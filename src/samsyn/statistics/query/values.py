"""Values of an indicator and counts of a grouping, in areas and periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.query.periods import LATEST, Periods, asked
from samsyn.statistics.query.places import Places, Selection
from samsyn.statistics.query.reader import Reader
from samsyn.statistics.query.rows import Rows
from samsyn.statistics.query.said import listed, periods_said

# One, several, or None for all there are.
Parts: TypeAlias = str | Sequence[str] | None

TOTAL: Final = "total"


@dataclass(frozen=True)
class Question:
    """Which rows of a file are asked for; `name` is what the file is about."""

    name: str
    file: str
    measure: str
    selection: Selection
    level: str | None
    period: Periods
    sex: Parts
    age: Parts

    @property
    def parted(self) -> list[str]:
        """The columns that tell parts of the people, where others than the total are asked for."""
        return [name for name in ("sex", "age") if getattr(self, name) != TOTAL]


def answer(
    question: Question, columns: Sequence[str], reader: Reader, places: Places
) -> pl.DataFrame:
    """The rows in the order of area, period and parts; `area` is followed by `name`.

    Raises InputError where the file has nothing of a level, period, sex or age that is asked for,
    and tells what it has. Areas that have no values in it are no error: they have no rows.
    """
    about = ["period", *question.parted]
    wanted = list(dict.fromkeys([*about, *columns]))
    order = [*about, *(column for column in columns if column == "group")]
    periods, sexes, ages = asked(question.period), _labels(question.sex), _labels(question.age)
    rows = Rows(
        question.selection,
        {"period": periods, "sex": sexes, "age": ages},
        {
            name: labels
            for name, labels in (("period", periods), ("sex", sexes), ("age", ages))
            if labels and (name == "period" or name in question.parted)
        },
        newest=question.measure if question.period == LATEST else None,
    )
    frame, complete = reader.answer(question.file, rows, wanted, order)
    if not complete:
        _explain(question, reader, places)
    return frame


def _labels(parts: Parts) -> Sequence[str] | None:
    """The labels that a column must have one of; None for any."""
    return [parts] if isinstance(parts, str) else parts


def _explain(question: Question, reader: Reader, places: Places) -> None:
    """Raise InputError for what the file has nothing of at all."""
    about = reader.parts(question.file)
    release = f"the release {places.release}"
    if about.is_empty():
        raise InputError(f"{question.name} has no values in {release}")
    if question.level is not None:
        kind, _, vintage = question.level.strip().partition("/")
        here = about.filter(pl.col("kind") == kind)
        if vintage:
            here = here.filter(pl.col("vintage") == vintage)
        if here.is_empty():
            pairs = about.select("kind", "vintage").unique().sort("kind", "vintage").rows()
            names = [f"{k}/{v}" if k == kind else k for k, v in pairs]
            levels = list(dict.fromkeys(names))
            raise InputError(
                f"{question.name} has no values on the level {question.level} in {release}. It has "
                f"them on the level{'s' * (len(levels) > 1)} {listed(levels)}"
            )
        about = here
    on = f" on the level {question.level}" if question.level else ""
    for column in ("sex", "age"):
        parts = getattr(question, column)
        wanted = [] if parts is None else [parts] if isinstance(parts, str) else list(parts)
        parts_there = sorted(set(about.get_column(column)))
        for part in wanted:
            if part not in parts_there:
                only = "It has only those for all" if parts_there == [TOTAL] else "It has those for"
                raise InputError(
                    f'{question.name} has no values for the {column} "{part}" in {release}{on}. '
                    + (only if parts_there == [TOTAL] else f"{only} {listed(parts_there)}")
                )
    periods = set(about.get_column("period").unique())
    for period in asked(question.period) or []:
        if period not in periods:
            raise InputError(
                f"{question.name} has no values of {period} in {release}{on}. It has them of "
                f"{periods_said(periods)}"
            )
