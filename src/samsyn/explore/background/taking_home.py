"""Tables of texts as files: what no dataset of numbers can hold."""

from __future__ import annotations

import json

import polars as pl
from django.http import HttpRequest, HttpResponse

from samsyn.explore import taking
from samsyn.explore.asking import Asked
from samsyn.publish import citation
from samsyn.publish.about import About


def texts(
    request: HttpRequest, asked: Asked, frame: pl.DataFrame, about: About, form: str, name: str
) -> HttpResponse:
    """A table as a file; as json a list of rows, since JSON-stat is of numbers only."""
    if form != "json":
        return taking.table(request, asked, frame, about, form, name)
    address = taking.permalink(request, asked)
    content = {
        "title": about.title,
        "release": about.release,
        "created": about.created,
        "citation": citation.text(about, address),
        "address": address,
        "rows": frame.to_dicts(),
    }
    return HttpResponse(
        json.dumps(content, ensure_ascii=False, allow_nan=False),
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.json"',
            "Link": f'<{address}>; rel="cite-as"',
        },
    )
