"""The map as MapLibre draws it: which tiles, in which order, in the theme's colours."""

from __future__ import annotations

from typing import Any, Final

from samsyn.explore.areamap.drawn import Level, drawn
from samsyn.publish.theme import Theme, theme

DEEPEST: Final = 10  # of tiles; closer up they are drawn larger, and are fine enough
# The site's own font, as the browser has it. MapLibre takes the weight from the first name, and
# writes the names into CSS as they stand.
FONT: Final = ["Semibold", "'Source Sans 3'"]
# The sea and the land that has no figures, so that a map of a part of the country has its place.
GROUND: Final = {
    False: {"sea": "#eef2f3", "land": "#fbfaf7", "around": "#77838a"},
    True: {"sea": "#0f1315", "land": "#1d2227", "around": "#9aa5ab"},
}
# From which zoom borders are drawn: further away those of small areas would hide their colours, and
# take most of the time that the whole map takes.
BORDERS: Final = {"regso": 6.5, "deso": 7.5}
# From which zoom so many of the largest municipalities are named.
NAMED: Final = ((None, 10), (5, 25), (6, 70), (7, 160), (8, 1000))
ALMOST_ALL: Final = 0.99
UNKNOWN: Final = "unknown"  # the picture of hatching, which the page's script draws

Layer = dict[str, Any]


def style(level: Level, tiles: dict[str, str], bounds: list[float], dark: bool) -> dict[str, Any]:
    """The style of a level; `tiles` are the addresses of the tiles of each kind that is drawn.

    Which colour an area has is set by the page's script in the state of each feature: `class`,
    `hover` and `out`, so that another indicator needs no other tiles.
    """
    look, ground = theme(dark), GROUND[dark]
    sources = {
        name: {
            "type": "vector",
            "tiles": [tiles[kind]],
            "minzoom": 2,
            "maxzoom": DEEPEST,
            "bounds": bounds,
        }
        for name, kind in (
            ("areas", level.kind),
            ("counties", "county"),
            ("towns", "municipality"),
        )
        if kind in tiles
    }
    layers = [
        _background(ground["sea"]),
        *([_land(ground["land"])] if "counties" in sources and not _whole(level) else []),
        *([_areas(look), _hatching()] if "areas" in sources else []),
        *_lines(level, sources, look, ground["around"]),
        *_labels(level, sources, look),
    ]
    return {"version": 8, "name": level.name, "sources": sources, "layers": layers}


def _whole(level: Level) -> bool:
    """Whether areas of the level cover the land, so that nothing below them is seen."""
    return len(drawn(level)) >= ALMOST_ALL * level.release.areas(level.name).height


def _background(colour: str) -> Layer:
    return {"id": "sea", "type": "background", "paint": {"background-color": colour}}


def _land(colour: str) -> Layer:
    return {
        "id": "land",
        "type": "fill",
        "source": "counties",
        "source-layer": "areas",
        "paint": {"fill-color": colour, "fill-antialias": False},
    }


def _areas(look: Theme) -> Layer:
    return {
        "id": "areas",
        "type": "fill",
        "source": "areas",
        "source-layer": "areas",
        "paint": {
            "fill-color": look.missing,
            "fill-antialias": False,
            "fill-opacity": [
                "case",
                ["boolean", ["feature-state", "out"], False],
                0.3,
                ["boolean", ["feature-state", "hover"], False],
                0.65,
                1,
            ],
        },
    }


def _hatching() -> Layer:
    """Lines across areas without a figure; shown where there are some."""
    return {
        "id": UNKNOWN,
        "type": "fill",
        "source": "areas",
        "source-layer": "areas",
        "layout": {"visibility": "none"},
        "paint": {
            "fill-pattern": UNKNOWN,
            "fill-opacity": ["case", ["==", ["feature-state", "class"], -1], 1, 0],
        },
    }


def _lines(level: Level, sources: dict[str, Any], look: Theme, around: str) -> list[Layer]:
    hover = ["boolean", ["feature-state", "hover"], False]
    own: Layer = {
        "id": "borders",
        "type": "line",
        "source": "areas",
        "source-layer": "areas",
        "minzoom": BORDERS.get(level.kind, 0),
        "paint": {
            "line-color": ["case", hover, look.ink, look.background],
            "line-width": _by_zoom(
                (4, ["case", hover, 2, 0.3]), (8, ["case", hover, 2.5, 0.6]),
                (12, ["case", hover, 4, 1.2]),
            ),
        },
    }  # fmt: skip
    lines = [own] if "areas" in sources else []
    if level.kind in {"regso", "deso"} and "towns" in sources:
        lines.append(_line("town-borders", "towns", look.soft, (7, 0.3), (12, 1.4), 7))
    if level.kind != "county" and "counties" in sources:
        lines.append(_line("county-borders", "counties", around, (4, 0.35), (10, 1.6), 0))
    return lines


def _line(
    name: str, source: str, colour: str, low: tuple[int, Any], high: tuple[int, Any], least: int
) -> Layer:
    return {
        "id": name,
        "type": "line",
        "source": source,
        "source-layer": "areas",
        "minzoom": least,
        "paint": {"line-color": colour, "line-width": _by_zoom(low, high)},
    }


def _labels(level: Level, sources: dict[str, Any], look: Theme) -> list[Layer]:
    """Names of municipalities from afar, of the areas themselves from near."""
    labels = []
    if "towns" in sources:
        labels.append(_label("towns", "towns", look, 3, 9.5 if level.kind == "regso" else 24))
    if level.kind in {"regso", "county"} and "areas" in sources:
        labels.append(_label("names", "areas", look, 9.5 if level.kind == "regso" else 3, 24))
    return labels


def _label(name: str, source: str, look: Theme, least: float, most: float) -> Layer:
    return {
        "id": name,
        "type": "symbol",
        "source": source,
        "source-layer": "places",
        "minzoom": least,
        "maxzoom": most,
        "layout": {
            "text-field": _name_by_rank() if source == "towns" else ["get", "name"],
            "text-font": FONT,
            "text-size": _by_zoom((5, 11), (10, 14)),
            "text-max-width": 8,
            "text-padding": 6,
            "symbol-sort-key": ["get", "rank"],
        },
        "paint": {
            "text-color": look.ink,
            "text-halo-color": look.background,
            "text-halo-width": 1.6,
        },
    }


def _name_by_rank() -> list[Any]:
    """The names of the largest, of more the closer one comes."""
    steps: list[Any] = []
    for zoom, most in NAMED:
        shown = ["case", ["<=", ["get", "rank"], most], ["get", "name"], ""]
        steps += [shown] if zoom is None else [zoom, shown]
    return ["step", ["zoom"], *steps]


def _by_zoom(*stops: tuple[float, Any]) -> list[Any]:
    return ["interpolate", ["linear"], ["zoom"], *(part for stop in stops for part in stop)]
