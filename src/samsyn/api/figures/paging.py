"""Rows as an answer: a page of them as JSON, or as CSV, with links to the pages around it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import quote, urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse

from samsyn.api.answers import JSON, answer
from samsyn.api.asking import Asked
from samsyn.api.problems import ProblemError
from samsyn.publish.downloads.files import TABLES, csv

Form = Literal["json", "csv"]

SIZE: Final = 100
LARGEST: Final = 20_000  # rows on a page


@dataclass(frozen=True)
class Paging:
    """Which page of how many rows, and in which format."""

    page: int = 1
    size: int = SIZE
    form: Form = "json"


def paged(
    request: HttpRequest,
    asked: Asked,
    rows: pl.DataFrame | pl.LazyFrame,
    name: str,
    paging: Paging,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of the rows; `more` is told beside them in JSON. Raises ProblemError past the last."""
    if isinstance(rows, pl.LazyFrame):
        total = int(rows.select(pl.len()).collect().item())
    else:
        total = rows.height
    pages = max(1, -(-total // paging.size))
    if paging.page > pages:
        raise ProblemError(404, f"There is no page {paging.page}: the last is {pages}")
    found = rows.slice((paging.page - 1) * paging.size, paging.size)
    frame = found.collect() if isinstance(found, pl.LazyFrame) else found
    headers = {"Link": _links(request, asked, paging.page, pages)}
    if paging.form == "csv":
        headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return answer(asked, csv(frame), TABLES["csv"], headers)
    head: dict[str, Any] = {
        "release": asked.release.name, "total": total, "page": paging.page, "size": paging.size,
        **(more or {}),
    }  # fmt: skip
    told = json.dumps(head, ensure_ascii=False, allow_nan=False)
    # What is no number becomes null.
    written = f'{told[:-1]}, "{name}": {frame.write_json()}}}'
    return answer(asked, written.encode(), JSON, headers)


def _links(request: HttpRequest, asked: Asked, page: int, pages: int) -> str:
    """Where the other pages are (RFC 8288), and this answer in its release for good."""
    # What the addresses have in common is written once: an answer has several of them.
    base = f"{request.scheme}://{request.get_host()}{quote(request.path)}"
    query = [(name, urlencode({name: told}, doseq=True)) for name, told in request.GET.lists()]

    def address(told: dict[str, str | int]) -> str:
        kept = [written for name, written in query if name not in told]
        return f"{base}?{'&'.join([*kept, urlencode(told)] if told else kept)}"

    found = []
    for rel, number, there in (
        ("first", 1, page > 1),
        ("prev", page - 1, page > 1),
        ("next", page + 1, page < pages),
        ("last", pages, page < pages),
    ):
        if there:
            found.append(f'<{address({"page": number})}>; rel="{rel}"')
    # An address that names its release in its path lasts as it is.
    lasting = address({} if asked.named else {"release": asked.release.name})
    return ", ".join([*found, f'<{lasting}>; rel="cite-as"'])
