"""The figures of a place to take home: equal to those of the release, in every form; its charts."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from samsyn.statistics.query.shelf import served

PLACE = "municipality/9901"


def taken(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content[:300]
    return response


def test_the_figures_are_those_of_the_release(demo_site):
    release = served().release()
    frame = pl.read_csv(
        io.BytesIO(taken(demo_site, f"/omrade/{PLACE}.csv").content), infer_schema_length=None
    )
    assert set(frame["indicator"]) <= set(release.indicators)
    assert frame["indicator"].n_unique() > 35
    for name, period in frame.select("indicator", "period").unique().iter_rows():
        told = release.values(name, areas=[PLACE], period=str(period))
        mine = frame.filter((pl.col("indicator") == name) & (pl.col("period") == period))
        assert mine["value"].to_list() == told["value"].to_list()
        assert mine["status"].to_list() == told["status"].to_list()


def test_every_form_holds_the_same(demo_site):
    parquet = pl.read_parquet(io.BytesIO(taken(demo_site, f"/omrade/{PLACE}.parquet").content))
    csv = pl.read_csv(
        io.BytesIO(taken(demo_site, f"/omrade/{PLACE}.csv").content), infer_schema_length=None
    )
    assert csv["value"].to_list() == parquet["value"].to_list()
    dataset = json.loads(taken(demo_site, f"/omrade/{PLACE}.json").content)
    assert dataset["class"] == "dataset"
    book = taken(demo_site, f"/omrade/{PLACE}.xlsx")
    frame = pl.read_excel(io.BytesIO(book.content), sheet_id=1)
    assert frame.height >= parquet.height


def test_all_periods_are_had_for_the_asking(demo_site):
    latest = pl.read_csv(io.BytesIO(taken(demo_site, f"/omrade/{PLACE}.csv").content))
    every = pl.read_csv(io.BytesIO(taken(demo_site, f"/omrade/{PLACE}.csv?period=all").content))
    assert every.height > 8 * latest.height
    one = pl.read_csv(io.BytesIO(taken(demo_site, f"/omrade/{PLACE}.csv?period=2019").content))
    assert set(one["period"]) == {2019}


def test_indices_and_types_and_parts_are_those_of_the_release(demo_site):
    release = served().release()

    def part(name):
        content = taken(demo_site, f"/omrade/{PLACE}.parquet?part={name}").content
        return pl.read_parquet(io.BytesIO(content))

    mine = part("indices").filter(
        (pl.col("grouping") == "tenure") & pl.col("units").str.starts_with("regso/")
    )
    told = release.indices("tenure", "regso", "municipality", "latest", within=PLACE)
    assert_frame_equal(mine, told)
    assert_frame_equal(part("types"), release.area_types("latest", within=PLACE))
    rents = part("parts").filter(pl.col("indicator") == "rental_share")
    assert_frame_equal(
        rents, release.values("rental_share", "regso/2025", PLACE, "latest"), check_row_order=False
    )


@pytest.mark.parametrize("address", [f"/omrade/{PLACE}.csv?part=nothing",
                                     f"/omrade/{PLACE}.csv?period=1066",
                                     "/omrade/deso/9901A0010.csv?part=indices"])  # fmt: skip
def test_what_there_is_nothing_of_is_told(demo_site, address):
    assert demo_site.get(address).status_code == 400


@pytest.mark.parametrize("name", ["map", "types", "series-rental_share", "spread-rental_share",
                                  "trend-background", "ranking-background", "scales-background",
                                  "composition-tenure"])  # fmt: skip
def test_every_chart_is_a_picture_and_a_table(demo_site, name):
    drawn = taken(demo_site, f"/omrade/{PLACE}/diagram/{name}.svg")
    assert drawn.content.decode().startswith("<svg")
    table = taken(demo_site, f"/omrade/{PLACE}/diagram/{name}.csv")
    assert pl.read_csv(io.BytesIO(table.content)).height > 0
    spec = demo_site.get(f"/omrade/{PLACE}/diagram/{name}.vl.json")
    assert spec.status_code == (400 if name == "map" else 200)


def test_a_small_area_has_its_charts_and_is_marked_on_the_map(demo_site):
    for place in ("regso/9901R001", "deso/9901A0010", "custom/9901-inre-hamnen"):
        drawn = taken(demo_site, f"/omrade/{place}/diagram/map.svg?bare=1").content.decode()
        assert ('class="marked"' in drawn) == (not place.startswith("custom"))
        taken(demo_site, f"/omrade/{place}/diagram/series-rental_share.svg")
        taken(demo_site, f"/omrade/{place}/diagram/spread-rental_share.svg")
