"""PX files, the format in which statistical agencies keep their tables.

Dimensions are those of STUB and then HEADING, in Swedish where the file has it. A table that
leaves out rows of zeros (KEYS) gets them back. What `..` and other signs mean is as the file's
notes and DATASYMBOL say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.declared import (
    completed,
    declared_roles,
    publisher_of,
    usual_licence,
)
from samsyn.statistics.sources.forms import Cube, Material, Role
from samsyn.statistics.sources.grid import Dimension, check_dimensions, long_form
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.px_data import cells_of_data
from samsyn.statistics.sources.px_keywords import Keywords, decoded_px, parsed_px
from samsyn.statistics.sources.settings import FileSettings

MARKS: Final = re.compile(rb'^(?:\xef\xbb\xbf)?\s*[A-Z][A-Z0-9-]*(?:\[\w+\])?(?:\("[^"]*"\))?\s*=')
USUAL: Final = (b"CHARSET", b"AXIS-VERSION", b"MATRIX", b"STUB", b"HEADING", b"LANGUAGE")
NOTES: Final = ("NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX")


def recognises(file: Opened) -> bool | str:
    """Whether it begins with keywords of the PX format."""
    if not MARKS.match(file.head) or not any(word in file.head for word in USUAL):
        return "it does not begin with a PX file's keywords"
    return True


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The table of a PX file. Raises InputError where it is cut off or does not add up."""
    name = file.name
    px = parsed_px(decoded_px(file.path.read_bytes(), name), name)
    own = Keywords(px.values, "", px.data)
    names = _names(px, name)
    originals = dict(zip(names, _names(own, name), strict=True))
    dimensions = [_dimension(px, originals, dimension, name) for dimension in names]
    check_dimensions(dimensions, name)
    notes = _notes(px)
    keys = {d.name: _of(px, "KEYS", d.name, originals) for d in dimensions}
    value, status = cells_of_data(
        px, dimensions, {which: told[0] for which, told in keys.items() if told}, notes, name
    )
    told = _roles(px, originals)
    dimensions, roles = completed(dimensions, told, settings, name)
    frame = long_form(dimensions, pl.DataFrame({"value": value, "status": status}), name)
    publisher = publisher_of(px.one("SOURCE"))
    measure = next((d for d in dimensions if d.name == roles.get("measure")), None)
    provenance = file.provenance(
        settings,
        origin=publisher,
        table=px.one("TABLEID") or px.one("MATRIX"),
        title=px.one("TITLE") or px.one("DESCRIPTION"),
        updated=_updated(px),
        usual_licence=usual_licence(publisher),
        notes=notes,
    )
    return [
        Cube(frame, tuple(d.name for d in dimensions), roles, provenance, _units(px, own, measure))
    ]


def _names(px: Keywords, name: str) -> list[str]:
    names = [text.strip() for text in (*px.all("STUB"), *px.all("HEADING")) if text.strip()]
    if not names:
        raise InputError(f"{name} has neither STUB nor HEADING, and so no dimensions")
    return names


def _dimension(px: Keywords, originals: Mapping[str, str], dimension: str, name: str) -> Dimension:
    labels = _of(px, "VALUES", dimension, originals)
    codes = _of(px, "CODES", dimension, originals) or None
    if not labels:
        labels = codes or ()
    if not labels:
        raise InputError(f'{name} has no VALUES for its dimension "{dimension}"')
    return Dimension(
        dimension,
        [label.strip() for label in labels],
        [c.strip() for c in codes] if codes else None,
    )


def _of(
    px: Keywords, keyword: str, dimension: str, originals: Mapping[str, str]
) -> tuple[str, ...]:
    """A keyword of a dimension, under its name in the language or in the file's own."""
    return px.all(keyword, dimension) or px.all(keyword, originals[dimension])


def _roles(px: Keywords, originals: Mapping[str, str]) -> dict[Role, str]:
    kinds = {name: (_of(px, "VARIABLE-TYPE", name, originals) or ("",))[0] for name in originals}
    known = {
        name: (originals[name], *_of(px, "VARIABLECODE", name, originals)) for name in originals
    }
    contents = (px.one("CONTVARIABLE") or "").strip()
    told: dict[Role, str | None] = {
        "period": next((n for n in originals if _of(px, "TIMEVAL", n, originals)), None),
        "measure": contents or None,
        "area": next(
            (n for n in originals if kinds[n] == "G" or _of(px, "MAP", n, originals)), None
        ),
    }
    return declared_roles(known, told)


def _notes(px: Keywords) -> tuple[str, ...]:
    """The file's notes, with what each is about; # begins a new line."""
    found = []
    for keyword in NOTES:
        for subkeys, text in px.under(keyword):
            about = ", ".join(key for key in subkeys if key != "*")
            plain = re.sub(r"#+", "\n", text).strip()
            found.append(f"{about}: {plain}" if about else plain)
    return tuple(dict.fromkeys(note for note in found if note))


def _units(px: Keywords, own: Keywords, measure: Dimension | None) -> dict[str, str]:
    """The unit of each measure, or of the table."""
    usual = px.one("UNITS")
    if measure is None:
        return {"": usual} if usual else {}
    there = own.all("VALUES", own.one("CONTVARIABLE") or "") or measure.labels
    labels = zip(measure.labels, there, strict=False)
    units = {
        label: px.one("UNITS", label) or px.one("UNITS", original) or usual
        for label, original in labels
    }
    return {label: unit for label, unit in units.items() if unit}


def _updated(px: Keywords) -> str | None:
    """The newest date that a measure was updated, or else when the file was made."""
    told = [text for _, text in px.under("LAST-UPDATED")] or [px.one("CREATION-DATE") or ""]
    dates = []
    for text in told:
        for form in ("%Y%m%d %H:%M", "%Y%m%d"):
            try:
                dates.append(datetime.strptime(text.strip(), form).isoformat(timespec="minutes"))
            except ValueError:
                continue
            break
    return max(dates, default=None)
