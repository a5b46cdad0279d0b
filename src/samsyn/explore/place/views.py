"""The pages of this room: a place, what is folded away on its page, and its figures to take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samsyn.explore import taking
from samsyn.explore.asking import asked
from samsyn.explore.place.diagrams import drawing
from samsyn.explore.place.finding import Found, found, suggested
from samsyn.explore.place.gathered import gathered
from samsyn.explore.place.links import links
from samsyn.explore.place.page import breadcrumb, page
from samsyn.explore.place.pieces import pieces
from samsyn.explore.place.tables import figures
from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.explore.spelling import MovedError
from samsyn.measure.errors import InputError
from samsyn.publish.maps import Map

View = Callable[..., HttpResponse]


def of_place(view: View) -> View:
    """Gives a view the place of its address; sends readers on where it is written otherwise."""

    @wraps(view)
    def handled(request: HttpRequest, kind: str, code: str, **named: Any) -> HttpResponse:
        try:
            there = found(request, asked(request), kind, code)
        except MovedError as moved:
            return HttpResponsePermanentRedirect(moved.address)
        return view(request, there, **named)

    return handled


def start(request: HttpRequest) -> HttpResponse:
    """Without a place: the country, from which all others are found."""
    now = asked(request)
    layout = gathered(now.release).layout
    if not layout.country:
        raise UnknownPageError(_("Utgåvan har inget land."))
    return redirect(links(now, layout).place(layout.country))


def any_kind(request: HttpRequest, text: str) -> HttpResponse:
    """A code or a name without its kind: sent on to its page where only one can be meant."""
    now = asked(request)
    to = links(now, gathered(now.release).layout)
    try:
        area = now.release.area(text)
    except InputError as error:
        raise UnknownPageError(
            _("Det finns inget område som heter ”%(text)s” i utgåvan %(release)s.")
            % {"text": text, "release": now.release.name},
            suggested(now, to, text),
        ) from error
    return redirect(to.place(area.area))


@of_place
def place(request: HttpRequest, place: Found) -> HttpResponse:
    """The page of a place."""
    return render(request, "place/place.html", page(place))


@of_place
def more(request: HttpRequest, place: Found, name: str) -> HttpResponse:
    """What the page of a place has folded away; a page of its own without JavaScript."""
    context = {
        **pieces(place, name),
        "place": place,
        "name": place.name,
        "breadcrumb": breadcrumb(place),
        "here": place.links.place(place.area.area),
    }
    return render(request, "place/more.html", context)


@of_place
def table(request: HttpRequest, place: Found, form: str) -> HttpResponse:
    """The figures of a place as a file: `?part=` says which, `?period=` of when."""
    part = request.GET.get("part") or "values"
    frame, about = figures(place, part, request.GET.get("period") or "latest")
    name = f"{place.area.kind}-{place.area.code}-{part}"
    return taking.table(request, place.asked, frame, about, form, name)


@of_place
def picture(request: HttpRequest, place: Found, name: str, form: str) -> HttpResponse:
    """A chart or the map of a place as a picture."""
    shown = drawing(place, name, dark=request.GET.get("look") == "dark", bare="bare" in request.GET)
    if isinstance(shown, Map) and form == "vl.json":
        raise WrongParameterError(_("Kartan finns som SVG och PNG, inte som Vega-Lite."))
    return taking.drawn(request, place.asked, shown, form, f"{place.area.code}-{name}")


@of_place
def chart_table(request: HttpRequest, place: Found, name: str, form: str) -> HttpResponse:
    """The figures that a chart or the map shows, as a file."""
    shown = drawing(place, name)
    return taking.table(
        request, place.asked, shown.figures, shown.about, form, f"{place.area.code}-{name}"
    )
