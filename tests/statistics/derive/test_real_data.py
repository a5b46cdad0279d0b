"""Facts of 2022 that the real national tables must reproduce."""

from __future__ import annotations

import csv
import re
import unicodedata

import polars as pl
import pytest

from samsyn.statistics.derive import (
    Derivation,
    agreement,
    derive_indices,
    disagreements,
)
from samsyn.statistics.release.schema import AREAS, COUNTS
from samsyn.statistics.tables import read_table
from tests.reference import shared
from tests.statistics.derive import county

TROLLHATTAN = "municipality/2025/1488"


def table(name: str, columns: dict[str, str]) -> pl.DataFrame:
    """The columns of a national table by DeSO, as numbers."""
    read = read_table(shared("data", "scb_deso_2022", name))
    numbers = read.numbers(list(columns)).rename(columns)
    return numbers.with_columns(deso=read.texts("column 1"))


def letters(text: str) -> str:
    """The letters of a name without marks: the link table writes a for å and ä."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", plain)


@pytest.fixture(scope="module")
def links() -> pl.DataFrame:
    path = shared("data", "scb_regso", "koppling_deso2018_regso2020.csv")
    frame = read_table(path).frame
    return frame.rename({"DeSO_2018": "deso", "RegSOkod_2020": "regso", "RegSO_2020": "name"})


@pytest.fixture(scope="module")
def areas(links: pl.DataFrame) -> pl.DataFrame:
    """All DeSO, RegSO and municipalities with what holds them."""
    code = pl.col("code")
    deso = links.select(
        pl.col("deso").alias("code"), pl.lit("deso").alias("kind"), pl.lit("2018").alias("vintage"),
        pl.format("regso/2020/{}", "regso").alias("parent"),
    )  # fmt: skip
    regso = links.select(pl.col("regso").alias("code")).unique().with_columns(
        kind=pl.lit("regso"), vintage=pl.lit("2020"),
        parent=pl.format("municipality/2025/{}", code.str.slice(0, 4)),
    )  # fmt: skip
    every = pl.concat([deso, regso]).with_columns(
        area=pl.format("{}/{}/{}", "kind", "vintage", "code"),
        municipality=pl.format("municipality/2025/{}", code.str.slice(0, 4)),
        county=pl.format("county/2025/{}", code.str.slice(0, 2)),
    )
    lacking = [pl.lit(None, kind).alias(n) for n, kind in AREAS.items() if n not in every.columns]
    return every.with_columns(lacking).select(list(AREAS))


@pytest.fixture(scope="module")
def background(areas: pl.DataFrame) -> pl.DataFrame:
    read = table(
        "000005FE_20240813-152154.xlsx",
        {"svensk bakgrund": "swedish", "utländsk bakgrund": "foreign"},
    )
    long = read.unpivot(index="deso", variable_name="group", value_name="count")
    return long.select(
        pl.lit("background").alias("grouping"), pl.format("deso/2018/{}", "deso").alias("area"),
        pl.lit("2022").alias("period"), "group", pl.lit("total").alias("sex"),
        pl.lit("total").alias("age"), "count", pl.lit("ok").alias("status"),
        pl.lit("published").alias("method"), pl.lit(0).alias("source"),
    ).select(pl.col(name).cast(kind) for name, kind in COUNTS.items())  # fmt: skip


def test_background_2022(background: pl.DataFrame, areas: pl.DataFrame) -> None:
    found = derive_indices(county.BACKGROUND, background, areas)
    d = found.filter(index="dissimilarity", group="foreign", units="deso/2018")
    whole = d.filter(region="country/2025/00").row(0, named=True)
    assert whole["value"] == pytest.approx(0.384, abs=5e-4)
    place = d.filter(region=TROLLHATTAN).row(0, named=True)
    assert place["value"] == pytest.approx(0.462, abs=5e-4)
    assert place["lower"] == pytest.approx(0.453, abs=2e-3)
    assert place["upper"] == pytest.approx(0.469, abs=2e-3)
    assert place["expected"] == pytest.approx(0.020, abs=2e-3)
    assert d.filter(level="municipality").height == 290
    assert d["value"].null_count() == 0


@pytest.fixture(scope="module")
def types(links: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The three components summed to RegSO, and the published types by name."""
    low, people = "Låg ekonomisk standard, procent", "Antal personer totalt"
    income = table("000006TA_20240813-153551.xlsx", {low: "n", people: "d"})
    school = table(
        "000005MO_20240813-151714.xlsx",
        {
            "förgymnasial utbildning": "n",
            "gymnasial utbildning": "b",
            "eftergymnasial utbildning, mindre än 3 år": "c",
            "eftergymnasial utbildning, 3 år eller mer": "e",
        },
    ).with_columns(d=pl.sum_horizontal("n", "b", "c", "e"))
    work = table("000007A8_20240813-151334.xlsx", {"antal arbetslösa": "n", "antal totalt": "d"})
    parts = {
        "low_economic_standard_share": income.with_columns(n=pl.col("n") / 100 * pl.col("d")),
        "pre_upper_secondary_share": school,
        "unemployment_rate": work,
    }
    rows = []
    for indicator, frame in parts.items():
        sums = frame.join(links, on="deso").group_by("regso").agg(pl.col("n", "d").sum())
        rows += [
            (indicator, f"regso/2020/{regso}", n / d, n, d)
            for regso, n, d in sums.select("regso", "n", "d").iter_rows()
        ]
    codes = {
        letters(place + name): regso
        for place, name, regso in links.select("Kommunnamn", "name", "regso").iter_rows()
    }
    path = shared("data", "scb_regso", "regso2020_omradestyp_2022.csv")
    for line in csv.reader(path.read_text(encoding="utf-8-sig", errors="replace").splitlines()):
        if len(line) == 2 and line[1] in set("12345"):
            place, _, name = line[0].removesuffix(")").partition(" (")
            area = f"regso/2020/{codes[letters(place + name)]}"
            rows.append(("area_type", area, float(line[1]), None, None))
    derived = Derivation(areas).of_values(county.observations(rows))
    assert derived.observations.filter(pl.col("value").is_not_null()).height == 3363
    return derived.types


def test_area_types_agree_with_the_published_ones(types: pl.DataFrame) -> None:
    published = dict(types["published"].value_counts().iter_rows())
    assert published == {1: 160, 2: 289, 3: 855, 4: 1770, 5: 289}
    summary = agreement(types)
    assert summary is not None
    assert summary.areas == 3363
    assert summary.share >= 0.95
    # No area is further than the next type from what is published.
    assert summary.neighbouring == 1.0
    listed = disagreements(types)
    assert listed.height == round((1 - summary.share) * 3363)
    assert listed["uncertain"].mean() > 0.9  # type: ignore[operator]
    assert types["uncertain"].mean() < 0.3  # type: ignore[operator]


def test_both_ends_of_trollhattan(types: pl.DataFrame, links: pl.DataFrame) -> None:
    """Kronogården and Lextorp at one end, Strömslund and Halvorstorp at the other."""
    names = {
        f"regso/2020/{regso}": letters(name)
        for regso, name in links.select("regso", "name").iter_rows()
    }
    place = types.filter(pl.col("area").str.starts_with("regso/2020/1488")).sort("index")
    ordered = [(names[area], kind) for area, kind in place.select("area", "computed").rows()]
    assert len(ordered) == 16
    lowest = dict(ordered[:4])
    assert {kind for name, kind in lowest.items() if "stromslund" in name} == {5}
    assert {kind for name, kind in lowest.items() if "halvorstorp" in name} == {5}
    for name, kind in ordered[-2:]:
        assert "kronogard" in name or "lextorp" in name
        assert kind == 1
