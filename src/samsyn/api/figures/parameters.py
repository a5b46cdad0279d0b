"""The parameters that the addresses share, as their description tells them."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Schema

from samsyn.api.figures.paging import LARGEST, SIZE, Form, Paging
from samsyn.statistics.query.periods import LATEST

Name = Annotated[str, Query(max_length=200)]
Level = Annotated[
    str | None,
    Query(
        max_length=60,
        description="A kind of area, such as municipality, or one vintage: regso/2020",
    ),
]
Within = Annotated[
    str | None,
    Query(
        max_length=200,
        description="Only areas in this one: a key, a key without its vintage, a code or a name",
    ),
]
Period = Annotated[
    str,
    Query(
        max_length=400,
        description=f"A period, several with commas between, `{LATEST}` or `all`",
    ),
]
Part = Annotated[str, Query(max_length=400, description="total, several with commas, or `all`")]
Release = Annotated[
    str | None,
    Query(max_length=200, description="A release by its name; otherwise the current one"),
]
Language = Annotated[Literal["sv", "en"], Query(description="The language of names and texts")]


class Paged(Schema):
    """Which rows, and in which format."""

    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1
    size: Annotated[int, Query(ge=1, le=LARGEST, description="Rows on a page")] = SIZE
    # In the address and not in a header, so that an address says all of its answer.
    format: Form = "json"

    @property
    def paging(self) -> Paging:
        """The same as it is used."""
        return Paging(self.page, self.size, self.format)


def several(text: str) -> str | list[str] | None:
    """What a parameter says: one, several, the latest, or all."""
    told = [part.strip() for part in text.split(",") if part.strip()]
    if told in ([], ["all"]):
        return None
    return told[0] if len(told) == 1 else told
