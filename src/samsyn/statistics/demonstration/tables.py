"""The county's figures as tidy tables: counts on three levels, and figures of municipalities."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from samsyn.statistics.demonstration.design import MUNICIPALITIES, NEW_BORDERS
from samsyn.statistics.demonstration.geography import Geography
from samsyn.statistics.demonstration.population import YEARS, People, shared_out
from samsyn.statistics.indicators.groupings import groupings

Floats = NDArray[np.float64]
# Of groups this small in a DeSO the number is secret: the unemployed are few.
SECRET_BELOW: Final = {"labour_status": ("unemployed", 12)}
# What was never delivered: a municipality's DeSO in a year.
NOT_DELIVERED: Final = (("household_type", 4, 2014), ("education", 6, 2016))


def count_tables(place: Geography, people: People) -> dict[str, pl.DataFrame]:
    """For each grouping its counts by DeSO, RegSO and municipality, with what is secret or lacking.

    Until the borders change the areas are those of 2018 and 2020, from then on those of 2025.
    Larger areas are counted before anything is kept secret, as an agency does.
    """
    return {
        grouping: pl.concat(
            [
                _deso(grouping, place, people, old=True),
                _deso(grouping, place, people, old=False),
                *_larger(grouping, place, people),
            ]
        ).sort("area", "period", "group")
        for grouping in people.counts
    }


def _frame(
    grouping: str, areas: list[str], years: list[int], counts: NDArray[np.int64]
) -> pl.DataFrame:
    """Counts (A, Y, G) as rows."""
    groups = groupings()[grouping].groups
    size = counts.shape
    return pl.DataFrame(
        {
            "area": np.repeat(np.array(areas), size[1] * size[2]),
            "period": np.tile(np.repeat(np.array(years).astype(str), size[2]), size[0]),
            "grouping": grouping,
            "group": np.tile(np.array(groups), size[0] * size[1]),
            "value": counts.reshape(-1),
            "status": "ok",
        }
    )


def _deso(grouping: str, place: Geography, people: People, *, old: bool) -> pl.DataFrame:
    counts = people.counts[grouping]
    kept = [i for i, year in enumerate(YEARS) if (year < NEW_BORDERS) == old]
    if old:
        codes, vintage, here = place.old_codes, "2018", counts[:, kept]
        owner = place.regso_municipality[place.old_regso]
    else:
        codes, vintage = place.new_codes, "2025"
        whole = counts[place.new_origin][:, kept]
        total = np.rint(whole.sum(axis=-1) * place.new_part[:, np.newaxis]).astype(np.int64)
        share = whole / np.maximum(whole.sum(axis=-1, keepdims=True), 1)
        here = shared_out(total, share)
        owner = place.regso_municipality[place.new_regso]
    years = [YEARS[i] for i in kept]
    frame = _frame(grouping, [f"deso/{vintage}/{code}" for code in codes], years, here)
    return _with_gaps(grouping, frame, np.repeat(owner, here.shape[1] * here.shape[2]))


def _with_gaps(grouping: str, frame: pl.DataFrame, owner: NDArray[np.intp]) -> pl.DataFrame:
    """The counts of DeSO with those that are secret or were never delivered taken out."""
    status = pl.col("status")
    if grouping in SECRET_BELOW:
        group, limit = SECRET_BELOW[grouping]
        # One secret count could be told from the total: all of them are secret.
        few = ((pl.col("group") == group) & (pl.col("value") < limit)).any()
        status = pl.when(few.over("area", "period")).then(pl.lit("secret")).otherwise(status)
    for where, municipality, year in NOT_DELIVERED:
        if where == grouping:
            gone = (pl.col("owner") == municipality) & (pl.col("period") == str(year))
            status = pl.when(gone).then(pl.lit("missing")).otherwise(status)
    return (
        frame.with_columns(owner=pl.Series(owner))
        .with_columns(status=status)
        .with_columns(value=pl.when(pl.col("status") == "ok").then("value"))
        .drop("owner")
    )


def _larger(grouping: str, place: Geography, people: People) -> list[pl.DataFrame]:
    """RegSO, in both vintages, and municipalities."""
    counts = people.counts[grouping]
    regso = np.zeros((len(place.regso_codes), *counts.shape[1:]), dtype=np.int64)
    np.add.at(regso, place.old_regso, counts)
    municipality = np.zeros((len(MUNICIPALITIES), *counts.shape[1:]), dtype=np.int64)
    np.add.at(municipality, place.regso_municipality, regso)
    frames = []
    for vintage, old in (("2020", True), ("2025", False)):
        kept = [i for i, year in enumerate(YEARS) if (year < NEW_BORDERS) == old]
        areas = [f"regso/{vintage}/{code}" for code in place.regso_codes]
        frames.append(_frame(grouping, areas, [YEARS[i] for i in kept], regso[:, kept]))
    areas = [f"municipality/2025/{code}" for code in place.municipality_codes]
    return [*frames, _frame(grouping, areas, list(YEARS), municipality)]


def incomes(rng: np.random.Generator, place: Geography, people: People) -> pl.DataFrame:
    """Median net income of each DeSO, RegSO and municipality: falls with the standing."""
    years = np.arange(len(YEARS))

    def median(standing: Floats) -> Floats:
        noise = rng.normal(0, 0.008, standing.shape)
        return np.asarray(242 * 1.024**years * np.exp(-0.17 * standing + noise), dtype=np.float64)

    def mean_by(owner: NDArray[np.intp], number: int) -> Floats:
        weight = people.population.astype(float)
        total, weighted = np.zeros((number, years.size)), np.zeros((number, years.size))
        np.add.at(total, owner, weight)
        np.add.at(weighted, owner, weight * people.standing)
        return np.asarray(weighted / total, dtype=np.float64)

    regso = mean_by(place.old_regso, len(place.regso_codes))
    municipal = mean_by(place.regso_municipality[place.old_regso], len(MUNICIPALITIES))
    new = people.standing[place.new_origin]
    rows = [
        *_by_vintage("deso", "2018", place.old_codes, median(people.standing), old=True),
        *_by_vintage("deso", "2025", place.new_codes, median(new), old=False),
        *_by_vintage("regso", "2020", place.regso_codes, median(regso), old=True),
        *_by_vintage("regso", "2025", place.regso_codes, median(regso), old=False),
        *_rows("municipality", "2025", place.municipality_codes, median(municipal), YEARS),
    ]
    return _observed(rows, "median_net_income", 1)


def _by_vintage(
    kind: str, vintage: str, codes: list[str], values: Floats, *, old: bool
) -> list[tuple[str, str, float]]:
    kept = [i for i, year in enumerate(YEARS) if (year < NEW_BORDERS) == old]
    return _rows(kind, vintage, codes, values[:, kept], [YEARS[i] for i in kept])


def _rows(
    kind: str, vintage: str, codes: list[str], values: Floats, years: list[int] | tuple[int, ...]
) -> list[tuple[str, str, float]]:
    return [
        (f"{kind}/{vintage}/{code}", str(year), value)
        for code, row in zip(codes, values.tolist(), strict=True)
        for year, value in zip(years, row, strict=True)
    ]


def _observed(rows: list[tuple[str, str, float]], indicator: str, digits: int) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["area", "period", "value"], orient="row")
    return frame.select(
        "area",
        pl.lit(indicator).alias("indicator"),
        "period",
        pl.col("value").round(digits),
        pl.lit("ok").alias("status"),
    )


def area_types(rng: np.random.Generator, place: Geography, people: People) -> pl.DataFrame:
    """Area types as an authority would publish them: its third component is not ours to see."""
    counts = people.counts

    def share(grouping: str, group: int) -> Floats:
        regso = np.zeros((len(place.regso_codes), len(YEARS), counts[grouping].shape[-1]))
        np.add.at(regso, place.old_regso, counts[grouping])
        return np.asarray(regso[..., group] / regso.sum(axis=-1), dtype=np.float64)

    third = share("labour_status", 1) * rng.lognormal(0, 0.08, (len(place.regso_codes), 1))
    index = (share("economic_standard", 0) + share("education", 0) + third) / 3
    z = (index - index.mean(axis=0)) / index.std(axis=0)
    types = np.select([z > 2, z > 1, z > 0, z > -1], [1.0, 2.0, 3.0, 4.0], 5.0)
    rows = [
        *_by_vintage("regso", "2020", place.regso_codes, types, old=True),
        *_by_vintage("regso", "2025", place.regso_codes, types, old=False),
    ]
    return _observed(rows, "area_type", 0)
