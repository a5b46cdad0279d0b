"""What a reader has chosen: in the address what can be shared, in the form's body own texts too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from samsyn.explore.problems import WrongParameterError
from samsyn.explore.report import own
from samsyn.explore.report.finding import Place
from samsyn.publish.situation import COMPARISONS, SECTIONS, Choice
from samsyn.statistics.query import Release

PERIOD: Final = re.compile(r"(?:19|20)[0-9]{2}(?:[-/KMQ][0-9]{1,4})?")  # a year, or a part of one
NONE: Final = "none"  # how an address says that nothing is chosen


@dataclass(frozen=True)
class Chosen:
    """The choices of a report; `own` and `author` come only with the body of a form.

    `vintage` is the year of the place's borders where the address names them.
    """

    vintage: str | None = None
    period: str | None = None
    compare: tuple[str, ...] = tuple(COMPARISONS)
    sections: tuple[str, ...] = tuple(SECTIONS)
    own: Mapping[str, str] = field(default_factory=dict)
    author: str = ""

    @property
    def personal(self) -> bool:
        """Whether there is something that no address holds."""
        return bool(self.own or self.author)

    @property
    def shared(self) -> Chosen:
        """The same without what no address holds."""
        return replace(self, own={}, author="")

    def query(self, pinned: str | None, **more: str) -> str:
        """The part of an address from the question mark on; empty where all is as usual."""
        told: dict[str, Any] = dict(more)
        if self.vintage:
            told["vintage"] = self.vintage
        if self.period:
            told["period"] = self.period
        if self.compare != tuple(COMPARISONS):
            told["compare"] = ",".join(self.compare) or NONE
        if self.sections != tuple(SECTIONS):
            told["section"] = ",".join(self.sections) or NONE
        if pinned:
            told["release"] = pinned
        return f"?{urlencode(told, safe=',')}" if told else ""

    def choice(self, place: Place, site: str) -> Choice:
        """The same as what a report is asked for."""
        return Choice(
            place=place.area.area,
            period=self.period,
            compare=self.compare,
            language=place.asked.language,
            sections=self.sections,
            own=self.own,
            author=self.author,
            site=site,
        )


def chosen(request: HttpRequest, place: Place) -> Chosen:
    """What the address or the body of the form asks for; an error lists what there is."""
    told = request.POST if request.method == "POST" else request.GET
    options = Chosen(
        vintage=place.vintage,
        period=_period(told.get("period", ""), place.asked.release),
        compare=_known(
            told, "compare", COMPARISONS,
            _("Det går inte att jämföra med ”%(name)s”. Välj bland: %(known)s."),
        ),
        sections=_known(
            told, "section", SECTIONS,
            _("Det finns inget avsnitt som heter ”%(name)s”. Det finns: %(known)s."),
        ),
    )  # fmt: skip
    if request.method != "POST":
        return options
    own.require_own_page(request)
    return replace(options, own=own.texts(told, place.asked.language), author=own.author(told))


def periods(release: Release, kind: str | None = None) -> list[str]:
    """The periods for which the release has figures, of a kind of area or at all; newest first."""
    known = release.coverage.filter(pl.col("known") > 0)
    if kind is not None:
        known = known.filter(pl.col("kind") == kind)
    return sorted(known.get_column("period").drop_nulls().unique().to_list(), reverse=True)


def _period(text: str, release: Release) -> str | None:
    """The last period that may be shown.

    One without figures is no error: the report is then of those before it, and says so.
    """
    text = text.strip()
    if not text or text == "latest":
        return None
    known = periods(release)
    if PERIOD.fullmatch(text) is None:
        raise WrongParameterError(
            _("Utgåvan har inga uppgifter till och med ”%(period)s”. Det finns: %(known)s.")
            % {"period": text[:20], "known": ", ".join(known)}
        )
    return text


def _known(
    told: QueryDict, name: str, known: Mapping[str, Mapping[str, str]], refused: str
) -> tuple[str, ...]:
    """The names that a parameter gives, in their own order; all where it is not given at all."""
    if name not in told:
        return tuple(known)
    names = {part.strip() for text in told.getlist(name) for part in text.split(",")}
    names -= {"", NONE}
    for one in sorted(names):
        if one not in known:
            raise WrongParameterError(refused % {"name": one[:40], "known": ", ".join(known)})
    return tuple(one for one in known if one in names)
