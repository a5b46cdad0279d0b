"""What the address of the area types asks for, made certain against what there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samsyn.explore.areatypes import types
from samsyn.explore.choosing import changed, chosen_place
from samsyn.explore.problems import Suggestion, WrongParameterError
from samsyn.statistics.query import Area, Release

INSIDE = ("county", "municipality", "custom")


@dataclass(frozen=True)
class Choice:
    """Where and when; `since` is the period that later ones are set against, None where none is.

    `periods` are all there are, from the oldest.
    """

    within: Area | None
    period: str
    since: str | None
    periods: tuple[str, ...]

    @property
    def inside(self) -> str | None:
        """The key of the place; None for the whole country."""
        return None if self.within is None else self.within.area


def chosen(request: HttpRequest, release: Release) -> Choice | None:
    """The choice of an address; None where the release has no area types at all."""
    periods = types.periods(release)
    if not periods:
        return None
    period = _picked(request, "period", periods, periods[-1])
    earlier = tuple(one for one in periods if one < period)
    since = _picked(request, "since", earlier, earlier[0]) if earlier else None
    return Choice(_within(request, release), period, since, periods)


def _within(request: HttpRequest, release: Release) -> Area | None:
    text = (request.GET.get("within") or "").strip()
    if not text:
        return None
    area = chosen_place(request, release, "within", text)
    if area.kind == "country":
        return None
    if area.kind not in INSIDE:
        raise WrongParameterError(
            _("Områdestyper visas för hela landet, ett län eller en kommun. %s är något annat.")
            % (area.name or area.code),
            [Suggestion(_("Hela landet"), request.path + changed(request, within=None))],
        )
    return area


def _picked(request: HttpRequest, parameter: str, there: tuple[str, ...], otherwise: str) -> str:
    text = (request.GET.get(parameter) or "").strip() or otherwise
    if text not in there:
        raise WrongParameterError(
            _("Det finns inga områdestyper att visa för ”%(text)s” här. De finns för: %(there)s.")
            % {"text": text[:100], "there": ", ".join(reversed(there))},
            [
                Suggestion(one, request.path + changed(request, **{parameter: one}))
                for one in there[::-1][:8]
            ],
        )
    return text
