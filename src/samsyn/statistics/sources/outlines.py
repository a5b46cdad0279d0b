"""Files of geometry: areas with their borders, and population grids."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.keys import KINDS
from samsyn.statistics.sources.code_columns import (
    CODED,
    NAMED,
    CodeColumn,
    as_codes,
    code_columns,
    declared_column,
    names_of,
    vintage_of,
)
from samsyn.statistics.sources.forms import AreaLayer, Material, PopulationGrid
from samsyn.statistics.sources.geometry_files import Outline, holds_geometry, outlines_in
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings

PEOPLE: Final = re.compile(r"^(befolkning|folkm|population|pop|beft|totalbef)\w*$", re.IGNORECASE)
GROUPS: Final = {
    "main_group": r"(?:huvudgrupp|main_?group).*(?:kod|code)|^main_group$",
    "main_group_name": r"(?:huvudgrupp|main_?group).*(?:namn|name)",
    "type_group": r"(?:kommungrupp|type_?group).*(?:kod|code)|^type_group$",
    "type_group_name": r"(?:kommungrupp|type_?group).*(?:namn|name)",
}
ORGANISATION: Final = ("ansvarig_organisation", "kalla", "källa", "source", "organisation")
NAME: Final = 40  # characters; a longer text is no publisher's name
SHORT: Final = {"Statistiska centralbyrån": "SCB"}


def recognises(file: Opened) -> bool | str:
    """Whether it is GeoPackage, GeoJSON, GeoParquet or a zipped shapefile."""
    return holds_geometry(file)


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """Each layer as areas of the smallest kind whose codes it has, or as a grid of people.

    Raises InputError where a layer has neither, where a code stands twice or a geometry is
    lacking, where the reference system is not told, and where nothing tells the vintage.
    """
    return [_material(outline, file, settings) for outline in outlines_in(file)]


def _material(outline: Outline, file: Opened, settings: FileSettings) -> Material:
    several = outline.layer not in {None, file.path.stem}
    name = f'{file.name}, layer "{outline.layer}"' if several else file.name
    frame = outline.frame
    if outline.crs is None:
        raise InputError(
            f"{name} does not say in which reference system its coordinates are: save it again "
            "with one (for a shapefile, with its .prj file)"
        )
    empty = frame.get_column("geometry").is_null()
    if empty.any():
        raise InputError(f"{name}: feature {int(empty.arg_max() or 0) + 1} has no geometry")
    told = file.provenance(
        settings,
        origin=_organisation(frame),
        title=outline.layer if several else None,
        updated=_one(frame, "uppdaterad"),
        notes=_notes(frame),
    )
    codes = [c for c in code_columns(frame) if settings.kind in {None, c.kind}]
    declared = declared_column(frame, settings.kind) if settings.kind and not codes else None
    codes += [declared] if declared is not None else []
    smallest = next((c for c in codes if c.kind == codes[0].kind and _single(frame, c)), None)
    people = _people(frame)
    if smallest is None and people is not None:
        counts = frame.get_column(people).cast(pl.Float64)
        grid = frame.select("geometry", population=counts)
        return PopulationGrid(grid, told, outline.crs)
    if smallest is None and codes:
        raise InputError(_twice(frame, codes[0], name))
    if smallest is None:
        raise InputError(
            f"{name} has no column of codes of areas (DeSO, RegSO, municipality or county), nor "
            f"one of people (befolkning). Its columns are: {', '.join(frame.columns)}"
        )
    # A layer that is named for its file tells what the file's name does: less than what is set.
    layer = outline.layer if several else None
    hints = [_one(frame, "version"), layer, *frame.columns, settings.vintage, file.path.stem]
    try:
        vintage = vintage_of(smallest, codes, hints)
    except InputError as error:
        raise InputError(f"{name}: {error}") from None
    areas = _areas(frame, smallest, codes, people)
    return AreaLayer(smallest.kind, vintage, areas, told, outline.crs)


def _areas(
    frame: pl.DataFrame, coded: CodeColumn, codes: list[CodeColumn], people: str | None
) -> pl.DataFrame:
    columns = {"code": _codes(frame, coded)}
    plain = next((c for c in frame.columns if c.casefold() in NAMED), None)
    named = names_of(frame, coded) or (plain if coded.column.casefold() in CODED else None)
    if named is not None:
        columns["name"] = frame.get_column(named).str.strip_chars()
    parent = next((c for c in codes if c.kind == KINDS[coded.kind].parent), None)
    if parent is not None:
        columns["parent"] = _codes(frame, parent)
    for group, pattern in GROUPS.items():
        match = [c for c in frame.columns if re.search(pattern, c, re.IGNORECASE)]
        if match and coded.kind == "municipality":
            columns[group] = frame.get_column(match[0]).cast(pl.String).str.strip_chars()
    if people is not None:
        columns["population"] = frame.get_column(people).cast(pl.Float64)
    columns["geometry"] = frame.get_column("geometry")
    return pl.DataFrame(columns)


def _codes(frame: pl.DataFrame, coded: CodeColumn) -> pl.Series:
    found = as_codes(frame, coded.column)
    return found[1] if found else frame.get_column(coded.column)


def _single(frame: pl.DataFrame, coded: CodeColumn) -> bool:
    codes = frame.get_column(coded.column)
    return not codes.null_count() and not codes.is_duplicated().any()


def _twice(frame: pl.DataFrame, coded: CodeColumn, name: str) -> str:
    codes = frame.get_column(coded.column)
    if codes.null_count():
        at = int(codes.is_null().arg_max() or 0) + 1
        return f'{name}: feature {at} has no code in column "{coded.column}"'
    code = codes.filter(codes.is_duplicated())[0]
    first, again = (codes == code).arg_true()[:2] + 1
    return (
        f'{name}: the code "{code}" stands twice in column "{coded.column}", in feature {first} '
        f"and in feature {again}"
    )


def _people(frame: pl.DataFrame) -> str | None:
    """The column of all people: of several, the one with the shortest name."""
    found = [c for c in frame.columns if PEOPLE.match(c) and frame.schema[c].is_numeric()]
    return min(found, key=len) if found else None


def _one(frame: pl.DataFrame, column: str) -> str | None:
    """What a column says where it says the same of all areas."""
    if column not in frame.columns:
        return None
    said = frame.get_column(column).drop_nulls().unique()
    return str(said[0]) if len(said) == 1 else None


def _notes(frame: pl.DataFrame) -> tuple[str, ...]:
    """The version that the areas have, and a source that is more than a name."""
    version, said = _one(frame, "version"), _organisations(frame)
    told = [] if version is None else [f"version {version}"]
    return (*told, *(text for text in said if len(text) > NAME))


def _organisation(frame: pl.DataFrame) -> str | None:
    said = next((text for text in _organisations(frame) if len(text) <= NAME), None)
    return None if said is None else SHORT.get(said, said)


def _organisations(frame: pl.DataFrame) -> list[str]:
    return [said for column in ORGANISATION if (said := _one(frame, column))]
