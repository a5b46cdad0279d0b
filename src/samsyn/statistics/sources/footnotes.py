"""What stands below a table of Statistikdatabasen: notes, date, source, units and table code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

HEADINGS: Final = {
    "senaste uppdatering": "updated", "latest update": "updated", "last updated": "updated",
    "källa": "source", "source": "source",
    "kontaktperson": "contact", "contact": "contact", "contact person": "contact",
    "sort": "unit", "units": "unit", "unit": "unit",
    "datatyp": "type", "data type": "type",
    "referenstid": "reference time", "reference time": "reference time",
    "databas": "database", "database": "database",
    "intern referenskod": "code", "internal reference code": "code", "matrix": "code",
    "officiell statistik": "official", "official statistics": "official",
    "copyright": "copyright", "upphovsrätt": "copyright",
    "fast eller löpande priser": "prices", "prices": "prices", "säsongrensning": "adjustment",
}  # fmt: skip
DATE: Final = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})(?:[ T]\d{2}:\d{2}.*)?$")
CODE: Final = re.compile(r"^[A-Z0-9_]{4,12}$")


@dataclass(frozen=True)
class Footnotes:
    """What was found: `updated` is the newest date (ISO 8601), `units` by measure ("" for all)."""

    notes: tuple[str, ...] = ()
    updated: str | None = None
    source: str | None = None
    code: str | None = None
    units: Mapping[str, str] = field(default_factory=dict)


def has_headings(texts: Sequence[str]) -> bool:
    """Whether any of the texts is a heading such as "Intern referenskod:"."""
    return any(_heading(text) in {"updated", "code"} for text in texts)


def read_footnotes(texts: Sequence[str | None], measures: Sequence[str] = ()) -> Footnotes:
    """Read the texts below a table, one for each row, None or empty where a row is empty."""
    sections: dict[str, list[str]] = {"notes": []}
    section, topic = "notes", ""
    for raw in texts:
        text = (raw or "").strip()
        heading = _heading(text)
        if heading:
            section, topic = heading, ""
            sections.setdefault(section, [])
        elif not text:
            topic = ""
        elif section != "notes":
            sections[section].append(text)
        elif text.endswith(":") and "\n" not in text:
            # "kön:", "totalt:" and then what is said of it.
            topic += f"{text} "
        else:
            sections["notes"].append(topic + text)
            topic = ""
    dates = [DATE.match(text) for text in sections.get("updated", ())]
    said = [f"{d[1]}-{d[2]}-{d[3]}" for d in dates if d]
    codes = [text for text in sections.get("code", ()) if CODE.match(text)]
    notes = [*sections["notes"]]
    for what, heading in (("Referenstid", "reference time"), ("Prices", "prices")):
        told = dict.fromkeys(
            text for text in sections.get(heading, ()) if text.rstrip(":") not in set(measures)
        )
        notes += [f"{what}: {text}" for text in told]
    return Footnotes(
        tuple(notes),
        max(said, default=None),
        next(iter(sections.get("source", ())), None),
        codes[0] if codes else None,
        _units(sections.get("unit", ()), measures),
    )


def _heading(text: str) -> str | None:
    return HEADINGS.get(text.strip().rstrip(":").strip().casefold()) if len(text) < 40 else None


def _units(texts: Sequence[str], measures: Sequence[str]) -> dict[str, str]:
    """The unit of each measure: pairs of rows "measure:" and unit, or one unit for all."""
    units: dict[str, str] = {}
    measure = ""
    for text in texts:
        if text.endswith(":") or text in measures:
            measure = text.rstrip(":").strip()
        else:
            units.setdefault(measure, text)
            measure = ""
    if measures and list(units) == [""]:
        return dict.fromkeys(measures, units[""])
    return units
