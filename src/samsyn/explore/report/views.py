"""The pages of this room: where one chooses a place, its report, the report's files and pictures.

Own texts come with POST, so that they stand in no address and no log. A POST changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samsyn.explore import taking
from samsyn.explore.asking import asked
from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.explore.report import making
from samsyn.explore.report.choices import Chosen, chosen
from samsyn.explore.report.finding import Place, found, hits
from samsyn.explore.report.page import carried, page
from samsyn.explore.spelling import MovedError
from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map
from samsyn.publish.reports import Diagram, Report

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
AGAIN: Final = 30  # seconds after which one may ask anew
FILES: Final = "public, max-age=600"  # a file tells the day on which it was made

View = Callable[..., HttpResponse]


def of_place(view: View) -> View:
    """Gives a view the place of its address; tells where it is or why there is nothing now."""

    @wraps(view)
    def handled(request: HttpRequest, kind: str, code: str, **named: Any) -> HttpResponse:
        try:
            return view(request, found(request, asked(request), kind, code), **named)
        except MovedError as moved:
            return HttpResponsePermanentRedirect(moved.address)
        except making.BusyError:
            busy = render(request, "report/busy.html", status=503)
            busy["Retry-After"] = str(AGAIN)
            return busy

    return require_http_methods(["GET", "HEAD", "POST"])(handled)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where one chooses the place of a report; what is chosen besides goes with one there."""
    now = asked(request)
    text = request.GET.get("q", "").strip()
    rest = request.GET.copy()
    rest.pop("q", None)
    query = f"?{rest.urlencode(safe=',')}" if rest else ""
    context = {
        "q": text,
        "hits": hits(now, text, query) if text else None,
        "carried": carried(request),
    }
    return render(request, "report/start.html", context)


@of_place
def report(request: HttpRequest, place: Place) -> HttpResponse:
    """The page: the form, and the report as it was asked for."""
    wanted = chosen(request, place)
    if request.method == "POST" and not wanted.personal:
        return _shared(place, "report", wanted)
    made = making.report(place.asked.release, wanted.choice(place, _site(request)))
    shown = render(request, "report/report.html", page(request, place, wanted, made))
    if wanted.personal:
        shown["Cache-Control"] = "no-store"
    return shown


@of_place
def pdf(request: HttpRequest, place: Place) -> HttpResponse:
    """The report as PDF."""
    return _file(request, place, "report-pdf", "pdf", "application/pdf", _pdf)


@of_place
def word(request: HttpRequest, place: Place) -> HttpResponse:
    """The report as a Word document."""
    from samsyn.publish.reports.word import word as write

    return _file(request, place, "report-word", "docx", WORD, write)


@of_place
def picture(request: HttpRequest, place: Place, name: str, form: str) -> HttpResponse:
    """A figure of the report as a picture."""
    shown = _figure(request, place, name)
    if isinstance(shown, Map) and form == "vl.json":
        raise WrongParameterError(_("Kartor finns som SVG och PNG, inte som Vega-Lite."))
    return taking.drawn(request, place.asked, shown, form, f"{place.area.code}-{name}")


@of_place
def picture_table(request: HttpRequest, place: Place, name: str, form: str) -> HttpResponse:
    """What a figure of the report shows, as a file of figures."""
    shown = _figure(request, place, name)
    return taking.table(
        request, place.asked, shown.figures, shown.about, form, f"{place.area.code}-{name}"
    )


def _pdf(report: Report) -> bytes:
    """The PDF; an error in words where a text has a letter that its fonts lack."""
    from samsyn.publish.reports.pdf import UnknownLettersError, pdf

    try:
        return pdf(report)
    except UnknownLettersError as error:
        raise WrongParameterError(
            _(
                "En text har tecken som PDF-filens typsnitt saknar: ”%s”. Gå tillbaka och ta bort "
                "dem, eller hämta lägesbilden som Word."
            )
            % error.letters
        ) from error


def _file(
    request: HttpRequest,
    place: Place,
    view: str,
    ending: str,
    media_type: str,
    write: making.Writer,
) -> HttpResponse:
    wanted = chosen(request, place)
    if request.method == "POST" and not wanted.personal:
        # What anyone may ask for has an address, under which it is kept.
        return _shared(place, view, wanted)
    choice = wanted.choice(place, _site(request))
    content = making.written(place.asked.release, choice, write)
    name = "-".join((_("lagesbild"), place.slug, place.asked.release.name))
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{ending}"',
            "Cache-Control": "no-store" if wanted.personal else FILES,
        },
    )


def _figure(request: HttpRequest, place: Place, name: str) -> Chart | Map:
    wanted = chosen(request, place)
    made = making.report(place.asked.release, wanted.choice(place, _site(request)))
    for figure in made.figures():
        if figure.name == name and not isinstance(figure.picture, Diagram):
            return figure.picture
    raise UnknownPageError(_("Lägesbilden har ingen figur som heter ”%s”.") % name)


def _shared(place: Place, view: str, wanted: Chosen) -> HttpResponse:
    """On to the address that says all that is chosen, which can be sent to others."""
    pinned = place.asked.release.name if place.asked.pinned else None
    return HttpResponseRedirect(place.address(view) + wanted.query(pinned), status=303)


def _site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
