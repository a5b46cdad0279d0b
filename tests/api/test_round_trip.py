"""Another Samsyn is read through its API: what is built of it is the same, value for value."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from samsyn.statistics.query import Release
from samsyn.statistics.release.build import build_release
from samsyn.statistics.release.store import Store

TABLES = (
    "foreign_background_share", "median_net_income", "distrust_share", "turnout_riksdag",
    "reported_violent_crime", "counts-background", "counts-education", "counts-labour_status",
    "counts-household_type", "counts-population",
)  # fmt: skip
COMPARED = {
    "observations": (["area", "period", "sex", "age"], ["value", "status", "numerator",
                                                        "denominator"]),
    "counts": (["area", "period", "group", "sex", "age"], ["count", "status"]),
}  # fmt: skip


def fetched(server, to, *tables):
    """What `samsyn fetch scb` says when it has fetched tables of a server."""
    command = [
        Path(sys.executable).with_name("samsyn"), "fetch", "scb", *tables, "--to", str(to),
        "--pxweb-url", f"{server}/api/v2",
    ]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=dict(os.environ), timeout=300
    )


@pytest.fixture(scope="module")
def original(demo_store):
    return Release.open(demo_store)


@pytest.fixture(scope="module")
def again(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("again")
    outcome = fetched(server, folder / "fetched", *TABLES)
    assert outcome.returncode == 0, outcome.stderr
    store = Store(folder / "store")
    with store.building("again") as building:
        report = build_release([folder / "fetched"], building.folder)
        building.describe(report.sources, report.seed)
    return Release.open(store)


def rows(release, folder, name):
    """What a release holds of an indicator or a grouping, without its users' own areas."""
    frame = pl.read_parquet(release.folder / folder / f"{name}.parquet")
    return frame.filter(~pl.col("area").str.starts_with("custom/"))


@pytest.mark.parametrize("folder", COMPARED)
def test_it_is_the_same_value_for_value(original, again, folder):
    names = again.indicators if folder == "observations" else again.groupings
    wanted = {one.removeprefix("counts-") for one in TABLES}
    assert wanted <= {*again.indicators, *again.groupings}
    key, values = COMPARED[folder]
    statuses = set()
    for name in names:
        before, after = rows(original, folder, name), rows(again, folder, name)
        told = [frame.select(*key, *values).sort(key) for frame in (before, after)]
        # Exactly the same: no value is rounded on its way, and none comes or goes.
        assert told[0].equals(told[1]), name
        statuses |= set(told[1]["status"])
    assert statuses == {"ok", "missing", "secret"}


def test_its_areas_are_called_the_same(original, again):
    columns = ["area", "name", "municipality", "county"]
    before = original.areas().filter(pl.col("kind") != "custom").select(columns)
    assert again.areas().select(columns).equals(before)


def test_it_knows_where_it_comes_from(original, again):
    sources = again.sources_of("turnout_riksdag")
    assert {source.table for source in sources} == {"turnout_riksdag"}
    assert all("/api/v2/tables/turnout_riksdag/data" in source.address for source in sources)
    assert {source.licence for source in sources} == {"CC0"}
    assert any("Utgåvan demo" in note for source in sources for note in source.notes)


def test_each_vintage_is_asked_for_in_its_own_years(server, tmp_path):
    outcome = fetched(server, tmp_path / "fetched", "counts-tenure")
    assert outcome.returncode == 0, outcome.stderr
    # Not one cell is asked for that the release tells nothing of.
    assert "11,022 cells" in outcome.stderr


def test_indices_are_computed_anew_and_not_read(server, tmp_path):
    outcome = fetched(server, tmp_path / "fetched", "indices-tenure-evenness")
    assert outcome.returncode == 0, outcome.stderr
    from samsyn.statistics.sources import read

    reading = read([tmp_path / "fetched"])
    assert not reading.materials
    assert "Fetch the table of the counts" in reading.unread[0].reason
