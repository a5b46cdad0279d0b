"""Values, counts and indices as rows; tables with dimensions are at /api/v2."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from samsyn.api.asking import asked
from samsyn.api.figures import schemas
from samsyn.api.figures.paging import paged
from samsyn.api.figures.parameters import (
    Level,
    Name,
    Paged,
    Part,
    Period,
    Release,
    Within,
    several,
)
from samsyn.api.figures.responses import rows
from samsyn.statistics.query.periods import LATEST
from samsyn.statistics.query.values import TOTAL

router = Router(tags=["Figures"])
Areas = Annotated[
    list[str],
    Query(max_length=500, description="Only these areas; may stand several times"),
]


@router.get("/values", response=rows(schemas.Values), summary="Values of an indicator")
def values(
    request: HttpRequest,
    paged_: Query[Paged],
    indicator: Name,
    level: Level = None,
    within: Within = None,
    area: Areas = [],  # noqa: B006 (a default of the description, which nobody changes)
    period: Period = LATEST,
    sex: Part = TOTAL,
    age: Part = TOTAL,
    release: Release = None,
) -> HttpResponse:
    """Values by area and period, with numerator, denominator and status."""
    of = asked(request)
    found = of.release.values(
        indicator, level or None, within or None, several(period), several(sex), several(age),
        area or None,
    )  # fmt: skip
    found.drop_in_place("source")
    return paged(request, of, found, "values", paged_.paging)


@router.get("/counts", response=rows(schemas.Counts), summary="Counts of a grouping's groups")
def counts(
    request: HttpRequest,
    paged_: Query[Paged],
    grouping: Name,
    level: Level = None,
    within: Within = None,
    area: Areas = [],  # noqa: B006
    period: Period = LATEST,
    sex: Part = TOTAL,
    age: Part = TOTAL,
    release: Release = None,
) -> HttpResponse:
    """How many belong to each group, by area and period."""
    of = asked(request)
    found = of.release.counts(
        grouping, level or None, within or None, several(period), several(sex), several(age),
        area or None,
    )  # fmt: skip
    found.drop_in_place("source")
    return paged(request, of, found, "counts", paged_.paging)


@router.get("/indices", response=rows(schemas.Indices), summary="Indices of segregation")
def indices(
    request: HttpRequest,
    paged_: Query[Paged],
    grouping: Name,
    units: Annotated[
        str,
        Query(max_length=60, description="The areas that people are counted in: deso, regso/2020"),
    ] = "deso",
    level: Annotated[
        str | None,
        Query(max_length=60, description="Of regions: municipality, county or country"),
    ] = None,
    index: Annotated[
        str | None,
        Query(max_length=1000, description="An index, a family such as evenness, or several"),
    ] = None,
    group: Annotated[str | None, Query(max_length=100)] = None,
    within: Within = None,
    period: Period = LATEST,
    release: Release = None,
) -> HttpResponse:
    """Indices of a grouping's groups over small areas, in regions, with their uncertainty."""
    of = asked(request)
    found = of.release.indices(
        grouping, units, level or None, several(period), several(index or ""), within or None,
        group or None,
    )  # fmt: skip
    return paged(request, of, found, "indices", paged_.paging)
