"""What is chosen as a PX file, the format of PC-Axis: https://www.pxtools.net/px-file-format/.

It is written in UTF-8 and says so. A quotation mark cannot stand in a text of this format and
becomes an apostrophe. Rows are no longer than readers bear: texts go on over several lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import prod
from typing import Final

from samsyn.api.pxweb.cells import STATES, Cells
from samsyn.api.pxweb.grid import written
from samsyn.api.pxweb.selection import Chosen, Side
from samsyn.api.pxweb.texts import TEXTS
from samsyn.publish.texts import said

MEDIA_TYPE: Final = "application/octet-stream"
LONGEST: Final = 200  # characters of a text on one line
MATRIX: Final = 20
WHOLE: Final = 15  # decimals that are kept of a figure


def px(chosen: Chosen, cells: Cells) -> bytes:
    """The file."""
    lines = [*_keywords(chosen, cells), "DATA=", *_data(chosen, cells)]
    return ("\r\n".join(lines) + ";\r\n").encode()


def _keywords(chosen: Chosen, cells: Cells) -> Iterator[str]:
    table, shown = chosen.table, chosen.shown
    about, language = table.about, table.language
    contents = chosen.side("ContentsCode")
    assert contents is not None
    stub = [side for side in shown if side.dimension.code in chosen.stub]
    heading = [side for side in shown if side.dimension.code in chosen.heading]
    created = datetime.fromisoformat(about.created).strftime("%Y%m%d %H:%M")
    units = {code: unit or "-" for code, (unit, _) in contents.dimension.units.items()}
    first = units.get(contents.codes[0], "-")
    decimals = [contents.dimension.units.get(code, ("", 0))[1] for code in contents.codes]
    yield 'CHARSET="ANSI"' + ";"
    yield 'AXIS-VERSION="2013"' + ";"
    yield 'CODEPAGE="utf-8"' + ";"
    yield _text("LANGUAGE", language)
    yield _text("CREATION-DATE", created)
    yield f"DECIMALS={WHOLE if any(decimals) else 0};"
    yield f"SHOWDECIMALS={min(6, max(decimals))};"
    yield _text("MATRIX", table.id[:MATRIX])
    yield _text("TABLEID", table.id)
    yield "COPYRIGHT=NO;"
    yield f"AGGREGALLOWED={'YES' if table.subject.form == 'counts' else 'NO'};"
    yield _text("SUBJECT-CODE", table.paths[0][0][:20])
    yield _text("SUBJECT-AREA", table.paths[0][1])
    yield _text("CONTENTS", table.name)
    yield _text("TITLE", table.label)
    yield "DESCRIPTIONDEFAULT=YES;"
    yield _text("DESCRIPTION", table.label)
    yield _text("UNITS", first)
    if stub:
        yield _list("STUB", (side.dimension.label for side in stub))
    if heading:
        yield _list("HEADING", (side.dimension.label for side in heading))
    if contents in shown:
        yield _text("CONTVARIABLE", contents.dimension.label)
    yield from _dimensions(shown)
    for code, label in zip(contents.codes, contents.labels, strict=True):
        about_it = f'("{_safe(label)}")' if contents in shown else ""
        if about_it:
            yield _text(f"UNITS{about_it}", units.get(code, "-"))
        yield _text(f"LAST-UPDATED{about_it}", created)
        if not about_it:
            break
    yield _text("SOURCE", table.source)
    notes = [said(TEXTS, "legend", language)]
    if (cells.state == STATES.index("estimated")).any():
        notes.append(said(TEXTS, "estimated", language))
    yield _text("NOTE", "#".join([*table.notes, *notes]))


def _dimensions(shown: Sequence[Side]) -> Iterator[str]:
    for side in shown:
        name = f'("{_safe(side.dimension.label)}")'
        yield _text(f"VARIABLECODE{name}", side.dimension.code)
        yield _list(f"VALUES{name}", _apart(side.labels, side.codes))
        yield _list(f"CODES{name}", side.codes)
        if side.dimension.code == "Tid" and all(len(code) == 4 for code in side.codes):
            years = _list("", side.codes).removeprefix("=")
            yield f"TIMEVAL{name}=TLIST(A1),{years}"
        kind = {"Tid": "T", "Region": "G", "ContentsCode": "C"}.get(side.dimension.code, "V")
        yield _text(f"VARIABLE-TYPE{name}", kind)


def _apart(labels: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Labels of which none stands twice: areas of the same name with their codes after it."""
    seen: dict[str, int] = {}
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
    return [
        f"{label} ({code})" if seen[label] > 1 else label
        for label, code in zip(labels, codes, strict=True)
    ]


def _data(chosen: Chosen, cells: Cells) -> Iterator[str]:
    """One line for each row; dots stand in quotation marks."""
    sides = {side.dimension.code: len(side.codes) for side in chosen.sides}
    width = prod(sides[code] for code in chosen.heading)
    texts = written(cells)
    quoted = texts.str.contains(r"^\.+$")
    figures = (
        [f'"{text}"' if dots else text for text, dots in zip(texts, quoted, strict=True)]
        if quoted.any()
        else texts.to_list()
    )
    for start in range(0, len(figures), width):
        yield " ".join(figures[start : start + width])


def _text(keyword: str, text: str) -> str:
    """A keyword and its text, in parts that readers join."""
    safe = _safe(text)
    parts = [safe[at : at + LONGEST] for at in range(0, len(safe), LONGEST)] or [""]
    return f"{keyword}=" + "\r\n".join(f'"{part}"' for part in parts) + ";"


def _list(keyword: str, texts: Iterable[str]) -> str:
    return f"{keyword}=" + ",\r\n".join(f'"{_safe(text)}"' for text in texts) + ";"


def _safe(text: str) -> str:
    return " ".join(text.replace('"', "'").split()) if "\n" in text else text.replace('"', "'")
