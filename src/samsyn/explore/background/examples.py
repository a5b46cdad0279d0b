"""Examples of asking for figures that work as they stand, since they are of this very release."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import polars as pl

from samsyn.statistics.query import Release

# Of which the first that the release has is shown; any other where it has none of them.
SHOWN: Final = ("rental_share", "low_economic_standard_share", "population")


@lru_cache(maxsize=8)
def examples(release: Release, site: str) -> Mapping[str, Any]:
    """A table, a region and a period that the release has, and addresses made of them.

    `table` is None for a release without indicators.
    """
    chosen = _chosen(release)
    if chosen is None:
        return {"table": None}
    table, level, area, period = chosen
    code = area.rsplit("/", 1)[-1]
    kind = level.partition("/")[0]
    data = (
        f"{site}/api/v2/tables/{table}/data?lang=sv"
        f"&valueCodes[ContentsCode]=value&valueCodes[Region]={code}&valueCodes[Tid]=*"
        "&outputFormat="
    )
    return {
        "table": table,
        "region": code,
        "period": period,
        "kind": kind,
        "list": f"{site}/api/v2/tables?lang=sv",
        "metadata": f"{site}/api/v2/tables/{table}/metadata?lang=sv",
        "data": f"{data}json-stat2",
        "csv": f"{data}csv",
        "figures": f"{site}/indikator/{table}.csv?part=all",
        "place": f"{site}/omrade/{kind}/{code}.csv",
        "borders": f"{site}/api/geo/{kind}",
        "pinned": f"{site}/indikator/{table}.csv?part=all&release={release.name}",
        "pinned_api": f"{site}/release/{release.name}/api/v2/tables?lang=sv",
    }


def _chosen(release: Release) -> tuple[str, str, str, str] | None:
    """An indicator with a level, an area and a period of which a value is known."""
    known = release.coverage.filter(pl.col("known") > 0)
    for name in (*SHOWN, *release.indicators):
        if name not in release.indicators:
            continue
        rows = known.filter(pl.col("subject") == name)
        # Codes of larger areas stand by themselves, those of smaller ones with their vintage.
        for kind in ("municipality", "county", "country"):
            there = rows.filter(pl.col("kind") == kind).sort("period", "vintage")
            if there.is_empty():
                continue
            period, vintage = there["period"][-1], there["vintage"][-1]
            level = f"{kind}/{vintage}"
            values = release.values(name, level, period=period).filter(
                pl.col("value").is_not_null()
            )
            if not values.is_empty():
                return name, level, values["area"][0], period
    return None
