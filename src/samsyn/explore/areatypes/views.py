"""The page of the area types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samsyn.explore.areatypes import parts, pictures, telling, types
from samsyn.explore.areatypes.choices import Choice, chosen
from samsyn.explore.asking import Asked, asked
from samsyn.explore.choosing import changed, short
from samsyn.explore.problems import Suggestion, UnknownPageError, WrongParameterError
from samsyn.explore.taking import drawn
from samsyn.explore.taking import table as taken_table
from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map


def areatypes(request: HttpRequest) -> HttpResponse:
    """How many live in areas of each type, how areas move between them, and how sure that is."""
    page = asked(request)
    choice = chosen(request, page.release)
    if choice is None:
        return render(request, "areatypes/none.html")
    release, language = page.release, page.language
    frame = types.now(release, choice.inside, choice.period)
    query = request.GET.urlencode()
    query = f"?{query}" if query else ""
    base = reverse("areatypes")
    return render(
        request,
        "areatypes/areatypes.html",
        {
            "choice": choice,
            **telling.form(request, release, choice, language),
            "title": telling.title(choice, language),
            "lede": telling.lede(choice, frame, language),
            "types": telling.types_told(frame, language),
            "stands_in": pictures.stands_in(frame),
            "published": bool(frame["is_published"].all()) if frame.height else False,
            "charts": {
                name: make(release, choice, language) for name, make in pictures.CHARTS.items()
            },
            "maps": telling.maps(release, choice, language),
            "areas": telling.areas_told(release, choice, frame, language),
            "regions_told": telling.regions_told(request, release, choice, frame, language),
            "flows": telling.flows_told(request, release, choice, language),
            "unsure": telling.unsure_told(request, release, frame, language),
            "agreement": telling.agreement_told(request, release, choice, language),
            "about": pictures.told(release, _("Områdestyper"), choice, language, frame),
            "query": query,
            "joined": f"{query}&" if query else "?",
            "diagram": f"{base}diagram/",
            "people_address": f"{base}diagram/people{query}",
            "course_address": f"{base}diagram/course{query}",
            "flows_address": f"{base}diagram/flows{query}",
            "table_address": f"{base.rstrip('/')}.csv",
            "within_value": short(choice.within.area) if choice.within else "",
            "take_address": f"{base.rstrip('/')}{query}",
            "takes": [
                (title, f"{base.rstrip('/')}.csv{changed(request, part=part)}")
                for part, title in parts.told(choice)
            ],
        },
    )


def _choice(request: HttpRequest) -> tuple[Asked, Choice]:
    page = asked(request)
    choice = chosen(request, page.release)
    if choice is None:
        raise UnknownPageError(
            _("Utgåvan har inga områdestyper."),
            [Suggestion(_("Områdestyper"), reverse("areatypes"))],
        )
    return page, choice


def table(request: HttpRequest, form: str) -> HttpResponse:
    """The figures of the page, or of the part of it that `part` names."""
    page, choice = _choice(request)
    part = request.GET.get("part") or "types"
    names = dict(parts.told(choice))
    if part not in names:
        raise WrongParameterError(
            _("Sidan har ingen del som heter ”%(part)s”. Den har: %(there)s.")
            % {"part": part[:100], "there": ", ".join(names)},
            [
                Suggestion(title, request.path + changed(request, part=name))
                for name, title in names.items()
            ],
        )
    frame = parts.frame(page.release, choice, part)
    told = pictures.told(page.release, names[part], choice, page.language, frame)
    return taken_table(request, page, frame, told, form, f"area-types-{part}")


def picture(request: HttpRequest, chart: str, form: str) -> HttpResponse:
    """A chart or a map as a picture."""
    page, choice = _choice(request)
    look = request.GET.get("look") or "light"
    if look not in {"light", "dark"}:
        raise WrongParameterError(_("Det finns två utseenden: light och dark."))
    shown = _shown(page, choice, chart, dark=look == "dark", bare="bare" in request.GET)
    if isinstance(shown, Map) and form == "vl.json":
        raise WrongParameterError(_("Kartan finns som svg och png."))
    return drawn(request, page, shown, form, f"area-types-{chart}")


def chart_table(request: HttpRequest, chart: str, form: str) -> HttpResponse:
    """The figures of a chart or a map."""
    page, choice = _choice(request)
    shown = _shown(page, choice, chart)
    return taken_table(request, page, shown.figures, shown.about, form, f"area-types-{chart}")


def _shown(
    page: Asked, choice: Choice, chart: str, *, dark: bool = False, bare: bool = False
) -> Chart | Map:
    shown: Chart | Map | None = None
    if chart in pictures.CHARTS:
        shown = pictures.CHARTS[chart](page.release, choice, page.language, dark=dark)
    elif chart in pictures.MAPS:
        shown = pictures.mapped(page.release, choice, page.language, chart, dark=dark, bare=bare)
    if shown is None:
        raise UnknownPageError(
            _("Det finns inget att rita här."),
            [Suggestion(_("Områdestyper"), reverse("areatypes"))],
        )
    return shown
