"""A made-up country with as many observations as are wanted, in files that `release build` takes.

The demonstration data are there in nine counties; their shares are told apart by sex and one-year
ages, with noise from a seed, for one DeSO and year after the other. Sums of larger areas are left
to the build. A file holds one indicator; it is written group by group, so that making a hundred
million rows takes little memory.
"""

from __future__ import annotations

import shutil
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.page import FOLDER

COUNTIES = 9
SEXES = ("women", "men", "total")
AGES = 101
# Stored observations for an area and year of the demonstration data alone: shares of counts.
BESIDES = 21
SEED = 2_025
ROWS = 1_000_000  # that are made at a time


def indicators() -> list[Any]:
    """The indicators that are told apart: shares of people in every DeSO."""
    from samsyn.statistics.indicators import indicators as catalogue

    return [i for i in catalogue().values() if i.unit == "share" and i.numerator and i.denominator]


def country(observations: int) -> Path:
    """A folder with data from which a release of about as many stored observations is built.

    It is made once and then kept, in `.bench/data`.
    """
    folder = FOLDER / f"country-{observations}"
    ready = folder.with_suffix(".ready")
    if ready.exists():
        return folder
    from samsyn.statistics.demonstration import write_demonstration

    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    write_demonstration(folder, counties=COUNTIES)
    counts = {p.stem: pl.read_parquet(p) for p in sorted((folder / "counts").glob("*.parquet"))}
    # An area and year of any level; counties and the country are summed in the build.
    areas = counts["population"].height
    told = indicators()
    wanted = max(1, round((observations - BESIDES * areas) / areas))
    (folder / "observations").mkdir()
    for number, indicator in enumerate(told):
        parts = wanted // len(told) + (number < wanted % len(told))
        if parts:
            _write(folder / "observations" / f"{indicator.id}.parquet", indicator, counts, parts)
    ready.touch()
    return folder


def _write(path: Path, indicator: Any, counts: dict[str, pl.DataFrame], parts: int) -> None:
    """An indicator's observations by sex and age, `parts` for each DeSO and year."""
    import pyarrow.parquet

    every = list(product(range(AGES), SEXES))[:parts]
    base = _shares(indicator, counts)
    ages = np.array([age for age, _ in every])
    sexes = np.array([sex for _, sex in every])
    rng = np.random.default_rng([SEED, *indicator.id.encode()])
    writer = None
    step = max(1, ROWS // len(every))
    for start in range(0, base.height, step):
        rows = base.slice(start, step)
        size = (rows.height, len(every))
        people = (
            rows["people"].to_numpy()[:, np.newaxis] / AGES * np.where(sexes == "total", 1, 0.5)
        )
        denominator = rng.poisson(np.broadcast_to(people, size)).astype(float)
        share = rows["share"].to_numpy()[:, np.newaxis] * rng.uniform(0.8, 1.2, size)
        numerator = rng.binomial(denominator.astype(int), np.clip(share, 0, 1)).astype(float)
        frame = pl.DataFrame(
            {
                "area": rows["area"].to_numpy().repeat(len(every)),
                "indicator": pl.repeat(indicator.id, rows.height * len(every), eager=True),
                "period": rows["period"].to_numpy().repeat(len(every)),
                "sex": np.tile(sexes.astype(object), rows.height),
                "age": np.tile(ages.astype(str).astype(object), rows.height),
                "value": (numerator / np.where(denominator > 0, denominator, 1)).ravel(),
                "numerator": numerator.ravel(),
                "denominator": denominator.ravel(),
            }
        ).with_columns(
            value=pl.when(pl.col("denominator") > 0).then("value"),
            status=pl.when(pl.col("denominator") > 0)
            .then(pl.lit("ok"))
            .otherwise(pl.lit("not_applicable")),
        )
        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        writer = writer or pyarrow.parquet.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _shares(indicator: Any, counts: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Of each DeSO and year the people and the share of them; what is secret has the mean."""
    grouping = indicator.numerator[0].split(".")[0]
    group, value = pl.col("group"), pl.col("value")

    def total(columns: tuple[str, ...]) -> pl.Expr:
        return value.filter(group.is_in([column.split(".")[1] for column in columns])).sum()

    return (
        counts[grouping]
        .filter(pl.col("area").str.starts_with("deso/"))
        .group_by("area", "period")
        .agg(top=total(indicator.numerator), people=total(indicator.denominator))
        .with_columns(share=pl.when(pl.col("people") > 0).then(pl.col("top") / pl.col("people")))
        .with_columns(
            pl.col("share").fill_null(pl.col("share").mean()),
            pl.when(pl.col("people") > 0).then("people").otherwise(pl.lit(800)).alias("people"),
        )
        .sort("area", "period")
    )


if __name__ == "__main__":
    print(country(int(sys.argv[1])))
