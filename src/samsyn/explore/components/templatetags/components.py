"""The parts as tags of templates; every template has them."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from samsyn.publish import citation
from samsyn.publish.about import About
from samsyn.publish.charts import Chart
from samsyn.publish.downloads import PICTURES, TABLES

register = template.Library()


@register.inclusion_tag("components/figure.html")
def figure(chart: Chart, address: str, level: int = 3) -> dict[str, Any]:
    """A chart with message, table, source and ways to take it.

    `address` is that of its picture without the ending: `{address}.svg`, `.png` and `.vl.json` are
    the picture, `{address}.csv` and so on its figures. `level` is that of its heading.
    """
    path, _, query = address.partition("?")
    return {
        "chart": chart,
        "path": path,
        "query": f"?{query}" if query else "",
        "and": f"{query}&" if query else "",
        "level": level,
        "pictures": list(PICTURES),
        "tables": list(TABLES),
    }


@register.inclusion_tag("components/take.html")
def take(address: str) -> dict[str, Any]:
    """Ways to take the figures of a page: its address with the endings of the forms."""
    path, _, query = address.partition("?")
    return {"path": path.rstrip("/"), "query": f"?{query}" if query else "", "tables": list(TABLES)}


@register.inclusion_tag("components/cite.html", takes_context=True)
def cite(context: dict[str, Any], about: About) -> dict[str, Any]:
    """How to cite what the page shows: text, BibTeX and permalink."""
    request: HttpRequest = context["request"]
    parameters = {name: told for name, told in request.GET.lists() if name != "release"}
    base = f"{request.scheme}://{request.get_host()}"
    address = citation.permalink(base, request.path, about.release, parameters)
    return {
        "text": citation.text(about, address),
        "bibtex": citation.bibtex(about, address),
        "address": address,
    }


@register.simple_tag
def here(path: str) -> str:
    """An address without a language as that of the page's own language."""
    return translate_url(path, get_language() or "sv")
