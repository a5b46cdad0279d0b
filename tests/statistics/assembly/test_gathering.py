"""What was read, brought to the keys of its areas."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from samsyn.statistics.assembly.gathering import Gathered, gather
from samsyn.statistics.indicators.definition import indicators
from samsyn.statistics.sources.forms import LargeTable, Material, Provenance, TidyTable
from tests.statistics.areas.layers import layer, links
from tests.statistics.assembly.cubes import cube

DESO = ("9901A0010", "9901A0020")
COUNTIES = layer("county", "2025", "counties.csv", code=["99"], name=["Vattlands län"])
TOWNS = layer("municipality", "2025", "towns.csv", code=["9901"], name=["Vattstad"])
OLD = layer("deso", "2018", "old.csv", code=list(DESO))
NEW = layer("deso", "2025", "new.csv", code=list(DESO))


def told(file: str) -> Provenance:
    return Provenance(origin="test", file=file, sha256=file)


def tidy(rows: list[tuple[str, str, str, float | None]], file: str = "tidy.csv") -> TidyTable:
    """Rows of area, indicator, period and value; they stand in the file from row 2 on."""
    nothing = pl.lit(None, pl.Float64)
    frame = pl.DataFrame(
        rows,
        schema={
            "area": pl.String, "indicator": pl.String, "period": pl.String, "value": pl.Float64,
        },
        orient="row",
    ).with_columns(
        status=pl.when(pl.col("value").is_null()).then(pl.lit("missing")).otherwise(pl.lit("ok")),
        row=pl.int_range(2, len(rows) + 2, dtype=pl.UInt32), sex=pl.lit("total"),
        age=pl.lit("total"), numerator=nothing, denominator=nothing,
    )  # fmt: skip
    return TidyTable(frame, told(file))


def gathered(aside: Path, *materials: Material) -> Gathered:
    return gather(materials, indicators(), aside=aside)


def collected(found: Gathered, indicator: str) -> pl.DataFrame:
    return pl.concat(part.collect() for part in found.observations[indicator])


def messages(found: Gathered, severity: str) -> list[str]:
    return [finding.message for finding in found.findings if finding.severity == severity]


def test_sources_are_numbered_in_the_order_they_were_read(tmp_path: Path) -> None:
    found = gathered(
        tmp_path,
        TOWNS,
        tidy([("9901", "rental_share", "2022", 0.4)], "one.csv"),
        COUNTIES,
        tidy([("9901", "rental_share", "2021", 0.3)], "two.csv"),
    )
    assert [source.file for source in found.sources] == [
        "towns.csv", "one.csv", "counties.csv", "two.csv",
    ]  # fmt: skip
    frame = collected(found, "rental_share")
    assert frame.select("area", "period", "source").rows() == [
        ("municipality/2025/9901", "2022", 1),
        ("municipality/2025/9901", "2021", 3),
    ]
    assert not messages(found, "error")


def test_the_same_code_is_another_area_when_borders_have_changed(tmp_path: Path) -> None:
    rows = [(DESO[0], "rental_share", year, 0.4) for year in ("2021", "2023", "2024")]
    frame = collected(gathered(tmp_path, OLD, NEW, tidy(rows)), "rental_share")
    assert dict(frame.select("period", "area").iter_rows()) == {
        "2021": f"deso/2018/{DESO[0]}",
        "2023": f"deso/2018/{DESO[0]}",
        "2024": f"deso/2025/{DESO[0]}",
    }


def test_rows_are_told_rightly_where_a_table_crosses_the_change(tmp_path: Path) -> None:
    rows = [
        (DESO[0], "rental_share", "2021", 0.4),
        (DESO[0], "rental_share", "2024", 0.4),
        ("9901A9990", "rental_share", "2024", 0.4),
        (DESO[1], "rental_share", "2021", 0.4),
    ]
    found = gathered(tmp_path, OLD, NEW, tidy(rows))
    [message] = messages(found, "error")
    assert message.startswith('tidy.csv, row 4: "9901A9990" is no known area')
    assert collected(found, "rental_share").height == 3


def test_a_table_that_no_one_knows_says_nothing_of_its_areas_either(tmp_path: Path) -> None:
    made = cube(["region", "år", "träd"], [("Narnia", "2022", "ek", 1.0)])
    found = gathered(tmp_path, TOWNS, made)
    assert not found.counts
    assert not found.observations
    assert not messages(found, "error")
    assert any("is not in the catalogue" in message for message in messages(found, "note"))


def test_figures_that_are_a_count_are_counts(tmp_path: Path) -> None:
    rows = [("9901", "population", "2022", 900.0), ("9901", "rental_share", "2022", 0.4)]
    found = gathered(tmp_path, TOWNS, tidy(rows))
    assert set(found.counts) == {"population"}
    assert set(found.observations) == {"rental_share"}
    [part] = found.counts["population"]
    assert part.collect().select("area", "group", "count").rows() == [
        ("municipality/2025/9901", "everyone", 900.0)
    ]


def test_a_large_table_is_put_aside_and_says_the_same(tmp_path: Path) -> None:
    table = tidy([(code, "rental_share", "2022", 0.4) for code in DESO])
    reads: list[int] = []

    def read() -> TidyTable:
        reads.append(1)
        return table

    large = LargeTable(
        table.provenance, read, lambda: table.frame.select("area", "period").unique()
    )
    plain = gathered(tmp_path / "plain", OLD, table)
    aside = gathered(tmp_path / "aside", OLD, large)
    assert len(reads) == 1
    assert collected(aside, "rental_share").equals(collected(plain, "rental_share"))
    assert not (tmp_path / "plain").exists()
    assert [path.suffix for path in (tmp_path / "aside").rglob("*") if path.is_file()] == [
        ".parquet"
    ]


def test_an_own_indicator_is_one_like_the_others(tmp_path: Path) -> None:
    ours = replace(indicators()["rental_share"], id="benches", numerator=(), denominator=())
    table = tidy([("9901", "benches", "2022", 12.0)])
    with_it = gather([TOWNS, table], {**indicators(), "benches": ours}, aside=tmp_path)
    assert collected(with_it, "benches")["value"].to_list() == [12.0]
    without = gathered(tmp_path, TOWNS, table)
    assert not without.observations
    assert any("benches" in message for message in messages(without, "warning"))


def test_areas_of_an_older_release_are_known_where_no_file_tells_them(tmp_path: Path) -> None:
    table = tidy([("Vattstad", "rental_share", "2022", 0.4)])
    assert messages(gathered(tmp_path, table), "error")
    found = gather([table], indicators(), older_layers=[TOWNS], aside=tmp_path)
    assert not messages(found, "error")
    assert collected(found, "rental_share")["area"].to_list() == ["municipality/2025/9901"]
    # They tell of areas, and are no source of figures.
    assert [source.file for source in found.sources] == ["tidy.csv"]


def test_users_own_areas_have_members(tmp_path: Path) -> None:
    custom = layer("custom", "2018", "samsyn.toml", code=["ours"], name=["Vårt"], parent=["9901"])
    inside = links(("deso", "2018"), ("custom", "2018"), dict.fromkeys(DESO, "ours"), "samsyn.toml")
    found = gathered(tmp_path, OLD, TOWNS, custom, inside)
    assert sorted(found.members["member"]) == [f"deso/2018/{code}" for code in DESO]
    assert found.members["area"].unique().to_list() == ["custom/2018/ours"]
