"""Results as a table, CSV, JSON or Parquet; a file appears whole or not at all."""

from __future__ import annotations

import io
import json
import math
import os
import secrets
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samsyn.cli.manual import F, option

if TYPE_CHECKING:
    import polars as pl

FORMATS = ("table", "csv", "json", "parquet")
SUFFIXES = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".txt": "table"}
WRITING = "Writing the result"
SCREEN = 500  # rows of a table that are shown on a terminal
ABSENT = "–"


def writing(command: F) -> F:
    """The options that say how the result is written."""
    return writing_as(*FORMATS)(command)


def writing_as(*forms: str) -> Callable[[F], F]:
    """The same options for a result that can have these forms."""

    def options(command: F) -> F:
        for decorate in (
            option(
                "--output",
                "-o",
                type=click.Path(path_type=Path),
                subject=WRITING,
                help="Write to this file instead of the screen; it is replaced only when all is "
                "done.",
            ),
            option(
                "--format",
                "-f",
                "form",
                type=click.Choice(forms),
                subject=WRITING,
                help="Default: by the ending of --output, else table.",
            ),
        ):
            command = decorate(command)
        return command

    return options


@dataclass(frozen=True)
class Output:
    """Where a result goes and in what form."""

    form: str
    path: Path | None

    @classmethod
    def of(cls, form: str | None, path: Path | None) -> Output:
        """Check before the work starts that the result can be written."""
        if form is None:
            suffix = "" if path is None else path.suffix.lower()
            if suffix and suffix not in SUFFIXES:
                raise click.UsageError(
                    f"the ending of {path} says nothing of the format: give --format"
                )
            form = SUFFIXES.get(suffix, "table")
        if path is not None:
            _check_writable(path)
        elif form == "parquet" and sys.stdout.isatty():
            raise click.UsageError("Parquet is not for the screen: give --output")
        return cls(form, path)

    def write(self, frame: pl.DataFrame) -> None:
        """Write the result, a file by way of another beside it."""
        if self.path is None and self.form == "table" and sys.stdout.isatty():
            _rich_table(frame)
            return
        self.put(self._content(frame))

    def put(self, content: bytes) -> None:
        """Write what has its form already, a file by way of another beside it."""
        if self.path is None:
            # Bytes, so that Parquet passes and line ends stay as they are.
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        # The name is known before there is a file, so that none is left whenever Ctrl+C comes.
        beside = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            with beside.open("xb") as file:
                if self.path.exists():
                    beside.chmod(self.path.stat().st_mode & 0o777)
                file.write(content)
            beside.replace(self.path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def _content(self, frame: pl.DataFrame) -> bytes:
        form: Callable[[pl.DataFrame], bytes] = {
            "table": _plain_table,
            "csv": _csv,
            "json": _json,
            "parquet": _parquet,
        }[self.form]
        return form(frame)


def _check_writable(path: Path) -> None:
    if path.is_dir():
        raise click.UsageError(f"{path} is a folder: name a file in it")
    if not path.parent.is_dir():
        raise click.UsageError(f"there is no folder {path.parent} to write {path.name} in")
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}."):
            pass
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}") from None
    if path.exists() and not os.access(path, os.W_OK):
        raise click.UsageError(f"{path} cannot be written: it is read-only")


def _without_nan(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.selectors.float().fill_nan(None))


def _csv(frame: pl.DataFrame) -> bytes:
    return _without_nan(frame).write_csv().encode()


def _json(frame: pl.DataFrame) -> bytes:
    rows = _without_nan(frame).iter_rows(named=True)
    lines = ",\n".join(f"  {json.dumps(_finite(row), ensure_ascii=False)}" for row in rows)
    return f"[\n{lines}\n]\n".encode() if lines else b"[]\n"


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """JSON knows no infinity."""
    return {
        name: None if isinstance(cell, float) and math.isinf(cell) else cell
        for name, cell in row.items()
    }


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _cells(frame: pl.DataFrame) -> tuple[list[str], list[list[str]], list[bool]]:
    """Titles, columns of text and which are numbers; a column that says nothing is left out."""
    titles, columns, numeric = [], [], []
    for series in frame:
        if series.null_count() == frame.height and frame.height:
            continue
        titles.append(series.name)
        numeric.append(series.dtype.is_numeric())
        if series.dtype.is_float():
            digits = _digits(series)
            columns.append([_number(value, digits) for value in series])
        else:
            columns.append([ABSENT if value is None else str(value) for value in series])
    return titles, columns, numeric


def _digits(series: pl.Series) -> int:
    """Decimals that a column is shown with: an index has four, people and metres one or none."""
    known = series.drop_nulls().drop_nans()
    largest = float(known.abs().max() or 0)  # type: ignore[arg-type]
    if largest <= 10:
        return 0 if largest > 1 and (known == known.round()).all() else 4
    return 0 if (known == known.round()).all() else 1


def _number(value: float | None, digits: int) -> str:
    if value is None or math.isnan(value):
        return ABSENT
    return f"{value:.{digits}f}"


def _plain_table(frame: pl.DataFrame) -> bytes:
    titles, columns, numeric = _cells(frame)
    widths = [
        max([len(title), *map(len, cells)]) for title, cells in zip(titles, columns, strict=True)
    ]

    def line(cells: tuple[str, ...]) -> str:
        parts = zip(cells, widths, numeric, strict=True)
        return "  ".join(
            f"{c:>{width}}" if right else f"{c:<{width}}" for c, width, right in parts
        ).rstrip()

    rule = "  ".join("-" * width for width in widths)
    rows = [line(tuple(titles)), rule, *(line(cells) for cells in zip(*columns, strict=True))]
    return ("\n".join(rows) + "\n").encode()


def _rich_table(frame: pl.DataFrame) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(markup=False, highlight=False)
    titles, columns, numeric = _cells(frame.head(SCREEN))
    widths = [max(map(len, (title, *cells))) for title, cells in zip(titles, columns, strict=True)]
    narrow = sum(widths) + 3 * len(widths) > console.width
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown = []
    for title, cells, right in zip(titles, columns, numeric, strict=True):
        if narrow and not right and len(set(cells)) == 1:
            # What all rows have in common is said once.
            console.print(f"{title}: {cells[0]}")
            continue
        shown.append(cells)
        table.add_column(
            title, justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in zip(*shown, strict=True):
        table.add_row(*row)
    console.print(table)
    if frame.height > SCREEN:
        click.echo(
            f"These are the first {SCREEN} of {frame.height} rows: --output FILE takes them all.",
            err=True,
        )
