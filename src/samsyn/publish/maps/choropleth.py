"""A map of areas in classes as one small SVG, for pages without JavaScript and small multiples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from numpy.typing import NDArray

from samsyn.measure.errors import InputError
from samsyn.publish.about import About
from samsyn.publish.charts.chart import headings
from samsyn.publish.maps.classes import Classes, shade
from samsyn.publish.texts import Texts, listed, said
from samsyn.publish.theme import theme

if TYPE_CHECKING:
    from samsyn.publish.maps.outlines import Frame

WIDTH: Final = 480
TALLEST: Final = 640
INSET: Final = 400  # pixels in height of the town drawn larger
# On paper: the whole picture, two views beside each other, one with the legend at its side.
PAPER: Final = 640
ABREAST: Final = (312, 360)
ALONE: Final = (430, 400)
NAMED: Final = 3  # areas that the caption names in a class

TEXTS: Final[Texts] = {
    "missing": {"sv": "uppgift saknas", "en": "no figure"},
    "inset": {"sv": "Tätorten förstorad", "en": "The town enlarged"},
    "none": {"sv": "Inget område har någon uppgift.", "en": "No area has a figure."},
    "type_first": {
        "sv": "Områdestyp 1, stora socioekonomiska utmaningar: {areas}.",
        "en": "Area type 1, great socioeconomic challenges: {areas}.",
    },
    "type_last": {
        "sv": "Områdestyp 5, mycket goda socioekonomiska förutsättningar: {areas}.",
        "en": "Area type 5, very good socioeconomic conditions: {areas}.",
    },
    "nowhere": {"sv": "inget område", "en": "no area"},
    "more": {"sv": "{number} till", "en": "{number} more"},
    "ends": {
        "sv": "Högst i {highest} ({high}), lägst i {lowest} ({low}).",
        "en": "Highest in {highest} ({high}), lowest in {lowest} ({low}).",
    },
}


@dataclass(frozen=True)
class Map:
    """A map with its words, the table that says the same, and its source.

    `figures` has what the table says as numbers: `area`, `name` and `type` or `value`.
    """

    svg: str
    title: str
    caption: str
    table: pl.DataFrame
    about: About
    headings: Mapping[str, str]
    figures: pl.DataFrame

    @property
    def source(self) -> str:
        """The line below the map."""
        return self.about.source_line


def choropleth(
    shapes: pl.DataFrame,
    classes: Classes,
    about: About,
    *,
    around: pl.DataFrame | None = None,
    named: Sequence[str] = (),
    marked: str | None = None,
    inset: bool = False,
    bare: bool = False,
    legend: bool = True,
    dark: bool = False,
    width: int = WIDTH,
    paper: bool = False,
) -> Map:
    """The areas of `shapes` (rows of `Release.shapes`), each in the colour of its class.

    `around` are shapes of neighbours, drawn as faint lines. `named` are the keys of areas whose
    name is written on the map, as far as there is room, the first of them first; the one that is
    `marked` has an outline in ink. With `inset` the town is drawn larger below, where small areas
    lie together. Every view has a scale bar, but for one too narrow to measure in. A `bare` map has
    neither title nor source, which the page tells. On `paper` the views stand beside each other.

    Every area is a path with its key in `data-key`, its class (`t1` to `t5` for types, `c1` and so
    on for values, `none` without a figure) and its name and figure as title; colours stand as
    attributes, which a style sheet may overrule.
    """
    if shapes.is_empty():
        raise InputError("There is nothing to draw: no borders are known for these areas")
    from samsyn.publish.maps.document import Row, Sheet, document
    from samsyn.publish.maps.outlines import projected
    from samsyn.publish.maps.pane import Drawn

    look, language = theme(dark), about.language
    names = [name or key.split("/")[-1] for key, name in shapes.select("area", "name").iter_rows()]
    missing = said(TEXTS, "missing", language)
    colours = shade(classes, getattr(look, classes.palette))
    letter = "t" if classes.palette == "area_types" else "c"
    there = [classes.of.get(key) for key in shapes["area"]]
    areas = [
        Drawn(
            key=key,
            name=name,
            said=missing if at is None else classes.told(key, language),
            css="none" if at is None else f"{letter}{at + 1}",
            fill=None if at is None else colours[at],
            named=named.index(key) if key in named else None,
        )
        for key, name, at in zip(shapes["area"], names, there, strict=True)
    ]
    rows = [
        Row(f"{letter}{at + 1}", colours[at], label, there.count(at))
        for at, label in enumerate(classes.labels)
        if classes.of  # where nothing is known there are no classes to tell of
    ]
    if None in there:
        rows.append(Row("none", None, missing, there.count(None)))
    geometries = projected(shapes["geometry"].to_list())
    others = None if around is None else projected(around["geometry"].to_list())
    frames = (
        paper_panes(geometries, inset=inset) if paper else panes(geometries, width, inset=inset)
    )
    at = shapes["area"].to_list().index(marked) if marked in shapes["area"] else None
    caption = _caption(shapes, names, classes, language)
    svg = document(
        Sheet(about.title, caption, about.source_line, language, bare),
        areas, geometries, others, frames, rows if legend else [], look,
        said(TEXTS, "inset", language), at, PAPER if paper else None,
    )  # fmt: skip
    table = pl.DataFrame(
        {"name": names, "value": [classes.said.get(key) for key in shapes["area"]]},
        schema={"name": pl.String, "value": pl.String},
    )
    what, kind = ("type", pl.Int64) if classes.palette == "area_types" else ("value", pl.Float64)
    figures = pl.DataFrame(
        {
            "area": shapes["area"],
            "name": names,
            what: [classes.figures.get(key) for key in shapes["area"]],
        },
        schema={"area": pl.String, "name": pl.String, what: kind},
    )
    told = headings(language, "name", "value")
    return Map(svg, about.title, caption, table, about, told, figures)


def panes(geometries: NDArray[Any], width: float, *, inset: bool) -> list[Frame]:
    """The frames that a map of these areas has: the whole, and the town drawn larger."""
    from samsyn.publish.maps.outlines import centre, fitted

    frames = [fitted(geometries, width, TALLEST)]
    close = centre(geometries) if inset else None
    return frames if close is None else [*frames, fitted(close, width, INSET)]


def paper_panes(geometries: NDArray[Any], *, inset: bool = True) -> list[Frame]:
    """The same for paper: lower, and narrow enough for two to stand beside each other."""
    from samsyn.publish.maps.outlines import centre, fitted

    close = centre(geometries) if inset else None
    if close is None:
        return [fitted(geometries, *ALONE)]
    return [fitted(one, *ABREAST) for one in (geometries, close)]


def _caption(shapes: pl.DataFrame, names: list[str], classes: Classes, language: str) -> str:
    named = dict(zip(shapes["area"], names, strict=True))
    known = [(classes.of[key], key) for key in shapes["area"] if key in classes.of]
    if not known:
        return said(TEXTS, "none", language)
    if classes.palette == "area_types":
        ends = []
        for name, wanted in (("type_first", 0), ("type_last", 4)):
            there = [named[key] for at, key in known if at == wanted]
            shown = there if len(there) <= NAMED + 1 else there[:NAMED]
            if len(there) > len(shown):
                shown = [*shown, said(TEXTS, "more", language, number=len(there) - len(shown))]
            areas = listed(shown, language) or said(TEXTS, "nowhere", language)
            ends.append(said(TEXTS, name, language, areas=areas))
        return " ".join([*ends, classes.method])
    there = [key for key in classes.order if key in named]
    low, high = there[0], there[-1]
    told = said(
        TEXTS, "ends", language, highest=named[high], high=classes.told(high, language),
        lowest=named[low], low=classes.told(low, language),
    )  # fmt: skip
    return f"{told} {classes.method}"
