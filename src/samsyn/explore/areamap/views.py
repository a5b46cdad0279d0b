"""The page of the map, and what can be taken along from it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samsyn.explore import asking, taking
from samsyn.explore.areamap import choices, words
from samsyn.explore.areamap.drawn import Level, drawn
from samsyn.explore.areamap.figures import shown_figures
from samsyn.explore.areamap.listing import inside, listing, named_figure
from samsyn.explore.areamap.scripting import facts
from samsyn.explore.areamap.spread import spread
from samsyn.explore.areamap.state import SORTS, State, state
from samsyn.explore.areamap.subjects import explanation
from samsyn.explore.problems import UnknownPageError
from samsyn.publish.maps import choropleth
from samsyn.publish.numbers import number

PICTURES = ("svg", "png")


def areamap(request: HttpRequest) -> HttpResponse:
    """The map with its table: every state of it is a page of its own."""
    shown = state(asking.asked(request), request.GET)
    found = shown_figures(shown)
    frame = inside(shown, found)
    level = Level(str(shown.release.folder), shown.level, shown.release)
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
            "moved": words.moved(shown),
            "trail": words.trail(shown),
            "subjects": choices.subjects(shown),
            "levels": choices.levels(shown),
            "periods": choices.periods(shown),
            "units": choices.units(shown),
            "groups": choices.groups(shown),
            "figures": found,
            "legend": [
                (shade, label, _count(by_class.get(at, 0), shown))
                for at, (shade, label) in enumerate(
                    zip(found.shades, found.classes.labels, strict=True)
                )
            ],
            "unknown": number(by_class[None], "persons", shown.language)
            if None in by_class
            else "",
            "spread": spread(found, frame if shown.within else frame.clear(), shown.language),
            "listing": rows,
            "named": named_figure(shown),
            "names": words.columns(shown, rows.more),
            "sorts": _sorts(shown),
            "previous": shown.query(page=str(rows.page - 1)) if rows.page > 1 else "",
            "following": shown.query(page=str(rows.page + 1)) if rows.page < rows.pages else "",
            "drawn": bool(drawn(level)),
            "query": shown.query(),
            "script": facts(shown, level, found),
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


def table(request: HttpRequest, form: str) -> HttpResponse:
    """The figures of the map to take along."""
    asked = asking.asked(request)
    shown = state(asked, request.GET)
    found = shown_figures(shown)
    frame = inside(shown, found).drop("said", "class", "parent")
    return taking.table(request, asked, frame, found.about, form, _name(shown))


def picture(request: HttpRequest, form: str) -> HttpResponse:
    """The map as a picture."""
    if form not in PICTURES:
        raise UnknownPageError(_("En karta finns som svg och png."))
    asked = asking.asked(request)
    shown = state(asked, request.GET)
    found = shown_figures(shown)
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


def _count(areas: int, shown: State) -> str:
    return number(areas, "persons", shown.language) if areas else "0"


def _name(shown: State) -> str:
    about = shown.subject.grouping or shown.subject.name
    place = shown.within.code if shown.within else shown.release.name
    return f"{about}-{shown.kind}-{place}-{shown.period}"
