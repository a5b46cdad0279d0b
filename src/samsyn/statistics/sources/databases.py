"""SQLite databases, and other tables with columns of their own, by a declared mapping.

A mapping is known (in the folder `mappings`), stands in samsyn.toml, or lies beside the file under
its name with `.mapping.toml` added. See `samsyn.statistics.sources.mapping` for what it says.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.forms import Material, TidyTable
from samsyn.statistics.sources.mapped import tidy
from samsyn.statistics.sources.mapping import ColumnMapping, mapping_of
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings
from samsyn.statistics.tables import read_table

BESIDE: Final = ".mapping.toml"
GEOPACKAGE: Final = (b"GPKG", b"GP10", b"GP11")


def recognises(file: Opened) -> bool | str:
    """Whether it is an SQLite database of figures, or a mapping lies beside it."""
    if file.path.with_name(file.path.name + BESIDE).exists():
        return True
    if not file.is_sqlite:
        return "it is no SQLite database, and no mapping lies beside it"
    if file.head[68:72] in GEOPACKAGE or b"gpkg_contents" in file.head:
        return "it is a GeoPackage"
    return True


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The tables that a mapping fits.

    Raises InputError where none does, naming the tables and columns that there are, or where a
    mapping that was declared for the file names what is not there.
    """
    declared = _declared(file, settings)
    if not file.is_sqlite:
        if declared is None:
            raise InputError(f"{file.name}: no mapping is declared for it")
        source = read_table(file.path)
        frame = source.frame.with_columns(source.rows.cast(pl.UInt32).alias("row"))
        return [_material(file, settings, declared, frame)]
    with _connected(file) as connection:
        tables = _tables(connection)
        chosen = _chosen(tables, declared, file.name)
        return [
            _material(file, settings, mapping, _rows(connection, table, tables[table]))
            for table, mapping in chosen
        ]


@cache
def known_mappings() -> tuple[ColumnMapping, ...]:
    """The mappings that come with Samsyn."""
    folder = files("samsyn.statistics.sources") / "mappings"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        mapping_of(tomllib.loads((folder / name).read_text(encoding="utf-8")), f"mappings/{name}")
        for name in names
    )


def _declared(file: Opened, settings: FileSettings) -> ColumnMapping | None:
    """The mapping of samsyn.toml, or else the one that lies beside the file."""
    if settings.mapping is not None:
        return mapping_of(settings.mapping, f"samsyn.toml: the mapping of {file.name}")
    beside = file.path.with_name(file.path.name + BESIDE)
    if not beside.exists():
        return None
    try:
        told = tomllib.loads(beside.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{file.name}{BESIDE} cannot be read as TOML: {error}") from None
    return mapping_of(told, file.name + BESIDE)


def _chosen(
    tables: Mapping[str, list[str]], declared: ColumnMapping | None, name: str
) -> list[tuple[str, ColumnMapping]]:
    """The tables of a database that a mapping fits, each with it."""
    there = "; ".join(f"{table} ({', '.join(columns)})" for table, columns in tables.items())
    if not tables:
        raise InputError(f"{name} is a database without tables")
    if declared is not None:
        table = declared.table or (next(iter(tables)) if len(tables) == 1 else "")
        if table not in tables:
            wanted = f'no table "{table}"' if table else "several tables"
            raise InputError(
                f"{name} has {wanted}: name one of them in its mapping, table = ... Its tables "
                f"(with columns) are: {there}"
            )
        return [(table, declared)]
    fitting = [
        (table, mapping)
        for mapping in known_mappings()
        for table, columns in tables.items()
        if table == mapping.table and not mapping.lacking(columns)
    ]
    if not fitting:
        raise InputError(
            f"{name} is a database whose tables no mapping fits: {there}. Say what they are in "
            f'samsyn.toml: [[file]] match = "{name.rpartition("/")[2]}", mapping = '
            '{ table = "...", area = "...", values = [{ indicator = "...", value = "..." }] }'
        )
    return fitting


def _material(
    file: Opened, settings: FileSettings, mapping: ColumnMapping, frame: pl.DataFrame
) -> TidyTable:
    name = f'{file.name}: table "{mapping.table}"' if mapping.table else file.name
    provenance = file.provenance(
        settings,
        origin=mapping.origin,
        table=mapping.code,
        title=mapping.title,
        sheet=mapping.table,
        updated=mapping.updated,
        usual_licence=mapping.licence,
        notes=mapping.notes,
    )
    return TidyTable(tidy(frame, mapping, name, settings.period), provenance)


@contextmanager
def _connected(file: Opened) -> Iterator[sqlite3.Connection]:
    """The database, read-only; what SQLite says of a damaged file becomes an InputError."""
    try:
        address = f"{file.path.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise InputError(
            f"{file.name} cannot be read as an SQLite database ({error}): the file seems to be cut "
            "off or damaged. Fetch it again"
        ) from None


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table and view, without SQLite's own."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    columns = "SELECT name FROM pragma_table_info(?)"
    return {
        name: [row[0] for row in connection.execute(columns, (name,))]
        for (name,) in names.fetchall()
    }


def _rows(connection: sqlite3.Connection, table: str, names: Sequence[str]) -> pl.DataFrame:
    """All rows of a table, its cells as text, numbered as they come."""
    asked = ", ".join(_quoted(column) for column in names)
    fetched = connection.execute(f"SELECT {asked} FROM {_quoted(table)}").fetchall()
    columns = zip(*fetched, strict=True) if fetched else ([] for _ in names)
    frame = pl.DataFrame(
        {
            column: pl.Series(cells, dtype=pl.String, strict=False)
            for column, cells in zip(names, columns, strict=True)
        }
    )
    return frame.drop("row", strict=False).with_row_index("row", 1)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
