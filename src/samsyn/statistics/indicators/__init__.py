"""Indicators and groupings: what the figures mean, in reviewed entries in two languages."""

from samsyn.statistics.indicators.codes import (
    BETTER,
    FOCUS_AREA_NAMES,
    FOCUS_AREAS,
    LANGUAGES,
    LEVEL_NAMES,
    PERSPECTIVES,
    UNITS,
)
from samsyn.statistics.indicators.definition import (
    Indicator,
    Origin,
    indicator,
    indicator_of,
    indicators,
)
from samsyn.statistics.indicators.groupings import Grouping, grouping, groupings
from samsyn.statistics.indicators.own import own_indicators

__all__ = [
    "BETTER",
    "FOCUS_AREAS",
    "FOCUS_AREA_NAMES",
    "LANGUAGES",
    "LEVEL_NAMES",
    "PERSPECTIVES",
    "UNITS",
    "Grouping",
    "Indicator",
    "Origin",
    "grouping",
    "groupings",
    "indicator",
    "indicator_of",
    "indicators",
    "own_indicators",
]
