"""A release of two municipalities with everything that can go wrong in a question to it."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from samsyn.statistics.areas.names import search_text
from samsyn.statistics.release.store import Store
from samsyn.statistics.sources.forms import Provenance
from samsyn.statistics.sources.opening import UNTOLD
from tests.statistics.release import made

TROLLHATTAN, VASBY = "municipality/2025/1488", "municipality/2025/0114"
CUSTOM = "custom/2018/1488-kronogarden"
SOURCES = (
    Provenance("SCB", "work.xlsx", "ab" * 32, table="000006TC", updated="2024-02-22",
               licence="CC0"),
    Provenance(UNTOLD, "ours/meeting_places.csv", "cd" * 32),
)  # fmt: skip
NAMES = {
    "country/2025/00": "Sverige",
    "county/2025/01": "Stockholms län", "county/2025/14": "Västra Götalands län",
    VASBY: "Upplands Väsby", TROLLHATTAN: "Trollhättan",
    "regso/2020/0114R001": "Centrum", "regso/2020/1488R001": "Centrum",
    "regso/2020/1488R002": "Lextorp", "regso/2020/1488R003": "Trollhättan",
    "regso/2025/1488R001": "Centrum", "regso/2025/1488R002": "Lextorp",
    "deso/2018/0114A0010": "0114A0010", "deso/2018/1488A0010": "1488A0010",
    "deso/2018/1488B2010": "1488B2010", "deso/2018/1488B2020": "1488B2020",
    CUSTOM: "Kronogården",
}  # fmt: skip
REGSO_OF = {
    "0114A0010": "0114R001", "1488A0010": "1488R001", "1488B2010": "1488R002",
    "1488B2020": "1488R002",
}  # fmt: skip
MEMBERS = ("deso/2018/1488B2010", "deso/2018/1488B2020")
YEARS = ("2019", "2020", "2021", "2022")
# In new borders from this year.
NEW = "2023"


def areas() -> pl.DataFrame:
    rows = []
    for key, name in NAMES.items():
        kind, vintage, code = key.split("/")
        town = None if kind in {"country", "county"} else f"municipality/2025/{code[:4]}"
        county = None if kind == "country" else f"county/2025/{code[:2]}"
        parent = {
            "country": None, "county": "country/2025/00", "municipality": county,
            "regso": town, "custom": town,
            "deso": f"regso/2020/{REGSO_OF.get(code)}",
        }[kind]  # fmt: skip
        rows.append({
            "area": key, "kind": kind, "vintage": vintage, "code": code, "name": name,
            "search": search_text(name), "parent": parent, "municipality": town, "county": county,
        })  # fmt: skip
    return made.table("areas", rows)


def employment() -> pl.DataFrame:
    """The share that has work, in all areas but one, for men, women and all, of two ages."""
    rows = []
    for number, area in enumerate(sorted(NAMES)):
        if area == "regso/2020/1488R003":
            continue
        years = (NEW,) if area.startswith("regso/2025") else YEARS
        years = (*years, NEW) if area.startswith("municipality") else years
        for year in years:
            for s, sex in enumerate(("total", "men", "women")):
                for a, age in enumerate(("total", "20-24")):
                    secret = area.startswith("deso/2018/0114") and year == "2022"
                    estimated = area == CUSTOM
                    share = (number + int(year) - 2000 + s / 2 + a / 4) / 100
                    rows.append({
                        "indicator": "employment_rate", "area": area, "period": year, "sex": sex,
                        "age": age, "value": None if secret else share,
                        "status": "secret" if secret else "estimated" if estimated else "ok",
                        "numerator": None if secret else share * 1000,
                        "denominator": None if secret else 1000.0,
                        "method": "weighted" if estimated else "computed",
                        "source": None if estimated else 0,
                    })  # fmt: skip
    return made.table("observations", rows)


def meeting_places() -> pl.DataFrame:
    """An indicator of the municipality's own, that no catalogue has."""
    rows = [
        {"indicator": "meeting_places", "area": TROLLHATTAN, "period": year, "sex": "total",
         "age": "total", "value": value, "status": "ok", "method": "published", "source": 1}
        for year, value in (("2021", 4.0), ("2022", 5.0))
    ]  # fmt: skip
    return made.table("observations", rows)


def coverage() -> pl.DataFrame:
    kinds = sorted({tuple(key.split("/")[:2]) for key in NAMES} - {("regso", "2025")})
    rows = [
        {"subject": "employment_rate", "kind": kind, "vintage": vintage, "period": "2022",
         "areas": 1, "known": 1, "share": 1.0}
        for kind, vintage in kinds
    ]  # fmt: skip
    rows.append({
        "subject": "employment_rate", "kind": "regso", "vintage": "2025", "period": "2022",
        "areas": 2, "known": 0, "share": 0.0,
    })  # fmt: skip
    return made.table("coverage", rows)


def build(store: Store, name: str, **frames: pl.DataFrame) -> Path:
    """Build the release in a store; its folder."""
    members = [{"area": CUSTOM, "member": member, "weight": 1.0} for member in MEMBERS]
    crosswalk = [
        {"area": "regso/2020/1488R001", "target": "regso/2025/1488R001", "area_share": 0.9,
         "population_share": 0.999, "error": 0.0},
        {"area": "regso/2020/1488R002", "target": "regso/2025/1488R002", "area_share": 0.8,
         "error": 0.1},
    ]  # fmt: skip
    made_frames = {
        "areas": areas(), "members": made.table("members", members), "coverage": coverage(),
        "crosswalk": made.table("crosswalk", crosswalk),
        "observations__employment_rate": employment(),
        "observations__meeting_places": meeting_places(),
        **frames,
    }  # fmt: skip
    with store.building(name) as building:
        made.fill(building.folder, **made_frames)
        (building.folder / "observations" / "employed_share.parquet").unlink()
        building.describe(SOURCES, 1)
    return store.folder(name)
