"""What a release has that others may want to find: each indicator, grouping and set of borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import polars as pl
from django.urls import reverse

from samsyn.api.catalogue import vocabulary
from samsyn.statistics.indicators import LEVEL_NAMES, Grouping, groupings
from samsyn.statistics.query import Release
from samsyn.statistics.sources.forms import Provenance

Both: TypeAlias = tuple[str, str]

SEPARATE_SV: Final = (
    "Hur åtskilda grupperna bor ({}): index med intervall och det värde som slumpen ensam ger, "
    "för kommuner, län och riket."
)
SEPARATE_EN: Final = (
    "How far apart the groups live ({}): indices with intervals and the value that chance alone "
    "gives, for municipalities, counties and the country."
)
BORDERS_SV: Final = (
    "Områdenas gränser så som de ritas här, förenklade och beskurna vid kusten. De är inga "
    "officiella gränser."
)
BORDERS_EN: Final = (
    "The borders of the areas as they are drawn here, simplified and cut at the coast. They are "
    "no official borders."
)
FORMS: Final = ("csv", "json", "xlsx", "parquet")


@dataclass(frozen=True)
class Subject:
    """A dataset to be: texts are Swedish and English, addresses without the site's.

    `files` are by their ending; `table` is its id in PxWebApi 2, where it has one.
    """

    id: str
    title: Both
    about: Both
    page: str
    themes: Sequence[str]
    keywords: tuple[Sequence[str], Sequence[str]]
    files: dict[str, str] = field(default_factory=dict)
    table: str | None = None
    sources: Sequence[Provenance] = ()
    periods: Sequence[str] = ()


def subjects(release: Release) -> Iterator[Subject]:
    """Everything, in a steady order; addresses are in the language that is active."""
    for name in release.indicators:
        yield from _indicator(release, name)
    for name in release.groupings:
        if name in groupings():
            yield from _grouping(release, groupings()[name])
    yield from _borders(release)


def _indicator(release: Release, name: str) -> Iterator[Subject]:
    entry = release.indicator(name)
    if entry is None:
        return
    swedish, english = (
        f"{entry.explanation[one]} {entry.caveats[one]}".strip() or entry.name[one]
        for one in ("sv", "en")
    )
    yield Subject(
        f"indicator.{name}",
        (entry.name["sv"], entry.name["en"]),
        (swedish, english),
        reverse("indicator", args=[name]),
        vocabulary.FOCUS.get(entry.focus_area, ("SOCI",)),
        (("segregation", "indikator"), ("segregation", "indicator")),
        _files(release, "indicator-table", name),
        name,
        release.sources_of(name),
        _periods(release, name),
    )


def _grouping(release: Release, entry: Grouping) -> Iterator[Subject]:
    swedish, english = (
        ", ".join(entry.labels[one][language] for one in entry.groups) for language in ("sv", "en")
    )
    sources, periods = release.sources_of(entry.id), _periods(release, entry.id)
    page = reverse("segregation", args=[entry.id]) if entry.first_index else reverse("about-data")
    if entry.first_index:
        yield Subject(
            f"segregation.{entry.id}",
            (f"Segregation: {entry.name['sv']}", f"Segregation: {entry.name['en']}"),
            (SEPARATE_SV.format(swedish), SEPARATE_EN.format(english)),
            page,
            ("SOCI", "REGI"),
            (("segregation", "index"), ("segregation", "indices")),
            _files(release, "segregation-table", entry.id),
            None,
            sources,
            periods,
        )
    yield Subject(
        f"counts.{entry.id}",
        (f"Antal: {entry.name['sv']}", f"Counts: {entry.name['en']}"),
        (
            f"Hur många det finns av varje grupp i varje område: {swedish}.",
            f"How many there are of each group in each area: {english}.",
        ),
        page,
        ("SOCI", "REGI"),
        (("segregation", "antal"), ("segregation", "counts")),
        {},
        f"counts-{entry.id}",
        sources,
        periods,
    )


def _borders(release: Release) -> Iterator[Subject]:
    drawn = release.areas().filter(pl.col("west").is_not_null()).select("kind", "vintage").unique()
    for kind, vintage in drawn.sort("kind", "vintage").rows():
        names = LEVEL_NAMES.get(kind, {"sv": kind, "en": kind})
        query = f"vintage={vintage}&release={release.name}"
        yield Subject(
            f"geo.{kind}.{vintage}",
            (f"Gränser: {names['sv']} {vintage}", f"Borders: {names['en']} {vintage}"),
            (BORDERS_SV, BORDERS_EN),
            reverse("about-data"),
            ("REGI",),
            (("gränser", "geodata"), ("borders", "geodata")),
            {"geojson": f"{reverse('geo', args=[kind])}?{query}"},
        )


def _files(release: Release, route: str, name: str) -> dict[str, str]:
    """The addresses of all figures of all periods, in this release."""
    query = f"part=all&release={release.name}"
    return {form: f"{reverse(route, args=[name, form])}?{query}" for form in FORMS}


def _periods(release: Release, subject: str) -> list[str]:
    known = release.coverage.filter((pl.col("subject") == subject) & (pl.col("known") > 0))
    found: list[str] = known.get_column("period").unique().sort().to_list()
    return found
