"""A frame or a chart as the bytes of a file, with what a server tells beside them.

A CSV is data and nothing else: UTF-8 with a byte order mark, which Excel needs to read å, ä and ö,
commas, decimal points, one line of column names. What it is and where it comes from goes beside it:
in the response's headers and in a text file of the same name. The other formats carry it inside.
The same figures of the same release give the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish import citation, drawing
from samsyn.publish.about import About
from samsyn.publish.charts.chart import Chart
from samsyn.publish.maps.choropleth import Map
from samsyn.publish.texts import Texts, said

TABLES: Final[Mapping[str, str]] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PICTURES: Final[Mapping[str, str]] = {
    "svg": "image/svg+xml; charset=utf-8",
    "png": "image/png",
    "vl.json": "application/json; charset=utf-8",
}
BOM: Final = "\ufeff"
# What a spreadsheet would take for a formula at the start of a text.
FORMULA: Final = r"^[=+\-@\t\r]"

TEXTS: Final[Texts] = {
    "title": {"sv": "Uppgift", "en": "Title"},
    "source": {"sv": "Källa", "en": "Source"},
    "licence": {"sv": "Licens", "en": "Licence"},
    "release": {"sv": "Utgåva", "en": "Release"},
    "created": {"sv": "Utgåvan skapad", "en": "Release created"},
    "retrieved": {"sv": "Hämtat från källan", "en": "Retrieved from the source"},
    "periods": {"sv": "Perioder", "en": "Periods"},
    "made": {"sv": "Framställt av", "en": "Made by"},
    "derived": {"sv": "Beräkning", "en": "Computation"},
    "computed": {
        "sv": "Helt eller delvis beräknat av Samsyn från källans uppgifter",
        "en": "Wholly or partly computed by Samsyn from the source's figures",
    },
    "note": {"sv": "Att tänka på", "en": "Note"},
    "citation": {"sv": "Hänvisa så här", "en": "Cite as"},
    "address": {"sv": "Adress", "en": "Address"},
}


@dataclass(frozen=True)
class Download:
    """The bytes of a file, its media type, its name, and headers for the response."""

    content: bytes
    media_type: str
    name: str
    headers: Mapping[str, str] = field(default_factory=dict)


def download(
    frame: pl.DataFrame,
    about: About,
    form: str,
    *,
    name: str = "samsyn",
    address: str | None = None,
    headings: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
) -> Download:
    """A frame as csv, json (JSON-stat 2.0), parquet or xlsx.

    `name` is that of the file without its ending, `address` the permalink to be cited. `headings`
    and `units` say what columns are called and how their numbers are written in a workbook; the
    other formats keep the columns' own names and whole numbers.
    """
    if form == "csv":
        content = csv(frame)
    elif form == "json":
        from samsyn.publish.downloads.statistics import dataset

        content = json.dumps(
            dataset(frame, about, address), ensure_ascii=False, allow_nan=False
        ).encode()
    elif form == "parquet":
        content = parquet(frame, about, address)
    elif form == "xlsx":
        from samsyn.publish.downloads.workbook import workbook

        content = workbook(frame, about, told(about, address), headings or {}, units or {})
    else:
        raise InputError(f'There is no format "{form}" for figures: choose {", ".join(TABLES)}')
    return _download(content, TABLES[form], f"{name}.{form}", address)


def picture(
    shown: Chart | Map, form: str, *, name: str = "samsyn", address: str | None = None
) -> Download:
    """A chart as svg, png or vl.json, or a map as svg or png, with the source in the picture."""
    if form not in PICTURES or (form == "vl.json" and isinstance(shown, Map)):
        there = [one for one in PICTURES if one != "vl.json" or isinstance(shown, Chart)]
        raise InputError(f'There is no format "{form}" for this: choose {", ".join(there)}')
    if form == "vl.json":
        assert isinstance(shown, Chart)
        content = drawing.vega_lite(shown).encode()
    elif form == "svg":
        content = (shown.svg if isinstance(shown, Map) else drawing.svg(shown)).encode()
    elif isinstance(shown, Map):
        content = drawing.svg_to_png(shown.svg)
    else:
        content = drawing.png(shown)
    return _download(content, PICTURES[form], f"{name}.{form}", address)


def sidecar(about: About, *, name: str = "samsyn", address: str | None = None) -> Download:
    """The text that goes with a CSV: what the figures are, where they come from, how to cite."""
    lines = [f"{label}: {text}" for label, text in told(about, address)]
    content = "\n".join([*lines, "", citation.bibtex(about, address)])
    return _download(content.encode(), "text/plain; charset=utf-8", f"{name}.txt", address)


def told(about: About, address: str | None = None) -> list[tuple[str, str]]:
    """What is told of figures, line by line, each with what it is."""
    sources = about.sources
    facts = [
        ("title", about.title),
        ("periods", about.when),
        *(("source", table) for table in about.tables),
        *(("licence", licence) for licence in about.licences),
        ("retrieved", about.retrieved or ""),
        ("derived", said(TEXTS, "computed", about.language) if about.derived and sources else ""),
        ("release", about.release),
        ("created", about.created),
        ("made", f"Samsyn {about.version}"),
        *(("note", note) for note in about.notes),
        ("citation", citation.text(about, address)),
        ("address", address or ""),
    ]
    return [(said(TEXTS, name, about.language), text) for name, text in facts if text]


def csv(frame: pl.DataFrame) -> bytes:
    """The frame as CSV. A text that a spreadsheet would run as a formula gets a mark before it."""
    safe = frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA))
        .then("'" + pl.col(name))
        .otherwise(name)
        .alias(name)
        for name, kind in frame.schema.items()
        if kind == pl.String
    )
    return (BOM + safe.write_csv()).encode()


def parquet(frame: pl.DataFrame, about: About, address: str | None) -> bytes:
    """The frame as Parquet, what is told of it in the metadata of the file."""
    import io

    buffer = io.BytesIO()
    metadata = {
        "title": about.title,
        "source": "; ".join(about.tables),
        "licence": "; ".join(about.licences),
        "retrieved": about.retrieved or "",
        "release": about.release,
        "created": about.created,
        "version": about.version,
        "language": about.language,
        "citation": citation.text(about, address),
    }
    frame.write_parquet(buffer, metadata=metadata)
    return buffer.getvalue()


def _download(content: bytes, media_type: str, name: str, address: str | None) -> Download:
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    whole = quote(name, safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"}
    if address:
        headers["Link"] = f'<{address}>; rel="cite-as"'
    return Download(content, media_type, name, headers)
