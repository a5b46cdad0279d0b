"""What the address of an indicator's page asks for, made certain against what there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samsyn.explore.choosing import changed, chosen_place
from samsyn.explore.indicator.there import Level, first
from samsyn.explore.problems import Suggestion, WrongParameterError
from samsyn.statistics.query import Area, Release

PLACES = 4  # beside the country, in a chart over time
LARGEST = 100_000  # of a number of a page
ORDERS = ("value", "name")
# In what areas of each kind lie, from the nearest.
INSIDE = {
    "deso": ("municipality", "county"),
    "regso": ("municipality", "county"),
    "municipality": ("county",),
}


@dataclass(frozen=True)
class Choice:
    """What is shown: areas of a level, within an area or in the whole country, in a period.

    `places` are those that the reader follows; `order` and `page` are of the table.
    """

    level: Level
    period: str
    within: Area | None
    places: tuple[Area, ...]
    order: str
    page: int

    @property
    def inside(self) -> str | None:
        """The key of the area that the areas lie in; None for the whole country."""
        return None if self.within is None else self.within.area


def chosen(request: HttpRequest, release: Release, there: tuple[Level, ...]) -> Choice:
    """The choice of an address. Raises WrongParameterError that says what there is instead."""
    level, period = chosen_level(request, there)
    return Choice(
        level=level,
        period=period,
        within=chosen_within(request, release, level.kind),
        places=chosen_places(request, release),
        order=one_of(request, "order", ORDERS, "value"),
        page=chosen_page(request),
    )


def chosen_level(request: HttpRequest, there: tuple[Level, ...]) -> tuple[Level, str]:
    """The level and the period; of borders the newest that have the period."""
    asked = request.GET.get("level") or ""
    period = request.GET.get("period") or ""
    kind, _slash, vintage = asked.partition("/")
    vintage = vintage or request.GET.get("vintage") or ""
    if not asked:
        kind = first(there).kind
    alike = [level for level in there if level.kind == kind and vintage in {"", level.vintage}]
    if not alike:
        raise WrongParameterError(
            _("Nivån ”%(level)s” finns inte här. Det finns uppgifter för: %(levels)s.")
            % {"level": asked or vintage, "levels": ", ".join(level.name for level in there)},
            [
                _suggested(request, level.name, level=level.asked, vintage=None, period=None)
                for level in there
            ],
        )
    if not period:
        return alike[0], alike[0].periods[-1]
    for level in alike:
        if period in level.periods:
            return level, period
    periods = sorted({one for level in alike for one in level.periods}, reverse=True)
    raise WrongParameterError(
        _("Det finns inga uppgifter för ”%(period)s” på den här nivån. De finns för: %(periods)s.")
        % {"period": period, "periods": ", ".join(periods)},
        [_suggested(request, one, period=one) for one in periods[:8]],
    )


def chosen_within(request: HttpRequest, release: Release, kind: str) -> Area | None:
    """The area that the areas of the level lie in; None for the whole country."""
    text = (request.GET.get("within") or "").strip()
    if not text:
        return None
    area = chosen_place(request, release, "within", text)
    if area.kind == "country":
        return None
    if area.kind not in INSIDE.get(kind, ()):
        kinds = {
            "municipality": _("ett län eller en kommun"),
            "county": _("ett län"),
        }
        told = INSIDE.get(kind)
        if told is None:
            message = _("Den här nivån visas för hela landet och inte inom en plats.")
        else:
            message = _("Den här nivån går att visa inom %(kinds)s. %(place)s är något annat.") % {
                "kinds": kinds[told[0]],
                "place": area.name or area.code,
            }
        raise WrongParameterError(message, [_suggested(request, _("Hela landet"), within=None)])
    return area


def chosen_places(request: HttpRequest, release: Release) -> tuple[Area, ...]:
    """The places that the reader follows, each once; empty fields of the form are none."""
    texts = [text.strip() for text in request.GET.getlist("place") if text.strip()]
    if len(texts) > PLACES:
        raise WrongParameterError(
            _("Det går att följa högst %(most)s platser på en gång, annars går linjerna inte att "
              "skilja åt.") % {"most": PLACES},
            [_suggested(request, _("De %s första") % PLACES, place=texts[:PLACES])],
        )  # fmt: skip
    areas = [chosen_place(request, release, "place", text) for text in texts]
    once = {area.area: area for area in areas if area.kind != "country"}
    return tuple(once.values())


def one_of(request: HttpRequest, parameter: str, there: Sequence[str], otherwise: str) -> str:
    """A parameter that must be one of some words."""
    text = request.GET.get(parameter) or otherwise
    if text not in there:
        raise WrongParameterError(
            _("”%(text)s” går inte att välja för %(parameter)s. Det finns: %(there)s.")
            % {"text": text[:100], "parameter": parameter, "there": ", ".join(there)},
            [_suggested(request, one, **{parameter: one}) for one in there[:8]],
        )
    return text


def chosen_page(request: HttpRequest) -> int:
    """Which page of the table, from 1."""
    text = request.GET.get("page") or "1"
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= LARGEST):
        raise WrongParameterError(
            _("”%s” är inte ett sidnummer.") % text[:100], [_suggested(request, "1", page=None)]
        )
    return int(text)


def _suggested(
    request: HttpRequest, title: str, **values: str | Sequence[str] | None
) -> Suggestion:
    return Suggestion(title, request.path + changed(request, **values))
