"""The forms in which whatever was read is handed on, each with its provenance.

A reader knows its origin's format and nothing of what the figures mean: labels and codes are as
in the source. What they mean is told in `samsyn.statistics.indicators`, which areas they are in
`samsyn.statistics.areas`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import polars as pl

Role: TypeAlias = Literal["area", "period", "measure", "sex", "age"]

# A value's status. A missing value is never 0.
STATUSES: Final = ("ok", "missing", "not_applicable", "secret", "estimated")


@dataclass(frozen=True)
class Provenance:
    """Where something comes from.

    `origin` is who publishes it (SCB, Kolada), `table` its code there, `updated` the publisher's
    date (ISO 8601), `retrieved` when it was fetched or the file last changed, `address` where it
    was fetched, `file` the path relative to the folder that was read, `notes` the texts found with
    it (footnotes, definitions, breaks in series).
    """

    origin: str
    file: str
    sha256: str
    table: str | None = None
    title: str | None = None
    sheet: str | None = None
    updated: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    address: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cube:
    """A statistical table in long form: one row for each cell.

    `frame` has one String column for each of `dimensions`, with the labels of the source (stripped
    of outer spaces), and `value` (Float64, null where there is none), `status` (String, one of
    STATUSES) and `row` (UInt32, the row in the source counted from 1; null where there are no
    rows). Codes, where the source tells them, stand in a column `<dimension>.code`.
    `roles` says which dimension is the area, the period, the measure (tabellinnehåll, contents,
    key figure), the sex and the age; every cube has an area and a period. A cube whose source has
    one measure only has no measure dimension. `units` is the unit of each measure as the source
    writes it (the key is the measure's label, or "" where there is no measure dimension).
    """

    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    roles: Mapping[Role, str]
    provenance: Provenance
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TidyTable:
    """Observations that say themselves what they are.

    `frame` has `area` (a key, a code or a name), `period`, `value`, `status`, `row`, `sex` and
    `age` ("total" where not told), and either `indicator` with `numerator` and `denominator`
    (null where not told), or `grouping` and `group` with the count as value. `rows` counted from 1.
    """

    frame: pl.DataFrame
    provenance: Provenance


@dataclass(frozen=True)
class LargeTable:
    """A tidy table of so many rows that it is read when its turn comes, and not kept.

    `read` gives the table; `places` its distinct `area` and `period`, as texts.
    """

    provenance: Provenance
    read: Callable[[], TidyTable]
    places: Callable[[], pl.DataFrame]


@dataclass(frozen=True)
class AreaLayer:
    """Areas of one kind and vintage: their codes, and what the source tells of them.

    `frame` has `code` and any of `name`, `parent` (the code of the area of the next level that
    holds it), `main_group` and `type_group` (municipality types: their codes), `main_group_name`
    and `type_group_name`, `population`, and `geometry` (WKB, in the system `crs`).
    """

    kind: str
    vintage: str
    frame: pl.DataFrame
    provenance: Provenance
    crs: str | None = None


@dataclass(frozen=True)
class PopulationGrid:
    """People in small squares: `frame` has `geometry` (WKB in `crs`) and `population`."""

    frame: pl.DataFrame
    provenance: Provenance
    crs: str


@dataclass(frozen=True)
class Links:
    """Which area of one kind and vintage lies in which of another.

    `frame` has `source` and `target` (codes) and may have `weight` (the share of the source).
    """

    source: tuple[str, str]
    target: tuple[str, str]
    frame: pl.DataFrame
    provenance: Provenance


Material: TypeAlias = Cube | TidyTable | LargeTable | AreaLayer | PopulationGrid | Links


@dataclass(frozen=True)
class Unread:
    """A file, or a sheet of one, that could not be taken: what was tried, and what to do."""

    file: str
    reason: str
    sheet: str | None = None
