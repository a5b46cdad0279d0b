"""What the map's script asks for: a style, the areas of a level, and their figures."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore import asking
from samsyn.explore.areamap import columns
from samsyn.explore.areamap.drawn import Bounds, Level, below, bounds, drawn
from samsyn.explore.areamap.figures import Figures, shown_figures
from samsyn.explore.areamap.state import State, periods_of, state
from samsyn.explore.areamap.style import style
from samsyn.explore.areamap.subjects import KINDS
from samsyn.explore.problems import WrongParameterError

# Where so few of the areas have a figure, the map starts where these are.
FEW: Final = 0.5
# What the address says with its release never changes.
LASTING: Final = "public, max-age=31536000, immutable"
SWEDEN: Final[Bounds] = (10.5, 55.2, 24.3, 69.1)


def facts(shown: State, level: Level, figures: Figures) -> dict[str, Any]:
    """What the page tells its script: addresses, and what the map starts from."""
    release = f"release={shown.release.name}"
    known = figures.frame.drop_nulls("value").get_column("area")
    few = known.len() < FEW * figures.frame.height
    edges = bounds(shown.release, level.name, shown.within, known if few else None) or SWEDEN
    kind = below(level.name, shown.levels)
    smaller = periods_of(shown.levels, kind or "")
    parts = smaller.get(shown.period) or next(reversed(smaller.values()), "")
    return {
        "style": f"{reverse('areamap-style')}?level={level.name}&{release}",
        "areas": f"{reverse('areamap-areas')}?level={level.name}&below={parts}&{release}",
        "figures": f"{reverse('areamap-figures')}?{shown.query(release=shown.release.name)}",
        "bounds": ",".join(f"{edge:.4f}" for edge in edges),
        "down": kind or "",
        "within": f"{shown.within.kind}/{shown.within.code}" if shown.within else "",
        "place": reverse("place", args=[level.kind, "CODE"]),
        "basemap": settings.BASEMAP,
    }


def style_json(request: HttpRequest) -> HttpResponse:
    """The style of the map; `?look=dark` in the colours of dark pages."""
    shown = asking.asked(request)
    level = _level(request, shown, "level")
    base = request.build_absolute_uri("/").rstrip("/")
    tiles = {}
    for kind in ("county", "municipality", level.kind):
        address = reverse("geo-tile", args=[kind, "Z", "X", "Y"])
        address = address.replace("Z/X/Y", "{z}/{x}/{y}")
        more = f"&vintage={level.vintage}" if kind == level.kind else ""
        if _has_borders(level, kind):
            tiles[kind] = f"{base}{address}?release={shown.release.name}{more}"
    made = style(level, tiles, list(_edges(level)), request.GET.get("look") == "dark")
    return _lasting(request, made)


def areas_json(request: HttpRequest) -> HttpResponse:
    """The areas of a level, which all indicators share."""
    shown = asking.asked(request)
    level = _level(request, shown, "level")
    smaller = _level(request, shown, "below") if request.GET.get("below") else None
    return _lasting(request, _areas(level, smaller))


def figures_json(request: HttpRequest) -> HttpResponse:
    """The figures of the map, in the order of its areas."""
    shown = state(asking.asked(request), request.GET)
    return _lasting(request, columns.figures_of(shown_figures(shown), _("uppgift saknas")))


@lru_cache(8)
def _areas(level: Level, smaller: Level | None) -> dict[str, Any]:
    return columns.areas(level, smaller)


def _level(request: HttpRequest, shown: asking.Asked, parameter: str) -> Level:
    """The level that the address names with its vintage."""
    text = request.GET.get(parameter, "")
    frame = shown.release.areas().select("kind", "vintage").unique()
    there = sorted(f"{kind}/{vintage}" for kind, vintage in frame.iter_rows() if kind in KINDS)
    if text not in there:
        raise WrongParameterError(
            _("Det finns ingen nivå ”%(asked)s”. Det finns: %(there)s.")
            % {"asked": text, "there": ", ".join(there)}
        )
    return Level(str(shown.release.folder), text, shown.release)


def _has_borders(level: Level, kind: str) -> bool:
    if kind == level.kind:
        return bool(drawn(level))
    areas = level.release.areas()
    there = areas.filter(areas["kind"] == kind)["vintage"].unique()
    return any(drawn(Level(level.folder, f"{kind}/{one}", level.release)) for one in there)


def _edges(level: Level) -> Bounds:
    """The edges of all that is drawn, so that no tile beside it is asked for."""
    kinds = [kind for kind in ("county", "municipality", level.kind) if _has_borders(level, kind)]
    every = [edges for kind in kinds if (edges := bounds(level.release, kind, None)) is not None]
    if not every:
        return SWEDEN
    west, south, east, north = zip(*every, strict=True)
    return min(west), min(south), max(east), max(north)


def _lasting(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    """An answer to the script; one of a release that the address names may be kept for good."""
    form = {"separators": (",", ":"), "ensure_ascii": False}
    response = JsonResponse(content, json_dumps_params=form)
    if request.GET.get("release"):
        response["Cache-Control"] = LASTING
    return response
