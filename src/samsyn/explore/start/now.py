"""The country now: what the start page tells of a release, made once for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl
from django.utils.translation import gettext as _

from samsyn.measure.errors import InputError
from samsyn.publish.about import about
from samsyn.publish.charts import Chart, area_types, ranking
from samsyn.publish.charts.chart import by_area
from samsyn.publish.intervals import Figure
from samsyn.publish.maps import Map, by_value, choropleth
from samsyn.publish.numbers import number
from samsyn.publish.wording import inequality, named, people_by_type, summary
from samsyn.statistics.query import LATEST, Area, Release
from samsyn.statistics.query.shelf import served

FEWEST: Final = 3  # counties that are worth a comparison; of fewer, municipalities are compared
WIDTH: Final = 300  # of the small map


@dataclass(frozen=True)
class Fact:
    """A figure of the start page: what it is, the figure, and what goes with it."""

    name: str
    figure: str
    beside: str = ""


@dataclass(frozen=True)
class County:
    """A county with its municipalities, each a name and a code."""

    name: str
    code: str
    municipalities: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class New:
    """What a release says of itself."""

    created: str
    indicators: int
    areas: str
    publishers: tuple[str, ...]
    updated: str | None
    parent: str | None


@dataclass(frozen=True)
class Now:
    """All of it, in one language."""

    country: str
    address: tuple[str, str]
    sentences: tuple[str, ...]
    facts: tuple[Fact, ...]
    counties: tuple[County, ...]
    examples: tuple[tuple[str, str, str], ...]
    new: New


@lru_cache(maxsize=8)
def now(folder: Path, language: str) -> Now:
    """What is told of the release in a folder."""
    release = served().release(folder.name)
    country = release.area(str(release.areas("country")["area"][0]))
    told = summary(release, country.area)
    return Now(
        country=named(country.name, "country", language),
        address=(country.kind, country.code),
        sentences=tuple(one.text(language) for one in told.sentences),
        facts=tuple(_facts(release, country, language)),
        counties=tuple(_counties(release, language)),
        examples=tuple(_examples(release, language)),
        new=_new(release, language),
    )


def _facts(release: Release, country: Area, language: str) -> list[Fact]:
    facts = []
    index = inequality(release, "country").drop_nulls("value").sort("period")
    if index.height:
        row = index.row(-1, named=True)
        sure = Figure.of(row)
        beside = row["period"]
        if sure.sure:
            low, high = (number(end, "index", language, 2) for end in (sure.lower, sure.upper))
            if low != high:  # of a whole country it is often narrower than what is written
                beside = _("%(low)s–%(high)s med 95 procents säkerhet, %(period)s") % {
                    "low": low, "high": high, "period": row["period"],
                }  # fmt: skip
        facts.append(
            Fact(_("Ojämlikhetsindex"), number(row["value"], "index", language, 2), beside)
        )
    types = people_by_type(release, country.area)
    if types.height and types["people"].null_count() == 0:
        whole = float(types["people"].sum())
        for at, name in (
            (1, _("Bor i områden med stora socioekonomiska utmaningar")),
            (5, _("Bor i områden med mycket goda förutsättningar")),
        ):
            people = float(types.filter(pl.col("type") == at)["people"].sum())
            share = number(people / whole, "share", language)
            beside = _("%(people)s personer i typ %(type)s, %(period)s") % {
                "people": number(people, "persons", language), "type": at,
                "period": types["period"][0],
            }  # fmt: skip
            facts.append(Fact(name, share, beside))
    return facts


def _counties(release: Release, language: str) -> list[County]:
    towns = release.areas("municipality").sort("name")
    found = []
    for county in release.areas("county").sort("code").iter_rows(named=True):
        own = towns.filter(pl.col("county") == county["area"])
        there = tuple((str(name), str(code)) for name, code in own.select("name", "code").rows())
        # What is made up says so in the name, and is to be seen here.
        name = county["name"] if language == "sv" else named(county["name"], "county", language)
        found.append(County(name, county["code"], there))
    return found


def _examples(release: Release, language: str) -> list[tuple[str, str, str]]:
    """A few places to begin with: the largest municipalities."""
    try:
        people = release.values("population", level="municipality", period=LATEST)
    except InputError:
        return []
    rows = people.drop_nulls("value").sort("value", descending=True).head(3)
    return [
        (named(name or area, "municipality", language), "municipality", area.split("/")[-1])
        for area, name in rows.select("area", "name").iter_rows()
    ]


def _new(release: Release, language: str) -> New:
    sources = release.sources()
    told = about(release, "", language)
    kinds = release.areas().group_by("kind").agg(pl.col("code").n_unique())
    days = [source.updated[:10] for source in sources if source.updated]
    return New(
        created=release.manifest.created[:10],
        indicators=len(release.indicators),
        areas=number(float(kinds["code"].sum()), "persons", language),
        publishers=tuple(dict.fromkeys(s.origin for s in sources if s.origin != "not told"))
        or tuple(told.publishers),
        updated=max(days, default=None),
        parent=release.manifest.parent,
    )


def level(release: Release) -> str:
    """What the start page compares: counties, or municipalities where there are few."""
    return "county" if release.areas("county").height >= FEWEST else "municipality"


def chart(release: Release, name: str, language: str, dark: bool = False) -> Chart | Map | None:
    """A chart or the map of the start page by its name; None where there is none such."""
    if name == "types":
        types = people_by_type(release, str(release.areas("country")["area"][0]))
        if types.is_empty():
            return None
        title = _("Så många bor i varje områdestyp")
        told = about(release, title, language, frames=[types], subjects=["area_type"])
        return area_types(types, told, dark=dark)
    if name not in {"inequality", "map"}:
        return None
    values = _latest(inequality(release, level(release)))
    if values.is_empty():
        return None
    values = values.with_columns(unit=pl.lit("index"))
    places = _("länen") if level(release) == "county" else _("kommunerna")
    words = _("Så skiljer sig %s") if name == "map" else _("Ojämlikhetsindex i %s")
    title = words % places
    told = about(
        release, title, language, frames=[values.drop("units")],
        subjects=["inequality_index", "economic_standard"],
    )  # fmt: skip
    if name == "inequality":
        return ranking(values, told, dark=dark)
    shapes = by_area(release.shapes(level(release), "coarse"), language)
    if shapes.is_empty():
        return None
    return choropleth(shapes, by_value(values, language), told, bare=True, dark=dark, width=WIDTH)


def figures(release: Release, name: str) -> pl.DataFrame | None:
    """What a chart of places shows, with the areas' keys; None where its own table is all."""
    if name == "types":
        return None
    return _latest(inequality(release, level(release)))


def _latest(values: pl.DataFrame) -> pl.DataFrame:
    known = values.drop_nulls("value")
    return known.filter(pl.col("period") == known["period"].max()) if known.height else known
