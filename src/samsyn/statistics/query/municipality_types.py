"""Types of municipalities: what they are called, and what figures they have together.

The classification is that of Sweden's association of municipalities and regions (SKR) of 2017,
revised in 2023: three main groups, divided into nine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import polars as pl

from samsyn.statistics.indicators.codes import Text

if TYPE_CHECKING:
    from samsyn.statistics.query.release import Release

TYPES: Final[Mapping[str, Text]] = {
    "A1": {"sv": "Storstäder", "en": "Large cities"},
    "A2": {"sv": "Pendlingskommuner nära storstad", "en": "Commuting places near large cities"},
    "B3": {"sv": "Större städer", "en": "Medium-sized towns"},
    "B4": {"sv": "Pendlingskommuner nära större stad", "en": "Commuting places near towns"},
    "B5": {
        "sv": "Lågpendlingskommuner nära större stad",
        "en": "Places near towns with little commuting",
    },
    "C6": {"sv": "Mindre städer och tätorter", "en": "Small towns"},
    "C7": {
        "sv": "Pendlingskommuner nära mindre stad",
        "en": "Commuting places near small towns",
    },
    "C8": {"sv": "Landsbygdskommuner", "en": "Rural municipalities"},
    "C9": {
        "sv": "Landsbygdskommuner med besöksnäring",
        "en": "Rural municipalities with a visitor industry",
    },
}
# Of a type of which fewer than this share of the municipalities have a value nothing is said.
LEAST: Final = 0.5

# How a type's figure is made: of all its people together, or as the mean of its municipalities.
TOGETHER, MEAN = "together", "mean"


def municipalities_of(release: Release, type_group: str) -> pl.DataFrame:
    """The municipalities of a type that the release has; none where there is no such type."""
    return release.areas("municipality").filter(pl.col("type_group") == type_group)


def type_values(values: pl.DataFrame, number: int) -> pl.DataFrame:
    """The figures of a type of so many municipalities, from the values of these, by period.

    A share of counts is that of all people of the type together: the sum of the numerators over
    the sum of the denominators, so that a large municipality weighs by its size. Other values have
    no such sum, and their figure is the mean in which each municipality counts once. The columns
    are `period`, `value`, `numerator`, `denominator`, `how` ("together" or "mean"), `known`, the
    municipalities that have a value, and `number`. Where fewer than half have one the value is
    null.
    """
    known = pl.col("value").is_not_null()
    counted = {"numerator", "denominator", "unit"} <= set(values.columns)
    share = (pl.col("unit") == "share").all() if counted else pl.lit(False)
    both = pl.all_horizontal(known, *(pl.col(n).is_not_null() for n in _counts(values)))
    summed = share & (both == known).all() & known.any() if counted else pl.lit(False)
    found = values.group_by("period", maintain_order=True).agg(
        known=known.sum().cast(pl.Int64),
        mean=pl.col("value").mean(),
        summed=summed,
        numerator=pl.col("numerator").sum() if counted else pl.lit(None, pl.Float64),
        denominator=pl.col("denominator").sum() if counted else pl.lit(None, pl.Float64),
    )
    together = pl.col("summed") & (pl.col("denominator") > 0)
    enough = pl.col("known") >= LEAST * number
    value = pl.when(together).then(pl.col("numerator") / pl.col("denominator")).otherwise("mean")
    return found.sort("period").select(
        "period",
        value=pl.when(enough).then(value),
        numerator=pl.when(enough & together).then("numerator"),
        denominator=pl.when(enough & together).then("denominator"),
        how=pl.when(together).then(pl.lit(TOGETHER)).otherwise(pl.lit(MEAN)),
        known="known",
        number=pl.lit(number, pl.Int64),
    )


def _counts(values: pl.DataFrame) -> list[str]:
    return [name for name in ("numerator", "denominator") if name in values.columns]
