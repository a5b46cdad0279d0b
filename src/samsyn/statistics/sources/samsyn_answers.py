"""Answers of another Samsyn: JSON-stat that says itself which indicator or grouping it is of.

Nothing needs to be known of labels: codes are those of the release that answered. A cell without a
value and without a sign is one of which that release tells nothing, and no observation. Users' own
areas are left out: they are what the other release's users have drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.areas.agency_codes import key_of_agency_code
from samsyn.statistics.sources.forms import AreaLayer, Material, Provenance, TidyTable
from samsyn.statistics.sources.jsonstat_values import SIGNS
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings

Dataset = Mapping[str, Any]

COLUMNS: Final = {"Region": "area", "Tid": "period", "Kon": "sex", "Alder": "age", "Grupp": "group"}
CONTENTS: Final = "ContentsCode"
TOTAL: Final = "total"


def recognises(dataset: Dataset) -> bool:
    """Whether a dataset is the answer of a Samsyn."""
    return bool(_told(dataset).get("table"))


def read(file: Opened, dataset: Dataset, settings: FileSettings) -> list[Material]:
    """The observations or counts, and what their areas are called.

    Raises InputError where it is cut off, lacks a dimension, or is of what Samsyn derives itself.
    """
    told, name = _told(dataset), file.name
    if told["table"] not in {"values", "counts"}:
        raise InputError(
            f"{name} holds indices, which a release computes itself. Fetch the table of the counts "
            "that they are of"
        )
    try:
        frame = _cells(dataset, told)
        plain = {str(kind): str(vintage) for kind, vintage in told["vintages"].items()}
        provenance = _provenance(file, dataset, told, settings)
        keys = {code: key_of_agency_code(code, plain) for code in frame["area"].unique()}
        labels = dataset["dimension"]["Region"]["category"]["label"]
    except (LookupError, TypeError, AttributeError, ValueError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"{name} is not as a Samsyn answers (lacking or wrong: {error}). Fetch it again"
        ) from None
    # Users' own areas are defined by their parts, which figures do not tell.
    own = [code for code, key in keys.items() if key is not None and key.kind == "custom"]
    areas = {code: str(key) for code, key in keys.items() if key is not None}
    observations = frame.filter(~pl.col("area").is_in(own)).with_columns(
        pl.col("area").replace(areas), row=pl.lit(None, dtype=pl.UInt32)
    )
    layers = _layers({key: labels[code] for code, key in keys.items() if key}, provenance)
    return [TidyTable(observations, provenance), *layers]


def _told(dataset: Dataset) -> Mapping[str, Any]:
    extension = dataset.get("extension")
    told = extension.get("samsyn") if isinstance(extension, dict) else None
    return told if isinstance(told, dict) else {}


def _cells(dataset: Dataset, told: Mapping[str, Any]) -> pl.DataFrame:
    """A row for each cell of which something is told, with its contents beside each other."""
    ids, sizes = list(dataset["id"]), [int(size) for size in dataset["size"]]
    codes = {one: list(dataset["dimension"][one]["category"]["index"]) for one in ids}
    if [len(codes[one]) for one in ids] != sizes or len(dataset["value"]) != int(np.prod(sizes)):
        raise ValueError("its sizes do not add up")
    values = pl.Series(dataset["value"], dtype=pl.Float64, strict=True).to_numpy()
    signs = np.full(values.size, None, dtype=object)
    for at, sign in (dataset.get("status") or {}).items():
        signs[int(at)] = SIGNS[sign]
    # The contents last: what is told of one cell lies side by side.
    at = ids.index(CONTENTS)
    order = [place for place in range(len(ids)) if place != at]
    width = sizes[at]
    shape = [sizes[place] for place in order]
    value = values.reshape(sizes).transpose([*order, at]).reshape(-1, width)
    sign = signs.reshape(sizes).transpose([*order, at]).reshape(-1, width)
    first = codes[CONTENTS].index("value" if told["table"] == "values" else "count")
    there = np.flatnonzero(~np.isnan(value[:, first]) | (sign[:, first] != None))  # noqa: E711
    places = np.unravel_index(there, shape)
    columns = {
        COLUMNS[ids[place]]: pl.Series(codes[ids[place]], dtype=pl.String)[found]
        for place, found in zip(order, places, strict=True)
    }
    status = pl.Series(sign[there, first].tolist(), dtype=pl.String).fill_null("ok")
    frame = pl.DataFrame(columns).with_columns(
        value=pl.Series(value[there, first], nan_to_null=True), status=status
    )
    frame = frame.with_columns(
        pl.lit(TOTAL).alias(part) for part in ("sex", "age") if part not in columns
    )
    if told["table"] == "counts":
        return frame.with_columns(grouping=pl.lit(told["grouping"]))
    extra = {
        column: pl.Series(value[there, codes[CONTENTS].index(column)], nan_to_null=True)
        if column in codes[CONTENTS]
        else pl.lit(None, dtype=pl.Float64)
        for column in ("numerator", "denominator")
    }
    return frame.with_columns(indicator=pl.lit(told["indicator"]), **extra)


def _layers(names: Mapping[Any, str], provenance: Provenance) -> list[AreaLayer]:
    """The areas by kind and vintage, with their names; users' own areas are not told so."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for key, name in names.items():
        if key.kind != "custom" and name != key.code:
            found.setdefault((key.kind, key.vintage), {})[key.code] = name
    return [
        AreaLayer(
            kind,
            vintage,
            pl.DataFrame({"code": list(told), "name": list(told.values())}),
            provenance,
        )
        for (kind, vintage), told in found.items()
    ]


def _provenance(
    file: Opened, dataset: Dataset, told: Mapping[str, Any], settings: FileSettings
) -> Provenance:
    """Whose figures they are: the agency's that the other Samsyn names."""
    notes = tuple(" ".join(str(note).split()) for note in dataset.get("note") or ())
    return file.provenance(
        settings,
        origin=str(dataset["source"]),
        table=str(dataset["extension"]["px"]["tableid"]),
        title=str(dataset["label"]),
        updated=str(dataset["updated"]),
        licence=", ".join(told.get("licence") or ()) or None,
        notes=notes,
    )
