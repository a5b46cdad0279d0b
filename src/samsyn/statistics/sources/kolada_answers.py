"""Answers of Kolada's API v3: key figures by area, year and sex.

    {"values": [{"kpi": "N00945", "municipality": "1860", "period": 2009,
                 "values": [{"gender": "T", "value": 1.2, "status": "", "count": 1}]}], ...}

The title of a key figure is in an answer of its own, which `samsyn fetch` puts beside the figures
as kpi.json. Kolada writes regions with four digits (0001) and the country as 0000: the code of the
area is then that of the county (01) and the country (00).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from samsyn.measure.errors import InputError
from samsyn.statistics.sources.forms import Cube, Material
from samsyn.statistics.sources.kolada import AREA, LICENCE, MEASURE, PERIOD, SEX
from samsyn.statistics.sources.opening import Opened
from samsyn.statistics.sources.settings import FileSettings

ABOUT: Final = "kpi.json"
SEXES: Final = {"T": "Totalt", "K": "Kvinnor", "M": "Män", "F": "Kvinnor"}
STATUSES: Final = {"missing": "missing", "private": "secret", "secret": "secret"}
CELL: Final = pl.Struct(
    {"gender": pl.String, "value": pl.Float64, "status": pl.String, "isdeleted": pl.Boolean}
)


def recognises(file: Opened) -> bool | str:
    """Whether it is an answer of Kolada's with figures."""
    if not file.is_json or b'"values"' not in file.head:
        return "it is no answer of Kolada's API"
    try:
        values = _values(file.json)
    except InputError:
        looks = b'"kpi"' in file.head and b'"period"' in file.head
        return looks or "it is not whole JSON"
    if values is None or not all(isinstance(value, dict) for value in values[:1]):
        return "it is no answer of Kolada's API"
    if not values:
        return "it is a list without values"
    if {"kpi", "period", "values"} <= values[0].keys():
        return True
    if {"id", "title"} <= values[0].keys():
        return "it describes key figures or areas of Kolada, and has no figures"
    return "it is no answer of Kolada's API"


def read(file: Opened, settings: FileSettings) -> list[Material]:
    """The figures of an answer. Raises InputError where it is not as Kolada writes."""
    name = file.name
    values = _values(file.json) or []
    for at, value in enumerate(values, start=1):
        lacking = [key for key in ("kpi", "period", "values") if key not in value]
        if lacking:
            raise InputError(f"{name}: value {at:,} lacks {lacking[0]}. Fetch it again")
        if "municipality" not in value:
            raise InputError(
                f"{name} has figures of organisational units (schools, homes), not of areas. "
                "Fetch the key figure by municipality"
            )
    cells = _cells(values, name)
    about = _described(file)
    titles = {key: str(figure.get("title") or key) for key, figure in about.items()}
    if settings.fetched.get("table") and settings.fetched.get("title"):
        titles.setdefault(settings.fetched["table"], settings.fetched["title"])
    kpis = cells.get_column("kpi").unique().sort().to_list()
    status = pl.col("status").str.to_lowercase().replace_strict(STATUSES, default="missing")
    area = pl.col("municipality")
    frame = cells.select(
        pl.col("kpi").replace_strict(titles, default=pl.col("kpi")).alias(MEASURE),
        pl.col("kpi").alias(f"{MEASURE}.code"),
        area.alias(AREA),
        pl.when(area.str.contains(r"^00\d\d$")).then(area.str.slice(2)).otherwise(area)
        .alias(f"{AREA}.code"),
        pl.col("gender").replace_strict(SEXES).alias(SEX),
        pl.col("gender").alias(f"{SEX}.code"),
        pl.col("period").alias(PERIOD),
        "value",
        pl.when(pl.col("value").is_not_null()).then(pl.lit("ok")).otherwise(
            status.fill_null("missing")
        ).alias("status"),
        pl.lit(None, pl.UInt32).alias("row"),
    )  # fmt: skip
    provenance = file.provenance(
        settings,
        origin="Kolada",
        table=kpis[0] if len(kpis) == 1 else None,
        title=titles.get(kpis[0]) if len(kpis) == 1 else None,
        usual_licence=LICENCE,
        notes=tuple(
            " ".join(str(figure["description"]).split())
            for key, figure in about.items()
            if key in kpis and figure.get("description")
        ),
    )
    roles = {"measure": MEASURE, "area": AREA, "sex": SEX, "period": PERIOD}
    return [Cube(frame, (MEASURE, AREA, SEX, PERIOD), roles, provenance)]  # type: ignore[arg-type]


def _values(told: Any) -> list[Any] | None:
    values = told.get("values") if isinstance(told, dict) else None
    return values if isinstance(values, list) else None


def _cells(values: list[Mapping[str, Any]], name: str) -> pl.DataFrame:
    """One row for each figure that is not withdrawn."""
    try:
        frame = pl.DataFrame(
            {
                "kpi": [str(value["kpi"]) for value in values],
                "municipality": [str(value["municipality"]) for value in values],
                "period": [str(value["period"]) for value in values],
                "cell": pl.Series([value["values"] for value in values], dtype=pl.List(CELL)),
            }
        )
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"{name}: a value is not as Kolada writes it ({str(error).splitlines()[0]}). "
            "Fetch it again"
        ) from None
    cells = frame.explode("cell").drop_nulls("cell").unnest("cell")
    cells = cells.filter(~pl.col("isdeleted").fill_null(False)).unique(maintain_order=True)
    strange = cells.filter(~pl.col("gender").is_in(list(SEXES)).fill_null(False))
    if strange.height:
        raise InputError(f'{name}: the sex "{strange.item(0, "gender")}" is none of T, K and M')
    key = ["kpi", "municipality", "period", "gender"]
    twice = cells.filter(pl.struct(key).is_duplicated())
    if twice.height:
        said = ", ".join(str(part) for part in twice.select(key).row(0))
        raise InputError(f"{name} has two different values for {said}. Fetch it again")
    if cells.is_empty():
        raise InputError(f"{name} has no figures: Kolada has none for what was asked")
    return cells


def _described(file: Opened) -> dict[str, Mapping[str, Any]]:
    """What Kolada says of the key figures, where its answer stands beside the figures."""
    beside = file.path.with_name(ABOUT)
    try:
        told = json.loads(beside.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}
    found = [value for value in _values(told) or [] if isinstance(value, dict) and "id" in value]
    return {str(value["id"]): value for value in found}
