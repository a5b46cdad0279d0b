"""A made-up country of two counties: areas, borders and counts, small enough for plain loops."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from samsyn.statistics.indicators.groupings import Grouping
from samsyn.statistics.release.schema import AREAS, COUNTS, NEIGHBOURS, OBSERVATIONS

COUNTRY = "country/2025/00"
# The RegSO of each municipality, and how many DeSO each of them has.
PLAN = {"9101": [3, 4, 2], "9102": [2, 3], "9103": [4], "9201": [2, 2, 3], "9202": [3, 2]}
PERIODS = ("2021", "2022")
COLUMNS = 6

BACKGROUND = Grouping(
    "background", {"sv": "Bakgrund", "en": "Background"}, ("swedish", "foreign"), {}, False,
    (), "dissimilarity", "foreign",
)  # fmt: skip
INCOME = Grouping(
    "economic_standard", {"sv": "Standard", "en": "Standard"}, ("low", "middle", "high"), {}, True,
    (), "dissimilarity", "low", "high",
)  # fmt: skip
TENURE = Grouping(
    "tenure", {"sv": "Upplåtelseform", "en": "Tenure"}, ("rental", "tenant_owned", "owned"), {},
    False, ("unknown",), "multigroup_theil_h", "rental",
)  # fmt: skip
EVERYONE = Grouping("population", {"sv": "Alla", "en": "All"}, ("everyone",), {}, False)


def areas() -> pl.DataFrame:
    """The areas, with a point and land for each of the DeSO, in a grid of squares of 1 km."""
    rows: list[dict[str, object]] = []

    def add(kind: str, vintage: str, code: str, parent: str | None, **more: object) -> str:
        key = f"{kind}/{vintage}/{code}"
        home = {
            "municipality": f"municipality/2025/{code[:4]}" if len(code) >= 4 else None,
            "county": f"county/2025/{code[:2]}" if kind != "country" else None,
        }
        rows.append(
            {"area": key, "kind": kind, "vintage": vintage, "code": code, "parent": parent}
            | home
            | more
        )
        return key

    country = add("country", "2025", "00", None)
    for county in sorted({code[:2] for code in PLAN}):
        add("county", "2025", county, country)
    square = 0
    for code, parts in PLAN.items():
        municipality = add("municipality", "2025", code, f"county/2025/{code[:2]}")
        number = 0
        for r, size in enumerate(parts, start=1):
            middle = square + (size - 1) / 2
            regso = add(
                "regso", "2020", f"{code}R{r:03}", municipality,
                x=1000.0 * (middle % COLUMNS), y=1000.0 * (middle // COLUMNS), land_area=1e6 * size,
            )  # fmt: skip
            for _ in range(size):
                x, y = 1000.0 * (square % COLUMNS), 1000.0 * (square // COLUMNS)
                number += 1
                square += 1
                add(
                    "deso", "2018", f"{code}C{number:04}", regso,
                    x=x, y=y, land_area=1e6 + 1e4 * square,
                )  # fmt: skip
    empty = dict.fromkeys(AREAS)
    return pl.DataFrame([empty | row for row in rows], schema=AREAS)


def neighbours(places: pl.DataFrame) -> pl.DataFrame:
    """The DeSO whose squares share a side of 1 km, in both directions."""
    units = list(places.filter(kind="deso").select("area", "x", "y").iter_rows())
    rows = [
        (a, b, 1000.0)
        for a, ax, ay in units
        for b, bx, by in units
        if abs(ax - bx) + abs(ay - by) == 1000.0
    ]
    return pl.DataFrame(rows, schema=NEIGHBOURS, orient="row")


def counts(grouping: Grouping, places: pl.DataFrame, seed: int = 7) -> pl.DataFrame:
    """Counts of the DeSO, added up to every level, in two periods."""
    rng = np.random.default_rng(seed)
    units = places.filter(kind="deso")["area"].to_list()
    groups = [*grouping.groups, *grouping.beside]
    first = []
    for period in PERIODS:
        shares = rng.dirichlet([2.0] * len(groups), len(units))
        people = rng.integers(700, 2400, len(units))
        numbers = np.array([rng.multinomial(n, p) for n, p in zip(people, shares, strict=True)])
        first += [
            (unit, period, group, float(numbers[u, g]))
            for u, unit in enumerate(units)
            for g, group in enumerate(groups)
        ]
    return completed(
        grouping, pl.DataFrame(first, ["area", "period", "group", "count"], orient="row"), places
    )


def completed(grouping: Grouping, deso: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Counts of DeSO and of the larger areas, as COUNTS; a sum of something unknown is null."""
    home = places.filter(kind="deso").select("area", "parent", "municipality", "county")
    joined = deso.join(home, on="area").with_columns(country=pl.lit(COUNTRY))
    total = pl.when(pl.col("count").null_count() == 0).then(pl.col("count").sum())
    sums = [
        joined.group_by(pl.col(level).alias("area"), "period", "group").agg(count=total)
        for level in ("parent", "municipality", "county", "country")
    ]
    every = pl.concat([deso.select("area", "period", "group", "count"), *sums])
    return every.with_columns(
        grouping=pl.lit(grouping.id),
        sex=pl.lit("total"),
        age=pl.lit("total"),
        status=pl.when(pl.col("count").is_null()).then(pl.lit("secret")).otherwise(pl.lit("ok")),
        method=pl.lit("published"),
        source=pl.lit(0, pl.Int32),
    ).select(pl.col(name).cast(kind) for name, kind in COUNTS.items())


def units_of(
    table: pl.DataFrame, grouping: Grouping, kind: str, period: str
) -> dict[str, list[float]]:
    """The counts of each unit of a kind as a plain dictionary."""
    rows = table.filter(pl.col("area").str.starts_with(f"{kind}/"), period=period)
    found: dict[str, dict[str, float]] = {}
    for area, group, count in rows.select("area", "group", "count").iter_rows():
        found.setdefault(area, {})[group] = count
    return {area: [cells[g] for g in grouping.groups] for area, cells in found.items()}


def regions_of(
    units: dict[str, list[float]], level: str
) -> Iterator[tuple[str, list[list[float]]]]:
    """Each region of a level with the counts of its units; codes tell which lies where."""
    homes: dict[str, list[list[float]]] = {}
    for area, cells in units.items():
        code = area.split("/")[2]
        place = {"municipality": code[:4], "county": code[:2], "country": "00"}[level]
        homes.setdefault(f"{level}/2025/{place}", []).append(cells)
    yield from homes.items()


def observations(
    rows: list[tuple[str, str, float | None, float | None, float | None]],
) -> pl.DataFrame:
    """Observations of 2022 from (indicator, area, value, numerator, denominator)."""
    frame = pl.DataFrame(
        rows,
        {"indicator": pl.String, "area": pl.String}
        | dict.fromkeys(("value", "numerator", "denominator"), pl.Float64),
        orient="row",
    )
    return frame.with_columns(
        period=pl.lit("2022"), sex=pl.lit("total"), age=pl.lit("total"), status=pl.lit("ok"),
        method=pl.lit("computed"), source=pl.lit(None, pl.Int32),
    ).select(pl.col(name).cast(kind) for name, kind in OBSERVATIONS.items())  # fmt: skip
