"""The search: areas and indicators by what somebody types, fast enough to answer each letter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from samsyn.publish.wording import named
from samsyn.statistics.areas.names import search_text
from samsyn.statistics.areas.search import search
from samsyn.statistics.indicators import groupings
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served

LONGEST: Final = 60  # no area and no indicator is called anything longer
FEW: Final = 2  # so many letters fit half the country: only large places are looked among
LARGE: Final = ("country", "county", "municipality", "custom")


@dataclass(frozen=True)
class Hit:
    """A page that fits: its title, what it is about in a few words, its address."""

    title: str
    told: str
    address: str


@dataclass(frozen=True)
class Found:
    """What fits, the best first; `more` says that there are further areas."""

    areas: tuple[Hit, ...] = ()
    indicators: tuple[Hit, ...] = ()
    more: bool = False

    @property
    def number(self) -> int:
        """How many hits there are in all."""
        return len(self.areas) + len(self.indicators)


class Index(NamedTuple):
    """The areas of a release as they are looked through, each in its newest vintage.

    `names` are those that have a name and `large` the large ones; `of` the names of the large.
    """

    every: pl.DataFrame
    names: pl.DataFrame
    large: pl.DataFrame
    of: dict[str, str]


class Subject(NamedTuple):
    """An indicator or a grouping with its folded names, that of the page's language first."""

    folded: tuple[str, ...]
    title: str
    told: str
    view: str
    name: str


def find(
    release: Release, language: str, text: str, *, areas: int = 8, indicators: int = 5
) -> Found:
    """What a text may mean in a release, at most so many of each."""
    typed = " ".join(text.split())
    if not typed or len(typed) > LONGEST:
        return Found()
    index = _index(release.folder)
    if any(sign.isdigit() for sign in typed):
        frame = index.every
    else:
        frame = index.large if len(typed) <= FEW else index.names
    subjects = _indicators(release.folder, language, typed)
    # Names that are nearly the same are sought where nothing else was meant: that takes longest.
    rows = search(frame, typed, limit=areas + 1, nearly=not subjects).iter_rows(named=True)
    hits = [hit for row in rows if (hit := _area(row, index.of, language)) is not None]
    return Found(tuple(hits[:areas]), tuple(subjects[:indicators]), more=len(hits) > areas)


@lru_cache(maxsize=4)
def _index(folder: Path) -> Index:
    release = served().release(folder.name)
    known = release.coverage.filter(pl.col("known") > 0).select("kind", "vintage").unique()
    every = (
        release.areas()
        .join(known.with_columns(known=pl.lit(1)), on=["kind", "vintage"], how="left")
        .sort("known", "vintage", descending=True, nulls_last=True)
        .unique(["kind", "code"], keep="first", maintain_order=True)
        .drop("known")
    )
    large = every.filter(pl.col("kind").is_in(LARGE))
    return Index(
        every=every,
        names=every.filter(pl.col("name") != pl.col("code")),
        large=large,
        of=dict(large.select("area", "name").iter_rows()),
    )


def _area(row: dict[str, str], of: dict[str, str], language: str) -> Hit | None:
    try:
        address = reverse("place", args=[row["kind"], row["code"]])
    except NoReverseMatch:  # a code of a user's own that no address can hold
        return None
    kind, within = row["kind"], row["municipality"] or ""
    town = named(of.get(within, ""), "municipality", language)
    county = named(of.get(row["county"] or "", ""), "county", language)
    told = {
        "deso": _("DeSO i %s") % town,
        "regso": _("område i %s") % town,
        "custom": _("område i %s") % town if town else _("eget område"),
        "municipality": _("kommun i %s") % county if county else _("kommun"),
        "county": _("län"),
        "country": _("hela landet"),
    }.get(kind, kind)
    title = row["name"] or row["code"]
    if kind == "deso" and row["name"] != row["code"]:
        title = f"{title} ({row['code']})"
    return Hit(named(title, kind, language), told, address)


def _indicators(folder: Path, language: str, typed: str) -> list[Hit]:
    """Indicators and groupings: by the start of the name, the start of a word, then within one."""
    wanted = search_text(typed)
    if not wanted:
        return []
    words = wanted.split()
    ranked = []
    for subject in _subjects(folder, language):
        ranks = [
            0 if name.startswith(wanted)
            else 1 if all(f" {word}" in f" {name}" for word in words)
            else 2
            for name in subject.folded
            if all(word in name for word in words)
        ]  # fmt: skip
        if ranks and (min(ranks) < 2 or len(wanted) > FEW):
            ranked.append((min(ranks), subject))
    ranked.sort(key=lambda pair: pair[0])
    return [Hit(one.title, one.told, reverse(one.view, args=[one.name])) for _rank, one in ranked]


@lru_cache(maxsize=8)
def _subjects(folder: Path, language: str) -> list[Subject]:
    release = served().release(folder.name)
    found = []
    for name in release.indicators:
        told = release.indicator(name)
        if told is None:
            continue
        names = (told.name[language], *told.name.values(), name.replace("_", " "))
        folded = tuple(dict.fromkeys(search_text(one) for one in names))
        found.append(Subject(folded, told.name[language], _("indikator"), "indicator", name))
    for name in release.groupings:
        if name not in groupings():
            continue
        own = groupings()[name].name
        title = _("Segregation: %s") % own[language]
        folded = tuple(search_text(one) for one in (title, *own.values(), "segregation"))
        found.append(Subject(folded, title, _("hur åtskilt grupper bor"), "segregation", name))
    return found
