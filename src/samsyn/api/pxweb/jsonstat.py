"""Tables as JSON-stat 2.0: what they are, and what is chosen of them with its figures.

`extension.samsyn` says what a program that knows Samsyn needs to read the codes back: the indicator
or grouping, the release, and which vintages the codes of regions are of.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import polars as pl

from samsyn.api.asking import Asked
from samsyn.api.pxweb.cells import STATES, Cells
from samsyn.api.pxweb.codelists import link, referred
from samsyn.api.pxweb.regions import regions
from samsyn.api.pxweb.selection import Chosen
from samsyn.api.pxweb.tables import Dimension, Table
from samsyn.statistics.query import Release
from samsyn.statistics.query.jsonstat import MEANINGS, SIGNS

MARKED: Final = STATES.index("ok")  # states above this have a sign


def metadata(asked: Asked, table: Table, chosen: Chosen | None = None) -> dict[str, Any]:
    """A table without figures: all of it, or what is chosen."""
    sides = [(one, one.codes) for one in table.dimensions]
    stub = [one.code for one in table.dimensions if one.code not in {"ContentsCode", "Tid"}]
    heading: Sequence[str] = ["ContentsCode", "Tid"]
    if chosen is not None:
        sides = [(side.dimension, tuple(side.codes)) for side in chosen.shown]
        stub, heading = list(chosen.stub), chosen.heading
    told = _document(asked, table, sides, stub, heading)
    path = f"/v2/tables/{table.id}"
    for one in table.dimensions:
        if one.code in told["dimension"]:
            extension = told["dimension"][one.code]["extension"]
            lists = referred(asked, one)
            # Two clients in use read the name that the standard had before.
            extension |= {"codelists": lists, "codeLists": lists}
    told["link"] = {
        "self": [{"href": link(asked, "self", asked.language, f"{path}/metadata")["href"]}],
        "data": [{"href": link(asked, "data", asked.language, f"{path}/data")["href"]}],
    }
    told["extension"]["samsyn"]["levels"] = _levels(asked.release, table)
    told["value"] = []
    return told


def dataset(asked: Asked, chosen: Chosen, cells: Cells) -> bytes:
    """What is chosen, with its figures. A cell without a value is null, and has a sign if told.

    A cell without a sign is one of which the release tells nothing.
    """
    sides = [(side.dimension, tuple(side.codes)) for side in chosen.shown]
    told = _document(asked, chosen.table, sides, chosen.stub, chosen.heading)
    head = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    values = cells.texts().fill_null("null").str.join(",").item()
    signs = _signs(cells)
    status = f',"status":{{{signs}}}' if signs else ""
    return f'{head[:-1]},"value":[{values}]{status}}}'.encode()


def _signs(cells: Cells) -> str:
    """The signs of the cells that have one, by position, as JSON writes them."""
    at = np.flatnonzero(cells.state > MARKED)
    if not at.size:
        return ""
    signs = pl.Series([SIGNS.get(state, "") for state in STATES])
    frame = pl.DataFrame({"at": at, "sign": signs[cells.state[at]]})
    written = frame.select(pl.format('"{}":"{}"', "at", "sign").str.join(",")).item()
    return str(written)


def _levels(release: Release, table: Table) -> dict[str, list[str]]:
    """The periods that a table has for each kind and vintage of areas."""
    if table.subject.form == "indices":
        return {}
    covered = release.coverage.filter(pl.col("subject") == table.subject.name)
    found: dict[str, list[str]] = {}
    for kind, vintage, period in (
        covered.select("kind", "vintage", "period").sort("kind", "vintage", "period").iter_rows()
    ):
        if found.setdefault(f"{kind}/{vintage}", [])[-1:] != [period]:
            found[f"{kind}/{vintage}"].append(period)
    return found


def _document(
    asked: Asked,
    table: Table,
    sides: Sequence[tuple[Dimension, Sequence[str]]],
    stub: Sequence[str],
    heading: Sequence[str],
) -> dict[str, Any]:
    about = table.about
    there = {dimension.code for dimension, _ in sides}
    roles = {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]}
    subject = table.subject
    what = "indicator" if subject.form == "values" else "grouping"
    decimals = max((d for one in table.dimensions for _, d in one.units.values()), default=0)
    area, area_label = table.paths[0]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": table.label,
        "source": table.source,
        "updated": table.updated,
        "note": list(table.notes),
        "role": {role: names for role, names in roles.items() if names[0] in there},
        "id": [dimension.code for dimension, _ in sides],
        "size": [len(codes) for _, codes in sides],
        "dimension": {one.code: _dimension(one, codes) for one, codes in sides},
        "extension": {
            "px": {
                "tableid": table.id,
                "matrix": table.id,
                "decimals": decimals,
                "language": table.language,
                "contents": table.name,
                "heading": list(heading),
                "stub": list(stub),
                "subject-code": area,
                "subject-area": area_label,
                "official-statistics": False,
                "aggregallowed": subject.form == "counts",
                "copyright": False,
            },
            "firstPeriod": table.periods[0],
            "lastPeriod": table.periods[-1],
            "discontinued": False,
            "contact": [],
            "status": {"label": MEANINGS[table.language]},
            "samsyn": {
                "table": subject.form,
                what: subject.name,
                "release": about.release,
                "created": about.created,
                "version": about.version,
                "licence": about.licences,
                "vintages": dict(regions(asked.release).plain),
            },
        },
    }


def _dimension(dimension: Dimension, codes: Sequence[str]) -> dict[str, Any]:
    labels = dimension.labels
    category: dict[str, Any] = {
        "index": {code: at for at, code in enumerate(codes)},
        "label": {code: labels[code] for code in codes},
    }
    if dimension.units:
        category["unit"] = {
            code: {"base": unit, "decimals": decimals}
            for code, (unit, decimals) in dimension.units.items()
            if code in category["index"]
        }
    notes = {code: [dimension.notes[code]] for code in codes if code in dimension.notes}
    if notes:
        category["note"] = notes
    extension: dict[str, Any] = {
        "elimination": dimension.elimination is not None,
        "show": dimension.show,
    }
    if dimension.elimination is not None:
        extension["eliminationValueCode"] = dimension.elimination
    return {"label": dimension.label, "category": category, "extension": extension}
