"""What the map's script needs of areas and of figures, column by column and as short as can be.

The areas of a level are in the order of their keys, which is that of their ids in tiles. They are
the same for every indicator; the figures of an indicator then are one letter and one text each.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from samsyn.explore.areamap.drawn import Level, called, drawn
from samsyn.explore.areamap.figures import Figures
from samsyn.explore.areamap.subjects import KINDS
from samsyn.publish.maps.classes import shade
from samsyn.publish.theme import DARK, LIGHT

NO_CLASS = "."


def areas(level: Level, below: Level | None) -> dict[str, Any]:
    """The areas of a level: codes, names, the larger areas' codes and where they lie.

    `down` has a 1 for each area of which smaller areas of the level `below` have borders.
    """
    frame = level.release.areas(level.name)
    there = pl.col("area").is_in(list(drawn(level)))
    placed = frame.select(
        x=pl.when(there).then(pl.col("lon").round(4)), y=pl.when(there).then(pl.col("lat").round(4))
    )
    towns = called(Level(level.folder, "municipality", level.release))
    return {
        "level": level.name,
        "kind": level.kind,
        "codes": frame["code"].to_list(),
        "names": frame["name"].to_list(),
        "x": placed["x"].to_list(),
        "y": placed["y"].to_list(),
        **{
            kind: _codes(frame, kind)
            for kind in ("municipality", "county", "parent")
            if KINDS.index(level.kind) > 1
        },
        "towns": {key.rpartition("/")[2]: name for key, name in towns.items()},
        "down": _down(frame, level, below),
    }


def figures_of(figures: Figures, missing: str) -> dict[str, Any]:
    """The figures by area: `classes` has a digit for each, or a dot where there is none."""
    classes = figures.classes
    letters = (NO_CLASS if at is None else str(at) for at in figures.frame["class"])
    return {
        "title": figures.about.title,
        "classes": "".join(letters),
        "said": figures.frame["said"].to_list(),
        "labels": list(classes.labels),
        "shades": list(figures.shades),
        "missing": missing,
        "colours": {
            name: {
                "classes": shade(classes, getattr(look, classes.palette)),
                "missing": look.missing,
                "hatching": look.others,
            }
            for name, look in (("light", LIGHT), ("dark", DARK))
        },
    }


def _codes(frame: pl.DataFrame, column: str) -> list[str | None]:
    return frame[column].str.split("/").list.last().to_list()


def _down(frame: pl.DataFrame, level: Level, below: Level | None) -> str:
    if below is None:
        return ""
    smaller = level.release.areas(below.name).filter(pl.col("area").is_in(list(drawn(below))))
    column = level.kind if level.kind in {"municipality", "county"} else "parent"
    parents = set(smaller[column].drop_nulls().str.split("/").list.last())
    return "".join("1" if code in parents else "0" for code in frame["code"])
