"""What the page of a report shows: the form with what is chosen, and the report below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samsyn.explore.components import evidence
from samsyn.explore.report import own
from samsyn.explore.report.choices import Chosen, periods
from samsyn.explore.report.finding import Place
from samsyn.publish import drawing
from samsyn.publish.charts import Chart
from samsyn.publish.maps import Map
from samsyn.publish.numbers import number
from samsyn.publish.reports import Diagram, Figure, Report
from samsyn.publish.reports.web import fragment
from samsyn.publish.situation import COMPARISONS, SECTIONS

CARRIED: Final = ("period", "compare", "section", "release")  # to the report of another place


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What is chosen in the address, for the form that leads to another place."""
    return [(name, value) for name in CARRIED for value in request.GET.getlist(name)]


def page(request: HttpRequest, place: Place, chosen: Chosen, report: Report) -> dict[str, Any]:
    """What the template shows."""
    pinned = place.asked.release.name if place.asked.pinned else None
    language, pin = place.asked.language, Chosen(vintage=place.vintage).query(pinned)
    return {
        "place": place,
        "name": place.name,
        "about_place": place.address("place") + pin,
        "report": report,
        "chosen": chosen,
        # What is chosen stands in the report; the form's own address needs the release and the
        # borders only.
        "here": place.address() + pin,
        "pdf": place.address("report-pdf") + pin,
        "word": place.address("report-word") + pin,
        "share": f"{request.scheme}://{request.get_host()}"
        f"{place.address()}{chosen.query(pinned)}",
        "periods": _periods(place, chosen),
        "comparisons": [
            {"name": name, "title": said[language], "chosen": name in chosen.compare}
            for name, said in COMPARISONS.items()
        ],
        "sections": [
            {"name": name, "field": own.FIELD + name, "title": said[language],
             "chosen": name in chosen.sections, "text": chosen.own.get(name, "")}
            for name, said in SECTIONS.items()
        ],
        "longest": own.LONGEST,
        "longest_author": own.LONGEST_AUTHOR,
        "longest_said": number(own.LONGEST, "persons", language),
        "file_name": f"{_('lagesbild')}-{place.slug}-{_('texter')}.json",
        "carried": carried(request),
        "html": mark_safe(fragment(report, _pictures(place, chosen, pinned))),
    }  # fmt: skip


def _periods(place: Place, chosen: Chosen) -> list[str]:
    """The periods to choose from, newest first; what is chosen is one of them."""
    there = periods(place.asked.release, place.area.kind)
    also = {chosen.period} if chosen.period else set()
    return sorted({*there, *also}, reverse=True)


def _pictures(place: Place, chosen: Chosen, pinned: str | None) -> Callable[[Figure], str]:
    """The picture of a figure, drawn when somebody looks; a phone gets a narrow one of a chart."""

    def picture(figure: Figure) -> str:
        path = place.address("report-picture", name=figure.name, form="svg")
        width, height = _size(figure.picture)
        narrow, css = "", "drawn map"
        if isinstance(figure.picture, Chart):
            css = "drawn"
            narrow = format_html(
                '<source media="screen and (max-width: 40rem)" srcset="{}" width="{}" height="{}">',
                path + chosen.query(pinned, bare="1", narrow="1"),
                *drawing.size(figure.picture, narrow=True),
            )
        return format_html(
            '<picture class="{}">{}<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">'
            "</picture>{}",
            css, narrow, path + chosen.query(pinned, bare="1"), width, height,
            _("Bild: %(title)s") % {"title": figure.title},
            evidence.anchor(
                evidence.of_report(figure.name, place.asked.release, place.area.area), figure.title
            ),
        )  # fmt: skip

    return picture


def _size(picture: Chart | Map | Diagram) -> tuple[int, int]:
    """How large a picture is, so that nothing moves when it comes."""
    if isinstance(picture, Chart):
        return drawing.size(picture)
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', picture.svg[:400])
    assert found is not None
    return round(float(found[1])), round(float(found[2]))
