"""The questions that Samsyn and its peer are asked: the same areas, indicators and years.

The standard library alone is needed here, so that the peers' environment can ask them too.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

WARM = 100
COUNTIES, MUNICIPALITIES = 9, 8
INDICATORS = (
    "foreign_born_share", "rental_share", "employment_rate", "post_secondary_share",
    "low_economic_standard_share", "single_parent_share", "multi_dwelling_share",
)  # fmt: skip
# What is asked of a municipality: how often, on which level, of which year, and of all or of each
# sex and age. None is everything.
FORMS = {
    "one year": (1_000, "regso", "2022", "total"),
    "all years": (1_000, "deso", None, "total"),
    "all years, sexes and ages": (200, "deso", None, None),
}


@dataclass(frozen=True)
class Question:
    """Values of an indicator in the areas of a municipality; None asks for every period or part."""

    indicator: str
    level: str
    municipality: str
    period: str | None
    part: str | None


def questions(form: str) -> list[Question]:
    """The questions of a form, through the indicators and the municipalities of the country."""
    number, level, period, part = FORMS[form]
    places = [
        f"municipality/2025/{99 - county}{at:02d}"
        for at in range(1, MUNICIPALITIES + 1)
        for county in range(COUNTIES)
    ]
    return [
        Question(INDICATORS[at % len(INDICATORS)], level, places[at % len(places)], period, part)
        for at in range(number)
    ]


def summary(took: Sequence[float]) -> dict[str, object]:
    """The median and the 95th percentile of what questions took, in seconds."""
    return {"p50": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1]}


def said(answers: Sequence[tuple[int, float]]) -> dict[str, object]:
    """What the answers hold, so that two processes can compare them: rows, and sums of values."""
    return {
        "rows": sum(rows for rows, _ in answers) / len(answers),
        "sums": [f"{rows} {total:.6f}" for rows, total in answers],
    }
