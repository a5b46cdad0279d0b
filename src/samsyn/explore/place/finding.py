"""The area that an address means: its kind and code as they are, or what they were meant to be."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from urllib.parse import unquote

import polars as pl
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samsyn.explore.asking import Asked
from samsyn.explore.place.gathered import Gathered, gathered
from samsyn.explore.place.links import Links, links
from samsyn.explore.problems import Suggestion, UnknownPageError, WrongParameterError
from samsyn.explore.spelling import KINDS, moved, spelled
from samsyn.publish.wording import named
from samsyn.statistics.query import Area, Release

SUGGESTED: Final = 6


@dataclass(frozen=True)
class Found:
    """The area of a page with what the page rests on."""

    asked: Asked
    area: Area
    gathered: Gathered
    links: Links

    @property
    def release(self) -> Release:
        """The release that the page shows."""
        return self.asked.release

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.asked.language

    @property
    def level(self) -> str:
        """The area's kind and vintage."""
        return f"{self.area.kind}/{self.area.vintage}"

    @property
    def name(self) -> str:
        """What the area is called in the language of the page."""
        return named(self.area.name or self.area.code, self.area.kind, self.language)


def found(request: HttpRequest, asked: Asked, kind: str, code: str) -> Found:
    """The area of an address.

    Raises MovedError where kind or code are written otherwise, UnknownPageError that suggests where
    there is no such area, and WrongParameterError for a vintage that it has not.
    """
    there = gathered(asked.release)
    to = links(asked, there.layout)
    right = KINDS.get(kind.casefold())
    if right is None:
        raise UnknownPageError(
            _("Det finns inget slags område som heter ”%s”.") % kind,
            suggested(asked, to, unquote(code)),
        )
    written = _written(there, right, code)
    if written is None:
        raise UnknownPageError(
            _("Det finns inget område med koden ”%(code)s” i utgåvan %(release)s.")
            % {"code": code, "release": asked.release.name},
            suggested(asked, to, unquote(code), right),
        )
    if (right, written) != (kind, code):
        raise moved(request.path, request.GET.urlencode(), (kind, code), (right, written))
    vintage = _vintage(request, there, to, right, written)
    return Found(asked, asked.release.area(f"{right}/{vintage}/{written}"), there, to)


def _written(there: Gathered, kind: str, code: str) -> str | None:
    """The code as the release writes it; None where it has no such area."""
    return next((form for form in spelled(kind, code) if there.layout.vintage(kind, form)), None)


def _vintage(request: HttpRequest, there: Gathered, to: Links, kind: str, code: str) -> str:
    """The vintage that is asked for, else the newest with values."""
    wanted = request.GET.get("vintage")
    usual = there.layout.vintage(kind, code)
    assert usual is not None
    if wanted is None or f"{kind}/{wanted}/{code}" in there.layout.position:
        return wanted or usual
    vintages = there.layout.vintages.get((kind, code), (usual,))
    raise WrongParameterError(
        _("Området har inga gränser från ”%(wanted)s”. Det finns: %(vintages)s.")
        % {"wanted": wanted, "vintages": ", ".join(vintages)},
        [
            Suggestion(_("Gränser från %s") % vintage, to.place(f"{kind}/{vintage}/{code}"))
            for vintage in vintages
        ],
    )


def suggested(asked: Asked, to: Links, text: str, kind: str | None = None) -> list[Suggestion]:
    """The pages of areas with such a name or code, those of the kind first."""
    release = asked.release
    near = release.areas(search=text).head(200)
    if kind is not None:
        codes = release.areas(kind).get_column("code").unique().sort().to_list()
        close = get_close_matches(text.upper(), codes, n=SUGGESTED, cutoff=0.7)
        alike = release.areas(kind).filter(pl.col("code").is_in(close))
        near = pl.concat([near.filter(pl.col("kind") == kind), alike, near])
    near = near.unique(["kind", "code"], keep="first", maintain_order=True).head(SUGGESTED)
    return [
        Suggestion(f"{named(name or code, of, asked.language)} ({code})", to.place(area))
        for name, code, of, area in near.select("name", "code", "kind", "area").iter_rows()
    ]
