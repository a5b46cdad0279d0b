"""What the figures of one indicator are in the place, in its parts and in what it is set beside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish.intervals import Figure, with_intervals
from samsyn.publish.situation.subject import TEXTS, Beside, Subject
from samsyn.statistics.indicators import Indicator

YEARS: Final = 5  # the change that is told is that of about so many years
FEWEST: Final = 3  # of fewer similar places with a figure there is no median to speak of


@dataclass(frozen=True)
class Placed:
    """A figure with where it is of, and its status; of a median `figure` has no interval."""

    label: str
    area: str
    figure: Figure
    status: str | None = None


@dataclass(frozen=True)
class Reading:
    """One indicator: in the place, its parts and beside others, of one period.

    `parts` are rows of `Release.values` with intervals, of `parts_period`; they are empty where the
    parts have no figures. `course` is the indicator in the place over time.
    """

    subject: Subject
    entry: Indicator
    period: str | None
    parts_period: str | None
    own: Placed
    beside: tuple[Placed, ...]
    parts: pl.DataFrame
    source: frozenset[int]

    @property
    def name(self) -> str:
        """What the indicator is called."""
        return self.entry.name[self.subject.language]

    @property
    def known(self) -> bool:
        """Whether there is anything to tell, of the place or of its parts; if only a secret."""
        return self.own.figure.known or self.parts_known.height > 0 or self.secret

    @property
    def secret(self) -> bool:
        """Whether the figure of the place is there and may not be shown."""
        return not self.own.figure.known and self.own.status == "secret"

    @cached_property
    def parts_known(self) -> pl.DataFrame:
        """The parts that have a figure, the lowest first."""
        return self.parts.drop_nulls("value").sort("value", "name")

    @cached_property
    def course(self) -> pl.DataFrame:
        """The indicator in the place over time, up to the figure that is shown.

        A place of older borders has later figures, which are of the newer.
        """
        try:
            rows = self.subject.release.series(self.entry.id, self.subject.area.area)
        except InputError:
            return self.parts.clear()
        latest = self.period or self.subject.choice.period
        if latest is not None:
            rows = rows.filter(pl.col("period") <= latest)
        return with_intervals(rows)

    @cached_property
    def earlier(self) -> dict[str, Any] | None:
        """The row of about five years before, with `break` where the series broke since."""
        now = self.period
        if now is None or not now[:4].isdecimal() or not self.own.figure.known:
            return None
        rows = self.course.drop_nulls("value").filter(pl.col("period") < now)
        wanted = int(now[:4]) - YEARS
        found = [
            (abs(int(row["period"][:4]) - wanted), row)
            for row in rows.iter_rows(named=True)
            if row["period"][:4].isdecimal()
        ]
        if not found:
            return None
        off, row = min(found, key=lambda pair: (pair[0], pair[1]["period"]))
        if off > YEARS:
            return None
        since = self.course.filter((pl.col("period") > row["period"]) & (pl.col("period") <= now))
        broken = (
            since["break"].drop_nulls() if "break" in since.columns else since["period"].head(0)
        )
        return {**row, "broken": broken.len() > 0}

    @cached_property
    def sexes(self) -> dict[str, Placed]:
        """The figure of women and of men, where the source has them."""
        if self.period is None:
            return {}
        try:
            rows = self.subject.release.values(
                self.entry.id, areas=[self.subject.area.area], period=self.period, sex=None
            )
        except InputError:
            return {}
        rows = with_intervals(rows.filter(pl.col("sex").is_in(["women", "men"])))
        return {
            row["sex"]: Placed(row["sex"], row["area"], Figure.of(row), row["status"])
            for row in rows.drop_nulls("value").iter_rows(named=True)
        }


def reading(subject: Subject, name: str) -> Reading | None:
    """What the release has of an indicator; None where it is of neither the place nor its parts."""
    entry = subject.release.indicator(name)
    if entry is None or entry.unit == "class":
        return None
    period = subject.period(name)
    parts_period = subject.period(name, subject.parts_level) if subject.parts_level else None
    if period is None and parts_period is None:
        return None
    sources: set[int] = set()
    own = Placed(subject.name, subject.area.area, Figure(None))
    beside: tuple[Placed, ...] = ()
    if period is not None:
        keys = [
            subject.area.area,
            *(one.area for one in subject.beside),
            *(one.area for one in subject.similar),
        ]
        rows = with_intervals(subject.release.values(name, areas=keys, period=period))
        there = {row["area"]: row for row in rows.iter_rows(named=True)}
        own = _placed(Beside(subject.name, subject.area.area), there)
        sources |= _sources(rows.filter(pl.col("area") == subject.area.area))
        beside = tuple(_placed(one, there) for one in subject.beside)
        if subject.similar:
            beside = (*beside, _median(subject, there))
    parts = _parts(subject, name, period, parts_period)
    if period is None:
        sources |= _sources(parts)
    shown = str(parts["period"][0]) if parts.height else None
    return Reading(subject, entry, period, shown, own, beside, parts, frozenset(sources))


def _parts(subject: Subject, name: str, period: str | None, newest: str | None) -> pl.DataFrame:
    """The figures of the parts: of the same period as the place's, else of their own newest."""
    empty = pl.DataFrame(
        schema={
            "area": pl.String, "name": pl.String, "indicator": pl.String, "period": pl.String,
            "value": pl.Float64, "status": pl.String, "numerator": pl.Float64,
            "denominator": pl.Float64, "unit": pl.String, "method": pl.String,
            "source": pl.Int32, "lower": pl.Float64, "upper": pl.Float64,
        }
    )  # fmt: skip
    if subject.parts_level is None or newest is None:
        return empty
    for when in dict.fromkeys(one for one in (period, newest) if one is not None):
        rows = subject.release.values(name, areas=subject.parts["area"].to_list(), period=when)
        if rows["value"].drop_nulls().len():
            return with_intervals(rows)
    return empty


def _placed(one: Beside, there: dict[str, dict[str, Any]]) -> Placed:
    row = there.get(one.area)
    if row is None:
        return Placed(one.label, one.area, Figure(None))
    return Placed(one.label, one.area, Figure.of(row), row["status"])


def _median(subject: Subject, there: dict[str, dict[str, Any]]) -> Placed:
    """The median of the similar places that have a figure: no place's own, so without interval."""
    values = [
        there[one.area]["value"]
        for one in subject.similar
        if one.area in there and there[one.area]["value"] is not None
    ]
    value = median(values) if len(values) >= FEWEST else None
    return Placed(subject.said(TEXTS, "similar"), "", Figure(value))


def _sources(rows: pl.DataFrame) -> set[int]:
    return {one for one in rows["source"].to_list() if one is not None and not math.isnan(one)}
