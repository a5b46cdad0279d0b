"""The pages of the indices of segregation, one for each grouping."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore.asking import Asked, asked
from samsyn.explore.components import evidence
from samsyn.explore.indicator import catalogue, measured, telling
from samsyn.explore.indicator.rows import page
from samsyn.explore.problems import Suggestion, UnknownPageError, WrongParameterError
from samsyn.explore.taking import drawn
from samsyn.explore.taking import table as taken_table
from samsyn.publish.charts import Chart
from samsyn.publish.index_names import index_name, index_reading
from samsyn.publish.maps import Map
from samsyn.statistics.indicators import Grouping, groupings


def every(request: HttpRequest) -> HttpResponse:
    """The groupings stand in the list of all indicators."""
    release = request.GET.urlencode()
    query = f"?{release}" if release else ""
    return HttpResponseRedirect(f"{reverse('indicators')}{query}#segregation")


def _choice(request: HttpRequest, name: str) -> tuple[Asked, Grouping, measured.Choice]:
    """The grouping that an address names, and what it asks for of it."""
    page_of = asked(request)
    entry = groupings().get(name)
    there = measured.there(page_of.release, name) if entry is not None else None
    if entry is None or there is None:
        near = catalogue.near(page_of.release, name, page_of.language)
        near = near or [Suggestion(_("Alla indikatorer"), reverse("indicators"))]
        raise UnknownPageError(
            _("Det finns inga index för en indelning som heter ”%s”.") % name[:100], near
        )
    return page_of, entry, measured.chosen(request, page_of.release, entry, there)


def one(request: HttpRequest, grouping: str) -> HttpResponse:
    """The page of a grouping: one index at a time."""
    page_of, entry, choice = _choice(request, grouping)
    release, language = page_of.release, page_of.language
    frame = measured.values(release, entry.id, choice)
    about = measured.told(release, entry, choice, language, frame)
    expected = frame["expected"].drop_nulls().len() > 0
    more = [("expected", _("Av slumpen"), "index")] if expected else []
    base = reverse("segregation", args=[grouping])
    cell = choice.cell
    named = evidence.index(entry.id, cell.index, cell.kind, cell.groups)
    return render(
        request,
        "indicator/segregation.html",
        {
            "entry": entry,
            "named": named,
            "name": entry.name[language],
            "groups": [(group, entry.labels[group][language]) for group in entry.groups],
            **measured.form(request, release, entry, choice, language),
            "index_title": index_name(choice.index, language),
            "reading": index_reading(choice.index, language),
            "about_groups": measured.groups_said(entry, choice, language),
            "facts": measured.facts(release, entry, choice, frame, language),
            "charts": {
                name: make(release, entry, choice, language)
                for name, make in measured.CHARTS.items()
            },
            "map": measured.small_map(release, choice, frame, language),
            "too_many": False,
            "ranks": page(
                frame, "index", language, order=choice.order, at=choice.page,
                followed=[place.area for place in choice.places],
                more=[(column, unit) for column, _title, unit in more],
                pin=telling.pin(request),
                use=lambda area: evidence.link(release.name, named, area, choice.period),
            ),
            "more": more,
            "expected": expected,
            "value_title": _("Index"),
            "table_title": about.title,
            "about": about,
            **telling.addresses(request, base),
            "links": telling.links(request, choice.page),
            "large_map": measured.large_map(request, entry, choice),
        },
    )  # fmt: skip


def table(request: HttpRequest, grouping: str, form: str) -> HttpResponse:
    """The figures of the page: of the period chosen, or with `part=all` of all periods."""
    page_of, entry, choice = _choice(request, grouping)
    frame = measured.taken(request, page_of.release, entry, choice)
    told = measured.told(page_of.release, entry, choice, page_of.language, frame)
    name = f"segregation-{entry.id}-{choice.index}"
    return taken_table(request, page_of, frame, told, form, name)


def picture(request: HttpRequest, grouping: str, chart: str, form: str) -> HttpResponse:
    """A chart or the map as a picture."""
    page_of, entry, choice = _choice(request, grouping)
    dark = measured.dark(request)
    shown = _shown(page_of, entry, choice, chart, dark=dark, bare="bare" in request.GET)
    if isinstance(shown, Map) and form == "vl.json":
        raise WrongParameterError(_("Kartan finns som svg och png."))
    return drawn(request, page_of, shown, form, f"segregation-{entry.id}-{chart}")


def chart_table(request: HttpRequest, grouping: str, chart: str, form: str) -> HttpResponse:
    """The figures of a chart or of the map."""
    page_of, entry, choice = _choice(request, grouping)
    shown = _shown(page_of, entry, choice, chart)
    name = f"segregation-{entry.id}-{chart}"
    return taken_table(request, page_of, shown.figures, shown.about, form, name)


def _shown(
    page_of: Asked,
    entry: Grouping,
    choice: measured.Choice,
    chart: str,
    *,
    dark: bool = False,
    bare: bool = False,
) -> Chart | Map:
    """The chart of that name. Raises UnknownPageError where there is none, or nothing to draw."""
    release, language = page_of.release, page_of.language
    shown: Chart | Map | None = None
    if chart == "map":
        shown = measured.mapped(release, entry, choice, language, dark=dark, bare=bare)
    elif chart in measured.CHARTS:
        shown = measured.CHARTS[chart](release, entry, choice, language, dark=dark)
    if shown is None:
        raise UnknownPageError(
            _("Det finns inget att rita här."),
            [Suggestion(entry.name[language], reverse("segregation", args=[entry.id]))],
        )
    return shown
