"""Small releases of two municipalities, whole and by the schema, to keep, compare and break."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from samsyn.statistics.release.layout import TABLES
from samsyn.statistics.release.schema import FILES, RESOLUTIONS
from samsyn.statistics.release.sealing import Building
from samsyn.statistics.sources.forms import Provenance

AREAS = [f"regso/2020/{code}" for code in ("0114R001", "0114R002", "1488R001", "1488R002")]
SOURCE = Provenance(
    "SCB", "background.xlsx", "ab" * 32, table="BE0101Y", title="Folkmängd efter bakgrund",
    updated="2023-02-22", retrieved="2023-03-01T10:00:00+00:00", licence="CC0",
    notes=("Uppgifterna avser 31 december.",),
)  # fmt: skip


def table(name: str, rows: list[dict]) -> pl.DataFrame:
    """Rows as the table of a release; what a row does not tell is null."""
    columns = TABLES[name].columns
    filled = [{column: row.get(column) for column in columns} for row in rows]
    return pl.DataFrame(filled, schema=dict(columns), orient="row").sort(TABLES[name].order or [])


def counts(**changed: float) -> pl.DataFrame:
    """People of two backgrounds in each area; `changed` says otherwise for "AREA_CODE"."""
    rows = [
        {
            "grouping": "background", "area": area, "period": "2022", "group": group,
            "sex": "total", "age": "total", "status": "ok", "method": "published", "source": 0,
            "count": changed.get(area[-8:], 100.0 * (i + 1)) if group == "foreign" else 700.0,
        }
        for i, area in enumerate(AREAS)
        for group in ("foreign", "swedish")
    ]  # fmt: skip
    return table("counts", rows)


def observations(**changed: float) -> pl.DataFrame:
    """The share of each area that has work, for two years."""
    rows = [
        {
            "indicator": "employed_share", "area": area, "period": period,
            "sex": "total", "age": "20-64", "status": "ok", "method": "published", "source": 0,
            "value": changed.get(f"{area[-8:]}_{period}", 0.5 + 0.1 * i),
        }
        for i, area in enumerate(AREAS)
        for period in ("2021", "2022")
    ]  # fmt: skip
    return table("observations", rows)


def indices(value: float = 0.25) -> pl.DataFrame:
    """One index of one municipality."""
    row = {
        "grouping": "background", "units": "regso/2020", "level": "municipality",
        "region": "municipality/2025/1488", "period": "2022", "index": "dissimilarity",
        "group": "foreign", "value": value,
    }  # fmt: skip
    return table("indices", [row])


def area_types(z: float = 0.0) -> pl.DataFrame:
    """The type of one area."""
    row = {
        "area": AREAS[0], "period": "2022", "index": 0.2, "z": z, "computed": 3, "published": 3,
        "uncertain": False, "low_economic_standard": 0.1, "pre_upper_secondary": 0.2 + z / 10,
        "third": 0.3, "third_component": "unemployed",
    }  # fmt: skip
    return table("area_types", [row])


def fill(folder: Path, **frames: pl.DataFrame) -> None:
    """Write the files of a release; `frames` stand in for those of the same name."""
    made = {name: table(name, []) for name in FILES}
    made["areas"] = table("areas", [{"area": area, "kind": "regso"} for area in AREAS])
    made |= {"indices": indices(), "area_types": area_types()}
    made |= {f"shapes/{name}": table("shapes", []) for name in RESOLUTIONS}
    made |= {"counts/background": counts(), "observations/employed_share": observations()}
    made |= {name.replace("__", "/"): frame for name, frame in frames.items()}
    for name, frame in made.items():
        path = folder / f"{name}.parquet"
        path.parent.mkdir(exist_ok=True)
        frame.write_parquet(path)


def complete(building: Building, **frames: pl.DataFrame) -> None:
    """Fill a building with files that say where they are from."""
    fill(building.folder, **frames)
    building.describe([SOURCE])
