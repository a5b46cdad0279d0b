"""The pages of this room, and the files at their addresses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore import taking
from samsyn.explore.asking import Asked, asked
from samsyn.explore.compare import alike, drawing
from samsyn.explore.compare.figures import figures
from samsyn.explore.compare.finding import found
from samsyn.explore.compare.maps import maps
from samsyn.explore.compare.page import comparison, title
from samsyn.explore.compare.rows import told
from samsyn.explore.compare.selection import PLACES, SUBJECTS, TYPE, Selection, selection
from samsyn.explore.compare.sets import examples, sets
from samsyn.explore.compare.subjects import Subject, index_subject, indicator_subject, ticked
from samsyn.explore.problems import UnknownPageError, WrongParameterError
from samsyn.measure.errors import InputError
from samsyn.publish.about import about as told_of
from samsyn.publish.charts import Chart

CHARTS = {"time": drawing.over_time, "order": drawing.in_order}


def compare(request: HttpRequest) -> HttpResponse:
    """Places beside each other; without places a page to begin from."""
    page = asked(request)
    chosen = selection(request.GET, page.release, page.language)
    q = request.GET.get("q", "").strip()
    context = {
        "chosen": chosen,
        "q": q,
        "found": found(page.release, chosen, q, page.language) if q else None,
        "places": PLACES,
        "subjects": SUBJECTS,
        "full": len(chosen.places) >= PLACES,
    }
    if not chosen.places:
        context |= {"examples": examples(page.release, chosen), "dropped": chosen.dropped}
        return render(request, "compare/begin.html", context)
    made = comparison(page.release, chosen, page.language)
    context |= {
        "made": made,
        "boxes": ticked(page.release, page.language, [one.id for one in chosen.subjects]),
        "dropped": made.dropped,
        "sets": sets(page.release, chosen),
        "maps": maps(page.release, chosen, page.language),
        "alike": alike.addresses(page.release, chosen),
        "types": any(place.kind == TYPE for place in chosen.places),
        "take_address": f"{reverse('compare')}{chosen.query(mapped=None, level=None)}",
    }
    return render(request, "compare/compare.html", context)


def compare_table(request: HttpRequest, form: str) -> HttpResponse:
    """The figures of a comparison, one a row, in every period that there is."""
    page, chosen = _exactly(request)
    every = figures(page.release, chosen.subjects, chosen.places)
    periods = [one for one in (chosen.since, chosen.period) if one]
    frame = drawing.tidy(every, chosen.places, periods or None)
    about = told(page.release, title(chosen.places), page.language, every)
    return taking.table(request, page, frame, about, form, _("jamforelse"))


def found_places(request: HttpRequest) -> HttpResponse:
    """Places that fit what is being typed, as a part of the page."""
    page = asked(request)
    chosen = selection(request.GET, page.release, page.language)
    q = request.GET.get("q", "").strip()
    context = {"q": q, "found": found(page.release, chosen, q, page.language) if q else None}
    return render(request, "compare/found.html", context)


def chart_picture(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """A chart of the selection as a picture."""
    page, chart = _chart(request, name)
    return taking.drawn(request, page, chart, form, name)


def chart_table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The figures of a chart."""
    page, chart = _chart(request, name)
    return taking.table(request, page, chart.figures, chart.about, form, name)


def map_picture(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The map of one place, on the scale that all places share."""
    page, chosen, subject, level, period = _mapped(request, name)
    if form == "vl.json":
        raise UnknownPageError(_("Kartor finns som svg och png."))
    try:
        drawn = drawing.place_mapped(
            page.release, chosen.places[0], subject, level, period, page.language, request
        )
    except InputError as error:
        raise WrongParameterError(_("Det finns ingen karta över platsen.")) from error
    return taking.drawn(request, page, drawn, form, f"{name}-{chosen.places[0].code}")


def map_table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The figures of a map."""
    page, chosen, subject, level, period = _mapped(request, name)
    place = chosen.places[0]
    assert place.area is not None
    try:
        frame = page.release.values(name, level=level, within=place.area.area, period=period)
    except InputError as error:
        raise WrongParameterError(_("Det finns inga uppgifter om platsens delar.")) from error
    about = told_of(page.release, f"{place.name}: {subject.title}", page.language, frames=[frame])
    return taking.table(request, page, frame, about, form, f"{name}-{place.code}")


def similar(request: HttpRequest) -> HttpResponse:
    """The places most like one, by weights that the reader sees and changes."""
    page = asked(request)
    return render(request, "compare/similar.html", {"made": alike.page(request, page)})


def similar_table(request: HttpRequest, form: str) -> HttpResponse:
    """The similar places with their distances, and what each trait adds."""
    page = asked(request)
    frame, about = alike.table(request, page)
    return taking.table(request, page, frame, about, form, _("lika"))


def _exactly(request: HttpRequest) -> tuple[Asked, Selection]:
    """What a file is asked for: a program is told of what is wrong and not given something else."""
    page = asked(request)
    chosen = selection(request.GET, page.release, page.language)
    if chosen.dropped:
        told = "; ".join(f"{one.text}: {one.reason}" for one in chosen.dropped)
        raise WrongParameterError(told)
    if not chosen.places:
        raise WrongParameterError(_("Adressen nämner ingen plats att jämföra."))
    return page, chosen


def _chart(request: HttpRequest, name: str) -> tuple[Asked, Chart]:
    """The chart of a name: what it shows, a hyphen and the id of its subject."""
    page, chosen = _exactly(request)
    kind, _hyphen, text = name.partition("-")
    subject = indicator_subject(page.release, text, page.language) or index_subject(
        page.release, text, page.language
    )
    if kind not in CHARTS or subject is None:
        raise UnknownPageError(_("Det finns inget diagram med det namnet."))
    return page, CHARTS[kind](page.release, chosen, subject, page.language, request)


def _mapped(request: HttpRequest, name: str) -> tuple[Asked, Selection, Subject, str, str]:
    """The place, subject, level and period of a map."""
    page, chosen = _exactly(request)
    subject = indicator_subject(page.release, name, page.language)
    if subject is None:
        raise UnknownPageError(_("Utgåvan har ingen sådan uppgift."))
    level = drawing.mapped_level(page.release, subject, chosen.level)
    period = level and drawing.map_period(page.release, subject, level, chosen.period)
    if level is None or not period or chosen.places[0].kind not in drawing.DRAWN:
        raise WrongParameterError(_("Det finns ingen karta över platsen."))
    return page, chosen, subject, level, period
