"""The list of all indicators, and the page of each."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore.asking import Asked, asked
from samsyn.explore.components import evidence
from samsyn.explore.indicator import catalogue, figures, pictures, telling
from samsyn.explore.indicator.choices import Choice, chosen, one_of
from samsyn.explore.indicator.rows import page
from samsyn.explore.indicator.there import Level, levels
from samsyn.explore.problems import Suggestion, UnknownPageError, WrongParameterError
from samsyn.explore.taking import drawn
from samsyn.explore.taking import table as taken_table
from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map
from samsyn.statistics.indicators import FOCUS_AREA_NAMES, Indicator

PARTS = ("level", "all")


def every(request: HttpRequest) -> HttpResponse:
    """All indicators by focus area; `q` and `focus` choose among them."""
    page_of = asked(request)
    query = request.GET.get("q", "").strip()[:100]
    only = one_of(request, "focus", ("", *FOCUS_AREA_NAMES), "")
    whole = catalogue.focus_areas(page_of.release, page_of.language)
    found = catalogue.matching(whole, query, only)
    return render(
        request,
        "indicator/every.html",
        {
            "areas": found,
            "choices": [(area.id, area.name) for area in whole],
            "query": query,
            "only": only,
            "number": sum(len(area.there) for area in found),
            "lacking": sum(len(area.lacking) for area in found),
            "segregations": [] if only else telling.segregations(page_of, query),
        },
    )


def _entry(request: HttpRequest, page_of: Asked, name: str) -> Indicator:
    """The indicator that an address names; an error that suggests others."""
    entry = catalogue.entries(page_of.release).get(name)
    if entry is None:
        near = catalogue.near(page_of.release, name, page_of.language)
        near = near or [Suggestion(_("Alla indikatorer"), reverse("indicators"))]
        raise UnknownPageError(_("Det finns ingen indikator som heter ”%s”.") % name[:100], near)
    return entry


def _choice(request: HttpRequest, name: str) -> tuple[Asked, Indicator, tuple[Level, ...], Choice]:
    """What an address of figures asks for; the release must have the indicator."""
    page_of = asked(request)
    entry = _entry(request, page_of, name)
    there = levels(page_of.release, name) if name in page_of.release.indicators else ()
    if not there:
        raise UnknownPageError(
            _("Utgåvan har inga uppgifter för %s.") % entry.name[page_of.language],
            [Suggestion(entry.name[page_of.language], reverse("indicator", args=[name]))],
        )
    return page_of, entry, there, chosen(request, page_of.release, there)


def one(request: HttpRequest, name: str) -> HttpResponse:
    """The page of an indicator."""
    page_of = asked(request)
    entry = _entry(request, page_of, name)
    release, language = page_of.release, page_of.language
    shown = {
        "entry": entry,
        "told": telling.definition(release, entry, language, date.today()),
    }
    there = levels(release, name) if name in release.indicators else ()
    if not there:
        return render(request, "indicator/lacking.html", shown)
    choice = chosen(request, release, there)
    frame = figures.values(release, name, choice)
    more = telling.counted(entry, frame, language)
    return render(
        request,
        "indicator/one.html",
        shown
        | {
            **telling.form(request, release, there, choice, language),
            "lede": catalogue.first_sentence(entry.explanation[language]),
            "facts": telling.facts(release, entry, choice, frame, language),
            "coverage": telling.coverage(there),
            "charts": {
                "ranking": pictures.ranked(release, entry, choice, language),
                "spread": pictures.spread_out(release, entry, choice, language),
                "time": pictures.over_time(release, entry, choice, language),
            },
            "ranks": page(
                frame, entry.unit, language, order=choice.order, at=choice.page,
                followed=[place.area for place in choice.places],
                more=[(column, unit) for column, _title, unit in more],
                pin=telling.pin(request),
                use=lambda area: evidence.link(release.name, name, area, choice.period),
            ),
            "more": more,
            "map": telling.small_map(request, release, entry, choice, frame, language),
            "about": telling.told_about(release, entry, choice, language, frame),
            **telling.addresses(request, reverse("indicator", args=[name])),
            "links": telling.links(request, choice.page),
            "large_map": telling.large_map(request, name, choice),
            "too_many": pictures.crowded(release, choice),
            "table_title": f"{entry.name[language]}, {choice.level.name}, {choice.period}",
            "value_title": telling.value_title(entry, language),
            "where": pictures.where(choice, language),
        },
    )  # fmt: skip


def table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The figures of the page: of the level and period chosen, or with `part=all` all periods."""
    page_of, entry, _there, choice = _choice(request, name)
    release = page_of.release
    if one_of(request, "part", PARTS, "level") == "all":
        frame = release.values(name, level=choice.level.key, within=choice.inside)
    else:
        frame = figures.values(release, name, choice).rename({"best": "rank", "worst": "rank_to"})
        frame = frame.select(
            *(column for column in frame.columns if column not in {"source", "method"}),
            "method", "source",
        )  # fmt: skip
    told = telling.told_about(release, entry, choice, page_of.language, frame)
    return taken_table(request, page_of, frame, told, form, f"{name}-{choice.level.kind}")


def picture(request: HttpRequest, name: str, chart: str, form: str) -> HttpResponse:
    """A chart or the map as a picture."""
    page_of, entry, _there, choice = _choice(request, name)
    dark = one_of(request, "look", ("light", "dark"), "light") == "dark"
    shown = _shown(page_of, entry, choice, chart, dark=dark, bare="bare" in request.GET)
    if isinstance(shown, Map) and form == "vl.json":
        raise WrongParameterError(_("Kartan finns som svg och png."))
    return drawn(request, page_of, shown, form, f"{name}-{chart}")


def chart_table(request: HttpRequest, name: str, chart: str, form: str) -> HttpResponse:
    """The figures of a chart or of the map."""
    page_of, entry, _there, choice = _choice(request, name)
    shown = _shown(page_of, entry, choice, chart)
    return taken_table(request, page_of, shown.figures, shown.about, form, f"{name}-{chart}")


def _shown(
    page_of: Asked,
    entry: Indicator,
    choice: Choice,
    chart: str,
    *,
    dark: bool = False,
    bare: bool = False,
) -> Chart | Map:
    """The chart of that name. Raises UnknownPageError where there is none, or nothing to draw."""
    release, language = page_of.release, page_of.language
    shown: Chart | Map | None = None
    if chart == "map":
        shown = pictures.mapped(release, entry, choice, language, dark=dark, bare=bare)
    elif chart in pictures.CHARTS:
        shown = pictures.CHARTS[chart](release, entry, choice, language, dark=dark)
    if shown is None:
        raise UnknownPageError(
            _("Det finns inget att rita här."),
            [Suggestion(entry.name[language], reverse("indicator", args=[entry.id]))],
        )
    return shown
