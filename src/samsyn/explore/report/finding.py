"""The place that an address means, and places that a reader may look for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samsyn.explore.asking import Asked
from samsyn.explore.choosing import LONGEST
from samsyn.explore.problems import Suggestion, UnknownPageError, WrongParameterError
from samsyn.explore.spelling import KINDS, moved, spelled
from samsyn.measure.errors import InputError
from samsyn.publish.wording import named
from samsyn.statistics.indicators.codes import LEVEL_NAMES
from samsyn.statistics.query import Area

SUGGESTED: Final = 8


@dataclass(frozen=True)
class Place:
    """The area of a report, with the release and the language of the page.

    `vintage` is the year of its borders where the address names them.
    """

    asked: Asked
    area: Area
    vintage: str | None = None

    @property
    def name(self) -> str:
        """What it is called in the language of the page."""
        return named(self.area.name or self.area.code, self.area.kind, self.asked.language)

    @property
    def slug(self) -> str:
        """What it is called in the name of a file."""
        return slugify(self.name) or slugify(self.area.code)

    def address(self, view: str = "report", **more: str) -> str:
        """The address of the report's page, or of another view of it."""
        return reverse(view, kwargs={"kind": self.area.kind, "code": self.area.code, **more})


@dataclass(frozen=True)
class Hit:
    """A place that may be meant: its name, what it is, and where its report stands."""

    name: str
    told: str
    address: str


def found(request: HttpRequest, asked: Asked, kind: str, code: str) -> Place:
    """The place of an address.

    Raises MovedError where kind or code are written otherwise, UnknownPageError that suggests where
    there is no such place, and WrongParameterError for borders that it has not.
    """
    right = KINDS.get(kind.casefold())
    area = None if right is None else _area(asked, right, code)
    if area is None:
        raise UnknownPageError(
            _("Det finns ingen plats med koden ”%(code)s” i utgåvan %(release)s.")
            % {"code": code[:LONGEST], "release": asked.release.name},
            [Suggestion(f"{hit.name}, {hit.told}", hit.address) for hit in hits(asked, code)],
        )
    if (area.kind, area.code) != (kind, code):
        raise moved(request.path, request.GET.urlencode(), (kind, code), (area.kind, area.code))
    vintage = request.GET.get("vintage")
    if not vintage:
        return Place(asked, area)
    return Place(asked, _within(request, asked, area, vintage), vintage)


def _within(request: HttpRequest, asked: Asked, area: Area, vintage: str) -> Area:
    """The area with the borders of a year, which it must have."""
    rows = asked.release.areas(area.kind).filter(pl.col("code") == area.code)
    there = sorted({key.split("/")[1] for key in rows.get_column("area")}, reverse=True)
    if vintage in there:
        return asked.release.area(f"{area.kind}/{vintage}/{area.code}")
    rest = request.GET.copy()
    suggestions = []
    for one in there:
        rest["vintage"] = one
        title = _("Gränser från %s") % one
        suggestions.append(Suggestion(title, f"{request.path}?{rest.urlencode(safe=',')}"))
    raise WrongParameterError(
        _("Området har inga gränser från ”%(wanted)s”. Det finns: %(vintages)s.")
        % {"wanted": vintage[:LONGEST], "vintages": ", ".join(there)},
        suggestions,
    )


def _area(asked: Asked, kind: str, code: str) -> Area | None:
    if len(code) > LONGEST:
        return None
    for form in spelled(kind, code):
        try:
            return asked.release.area(f"{kind}/{form}")
        except InputError:
            continue
    return None


def hits(asked: Asked, text: str, query: str = "") -> list[Hit]:
    """Places with such a name or code, the best first; `query` goes with their addresses."""
    areas = asked.release.areas(search=text[:LONGEST]).head(4 * SUGGESTED)
    # Of an area in several borders only one.
    areas = areas.unique(["kind", "code"], keep="first", maintain_order=True)
    names = dict(asked.release.areas().select("area", "name").iter_rows()) if len(areas) else {}
    found = []
    for row in areas.head(SUGGESTED).iter_rows(named=True):
        kind, code = row["kind"], row["code"]
        try:
            address = reverse("report", kwargs={"kind": kind, "code": code})
        except NoReverseMatch:  # a code of a user's own that no address can hold
            continue
        told = LEVEL_NAMES.get(kind, {}).get(asked.language, kind)
        town = row["municipality"]
        if town and town != row["area"]:
            told = f"{told}, {names.get(town) or town}"
        name = named(row["name"] or code, kind, asked.language)
        found.append(Hit(name, told, address + query))
    return found
