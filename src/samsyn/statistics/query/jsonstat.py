"""Values as JSON-stat 2.0, the form that statistical programs read: https://json-stat.org/full/."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from samsyn.statistics.query.citing import source_said
from samsyn.statistics.query.release import Release

# The signs that Eurostat and others write; a value without one is ok.
SIGNS: Final = {"missing": ":", "not_applicable": "z", "secret": "c", "estimated": "e"}
MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "sv": {
        ":": "uppgift saknas", "z": "ej relevant", "c": "skyddas av sekretess",
        "e": "uppskattat värde",
    },
    "en": {":": "missing", "z": "not applicable", "c": "confidential", "e": "estimated"},
}  # fmt: skip
DIMENSIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "area": {"sv": "område", "en": "area"},
    "indicator": {"sv": "indikator", "en": "indicator"},
    "period": {"sv": "period", "en": "period"},
    "sex": {"sv": "kön", "en": "sex"},
    "age": {"sv": "ålder", "en": "age"},
}
ROLES: Final = {"geo": ["area"], "time": ["period"], "metric": ["indicator"]}


def jsonstat(release: Release, values: pl.DataFrame, language: str = "sv") -> dict[str, Any]:
    """A dataset of the values, as `Release.values` gives them, for `json.dumps`.

    Its dimensions are area, indicator and period, and sex and age where these are told; a cell for
    which there is no row is null. Statuses other than ok are signs whose meaning stands in the
    extension. `source`, `updated` and `note` say where the figures come from, of which release they
    are and what to keep in mind. Texts are in Swedish (sv) or English (en).
    """
    ids = [name for name in DIMENSIONS if name in values.columns]
    category = {name: values.get_column(name).unique().sort().to_list() for name in ids}
    size = [len(category[name]) for name in ids]
    cells = math.prod(size)
    position = pl.lit(0, pl.Int64)
    for name in ids:
        at = pl.col(name).replace_strict(
            category[name], range(len(category[name])), default=0, return_dtype=pl.Int64
        )
        position = position * len(category[name]) + at
    placed = values.select("value", "status", at=position)
    full = pl.DataFrame({"at": pl.arange(0, cells, eager=True)}).join(
        placed, on="at", how="left", maintain_order="left"
    )
    marked = placed.filter(pl.col("status") != "ok").sort("at")
    signs = {str(at): SIGNS[status] for at, status in marked.select("at", "status").iter_rows()}
    sources = release.sources(values.get_column("source"))
    dates = sorted(source.updated for source in sources if source.updated)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": _label(release, values, language),
        "source": source_said(sources) or release.name,
        "updated": dates[-1] if dates else release.manifest.created,
        "note": _notes(release, values, language),
        "id": ids,
        "size": size,
        "role": ROLES,
        "dimension": {
            name: {
                "label": DIMENSIONS[name][language],
                "category": _category(name, category[name], release, values, language),
            }
            for name in ids
        },
        "value": full.get_column("value").fill_nan(None).to_list(),
        **({"status": signs} if signs else {}),
        "extension": {
            "status": {"label": MEANINGS[language]},
            "samsyn": {
                "release": release.name,
                "created": release.manifest.created,
                "version": release.manifest.version,
                "licence": sorted({source.licence for source in sources if source.licence}),
            },
        },
    }


def _category(
    name: str, there: list[str], release: Release, values: pl.DataFrame, language: str
) -> dict[str, Any]:
    category: dict[str, Any] = {"index": there}
    if name == "area":
        named = dict(values.select("area", "name").unique().iter_rows())
        category["label"] = {area: named[area] or area for area in there}
    elif name == "indicator":
        told = {one: release.indicator(one) for one in there}
        category["label"] = {
            one: one if entry is None else entry.name[language] for one, entry in told.items()
        }
        units = dict(values.select("indicator", "unit").unique().iter_rows())
        category["unit"] = {one: {"base": units[one]} for one in there if units[one]}
    else:
        category["label"] = {one: one for one in there}
    return category


def _label(release: Release, values: pl.DataFrame, language: str) -> str:
    names = []
    for one in values.get_column("indicator").unique().sort():
        entry = release.indicator(one)
        names.append(one if entry is None else entry.name[language])
    periods: list[str] = values.get_column("period").unique().sort().to_list()
    when = periods if len(periods) < 2 else [f"{periods[0]}–{periods[-1]}"]
    return ", ".join(["; ".join(names), *when])


def _notes(release: Release, values: pl.DataFrame, language: str) -> list[str]:
    made = release.manifest.created[:10]
    notes = [
        {
            "sv": f"Utgåvan {release.name} av den {made}, Samsyn {release.manifest.version}.",
            "en": f"Release {release.name} of {made}, Samsyn {release.manifest.version}.",
        }[language]
    ]
    for one in values.get_column("indicator").unique().sort():
        entry = release.indicator(one)
        if entry is not None:
            notes += [entry.explanation[language], entry.caveats[language]]
            notes += [f"{period}: {text[language]}" for period, text in entry.breaks]
    return [note for note in notes if note]
