"""A made-up country of two counties, three municipalities, four RegSO and seven DeSO."""

from __future__ import annotations

import polars as pl

TREE = {
    "deso/2018/0101A0010": "regso/2020/0101R001",
    "deso/2018/0101A0020": "regso/2020/0101R001",
    "deso/2018/0101B0010": "regso/2020/0101R002",
    "deso/2018/0102A0010": "regso/2020/0102R001",
    "deso/2018/0102A0020": "regso/2020/0102R001",
    "deso/2018/0201A0010": "regso/2020/0201R001",
    "deso/2018/0201A0020": "regso/2020/0201R001",
    "regso/2020/0101R001": "municipality/2025/0101",
    "regso/2020/0101R002": "municipality/2025/0101",
    "regso/2020/0102R001": "municipality/2025/0102",
    "regso/2020/0201R001": "municipality/2025/0201",
    "municipality/2025/0101": "county/2025/01",
    "municipality/2025/0102": "county/2025/01",
    "municipality/2025/0201": "county/2025/02",
    "county/2025/01": "country/2025/00",
    "county/2025/02": "country/2025/00",
    "country/2025/00": None,
}
NAMES = {"municipality/2025/0101": "Ekby", "municipality/2025/0102": "Norrvik"}
DESO = [area for area in TREE if area.startswith("deso")]


def areas() -> pl.DataFrame:
    rows = []
    for area, parent in TREE.items():
        kind, vintage, code = area.split("/")
        municipality = f"municipality/2025/{code[:4]}" if kind in {"deso", "regso"} else None
        rows.append((area, kind, vintage, code, NAMES.get(area, code), parent, municipality))
    columns = ["area", "kind", "vintage", "code", "name", "parent", "municipality"]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def below(area: str) -> list[str]:
    """The DeSO in an area, found by climbing from each of them."""
    found = []
    for deso in DESO:
        place: str | None = deso
        while place is not None:
            if place == area:
                found.append(deso)
            place = TREE[place]
    return found
