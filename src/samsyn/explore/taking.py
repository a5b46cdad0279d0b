"""Figures and pictures to take home, at the address of the page with the form's ending."""

from __future__ import annotations

import polars as pl
from django.http import HttpRequest, HttpResponse

from samsyn.explore.asking import Asked
from samsyn.explore.kept import Kept
from samsyn.publish import citation, drawing
from samsyn.publish.about import About
from samsyn.publish.charts import Chart
from samsyn.publish.downloads import PICTURES, TABLES, Download, download, picture
from samsyn.publish.letters import held
from samsyn.publish.maps import Map

KEPT = Kept()


class TableForm:
    """The ending of an address of figures: csv, json, parquet or xlsx."""

    regex = "|".join(TABLES)

    def to_python(self, value: str) -> str:
        """The form as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The form as it stands."""
        return value


class PictureForm(TableForm):
    """The ending of an address of a chart or a map: svg, png or vl.json."""

    regex = "|".join(PICTURES).replace(".", r"\.")


def permalink(request: HttpRequest, asked: Asked, path: str | None = None) -> str:
    """The address of this page, or of another path, in the release that it shows."""
    parameters = {name: told for name, told in request.GET.lists() if name != "release"}
    base = f"{request.scheme}://{request.get_host()}"
    return citation.permalink(base, path or request.path, asked.release.name, parameters)


def taken(made: Download) -> HttpResponse:
    """A file as an answer, with what goes with it in the headers."""
    return HttpResponse(made.content, content_type=made.media_type, headers=dict(made.headers))


def table(
    request: HttpRequest, asked: Asked, frame: pl.DataFrame, about: About, form: str, name: str
) -> HttpResponse:
    """A frame as a file in the form that the address ends with."""
    address = permalink(request, asked)
    return taken(download(frame, about, form, name=name, address=address))


def drawn(
    request: HttpRequest, asked: Asked, shown: Chart | Map, form: str, name: str
) -> HttpResponse:
    """A chart or a map as a picture with title, message and source in it.

    `?bare=1` leaves these out, for a page that tells them around it, and `&narrow=1` is for a
    phone. What is drawn once is kept for those who ask after.
    """
    address = permalink(request, asked)
    bare, narrow = "bare" in request.GET, "narrow" in request.GET

    def make() -> Download:
        if form != "svg" or not bare:
            return picture(shown, form, name=name, address=address)
        if isinstance(shown, Chart):
            svg = drawing.svg(shown, bare=True, narrow=narrow)
        else:
            svg = shown.svg
        return Download(held(svg).encode(), PICTURES["svg"], name)

    key = f"{asked.release.folder} {request.get_host()}{request.get_full_path()}"
    return taken(KEPT.get(key, make))
