"""What the answers look like: the fields of each kind of row, with what they mean."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Field, Schema

Kind = Literal["country", "county", "municipality", "regso", "deso", "custom"]
Status = Literal["ok", "missing", "not_applicable", "secret", "estimated"]


class Problem(Schema):
    """What is wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str


class Page(Schema):
    """Of which release the rows are, how many there are in all, and which of them these are."""

    release: str
    total: int
    page: int
    size: int


class Area(Schema):
    """An area; `area`, `parent`, `municipality` and `county` are keys: kind/vintage/code."""

    area: str
    kind: Kind
    vintage: str
    code: str
    name: str | None
    parent: str | None
    municipality: str | None
    county: str | None
    main_group: str | None = Field(description="Main group of municipalities")
    type_group: str | None = Field(description="Group of municipalities")
    lon: float | None
    lat: float | None
    west: float | None
    south: float | None
    east: float | None
    north: float | None
    land_area: float | None = Field(description="Square metres")


class Neighbour(Schema):
    """An area that shares a border, and its length in metres."""

    area: str
    name: str | None
    border: float | None


class OneArea(Area):
    """An area with what is known around it, and where more is."""

    release: str
    neighbours: list[Neighbour]
    parts: dict[str, int] = Field(description="How many areas of each kind and vintage lie in it")
    links: dict[str, str]


class Areas(Page):
    """Areas, page by page."""

    areas: list[Area]


class Value(Schema):
    """A value of an indicator. Where there is none, `status` says why; it is never 0 instead."""

    area: str
    name: str | None
    indicator: str
    period: str
    value: float | None
    status: Status
    numerator: float | None
    denominator: float | None
    unit: str | None
    sex: str | None = None
    age: str | None = None
    method: str | None = Field(description="published, computed, aggregated or weighted")


class Values(Page):
    """Values of an indicator, page by page."""

    values: list[Value]


class Count(Schema):
    """How many belong to a group of a grouping."""

    area: str
    name: str | None
    grouping: str
    group: str
    period: str
    count: float | None
    status: Status
    sex: str | None = None
    age: str | None = None
    method: str | None


class Counts(Page):
    """Counts of groups, page by page."""

    counts: list[Count]


class IndexValue(Schema):
    """An index of segregation in a region; `group` is null where it is of all groups together."""

    region: str
    name: str | None
    grouping: str
    units: str = Field(description="The areas that people are counted in: kind/vintage")
    period: str
    index: str
    group: str | None
    against: str | None
    value: float | None
    lower: float | None = Field(description="Lower end of the interval of uncertainty")
    upper: float | None
    expected: float | None = Field(description="What chance alone would give")
    corrected: float | None = Field(description="What is left of the value beyond chance")


class Indices(Page):
    """Indices of segregation, page by page."""

    indices: list[IndexValue]


class Subject(Schema):
    """An indicator or a grouping: what it is called, and which table of /api/v2 holds it."""

    id: str
    name: str
    table: str
    explanation: str
    unit: str | None = None
    focus_area: str | None = None
    groups: dict[str, str] | None = None
    levels: list[str]
    first: str
    last: str


class Subjects(Schema):
    """What a release has figures of."""

    release: str
    indicators: list[Subject]
    groupings: list[Subject]


class Source(Schema):
    """Where figures come from."""

    origin: str
    table: str | None
    title: str | None
    updated: str | None
    retrieved: str | None
    licence: str | None
    address: str | None
    file: str
    sha256: str


class Release(Schema):
    """A release: figures that never change after it was made."""

    name: str
    created: str | None
    current: bool
    address: str


class Releases(Schema):
    """The releases there are, the newest last."""

    current: str | None
    releases: list[Release]


class OneRelease(Release):
    """A release with what it was built from and what it holds."""

    version: str
    parent: str | None
    rows: dict[str, int]
    files: dict[str, Any] = Field(description="SHA-256, bytes and rows of each file")
    sources: list[Source]


class Change(Schema):
    """A value that differs between two releases, and why."""

    table: str
    change: Literal["revised", "added", "removed", "status"]
    subject: str | None
    area: str | None
    period: str | None
    sex: str | None
    age: str | None
    units: str | None
    level: str | None
    index: str | None
    group: str | None
    against: str | None
    measure: str | None
    old: float | None
    new: float | None
    difference: float | None
    relative: float | None
    old_status: str | None
    new_status: str | None
    reason: str | None


class Changes(Page):
    """What differs from an earlier release: counted, and value by value."""

    since: str
    summary: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    changes: list[Change]
