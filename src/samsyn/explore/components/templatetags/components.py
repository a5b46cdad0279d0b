"""The parts as tags of templates; every template has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from samsyn.explore.components import evidence, tables
from samsyn.publish import citation, drawing
from samsyn.publish.about import About
from samsyn.publish.charts import Chart
from samsyn.publish.downloads import PICTURES, TABLES
from samsyn.publish.maps import Map

register = template.Library()

# What the forms are called by those who look for them.
FORMS: Final = {
    "svg": "SVG", "png": "PNG", "vl.json": "Vega-Lite",
    "csv": "CSV", "json": "JSON-stat", "parquet": "Parquet", "xlsx": "Excel",
}  # fmt: skip


@register.inclusion_tag("components/figure.html", takes_context=True)
def figure(
    context: dict[str, Any],
    chart: Chart | Map,
    address: str,
    level: int = 3,
    tabled: bool = True,
) -> dict[str, Any]:
    """A chart or a map with message, table, source and ways to take it.

    `address` is that of its picture without the ending: `{address}.svg`, `.png` and `.vl.json` are
    the picture, `{address}.csv` and so on its figures. Where the page is of a release that its
    address names, these are too. `level` is that of its heading. A chart whose figures stand in a
    table of the page itself is not `tabled` again.
    """
    path, query = _kept(context, address)
    pictures = [form for form in PICTURES if isinstance(chart, Chart) or form != "vl.json"]
    return {
        "chart": chart,
        "pictures": _pictures(chart, path, query),
        "level": level,
        "table": tables.told(chart) if tabled else "",
        "left_out": max(0, chart.table.height - tables.ROWS),
        "rows": tables.ROWS,
        "forms": _forms(path, query, (*pictures, *TABLES)),
        "csv": f"{path}.csv{query}",
        "citation": citation.text(chart.about, _permalink(context, chart.about)),
        "use": evidence.anchor(
            evidence.of_drawing(f"{path}{query}", chart.about.release), chart.title
        ),
    }


@register.simple_tag(takes_context=True)
def use(context: dict[str, Any], title: str, indicator: str, period: str) -> SafeString:
    """The link to use a figure of an indicator, of an area that is asked for there."""
    return use_as(evidence.link(context["shown"], indicator, period=period), title)


@register.simple_tag
def use_as(address: str, title: str) -> SafeString:
    """The link to use a figure, by the address of `evidence.link`."""
    return evidence.anchor(address, title)


def _pictures(chart: Chart | Map, path: str, query: str) -> list[dict[str, Any]]:
    """The picture in light and in dark; a chart has a narrow form too."""
    sized: dict[str, Any] = {"width": None, "height": None}
    if isinstance(chart, Chart):
        width, height = drawing.size(chart)
        across, down = drawing.size(chart, narrow=True)
        sized = {"width": width, "height": height, "across": across, "down": down}
    else:
        found = re.search(r'width="([\d.]+)" height="([\d.]+)"', chart.svg[:400])
        if found:
            sized = {"width": round(float(found[1])), "height": round(float(found[2]))}
    joined = f"{query}&" if query else "?"
    dark = {"in-light": "", "in-dark": "&look=dark"}
    return [
        {
            "css": css,
            "address": f"{path}.svg{joined}bare=1{look}",
            "narrow": f"{path}.svg{joined}bare=1&narrow=1{look}" if "across" in sized else None,
            **sized,
        }
        for css, look in dark.items()
    ]


@register.inclusion_tag("components/take.html", takes_context=True)
def take(context: dict[str, Any], address: str) -> dict[str, Any]:
    """Ways to take the figures of a page: its address with the endings of the forms."""
    path, query = _kept(context, address)
    return {"forms": _forms(path.rstrip("/"), query, tuple(TABLES))}


@register.inclusion_tag("components/cite.html", takes_context=True)
def cite(context: dict[str, Any], about: About) -> dict[str, Any]:
    """How to cite what the page shows: text, BibTeX and permalink."""
    address = _permalink(context, about)
    return {
        "text": citation.text(about),
        "bibtex": citation.bibtex(about, address),
        "address": address,
    }


@register.simple_tag
def datatable(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    label: str = "",
    numbers: Sequence[bool] = (),
    header: int = 0,
) -> SafeString:
    """A table in a region that scrolls sideways: see `components.tables`."""
    return tables.datatable(headings, rows, numbers=numbers, label=label, header=header)


def _forms(path: str, query: str, forms: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": FORMS[form], "address": f"{path}.{form}{query}"} for form in forms]


def _kept(context: dict[str, Any], address: str) -> tuple[str, str]:
    """The path and the query of an address, which stays in the release that the page is of."""
    path, _, query = address.partition("?")
    pinned = context.get("pinned")
    parameters = parse_qsl(query, keep_blank_values=True)
    if pinned and all(name != "release" for name, _ in parameters):
        query = urlencode([*parameters, ("release", pinned)])
    return path, f"?{query}" if query else ""


def _permalink(context: dict[str, Any], about: About) -> str:
    """The address of the page in the release that it shows."""
    request: HttpRequest = context["request"]
    parameters = {name: told for name, told in request.GET.lists() if name != "release"}
    base = f"{request.scheme}://{request.get_host()}"
    return citation.permalink(base, request.path, about.release, parameters)
