"""Any frame of a release as JSON-stat 2.0: its keys as dimensions, its numbers as measures.

Values of indicators have a form of their own, `samsyn.statistics.query.jsonstat`, which also tells
what each indicator means; this is for indices, area types and what else has columns of its own.
"""

from __future__ import annotations

import math
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.publish import citation
from samsyn.publish.about import About
from samsyn.publish.texts import Texts, said
from samsyn.statistics.query.jsonstat import MEANINGS, SIGNS

# Columns that say which figure a row is; others that are numbers are figures.
KEYS: Final = (
    "area", "region", "indicator", "grouping", "units", "group", "against", "index", "type",
    "between", "within", "published", "computed", "before", "after", "period", "sex", "age", "rank",
)  # fmt: skip
LARGEST: Final = 5_000_000  # cells of a dataset
NOTHING: Final = "_"  # the code of a key that a row lacks

TEXTS: Final[Texts] = {
    "measure": {"sv": "mått", "en": "measure"},
    "area": {"sv": "område", "en": "area"},
    "region": {"sv": "område", "en": "area"},
    "indicator": {"sv": "indikator", "en": "indicator"},
    "grouping": {"sv": "indelning", "en": "grouping"},
    "units": {"sv": "mätt på", "en": "measured on"},
    "group": {"sv": "grupp", "en": "group"},
    "against": {"sv": "mot", "en": "against"},
    "index": {"sv": "index", "en": "index"},
    "type": {"sv": "områdestyp", "en": "area type"},
    "between": {"sv": "mellan", "en": "between"},
    "within": {"sv": "inom", "en": "within"},
    "published": {"sv": "publicerad typ", "en": "published type"},
    "computed": {"sv": "beräknad typ", "en": "computed type"},
    "before": {"sv": "före", "en": "before"},
    "after": {"sv": "efter", "en": "after"},
    "period": {"sv": "period", "en": "period"},
    "sex": {"sv": "kön", "en": "sex"},
    "age": {"sv": "ålder", "en": "age"},
    "rank": {"sv": "plats", "en": "rank"},
    "name": {"sv": "namn", "en": "name"},
    "nothing": {"sv": "ej angivet", "en": "not told"},
    "release": {
        "sv": "Utgåvan {release} av den {created}, Samsyn {version}.",
        "en": "Release {release} of {created}, Samsyn {version}.",
    },
}


def dataset(frame: pl.DataFrame, about: About, address: str | None = None) -> dict[str, Any]:
    """The frame as a dataset, for `json.dumps`.

    Keys that all rows share stay dimensions of one value. A cell for which there is no row, and a
    figure that is not known, is null; statuses other than ok are signs whose meaning stands in the
    extension. Raises InputError where two rows have the same keys.
    """
    numbers = {name for name, kind in frame.schema.items() if kind.is_numeric()}
    # An index is a name in one table and a figure in another.
    keys: list[str] = [
        name for name in KEYS if name in frame.columns and (name == "type" or name not in numbers)
    ]
    if "name" in frame.columns and not {"area", "region"} & set(keys):
        # The table of a chart: its places by name; a rank follows from the figure.
        keys = ["name", *(name for name in keys if name != "rank")]
    measures = [name for name in frame.columns if name in numbers and name not in {*keys, "source"}]
    if not measures and "type" in numbers and len(keys) > 1:
        # Of areas, each with its type and nothing else, the type is what is told.
        keys, measures = [name for name in keys if name != "type"], ["type"]
    if not keys or not measures:
        raise InputError("A dataset needs a column that says what a row is, and one of numbers")
    coded = frame.with_columns(pl.col(name).cast(pl.String).fill_null(NOTHING) for name in keys)
    if coded.select(keys).is_duplicated().any():
        raise InputError("Two rows of the figures have the same keys: they make no dataset")
    codes = {name: coded.get_column(name).unique(maintain_order=True).to_list() for name in keys}
    size = [len(codes[name]) for name in keys] + [len(measures)]
    if math.prod(size) > LARGEST:
        raise InputError(
            f"As a dataset the figures would have {math.prod(size):,} cells, most of them empty: "
            "ask for fewer areas, periods or indices at a time, or take them as csv or parquet"
        )
    values: list[float | None] = [None] * math.prod(size)
    signs: dict[str, str] = {}
    position = {name: {code: at for at, code in enumerate(codes[name])} for name in keys}
    for row in coded.iter_rows(named=True):
        at = 0
        for name in keys:
            at = at * len(codes[name]) + position[name][row[name]]
        for offset, measure in enumerate(measures):
            cell = at * len(measures) + offset
            number = row[measure]
            values[cell] = None if number is None or not math.isfinite(number) else number
            sign = SIGNS.get(row.get("status") or "")
            if sign and measure in {"value", "count"}:
                signs[str(cell)] = sign
    language = about.language
    notes = [
        said(
            TEXTS, "release", language, release=about.release, created=about.created[:10],
            version=about.version,
        ),
        *about.notes,
        citation.text(about, address),
    ]  # fmt: skip
    roles: dict[str, list[str]] = {"metric": ["measure"]}
    roles |= {
        role: [name for name in keys if name in names]
        for role, names in (("geo", {"area", "region"}), ("time", {"period"}))
        if any(name in names for name in keys)
    }
    return {
        "version": "2.0",
        "class": "dataset",
        "label": f"{about.title}, {about.when}" if about.when else about.title,
        "source": "; ".join(about.tables) or "Samsyn",
        "updated": max((s.updated for s in about.sources if s.updated), default=about.created),
        "note": notes,
        "id": [*keys, "measure"],
        "size": size,
        "role": roles,
        "dimension": {
            **{name: _dimension(name, codes[name], frame, language) for name in keys},
            "measure": {
                "label": said(TEXTS, "measure", language),
                "category": {"index": measures, "label": {name: name for name in measures}},
            },
        },
        "value": values,
        **({"status": signs} if signs else {}),
        "extension": {
            "status": {"label": MEANINGS[language]},
            "samsyn": {
                "release": about.release,
                "created": about.created,
                "version": about.version,
                "licence": about.licences,
                **({"address": address} if address else {}),
            },
        },
    }


def _dimension(name: str, codes: list[str], frame: pl.DataFrame, language: str) -> dict[str, Any]:
    labels = {code: code for code in codes}
    if name in {"area", "region"} and "name" in frame.columns:
        told = dict(frame.select(name, "name").unique().iter_rows())
        labels = {code: told.get(code) or code for code in codes}
    if NOTHING in labels:
        labels[NOTHING] = said(TEXTS, "nothing", language)
    return {"label": said(TEXTS, name, language), "category": {"index": codes, "label": labels}}
