"""Tidy tables in CSV, Excel and Parquet."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samsyn.statistics.sources import read
from samsyn.statistics.sources.forms import STATUSES, TidyTable

COLUMNS = ["area", "period", "indicator", "value", "status", "row", "sex", "age"]


def table(path):
    reading = read([path])
    assert reading.unread == ()
    (found,) = reading.materials
    assert isinstance(found, TidyTable)
    return found.frame


def written(tmp_path, text, name="t.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path):
    reading = read([path])
    assert reading.materials == ()
    return reading.unread[0].reason


def test_the_least_there_can_be(tmp_path):
    frame = table(written(tmp_path, "area,indicator,period,value\n0114,x,2022,5\n0180,x,2022,\n"))
    assert set(frame.columns) == {*COLUMNS, "numerator", "denominator"}
    assert frame.select(COLUMNS).rows() == [
        ("0114", "2022", "x", 5.0, "ok", 2, "total", "total"),
        ("0180", "2022", "x", None, "missing", 3, "total", "total"),
    ]
    assert frame.select("numerator", "denominator").null_count().row(0) == (2, 2)


def test_swedish_names_and_statuses(tmp_path):
    frame = table(
        written(
            tmp_path,
            "\ufeffområde;indikator;år;värde;status;täljare;nämnare;kön;ålder\n"
            "regso/2020/1488R007;x;2022;1 234,5;;1;2;män;20-24 år\n"
            "Åby;x;2022;;hemlig;;;;\n"
            "Åby;y;2022;7;uppskattad;;;;\n",
        )
    )
    assert frame.select(*COLUMNS, "numerator", "denominator").rows() == [
        ("regso/2020/1488R007", "2022", "x", 1234.5, "ok", 2, "män", "20-24 år", 1.0, 2.0),
        ("Åby", "2022", "x", None, "secret", 3, "total", "total", None, None),
        ("Åby", "2022", "y", 7.0, "estimated", 4, "total", "total", None, None),
    ]


def test_counts_of_groups(tmp_path):
    frame = table(
        written(tmp_path, "area,grouping,group,period,value\n0114,tenure,rental,2022,5\n")
    )
    assert frame.columns == [
        "area", "period", "grouping", "group", "value", "status", "row", "sex", "age",
    ]  # fmt: skip


def test_a_code_kept_as_a_number_gets_its_zero_back(tmp_path):
    frame = pl.DataFrame({"area": [114, 1488], "indicator": "x", "period": 2022, "value": [1.0, 2]})
    frame.write_excel(tmp_path / "t.xlsx")
    frame.write_parquet(tmp_path / "t.parquet")
    for name in ("t.xlsx", "t.parquet"):
        assert table(tmp_path / name)["area"].to_list() == ["0114", "1488"]


OBSERVATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "area": st.sampled_from(["regso/2020/1488R007", "0114A0010", "Malmö", "12"]),
            "indicator": st.sampled_from(["x", "y z", "å"]),
            "period": st.sampled_from(["2020", "2021", "2022K1"]),
            "value": st.none() | st.integers(-(10**9), 10**9).map(lambda n: n / 8),
            "sex": st.sampled_from(["total", "män"]),
        }
    ),
    min_size=1,
)


@settings(max_examples=20)
@given(OBSERVATIONS)
def test_the_same_in_every_format(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("t")
    frame = pl.DataFrame(rows, schema_overrides={"value": pl.Float64})
    frame.write_csv(folder / "a.csv")
    frame.write_csv(folder / "b.tsv", separator="\t", include_bom=True)
    frame.write_excel(folder / "c.xlsx")
    frame.write_parquet(folder / "d.parquet")
    frame.select(
        pl.col("area", "indicator", "period", "sex").cast(pl.Categorical), "value"
    ).write_parquet(folder / "e.parquet")
    for path in sorted(folder.iterdir()):
        got = table(path)
        assert got.select(frame.columns).equals(frame), path.name
        assert got["status"].to_list() == [
            "missing" if row["value"] is None else "ok" for row in rows
        ]
        first = 1 if path.suffix == ".parquet" else 2
        assert got["row"].to_list() == list(range(first, len(rows) + first))
        assert set(got["status"]) <= set(STATUSES)


HEAD = "area,indicator,period,value,status\n"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("0114,x,2022,fem,\n", 't.csv: row 2, column D ("value") is "fem"'),
        ("0114,x,2022,5,\n,x,2022,6,\n", 'row 3 has nothing in column A ("area")'),
        ("0114,x,2022,5,\n0180,x,,6,\n", 'row 3 has nothing in column C ("period")'),
        ("0114,x,2022,5,gissat\n", 'row 2 has the status "gissat", which is none of ok, missing'),
        ("0114,x,2022,5,secret\n", 'row 2 has the value 5 and the status "secret"'),
        ("0114,x,2022,5,\n0180,x,20", "row 3 has 3 of the header's 5 cells"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column(tmp_path, rows, said):
    assert said in refused(written(tmp_path, HEAD + rows))


def test_a_table_without_periods_is_told_how_to_get_one(tmp_path):
    path = written(tmp_path, "area,indicator,value\n0114,x,5\n")
    assert 'has no column "period" (or "år")' in refused(path)
    written(tmp_path, '[[file]]\nmatch = "t.csv"\nperiod = "2021"\n', "samsyn.toml")
    assert table(path)["period"].to_list() == ["2021"]


def test_what_a_table_lacks_is_said(tmp_path):
    path = written(tmp_path, "area,period,value\n0114,2022,5\n", "t.tab")
    path.rename(tmp_path / "t.parquet")
    pl.DataFrame({"area": ["0114"], "value": [5]}).write_parquet(tmp_path / "t.parquet")
    assert "as a tidy table, it has no column indicator (or grouping" in refused(
        tmp_path / "t.parquet"
    )


def test_a_parquet_file_cut_off(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {"area": ["0114"] * 9, "indicator": "x", "period": "1", "value": 1.0}
    ).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-20])
    assert "cut off or damaged" in refused(path)


def test_a_million_rows_take_little_more_memory_than_they_are(tmp_path):
    # In a process of its own, so that the peak is its own.
    rows = 1_000_000
    pl.DataFrame(
        {
            "area": (pl.Series(range(rows)) % 6000).cast(pl.String).str.zfill(4) + "A0010",
            "indicator": pl.Series(["employment", "education"] * (rows // 2)),
            "period": pl.Series(range(rows)) // 6000 + 1990,
            "value": pl.Series(range(rows)) / 7,
        }
    ).write_parquet(tmp_path / "t.parquet")
    script = (
        "import resource, sys\n"
        "from samsyn.statistics.sources import read\n"
        "import polars\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "before = peak()\n"
        "(found,) = read([sys.argv[1]]).materials\n"
        "print(found.frame.height, peak() - before)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "t.parquet"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert int(said[0]) == rows
    assert float(said[1]) < 300  # megabytes; as Python objects it would be over 500
