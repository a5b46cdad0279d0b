"""Borders for programs: GeoJSON, vector tiles, and what describes the tiles."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from samsyn.api.geometry import collections, encoding
from samsyn.api.geometry.layers import names, resolution
from samsyn.api.geometry.levels import Level, level, levels
from samsyn.api.geometry.problems import ProblemError, explained
from samsyn.api.geometry.tiles import DEEPEST, cut
from samsyn.measure.errors import InputError
from samsyn.statistics.query import Release
from samsyn.statistics.query.shelf import served
from samsyn.statistics.release.schema import RESOLUTIONS

# What the address says with its release never changes.
IMMUTABLE = "public, max-age=31536000, immutable"


@require_safe
@explained
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of areas that have borders, and where their borders are."""
    release = _release(request)
    told = [
        {
            "kind": kind,
            "vintages": list(there),
            "geojson": request.build_absolute_uri(reverse("geo", args=[kind])),
            "tiles": request.build_absolute_uri(reverse("geo-tilejson", args=[kind])),
        }
        for kind, there in levels(release).items()
    ]
    return _lasting(request, JsonResponse({"release": release.name, "kinds": told}))


@require_safe
@explained
def geojson(request: HttpRequest, kind: str) -> HttpResponse:
    """The areas of a kind; `within` another, as fine as `resolution` or `zoom` asks."""
    chosen = _level(request, kind)
    text = collections.collection(chosen, _fineness(request), _within(request, chosen.release))
    return _lasting(request, HttpResponse(text, content_type=collections.MEDIA_TYPE))


@require_safe
@explained
def tile(request: HttpRequest, kind: str, z: str, x: str, y: str) -> HttpResponse:
    """A vector tile of the areas of a kind."""
    chosen = _level(request, kind)
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
    content = cut(chosen, zoom, across, down)
    return _lasting(request, HttpResponse(content, content_type=encoding.MEDIA_TYPE))


@require_safe
@explained
def tilejson(request: HttpRequest, kind: str) -> HttpResponse:
    """What describes the tiles of a kind to a map program (TileJSON 3.0)."""
    chosen = _level(request, kind)
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
    return _lasting(request, JsonResponse(told))


def _release(request: HttpRequest) -> Release:
    name = request.GET.get("release") or None
    try:
        return served().release(name)
    except InputError as error:
        # What the store says names its folder, which is no one else's business.
        raise ProblemError(404, f'There is no release "{name}"') from error


def _level(request: HttpRequest, kind: str) -> Level:
    release = _release(request)
    vintage = request.GET.get("vintage") or None
    found = level(release, kind, vintage)
    if found is None:
        there = "; ".join(f"{name}: {', '.join(of)}" for name, of in levels(release).items())
        asked = f"{kind} of the vintage {vintage}" if vintage else kind
        raise ProblemError(
            404, f'The release {release.name} has no borders of "{asked}". It has them of {there}'
        )
    return found


def _within(request: HttpRequest, release: Release) -> str | None:
    asked = request.GET.get("within")
    if not asked:
        return None
    try:
        return release.area(asked).area
    except InputError as error:
        raise ProblemError(404, str(error)) from error


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


def _lasting(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let an answer of a release that the address names be kept for good."""
    if request.GET.get("release"):
        response["Cache-Control"] = IMMUTABLE
    return response
