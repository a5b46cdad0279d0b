"""The start page and the search."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samsyn.explore import taking
from samsyn.explore.asking import Asked, asked
from samsyn.explore.problems import UnknownPageError
from samsyn.explore.start import now
from samsyn.explore.start.searching import find
from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map
from samsyn.statistics.query.shelf import served

SHORT, LONG = {"areas": 8, "indicators": 5}, {"areas": 60, "indicators": 40}


def start(request: HttpRequest) -> HttpResponse:
    """What this is, where to begin, and the country now."""
    on = asked(request)
    folder = on.release.folder
    shown = {
        "now": now.now(folder, on.language),
        "charts": _charts(folder, on.language),
        "places": _places(folder, on.language, on.release.name if on.pinned else ""),
    }
    return render(request, "start/start.html", shown)


def search(request: HttpRequest) -> HttpResponse:
    """What fits the text typed: a page, or a part of one while somebody types."""
    on = asked(request)
    text = request.GET.get("q", "").strip()
    part = request.headers.get("HX-Request") == "true"
    found = find(on.release, on.language, text, **(SHORT if part else LONG))
    template = "start/found.html" if part else "start/search.html"
    response = render(request, template, {"found": found, "text": text[:200]})
    patch_vary_headers(response, ["HX-Request"])
    return response


def picture(request: HttpRequest, chart: str, form: str) -> HttpResponse:
    """A chart of the start page as a picture."""
    on, shown = _asked(request, chart)
    return taking.drawn(request, on, shown, form, f"samsyn-{chart}")


def table(request: HttpRequest, chart: str, form: str) -> HttpResponse:
    """The figures of a chart of the start page."""
    on, shown = _asked(request, chart)
    figures = now.figures(on.release, chart)
    table = shown.figures if figures is None else figures
    return taking.table(request, on, table, shown.about, form, f"samsyn-{chart}")


def _asked(request: HttpRequest, chart: str) -> tuple[Asked, Chart | Map]:
    on = asked(request)
    dark = request.GET.get("look") == "dark"
    shown = now.chart(on.release, chart, on.language, dark)
    if shown is None:
        raise UnknownPageError(_("Det finns ingen bild som heter ”%s” på startsidan.") % chart)
    return on, shown


@lru_cache(maxsize=16)
def _places(folder: Path, language: str, pinned: str) -> SafeString:
    """The municipalities by county: three hundred links that are the same for every reader."""
    counties = now.now(folder, language).counties
    pin = f"?release={pinned}" if pinned else ""
    told = {"counties": counties, "pin": pin, "alone": len(counties) == 1}
    return render_to_string("start/counties.html", told)


@lru_cache(maxsize=8)
def _charts(folder: Path, language: str) -> dict[str, Chart | Map]:
    """The charts in light: the page itself needs their words and tables, never the drawing."""
    release = served().release(folder.name)
    names = ("types", "inequality", "map")
    return {
        name: made for name in names if (made := now.chart(release, name, language)) is not None
    }
