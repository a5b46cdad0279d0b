"""The page of the map, what its script asks for, and what can be taken along."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore import asking, taking
from samsyn.explore.areamap import choices, columns, words
from samsyn.explore.areamap.drawn import Level, below, bounds, drawn
from samsyn.explore.areamap.figures import Figures, Question, figures
from samsyn.explore.areamap.listing import inside, listing
from samsyn.explore.areamap.spread import spread
from samsyn.explore.areamap.state import SORTS, State, state
from samsyn.explore.areamap.style import style
from samsyn.explore.areamap.subjects import explanation
from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.publish.maps import choropleth

# What the address says with its release never changes.
LASTING = "public, max-age=31536000, immutable"
SWEDEN = (10.5, 55.2, 24.3, 69.1)
PICTURES = ("svg", "png")


def areamap(request: HttpRequest) -> HttpResponse:
    """The map with its table: every state of it is a page of its own."""
    shown = state(asking.asked(request), request.GET)
    found = _figures(shown)
    frame = inside(shown, found)
    level = _level(shown)
    by_class = dict(frame["class"].value_counts().iter_rows())
    rows = listing(shown, found, frame)
    return render(
        request,
        "areamap/areamap.html",
        {
            "state": shown,
            "heading": words.heading(shown),
            "message": words.message(shown, found, frame),
            "explanation": explanation(shown.release, shown.subject, shown.language),
            "borders": words.borders(shown, frame),
            "trail": words.trail(shown),
            "subjects": choices.subjects(shown),
            "levels": choices.levels(shown),
            "periods": choices.periods(shown),
            "units": choices.units(shown),
            "groups": choices.groups(shown),
            "figures": found,
            "legend": [
                (shade, label, by_class.get(at, 0))
                for at, (shade, label) in enumerate(
                    zip(found.shades, found.classes.labels, strict=True)
                )
            ],
            "unknown": by_class.get(None, 0),
            "spread": spread(found, frame if shown.within else frame.clear(), shown.language),
            "listing": rows,
            "names": words.columns(shown, rows.more),
            "sorts": _sorts(shown),
            "previous": shown.query(page=str(rows.page - 1)) if rows.page > 1 else "",
            "following": shown.query(page=str(rows.page + 1)) if rows.page < rows.pages else "",
            "drawn": bool(drawn(level)),
            "query": shown.query(),
            "script": _script(shown, level),
        },
    )


def _sorts(shown: State) -> dict[str, str]:
    """The addresses that put the table in the order of each column, or turn it."""
    turned = {"falling": "rising", "rising": "falling"}
    return {
        name: shown.query(
            sort=name, order=turned[shown.order] if name == shown.sort else None, page=None
        )
        for name in SORTS
    }


def _script(shown: State, level: Level) -> dict[str, Any]:
    """The addresses and facts that the page's script starts from."""
    name, release = level.name, shown.release
    edges = bounds(release, name, shown.within) or SWEDEN
    common = f"release={release.name}"
    down = below(name, shown.levels)
    return {
        "style": f"{reverse('areamap-style')}?level={name}&{common}",
        "areas": f"{reverse('areamap-areas')}?level={name}&below={down or ''}&{common}",
        "figures": f"{reverse('areamap-figures')}?{shown.query(release=release.name)}",
        "bounds": ",".join(f"{edge:.4f}" for edge in edges),
        "down": down or "",
        "within": f"{shown.within.kind}/{shown.within.code}" if shown.within else "",
        "place": reverse("place", args=[level.kind, "CODE"]),
        "basemap": getattr(settings, "BASEMAP", ""),
    }


def style_json(request: HttpRequest) -> HttpResponse:
    """The style of the map; `?look=dark` in the colours of dark pages."""
    shown = asking.asked(request)
    level = _level_of(request, shown)
    base = request.build_absolute_uri("/").rstrip("/")
    tiles = {}
    for kind in {level.kind, "county", "municipality"}:
        vintage = level.vintage if kind == level.kind else ""
        address = reverse("geo-tile", args=[kind, "Z", "X", "Y"])
        address = address.replace("Z/X/Y", "{z}/{x}/{y}")
        more = f"&vintage={vintage}" if vintage else ""
        if kind == level.kind or _has_borders(level, kind):
            tiles[kind] = f"{base}{address}?release={shown.release.name}{more}"
    edges = list(_country(level))
    made = style(level, tiles, edges, request.GET.get("look") == "dark")
    return _lasting(JsonResponse(made))


def areas_json(request: HttpRequest) -> HttpResponse:
    """The areas of a level, which all indicators share."""
    shown = asking.asked(request)
    level = _level_of(request, shown)
    kind = request.GET.get("below", "")
    kinds = set(shown.release.areas().get_column("kind"))
    smaller = None
    if kind:
        if kind not in kinds:
            raise WrongParameterError(_("Det finns ingen nivå ”%s”.") % kind)
        vintage = shown.release.areas(kind).get_column("vintage").unique().sort()
        there = [Level(level.folder, f"{kind}/{one}", shown.release) for one in vintage]
        smaller = next((one for one in there if drawn(one)), None)
    return _lasting(JsonResponse(_areas(level, smaller)))


@lru_cache(8)
def _areas(level: Level, smaller: Level | None) -> dict[str, Any]:
    return columns.areas(level, smaller)


def figures_json(request: HttpRequest) -> HttpResponse:
    """The figures of the map, in the order of its areas."""
    shown = state(asking.asked(request), request.GET)
    return _lasting(JsonResponse(columns.figures_of(_figures(shown), _("uppgift saknas"))))


def table(request: HttpRequest, form: str) -> HttpResponse:
    """The figures of the map to take along."""
    asked = asking.asked(request)
    shown = state(asked, request.GET)
    found = _figures(shown)
    frame = inside(shown, found).drop("said", "class", "parent")
    return taking.table(request, asked, frame, found.about, form, _name(shown))


def picture(request: HttpRequest, form: str) -> HttpResponse:
    """The map as a picture."""
    if form not in PICTURES:
        raise UnknownPageError(_("En karta finns som svg och png."))
    asked = asking.asked(request)
    shown = state(asked, request.GET)
    found = _figures(shown)
    within = shown.within
    large = within is None or within.kind == "county"
    shapes = shown.release.shapes(
        shown.level,
        "coarse" if large else "medium",
        within=None if within is None else within.area,
    )
    if shapes.is_empty():
        raise UnknownPageError(_("För områdena finns inga gränser att rita."))
    made = choropleth(
        shapes,
        found.classes,
        found.about,
        bare="bare" in request.GET,
        legend="bare" not in request.GET,
        dark=request.GET.get("look") == "dark",
        inset=within is not None and within.kind == "municipality",
    )
    return taking.drawn(request, asked, made, form, _name(shown))


def _figures(shown: State) -> Figures:
    return figures(
        Question(
            str(shown.release.folder), shown.subject, shown.level, shown.period, shown.limits,
            shown.language, shown.release,
        )
    )  # fmt: skip


def _level(shown: State) -> Level:
    return Level(str(shown.release.folder), shown.level, shown.release)


def _level_of(request: HttpRequest, shown: asking.Asked) -> Level:
    """The level that the address names with its vintage."""
    text = request.GET.get("level", "")
    frame = shown.release.areas().select("kind", "vintage").unique()
    there = sorted(f"{kind}/{vintage}" for kind, vintage in frame.iter_rows())
    if text not in there:
        raise WrongParameterError(
            _("Det finns ingen nivå ”%(asked)s”. Det finns: %(there)s.")
            % {"asked": text, "there": ", ".join(there)}
        )
    return Level(str(shown.release.folder), text, shown.release)


def _has_borders(level: Level, kind: str) -> bool:
    vintages = level.release.areas(kind).get_column("vintage").unique()
    return any(drawn(Level(level.folder, f"{kind}/{one}", level.release)) for one in vintages)


def _country(level: Level) -> tuple[float, float, float, float]:
    """The edges of all that is drawn, so that no tile beside it is asked for."""
    every = [
        found
        for kind in ("county", "municipality", level.kind)
        if (found := bounds(level.release, kind, None)) is not None
    ]
    if not every:
        return SWEDEN
    west, south, east, north = zip(*every, strict=True)
    return min(west), min(south), max(east), max(north)


def _lasting(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = LASTING
    return response


def _name(shown: State) -> str:
    about = shown.subject.grouping or shown.subject.name
    place = shown.within.code if shown.within else shown.release.name
    return f"{about}-{shown.kind}-{place}-{shown.period}"
