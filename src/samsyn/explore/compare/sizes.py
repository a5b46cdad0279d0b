"""How large the charts of a comparison are in its page, which makes none of them itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from samsyn.publish import charts, drawing
from samsyn.publish.about import About
from samsyn.publish.charts import Chart


@dataclass(frozen=True)
class Size:
    """The width and height of a bare picture, and of its narrow form."""

    width: int
    height: int
    across: int
    down: int


@lru_cache(256)
def order_size(places: int, unit: str | None, language: str) -> Size:
    """Of the chart in order of so many places with a value."""
    return _size(charts.ranking(_like(places, unit), _about(language)))


@lru_cache(256)
def time_size(unit: str | None, language: str) -> Size:
    """Of the chart over time, however many lines it has."""
    return _size(charts.line(_like(1, unit), _about(language)))


def _like(places: int, unit: str | None) -> pl.DataFrame:
    """Figures of as many places: a chart's size does not depend on what they say."""
    rows = [
        {"area": f"municipality/0/{at}", "name": "", "period": "", "value": float(at), "unit": unit}
        for at in range(max(1, places))
    ]
    return pl.DataFrame(rows, schema_overrides={"unit": pl.String})


def _about(language: str) -> About:
    return About("", language, "", "", "", ())


def _size(chart: Chart) -> Size:
    return Size(*drawing.size(chart), *drawing.size(chart, narrow=True))
