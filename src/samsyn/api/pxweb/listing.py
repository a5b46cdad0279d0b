"""The tables of a release as they are listed and searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from samsyn.api.asking import Asked
from samsyn.api.problems import ProblemError
from samsyn.api.pxweb.codelists import link
from samsyn.api.pxweb.subjects import Subject, subjects
from samsyn.api.pxweb.tables import Table, table
from samsyn.statistics.areas.names import search_text
from samsyn.statistics.indicators import LANGUAGES
from samsyn.statistics.query import Release

KEPT: Final = 8  # releases in one language each
PAGE: Final = 20
LARGEST: Final = 10_000  # tables on a page


@dataclass(frozen=True)
class Query:
    """Which tables are asked for: words, how newly they were updated, and the page."""

    words: str = ""
    days: int | None = None
    number: int = 1
    size: int = PAGE


@dataclass(frozen=True)
class Listed:
    """A table as it is listed, and the text that a search looks in."""

    subject: Subject
    name: str
    label: str
    updated: str
    first: str
    last: str
    yearly: bool
    variables: tuple[str, ...]
    source: str
    paths: tuple[tuple[str, str], ...]
    text: str


def listed(release: Release, language: str) -> tuple[Listed, ...]:
    """Every table of a release."""
    return _listed(release.folder, release, language)


@lru_cache(KEPT)
def _listed(folder: Path, release: Release, language: str) -> tuple[Listed, ...]:
    return tuple(of_table(table(release, one, language)) for one in subjects(release).values())


def of_table(one: Table) -> Listed:
    """A table as it is listed."""
    words = [one.id, one.label, *one.notes, *(name for _, name in one.paths)]
    words += [
        label
        for side in one.dimensions
        if side.code not in {"Region", "Tid"}
        for label in side.labels.values()
    ]
    variables = tuple(side.label for side in one.dimensions)
    return Listed(
        one.subject, one.name, one.label, one.updated, one.periods[0], one.periods[-1],
        one.yearly, variables, one.source, one.paths, search_text(" ".join(words)),
    )  # fmt: skip


def answer(asked: Asked, query: Query) -> dict[str, Any]:
    """A page of the tables that are asked for."""
    words = search_text(query.words).split()
    since = None if query.days is None else datetime.now(UTC) - timedelta(days=query.days)
    found = [
        one
        for one in listed(asked.release, asked.language)
        if all(word in one.text for word in words)
        and (since is None or datetime.fromisoformat(one.updated) >= since)
    ]
    pages = max(1, -(-len(found) // query.size))
    if query.number > pages:
        raise ProblemError(404, f"There is no page {query.number}: the last is {pages}")
    start = (query.number - 1) * query.size
    return {
        "language": asked.language,
        "tables": [described(asked, one) for one in found[start : start + query.size]],
        "page": {
            "pageNumber": query.number,
            "pageSize": query.size,
            "totalElements": len(found),
            "totalPages": pages,
            "links": [
                _page(asked, query, rel, number)
                for rel, number, there in (
                    ("first", 1, query.number > 1),
                    ("previous", query.number - 1, query.number > 1),
                    ("next", query.number + 1, query.number < pages),
                    ("last", pages, query.number < pages),
                )
                if there
            ],
        },
        "links": [_page(asked, query, "self", query.number)],
    }


def described(asked: Asked, one: Listed) -> dict[str, Any]:
    """A table as the API lists it."""
    path = f"/v2/tables/{one.subject.id}"
    language = asked.language
    return {
        "id": one.subject.id,
        "label": one.label,
        "description": "",
        "sortCode": one.label,
        "updated": one.updated,
        "firstPeriod": one.first,
        "lastPeriod": one.last,
        "category": "public",
        "variableNames": list(one.variables),
        "discontinued": False,
        "source": one.source,
        "subjectCode": one.paths[0][0],
        "timeUnit": "Annual" if one.yearly else "Other",
        "paths": [[{"id": id_, "label": label, "sortCode": label} for id_, label in one.paths]],
        "links": [
            link(asked, "self", language, path),
            *(link(asked, "alternate", other, path) for other in LANGUAGES if other != language),
            link(asked, "metadata", language, f"{path}/metadata"),
            link(asked, "data", language, f"{path}/data", outputFormat="json-stat2"),
        ],
    }


def _page(asked: Asked, query: Query, rel: str, number: int) -> dict[str, str]:
    told = {"pageSize": str(query.size), "pageNumber": str(number)}
    if query.words:
        told["query"] = query.words
    if query.days is not None:
        told["pastDays"] = str(query.days)
    return link(asked, rel, asked.language, "/v2/tables", **told)
