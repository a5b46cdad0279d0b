"""The figures of a map: each area's value, in words and in the class that has its colour."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import override

from samsyn.explore.areamap.state import State, periods_of
from samsyn.explore.areamap.subjects import Asked, Subject, levels, title, unit, values
from samsyn.publish.about import About, about
from samsyn.publish.maps.classes import Classes, by_type, by_value, shade
from samsyn.publish.numbers import cell, number
from samsyn.statistics.query import Release

KEPT: Final = 24
LETTERS: Final = {
    "area_types": tuple(f"t{at}" for at in range(1, 6)),
    "sequential": tuple(f"c{at}" for at in range(1, 6)),
    "diverging": tuple(f"d{at}" for at in range(1, 8)),
}
COLUMNS: Final = ("area", "code", "name", "parent", "municipality", "county")


@dataclass(frozen=True)
class Question:
    """What a map shows: a subject, on a level, in a period.

    `limits` are those of the classes: "same" in all periods, or each period's "own".
    """

    folder: str
    subject: Subject
    level: str
    period: str
    limits: str
    language: str
    release: Release = field(compare=False, repr=False)


@dataclass(frozen=True)
class Figures:
    """Every area of the level, in the order of keys, with its figure.

    `frame` has the area with its code, name and the larger areas, then `value`, `status`, `said`
    (the figure in words, or why there is none) and `class`, counted from 0. `shades` are the names
    of the classes' colours in style sheets.
    """

    frame: pl.DataFrame
    classes: Classes
    shades: tuple[str, ...]
    unit: str | None
    about: About


def shown_figures(state: State) -> Figures:
    """The figures of what an address asks for."""
    return figures(
        Question(
            str(state.release.folder), state.subject, state.level, state.period, state.limits,
            state.language, state.release,
        )
    )  # fmt: skip


@lru_cache(KEPT)
def figures(question: Question) -> Figures:
    """The figures of a map, kept for those who ask next."""
    release, subject = question.release, question.subject
    asked = Asked(question.folder, subject, release)
    rows = values(asked, question.level, question.period)
    told_unit = unit(release, subject)
    with override(question.language):
        classes = _classes(question, asked, rows)
    areas = release.areas(question.level).select(COLUMNS)
    more = [name for name in ("uncertain", "index", "lower", "upper") if name in rows.columns]
    if subject.grouping and "index" in more:
        more.remove("index")  # there it is the name of the index
    frame = areas.join(
        rows.select("area", "value", "status", *more), on="area", how="left", maintain_order="left"
    )
    said = [
        classes.said.get(area) or cell(None, told_unit, status, question.language)
        for area, status in frame.select("area", "status").iter_rows()
    ]
    frame = frame.with_columns(
        pl.Series("said", said, pl.String),
        pl.Series("class", [classes.of.get(area) for area in frame["area"]], pl.Int8),
    )
    return Figures(
        frame,
        classes,
        tuple(shade(classes, LETTERS[classes.palette])),
        told_unit,
        about(
            release,
            title(release, subject, question.language),
            question.language,
            frames=[rows],
            subjects=[subject.grouping or subject.name],
        ),
    )


def _classes(question: Question, asked: Asked, rows: pl.DataFrame) -> Classes:
    """The classes of the values; of one period's limits where maps are to be compared over time."""
    language, subject = question.language, question.subject
    if subject.types:
        return by_type(rows.select("area", type=pl.col("value").cast(pl.Int8)), language)
    told_unit = unit(question.release, subject)
    middle = subject.middle
    kind = question.level.partition("/")[0]
    periods = periods_of(levels(asked), kind)
    if question.limits == "own" or len(periods) == 1:
        made = by_value(rows, language, middle=middle)
        method = made.method
    else:
        last, level = list(periods.items())[-1]
        newest = values(asked, level, last)
        limits = by_value(newest, language, middle=middle).breaks
        made = by_value(rows, language, breaks=limits, middle=middle)
        method = _(
            "Gränserna delar in områdena i ungefär lika stora grupper %(period)s och är desamma "
            "alla år, så att kartorna går att jämföra."
        ) % {"period": last}
    if middle is not None:
        method = _("Färgerna går i lika stora steg ut från %(middle)s, åt båda hållen.") % {
            "middle": number(middle, told_unit, language)
        }
    return replace(made, method=method)
