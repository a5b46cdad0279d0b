"""Borders for programs: GeoJSON, vector tiles, and what describes the tiles."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from samsyn.api.answers import answer, json_answer
from samsyn.api.asking import Asked, asked
from samsyn.api.geometry import collections, encoding
from samsyn.api.geometry.layers import names, resolution
from samsyn.api.geometry.levels import Level, level, levels
from samsyn.api.geometry.problems import explained
from samsyn.api.geometry.tiles import DEEPEST, cut
from samsyn.api.problems import ProblemError, said
from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.release.schema import RESOLUTIONS


@require_safe
@explained
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of areas that have borders, and where their borders are."""
    shown = asked(request)
    told = [
        {
            "kind": kind,
            "vintages": list(there),
            "geojson": request.build_absolute_uri(reverse("geo", args=[kind])),
            "tiles": request.build_absolute_uri(reverse("geo-tilejson", args=[kind])),
        }
        for kind, there in levels(shown.release).items()
    ]
    return json_answer(shown, {"release": shown.release.name, "kinds": told})


@require_safe
@explained
def geojson(request: HttpRequest, kind: str) -> HttpResponse:
    """The areas of a kind; `within` another, as fine as `resolution` or `zoom` asks."""
    shown, chosen = _level(request, kind)
    text = collections.collection(chosen, _fineness(request), _within(request, chosen.release))
    return answer(shown, text.encode(), collections.MEDIA_TYPE)


@require_safe
@explained
def tile(request: HttpRequest, kind: str, z: str, x: str, y: str) -> HttpResponse:
    """A vector tile of the areas of a kind."""
    shown, chosen = _level(request, kind)
    try:
        across, down, zoom = (int(text) for text in (x, y, z))
    except ValueError:
        raise ProblemError(
            400, f"A tile has three whole numbers, zoom, x and y, and {z}/{x}/{y} is not that"
        ) from None
    if not 0 <= zoom <= DEEPEST:
        raise ProblemError(404, f"There is no zoom {zoom}: tiles have the zooms 0 to {DEEPEST}")
    if not (0 <= across < 2**zoom and 0 <= down < 2**zoom):
        raise ProblemError(
            404, f"There is no tile {zoom}/{across}/{down}: x and y are 0 to {2**zoom - 1} there"
        )
    return answer(shown, cut(chosen, zoom, across, down), encoding.MEDIA_TYPE)


@require_safe
@explained
def tilejson(request: HttpRequest, kind: str) -> HttpResponse:
    """What describes the tiles of a kind to a map program (TileJSON 3.0)."""
    shown, chosen = _level(request, kind)
    edges = chosen.release.areas(chosen.name).select("west", "south", "east", "north").drop_nulls()
    base = request.build_absolute_uri(reverse("geo", args=[kind]))
    query = urlencode({"release": chosen.release.name, "vintage": chosen.vintage})
    fields = dict.fromkeys(names(chosen).told[0], "String")
    told = {
        "tilejson": "3.0.0",
        "name": chosen.name,
        "tiles": [f"{base}/tiles/{{z}}/{{x}}/{{y}}.mvt?{query}"],
        "minzoom": 0,
        "maxzoom": DEEPEST,
        "vector_layers": [
            {"id": "areas", "fields": fields},
            {"id": "places", "fields": {"code": "String", "name": "String", "rank": "Number"}},
        ],
    }
    if edges.height:
        west, south = edges["west"].min(), edges["south"].min()
        told["bounds"] = [west, south, edges["east"].max(), edges["north"].max()]
    return json_answer(shown, told)


def _level(request: HttpRequest, kind: str) -> tuple[Asked, Level]:
    """What is asked for, and the level of it."""
    shown = asked(request)
    vintage = request.GET.get("vintage") or None
    found = level(shown.release, kind, vintage)
    if found is None:
        there = "; ".join(f"{name}: {', '.join(of)}" for name, of in levels(shown.release).items())
        wanted = f"{kind} of the vintage {vintage}" if vintage else kind
        told = f'The release {shown.release.name} has no borders of "{wanted}"'
        raise ProblemError(404, f"{told}. It has them of {there}")
    return shown, found


def _within(request: HttpRequest, release: Release) -> str | None:
    wanted = request.GET.get("within")
    if not wanted:
        return None
    try:
        return release.area(wanted).area
    except InputError as error:
        raise ProblemError(404, said(error)) from error


def _fineness(request: HttpRequest) -> str:
    """The resolution that is asked for: by its name, else by a zoom, else the middle one."""
    named, zoom = request.GET.get("resolution"), request.GET.get("zoom")
    if named:
        if named not in RESOLUTIONS:
            raise ProblemError(
                400, f'There is no resolution "{named}": it is {", ".join(RESOLUTIONS)}'
            )
        return named
    if not zoom:
        return "medium"
    try:
        number = float(zoom)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 24:
        raise ProblemError(400, f'A zoom is a number from 0 to 24, and "{zoom}" is not')
    return resolution(number)
