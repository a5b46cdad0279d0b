"""What is chosen in each format that it can be had in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl

from samsyn.api.asking import Asked
from samsyn.api.problems import ProblemError
from samsyn.api.pxweb import jsonstat, px
from samsyn.api.pxweb.cells import STATES, Cells
from samsyn.api.pxweb.grid import Shown, grid, written
from samsyn.api.pxweb.selection import Chosen
from samsyn.publish.downloads import download
from samsyn.publish.downloads.files import TABLES

FORMATS: Final = ("json-stat2", "csv", "px", "xlsx", "parquet")
ELSEWHERE: Final = ("html", "json-px")  # which the standard names, and are not here
PARAMETERS: Final = (
    "UseCodes", "UseTexts", "UseCodesAndTexts", "IncludeTitle",
    "SeparatorTab", "SeparatorSpace", "SeparatorSemicolon",
)  # fmt: skip
SHOWN: Final[dict[str, Shown]] = {
    "UseCodes": "codes", "UseTexts": "texts", "UseCodesAndTexts": "both",
}  # fmt: skip
SEPARATORS: Final = {"SeparatorTab": "\t", "SeparatorSpace": " ", "SeparatorSemicolon": ";"}
WIDEST: Final = 16_000  # columns of a sheet
BOM: Final = "\ufeff"


def media_type(form: str) -> str:
    """The media type of a format."""
    usual = {"json-stat2": TABLES["json"], "px": px.MEDIA_TYPE}
    return usual.get(form) or TABLES[form]


def format_of(asked: str | None) -> str:
    """The format that is asked for. Raises ProblemError for one that there is not."""
    if not asked:
        return FORMATS[0]
    if asked.lower() not in FORMATS:
        raise ProblemError(
            400, f'There is no format "{asked[:40]}" here. There is {", ".join(FORMATS)}'
        )
    return asked.lower()


def parameters_of(asked: Sequence[str]) -> tuple[Shown, bool, str]:
    """What is shown of each dimension, whether the title is, and what stands between columns.

    Raises ProblemError for parameters that there are not or that exclude each other.
    """
    known = {name.casefold(): name for name in PARAMETERS}
    told = []
    for name in asked:
        if name.strip().casefold() not in known:
            raise ProblemError(
                400, f'There is no parameter "{name[:40]}". There is {", ".join(PARAMETERS)}'
            )
        told.append(known[name.strip().casefold()])
    shown = [SHOWN[name] for name in dict.fromkeys(told) if name in SHOWN]
    separators = [SEPARATORS[name] for name in dict.fromkeys(told) if name in SEPARATORS]
    for found, names in ((shown, SHOWN), (separators, SEPARATORS)):
        if len(found) > 1:
            raise ProblemError(400, f"Choose one of {', '.join(names)}")
    return (
        shown[0] if shown else "texts", "IncludeTitle" in told,
        separators[0] if separators else ",",
    )  # fmt: skip


def written_as(
    asked: Asked, form: str, parameters: Sequence[str], chosen: Chosen, cells: Cells
) -> bytes:
    """What is chosen in a format."""
    shown, titled, separator = parameters_of(parameters)
    if form == "json-stat2":
        return jsonstat.dataset(asked, chosen, cells)
    if form == "px":
        return px.px(chosen, cells)
    if form == "csv":
        return delimited(chosen, cells, shown, titled, separator)
    frame = (
        _wide(chosen, cells, shown if parameters else "both")
        if form == "xlsx"
        else _long(chosen, cells)
    )
    address = asked.address(f"/v2/tables/{chosen.table.id}", lang=asked.language)
    made = download(frame, chosen.table.about, form, name=chosen.table.id, address=address)
    return made.content


def delimited(chosen: Chosen, cells: Cells, shown: Shown, titled: bool, separator: str) -> bytes:
    """Comma-separated values in UTF-8: texts in quotation marks, a point before decimals.

    Where there is no number stand dots, in quotation marks too.
    """
    frame = grid(chosen, shown)
    texts = written(cells)
    dots = texts.str.starts_with(".")
    figures = (
        pl.select(pl.when(dots).then(pl.format('"{}"', texts)).otherwise(texts)).to_series()
    ).to_list()

    def line(parts: Sequence[str]) -> str:
        return separator.join(map(_quoted, parts))

    width = len(frame.columns)
    lines = [line([chosen.table.label]), ""] if titled else []
    lines.append(line([*frame.names, *frame.columns]))
    stubs = [list(map(_quoted, column)) for column in frame.rows]
    for at in range(len(figures) // width):
        row = [column[at] for column in stubs] + figures[at * width : (at + 1) * width]
        lines.append(separator.join(row))
    return (BOM + "\r\n".join(lines) + "\r\n").encode()


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _wide(chosen: Chosen, cells: Cells, shown: Shown) -> pl.DataFrame:
    """The table as people read it: rows and columns."""
    frame = grid(chosen, shown)
    width = len(frame.columns)
    if width > WIDEST:
        raise ProblemError(
            400, f"A sheet has no room for {width} columns: place fewer dimensions in heading"
        )
    numbers = cells.value.reshape(-1, width)
    columns = _unlike([*frame.names, *frame.columns])
    stubs = [pl.Series(name, texts) for name, texts in zip(columns, frame.rows, strict=False)]
    figures = [
        pl.Series(name, numbers[:, at], nan_to_null=True)
        for at, name in enumerate(columns[len(frame.names) :])
    ]
    return pl.DataFrame([*stubs, *figures])


def _unlike(names: Sequence[str]) -> list[str]:
    """Names of which none stands twice."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _long(chosen: Chosen, cells: Cells) -> pl.DataFrame:
    """A row for each cell: codes and labels of each dimension, the value and its status."""
    columns: list[pl.Series] = []
    height, inner = len(cells.value), len(cells.value)
    for side in chosen.shown:
        inner //= max(1, len(side.codes))
        once = np.repeat(np.arange(len(side.codes)), inner)
        every = np.tile(once, height // max(1, once.size))
        columns.append(pl.Series(side.dimension.code, side.codes)[every])
        columns.append(pl.Series(f"{side.dimension.code}_label", side.labels)[every])
    states = pl.Series([state or None for state in STATES], dtype=pl.String)
    return pl.DataFrame(
        [
            *columns,
            pl.Series("value", cells.value, nan_to_null=True),
            states[cells.state].alias("status"),
        ]
    )
